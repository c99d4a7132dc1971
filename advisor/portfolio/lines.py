"""From one advice to its line in a portfolio: what it takes of whose time, and what warns of it."""

from __future__ import annotations

from advisor.model.advice import Advice
from advisor.model.load import THROUGHOUT, LoadPolicy
from advisor.model.rulebook import Catalog
from advisor.model.rules import COMBINED
from advisor.portfolio.timing import spans_of
from advisor.portfolio.values import Book, Line, Named, Staffed, Warned


def book_of(catalog: Catalog) -> Book:
    """The rulebook, as far as a portfolio has to name it."""
    return Book(
        catalog.title,
        catalog.version,
        catalog.digest,
        tuple(Named(model.id, model.name) for model in catalog.models.values()),
        tuple(Named(role.id, role.name) for role in catalog.roles.values() if role.manager),
        catalog.phases,
        catalog.load,
    )


def line_of(advice: Advice, source: str, book: Book) -> Line:
    """The line of one engagement, read from `source` and advised on with the rulebook `book`."""
    engagement, recommendation = advice.engagement, advice.recommendation
    level, assumed = _level(advice, book.load)
    people = _people(advice, book)
    roles = tuple(
        _staffed(advice, book, role, level, people.get(role.id, ""))
        for role in book.managers
        if role.id in advice.split.overall
    )
    held = {role.role.id for role in roles}
    return Line(
        source=source,
        id=engagement.id,
        name=engagement.name,
        client=" ".join(engagement.client.split()),
        status=recommendation.status,
        model=next(one for one in book.models if one.id == recommendation.model),
        share=recommendation.share,
        candidates=recommendation.candidates,
        level=level,
        assumed=assumed and bool(roles),
        guardrails=tuple(Warned(item.id, item.text) for item in advice.guardrails),
        roles=roles,
        spare=tuple(
            (role, people[role.id]) for role in book.managers if roles and role.id in people and role.id not in held
        ),
        dates=tuple((name, day) for name, day in engagement.dates.items() if day),
        book=book,
    )


def _level(advice: Advice, load: LoadPolicy | None) -> tuple[str, bool]:
    """How big the work is, by the finding that the policy goes by; and whether that rests on an assumption."""
    if load is None:
        return "", False
    return next(one.value for one in advice.findings if one.id == load.scale), load.scale in advice.unsure


def _people(advice: Advice, book: Book) -> dict[str, str]:
    """Who is named for which manager's role; one name given for an engagement of one person holds both its roles."""
    given = {role.id: " ".join(advice.engagement.people.get(role.id, "").split()) for role in book.managers}
    people = {role: name for role, name in given.items() if name}
    staffed = [role for role in advice.split.overall if role in given]
    names = {people[role] for role in staffed if role in people}
    if advice.recommendation.model == COMBINED and len(names) == 1:
        people.update(dict.fromkeys(staffed, names.pop()))
    return people


def _staffed(advice: Advice, book: Book, role: Named, level: str, person: str) -> Staffed:
    unstaffed = role.id in advice.recommendation.not_available
    unpaid = role.id in advice.recommendation.not_paid_for
    model, load = advice.recommendation.model, book.load
    if load is None:
        return Staffed(role, person, unstaffed, unpaid, (), None, ())
    work = load.models[model].work[level]
    shares = {part.phase: part.shares.get(role.id, 0) for part in advice.split.phases}
    # three percents multiplied are millionths
    by_phase = {phase: work * load.percent(model, phase) * share for phase, share in shares.items()}
    mean = _mean(book, by_phase)
    return Staffed(
        role,
        person,
        unstaffed,
        unpaid,
        tuple((Named(phase.id, phase.name), by_phase[phase.id]) for phase in book.phases if phase.id in by_phase),
        mean,
        spans_of(load, by_phase, mean, advice.engagement.dates),
    )


def _mean(book: Book, by_phase: dict[str, int]) -> int:
    """Phases that follow each other by their weight in the whole split; what runs throughout comes on top."""
    load = book.load
    assert load is not None
    throughout = sum(one for phase, one in by_phase.items() if load.phases[phase].during == THROUGHOUT)
    others = {phase: one for phase, one in by_phase.items() if load.phases[phase].during != THROUGHOUT}
    weights = {phase.id: phase.weight for phase in book.phases if phase.id in others}
    whole = sum(weights.values())
    if not whole:
        return throughout
    return throughout + (sum(others[phase] * weight for phase, weight in weights.items()) + whole // 2) // whole

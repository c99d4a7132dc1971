"""Several people side by side: role by role, everybody with the reasons, in the order of their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisor.documents.fit.fit_view import HOLDS, in_brief, teaches
from advisor.documents.shared.view import Pair
from advisor.documents.shared.words import clean, ended, listed
from advisor.model.fit import EngagementRole, Fit

SIDE_NOTE = (
    "In the order of names, which says nothing. Read each line to its end: who suits depends on the work, on what each "
    "wants to do next, and on what was not seen yet."
)


@dataclass(frozen=True, slots=True)
class Part:
    """One role, and what is to be said of everybody in it."""

    title: str
    people: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Several people, ready to be laid out; `learning` says who could grow beside whom."""

    parts: tuple[Part, ...]
    learning: tuple[str, ...]


def side_by_side(fits: Sequence[Fit]) -> Beside:
    """The people in the order given, which callers keep to that of their names."""
    parts = [Part("Which role suits", tuple(Pair(clean(fit.person.name), _result(fit)) for fit in fits))]
    for at, role in enumerate(fits[0].roles):
        said = tuple(Pair(clean(fit.person.name), in_brief(fit.roles[at])) for fit in fits)
        parts.append(Part(f"As {role.name[:1].lower()}{role.name[1:]}", said))
    engagement = fits[0].engagement
    for at, held in enumerate(engagement.roles if engagement is not None else ()):
        told = tuple(
            Pair(clean(fit.person.name), _held(fit.engagement.roles[at])) for fit in fits if fit.engagement is not None
        )
        name = clean(engagement.name) if engagement is not None else ""
        parts.append(Part(f"{held.name} of {name}", told))
    return Beside(tuple(parts), tuple(_learning(fits)))


def _result(fit: Fit) -> str:
    return " ".join([ended(fit.title), *(ended(one.says) for one in fit.reasons)])


def _held(role: EngagementRole) -> str:
    met = [one for one in role.looked_for if one.met == "met"]
    said = [HOLDS[role.holds]] if role.looked_for else []
    said += [f"Seen: {len(met)} of the {len(role.looked_for)} things it looks for."] if met and role.gaps else []
    said += [f"To grow: {listed([one.about for one in role.gaps])}."] if role.gaps else []
    said += [f"Not seen yet: {listed([one.about for one in role.not_seen])}."] if role.not_seen else []
    return " ".join(said)


def _learning(fits: Sequence[Fit]) -> Iterator[str]:
    """For each gap, the colleagues here from whom others already learn it."""
    for fit in fits:
        gaps = [gap for role in fit.roles for gap in role.gaps]
        gaps += [gap for held in (fit.engagement.roles if fit.engagement is not None else ()) for gap in held.gaps]
        for competency, about in {gap.competency: gap.about for gap in gaps}.items():
            teachers = [clean(other.person.name) for other in fits if other is not fit and teaches(other, competency)]
            if teachers:
                yield f"{clean(fit.person.name)}: {about}, beside {listed(teachers, 'or')}."

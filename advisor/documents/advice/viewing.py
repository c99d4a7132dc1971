"""Turns an advice into the view that every document is laid out from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from advisor.advise.reader_words import in_words_of
from advisor.documents.matrix.agreed_words import agreed_lines
from advisor.documents.matrix.letters import legend_of, lettering_of
from advisor.documents.matrix.matrix_view import before_signing, left_out_of, phases_of, without_whys
from advisor.documents.matrix.rows import cut
from advisor.documents.shared import advice_lines, words
from advisor.documents.shared.edition import STANDARD, Edition
from advisor.documents.shared.people import NOT_PAID_FOR, TO_BE_NAMED, columns, holders, without_column
from advisor.documents.shared.view import (
    Pair,
    PhaseShares,
    ProfileView,
    Share,
    Side,
    Source,
    View,
    Why,
)
from advisor.model.advice import Advice, Profile, ProfileItem
from advisor.model.rules import DELIVERY_MANAGER, MEASURES, MODEL, ORIENTATION, PROJECT_MANAGER, WORK_ASKS_FOR

MOST_CONTEXT = 60  # words of it that a brief has
_STATUS_WORDS = {"settled": "Firm", "likely": "Likely", "leaning": "Leaning"}
# Said elsewhere on the page: the model as the recommendation, the leaning with its points.
_SAID_ELSEWHERE = frozenset({MODEL, WORK_ASKS_FOR, ORIENTATION})


def view_of(advice: Advice, edition: Edition = STANDARD) -> View:
    """Put the advice into words and order; for a client, without what is meant for the firm alone.

    A brief takes its rows from all of them; any other document has only those that the edition asks for.
    """
    advice = in_words_of(advice)
    shown = advice if edition.document == "brief" else cut(advice, edition.rows)
    view = _view(shown, edition)
    view = replace(view, before_signing=before_signing(advice, shown))
    if edition.document == "brief":
        view = replace(view, context=words.first_sentences(view.context, MOST_CONTEXT))
    if not edition.client_view:
        return view
    return replace(
        view,
        columns=tuple(replace(one, person=_for_client(one.person)) for one in view.columns),
        holders=tuple(replace(one, person=_for_client(one.person)) for one in view.holders),
        watch="",
        staffing_lines=(),
        role_sense="",
        reasons=(),
        findings=(),
        leaning="",
        sides=(),
        guardrails=(),
        profiles=(),
        phases=tuple(without_whys(phase) for phase in view.phases),
        set_aside=(),
        noted=(),
        replaced=(),
        matrix_sources=(),
        advice_sources=(),
        all_sources=(),
    )


def _for_client(person: str) -> str:
    """Who holds a role, without what the firm can pay for."""
    return TO_BE_NAMED if person == NOT_PAID_FOR else person


def _view(advice: Advice, edition: Edition) -> View:
    engagement, recommendation = advice.engagement, advice.recommendation
    dated = edition.dated or engagement.as_of
    all_columns, lettering = columns(advice), lettering_of(edition)
    return View(
        heading=words.clean(edition.title)
        or words.clean(engagement.name)
        or words.clean(engagement.id)
        or "Engagement",
        dated=words.date_words(dated) if dated else "",
        as_of=dated,
        logo=edition.logo.uri if edition.logo is not None else "",
        for_client=edition.client_view,
        client=words.clean(engagement.client),
        client_label=advice.names.client_label,
        context=words.clean(engagement.context_for_client if edition.client_view else engagement.context),
        dates=tuple(
            Pair(_date_label(advice, id), words.date_words(date)) for id, date in engagement.dates.items() if date
        ),
        status=recommendation.status,
        status_word=_STATUS_WORDS.get(recommendation.status, recommendation.status),
        status_line=advice_lines.status_line(advice),
        title=recommendation.title,
        summary=recommendation.summary,
        watch=words.ended(words.capital(recommendation.watch)),
        staffing_lines=advice_lines.staffing_lines(advice),
        role_sense=words.marked(advice.role_sense.note, bool(words.assumes(advice, *advice.role_sense.rules))),
        split=_split(advice),
        overall=_shares(advice, advice.split.overall),
        reasons=tuple(
            Why(
                words.as_told(advice, reason.rule, reason.says),
                _because(advice, reason.because),
                words.grounds(reason.claims),
            )
            for reason in recommendation.reasons
        ),
        findings=(
            *_levels(advice),
            *(
                Pair(finding.text, words.marked(finding.label, finding.id in advice.unsure))
                for finding in advice.findings
                if finding.id not in _SAID_ELSEWHERE
            ),
        ),
        leaning=_leaning(advice),
        sides=(
            _side(advice, DELIVERY_MANAGER, advice.orientation.delivery_manager),
            _side(advice, PROJECT_MANAGER, advice.orientation.project_manager),
        ),
        guardrails=(
            *(
                Why(
                    words.as_told(advice, item.rule, item.text),
                    _because(advice, item.because),
                    words.grounds(item.claims),
                )
                for item in advice.guardrails
            ),
            *(Why(words.clean(one.text), "", words.grounds(one.claims)) for one in advice.people_gaps),
        ),
        profiles=_profiles(advice),
        columns=all_columns,
        holders=holders(advice, all_columns),
        without_column=without_column(advice),
        phases=phases_of(advice, lettering),
        legend=legend_of(lettering, (cell.letters for row in advice.matrix.activities for cell in row.cells)),
        key=lettering.key,
        letters_name=lettering.name if lettering.id else "Matrix",
        one_lead=lettering.one_lead,
        before_signing="",
        agreed=agreed_lines(advice, lettering, edition.client_view),
        left_out=left_out_of(advice),
        assumptions=_assumptions(advice, edition),
        replaced=advice_lines.replaced_lines(advice),
        set_aside=(
            *(
                Pair(*words.value_words(advice, question, engagement.answers.get(question, "")))
                for question in advice.set_aside
            ),
            *(Pair(*words.value_words(advice, one, option)) for one, option in engagement.retired.items()),
        ),
        noted=_noted(advice),
        matrix_sources=sources_of(advice, _matrix_claims(advice)),
        advice_sources=sources_of(advice, _advice_claims(advice)),
        all_sources=sources_of(advice, (*_advice_claims(advice), *_matrix_claims(advice))),
        version=advice.version,
        digest=advice.digest,
    )


def _date_label(advice: Advice, id: str) -> str:
    return words.capital(advice.names.go_live) if id == "go_live" else words.date_label(id)


def _leaning(advice: Advice) -> str:
    """Which way the points lean, and that some are not counted where the levels cap them."""
    given = sum(more for item in advice.evidence for more in item.measures.values())
    capped = given > advice.orientation.delivery_manager + advice.orientation.project_manager
    return words.leaning(advice) + ("; points beyond what a level allows are not counted" if capped else "")


def _levels(advice: Advice) -> Iterable[Pair]:
    """How much work of each kind there is, in days a week."""
    for level in advice.levels:
        yield Pair(level.text, words.marked(level.label, level.measure in advice.unsure))


def _assumptions(advice: Advice, edition: Edition) -> tuple[str, ...]:
    """What was taken for granted and matters, and in one line how much else was."""
    matter = advice.recommendation.assumptions
    lines = [advice_lines.assumption_line(advice, one, edition.client_view) for one in matter]
    return tuple(line for line in (*lines, advice_lines.more_assumptions_line(advice)) if line)


def _noted(advice: Advice) -> tuple[Pair, ...]:
    """What was noted with a question, after the question and its answer."""
    found = []
    for question, origin in advice.engagement.origins.items():
        if origin.note:
            option = advice.engagement.answers.get(question, "")
            said = " ".join(words.value_words(advice, question, option)) if option else advice.names.questions[question]
            found.append(Pair(said, words.clean(origin.note)))
    return tuple(found)


def _because(advice: Advice, because: Mapping[str, str]) -> str:
    """What a rule read: `How many projects are there? One. Who takes over? Nobody.`"""
    parts = []
    for variable, value in because.items():
        asked, said = words.value_words(advice, variable, value)
        said = words.marked(said, variable in advice.assumed or variable in advice.unsure)
        parts.append(f"{asked} {words.capital(said)}" if asked.endswith("?") else f"{asked}: {said}")
    return " ".join(words.ended(part) for part in parts)


def _shares(advice: Advice, shares: Mapping[str, int]) -> tuple[Share, ...]:
    order = list(advice.split.overall)
    names = [words.role_name(advice, role) for role in order]
    short = words.initials(names)
    return tuple(
        Share(role, name, initials, shares.get(role, 0))
        for role, name, initials in zip(order, names, short, strict=True)
    )


def _split(advice: Advice) -> tuple[PhaseShares, ...]:
    phases = {phase.id: phase.name for phase in advice.names.phases}
    return tuple(
        PhaseShares(
            phases.get(part.phase, part.phase), words.role_name(advice, part.lead), _shares(advice, part.shares)
        )
        for part in advice.split.phases
    )


def _side(advice: Advice, role: str, points: int) -> Side:
    """What the rules say of one manager's work, the weightiest first; nothing of work that is capped to none."""
    none = {level.measure for level in advice.levels if not level.points}
    given = [
        (item, sum(more for name, more in item.measures.items() if MEASURES[name] == role and name not in none))
        for item in advice.evidence
    ]
    items = sorted(((item, told) for item, told in given if told), key=lambda one: -abs(one[1]))
    whys = (
        Why(
            words.as_told(advice, item.rule, item.says),
            _because(advice, item.because),
            words.grounds(item.claims),
            told,
        )
        for item, told in items
    )
    return Side(role, words.role_name(advice, role), points, tuple(whys))


def _profiles(advice: Advice) -> tuple[ProfileView, ...]:
    people = {column.id: column.person for column in columns(advice)}
    return tuple(
        ProfileView(words.role_name(advice, profile.role), people.get(profile.role, ""), _competencies(advice, profile))
        for profile in advice.profiles
        if profile.competencies
    )


def _competencies(advice: Advice, profile: Profile) -> tuple[Why, ...]:
    """Each competency once, with everything that asks for it."""
    together: dict[str, list[ProfileItem]] = {}
    for item in profile.competencies:
        together.setdefault(item.id, []).append(item)
    return tuple(
        Why(
            words.ended(words.capital(items[0].text)),
            " ".join(dict.fromkeys(words.as_told(advice, item.rule, item.because) for item in items)),
            words.grounds(dict.fromkeys(claim for item in items for claim in item.claims)),
        )
        for items in together.values()
    )


def _matrix_claims(advice: Advice) -> Iterable[str]:
    for row in advice.matrix.activities:
        yield from row.claims
        for cell in row.cells:
            yield from cell.claims


def _advice_claims(advice: Advice) -> Iterable[str]:
    for reason in advice.recommendation.reasons:
        yield from reason.claims
    for item in advice.evidence:
        yield from item.claims
    for guardrail in advice.guardrails:
        yield from guardrail.claims
    for gap in advice.people_gaps:
        yield from gap.claims
    for profile in advice.profiles:
        for competency in profile.competencies:
            yield from competency.claims


def sources_of(advice: Advice, cited: Iterable[str]) -> tuple[Source, ...]:
    """The cited claims in the article's order, and last what is practice rather than the article's."""
    wanted = set(cited)
    sources = [
        Source(claim.id, words.capital(claim.section), claim.text)
        for claim in advice.names.claims.values()
        if claim.id in wanted
    ]
    if words.PRACTICE in wanted:
        claims_from = advice.names.claims_from
        text = f"Judgement from delivery practice; {claims_from} does not say it."
        sources.append(Source("practice", f"Beyond {claims_from}", text))
    return tuple(sources)

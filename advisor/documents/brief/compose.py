"""From an advice to its brief: what weighs most of each kind, in words, and nothing that a reader can do without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from advisor.advise.owners import CLIENTS, EXECUTIVE, acting
from advisor.advise.reader_words import in_words_of
from advisor.advise.stints import beside, carrier, goes_on, undecided
from advisor.documents.brief.chosen import (
    FACTS,
    FEWEST,
    MOST,
    OPEN,
    RISKS,
    STEPS,
    dangers,
    facts,
    later,
    leads_of_parts,
    open_questions,
    steps,
    weightiest,
)
from advisor.documents.brief.content import Brief, Danger, Seat, Work
from advisor.documents.brief.cost import cost_of
from advisor.documents.brief.dates import GO_LIVE, before_live, by_weeks
from advisor.documents.brief.holding import WHO, filled, holder, who_acts
from advisor.documents.brief.sure import decision, how_sure
from advisor.documents.brief.weeks import (
    asked_for,
    days_of_seats,
    days_of_work,
    effort,
    others_of,
    short_of,
    short_of_time,
    time_of,
)
from advisor.documents.matrix.rows import MAIN, chosen_rows, main_rows
from advisor.documents.shared import words
from advisor.documents.shared.edition import Rows
from advisor.documents.shared.people import SEVERAL, Column
from advisor.documents.shared.view import PhaseRows, View
from advisor.model.advice import Advice, PointItem
from advisor.model.matrix import ActivityRow
from advisor.model.rules import (
    CLIENT_AFTER,
    CLIENT_UNTIL,
    DELIVERY_MANAGER,
    PLAN_AFTER,
    PLAN_UNTIL,
)

MOST_REVIEWS = 3
MOST_WORDS = 640  # before the matrix; what stands around it brings the page to about 700
NOBODY = "–"
MOST_NAMED = 5  # rows that a role is said to answer for
_Item = TypeVar("_Item")


def brief_of(advice: Advice, view: View, rows: Rows = MAIN) -> Brief:
    """The brief on the advice that `view` puts into words, shortened to two pages; a client's from a client's view.

    `rows` are those of its matrix. What goes before the matrix rests on the rows that matter most, however many follow.
    """
    advice = in_words_of(advice)
    main, chosen = main_rows(advice), chosen_rows(advice, rows or MAIN)
    columns = view.columns
    shown = _laid_out(view.phases, chosen)
    used = _used(columns, shown)
    brief = Brief(
        decision=decision(advice, view.for_client),
        effort=_effort(advice),
        staffing=_staffing(advice),
        sure=how_sure(advice),
        facts=facts(advice),
        work=_work(advice),
        seats=_seats(advice, _used(columns, _laid_out(view.phases, main)), main, view.for_client),
        steps=steps(advice, view.as_of),
        dangers=dangers(advice),
        unknown=open_questions(advice),
        role_names=_role_names(advice),
        columns=tuple(_plainly(column, advice) for column in used),
        phases=tuple(
            replace(phase, rows=tuple(replace(row, cells=_kept(row.cells, columns, used)) for row in phase.rows))
            for phase in shown
        ),
        more_rows=len(advice.matrix.activities) - len(chosen),
        signatories=tuple(column for column in used if any("A" in row.letters(column.id) for row in chosen)),
        look_again=_look_again(advice, weightiest(advice, "review", MOST_REVIEWS), later(advice, view.as_of)),
    )
    if view.for_client:
        return replace(brief, staffing="", sure="", facts=(), dangers=(), unknown=(), role_names="")
    return _shortened(brief, advice, view.as_of)


def dangers_of(advice: Advice) -> tuple[Danger, ...]:
    """All risks, the weightiest first."""
    return dangers(in_words_of(advice), None)


def _plainly(column: Column, advice: Advice) -> Column:
    """The column with a dash for its person where nobody is named, but for managers, who have to be."""
    manager = column.id in advice.names.roles and advice.names.roles[column.id].manager
    return column if column.named or manager else replace(column, person=NOBODY)


def _staffing(advice: Advice) -> str:
    """Who is missing, and what the money does not reach."""
    lines = [*words.staffing_lines(advice)] if advice.recommendation.unstaffed else []
    if advice.recommendation.not_available == (DELIVERY_MANAGER,) and EXECUTIVE in advice.matrix.roles:
        acts = acting(advice, DELIVERY_MANAGER)
        who = filled(advice, f"{{{WHO}{acts}}}") if acts in advice.names.roles else words.clean(acts)
        lines.append(f"{who} {filled(advice, 'stands in with {client} until then.')}")
    short = short_of(advice)
    if short:
        paid = "a day" if advice.paid_days == 1 else f"{advice.paid_days:g} days"
        lines.append(f"The budget pays for {paid} of managing a week; the work needs about {short:g}.")
        if not advice.recommendation.unstaffed and EXECUTIVE in advice.matrix.roles:
            lines.append(filled(advice, f"{{{WHO}{EXECUTIVE}}} decides what waits."))
    lines += [text for role in days_of_seats(advice) if (text := _too_few(advice, role))]
    return " ".join(lines)


def _too_few(advice: Advice, role: str) -> str:
    """That somebody has fewer days than the role asks for."""
    has, needs = short_of_time(advice, role)
    if not has:
        return ""
    also = [words.clean(name) for name in dict.fromkeys(one.name for one in beside(advice, role) if one.days)]
    have = "have" if also else "has"
    who = words.listed([who_acts(advice, role), *also])
    days = "1 day" if has == 1 else f"{has:g} days"
    return f"{who} {have} {days} a week, the work asks for {needs:g}: settle what waits or who helps."


def _role_names(advice: Advice) -> str:
    """What the title means here, where somebody has said and the matrix has a delivery manager."""
    said = not words.assumes(advice, *advice.role_sense.rules)
    return advice.role_sense.note if said and DELIVERY_MANAGER in advice.matrix.roles else ""


def _work(advice: Advice) -> tuple[Work, ...]:
    days = days_of_work(advice)
    said = advice.names.work_with_client
    found = (
        Work(
            f"Until {advice.names.go_live}" if goes_on(advice) else "Until delivery",
            days.get(CLIENT_UNTIL, 0),
            days.get(PLAN_UNTIL, 0),
            said,
        ),
        Work(
            "Afterwards" if days.get(CLIENT_UNTIL) or days.get(PLAN_UNTIL) else "In the service",
            days.get(CLIENT_AFTER, 0),
            days.get(PLAN_AFTER, 0),
            said,
        ),
    )
    return tuple(one for one in found if one.client or one.plan)


def _effort(advice: Advice) -> str:
    """How much of whose week the decision takes, in one line."""
    said = [
        f"{holder(advice, role)} {effort(until, after)}"
        for role, (until, after) in days_of_seats(advice).items()
        if until or after
    ]
    return words.ended("; ".join(said)) if said else ""


def _seats(
    advice: Advice, columns: Sequence[Column], main: Sequence[ActivityRow], for_client: bool
) -> tuple[Seat, ...]:
    """Managers with their days a week, then everybody else who answers for a row, in the matrix by this letter.

    What the days cost is for the firm alone.
    """
    days, carries, unpaid = days_of_seats(advice), carrier(advice), advice.recommendation.not_paid_for
    seats = []
    for column in columns:
        if carries and column.id in unpaid:
            continue
        held = {column.id, *unpaid} if column.id == carries else {column.id}
        answered = (row for row in main if any("A" in row.letters(role) for role in held))
        rows = sorted(answered, key=lambda row: -row.rank)
        until, after = days.get(column.id, (0.0, 0.0))
        if column.id in days or column.id in advice.recommendation.not_paid_for or rows:
            led = time_of(advice, column.id, until, after) if column.id in days else ""
            asked = led or asked_for(advice, column.id)
            cost = "" if for_client else cost_of(advice, column.id, until, after)
            time = words.capital("; ".join(text for text in (asked, others_of(advice, column.id), cost) if text))
            seats.append(Seat(column.name, _people(advice, _plainly(column, advice)), time, _answers_for(rows)))
    return (*seats, *leads_of_parts(advice))


def _people(advice: Advice, column: Column) -> str:
    """Who is in the column, with what each of them does or signs; two, where it is still to be decided which."""
    open_ = undecided(advice, column.id)
    if open_:
        return f"{words.listed([words.clean(name) for name in open_], 'or')}, to be decided"
    does = {
        words.clean(one.name): words.clean(one.does) for one in advice.engagement.times.get(column.id, ()) if one.does
    }
    said = []
    for name in column.person.split(SEVERAL):
        part = does.get(name)
        said.append(f"{name} for {part}" if part and column.id in CLIENTS else f"{name} ({part})" if part else name)
    return SEVERAL.join(said)


def _answers_for(rows: Sequence[ActivityRow]) -> str:
    named = [words.lower_first(row.name) for row in rows[:MOST_NAMED]]
    return words.ended(words.capital("; ".join(named))) if named else ""


def _look_again(advice: Advice, points: Sequence[PointItem], dated: Sequence[str]) -> str:
    texts = [words.lower_first(filled(advice, one.text.rstrip("."))) for one in points]
    texts = [text.replace(advice.names.go_live, GO_LIVE) for text in texts]
    live = advice.engagement.dates.get("go_live")
    if live and not any("before go-live" in text for text in texts):
        texts.append(f"before go-live on {words.date_words(live)}")
    said = before_live(advice, "; ".join([*by_weeks(texts), *dated])).replace(GO_LIVE, advice.names.go_live)
    return words.ended(words.capital(said))


def _laid_out(phases: Iterable[PhaseRows], chosen: Iterable[ActivityRow]) -> tuple[PhaseRows, ...]:
    ids = {row.id for row in chosen}
    found = (replace(phase, rows=tuple(row for row in phase.rows if row.id in ids)) for phase in phases)
    return tuple(phase for phase in found if phase.rows)


def _used(columns: tuple[Column, ...], phases: tuple[PhaseRows, ...]) -> tuple[Column, ...]:
    """The columns that have a letter in a row that is shown."""
    rows = [row for phase in phases for row in phase.rows]
    return tuple(column for at, column in enumerate(columns) if any(row.cells[at].letters for row in rows))


def _kept(items: tuple[_Item, ...], columns: tuple[Column, ...], used: tuple[Column, ...]) -> tuple[_Item, ...]:
    ids = {column.id for column in used}
    return tuple(item for item, column in zip(items, columns, strict=True) if column.id in ids)


def words_before_matrix(brief: Brief) -> int:
    """How many words a reader has before the matrix."""
    texts = [brief.decision, brief.effort, brief.staffing, brief.sure, brief.role_names, *brief.facts, *brief.unknown]
    texts += [text for seat in brief.seats for text in (seat.role, seat.person, seat.time, seat.answers_for)]
    texts += [text for step in brief.steps for text in (step.who, step.what, step.by)]
    texts += [text for one in brief.dangers for text in (one.what, one.trigger, one.owner, one.action)]
    return sum(len(text.split()) for text in texts)


def _shortened(brief: Brief, advice: Advice, as_of: str) -> Brief:
    """The brief without its least weighty lines, until it keeps to its length."""
    most = dict(MOST)
    while words_before_matrix(brief) > MOST_WORDS:
        lines = {OPEN: brief.unknown, RISKS: brief.dangers, FACTS: brief.facts, STEPS: brief.steps}
        cut = [kind for kind in lines if most[kind] > FEWEST[kind]]
        if not cut:
            return brief
        longest = max(cut, key=lambda kind: len(lines[kind]))
        most[longest] -= 1
        brief = replace(
            brief,
            facts=facts(advice, most[FACTS]),
            steps=steps(advice, as_of, most[STEPS]),
            dangers=dangers(advice, most[RISKS]),
            unknown=open_questions(advice, most[OPEN]),
        )
    return brief

"""From an advice to its brief: what weighs most of each kind, in words, and nothing that a reader can do without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from advisor.advise.reader_words import in_words_of
from advisor.documents.brief.content import Brief, Danger, Seat, Step, Work
from advisor.documents.brief.dates import GO_LIVE, before_live, by_weeks, due, order
from advisor.documents.brief.holding import WHO, days_told, filled, holder, to_oneself, who_acts
from advisor.documents.brief.sure import decision, how_sure, ranked
from advisor.documents.brief.weeks import asked_for, days_of_seats, days_of_work, effort, short_of, time_of
from advisor.documents.matrix.rows import MAIN, chosen_rows, main_rows
from advisor.documents.shared import words
from advisor.documents.shared.edition import Rows
from advisor.documents.shared.people import Column
from advisor.documents.shared.view import PhaseRows, View
from advisor.model.advice import ActivityRow, Advice, Assumption, PointItem
from advisor.model.rules import (
    CLIENT_AFTER,
    CLIENT_UNTIL,
    DELIVERY_MANAGER,
    MODEL,
    PLAN_AFTER,
    PLAN_UNTIL,
    WORK_ASKS_FOR,
)

MOST = {"fact": 5, "step": 5, "risk": 5, "review": 3}
FEWEST = 3  # of facts, steps and risks: below this, nothing more is cut for the sake of length
MOST_UNKNOWN = 5
MOST_WORDS = 640  # before the matrix; what stands around it brings the page to about 700
NOBODY = "–"
EXECUTIVE = "executive_sponsor"
MOST_NAMED = 5  # rows that a role is said to answer for
_MODELS = frozenset((MODEL, WORK_ASKS_FOR))  # what a fact argues for, not what it states
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
    points = {kind: _points(advice, kind, most) for kind, most in MOST.items()}
    brief = Brief(
        decision=decision(advice),
        effort=_effort(advice),
        staffing=_staffing(advice),
        sure=how_sure(advice),
        facts=_facts(advice),
        work=_work(advice),
        seats=_seats(advice, _used(columns, _laid_out(view.phases, main)), main),
        steps=tuple(
            Step(
                who_acts(advice, one.who),
                filled(advice, words.ended(one.text)),
                due(advice, filled(advice, one.due), view.as_of).replace(GO_LIVE, advice.names.go_live),
            )
            for one in sorted(points["step"], key=lambda step: order(advice, step.due))
        ),
        dangers=dangers_of(advice, MOST["risk"]),
        unknown=tuple(_unknown(advice, one) for one in ranked(advice)[:MOST_UNKNOWN]),
        role_names=_role_names(advice),
        columns=tuple(_plainly(column, advice) for column in used),
        phases=tuple(
            replace(phase, rows=tuple(replace(row, cells=_kept(row.cells, columns, used)) for row in phase.rows))
            for phase in shown
        ),
        more_rows=len(advice.matrix.activities) - len(chosen),
        signatories=tuple(column for column in used if any("A" in row.letters(column.id) for row in chosen)),
        look_again=_look_again(advice, points["review"]),
    )
    if view.for_client:
        return replace(brief, staffing="", sure="", facts=(), dangers=(), unknown=(), role_names="")
    return _shortened(brief)


def dangers_of(advice: Advice, most: int | None = None) -> tuple[Danger, ...]:
    """The risks, the weightiest first: at most so many, or all."""
    advice = in_words_of(advice)
    return tuple(
        Danger(
            words.ended(filled(advice, one.text)),
            words.ended(words.capital(filled(advice, one.trigger))),
            who_acts(advice, one.who),
            words.ended(words.capital(filled(advice, one.action))),
        )
        for one in _points(advice, "risk", most)
    )


def _plainly(column: Column, advice: Advice) -> Column:
    """The column with a dash for its person where nobody is named, but for managers, who have to be."""
    manager = column.id in advice.names.roles and advice.names.roles[column.id].manager
    return column if column.named or manager else replace(column, person=NOBODY)


def _facts(advice: Advice) -> tuple[str, ...]:
    """The weightiest facts that were told; what is assumed only fills up to the fewest, and is marked."""
    told: list[str] = []
    assumed: list[str] = []
    days = days_of_work(advice)
    said = {measure for measure, some in days.items() if not some}  # nothing is said of no days, nor of days twice
    for one in _points(advice, "fact", None):
        measures = days_told(advice, one.text)
        if measures & said:
            continue
        said |= measures if len(told) < MOST["fact"] else set()
        open_ = any(name in advice.assumed or name in advice.unsure for name in one.because if name not in _MODELS)
        text = words.marked(words.ended(filled(advice, one.text)), open_)
        (assumed if open_ else told).append(text)
    return (*told[: MOST["fact"]], *assumed[: max(FEWEST - len(told), 0)])


def _points(advice: Advice, kind: str, most: int | None) -> list[PointItem]:
    """The weightiest points of a kind, each text once, those that rest on an assumption after the others of a rank."""
    found = {
        one.text: one
        for one in sorted(advice.points, key=lambda one: one.rank)
        if one.kind == kind and not (kind == "step" and to_oneself(advice, one.who, one.text))
    }
    ranked = sorted(found.values(), key=lambda one: (-one.rank, bool(words.assumes(advice, one.rule))))
    return ranked[:most]


def _staffing(advice: Advice) -> str:
    """Who is missing, and what the money does not reach."""
    lines = [*words.staffing_lines(advice)] if advice.recommendation.unstaffed else []
    if advice.recommendation.not_available == (DELIVERY_MANAGER,) and EXECUTIVE in advice.matrix.roles:
        lines.append(filled(advice, f"{{{WHO}{EXECUTIVE}}} stands in with {{client}} until then."))
    short = short_of(advice)
    if short:
        paid = "a day" if advice.paid_days == 1 else f"{advice.paid_days:g} days"
        lines.append(f"The budget pays for {paid} of managing a week; the work needs about {short:g}.")
        if not advice.recommendation.unstaffed and EXECUTIVE in advice.matrix.roles:
            lines.append(filled(advice, f"{{{WHO}{EXECUTIVE}}} decides what waits."))
    return " ".join(lines)


def _role_names(advice: Advice) -> str:
    """What the title means here, where somebody has said and the matrix has a delivery manager."""
    said = not words.assumes(advice, *advice.role_sense.rules)
    return advice.role_sense.note if said and DELIVERY_MANAGER in advice.matrix.roles else ""


def _work(advice: Advice) -> tuple[Work, ...]:
    days = days_of_work(advice)
    after = any(part.phase == "post_delivery" for part in advice.split.phases)
    said = advice.names.work_with_client
    found = (
        Work(
            f"Until {advice.names.go_live}" if after else "Until delivery",
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


def _seats(advice: Advice, columns: Sequence[Column], main: Sequence[ActivityRow]) -> tuple[Seat, ...]:
    """Managers with their days a week, then everybody else who answers for a row, in the matrix by this letter."""
    days = days_of_seats(advice)
    seats = []
    for column in columns:
        rows = sorted((row for row in main if "A" in row.letters(column.id)), key=lambda row: -row.rank)
        until, after = days.get(column.id, (0.0, 0.0))
        if column.id in days or column.id in advice.recommendation.not_paid_for or rows:
            led = time_of(advice, column.id, until, after) if column.id in days else ""
            time = words.capital(led or asked_for(advice, column.id))
            seats.append(Seat(column.name, _plainly(column, advice).person, time, _answers_for(rows)))
    return tuple(seats)


def _answers_for(rows: Sequence[ActivityRow]) -> str:
    named = [words.lower_first(row.name) for row in rows[:MOST_NAMED]]
    return words.ended(words.capital("; ".join(named))) if named else ""


def _unknown(advice: Advice, one: Assumption) -> str:
    asked, took = words.value_words(advice, one.question, one.answer)
    by_model: dict[str, list[str]] = {}
    for option, model in one.leads_to.items():
        if model != advice.recommendation.model:
            by_model.setdefault(model, []).append(f"“{words.value_words(advice, one.question, option)[1]}”")
    changes = [
        f"if {words.listed(options, 'or')}, {words.lower_first(words.model_name(advice, model))}"
        for model, options in by_model.items()
    ]
    return f"{asked} We assumed “{took}”; {'; '.join(changes)}."


def _look_again(advice: Advice, points: Sequence[PointItem]) -> str:
    texts = [words.lower_first(filled(advice, one.text.rstrip("."))) for one in points]
    texts = [text.replace(advice.names.go_live, GO_LIVE) for text in texts]
    live = advice.engagement.dates.get("go_live")
    if live and not any("before go-live" in text for text in texts):
        texts.append(f"before go-live on {words.date_words(live)}")
    said = before_live(advice, "; ".join(by_weeks(texts))).replace(GO_LIVE, advice.names.go_live)
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


def _shortened(brief: Brief) -> Brief:
    """The brief without its least weighty lines, until it keeps to its length."""
    while words_before_matrix(brief) > MOST_WORDS:
        longest = max(("unknown", "dangers", "facts", "steps"), key=lambda name: len(getattr(brief, name)))
        lines = getattr(brief, longest)
        if len(lines) <= FEWEST:
            return brief
        brief = replace(brief, **{longest: lines[:-1]})
    return brief

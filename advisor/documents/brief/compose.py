"""From an advice to its brief: what weighs most of each kind, in words, and nothing that a reader can do without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from advisor.advise.named import says_who, with_led
from advisor.advise.owners import EXECUTIVE, GROUPS, acting
from advisor.advise.paid import ENOUGH, FULL_WEEK
from advisor.advise.reader_words import in_words_of
from advisor.advise.seating import seated
from advisor.advise.stated import FOLLOWS
from advisor.advise.stints import beside
from advisor.documents.brief.budgeted import budget_line
from advisor.documents.brief.chosen import (
    FEWEST,
    MOST,
    OPEN,
    RISKS,
    dangers,
    leads_of_parts,
    open_questions,
    steps,
    work_of,
)
from advisor.documents.brief.columns import by_person, with_seats
from advisor.documents.brief.content import Brief, Danger
from advisor.documents.brief.headline import headline
from advisor.documents.brief.holding import WHO, filled, who_acts
from advisor.documents.brief.reasons import facts
from advisor.documents.brief.reviews import look_again
from advisor.documents.brief.reworded import in_their_currency, without_years
from advisor.documents.brief.seat_days import days_of_seats, short_of, short_of_time
from advisor.documents.brief.seats import seats_of
from advisor.documents.brief.sure import how_sure
from advisor.documents.brief.weighing import STEPS, weightiest
from advisor.documents.matrix.rows import MAIN, chosen_rows, main_rows
from advisor.documents.shared import advice_lines, words
from advisor.documents.shared.edition import Rows
from advisor.documents.shared.people import NOBODY, TO_BE_NAMED, Column
from advisor.documents.shared.view import PhaseRows, View
from advisor.model.advice import Advice
from advisor.model.matrix import ActivityRow
from advisor.model.rules import COMBINED, DELIVERY_MANAGER

FEWEST_ROWS = 3  # among which there is an order to put them in
ACTS = {STEPS: 5, RISKS: 3}  # so many more of what somebody does have a place than of what only speaks of it
BETWEEN = "between"  # where two managers meet
WORDS = 700  # what a brief keeps to before the matrix, unless people stated more
MOST_WORDS = 760  # before the matrix: what has room on two pages
FEW_STATED, WORDS_EACH, MOST_OF_ALL = 8, 10, 900  # what people stated beyond a few adds words, up to a limit


def brief_of(advice: Advice, view: View, rows: Rows = MAIN) -> Brief:
    """The brief on the advice that `view` puts into words, shortened to two pages; a client's from a client's view.

    `rows` are those of its matrix. What goes before the matrix rests on the rows that matter most, however many follow.
    """
    advice = with_led(in_words_of(advice))
    if view.for_client:
        advice = replace(
            advice, points=tuple(replace(one, text=one.text.replace(FOLLOWS, "")) for one in advice.points)
        )
    advice = seated(advice, {row.id for row in chosen_rows(advice, rows or MAIN)})
    main, chosen = main_rows(advice), chosen_rows(advice, rows or MAIN)
    every, phases = with_seats(advice, view)
    known = tuple(_plainly(column, advice, chosen) for column in every)
    columns, shown = by_person(view, advice, known, _laid_out(phases, chosen))
    answering = tuple(
        column
        for at, column in enumerate(columns)
        if any("A" in row.cells[at].kind for phase in shown for row in phase.rows)
    )
    to_sign = view.for_client or not any(one.about for one in advice.points)
    in_main = _with_letters(known, main)
    brief = Brief(
        decision=headline(advice, view.for_client),
        staffing=_staffing(advice),
        sure=how_sure(advice),
        facts=facts(advice),
        work=work_of(advice),
        seats=(*seats_of(advice, in_main, main, view.for_client), *leads_of_parts(advice)),
        steps=steps(advice, view.as_of),
        dangers=dangers(advice, view.as_of),
        unknown=open_questions(advice, view.as_of),
        role_names=_role_names(advice),
        columns=columns,
        phases=shown,
        more_rows=len(advice.matrix.activities) - len(chosen),
        signatories=answering if to_sign else (),
        agreed_by="" if to_sign else _agreed_by(advice, answering),
        look_again=look_again(advice, view.as_of),
    )
    if view.for_client:
        brief = replace(brief, staffing="", sure="", facts=(), dangers=(), unknown=(), role_names="")
        return without_years(brief, view.as_of)
    shortened = _shortened(without_years(brief, view.as_of), advice, view.as_of)
    return in_their_currency(_with_between(shortened, advice), advice)


def dangers_of(advice: Advice) -> tuple[Danger, ...]:
    """All risks, the weightiest first."""
    return dangers(in_words_of(advice), "", None)


def _plainly(column: Column, advice: Advice, rows: Iterable[ActivityRow]) -> Column:
    """The column with a dash for its person where nobody is named, unless somebody has to be, to lead or to answer."""
    manager = column.id in advice.names.roles and advice.names.roles[column.id].manager
    if column.named or manager:
        return column
    if column.id in GROUPS:
        return replace(column, person=NOBODY)
    answers = says_who(advice) and any("A" in row.letters(column.id) for row in rows)
    return replace(column, person=TO_BE_NAMED if answers else NOBODY)


def _agreed_by(advice: Advice, columns: Sequence[Column]) -> str:
    """Who of our own has to agree."""
    ours = [one for one in columns if not one.id.startswith("client_") and one.id != "product_owner"]
    managers = {id for id, role in advice.names.roles.items() if role.manager}
    asker = advice.engagement.asked_by.partition(",")[0]
    names = [words.clean(name) for name in (asker, advice.engagement.people.get(EXECUTIVE, "")) if name]
    names += [
        one.head if one.named and (one.under or not one.name) else f"the {words.lower_first(one.name)}"
        for one in ours
        if one.named or one.id in managers
    ]
    once = {name.casefold(): name for name in reversed(names)}
    return f"To be agreed by: {words.listed(list(reversed(once.values())))}." if names else ""


def _staffing(advice: Advice) -> str:
    """Who is missing, and what the money does not reach."""
    lines = [advice_lines.not_paid_for(advice)] if advice.recommendation.not_paid_for else []
    if advice.recommendation.not_available == (DELIVERY_MANAGER,) and EXECUTIVE in advice.matrix.roles:
        acts = acting(advice, DELIVERY_MANAGER)
        who = filled(advice, f"{{{WHO}{acts}}}") if acts in advice.names.roles else words.clean(acts)
        lines.append(f"{who} {filled(advice, 'stands in with {client} until then.')}")
    budget = budget_line(advice)
    short = 0.0 if budget else short_of(advice)
    if budget:
        lines.append(budget)
    if short:
        paid = "one day" if advice.paid_days == 1 else f"{advice.paid_days:g} days"
        first = _first_of(advice, days_of_seats(advice))
        lines.append(f"Managing is paid for {paid} a week, where {short:g} would be usual{first}.")
    lines += [text for role in days_of_seats(advice) if (text := _too_few(advice, role))]
    return " ".join(lines)


def _with_between(brief: Brief, advice: Advice) -> Brief:
    """The brief with where two managers meet, as far as it has room for it."""
    told = "" if advice.recommendation.not_paid_for else " ".join(_between(advice))
    longer = replace(brief, staffing=f"{brief.staffing} {told}".strip())
    return longer if told and words_before_matrix(longer) <= WORDS else brief


def _between(advice: Advice) -> list[str]:
    return [filled(advice, one.text) for one in weightiest(advice, BETWEEN, 1)]


def _first_of(advice: Advice, roles: Iterable[str]) -> str:
    """What few days are for first, of what these roles do themselves and answer for."""
    theirs = [row for row in advice.matrix.activities if any({"A", "R"} <= set(row.letters(role)) for role in roles)]
    ranked = [words.lower_first(row.name) for row in sorted(theirs, key=lambda row: -row.rank)]
    return f": put {ranked[0]} first, then {ranked[1]}" if len(ranked) >= FEWEST_ROWS else ""


def _too_few(advice: Advice, role: str) -> str:
    """That somebody has fewer days than the role asks for."""
    has, needs = short_of_time(advice, role)
    needs = min(needs, FULL_WEEK)
    if not has or has >= ENOUGH * needs:
        return ""
    also = [words.clean(name) for name in dict.fromkeys(one.name for one in beside(advice, role) if one.days)]
    have = "have" if also else "has"
    who = words.listed([who_acts(advice, role), *also])
    days = "1 day" if has == 1 else f"{has:g} days"
    return f"{who} {have} {days} a week, where {needs:g} would be usual{_first_of(advice, (role,))}."


def _role_names(advice: Advice) -> str:
    """What the title means here, where somebody has said and the matrix has a delivery manager."""
    said = not words.assumes(advice, *advice.role_sense.rules)
    alone = DELIVERY_MANAGER in advice.matrix.roles and advice.recommendation.model != COMBINED
    return advice.role_sense.note if said and alone else ""


def _laid_out(phases: Iterable[PhaseRows], chosen: Iterable[ActivityRow]) -> tuple[PhaseRows, ...]:
    ids = {row.id for row in chosen}
    found = (replace(phase, rows=tuple(row for row in phase.rows if row.id in ids)) for phase in phases)
    return tuple(phase for phase in found if phase.rows)


def _with_letters(columns: Sequence[Column], rows: Sequence[ActivityRow]) -> tuple[Column, ...]:
    return tuple(column for column in columns if any(row.letters(column.id) for row in rows))


def words_before_matrix(brief: Brief) -> int:
    """How many words a reader has before the matrix."""
    texts = [brief.decision, brief.staffing, brief.sure, brief.role_names, *brief.facts, *brief.unknown]
    texts += [text for seat in brief.seats for text in (seat.role, seat.person, seat.time, seat.answers_for)]
    texts += [text for step in brief.steps for text in (step.who, step.what, step.by)]
    texts += [text for one in brief.dangers for text in (one.what, one.trigger, one.owner, one.action)]
    return sum(len(text.split()) for text in texts)


def _shortened(brief: Brief, advice: Advice, as_of: str) -> Brief:
    """The brief without its least weighty lines, until it keeps to its length."""
    most, stated = dict(MOST), len(advice.engagement.matters)
    limit = min(MOST_WORDS + max(stated - FEW_STATED, 0) * WORDS_EACH, MOST_OF_ALL)
    while words_before_matrix(brief) > limit:
        lines = {OPEN: brief.unknown, RISKS: brief.dangers, STEPS: brief.steps}
        cut = [kind for kind in lines if most[kind] > FEWEST[kind]]
        if not cut:
            return brief
        spare = max(cut, key=lambda kind: len(lines[kind]) - ACTS.get(kind, 0))
        most[spare] = max(min(most[spare], len(lines[spare])) - 1, FEWEST[spare])
        brief = replace(
            brief,
            steps=steps(advice, as_of, most[STEPS]),
            dangers=dangers(advice, as_of, most[RISKS], most[STEPS]),
            unknown=open_questions(advice, as_of, most[OPEN], most[STEPS]),
            look_again=look_again(advice, as_of, most[STEPS], most[RISKS]),
        )
        brief = without_years(brief, as_of)
    return brief

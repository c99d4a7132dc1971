"""Which rows of the matrix a document prints: all of them, those that matter most, or so many by rank."""

from __future__ import annotations

from dataclasses import replace

from advisor.documents.shared.edition import Rows
from advisor.model.advice import Advice
from advisor.model.matrix import ActivityRow

MAIN, ALL = "main", "all"
MOST = 100  # rows that can be asked for by number; who wants more wants all
MOST_MAIN = 18
ENOUGH_MAIN = 14  # from here on only rows that rank at least as a useful one
MOST_OF_SMALL = 10  # for a few people over a few weeks
SMALL = (("duration", "under_three_months"), ("team_size", "up_to_four"))
USEFUL = 60
FEWEST_LED = 3  # rows that each manager of the model answers for, where there are so many
UNASKED = 40


def chosen_rows(advice: Advice, rows: Rows) -> tuple[ActivityRow, ...]:
    """The rows to print, in the matrix's order; all where there are no more than were asked for."""
    everything = advice.matrix.activities
    if rows == ALL:
        return everything
    rank = {row.id: _rank(advice, row) for row in everything}
    ranked = sorted(everything, key=lambda row: -rank[row.id])
    if isinstance(rows, int):
        chosen = {row.id for row in ranked[:rows]}
    else:
        first = enumerate(ranked[: MOST_OF_SMALL if is_small(advice) else MOST_MAIN])
        chosen = {row.id for place, row in first if place < ENOUGH_MAIN or rank[row.id] >= USEFUL}
        chosen = _with_each_manager(advice, ranked, chosen)
    return tuple(row for row in everything if row.id in chosen)


def _with_each_manager(advice: Advice, ranked: list[ActivityRow], chosen: set[str]) -> set[str]:
    """The chosen rows with the best of each manager in place of the last: nobody leads and answers for nothing."""
    for role in advice.split.overall:
        theirs = [row.id for row in ranked if "A" in row.letters(role)]
        missing = [one for one in theirs if one not in chosen][: max(FEWEST_LED - len(chosen & set(theirs)), 0)]
        spare = [row.id for row in reversed(ranked) if row.id in chosen and row.matter is None]
        spare = [one for one in spare if not any(one in _led(ranked, other) for other in advice.split.overall)]
        chosen = (chosen - set(spare[: len(missing)])) | set(missing)
    return chosen


def _led(ranked: list[ActivityRow], role: str) -> set[str]:
    return {row.id for row in ranked if "A" in row.letters(role)}


def is_small(advice: Advice) -> bool:
    """Whether a few people are at work for a few weeks; how long, somebody has to have said."""
    told = {**advice.assumed, **advice.engagement.answers}
    return "duration" in advice.engagement.answers and all(told.get(name) == value for name, value in SMALL)


def _rank(advice: Advice, row: ActivityRow) -> int:
    """How much the row matters here: less where nobody answered any question that it is about."""
    unasked = bool(row.rests_on) and all(one in advice.assumed for one in row.rests_on)
    return row.rank - UNASKED if unasked else row.rank


def main_rows(advice: Advice) -> tuple[ActivityRow, ...]:
    """The 12 to 18 rows that matter most, 10 of a small job, in the matrix's order; all where there are no more."""
    return chosen_rows(advice, MAIN)


def cut(advice: Advice, rows: Rows) -> Advice:
    """The advice with a matrix of these rows alone, and the columns that have a letter in them.

    Rows left out go too: in an extract, most rows are not there, and for another reason.
    """
    if not rows or rows == ALL:
        return advice
    shown = chosen_rows(advice, rows)
    lettered = {cell.role for row in shown for cell in row.cells if cell.letters}
    roles = tuple(role for role in advice.matrix.roles if role in lettered)
    return replace(advice, matrix=replace(advice.matrix, roles=roles, activities=shown, left_out=()))

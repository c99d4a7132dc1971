"""Where in a grid columns stand for letters: the form that names roles in its cells, or ticks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.matrices.grid import Grid, flat
from advisor.matrices.layout import Columns, Readings, across, meaning_of, other_columns
from advisor.matrices.vocabulary import is_in

MOST_ROLES = 500
TOO_MANY = f"it names more than {MOST_ROLES} roles"
_MOST_TRIED = 20
_MOST_BELOW = 500  # rows that tell whether a row heads them


@dataclass(frozen=True, slots=True)
class LetterLayout:
    """Columns that stand for letters under a heading; `over` gives the role of each where one stands over it."""

    heading: tuple[int, ...]
    letters: dict[int, str]
    over: dict[int, str]
    score: int


def find_letters(grid: Grid, read: Readings) -> LetterLayout | None:
    """The likeliest heading whose cells are letters; None without one."""
    filled = [0] * grid.width
    likely: list[tuple[int, int, dict[int, str]]] = []  # how much stands under a row, the row, the letters of columns
    for row in range(len(grid.rows) - 1, -1, -1):
        letters = {
            column: letter
            for column, text in enumerate(grid.rows[row])
            if text and (letter := read.letter_over(row, column)) and _ends(grid, row, column)
        }
        score = sum(filled[column] for column in letters)
        found = set(letters.values())
        if score and (len(found) > 2 or found >= {"R", "A"}):
            likely.append((score, row, letters))
        for column, text in enumerate(grid.rows[row]):
            filled[column] += bool(text) and not is_in(text, "nothing")
    likely.sort(key=lambda one: (-one[0], -one[1]))
    tried = (_layout(grid, row, letters, score, read) for score, row, letters in likely[:_MOST_TRIED])
    return next((layout for layout in tried if layout is not None), None)


def _ends(grid: Grid, row: int, column: int) -> bool:
    """Whether the cell goes no further down, so that what it heads comes next."""
    span = grid.spans.get((row, column))
    return span is None or span.bottom == row


def _layout(grid: Grid, row: int, letters: dict[int, str], score: int, read: Readings) -> LetterLayout | None:
    if min(letters) == 0 and not any(column not in letters for column in range(grid.width)):
        return None
    if row and 2 * sum(bool(read.letter_over(row - 1, column)) for column in letters) > len(letters):
        return None  # one more row of a matrix, not one over it
    repeated = len(set(letters.values())) < len(letters)
    if repeated:
        return None if _holds_letters(grid, row, letters, read) else _with_roles(grid, row, letters, score, read)
    if _holds_letters(grid, row, letters, read):
        return None
    below = [(at, column) for at in range(row + 1, len(grid.rows)) for column in letters if grid.rows[at][column]]
    # A legend: under each letter, or its word, stands what it means.
    if all(
        meaning_of(grid.rows[at][column], read.known) == letters[column] and len(grid.rows[at][column]) > 2
        for at, column in below
    ):
        return None
    return LetterLayout((row,), letters, {}, score)


def _holds_letters(grid: Grid, row: int, letters: dict[int, str], read: Readings) -> bool:
    """Whether under the letters stand others: then the row is no heading, but one of a matrix."""
    filled = other = 0
    below = range(row + 1, min(len(grid.rows), row + 1 + _MOST_BELOW))
    read.look(len(below), len(letters))
    for at in below:
        for column, letter in letters.items():
            if grid.rows[at][column]:
                found = read(at, column)
                text = flat(grid.rows[at][column])
                filled += found.strict or is_in(text, "ticks") or len(text) > 2
                other += found.strict and bool(found.letters) and found.letters != (letter,)
    return other * 5 > filled


def _with_roles(grid: Grid, row: int, letters: dict[int, str], score: int, read: Readings) -> LetterLayout | None:
    """Letters that come again and again belong to the roles over them, or under them."""
    for beside, rows in ((row - 1, (row - 1, row)), (row + 1, (row, row + 1))):
        if not 0 <= beside < len(grid.rows):
            continue
        if all(read.letter_over(beside, column) for column in letters):
            continue  # one more row of a matrix, not one of roles
        over: dict[int, str] = {}
        carried = ""
        for column in sorted(letters):
            text = grid.rows[beside][column]
            carried = text or (carried if beside < row else "")
            if carried:
                over[column] = flat(carried)
        pairs = {(letters[column], over[column]) for column in over}
        roles = len(set(over.values()))
        if len(over) == len(letters) and len(pairs) == len(over) and 1 < roles <= len(letters) // 2:
            return LetterLayout(rows, letters, over, score)
    return None


def rows_under(grid: Grid, head: int, marks: Sequence[int]) -> list[int]:
    """The rows under the heading in which something stands under a letter."""
    rows = range(head + 1, len(grid.rows))
    return [at for at in rows if any(grid.rows[at][column] for column in marks) and not across(grid, at, marks)]


def heading_said(grid: Grid, layout: LetterLayout) -> str:
    """The sentence that says where the letters stand."""
    rows = " and ".join(grid.row_name(row) for row in layout.heading)
    return f"columns stand for letters ({rows})"


def columns_left(grid: Grid, layout: LetterLayout, body: list[int], read: Readings) -> Columns | None:
    """What the columns left of the letters are; None when none can name activities."""
    marks = tuple(sorted(layout.letters))
    return other_columns(grid, layout.heading, marks, body, read)


def activities_said(grid: Grid, layout: LetterLayout, columns: Columns) -> str:
    """The sentence that says where the activities stand."""
    text = flat(grid.rows[layout.heading[-1]][columns.activity])
    return f"activities from {grid.column_name(columns.activity)}" + (f" (“{text}”)" if text else "")

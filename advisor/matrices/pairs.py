"""A matrix with one column of letters: of one role, or of the role that each row names."""

from __future__ import annotations

from advisor.matrices.by_role import Part, found_cell, read_by_role
from advisor.matrices.grid import Grid, flat
from advisor.matrices.headings import names_a_role
from advisor.matrices.hints import Map
from advisor.matrices.layout import Layout, Readings, meaning_of, other_columns
from advisor.matrices.long_form import LongColumns, long_columns, read_long
from advisor.matrices.vocabulary import heading_kind, is_in
from advisor.model.found import FoundCell

_MOST_TRIED = 10
_MOSTLY = 0.8
_LONGEST = 3  # letters of a cell as short as `A/R`; what is longer may be a legend's meaning


def read_pairs(grid: Grid, read: Readings, told: Map) -> tuple[int, Part | None, str]:
    """The matrix in the one column of letters with how many rows have some, or why there is none."""
    filled = [row for row in range(len(grid.rows)) if sum(map(bool, grid.rows[row])) > 1]
    for head in filled[:_MOST_TRIED]:
        for column in range(grid.width - 1, 0 if grid.width > 1 else -1, -1):
            body = _letters_under(grid, head, column, read)
            if body is None:
                continue
            left = [one for one in range(grid.width) if one != column]
            columns = long_columns(grid, head, body, left)
            if columns is None:
                return _one_role(grid, head, column, body, read, told)
            if columns.activity is None:
                return 0, None, "its rows name roles, and no column activities"
            part = _with_roles(grid, head, column, body, columns, read)
            return (0, None, part) if isinstance(part, str) else (len(body), part, "")
    return 0, None, ""


def _letters_under(grid: Grid, head: int, column: int, read: Readings) -> list[int] | None:
    """The rows of letters under a heading that says that letters come, or names a role; None where none does."""
    heading = grid.rows[head][column]
    if not _may_head(heading) or (read(head, column).strict and not is_in(flat(heading), "letter_headings")):
        return None
    below = range(head + 1, len(grid.rows))
    read.look(len(below), 1)
    filled = [row for row in below if grid.rows[row][column]]
    body = [row for row in filled if read(row, column).strict and read(row, column).letters]
    found = {letter for row in body for letter in read(row, column).letters}
    if len(body) < _MOSTLY * len(filled) or len(found) < 2 or not found & {"R", "A"}:
        return None
    if any(_mostly_letters(grid, one, body, read) for one in range(grid.width) if one != column):
        return None
    explained = sum(any(_means(grid, row, one, column, read) for one in range(grid.width)) for row in body)
    return body if explained * 2 <= len(body) else None


def _mostly_letters(grid: Grid, column: int, body: list[int], read: Readings) -> bool:
    filled = [read(row, column) for row in body if grid.rows[row][column]]
    return bool(filled) and 2 * sum(one.strict and bool(one.letters) for one in filled) > len(filled)


def _may_head(text: str) -> bool:
    return is_in(flat(text), "letter_headings") or heading_kind(text) == "role" or names_a_role(text) > 0


def _means(grid: Grid, row: int, beside: int, column: int, read: Readings) -> bool:
    """Whether a cell says what the letter in the column means."""
    text = flat(grid.rows[row][beside])
    return beside != column and len(text) > _LONGEST and meaning_of(text, read.known) in read(row, column).letters


def _one_role(
    grid: Grid, head: int, column: int, body: list[int], read: Readings, told: Map
) -> tuple[int, Part | None, str]:
    rest = other_columns(grid, (head,), (column,), body, read)
    if rest is None:
        return 0, None, "no column left of its letters names activities"
    part = read_by_role(grid, Layout((head,), (column,), rest, len(body)), read, told)
    return len(body), part if part.rows else None, "no activity beside its letters"


def _with_roles(
    grid: Grid, head: int, column: int, body: list[int], columns: LongColumns, read: Readings
) -> Part | str:
    def cell(row: int) -> FoundCell:
        return found_cell(grid, row, column, read(row, column))

    return read_long(grid, head, body, columns, cell, read, f"letters stand in {grid.column_name(column)}")

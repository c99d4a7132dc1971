"""A matrix with a column for each letter, whose cells name the roles that have it."""

from __future__ import annotations

import re

from advisor.matrices.body import BodyReader
from advisor.matrices.budget import Bound
from advisor.matrices.by_role import Part
from advisor.matrices.by_ticks import ticked_beside_roles, ticked_under_roles
from advisor.matrices.grid import Grid, flat
from advisor.matrices.headings import names_a_role, names_an_activity, role_and_people, share
from advisor.matrices.hints import Map
from advisor.matrices.layout import Readings
from advisor.matrices.letter_columns import (
    MOST_ROLES,
    TOO_MANY,
    LetterLayout,
    activities_said,
    columns_left,
    heading_said,
    rows_under,
)
from advisor.matrices.vocabulary import heading_kind, is_in
from advisor.model.found import FoundCell, FoundRole

_CERTAIN = re.compile(r"\s*[,;\n•]\s*|\s+[+/|]\s+")
_MAYBE = re.compile(r"\s+(?:and|&|und|et|y)\s+|\s*/\s*", re.IGNORECASE)


def read_by_letter(grid: Grid, layout: LetterLayout, read: Readings, told: Map) -> Part | str:
    """The matrix of a layout, or why there is none."""
    if layout.over:
        return ticked_under_roles(grid, layout, read, told)
    marks = tuple(sorted(layout.letters))
    row = layout.heading[-1]
    body = rows_under(grid, row, marks)
    cells = [flat(grid.rows[at][column]) for at in body for column in marks if grid.rows[at][column]]
    open_cells = [text for text in cells if not is_in(text, "nothing") and not is_in(text, "no_ticks")]
    ticked = [text for text in open_cells if is_in(text, "ticks") or len(text) == 1]
    if not open_cells:
        return "nobody is named in its columns of letters"
    if len(ticked) * 2 > len(open_cells):
        return ticked_beside_roles(grid, layout, body, read)
    return _named(grid, layout, body, read, told)


def _named(grid: Grid, layout: LetterLayout, body: list[int], read: Readings, told: Map) -> Part | str:
    """Cells that name roles under the letter that they have."""
    columns = columns_left(grid, layout, body, read)
    if columns is None:
        return "no column left of its letters names activities"
    marks = sorted(layout.letters)
    row_of_letters = layout.heading[-1]
    certain = {
        flat(part).lower()
        for at in body
        for column in marks
        for part in _CERTAIN.split(grid.rows[at][column])
        if part and not _MAYBE.search(part)
    }
    turned = heading_kind(grid.rows[row_of_letters][columns.activity]) == "role"
    if turned and share(list(certain), names_an_activity) > share(list(certain), names_a_role):
        return "it lists each role's activities in words; a matrix needs a row for each activity"
    names: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    by_row: dict[int, dict[str, dict[str, int]]] = {}  # for each row and name the letters, and where they stand
    remarks: dict[tuple[int, str], str] = {}
    for at in body:
        for column in marks:
            if read(at, column).strict and read(at, column).letters == (layout.letters[column],):
                continue  # the letters again
            for text in _names(grid.rows[at][column], certain):
                name, people, remark = _role_of(text)
                names.setdefault(name.lower(), (name, grid.place(at, column), people))
                if len(names) > MOST_ROLES:
                    return TOO_MANY
                by_row.setdefault(at, {}).setdefault(name.lower(), {}).setdefault(layout.letters[column], column)
                if remark:
                    remarks[at, name.lower()] = remark
    read.budget.spend(Bound.CELLS, len(names) * (len(grid.rows) - row_of_letters))
    roles = tuple(FoundRole(*one) for one in names.values())

    def cells(row: int) -> tuple[FoundCell, ...]:
        out = []
        for name in names:
            had = by_row.get(row, {}).get(name, {})
            column = next(iter(had.values()), columns.activity)
            text = flat(grid.rows[row][column]) if had else ""
            out.append(FoundCell(text, tuple(had), grid.place(row, column), remark=remarks.get((row, name), "")))
        return tuple(out)

    found = BodyReader(grid, layout.heading, tuple(marks), columns, cells, read, told, named=True).walk()
    taken = (
        f"{heading_said(grid, layout)}; their cells name roles: {', '.join(role.name for role in roles)}",
        activities_said(grid, layout, columns),
        *found.taken,
    )
    return Part(roles, tuple(found.rows), taken, tuple(found.passed), layout.heading[0], found.end)


def _names(text: str, certain: set[str]) -> list[str]:
    """The names in a cell; `A and B`, `A/B` are two only where one of them stands alone elsewhere."""
    if not text or is_in(flat(text), "nothing"):
        return []
    out = []
    for part in _CERTAIN.split(_apart(text)):
        pieces = [flat(piece) for piece in _MAYBE.split(part) if flat(piece)]
        if len(pieces) > 1 and flat(part).lower() not in certain and all(piece.lower() in certain for piece in pieces):
            out.extend(pieces)
        elif flat(part) and not is_in(flat(part), "nothing"):
            out.append(flat(part))
    return [one.replace("\0", ", ") for one in out]


def _apart(text: str) -> str:
    """The text with commas inside brackets kept from parting names."""
    return re.sub(r"\([^()]*\)", lambda match: re.sub(r"\s*[,;]\s*|\s+[+/|]\s+", "\0", match[0]), text)


def _role_of(text: str) -> tuple[str, tuple[str, ...], str]:
    """Role, people and remark of one name: `PM (Anna Lind)`, `Legal (if rights are unclear)`."""
    name, people = role_and_people(text)
    if people:
        return name, people, ""
    match = re.fullmatch(r"(.+?)\s*\(([^()]*)\)", text)
    if match and not (match[2].isupper() and len(match[2]) <= 6):
        return match[1], (), match[2]
    return name, (), ""

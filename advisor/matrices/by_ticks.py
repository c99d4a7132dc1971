"""A matrix with a column for each letter, ticked for the role that stands beside the ticks or over them."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.matrices.body import BodyReader
from advisor.matrices.by_role import Part
from advisor.matrices.grid import Grid, flat
from advisor.matrices.headings import role_and_people
from advisor.matrices.hints import Map
from advisor.matrices.layout import Readings
from advisor.matrices.letter_columns import (
    LetterLayout,
    activities_said,
    columns_left,
    heading_said,
    rows_under,
)
from advisor.matrices.long_form import long_columns, read_long
from advisor.matrices.roles import unique
from advisor.matrices.vocabulary import is_in
from advisor.model.found import FoundCell, FoundRole


def ticked_under_roles(grid: Grid, layout: LetterLayout, read: Readings, told: Map) -> Part | str:
    """The matrix in which each role has columns of its own, one for each letter; or why there is none."""
    marks = tuple(sorted(layout.letters))
    body = rows_under(grid, layout.heading[-1], marks)
    columns = columns_left(grid, layout, body, read)
    if columns is None:
        return "no column left of its letters names activities"
    names = list(dict.fromkeys(layout.over[column] for column in marks))
    line = next(row for row in layout.heading if flat(grid.rows[row][marks[0]]) == layout.over[marks[0]])
    first = {layout.over[column]: column for column in reversed(marks)}
    roles = unique([FoundRole(*named_role(name, grid.place(line, first[name]))) for name in names])

    under: dict[str, list[tuple[int, str]]] = {name: [] for name in names}
    for column in marks:
        under[layout.over[column]].append((column, layout.letters[column]))

    def cells(row: int) -> tuple[FoundCell, ...]:
        return tuple(_ticks(grid, row, columns) for columns in under.values())

    found = BodyReader(grid, layout.heading, marks, columns, cells, read, told, named=True).walk()
    taken = (
        f"{heading_said(grid, layout)}, under roles: {', '.join(names)}",
        activities_said(grid, layout, columns),
        *found.taken,
    )
    return Part(roles, tuple(found.rows), taken, tuple(found.passed), layout.heading[0], found.end)


def named_role(text: str, place: str) -> tuple[str, str, tuple[str, ...]]:
    """The fields of a role that a text names."""
    name, people = role_and_people(text)
    return name, place, people


def _ticks(grid: Grid, row: int, columns: Iterable[tuple[int, str]]) -> FoundCell:
    """The letters that are ticked in a row for one role."""
    letters: dict[str, None] = {}
    texts: list[str] = []
    unread: list[str] = []
    place = ""
    for column, letter in columns:
        text = flat(grid.rows[row][column])
        place = place or grid.place(row, column)
        if not text or is_in(text, "nothing") or is_in(text, "no_ticks"):
            continue
        texts.append(text)
        if is_in(text, "ticks") or text.upper() == letter or (len(text) > 1 and text.lower()[:4] == letter.lower()[:4]):
            if not letters:
                place = grid.place(row, column)
            letters[letter] = None
        else:
            unread.append(text)
    return FoundCell(" ".join(texts), tuple(letters), place, " ".join(unread))


def ticked_beside_roles(grid: Grid, layout: LetterLayout, body: list[int], read: Readings) -> Part | str:
    """A row for each activity and role, ticked under the letter."""
    marks = [(column, layout.letters[column]) for column in sorted(layout.letters)]
    columns = long_columns(grid, layout.heading[-1], body, range(marks[0][0]))
    if columns is None:
        return "its columns stand for letters and are ticked, but none names roles"
    said = f"{heading_said(grid, layout)}, ticked"
    return read_long(grid, layout.heading[-1], body, columns, lambda row: _ticks(grid, row, marks), read, said)

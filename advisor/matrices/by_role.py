"""A matrix with a column (or a row) for each role, letters in its cells: the common form."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.matrices.body import BodyReader
from advisor.matrices.cells import Reading
from advisor.matrices.grid import Grid, flat
from advisor.matrices.hints import Map
from advisor.matrices.layout import Layout, Readings, heading_text
from advisor.matrices.roles import roles_of
from advisor.model.found import FoundCell, FoundRole, FoundRow

_MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A matrix found in a grid: `start` and `end` bound its rows, the heading's included."""

    roles: tuple[FoundRole, ...]
    rows: tuple[FoundRow, ...]
    taken: tuple[str, ...]
    passed: tuple[str, ...]
    start: int
    end: int


def read_by_role(grid: Grid, layout: Layout, read: Readings, told: Map) -> Part:
    """The matrix of a layout."""

    def cells(row: int) -> tuple[FoundCell, ...]:
        return tuple(found_cell(grid, row, column, read(row, column)) for column in layout.roles)

    roles = roles_of(grid, layout.heading, layout.roles, layout.columns.activity)
    body = BodyReader(grid, layout.heading, layout.roles, layout.columns, cells, read, told).walk()
    head = " and ".join(grid.row_name(row) for row in layout.heading)
    named = ", ".join(_role(role) for role in roles)
    taken = [
        f"roles from {head}: {named}",
        *what_columns_are(grid, layout),
        *merged(grid, layout, body.end),
        *body.taken,
    ]
    return Part(
        roles, tuple(body.rows), tuple(taken), (*others(grid, layout), *body.passed), layout.heading[0], body.end
    )


def found_cell(grid: Grid, row: int, column: int, reading: Reading) -> FoundCell:
    """The cell with what its text was read as."""
    return FoundCell(
        flat(grid.rows[row][column]),
        reading.letters,
        grid.place(row, column),
        reading.unread,
        reading.lookalikes,
        reading.remark,
    )


def _role(role: FoundRole) -> str:
    people = f" ({', '.join(role.people)})" if role.people else ""
    group = f" [{role.group}]" if role.group and not role.name.startswith(f"{role.group}:") else ""
    return f"{role.name}{people}{group}"


def what_columns_are(grid: Grid, layout: Layout) -> list[str]:
    """Sentences on the columns of activities and phases."""
    columns = layout.columns
    out = [f"activities from {grid.column_name(columns.activity)}{_headed(grid, layout, columns.activity)}"]
    if columns.phase is not None:
        out.append(f"phases from {grid.column_name(columns.phase)}{_headed(grid, layout, columns.phase)}")
    return out


def others(grid: Grid, layout: Layout) -> list[str]:
    """Sentences on the columns that were left aside."""
    columns = layout.columns
    out = []
    if columns.number is not None:
        out.append(f"{grid.column_name(columns.number)}{_headed(grid, layout, columns.number)}: it numbers the rows")
    if columns.status is not None:
        out.append(
            f"{grid.column_name(columns.status)}{_headed(grid, layout, columns.status)}: it says which rows count"
        )
    for column in columns.others:
        if any(grid.rows[row][column] for row in range(layout.heading[0], len(grid.rows))):
            out.append(f"{grid.column_name(column)}{_headed(grid, layout, column)}: neither roles nor activities")
    return out


def _headed(grid: Grid, layout: Layout, column: int) -> str:
    text = heading_text(grid, layout.heading, column)
    return f" (“{text[:60]}”)" if text else ""


def merged(grid: Grid, layout: Layout, end: int) -> list[str]:
    """A sentence on merged cells whose letters count for each of their parts."""
    roles = frozenset(layout.roles)
    spans = {
        (span.top, span.left): span
        for (row, column), span in grid.spans.items()
        if layout.heading[-1] < row < end and column in roles and grid.rows[row][column]
        and span.left >= layout.roles[0]
    }  # fmt: skip
    places = [
        f"{grid.place(one.top, one.left)} to {grid.place(one.bottom, one.right)}" for _, one in sorted(spans.items())
    ]
    if not places:
        return []
    return [
        "a merged cell counts for each row and column that it covers: "
        f"{'; '.join(places[:_MOST_SHOWN])}{' ...' if len(places) > _MOST_SHOWN else ''}"
    ]

"""The layout that a map tells instead of the one that would be found."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.errors import InputError, Problem
from advisor.matrices.grid import Grid, flat
from advisor.matrices.hints import Map
from advisor.matrices.layout import Columns, Layout, Readings, find_layout, heading_rows, other_columns


def told_layout(grid: Grid, told: Map, read: Readings) -> Layout | str | None:
    """The layout that the map tells, or what it should say too; None when it says nothing of columns or heading.

    Raises InputError for a row or column that is not there.
    """
    if not (told.heading or told.columns_told):
        return None
    found = find_layout(grid, read)
    if told.heading:
        heading = heading_told(grid, told)
    elif found is not None:
        heading = found.heading
    else:
        return f"{told.file}: heading: must say which row names the roles; none was found"
    head = heading[-1]
    named = columns_by_name(grid, head)
    ignored = {column_told(grid, named, name, told, "columns.ignore") for name in told.ignore_columns}
    activity = column_told(grid, named, told.activity, told, "columns.activity") if told.activity else None
    phase = column_told(grid, named, told.phase, told, "columns.phase") if told.phase else None
    if told.roles:
        roles = tuple(column_told(grid, named, name, told, "columns.roles") for name in told.roles)
    elif found is not None and found.heading[-1] == head:
        roles = found.roles
    else:
        roles = tuple(
            column
            for column in range(grid.width)
            if grid.rows[head][column] and any(read(row, column).letters for row in range(head + 1, len(grid.rows)))
        )
    roles = tuple(one for one in roles if one not in ignored and one not in (activity, phase))
    if not roles:
        return f"{told.file}: columns.roles: must say which columns are roles; none was found"
    body = [row for row in range(head + 1, len(grid.rows)) if any(grid.rows[row][column] for column in roles)]
    rest = other_columns(grid, heading, tuple(sorted(roles)), body, read)
    if activity is None and rest is None:
        return f"{told.file}: columns.activity: must say which column names the activities; none was found"
    rest = rest or Columns(0)
    chosen = rest.activity if activity is None else activity
    phase = phase if phase is not None else rest.phase
    used = {chosen, phase, rest.number, rest.status, *roles}
    columns = Columns(
        chosen,
        phase if phase != chosen and phase not in ignored else None,
        rest.number if rest.number != chosen else None,
        rest.status,
        tuple(one for one in range(grid.width) if one not in used or one in ignored),
    )
    if not told.heading:
        heading = heading_rows(grid, head, roles, read)
    return Layout(heading, roles, columns, sum(len(read(row, one).letters) for row in body for one in roles) + 1)


def heading_told(grid: Grid, told: Map) -> tuple[int, ...]:
    """The rows that are the heading, in their order; InputError where one is not there."""
    rows = {grid.row_name(row).rpartition(" ")[2].lower(): row for row in reversed(range(len(grid.rows)))}
    return tuple(sorted(_row(grid, rows, name, told) for name in told.heading))


def _row(grid: Grid, rows: Mapping[str, int], name: str, told: Map) -> int:
    if (row := rows.get(name.strip().lower())) is not None:
        return row
    raise InputError([Problem(told.file, 0, "heading", f"there is no {name!r} with text in {grid.name}")])


def columns_by_name(grid: Grid, head: int) -> dict[str, int]:
    """Each column by its letter or number and by its heading; of two of one name the first."""
    found: dict[str, int] = {}
    for column in range(grid.width):
        found.setdefault(grid.column_name(column).rpartition(" ")[2].lower(), column)
        found.setdefault(flat(grid.rows[head][column]).lower(), column)
    return found


def column_told(grid: Grid, columns: Mapping[str, int], name: str, told: Map, where: str) -> int:
    """The column of that letter, number or heading; InputError with those that there are."""
    if (column := columns.get(flat(name).lower())) is not None:
        return column
    known = ", ".join(grid.column_name(column).rpartition(" ")[2] for column in range(min(grid.width, 30)))
    raise InputError([Problem(told.file, 0, where, f"there is no {name!r} in {grid.name} (there are {known})")])

"""The rows of a plan: which are activities, which open a phase or sum up what follows, which are none of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from advisor.matrices.grid import Grid, flat, number_in
from advisor.matrices.headings import is_code, is_number, opens_phase
from advisor.matrices.hints import Map
from advisor.matrices.vocabulary import heading_kind, is_in, opens_with

_SHOWN = 60
_NUMBER = re.compile(r"[A-Za-z]{0,3}[-. ]?(\d+(?:\.\d+)*)\.?(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a plan that say what is done, when in it, under which number, and whether it counts."""

    activity: int
    phase: int | None = None
    number: int | None = None
    status: int | None = None


@dataclass(slots=True)
class Rows:
    """Places of the activities in the grid, with name and phase of each; what was taken for what, and left aside."""

    rows: list[int] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    phases: dict[int, str] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)


def rows_under(grid: Grid, heading: int, columns: Columns, told: Map) -> Rows:
    """The rows under a heading, to the end of the table or the next heading."""
    found = Rows()
    body = range(heading + 1, _end(grid, heading))
    alone = [row for row in body if _alone(grid, row, columns)]
    few = 2 * len(alone) < len(body)
    strong = [row for row in body if row in grid.strong]
    bold = frozenset(strong if 2 * len(strong) < len(body) else ())
    phase = ""
    phases: list[str] = []
    for row in body:
        name = flat(grid.rows[row][columns.activity])
        kind = _told(grid, row, name, told) or _kind(grid, heading, row, columns, body.stop)
        if not kind:
            lone = (
                few and row in alone and (opens_phase(name) or name.endswith(":") or (len(name) > 3 and name.isupper()))
            )
            kind = "phase" if row in bold or lone else "row"
        if kind == "phase":
            phase = name or _other(grid, row, columns)
            phases.append(f"{grid.row_name(row)} “{_short(phase)}”")
        elif kind == "row":
            if columns.phase is not None:
                phase = flat(grid.rows[row][columns.phase]) or phase
            found.rows.append(row)
            found.names[row], found.phases[row] = name, phase
        else:
            found.passed.append(f"{grid.row_name(row)} (“{_short(name or _other(grid, row, columns))}”): {kind}")
    if phases:
        found.taken.append(f"rows that head others are phases: {', '.join(phases)}")
    if body.stop < len(grid.rows):
        found.passed.append(f"{grid.row_name(body.stop)} and what follows: another table")
    return found


def _end(grid: Grid, heading: int) -> int:
    """The first row after a blank one that has headings of its own, and other ones."""
    for row in range(heading + 1, len(grid.rows)):
        if row in grid.gaps and not _again(grid, heading, row):
            kinds = [heading_kind(text) for text in grid.rows[row] if 0 < len(text) <= _SHOWN and not is_number(text)]
            if len([kind for kind in kinds if kind]) > 1 and len(kinds) > 2:
                return row
    return len(grid.rows)


def _again(grid: Grid, heading: int, row: int) -> bool:
    return [flat(text) for text in grid.rows[row]] == [flat(text) for text in grid.rows[heading]]


def _told(grid: Grid, row: int, name: str, told: Map) -> str:
    """What the map says of a row: `phase`, `row`, or why it is left aside."""
    named = {str(grid.numbers[row]), name}
    last = number_in(told.last)
    for kind, rows in (("phase", told.phases), ("row", told.activities)):
        if named & {one.strip() for one in rows}:
            return kind
    ignored = named & {one.strip() for one in told.ignore_rows}
    return "the map says so" if ignored or (last is not None and grid.numbers[row] > last) else ""


def _kind(grid: Grid, heading: int, row: int, columns: Columns, end: int) -> str:
    """`phase`, why the row is left aside, or nothing where it may be an activity."""
    name = flat(grid.rows[row][columns.activity])
    span = grid.spans.get((row, columns.activity))
    if _again(grid, heading, row):
        return "the heading again"
    if columns.status is not None and is_in(flat(grid.rows[row][columns.status]), "left_out"):
        return f"its status is “{flat(grid.rows[row][columns.status])}”"
    if opens_with(name, "sums") and any(is_number(text) for text in grid.rows[row] if text):
        return "it counts"
    if (row in grid.gaps or row + 1 == end) and opens_with(name, "footnotes") and _alone(grid, row, columns):
        return "a note"
    if not name:
        return (
            "phase"
            if _other(grid, row, columns) and len(list(filter(None, grid.rows[row]))) < 3
            else "it names no activity"
        )
    if is_code(name) or is_number(name):
        return "it has a number and no name"
    return "phase" if (span is not None and span.wide) or _heads(grid, row, columns, end) else ""


def _heads(grid: Grid, row: int, columns: Columns, end: int) -> bool:
    """Whether the row is `2` and the next one `2.1`, in their numbers or before their names."""
    at = columns.number if columns.number is not None else columns.activity
    if row + 1 >= end:
        return False
    here, below = (_NUMBER.match(flat(grid.rows[one][at])) for one in (row, row + 1))
    return here is not None and below is not None and below[1].startswith(f"{here[1]}.")


def _alone(grid: Grid, row: int, columns: Columns) -> bool:
    """Whether nothing but the activity, and maybe its number, stands in the row."""
    kept = (columns.activity, columns.number, columns.phase)
    return not any(text for column, text in enumerate(grid.rows[row]) if column not in kept)


def _other(grid: Grid, row: int, columns: Columns) -> str:
    """What stands in the row where it names no activity: what is no number first."""
    texts = [flat(text) for column, text in enumerate(grid.rows[row]) if text and column != columns.activity]
    return next((text for text in texts if not (is_code(text) or is_number(text))), "")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."

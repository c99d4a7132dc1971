"""A work breakdown without letters: its heading, activities and phases, and the columns that wait for letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from advisor.errors import InputError, Problem, did_you_mean
from advisor.files import read_limited
from advisor.matrices.budget import Budget
from advisor.matrices.cells import read_cell
from advisor.matrices.grid import Grid, Places, flat
from advisor.matrices.headings import is_number, names_a_role
from advisor.matrices.hints import Hints, Map
from advisor.matrices.open import LARGEST_PACKED, Opened, open_tables
from advisor.matrices.plan_rows import Columns, rows_under
from advisor.matrices.roles import roles_of
from advisor.matrices.told import column_told, columns_by_name, heading_told
from advisor.matrices.vocabulary import Vocabulary, heading_kind, is_in, vocabulary
from advisor.model.found import FoundCell, FoundMatrix, FoundRow

EXCEL, CSV, MARKDOWN = ".xlsx", ".csv", ".md"
SUFFIXES = {".xlsx": EXCEL, ".xlsm": EXCEL, ".csv": CSV, ".tsv": CSV, ".md": MARKDOWN, ".markdown": MARKDOWN}
_LONGEST_HEADING = 60
_MOST_TRIED = 200  # rows that are looked at for a heading
_FEWEST = 2  # activities under a heading


@dataclass(frozen=True, slots=True)
class PlanTable:
    """One table of a plan, its rows and columns as the file counts them.

    `matrix` has its activities and the columns that may be roles; `heading` is the row of the headings, `rows` that of
    each activity, `roles` the column of each role, `last` the last column with a text.
    """

    matrix: FoundMatrix
    heading: int
    rows: tuple[int, ...]
    roles: tuple[int, ...]
    last: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A file with a work breakdown: its bytes, in which of EXCEL, CSV and MARKDOWN, and its tables in their order."""

    file: str
    data: bytes
    form: str
    tables: tuple[PlanTable, ...]


def read_plan(path: Path, hints: Hints | None = None) -> Plan:
    """The plan in an Excel, CSV or Markdown file: its longest table, and all with the same headings.

    Raises InputError where there is none, or the file is another than its suffix says.
    """
    hints = hints or Hints()
    told = hints.map or Map()
    file = str(path)
    form = SUFFIXES.get(path.suffix.lower(), "")
    if not form:
        near = did_you_mean(path.suffix.lower(), SUFFIXES)
        said = f"must end in {', '.join(SUFFIXES)}; other files cannot be filled in{near}"
        raise InputError([Problem(file, 0, "", said)])
    data = read_limited(path, LARGEST_PACKED)
    opened = open_tables(path, Budget(file), hints.sheet or told.sheet, data)
    found, passed = _tables(opened, form, hints.table or told.table, told, file)
    if not found:
        looked = "; ".join((*opened.passed_over, *passed)) or "it has no table with text in it"
        helps = "--map FILE says which row is the heading and which column names the activities"
        raise InputError([Problem(file, 0, "", f"holds no plan that can be found: {looked}. {helps}")])
    first = found[0]
    left = (*opened.passed_over, *passed, *first.matrix.passed_over)
    first = replace(first, matrix=replace(first.matrix, taken=(*opened.taken, *first.matrix.taken), passed_over=left))
    return Plan(file, data, form, (first, *found[1:]))


def _tables(opened: Opened, form: str, wanted: str, told: Map, file: str) -> tuple[list[PlanTable], list[str]]:
    """The tables of the plan, and why each other is none of it."""
    places = Places.SHEET if form == EXCEL else Places.LINE
    if opened.grids and all(grid.places is not places for grid in opened.grids):
        raise InputError([Problem(file, 0, "", f"is no {_NAMES[form]} file, as its name says; give it its own suffix")])
    grids = [grid for grid in opened.grids if grid.rows and grid.places is places]
    if wanted:
        known = {
            name.lower(): grid for grid in grids for name in (grid.heading, grid.name.removeprefix("table ")) if name
        }
        if wanted.strip().lower() not in known:
            near = did_you_mean(wanted.strip().lower(), known) or f" (there are {', '.join(known) or 'none'})"
            raise InputError([Problem(file, 0, "", f"has no table {wanted!r}{near}")])
        grids = [known[wanted.strip().lower()]]
    found: list[tuple[PlanTable, tuple[str, ...]]] = []
    passed: list[str] = []
    for grid in grids:
        one = _plan_in(grid, told, file)
        if isinstance(one, str):
            passed.append(f"{_called(grid)}: {one}")
        else:
            found.append(one)
    if not found:
        return [], passed
    _, heads = max(found, key=lambda one: len(one[0].rows))
    for table, other in found:
        if other != heads:
            passed.append(
                f"{table.matrix.table}: it has other headings than the longest table; --sheet or --table picks it"
            )
    return [table for table, other in found if other == heads], passed


_NAMES = {EXCEL: "Excel", CSV: "CSV", MARKDOWN: "Markdown"}


def _called(grid: Grid) -> str:
    return f"{grid.name} “{grid.heading[:_LONGEST_HEADING]}”" if grid.heading else grid.name


def _plan_in(grid: Grid, told: Map, file: str) -> tuple[PlanTable, tuple[str, ...]] | str:
    """The plan in a grid with the texts of its heading, or why there is none."""
    heading = heading_told(grid, told)[-1] if told.heading else _heading(grid)
    if heading is None:
        return "no heading names a column of activities (Task, Activity, Work package ...)"
    columns = _columns(grid, heading, told)
    if columns is None:
        return f"no column under {grid.row_name(heading)} names the activities"
    body = rows_under(grid, heading, columns, told)
    if len(body.rows) < _FEWEST:
        return f"fewer than {_FEWEST} activities under {grid.row_name(heading)}"
    known = vocabulary("raci")
    roles = _roles(grid, heading, columns, body.rows, told, known)
    heads = roles_of(grid, (heading,), roles, columns.activity) if roles else ()
    rows = tuple(
        FoundRow(
            body.names[row],
            grid.place(row, columns.activity),
            tuple(_cell(grid, row, column, known) for column in roles),
            body.phases[row],
        )
        for row in body.rows
    )
    named = f"{grid.column_name(columns.activity)} (“{flat(grid.rows[heading][columns.activity])}”)"
    taken = (f"{grid.row_name(heading)} is the heading, {named} has the activities",)
    matrix = FoundMatrix(
        file, grid.name, known.id, heads, rows, (*grid.taken, *taken, *body.taken), (*grid.remarks, *body.passed)
    )
    numbers = tuple(grid.numbers[row] for row in body.rows)
    at = tuple(grid.columns[column] for column in roles)
    table = PlanTable(matrix, grid.numbers[heading], numbers, at, max(grid.columns))
    return table, (*(flat(text).lower() for text in grid.rows[heading]), *map(str, at))


def _heading(grid: Grid) -> int | None:
    """The row with the most headings that are known, one of them for activities; the first of equals."""
    best: tuple[int, int] | None = None
    for row in range(min(len(grid.rows), _MOST_TRIED)):
        kinds = list(_kinds(grid, row))
        if "activity" not in kinds and "task" not in kinds:
            continue
        score = len([kind for kind in kinds if kind])
        if best is None or score > best[0]:
            best = (score, row)
    return best[1] if best else None


def _kinds(grid: Grid, row: int) -> Iterator[str]:
    """What each text of a row heads: nothing for one that is long, a number, or merged over several columns."""
    for column, text in enumerate(grid.rows[row]):
        span = grid.spans.get((row, column))
        if not text or len(text) > _LONGEST_HEADING or is_number(text) or (span is not None and span.wide):
            yield ""
        elif kind := heading_kind(text):
            yield kind
        elif is_in(flat(text), "task_headings"):
            yield "task"
        else:
            yield "role" if names_a_role(text) >= 1 else ""


def _columns(grid: Grid, heading: int, told: Map) -> Columns | None:
    kinds = list(_kinds(grid, heading))
    below = range(heading + 1, len(grid.rows))
    different = {column: len({grid.rows[row][column] for row in below} - {""}) for column in range(grid.width)}
    wanted = [column for column, kind in enumerate(kinds) if kind == "activity"]
    wanted = wanted or [column for column, kind in enumerate(kinds) if kind == "task"]
    named = columns_by_name(grid, heading)
    if told.activity:
        activity = column_told(grid, named, told.activity, told, "columns.activity")
    elif wanted:
        activity = max(wanted, key=different.__getitem__)
    else:
        return None
    if told.phase:
        phase: int | None = column_told(grid, named, told.phase, told, "columns.phase")
    else:
        before = [one for one, kind in enumerate(kinds) if kind == "phase" and one != activity]
        over = [one for one in wanted if one < activity and different[one] * 2 <= different[activity]]
        phase = next(chain(before, over), None)
    number = next((one for one, kind in enumerate(kinds) if kind == "number"), None)
    status = next((one for one, kind in enumerate(kinds) if kind == "status"), None)
    return Columns(activity, phase, number, status)


def _roles(
    grid: Grid, heading: int, columns: Columns, body: Sequence[int], told: Map, known: Vocabulary
) -> tuple[int, ...]:
    """The columns that may be roles: with a heading that is no other, and nothing but letters under it."""
    named = columns_by_name(grid, heading)
    ignored = {column_told(grid, named, name, told, "columns.ignore") for name in told.ignore_columns}
    if told.roles:
        return tuple(sorted(column_told(grid, named, name, told, "columns.roles") for name in told.roles))
    kinds = list(_kinds(grid, heading))
    return tuple(
        column
        for column, text in enumerate(grid.rows[heading])
        if text and kinds[column] in ("", "role") and column not in ignored
        if column not in (columns.activity, columns.phase, columns.number, columns.status, *grid.computed)
        if (heading, column) not in grid.spans or not grid.spans[heading, column].wide
        if names_a_role(text) and all(_open(grid.rows[row][column], known) for row in body)
    )


def _open(text: str, known: Vocabulary) -> bool:
    """Whether a cell is empty, or holds letters only."""
    read = read_cell(text, known)
    return not text or read.nothing or (read.strict and bool(read.letters))


def _cell(grid: Grid, row: int, column: int, known: Vocabulary) -> FoundCell:
    read = read_cell(grid.rows[row][column], known)
    return FoundCell(
        grid.rows[row][column], read.letters, grid.place(row, column), read.unread, read.lookalikes, read.remark
    )

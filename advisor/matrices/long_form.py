"""The long form of a matrix: a row for each activity and role, its letters ticked or written beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from advisor.matrices.budget import Bound
from advisor.matrices.by_role import Part
from advisor.matrices.grid import Grid, flat
from advisor.matrices.headings import names_a_role, role_and_people, share
from advisor.matrices.layout import Readings
from advisor.matrices.letter_columns import MOST_ROLES, TOO_MANY
from advisor.matrices.roles import unique
from advisor.matrices.vocabulary import heading_kind
from advisor.model.found import FoundCell, FoundRole, FoundRow

_CLEARLY = 0.5


@dataclass(frozen=True, slots=True)
class LongColumns:
    """Where the roles, activities and phases of a long form stand; a table for one activity has no column of them."""

    role: int
    activity: int | None = None
    phase: int | None = None


def long_columns(grid: Grid, head: int, body: Sequence[int], left: Sequence[int]) -> LongColumns | None:
    """What the columns beside the letters are; None where none of them names roles."""
    texts = [column for column in left if any(grid.rows[at][column] for at in body)]
    kinds = {column: heading_kind(grid.rows[head][column]) for column in texts}
    texts = [column for column in texts if kinds[column] not in ("number", "other", "status")]
    role = next((column for column in texts if kinds[column] == "role"), None)
    activity = next((column for column in texts if kinds[column] == "activity" and column != role), None)
    rest = [column for column in texts if column not in (role, activity) and kinds[column] != "phase"]
    if role is None and activity is not None and rest:
        role = rest.pop()
    if role is None and len(rest) > 1:
        role = max(rest, key=lambda one: _roles_in(grid, body, one))
        rest.remove(role)
    if role is None and activity is None and rest and _roles_in(grid, body, rest[0]) >= _CLEARLY:
        role = rest.pop()
    if activity is None and rest:
        activity = rest[0]
    if role is None:
        return None
    return LongColumns(role, activity, next((one for one in texts if kinds[one] == "phase"), None))


def _roles_in(grid: Grid, body: Sequence[int], column: int) -> float:
    return share([grid.rows[at][column] for at in body if grid.rows[at][column]], names_a_role)


def read_long(
    grid: Grid,
    head: int,
    body: Sequence[int],
    columns: LongColumns,
    cell: Callable[[int], FoundCell],
    read: Readings,
    said: str,
) -> Part | str:
    """The matrix of the rows in `body`, whose letters `cell` reads; or why there is none."""
    passed: list[str] = []
    entries: dict[tuple[str, str], dict[str, FoundCell]] = {}  # by activity and phase, then by role
    rows_of: dict[tuple[str, str], int] = {}
    first: dict[str, int] = {}
    activity = grid.heading or grid.name
    phase = role = ""
    carried = 0
    in_body = frozenset(body)
    for row in range(head + 1, body[-1] + 1):
        texts = grid.rows[row]
        if columns.activity is not None:
            activity = flat(texts[columns.activity]) or activity
        if columns.phase is not None:
            phase = flat(texts[columns.phase]) or phase
        named = flat(texts[columns.role])
        # A role that is written once holds for the activities beside the blanks below it.
        held = columns.activity is not None and columns.role < columns.activity and texts[columns.activity]
        role = named or (role if held else "")
        if row not in in_body:
            continue
        if not role:
            passed.append(f"{grid.row_name(row)}: it has letters but names no role")
            continue
        carried += not named
        first.setdefault(role, row)
        rows_of.setdefault((activity, phase), row)
        of_one = entries.setdefault((activity, phase), {})
        of_one[role] = _both(of_one[role], cell(row)) if role in of_one else cell(row)
    if len(first) > MOST_ROLES:
        return TOO_MANY
    named_at = {name: grid.place(row, columns.role) for name, row in first.items()}
    roles = [_role(name, place) for name, place in named_at.items()]
    read.budget.spend(Bound.CELLS, len(first) * len(entries))
    at = columns.role if columns.activity is None else columns.activity
    rows = []
    for (one, in_phase), of_one in entries.items():
        place = grid.place(rows_of[one, in_phase], at)
        rows.append(FoundRow(one, place, tuple(of_one.get(name, FoundCell("", (), place)) for name in first), in_phase))
    taken = [f"{said} for the role in {grid.column_name(columns.role)}: {', '.join(first)}"]
    if columns.activity is None:
        taken.append(f"one activity, “{activity}”, as no column names any")
    else:
        taken.append(f"activities from {grid.column_name(columns.activity)}; those of one name are one row")
    if columns.phase is not None:
        taken.append(f"phases from {grid.column_name(columns.phase)}")
    if carried:
        taken.append("a role that is written once holds for the rows below it")
    return Part(unique(roles), tuple(rows), tuple(taken), tuple(passed), head, len(grid.rows))


def _role(text: str, place: str) -> FoundRole:
    name, people = role_and_people(text)
    return FoundRole(name, place, people)


def _both(one: FoundCell, other: FoundCell) -> FoundCell:
    """A cell of two rows that name the same activity and role."""
    return replace(
        one,
        text=" ".join(filter(None, (one.text, other.text))),
        letters=tuple(dict.fromkeys((*one.letters, *other.letters))),
        unread=" ".join(filter(None, (one.unread, other.unread))),
    )

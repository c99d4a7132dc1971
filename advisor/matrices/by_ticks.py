"""A matrix with a column for each letter, ticked for the role that stands beside the ticks or over them."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.matrices.body import BodyReader
from advisor.matrices.budget import Bound
from advisor.matrices.by_role import Part
from advisor.matrices.grid import Grid, flat
from advisor.matrices.headings import names_a_role, role_and_people, share
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
from advisor.matrices.roles import unique
from advisor.matrices.vocabulary import heading_kind, is_in
from advisor.model.found import FoundCell, FoundRole, FoundRow


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
    marks = sorted(layout.letters)
    head = layout.heading[-1]
    texts = [column for column in range(marks[0]) if any(grid.rows[at][column] for at in body)]
    kinds = {column: heading_kind(grid.rows[head][column]) for column in texts}
    texts = [column for column in texts if kinds[column] not in ("number", "other", "status")]
    roles_at = next((column for column in texts if kinds[column] == "role"), None)
    activity_at = next((column for column in texts if kinds[column] == "activity" and column != roles_at), None)
    rest = [column for column in texts if column not in (roles_at, activity_at) and kinds[column] != "phase"]
    if roles_at is None and activity_at is not None and rest:
        roles_at = rest.pop()
    if roles_at is None and len(rest) > 1:
        roles_at = max(rest, key=lambda one: share([grid.rows[at][one] for at in body], names_a_role))
        rest.remove(roles_at)
    if activity_at is None and rest:
        activity_at = rest[0]
    if roles_at is None:
        return "its columns stand for letters and are ticked, but none names roles"
    phase_at = next((one for one in texts if kinds[one] == "phase"), None)
    return _long(grid, layout, body, read, roles_at, activity_at, phase_at)


def _long(
    grid: Grid,
    layout: LetterLayout,
    body: list[int],
    read: Readings,
    roles_at: int,
    activity_at: int | None,
    phase_at: int | None,
) -> Part | str:
    marks = sorted(layout.letters)
    head = layout.heading[-1]
    passed: list[str] = []
    entries: list[tuple[str, str, str, int]] = []  # activity, role, phase, row
    activity = grid.heading or grid.name
    phase = ""
    in_body = frozenset(body)
    for row in range(head + 1, body[-1] + 1):
        if activity_at is not None:
            activity = flat(grid.rows[row][activity_at]) or activity
        if phase_at is not None:
            phase = flat(grid.rows[row][phase_at]) or phase
        role = flat(grid.rows[row][roles_at])
        if role and row in in_body:
            entries.append((activity, role, phase, row))
        elif row in in_body:
            passed.append(f"{grid.row_name(row)}: it is ticked but names no role")
    first: dict[str, int] = {}
    by_activity: dict[tuple[str, str], dict[str, int]] = {}
    for activity, role, phase, row in entries:
        first.setdefault(role, row)
        by_activity.setdefault((activity, phase), {})[role] = row
    names = list(first)
    if len(names) > MOST_ROLES:
        return TOO_MANY
    roles = tuple(FoundRole(*named_role(name, grid.place(first[name], roles_at))) for name in names)
    read.budget.spend(Bound.CELLS, len(names) * len(by_activity))
    rows = []
    for (one, in_phase), of_one in by_activity.items():
        start = min(of_one.values())
        place = grid.place(start, activity_at if activity_at is not None else roles_at)
        cells = tuple(
            _ticks(grid, of_one[name], [(column, layout.letters[column]) for column in marks])
            if name in of_one
            else FoundCell("", (), place)
            for name in names
        )
        rows.append(FoundRow(one, place, cells, in_phase))
    taken = [f"{heading_said(grid, layout)}, ticked for the role in {grid.column_name(roles_at)}: {', '.join(names)}"]
    if activity_at is not None:
        taken.append(f"activities from {grid.column_name(activity_at)}; those of one name are one row")
    else:
        taken.append(f"one activity, “{activity}”, as no column names any")
    return Part(roles, tuple(rows), tuple(taken), tuple(passed), layout.heading[0], len(grid.rows))

"""The roles of a matrix from its heading: names, people, groups over them, in one line or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from advisor.matrices.grid import Grid, flat
from advisor.matrices.headings import looks_like_person, role_and_people
from advisor.matrices.vocabulary import is_in
from advisor.model.found import FoundRole


def roles_of(grid: Grid, heading: tuple[int, ...], columns: tuple[int, ...], corner: int) -> tuple[FoundRole, ...]:
    """The role of each column, each under a name of its own."""
    people_rows = [row for row in heading if names_people(grid, row, columns, corner)]
    rows = [row for row in heading if row not in people_rows] or list(heading)
    if rows == list(heading):
        people_rows = []
    named, grouped = _parted(grid, rows, columns)
    found = []
    for column in columns:
        name = _joined([grid.rows[row][column] for row in named])
        group = _joined([_over(grid, row, column, columns) for row in grouped])
        role, people = role_and_people(name or group)
        if looks_like_person(group):
            people, group = (group, *people), ""
        held = [flat(grid.rows[row][column]) for row in people_rows]
        people += tuple(one for one in held if one and not is_in(one, "nobody") and not is_in(one, "nothing"))
        found.append(FoundRole(flat(role), grid.place(named[-1], column), people, group if group != role else ""))
    return unique(found)


def names_people(grid: Grid, row: int, columns: Sequence[int], corner: int) -> bool:
    """Whether a row of the heading names who holds the roles."""
    if is_in(flat(grid.rows[row][corner]), "held_by"):
        return True
    filled = [flat(grid.rows[row][column]) for column in columns if grid.rows[row][column]]
    named = [text for text in filled if looks_like_person(text)]
    return bool(named) and all(text in named or is_in(text, "nobody") or is_in(text, "nothing") for text in filled)


def _parted(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> tuple[list[int], list[int]]:
    """The rows that tell the columns apart best, and those that group them."""
    different = {row: len({grid.rows[row][column] for column in columns if grid.rows[row][column]}) for row in rows}
    best = max(different.values())
    return [row for row in rows if different[row] == best], [row for row in rows if different[row] < best]


def _over(grid: Grid, row: int, column: int, columns: Sequence[int]) -> str:
    """What stands in a row of the heading over a column; a group that is not merged reaches to the next one."""
    text = grid.rows[row][column]
    if text or (row, column) in grid.spans:
        return text
    return next((grid.rows[row][one] for one in reversed(columns) if one < column and grid.rows[row][one]), "")


def _joined(texts: Sequence[str]) -> str:
    """What stands in several lines, uppermost first; a short form comes in brackets."""
    lines = list(dict.fromkeys(flat(text) for text in texts if text))
    if len(lines) < 2:
        return (lines or [""])[0]
    short = lines[-1].isupper() and len(lines[-1]) <= 6
    return f"{' '.join(lines[:-1])} ({lines[-1]})" if short else " ".join(lines)


def unique(roles: Sequence[FoundRole]) -> tuple[FoundRole, ...]:
    """The roles, those of the same name told apart by their group, else by where they stand."""
    names = [role.name.lower() for role in roles]
    out = []
    for role in roles:
        if not role.name:
            role = replace(role, name=f"no heading ({role.place})")
        elif names.count(role.name.lower()) > 1:
            same = [one.group for one in roles if one.name.lower() == role.name.lower()]
            told = (
                f"{role.group}: {role.name}"
                if len(set(same)) == len(same) and all(same)
                else f"{role.name} ({role.place})"
            )
            role = replace(role, name=told)
        out.append(role)
    return tuple(out)

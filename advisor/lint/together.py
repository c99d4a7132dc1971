"""All tables of a file as one matrix: roles are judged by all that they have in it, wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from advisor.lint.words import words_of
from advisor.model.found import FoundCell, FoundMatrix, FoundRole, FoundRow

MOST_CELLS = 500_000  # roles of all tables by rows of all tables; beyond, each table is judged by itself

_NOTHING = FoundCell("", (), "")
_Key = tuple[str, tuple[str, ...], int]


def together(parts: Sequence[FoundMatrix]) -> FoundMatrix | None:
    """The tables as one matrix with the roles of all, each where it stands first; None where it would be too large."""
    if len(parts) == 1:
        return parts[0]
    roles: dict[_Key, FoundRole] = {}
    keys = [_keys(part) for part in parts]
    for part, names in zip(parts, keys, strict=True):
        for key, role in zip(names, part.roles, strict=True):
            roles.setdefault(key, role)
    if len(roles) * sum(len(part.rows) for part in parts) > MOST_CELLS:
        return None
    order = {key: at for at, key in enumerate(roles)}
    rows = tuple(
        _wide(row, [order[key] for key in names], len(order))
        for part, names in zip(parts, keys, strict=True)
        for row in part.rows
    )
    table = f"{parts[0].table} and {len(parts) - 1} more"
    return replace(parts[0], table=table, roles=tuple(roles.values()), rows=rows)


def _keys(part: FoundMatrix) -> list[_Key]:
    """By what the roles of a table are known again in another; those of one name are told apart by their order."""
    seen: dict[tuple[str, tuple[str, ...]], int] = {}
    keys = []
    for role in part.roles:
        name = (role.group, tuple(words_of(role.name)))
        seen[name] = seen.get(name, 0) + 1
        keys.append((*name, seen[name]))
    return keys


def _wide(row: FoundRow, places: list[int], width: int) -> FoundRow:
    cells = [_NOTHING] * width
    for at, cell in zip(places, row.cells, strict=True):
        cells[at] = cell
    return replace(row, cells=tuple(cells))

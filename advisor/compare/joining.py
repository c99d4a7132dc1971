"""Several matrices of one file as one: firms write a table a phase, or a sheet a workstream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from advisor.compare.mapping import key
from advisor.errors import InputError, Problem
from advisor.model.found import FoundCell, FoundMatrix, FoundRole

MOST_CELLS = 500_000  # of the one matrix
MOST_ROWS = 5_000  # the same; each is held against some hundred wordings


def as_one(found: Sequence[FoundMatrix]) -> FoundMatrix:
    """All rows under all roles, roles of one name being one; a row is under its table's name where it has no phase.

    `found` holds one matrix or more; a single one is left as it is. Raises InputError where the one would be too large.
    """
    if sum(len(matrix.rows) for matrix in found) > MOST_ROWS:
        much = f"has more than {MOST_ROWS:,} rows to compare; choose one table with --sheet or --table"
        raise InputError([Problem(found[0].file, 0, "", much)])
    if len(found) == 1:
        return found[0]
    roles: dict[str, FoundRole] = {}
    for matrix in found:
        for role in matrix.roles:
            roles.setdefault(_key(role), replace(role, place=f"{matrix.table}, {role.place}"))
    if len(roles) * sum(len(matrix.rows) for matrix in found) > MOST_CELLS:
        much = (
            f"holds {len(found)} tables with {len(roles):,} different roles in all; choose one with --sheet or --table"
        )
        raise InputError([Problem(found[0].file, 0, "", much)])
    rows = []
    for matrix in found:
        for row in matrix.rows:
            mine = {_key(role): cell for role, cell in zip(matrix.roles, row.cells, strict=True)}
            cells = tuple(mine.get(name, FoundCell("", (), "")) for name in roles)
            place = f"{matrix.table}, {row.place}"
            rows.append(replace(row, cells=cells, place=place, phase=row.phase or matrix.table))
    tables = [matrix.table for matrix in found]
    vocabularies = dict.fromkeys(matrix.vocabulary for matrix in found)
    said = f"{len(tables)} tables are read as one matrix: {', '.join(tables)}"
    return FoundMatrix(
        file=found[0].file,
        table=f"{len(tables)} tables",
        vocabulary=", ".join(vocabularies),
        roles=tuple(roles.values()),
        rows=tuple(rows),
        taken=(said, *(f"{matrix.table}: {one}" for matrix in found for one in matrix.taken)),
        passed_over=tuple(f"{matrix.table}: {one}" for matrix in found for one in matrix.passed_over),
    )


def _key(role: FoundRole) -> str:
    return key(role.name or ", ".join(role.people))

"""A stated row that is one of the rulebook's own: it takes that row's place, and its letters where it names nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from advisor.advise.subjects import stems
from advisor.model.matrix import ActivityRow

_OF = re.compile(r" (?:of|for|to|in|on|at|with|as|by|from) ")


def same_row(rows: Iterable[ActivityRow], name: str) -> ActivityRow | None:
    """The row of the rulebook that a stated one doubles: what it is on, up to a preposition, is in that name."""
    wanted = stems(_OF.split(name)[0])
    found = [row for row in rows if wanted and row.matter is None and wanted <= stems(_OF.split(row.name)[0])]
    return max(found, key=lambda row: row.rank, default=None)


def like(stated: ActivityRow, row: ActivityRow | None, names: bool) -> ActivityRow:
    """The stated row in place of the other; whom it names keep their letters, and all letters are the other's else."""
    if row is None:
        return stated
    cells = {cell.role: cell for cell in (stated.cells if names else row.cells)}
    for cell in row.cells:
        cells.setdefault(
            cell.role,
            replace(cell, letters="R" if "R" in cell.letters else "C" if "A" in cell.letters else cell.letters),
        )
    rules = tuple(dict.fromkeys((*stated.rules, *row.rules)))
    return replace(
        stated,
        cells=tuple(cells.values()),
        phase=row.phase,
        rank=max(stated.rank, row.rank),
        rules=rules,
        in_place_of=row.id,
    )

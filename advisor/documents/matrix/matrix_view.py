"""The responsibility matrix in words and order: its rows in the letters asked for, and rows left out."""

from __future__ import annotations

from dataclasses import replace

from advisor.documents.matrix.agreed_words import MARK, agreed_by
from advisor.documents.matrix.letters import kinds
from advisor.documents.shared import words
from advisor.documents.shared.view import CellView, LeftOutView, PhaseRows, RowView, Why
from advisor.model.advice import Advice
from advisor.model.lettering import Lettering
from advisor.model.matrix import ActivityRow, Cell

BEFORE_SIGNING = "Check what we assumed before anybody signs this matrix."


def phases_of(advice: Advice, lettering: Lettering) -> tuple[PhaseRows, ...]:
    """The rows of the matrix, phase by phase, in these letters."""
    groups = (
        PhaseRows(
            phase.id,
            phase.name,
            tuple(_row(advice, row, lettering) for row in advice.matrix.activities if row.phase == phase.id),
        )
        for phase in advice.names.phases
    )
    return tuple(group for group in groups if group.rows)


def _row(advice: Advice, row: ActivityRow, lettering: Lettering) -> RowView:
    by_role = {cell.role: cell for cell in row.cells if cell.letters}
    stands_for = kinds(advice, row, lettering)
    cells = []
    for role in advice.matrix.roles:
        cell = by_role.get(role)
        if cell is None:
            cells.append(CellView("", "", ""))
        else:
            kind = stands_for[role]
            cells.append(
                CellView(
                    lettering.printed(kind),
                    lettering.meaning(kind),
                    words.as_told(advice, cell.rule, cell.says),
                    "" if cell.agreed is not None else cell.rule,
                    words.grounds(cell.claims),
                    kind,
                    MARK if cell.agreed is not None else "",
                    agreed_by(advice, cell.agreed) if cell.agreed is not None else "",
                )
            )
    # One sentence for each rule, however many cells it filled.
    whys = {cell.rule: Why(_why(advice, cell), "", words.grounds(cell.claims)) for cell in row.cells}
    return RowView(row.id, row.name, tuple(cells), tuple(whys.values()), words.grounds(row.claims))


def _why(advice: Advice, cell: Cell) -> str:
    """The sentence of the cell's rule, or who agreed on it and why."""
    if cell.agreed is None:
        return words.as_told(advice, cell.rule, cell.says)
    return words.ended(f"{agreed_by(advice, cell.agreed)}: {words.clean(cell.says)}")


def left_out_of(advice: Advice) -> tuple[LeftOutView, ...]:
    """The rows left out, those for one and the same reason together."""
    by_reason: dict[str, list[str]] = {}
    for out in advice.matrix.left_out:
        by_reason.setdefault(words.as_told(advice, out.rule, words.capital(out.reason)), []).append(out.name)
    return tuple(LeftOutView(reason, tuple(names)) for reason, names in by_reason.items())


def before_signing(advice: Advice, shown: Advice) -> str:
    """What to see to before the matrix is signed: what was assumed, and rows that are not shown."""
    count, more = len(shown.matrix.activities), len(advice.matrix.activities) - len(shown.matrix.activities)
    said = [] if advice.recommendation.status == "settled" else [BEFORE_SIGNING]
    if more:
        rows = "This is the row that matters most" if count == 1 else f"These are the {count} rows that matter most"
        said.append(f"{rows}; {more} more {'stands' if more == 1 else 'stand'} in the full matrix.")
    return " ".join(said)


def without_whys(phase: PhaseRows) -> PhaseRows:
    """The rows as a client sees them."""
    rows = (
        replace(
            row, whys=(), grounds=(), cells=tuple(replace(cell, says="", rule="", grounds=()) for cell in row.cells)
        )
        for row in phase.rows
    )
    return replace(phase, rows=tuple(rows))

"""A row that follows from what people stated, explained: what it came from, who has which letter, and why."""

from __future__ import annotations

from advisor.documents.explain.explain_short import ORDER
from advisor.documents.shared.paint import Paper
from advisor.documents.shared.words import clean, column_name, ended, grounds, listed
from advisor.model.advice import Advice
from advisor.model.matrix import ActivityRow
from advisor.model.rulebook import Catalog
from advisor.model.stated import rule_of


def stated_row(advice: Advice, key: str) -> ActivityRow | None:
    """The row of that id or printed name that comes from a matter of the engagement file; None without one."""
    wanted = " ".join(key.casefold().split())
    rows = (row for row in advice.matrix.activities if row.id.startswith(rule_of("")))
    return next((row for row in rows if wanted in (row.id, row.name.casefold())), None)


def stated_row_as_text(advice: Advice, row: ActivityRow, catalog: Catalog, width: int, colour: bool) -> str:
    """The row's letters, and the rule of `matters.yaml` that gives them."""
    paper = Paper(width, colour)
    kind = catalog.matters[row.rules[0].removeprefix(rule_of(""))]
    lines = paper.heading(f"{clean(row.name)} ({row.id})")
    lines += paper.paragraph(f"The engagement file states it under matters, as {kind.id}; no answer changes it.", 2)
    for cell in sorted(row.cells, key=lambda cell: ORDER.index(cell.letters)):
        held = [column_name(advice, role) for role in cell.held_for]
        behind = f", in place of {listed(held)}" if held else ""
        lines += paper.paragraph(f"{cell.letters}: {column_name(advice, cell.role)}{behind}", 2, hang=2)
    lines += paper.paragraph(f"{ended(kind.says)} [{', '.join(grounds(kind.claims))}]", 2)
    return "\n".join(lines)

"""A workbook with what lint found in it as comments at the cells."""

from __future__ import annotations

import re

from advisor.documents.lint.lint_view import rank
from advisor.documents.shared.excel_comments import with_comments
from advisor.lint.values import Finding, Review

_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
MOST_CELLS = 2_000
_LONGEST = 2_000  # characters in one cell's comment


def annotated(data: bytes, review: Review, file: str) -> tuple[bytes, int]:
    """The workbook in `data` with a comment at each cell that has findings not waived, and how many are left out.

    What is said of a matrix as a whole stands at the heading of its first role. A sheet gets MOST_CELLS comments at the
    most, for errors first. Raises InputError for what is no workbook.
    """
    notes: dict[str, dict[str, list[str]]] = {}
    left = 0
    for linted in review.matrices:
        found = [one for one in linted.findings if one.waiver is None]
        for one in sorted(found, key=lambda each: rank(each.severity)):
            of_sheet = notes.setdefault(linted.matrix.table, {})
            cell = one.place if _CELL.fullmatch(one.place) else linted.matrix.roles[0].place
            if cell in of_sheet or len(of_sheet) < MOST_CELLS:
                of_sheet.setdefault(cell, []).append(_said(one, review))
            else:
                left += 1
    texts = {sheet: {cell: _cut("\n\n".join(said)) for cell, said in cells.items()} for sheet, cells in notes.items()}
    return with_comments(data, texts, file), left


def _said(one: Finding, review: Review) -> str:
    check = review.checks[one.check]
    return f"{one.severity}: {check.title}: {one.message}\n{check.mend} [{one.check}]"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

"""Markdown that says what the value says: special characters escaped, tables aligned in the source."""

from __future__ import annotations

import re

from advisor.documents.shared.words import clean

# Escaped wherever they stand; an underscore only at the edge of a word, where it would start emphasis.
_SPECIAL = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What would start a heading, a list, a quotation or a rule at the beginning of a line.
_OPENING = re.compile(r"^(#(?=[#\s]|$)|[+-](?=[\s-]|$)|=(?=[=\s]*$)|\d+(?=[.)](?:\s|$)))")
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")


def escape(text: str) -> str:
    """Return the text for any place in a Markdown page, table cells included."""
    said = _SPECIAL.sub(r"\\\g<0>", clean(text))
    said = _ENTITY.sub("&amp;", said).replace("<", "&lt;").replace(">", "&gt;")
    return _OPENING.sub(_escaped_opening, said)


def _escaped_opening(match: re.Match[str]) -> str:
    found = match.group(0)
    return f"{found}\\" if found.isdigit() else f"\\{found}"


def aligned(text: str) -> str:
    """Pad the cells of each Markdown table in the text, so that the source reads as a table too."""
    lines = text.split("\n")
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].startswith("|"):
            end += 1
        if end > start:
            lines[start:end] = _aligned_table(lines[start:end])
        start = end + 1
    return "\n".join(lines)


def _aligned_table(lines: list[str]) -> list[str]:
    rows = [[cell.strip() for cell in _BETWEEN_CELLS.split(line.strip())[1:-1]] for line in lines]
    widths = [max(3, *(len(row[at]) for row in rows if at < len(row))) for at in range(len(rows[0]))]
    return [f"| {' | '.join(_padded(cell, width) for cell, width in zip(row, widths, strict=False))} |" for row in rows]


def _padded(cell: str, width: int) -> str:
    if set(cell) <= {"-", ":"} and "-" in cell:
        return cell[0] + "-" * (width - 2) + cell[-1]
    return cell.ljust(width)

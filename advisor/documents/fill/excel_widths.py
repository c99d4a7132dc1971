"""Widths of the columns that are added to a sheet, and that nobody has hidden them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

from advisor.documents.fill.edits import TableEdit
from advisor.documents.shared.excel_notes import MAIN
from advisor.documents.shared.excel_parts import Element, Parts, behind_all, within
from advisor.matrices.budget import Bound

_NARROW, _LETTERS, _WIDE = 8, 24, 44  # characters
_LAST_COLUMN = 16_384


def wide_enough(
    parts: Parts, data: bytes, sheet: Element, texts: Mapping[int, Mapping[int, str]], last: int, edit: TableEdit
) -> list[tuple[int, int, bytes]]:
    """What of a sheet is replaced so that the columns behind `last` are wide enough; others keep what they have."""
    added = range(last + 1, last + 1 + len(edit.headings))
    widths = {}
    for at, column in enumerate(added):
        longest = max(len(cells.get(column, "")) for cells in texts.values())
        widths[column] = min(max(longest + 3, _NARROW), _LETTERS if at < edit.letters else _WIDE)
    listed = within(sheet, "cols")
    kept: list[str] = []
    for one in within(sheet, "cols", "col"):
        parts.budget.spend(Bound.LOOKS)
        kept += _outside(one.found, added)
    kept += [f'<col min="{one}" max="{one}" width="{width}" customWidth="1"/>' for one, width in widths.items()]
    kept.sort(key=lambda one: int(one.split('"', 2)[1]))
    said = f'<cols xmlns="{MAIN}">{"".join(kept)}</cols>'.encode()
    if not listed:
        return [(_first(sheet), _first(sheet), said)]
    start, end = listed[0].start, behind_all(data, listed[0].start, listed[0].end)
    return [(start, end, said)]


def _first(sheet: Element) -> int:
    """Where the cells begin, before which the columns are."""
    return within(sheet, "sheetData")[0].start


def _outside(found: Mapping[str, str], added: range) -> Iterable[str]:
    """The columns of one entry that are none of those added: all, those before, those after."""
    try:
        first, last = int(found.get("min", "")), min(int(found.get("max", "")), _LAST_COLUMN)
    except ValueError:
        return
    more = "".join(
        f" {name}={quoteattr(value)}" for name, value in found.items() if name not in ("min", "max") and " " not in name
    )
    for start, end in ((first, min(last, added.start - 1)), (max(first, added.stop), last)):
        if start <= end:
            yield f'<col min="{start}" max="{end}"{more}/>'

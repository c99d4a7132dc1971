"""What a template cannot say of a Word file: tables as wide as the page that they stand on, pictures told in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

TWIPS = 56.7  # in a millimetre
EMU = 635  # in a twip
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BLIP = f"{_A}blip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def finish(document: Document, told: Mapping[bytes, str]) -> None:
    """Share out the widths of tables that say so, and give each picture the words that `told` has for its bytes."""
    from docx.table import Table

    for section in document.sections:
        page, left, right = section.page_width, section.left_margin, section.right_margin
        room = page - (left or 0) - (right or 0) if page else None
        for block in section.iter_inner_content():
            if isinstance(block, Table):
                _widen(block._tbl, room // EMU if room else None)
            for inline in block._element.iter(f"{_WP}inline"):
                _within(inline, room)
    for inline in document.element.body.iter(f"{_WP}inline"):
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # what is not said, LibreOffice takes for a gap
        for blip in inline.iter(_BLIP):
            words = told.get(document.part.related_parts[blip.get(_EMBED)].blob)
            if words:
                inline.find(f"{_WP}docPr").set("descr", words)


def _within(inline: Any, room: int | None) -> None:
    """Make a picture that is wider than the page's room as wide as that."""
    wide = int(inline.find(f"{_WP}extent").get("cx"))
    if room is None or wide <= room:
        return
    for extent in inline.iter(f"{_WP}extent", f"{_A}ext"):
        if extent.get("cx"):
            for side in ("cx", "cy"):
                extent.set(side, str(int(extent.get(side)) * room // wide))


def _widen(table: Any, room: int | None) -> None:
    """Share out the width of a table that has gained columns, as its caption says: `widths 257 34`.

    The first number is the whole in millimetres, those after it the first columns' percents; the rest is shared. No
    table becomes wider than `room`, in twentieths of a point.
    """
    grid = [int(one.get(f"{_W}w", "0")) for one in table.iterfind(f"{_W}tblGrid/{_W}gridCol")]
    caption = table.find(f"{_W}tblPr/{_W}tblCaption")
    said = caption.get(_W + "val", "").split() if caption is not None else []
    if len(said) > 1 and said[0] == "widths" and all(one.isdecimal() for one in said[1:]):
        caption.getparent().remove(caption)
        total, *shares = (int(one) for one in said[1:])
        columns = max(len(row.findall(_W + "tc")) for row in table.iter(_W + "tr"))
        rest = (100 - sum(shares)) / max(1, columns - len(shares))
        _share(table, [total * TWIPS, room], [*shares, *(rest for _ in range(columns - len(shares)))])
    elif room is not None and sum(grid) > room:
        _share(table, [room], [100 * one / sum(grid) for one in grid])


def _share(table: Any, most: Sequence[float | None], shares: Sequence[float]) -> None:
    """Give each column its percent of the narrowest of `most`."""
    whole = min(one for one in most if one is not None)
    widths = [round(whole * share / 100) for share in shares]
    grid = table.find(_W + "tblGrid")
    for old in list(grid):
        grid.remove(old)
    for width in widths:
        grid.append(grid.makeelement(_W + "gridCol", {_W + "w": str(width)}))
    for row in table.iter(_W + "tr"):
        left = list(widths)
        for cell in row.findall(_W + "tc"):
            properties = cell.find(_W + "tcPr")
            if properties is None:
                properties = cell.makeelement(_W + "tcPr", {})
                cell.insert(0, properties)
            for old in properties.findall(_W + "tcW"):
                properties.remove(old)
            merged = properties.find(_W + "gridSpan")
            span = int(merged.get(_W + "val", "1")) if merged is not None else 1
            width, left = sum(left[:span]), left[span:]
            properties.insert(0, cell.makeelement(_W + "tcW", {_W + "w": str(width), _W + "type": "dxa"}))

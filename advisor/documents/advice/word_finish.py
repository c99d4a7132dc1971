"""What a template cannot say of a Word file: pictures, told in words too, and tables as wide as their page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

TWIPS = 56.7  # in a millimetre
EMU = 635  # in a twip
MM = 36_000  # EMU in a millimetre
FIRST_ID = 5_000  # of our pictures; docxtpl counts the template's own from 1,000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a Word file: its bytes, suffix and media type, its size in millimetres, and what it shows."""

    data: bytes
    kind: str
    media: str
    wide: float
    high: float
    says: str


def finish(document: Document, pictures: Mapping[str, Picture]) -> None:
    """Put the pictures where the template named them, share out widths of tables that say so, leave no page empty."""
    from docx.table import Table

    _end_with_what_is_last(document)
    _place(document, pictures)
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


def _end_with_what_is_last(document: Document) -> None:
    """Where a section ends right before the end, it is the last one: another one would be an empty page."""
    body = document.element.body
    if len(body) < 2:
        return
    before, end = body[-2:]
    ends = before.find(f"{_W}pPr/{_W}sectPr")
    if ends is not None and end.tag == f"{_W}sectPr" and next(before.iter(f"{_W}t", f"{_W}drawing"), None) is None:
        body.replace(end, ends)
        body.remove(before)


def _place(document: Document, pictures: Mapping[str, Picture]) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.shape import CT_Inline
    from docx.parts.image import ImagePart
    from docx.shared import Emu

    images: dict[str, Any] = {}
    number = FIRST_ID
    for part in parts(document):
        for drawing in list(part.element.iter(f"{_W}drawing")):
            name = drawing.attrib.pop(f"{_W}picture", None)
            picture = pictures.get(name) if name is not None else None
            if picture is None:
                continue
            if name not in images:
                place = document.part.package.next_partname(f"/word/media/image%d.{picture.kind}")
                images[name] = ImagePart(place, picture.media, picture.data)
            number += 1
            related = part.relate_to(images[name], RELATIONSHIP_TYPE.IMAGE)
            size = Emu(round(picture.wide * MM)), Emu(round(picture.high * MM))
            inline = CT_Inline.new_pic_inline(number, related, f"{name}.{picture.kind}", *size)
            inline.find(f"{_WP}docPr").set("descr", picture.says)
            drawing.append(inline)


def parts(document: Document) -> Iterator[Any]:
    """The document's own part, its headers and its footers."""
    yield document.part
    for one in list(document.part.rels.values()):
        if not one.is_external and one.reltype.endswith(("/header", "/footer")):
            yield one.target_part


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

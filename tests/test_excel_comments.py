"""Comments in a workbook that somebody else made: what is added, and that all else stays byte for byte."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from advisor.documents import write
from advisor.documents.shared.edition import Edition
from advisor.documents.shared.excel_comments import with_comments
from advisor.errors import InputError
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES
from tests.readers import converted, needs

PARTS = {"[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"}


def plain() -> bytes:
    """A small workbook without comments, as openpyxl writes it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "RACI & more"
    sheet["A1"], sheet["B1"] = "Activity", "Lead"
    sheet["B2"].fill = PatternFill("solid", start_color="FFFF00")
    sheet.merge_cells("C3:D4")
    sheet.column_dimensions["B"].width = 3
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def comments(data: bytes, sheet: str = "RACI & more") -> dict[str, str]:
    """The comments of a sheet as openpyxl reads them."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {cell.coordinate: cell.comment.text for row in book[sheet].iter_rows() for cell in row if cell.comment}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_comments_are_added_and_nothing_else_is_touched() -> None:
    """Only the sheet's references change; texts keep their lines, and whatever is in them stays text."""
    before = plain()
    after = with_comments(before, {"RACI & more": {"B2": "one\n<two> & “three”\x07", "A1": "x"}}, "a.xlsx")
    assert comments(after) == {"A1": "x", "B2": "one\n<two> & “three”"}
    was, now = parts(before), parts(after)
    assert {name for name in was if was[name] != now[name]} <= PARTS
    assert set(now) - set(was) == {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", *(PARTS - set(was))}
    assert with_comments(before, {"RACI & more": {"B2": "one"}}, "a.xlsx") == with_comments(
        before, {"RACI & more": {"B2": "one"}}, "a.xlsx"
    )


def test_what_is_said_of_a_merged_cell_stands_at_its_first() -> None:
    """Only the first of merged cells can have a comment; what is said of the others goes there."""
    after = with_comments(plain(), {"RACI & more": {"D4": "late", "C3": "early"}}, "a.xlsx")
    assert comments(after) == {"C3": "late\n\nearly"}


def test_comments_that_were_there_are_kept() -> None:
    """Another cell's comment stays, the same cell's is added to, and a second round adds again."""
    book = openpyxl.load_workbook(io.BytesIO(plain()))
    sheet = book["RACI & more"]
    sheet["A1"].comment, sheet["B1"].comment = Comment("kept", "Ann"), Comment("first", "Ben")
    stream = io.BytesIO()
    book.save(stream)
    once = with_comments(stream.getvalue(), {"RACI & more": {"B1": "ours", "B2": "new"}}, "a.xlsx")
    assert comments(once) == {"A1": "kept", "B1": "first\n\nours", "B2": "new"}
    twice = with_comments(once, {"RACI & more": {"B2": "again", "A2": "more"}}, "a.xlsx")
    assert comments(twice) == {"A1": "kept", "B1": "first\n\nours", "B2": "new\n\nagain", "A2": "more"}
    vml = b"".join(data for name, data in parts(twice).items() if name.endswith(".vml"))
    shapes = re.findall(rb':shape [^>]*?id="([^"]+)"', vml)
    assert len(shapes) == len(set(shapes)) == 4


def test_sheets_are_found_by_name_and_those_without_notes_stay() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name in ("One", "Two", "Three"):
            book.add_worksheet(name).write(0, 0, name)
    after = with_comments(stream.getvalue(), {"Two": {"A1": "here"}, "Nowhere": {"A1": "lost"}}, "a.xlsx")
    assert [comments(after, name) for name in ("One", "Two", "Three")] == [{}, {"A1": "here"}, {}]


def test_elements_that_follow_stay_behind_the_reference() -> None:
    """A table's part, which must come after the drawing of comments, still does."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("One")
        sheet.add_table("A1:B3")
        sheet.set_header("&LRACI")
    after = with_comments(stream.getvalue(), {"One": {"A1": "here"}}, "a.xlsx")
    text = parts(after)["xl/worksheets/sheet1.xml"]
    assert text.index(b"<headerFooter") < text.index(b"<legacyDrawing") < text.index(b"<tableParts")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Activity,Lead\n"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"a.xlsx: is no workbook"):
        with_comments(data, {"One": {"A1": "here"}}, "a.xlsx")


def test_entities_are_not_read() -> None:
    """A part that declares a DTD is refused, whatever it would expand to."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts(plain()).items():
            odd = b'<!DOCTYPE a [<!ENTITY b "c">]>' if name == "xl/worksheets/sheet1.xml" else b""
            archive.writestr(name, text.replace(b"<worksheet", odd + b"<worksheet", 1))
    with pytest.raises(InputError, match="is no workbook"):
        with_comments(stream.getvalue(), {"RACI & more": {"A1": "here"}}, "a.xlsx")


@needs("soffice")
def test_libreoffice_opens_the_copy_of_our_own_workbook(catalog: Catalog, tmp_path: Path) -> None:
    """With drop-downs, colours, a chart and comments of its own, the copy opens and holds both kinds of comments."""
    from advisor.advise import advise
    from advisor.catalog.engagements import read_engagement

    advice = advise(catalog, read_engagement(EXAMPLES / "acme-portal.yaml", catalog))
    before = write(advice, "xlsx", Edition("raci"))
    had = comments(before, "RACI")
    after = with_comments(before, {"RACI": {"C12": "error: look here", "B12": "and here"}}, "a.xlsx")
    assert {name for name, data in parts(before).items() if "chart" in name and parts(after)[name] != data} == set()
    (tmp_path / "copy.xlsx").write_bytes(after)
    opened = converted(tmp_path / "copy.xlsx", "ods", tmp_path)
    with zipfile.ZipFile(opened) as archive:
        content = archive.read("content.xml").decode()
    assert content.count("<office:annotation ") == len(had) + 1
    assert "look here" in content and "and here" in content

"""Files that mean harm, or are not what they say: a clear error or a safe reading, in bounded time and memory."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from advisor.errors import InputError
from advisor.matrices import read_matrices
from advisor.matrices.budget import MOST_COLUMNS, Bound
from tests.test_matrices import CORPUS

BOMB = b"<worksheet><sheetData>" + b" " * (Bound.UNPACKED.most + 1) + b"</sheetData></worksheet>"
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>"""


def error_of(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_matrices(path)
    return str(caught.value)


def with_part(source: str, part: str, data: bytes, target: Path) -> Path:
    """A file of the corpus with one part of its archive replaced."""
    with zipfile.ZipFile(CORPUS / source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            changed.writestr(name, data if name == part else archive.read(name))
    return target


def sheet_with(rows: str, tail: str, target: Path) -> Path:
    data = f"<worksheet><sheetData>{rows}</sheetData>{tail}</worksheet>".encode()
    return with_part("two-sheets.xlsx", "xl/worksheets/sheet1.xml", data, target)


class TestOfficeFiles:
    """Archives of XML."""

    @pytest.mark.parametrize(
        "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
    )
    def test_a_bomb_is_refused_before_it_is_unpacked(self, part: str, tmp_path: Path) -> None:
        path = with_part("rich.xlsx", part, BOMB, tmp_path / "bomb.xlsx")
        assert path.stat().st_size < 200_000
        assert "bytes once unpacked" in error_of(path)

    def test_a_bomb_in_a_word_document_is_refused(self, tmp_path: Path) -> None:
        path = with_part("word-plain.docx", "word/document.xml", BOMB, tmp_path / "bomb.docx")
        assert "bytes once unpacked" in error_of(path)

    def test_an_archive_that_lies_about_its_sizes_is_damaged(self, tmp_path: Path) -> None:
        path = with_part("merged-phases.xlsx", "xl/worksheets/sheet1.xml", b" " * 5_000_000, tmp_path / "lies.xlsx")
        data = path.read_bytes().replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
        path.write_bytes(data)
        assert "damaged" in error_of(path)

    @pytest.mark.parametrize(
        ("source", "part"),
        [
            ("merged-phases.xlsx", "xl/worksheets/sheet1.xml"),
            ("rich.xlsx", "xl/sharedStrings.xml"),
            ("merged-phases.xlsx", "xl/workbook.xml"),
            ("merged-phases.xlsx", "_rels/.rels"),
            ("word-plain.docx", "word/document.xml"),
        ],
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entities_are_refused(self, source: str, part: str, encoding: str, tmp_path: Path) -> None:
        """Neither entities that multiply nor files from outside are ever looked at, in any encoding."""
        data = (ENTITIES + b"<w>&c;&x;</w>").decode().encode(encoding)
        path = with_part(source, part, data, tmp_path / f"entities{Path(source).suffix}")
        assert "XML with a DTD" in error_of(path)

    def test_xml_nested_without_end_is_refused(self, tmp_path: Path) -> None:
        path = with_part("word-plain.docx", "word/document.xml", b"<a>" * 500_000, tmp_path / "deep.docx")
        assert "nested more than" in error_of(path)

    def test_tables_nested_too_deep_are_refused(self, tmp_path: Path) -> None:
        xml = b"<w>" + b"<tbl><tr><tc>" * 60 + b"</tc></tr></tbl>" * 60 + b"</w>"
        path = with_part("word-plain.docx", "word/document.xml", xml, tmp_path / "deep.docx")
        assert "tables nested more than" in error_of(path)

    def test_xml_that_breaks_off_is_damaged(self, tmp_path: Path) -> None:
        path = with_part("word-plain.docx", "word/document.xml", b"<w><tbl>", tmp_path / "half.docx")
        assert "damaged" in error_of(path)

    def test_a_part_that_is_missing_is_said(self, tmp_path: Path) -> None:
        path = tmp_path / "none.xlsx"
        with zipfile.ZipFile(CORPUS / "hidden.xlsx") as archive, zipfile.ZipFile(path, "w") as changed:
            for name in archive.namelist():
                if name != "xl/worksheets/sheet1.xml":
                    changed.writestr(name, archive.read(name))
        assert "lacks its part" in error_of(path)

    def test_a_hundred_thousand_rows_are_read_until_it_is_clear(self, tmp_path: Path) -> None:
        row = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("Do it", "A", "R"))
        path = sheet_with(f"<row>{row}</row>" * 100_000, "", tmp_path / "long.xlsx")
        assert f"more than {Bound.FILLED.most:,} filled cells" in error_of(path)

    def test_millions_of_empty_rows_cost_nothing(self, tmp_path: Path) -> None:
        """Rows and cells that are only formatted count for nothing."""
        path = sheet_with('<row s="1"><c s="1"/></row>' * 300_000, "", tmp_path / "empty.xlsx")
        assert [one.table for one in read_matrices(path)] == ["Project", "Service"]

    def test_a_cell_at_the_far_end_is_one_column_more(self, tmp_path: Path) -> None:
        far = '<row r="1048576"><c r="XFD1048576" t="str"><v>far</v></c></row>'
        path = with_part("two-sheets.xlsx", "xl/worksheets/sheet1.xml", f"<w>{far}</w>".encode(), tmp_path / "far.xlsx")
        assert [one.table for one in read_matrices(path)] == ["Project", "Service"]

    @pytest.mark.parametrize("place", ["XFE2", "AAAA2", "ZZZZZZZ2", "B1048577", "B99999999", "B0", "2B", "²"])
    def test_a_cell_that_no_sheet_has_is_left_out(self, place: str, tmp_path: Path) -> None:
        """It slides into no other column, nor does the one behind it, and it is said that it was there."""
        rows = (
            [("A1", "Task"), ("B1", "PM"), ("C1", "Dev")],
            [("A2", "Plan"), (place, "A"), ("", "C"), ("C2", "R")],
            [("a3", "Build"), ("B3", "R"), ("", "A")],
        )
        cells = (
            "".join(f'<c r="{at}" t="str"><v>{text}</v></c>'.replace(' r=""', "") for at, text in row) for row in rows
        )
        path = sheet_with("".join(f"<row>{row}</row>" for row in cells), "", tmp_path / "a.xlsx")
        matrix = read_matrices(path)[0]
        assert [[cell.text for cell in row.cells] for row in matrix.rows] == [["", "R"], ["R", "A"]]
        assert any("2 texts in cells that no sheet has" in one for one in matrix.passed_over)

    def test_merged_cells_over_the_whole_sheet_are_one_cell(self, tmp_path: Path) -> None:
        cells = '<row r="1"><c r="A1" t="str"><v>Title</v></c></row><row r="9"><c r="C9" t="str"><v>x</v></c></row>'
        tail = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 1000 + "</mergeCells>"
        assert [one.table for one in read_matrices(sheet_with(cells, tail, tmp_path / "m.xlsx"))] == [
            "Project",
            "Service",
        ]

    def test_merged_cells_that_multiply_are_refused(self, tmp_path: Path) -> None:
        cells = "".join(
            f'<row r="{at}"><c r="A{at}" t="str"><v>x</v></c><c r="B{at}" t="str"><v>y</v></c></row>'
            for at in range(1, 2001)
        )
        tail = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 2000 + "</mergeCells>"
        assert "each part of merged cells included" in error_of(sheet_with(cells, tail, tmp_path / "m.xlsx"))

    def test_shared_texts_that_are_not_there_are_empty(self, tmp_path: Path) -> None:
        cells = "".join(
            f'<c r="{at}" t="s"><v>{text}</v></c>' for at, text in (("A1", 999_999), ("B1", -1), ("?", "x"))
        )
        assert len(read_matrices(sheet_with(f"<row>{cells}</row>", "", tmp_path / "s.xlsx"))) == 2

    def test_a_password_is_told_from_an_old_format(self, tmp_path: Path) -> None:
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
        locked, old = tmp_path / "locked.xlsx", tmp_path / "old.xls"
        locked.write_bytes(ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)
        old.write_bytes(ole + "Workbook".encode("utf-16-le") + b"\0" * 600)
        assert "protected by a password" in error_of(locked)
        assert "old format" in error_of(old)

    def test_an_archive_with_a_password_is_said_to_be_protected(self, tmp_path: Path) -> None:
        path = tmp_path / "zip.xlsx"
        data = bytearray((CORPUS / "hidden.xlsx").read_bytes())
        at = -1
        while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
            data[at + 8] |= 1
        path.write_bytes(bytes(data))
        assert "protected" in error_of(path)

    def test_a_formula_is_never_run_and_its_value_is_what_was_stored(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in (
            ["Task", "PM", "Dev"],
            ["Plan", '=HYPERLINK("http://x")', "A"],
            ["Build", "=cmd|' /C calc'!A0", "R"],
            ["Test", "A", "R"],
        ):
            sheet.append(row)
        book.save(tmp_path / "f.xlsx")
        (matrix,) = read_matrices(tmp_path / "f.xlsx")
        assert [[cell.text for cell in row.cells] for row in matrix.rows] == [["", "A"], ["", "R"], ["A", "R"]]
        assert any("2 formulas without a stored value" in one and "B2, B3" in one for one in matrix.passed_over)


class TestText:
    """CSV, Markdown and HTML."""

    def test_thousands_of_columns_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "wide.csv"
        path.write_text("Task" + ",PM" * 3_000 + "\nPlan" + ",A" * 10 + "\n")
        assert f"more than {MOST_COLUMNS:,} columns" in error_of(path)

    def test_a_million_empty_columns_cost_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "wide.csv"
        path.write_text("Task,PM,Dev" + "," * 1_000_000 + "\nPlan,A,R\nBuild,A,R\n")
        assert len(read_matrices(path)[0].rows) == 2

    def test_a_hundred_thousand_rows_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "long.csv"
        path.write_text("Task,PM,Dev\n" + "Plan,A,R\n" * 100_000)
        assert "filled cells" in error_of(path)

    @pytest.mark.parametrize(
        ("head", "row"),
        [
            ("Task,PM,Dev\nPlan,A,R", "Row {at},,"),
            ("Task,PM,Dev\nPlan,A,R", "ROW {at},,"),
            ("Task,PM,Dev\nPlan,A,R", "{at} row,,"),
            ("Task,Responsible,Accountable\nPlan,PM,PM", "Row {at},Name {at},Other {at}"),
            ("Task,Role,R,A,C,I\nPlan,PM,x,x,,", "Row {at},Role {at},x,,,"),
            ("Task,PM,Dev\nPlan,A,R", "\nTask,Role{at},Dev\nPlan,A,R"),
        ],
    )
    def test_many_odd_rows_take_time_by_their_number(self, head: str, row: str, tmp_path: Path) -> None:
        """Not by the square of it: thousands of rows of what is neither an activity nor a phase."""
        path = tmp_path / "odd.csv"

        def seconds(count: int) -> float:
            path.write_text(f"{head}\n" + "".join(f"{row.format(at=at)}\n" for at in range(count)) + "Build,A,R\n")
            before = time.process_time()
            try:
                assert read_matrices(path)[0].rows
            except InputError as error:
                assert "filled cells" in str(error) or "more than" in str(error)
            return time.process_time() - before

        assert seconds(2_000) < 0.3 + 12 * seconds(250)  # eight times is by the number, 64 by the square

    def test_a_quote_that_is_never_closed_is_said_with_its_line(self, tmp_path: Path) -> None:
        path = tmp_path / "quote.csv"
        path.write_text('Task,PM\n"' + "x" * 200_000)
        assert "not readable as CSV" in error_of(path)

    @pytest.mark.parametrize(
        "piece",
        [
            "<!--",
            "<![CDATA[",
            "<!",
            "<?",
            "<",
            "</",
            "<a ",
            '<a b="',
            "<table",
            "<td colspan=",
            "&",
            "&#",
            "<script>",
            "</a",
            "<a<",
            "<!--->",
        ],
    )
    def test_pages_of_broken_pieces_are_read_in_time(self, piece: str, tmp_path: Path) -> None:
        """The parser's time grows with the page, not with its square."""
        path = tmp_path / "page.html"
        matrix = "<table><tr><td>Task<td>PM<td>Dev<tr><td>Plan<td>A<td>R</table>"
        path.write_text(f"<html>{matrix}" + piece * (1_500_000 // len(piece)))
        assert [row.activity for row in read_matrices(path)[0].rows] == ["Plan"]

    def test_tables_nested_too_deep_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "deep.html"
        path.write_text("<table><tr><td>" * 100_000)
        assert "tables nested more than" in error_of(path)

    def test_spans_that_multiply_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "spans.html"
        path.write_text("<table>" + "<tr><td rowspan=65534 colspan=1000>x</td></tr>" * 50_000)
        assert "merged cells" in error_of(path) or "columns" in error_of(path)

    def test_a_line_of_bars_is_no_reason_to_hang(self, tmp_path: Path) -> None:
        path = tmp_path / "bars.md"
        path.write_text("|" * 500_000 + "\n" + "|-" * 9_000 + "\n" + "*_" * 200_000 + "\n" + "[" * 200_000 + "\n")
        assert "holds no matrix" in error_of(path)

    @pytest.mark.parametrize(
        "text",
        ["**" * 50_000, "[" * 100_000, "](" * 50_000, "<a " * 50_000, "`" * 100_000, "_a" * 50_000, "\\" * 90_001],
    )
    def test_markup_without_end_in_a_cell_is_read_in_time(self, text: str, tmp_path: Path) -> None:
        path = tmp_path / "cell.md"
        path.write_text(f"| Task | PM | Dev |\n|---|---|---|\n| {text} | A | R |\n| Build | A | R |\n")
        assert len(read_matrices(path)[0].rows) == 2


class TestOtherFiles:
    """What is no matrix at all."""

    @pytest.mark.parametrize(
        ("data", "name", "told"),
        [
            (b"%PDF-1.7\n", "raci.xlsx", "is a PDF"),
            (b"\x89PNG\r\n\x1a\n\0\0", "raci.csv", "is a picture"),
            (b"\xff\xd8\xff\xe0", "raci.docx", "is a picture"),
            (b"{\\rtf1 hello}", "raci.docx", "RTF"),
            (b"\x1f\x8b\x08", "raci.csv", "gzip"),
            (b"PK\x03\x04 no archive", "raci.xlsx", "damaged zip archive"),
            (b"", "raci.csv", "is empty"),
            (b" \n\n", "raci.md", "is empty"),
            (b"Task\0\0\0\1\2" + b"x" * 400, "raci.csv", "is no text"),
            (b"<?xml version='1.0'?><?mso-application progid=\"Excel.Sheet\"?>", "raci.xls", "Excel 2003"),
            (b"MIME-Version: 1.0\r\n", "raci.xls", "web archive"),
        ],
    )
    def test_it_is_said_what_the_file_is(self, data: bytes, name: str, told: str, tmp_path: Path) -> None:
        path = tmp_path / name
        path.write_bytes(data)
        assert told in error_of(path)

    def test_other_archives_are_named(self, tmp_path: Path) -> None:
        for name, part, told in (
            ("a.ods", "mimetype", "lacks its part content.xml"),
            ("a.zip", "readme.txt", "no workbook or document"),
        ):
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w") as archive:
                archive.writestr(part, "application/vnd.oasis.opendocument.spreadsheet")
            (tmp_path / name).write_bytes(stream.getvalue())
            assert told in error_of(tmp_path / name)

    def test_a_folder_and_a_file_that_is_not_there_are_said(self, tmp_path: Path) -> None:
        assert "is a folder" in error_of(tmp_path)
        assert "no such file" in error_of(tmp_path / "none.xlsx")

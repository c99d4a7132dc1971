"""What is done with a matrix once it is read is bounded too: comparing, waiving, comments in a copy; batches."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from advisor.advise import advise
from advisor.batch.inputs import items
from advisor.catalog.engagements import read_engagement
from advisor.catalog.wordings import read_wordings
from advisor.compare import activity_names, compare, read_mapping, role_names
from advisor.compare.joining import MOST_ROWS, as_one
from advisor.documents.shared.excel_comments import with_comments
from advisor.errors import InputError, did_you_mean
from advisor.lint import review
from advisor.lint.policies import policy_of, waivers_from
from advisor.matrices import read_map, read_matrices
from advisor.matrices.budget import Bound
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from advisor.model.wordings import Wordings
from tests.conftest import EXAMPLES
from tests.test_matrices import CORPUS
from tests.test_matrices_bounds import SECONDS, sheet, workbook


@pytest.fixture(scope="module")
def portal(catalog: Catalog) -> Advice:
    return advise(catalog, read_engagement(EXAMPLES / "acme-portal.yaml", catalog))


@pytest.fixture(scope="module")
def wordings(catalog: Catalog) -> Wordings:
    return read_wordings(catalog)


def csv(path: Path, lines: list[str]) -> Path:
    path.write_text("Task,PM,Dev\n" + "".join(f"{line},A,R\n" for line in lines), encoding="utf-8")
    return path


class TestComparing:
    @pytest.mark.parametrize("form", ["Approve the project plan", "Approve plan {at} of risk review {at}x"])
    def test_thousands_of_rows(self, form: str, tmp_path: Path, portal: Advice, wordings: Wordings) -> None:
        """Rows that are all alike, or all likely, take time by their number."""
        lines = [form.format(at=at) for at in range(MOST_ROWS)]
        matrix = as_one(read_matrices(csv(tmp_path / "a.csv", lines)))
        before = time.process_time()
        assert len(compare(matrix, portal, wordings).rows) == MOST_ROWS
        assert time.process_time() - before < 2 * SECONDS

    def test_more_rows_are_refused(self, tmp_path: Path) -> None:
        found = read_matrices(csv(tmp_path / "a.csv", ["Plan"] * (MOST_ROWS + 1)))
        with pytest.raises(InputError, match="has more than 5,000 rows to compare"):
            as_one(found)

    def test_tables_with_roles_of_their_own(self, tmp_path: Path) -> None:
        """Tables that have no role in common would be a matrix of all rows by all roles."""
        parts = [
            f"# Part {at}\n\n| Task |{''.join(f' Role {at}x{one} |' for one in range(20))}\n|---|{'---|' * 20}\n"
            + f"| Plan | A |{' R |' * 19}\n| Do | R |{' A |' * 19}\n\n"
            for at in range(120)
        ] + [f"# Last {at}\n\n| Task | X{at} | Y{at} |\n|---|---|---|\n" + "| Do | A | R |\n" * 20 for at in range(10)]
        (tmp_path / "a.md").write_text("\n".join(parts), encoding="utf-8")
        with pytest.raises(InputError, match="different roles in all; choose one"):
            as_one(read_matrices(tmp_path / "a.md"))

    def test_a_mapping_of_like_rows(self, tmp_path: Path, portal: Advice, wordings: Wordings) -> None:
        """Each entry takes the first row that is left, without looking at those before it again."""
        matrix = as_one(read_matrices(csv(tmp_path / "a.csv", ["Plan"] * MOST_ROWS)))
        text = "activities:\n" + "- {row: Plan, is: none}\n" * 20_000
        mapping = read_mapping(text.encode(), "m.yaml", activity_names(portal), role_names(portal))
        before = time.process_time()
        assert len(compare(matrix, portal, wordings, mapping).notes) >= 15_000
        assert time.process_time() - before < 2 * SECONDS

    def test_a_mapping_of_rows_that_are_not_there(self, tmp_path: Path, portal: Advice, wordings: Wordings) -> None:
        """The nearest row is looked for a few times only."""
        matrix = as_one(read_matrices(csv(tmp_path / "a.csv", [f"Plan the work {at}" for at in range(MOST_ROWS)])))
        text = "activities:\n" + "".join(f"- {{row: Plan the word {at}, is: none}}\n" for at in range(10_000))
        mapping = read_mapping(text.encode(), "m.yaml", activity_names(portal), role_names(portal))
        before = time.process_time()
        notes = compare(matrix, portal, wordings, mapping).notes
        assert time.process_time() - before < 3 * SECONDS
        assert 1 <= sum("did you mean" in one for one in notes) <= 20

    def test_the_nearest_name_of_a_book(self) -> None:
        """Nothing is near a text as long as a book, and it is not tried."""
        assert did_you_mean("x" * 1_000_000, ["x" * 1_000_000]) == ""
        assert did_you_mean("weekl", ["weekly"]) == " (did you mean weekly?)"


class TestMaps:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("words:\n" + "".join(f"  w{at}: R\n" for at in range(900)), "is one of more than 200 words"),
            ("columns:\n  roles: [" + "A, " * 3_000 + "]\n", "names more than 2,000 rows or columns"),
        ],
    )
    def test_long_lists(self, text: str, said: str, tmp_path: Path) -> None:
        (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=said):
            read_map(tmp_path / "m.yaml")

    @pytest.mark.parametrize("last", ["²", "9" * 5_000, "٣"])
    def test_numbers_that_are_none(self, last: str, tmp_path: Path) -> None:
        """A last row that no keyboard has as a number is no row."""
        from advisor.matrices import Hints

        (tmp_path / "m.yaml").write_text(f"rows: {{last: '{last}'}}\n", encoding="utf-8")
        hints = Hints(map=read_map(tmp_path / "m.yaml"))
        assert len(read_matrices(csv(tmp_path / "a.csv", ["Plan", "Build"]), hints)[0].rows) == 2


def test_thousands_of_waivers(tmp_path: Path) -> None:
    """Each finding looks its waiver up; the first of several counts, as it stands in the file."""
    found = read_matrices(csv(tmp_path / "a.csv", [f"thing {at % 50}" for at in range(5_000)]))
    text = "waivers:\n" + "".join(
        f"- {{check: duplicate_activity, row: Thing {at}, reason: r{at}}}\n" for at in [*range(1_000, 21_000), 7, 7]
    )
    before = time.process_time()
    looked = review(found, policy_of("usual"), waivers_from(text.encode(), "w.yaml"))
    assert time.process_time() - before < 3 * SECONDS
    reasons = [one.waiver.line for part in looked.matrices for one in part.findings if one.waiver is not None]
    assert len(reasons) == 99 and set(reasons) == {20_002}


NOTES = {"S0": {f"{column}{row}": "x" for column in "ABC" for row in range(1, 600)}}


class TestComments:
    @pytest.mark.parametrize(
        "tail",
        [
            "<mergeCells>" + "<mergeCell ref='A1:C999'/>" * 100_000 + "</mergeCells>",
            "<cols>" + "<col min='1' max='16384' width='9'/>" * 50_000 + "</cols>",
        ],
        ids=["merged ranges", "widths"],
    )
    def test_ranges_that_multiply(self, tail: str, tmp_path: Path) -> None:
        text = sheet(tail=tail).replace("<worksheet>", f"<worksheet xmlns='{MAIN}'>")
        data = workbook(tmp_path, text).read_bytes()
        before = time.process_time()
        with pytest.raises(InputError, match=f"has more than {Bound.LOOKS.most:,}"):
            with_comments(data, NOTES, "a.xlsx")
        assert time.process_time() - before < SECONDS

    def test_a_book_of_comments(self) -> None:
        """Comments that are there already are passed once, however many are added."""
        with zipfile.ZipFile(CORPUS / "dropdowns.xlsx") as archive:
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        notes = {f"A{row}": "x" * 1_000 for row in range(1, 2_000)}
        before = time.process_time()
        data = (CORPUS / "dropdowns.xlsx").read_bytes()
        for _ in range(2):
            data = with_comments(data, {"RACI": notes}, "a.xlsx")
        assert time.process_time() - before < SECONDS


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class TestBatchTables:
    HEAD = "<row><c t='str'><v>id</v></c><c t='str'><v>risk</v></c></row>"

    def records(self, path: Path, catalog: Catalog) -> tuple[int, str]:
        before = time.process_time()
        found = list(items([(path, "batch")], lambda: catalog))
        assert time.process_time() - before < SECONDS
        problems = [str(problem) for one in found for problem in one.problems]
        return sum(len(one.lines) for one in found), "\n".join(problems)

    @pytest.mark.parametrize(
        ("unit", "times", "bound"),
        [("<row/>", 300_000, None), ("<row/>", 4_000_000, Bound.PIECES), ("<c/>", 3_000_000, Bound.PIECES)],
    )
    def test_rows_of_nothing(
        self, unit: str, times: int, bound: Bound | None, tmp_path: Path, catalog: Catalog
    ) -> None:
        """Rows without text are passed over; a row that never ends is refused."""
        body = unit * times if unit == "<row/>" else f"<row>{unit * times}</row>"
        path = workbook(tmp_path, f"<worksheet><sheetData>{self.HEAD}{body}</sheetData></worksheet>")
        count, said = self.records(path, catalog)
        assert count == 0
        assert bound is None or f"has more than {bound.most:,}" in said

    def test_styles(self, tmp_path: Path, catalog: Catalog) -> None:
        path = workbook(tmp_path, styles="<cellXfs>" + "<xf numFmtId='14'/>" * 2_400_000 + "</cellXfs>")
        assert "pieces of XML" in self.records(path, catalog)[1]

    def test_a_cell_at_the_far_end(self, tmp_path: Path, catalog: Catalog) -> None:
        """A row with a text beyond the head is refused by itself, however far away it is."""
        far = "<row><c t='str'><v>a</v></c><c r='XFD9' t='str'><v>x</v></c></row>"
        path = workbook(tmp_path, f"<worksheet><sheetData>{self.HEAD}{far * 50}</sheetData></worksheet>")
        count, said = self.records(path, catalog)
        assert count == 0 and said.count("has 16384 cells where the head has 2") == 50

    def test_a_cell_that_no_sheet_has(self, tmp_path: Path, catalog: Catalog) -> None:
        """It slides into no other column: its row is refused."""
        rows = "<row><c t='str'><v>a</v></c><c r='AAAA2' t='str'><v>low</v></c></row>" * 2
        path = workbook(tmp_path, f"<worksheet><sheetData>{self.HEAD}{rows}</sheetData></worksheet>")
        count, said = self.records(path, catalog)
        assert count == 0 and said.count("has 16385 cells where the head has 2") == 2

    def test_more_than_one_budget_in_all(self, tmp_path: Path, catalog: Catalog) -> None:
        """A table may be as long as it likes: what is counted is counted anew for each row."""
        rows = "".join(f"<row><c t='str'><v>e{at}</v></c><c t='str'><v>low</v></c></row>" for at in range(30_000))
        path = workbook(tmp_path, f"<worksheet><sheetData>{self.HEAD}{rows}</sheetData></worksheet>")
        assert self.records(path, catalog) == (30_000, "")


def test_dates_of_a_batch(tmp_path: Path, catalog: Catalog) -> None:
    """A number is a date where its style shows it as one: by a format of Excel's own, or by a code with days in it."""
    from advisor.batch.workbook import sheet_rows

    cells = "".join(f"<c s='{style}'><v>46418</v></c>" for style in range(5))
    codes = {"164": "dd/mm/yyyy", "165": '0.00" days"', "166": "[Red]General"}
    formats = "".join(f"<numFmt numFmtId='{id}' formatCode={quoteattr(code)}/>" for id, code in codes.items())
    numbers = "".join(f"<xf numFmtId='{id}'/>" for id in (14, *codes, 0))
    styles = f"<numFmts>{formats}</numFmts><cellXfs>{numbers}</cellXfs>"
    path = workbook(tmp_path, f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>", styles=styles)
    ((number, row),) = sheet_rows(path.read_bytes(), "a.xlsx")
    assert (number, row) == (1, ["2027-01-31", "2027-01-31", "46418", "46418", "46418"])

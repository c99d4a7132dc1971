"""A comparison as text, web page, Excel and JSON: the same differences in each, and nothing from a file takes over."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.catalog.wordings import read_wordings
from advisor.cli import cli
from advisor.compare import compare
from advisor.compare.values import Comparison
from advisor.documents.compare.compare import FORMATS, write
from advisor.documents.compare.compare_text import comparison_as_text
from advisor.documents.compare.compare_viewing import view_of
from advisor.errors import MissingExtra
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, Run
from tests.readers import converted, needs, pdf_text
from tests.tables import tables
from tests.test_html_app import axe, browser, opened
from tests.theirs import matrix

__all__ = ["browser"]  # the fixture, for the page below
openpyxl = pytest.importorskip("openpyxl")
PORTAL = EXAMPLES / "acme-portal.yaml"
ODD = '=1+1 <b>"x"</b> | `y` & \u202eevil'
ROLES = ["Project Manager", "Account manager", "Sponsor", "Customer", "Developers", "QA", "Legal", "Tech lead"]
ROWS = {
    "Project charter": "R C A C I - - -",
    "Project plan and milestones": "A/R I I C C C - C",
    "Budget": "A/R I C I - - C -",
    "UAT": "A - - R C R - C",
    "Go/no-go": "A C C C R I - R",
    "Weekly client call": "A/R C - C - - - -",
    "Change requests": "- C C C C I A I",
    "Architecture design": "I - - I R - - A",
    ODD: "A - - - R - - -",
}
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}


@pytest.fixture(scope="module")
def found(catalog: Catalog) -> Comparison:
    """A real-looking matrix, with one odd row."""
    advice = advise(catalog, read_engagement(PORTAL, catalog))
    return compare(matrix(ROLES, ROWS), advice, read_wordings(catalog))


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    result = CliRunner().invoke(cli, ["schema", "compare"])
    assert result.exit_code == 0
    schema = json.loads(result.output)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def workbook(found: Comparison) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write(found, ".xlsx")))


class TestSame:
    """All formats say the same."""

    def test_every_difference_in_every_format(self, found: Comparison) -> None:
        """Each row with who should answer, who does, and the sentence of the rule."""
        view = view_of(found)
        text = " ".join(comparison_as_text(found, 10_000).split())
        page = write(found, ".html").decode()
        lines = workbook(found)["Differences"].iter_rows(values_only=True)
        sheet = [[str(cell or "") for cell in line] for line in lines]
        assert sum(len(group.items) for group in view.groups) == len(found.differences) > 15
        for group in view.groups:
            for one in group.items:
                assert f"{one.theirs}" in text and one.row in text
                if group.anchor != "heard":
                    assert one.says in text
                key = [one.row, one.activity, one.theirs]
                (row,) = [line for line in sheet if [line[0], line[2], line[4]] == key]
                assert row[5].startswith(one.ours) and row[6] == one.says and row[8] == one.rule
        rows = tables(page)
        assert len(rows["diffs accountable-table"]) == len(view.groups[0].items)
        assert len(rows["diffs responsible-table"]) == len(view.groups[1].items)
        assert len(rows["diffs heard-table"]) == len(view.groups[2].items)
        assert len(rows["loads-table"]) == len(found.loads)

    def test_the_weightiest_first(self, found: Comparison) -> None:
        """On the page, in the sheet and in the text."""
        text = comparison_as_text(found)
        at = [text.index(f"{title} (") for title in ("should answer instead", "should do the work", "asked or told")]
        assert at == sorted(at)

    def test_json_keeps_its_promise(self, found: Comparison, validator: jsonschema.Draft202012Validator) -> None:
        """The schema holds, and every place that is named exists."""
        said = json.loads(write(found, ".json"))
        assert [error.message[:200] for error in validator.iter_errors(said)] == []
        parties = said["parties"]
        assert sorted(at for one in parties for at in one["theirs"]) == list(range(len(ROLES)))
        for one in said["differences"]:
            assert ROWS[said["rows"][one["row"]]["activity"]] is not None and parties[one["party"]]
        first = said["differences"][0]
        assert first["kind"] == "accountable" and first["rule"] and first["claims"]
        assert said["counts"]["accountable"] == sum(one["kind"] == "accountable" for one in said["differences"])

    def test_the_same_bytes(self, found: Comparison) -> None:
        """Each time, whatever the clock says."""
        for suffix in FORMATS:
            assert write(found, suffix) == write(found, suffix)

    def test_names_the_columns_that_answer(self, found: Comparison) -> None:
        """Not the whole team; and what we do not know is said to be unknown."""
        shown = {one.row: one for one in view_of(found).groups[0].items}
        assert shown["Change requests"].theirs == "Legal (a role that we do not know)"
        assert shown["UAT"].theirs == "Project Manager" and shown["UAT"].ours == "Client sponsor (Customer)"
        assert shown["UAT"].kept == "Project Manager has R"


class TestSafe:
    """What a file holds stays text."""

    def test_web_page(self, found: Comparison) -> None:
        """Nothing of it is markup, nothing is fetched, and directions cannot be turned."""
        page = write(found, ".html").decode()
        assert "<b>" not in page and "&lt;b&gt;" in page and "\u202e" not in page
        assert not re.search(r"(src|href)=[\"']?(https?:|//)", page)
        assert "<script" not in page

    def test_workbook(self, found: Comparison) -> None:
        """No cell is a formula."""
        with zipfile.ZipFile(io.BytesIO(write(found, ".xlsx"))) as book:
            for name in book.namelist():
                if name.startswith("xl/worksheets/"):
                    assert b"<f>" not in book.read(name) and b"<f " not in book.read(name)

    def test_screen(self, found: Comparison) -> None:
        """No escape but our own, and no line is longer than the screen."""
        text = comparison_as_text(found, 60, colour=False)
        assert "\x1b" not in text and "\u202e" not in text
        assert max(len(line) for line in text.splitlines()) <= 60

    def test_without_xlsxwriter(self, found: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
        """The command that mends it is said."""
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        with pytest.raises(MissingExtra, match=r"role-advisor\[office\]"):
            write(found, ".xlsx")

    def test_without_rapidfuzz(self, catalog: Catalog, found: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
        """The same for what recognises wordings."""
        monkeypatch.setitem(sys.modules, "rapidfuzz", None)
        with pytest.raises(MissingExtra, match=r"role-advisor\[compare\]"):
            compare(found.matrix, found.advice, found.wordings)


@pytest.fixture(scope="module")
def path(found: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as a file."""
    path = tmp_path_factory.mktemp("compare") / "compare.html"
    path.write_bytes(write(found, ".html"))
    return path


@needs("chromium")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, path: Path, size: str, scheme: str) -> None:
    """No violation, and nothing is broader than the screen."""
    page = opened(browser, path, viewport=SIZES[size], color_scheme=scheme)
    assert axe.Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    assert page.complaints == []


@needs("chromium")
def test_figures_lead_to_their_sections(browser: Any, path: Path) -> None:
    """Each key figure is a link to what it counts."""
    page = opened(browser, path)
    links = page.locator(".tiles a").all()
    assert len(links) == 7
    assert all(page.locator(link.get_attribute("href")).count() == 1 for link in links)


@needs("soffice", "pdftotext")
def test_workbook_opens(found: Comparison, tmp_path: Path) -> None:
    """In LibreOffice, with all sheets, the odd row as it stands."""
    path = tmp_path / "compare.xlsx"
    path.write_bytes(write(found, ".xlsx"))
    text = pdf_text(converted(path, "pdf", tmp_path))
    for expected in ("In 2 of the 6 rows", "Client sponsor (Customer)", "What the reasons rest on", "=1+1"):
        assert expected in text, text[:600]


class TestCommand:
    """`advisor compare`."""

    @pytest.fixture
    def theirs(self, tmp_path: Path) -> Path:
        path = tmp_path / "theirs.csv"
        rows = [",".join(["Activity", *ROLES])]
        rows += [
            ",".join([row, *("" if one == "-" else one for one in letters.split())])
            for row, letters in ROWS.items()
            if row != ODD
        ]
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return path

    def test_screen_and_files(self, run: Run, theirs: Path) -> None:
        """Text on the screen by default, JSON if asked for, each document by its suffix."""
        shown = run("compare", theirs, "--engagement", PORTAL)
        assert shown.code == 0 and "should answer: Client sponsor (Customer)" in shown.out
        said = run("compare", theirs, "--engagement", PORTAL, "--format", "json")
        assert json.loads(said.out)["schema"] == "advisor/compare-2"
        for suffix in FORMATS:
            more = ("-o", f"out{suffix}", "--title", "Ours", "--dated", "2027-01-31")
            wrote = run("compare", theirs, "--engagement", PORTAL, *more)
            assert wrote.code == 0 and "6 of 8 rows compared" in wrote.err
            assert (theirs.parent / f"out{suffix}").stat().st_size > 1000
        assert "31 January 2027" in (theirs.parent / "out.html").read_text(encoding="utf-8")

    @pytest.mark.parametrize(("fail_on", "code"), [(None, 0), ("accountable", 1), ("any", 1)])
    def test_exit_codes(self, run: Run, theirs: Path, fail_on: str | None, code: int) -> None:
        """Differences are no failure unless asked for."""
        more = ("--fail-on", fail_on) if fail_on else ()
        assert run("compare", theirs, "--engagement", PORTAL, *more).code == code

    def test_only_lighter_differences(self, run: Run, theirs: Path) -> None:
        """`--fail-on accountable` fails for another A and nothing less."""
        theirs.write_text("Activity,Project manager,Sponsor\nBudget,A/R,I\n", encoding="utf-8")
        assert run("compare", theirs, "--engagement", PORTAL, "--fail-on", "accountable").code == 0
        assert run("compare", theirs, "--engagement", PORTAL, "--fail-on", "any").code == 1

    def test_what_is_wrong_is_said(self, run: Run, theirs: Path) -> None:
        """No matrix, no engagement, no such suffix, an input that would be lost; never a traceback."""
        (theirs.parent / "prose.md").write_text("# Nothing here\n", encoding="utf-8")
        for arguments, code, said in (
            (("prose.md", "--engagement", PORTAL), 1, "prose.md"),
            (("none.csv", "--engagement", PORTAL), 1, "no such file"),
            ((theirs, "--engagement", "none.yaml"), 1, "no such file"),
            ((theirs, "--engagement", EXAMPLES.parent / "README.md"), 1, "README.md"),
            ((theirs, "--engagement", PORTAL, "-o", "out.pdf"), 2, "no format for the suffix .pdf"),
            ((theirs, "--engagement", PORTAL, "-o", theirs), 2, "no format for the suffix .csv"),
            ((theirs,), 2, "--engagement"),
        ):
            result = run("compare", *arguments)
            assert (result.code, "Traceback" in result.err) == (code, False) and said in result.err, result.err

    def test_an_input_is_not_overwritten(self, run: Run, theirs: Path) -> None:
        """Not even where the format would fit."""
        page = theirs.parent / "theirs.html"
        page.write_text(
            "<table><tr><th>Activity<th>PM<th>Sponsor<tr><td>Budget<td>A/R<td>C<tr><td>Kickoff<td>A<td>I</table>",
            encoding="utf-8",
        )
        before = page.read_bytes()
        result = run("compare", page, "--engagement", PORTAL, "-o", page)
        assert result.code == 1 and "would overwrite an input" in result.err
        assert page.read_bytes() == before

    def test_a_rulebook_of_ones_own(self, run: Run, theirs: Path) -> None:
        """The engagement's own rulebook names its roles and rows."""
        folder = EXAMPLES / "rulebooks" / "staffing-firm"
        engagement = folder / "examples" / "harbour-payments.yaml"
        assert run("raci", engagement, "--rulebook", folder, "-o", "own.csv").code == 0
        result = run("compare", "own.csv", "--engagement", engagement, "--rulebook", folder, "--fail-on", "any")
        assert result.code == 0, result.out + result.err

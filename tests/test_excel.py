"""Excel workbooks: the same letters as the advice, checked by formulas that notice what somebody edits."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from advisor.advise import advise
from advisor.advise.reader_words import in_words_of
from advisor.catalog.engagements import read_engagement
from advisor.catalog.load import load_rulebook
from advisor.documents import Edition, write
from advisor.documents.shared.edition import logo_from
from advisor.documents.shared.words import column_name
from advisor.errors import MissingExtra
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES
from tests.readers import converted, needs

openpyxl = pytest.importorskip("openpyxl")
pillow = pytest.importorskip("PIL.Image")
NAMES = sorted(EXAMPLES.glob("*.yaml"))
OWN = sorted(EXAMPLES.glob("rulebooks/*/examples/*.yaml"))
ODD = "=1+1 Žofia Нестерова 🙂 <b>"

SIDES = {
    "delivery_manager": {"client_until", "client_after"},
    "project_manager": {"plan_until", "plan_after"},
}


def advice_on(catalog: Catalog, name: str) -> Advice:
    return in_words_of(advise(catalog, read_engagement(EXAMPLES / f"{name}.yaml", catalog)))


def book(advice: Advice, edition: Edition | None = None) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write(advice, "xlsx", edition)))


def cells_of(sheet: Any, advice: Advice) -> dict[str, dict[str, str]]:
    """The letters on the sheet, by activity and role name, empty ones left out."""
    rows = [["" if one is None else str(one) for one in row] for row in sheet.iter_rows(values_only=True)]
    heads = next(row for row in rows if row[:2] == ["Phase", "Activity"])
    names = {row.name for row in advice.matrix.activities}
    last = heads.index("Check")
    return {
        row[1]: {heads[at]: row[at] for at in range(2, last) if row[at]} for row in rows if row[1] in names and row[0]
    }


def expected(advice: Advice) -> dict[str, dict[str, str]]:
    return {
        row.name: {column_name(advice, cell.role): cell.letters for cell in row.cells if cell.letters}
        for row in advice.matrix.activities
    }


@pytest.mark.parametrize("path", NAMES, ids=[path.stem for path in NAMES])
def test_letters_equal_the_advice(catalog: Catalog, path: Path) -> None:
    """Cell by cell, in the workbook and in the CSV file."""
    advice = advice_on(catalog, path.stem)
    assert cells_of(book(advice)["RACI"], advice) == expected(advice)
    rows = list(csv.DictReader(io.StringIO(write(advice, "csv").decode())))
    names = [column_name(advice, role) for role in advice.matrix.roles]
    in_use = {
        row["activity"]: {name: row[name] for name in names if row[name]} for row in rows if row["status"] == "in use"
    }
    assert in_use == expected(advice)


@pytest.mark.parametrize("path", [*NAMES, *OWN], ids=[path.stem for path in (*NAMES, *OWN)])
def test_all_that_is_said_comes_back(catalog: Catalog, path: Path) -> None:
    """Letters, rows left out, shares and points, read from the files alone, are the JSON's; own rulebooks too."""
    if path in OWN:
        catalog = load_rulebook(path.parents[1])
    advice = in_words_of(advise(catalog, read_engagement(path, catalog)))
    told = json.loads(write(advice, "json"))
    whole = book(advice, Edition("both"))
    names = {role: column_name(advice, role) for role in advice.names.roles}
    letters = {
        row["name"]: {names[role]: letter for role, letter in row["cells"].items() if letter}
        for row in told["matrix"]["activities"]
    }
    assert cells_of(whole["RACI"], advice) == letters

    rows = list(csv.DictReader(io.StringIO(write(advice, "csv").decode())))
    columns = [names[role] for role in told["matrix"]["roles"]]
    used = [row for row in rows if row["status"] == "in use"]
    assert {row["activity"]: {name: row[name] for name in columns if row[name]} for row in used} == letters
    assert {row["activity_id"]: row["reason"] for row in rows if row["status"] == "left out"} == {
        out["id"]: out["reason"] for out in told["matrix"]["left_out"]
    }
    assert {row["activity_id"]: row["claims"].split() for row in used} == {
        row["id"]: row["claims"] for row in told["matrix"]["activities"]
    }

    shares = [line for line in whole["Split"].iter_rows(values_only=True) if isinstance(line[2], int)]
    phases = {phase.id: phase.name for phase in advice.names.phases}
    expected_shares = [[phases[one["phase"]], *one["shares"].values()] for one in told["split"]["phases"]]
    assert [[line[0], *(one for one in line[2:] if one is not None)] for line in shares] == [
        *expected_shares,
        ["Overall", *told["split"]["overall"].values()],
    ]
    points = [line for line in whole["Evidence"].iter_rows(values_only=True) if isinstance(line[1], int)]
    counts_not = {one["measure"] for one in told["levels"] if not one["points"]}
    given = [
        (
            advice.names.roles[side].name,
            sum(more for name, more in one["measures"].items() if name in measures - counts_not),
            one["says"],
        )
        for one in told["evidence"]
        for side, measures in SIDES.items()
    ]
    assert sorted((line[0], line[1], line[2].rstrip(".").removesuffix(" (assumed)")) for line in points) == sorted(
        (name, more, says.rstrip(".")) for name, more, says in given if more
    )


def test_sheets(catalog: Catalog) -> None:
    """The matrix, split and evidence; the advice in front where it is asked for; nothing internal for a client."""
    advice = advice_on(catalog, "acme-portal")
    assert book(advice).sheetnames == ["RACI", "Split", "Evidence"]
    assert book(advice, Edition("both")).sheetnames == ["Advice", "RACI", "Split", "Evidence"]
    client = book(advice, Edition("both", client_view=True))
    assert client.sheetnames == ["Advice", "RACI", "Split"]
    said = " ".join(str(cell.value) for sheet in client for row in sheet.iter_rows() for cell in row if cell.value)
    assert not any(rail.text in said for rail in advice.guardrails)
    assert all(cell.comment is None for row in client["RACI"].iter_rows() for cell in row)


def test_helps_with_editing(catalog: Catalog) -> None:
    """Panes are frozen, rows filtered and grouped, the letters offered, the header repeated in print."""
    sheet = book(advice_on(catalog, "acme-portal"))["RACI"]
    top = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Phase")
    assert sheet.freeze_panes == f"C{top + 2}"
    assert sheet.auto_filter.ref.startswith(f"A{top + 1}:")
    assert sheet.print_title_rows == f"${top}:${top + 1}"
    (offered,) = sheet.data_validations.dataValidation
    assert (offered.formula1, offered.type) == ('"A,R,A/R,C,I"', "list")
    levels = {sheet.row_dimensions[row].outlineLevel for row in range(top + 2, sheet.max_row)}
    assert levels >= {0, 1}
    assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
    assert sheet.page_setup.fitToHeight == 0


def test_names_are_text(catalog: Catalog) -> None:
    """What begins like a formula stays text; nothing else than our checks is a formula."""
    engagement = read_engagement(EXAMPLES / "acme-portal.yaml", catalog)
    named = replace(engagement, name=ODD, client=ODD, people=dict.fromkeys(engagement.people, ODD))
    whole = book(advise(catalog, named), Edition("both"))
    assert whole["RACI"]["A1"].value == ODD
    for sheet in whole:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert cell.value.startswith("=IF(SUMPRODUCT(")
                elif cell.value == ODD:
                    assert cell.data_type == "s"


def test_long_texts_have_room(catalog: Catalog) -> None:
    """A row is as high as its longest text needs."""
    advice = advice_on(catalog, "acme-portal")
    long = "Agree " + "with everybody concerned " * 8
    rows = tuple(replace(row, name=long) if at == 0 else row for at, row in enumerate(advice.matrix.activities))
    sheet = book(replace(advice, matrix=replace(advice.matrix, activities=rows)))["RACI"]
    (row,) = (row[0].row for row in sheet.iter_rows() if row[1].value == long.strip())
    assert sheet.row_dimensions[row].height >= 5 * 15


@pytest.mark.parametrize("shape", [(4000, 60), (60, 4000), (900, 300)])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_of_any_shape(catalog: Catalog, shape: tuple[int, int], kind: str) -> None:
    """The picture stands in a row of its own, whatever its size and density, and the title in the next."""
    stream = io.BytesIO()
    pillow.new("RGB", shape, "navy").save(stream, kind, dpi=(300, 300))
    edition = Edition(logo=logo_from(stream.getvalue(), "logo"))
    assert edition.logo is not None and (edition.logo.width, edition.logo.height) == shape
    sheet = book(advice_on(catalog, "acme-portal"), edition)["RACI"]
    (picture,) = sheet._images
    assert picture.anchor.to.row == 0 and picture.anchor.to.col <= 1
    assert sheet["A2"].value == "Customer portal rebuild"


def test_a_long_title_stays_within_the_page(catalog: Catalog) -> None:
    """It is wrapped over the columns, so that it neither runs into other cells nor makes the print smaller."""
    title = "Replacement of the case management platform across all regional offices " * 3
    for sheet in book(advice_on(catalog, "acme-portal"), Edition("both", title=title)):
        assert sheet["A1"].value == title.strip() and sheet["A1"].alignment.wrap_text
        assert any(one.coord.startswith("A1:") for one in sheet.merged_cells.ranges)
        assert sheet.row_dimensions[1].height >= 2 * 24


def test_a_head_that_would_fill_the_screen_is_not_frozen(catalog: Catalog) -> None:
    """Names without end make the head so high that frozen it would leave no room for the rows to scroll in."""
    advice = advice_on(catalog, "acme-portal")
    people = dict.fromkeys(advice.matrix.roles, "Donaudampfschifffahrtsgesellschaftskapitän " * 9)
    named = replace(advice, engagement=replace(advice.engagement, people=people))
    assert book(named)["RACI"].freeze_panes == "C1"


def test_the_same_bytes(catalog: Catalog) -> None:
    """The file says nothing about when it was made."""
    advice = advice_on(catalog, "acme-portal")
    logo = logo_from((EXAMPLES.parent / "tests" / "logo.png").read_bytes(), "logo.png")
    edition = Edition("both", title="Title", dated="2027-01-31", logo=logo)
    made = write(advice, "xlsx", edition)
    assert made == write(advice, "xlsx", edition)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
        assert any(one.startswith("xl/media/") for one in archive.namelist())


def test_what_to_install(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package the error says the one command."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtra, match=r"pip install 'role-advisor\[office\]'"):
        write(advice_on(catalog, "acme-portal"), "xlsx")


@needs("soffice")
@pytest.mark.parametrize(
    ("letters", "verdict"),
    [
        (("A", "A"), "2 As"),
        (("R", "C"), "No A"),
        (("A", "C"), "No R"),
        (("a", "R"), "Unknown letter"),
        (("A", "R"), "OK"),
    ],
)
def test_an_edited_row_is_checked(catalog: Catalog, tmp_path: Path, letters: tuple[str, str], verdict: str) -> None:
    """LibreOffice, which recalculates, shows what is wrong beside the row and above the table."""
    advice = advice_on(catalog, "acme-portal")
    whole = book(advice)
    sheet = whole["RACI"]
    (row,) = (row[0].row for row in sheet.iter_rows() if row[1].value == "Budget plan")
    for column in range(3, 3 + len(advice.matrix.roles)):
        sheet.cell(row, column).value = letters[column - 3] if column < 5 else None
    edited = tmp_path / "edited.xlsx"
    whole.save(edited)
    (tmp_path / "out").mkdir()
    made = openpyxl.load_workbook(converted(edited, "xlsx", tmp_path / "out"), data_only=True)["RACI"]
    rows = [["" if one is None else str(one) for one in line] for line in made.iter_rows(values_only=True)]
    heads = next(one for one in rows if one[:2] == ["Phase", "Activity"])
    (line,) = (one for one in rows if one[1] == "Budget plan")
    assert line[heads.index("Check")] == verdict
    wrong = "Check: rows to mend: 1" if verdict != "OK" else "Check: every row has exactly one A and at least one R"
    assert any(one[0] == wrong for one in rows)

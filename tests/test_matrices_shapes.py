"""Matrices in every form that people use: each of `shapes*.yaml` is read as it stands, or refused by name."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.errors import InputError
from advisor.matrices import Hints, read_matrices
from advisor.matrices.hints import map_of
from advisor.matrices.markup_cells import MOST_CELLS
from advisor.matrices.restructured import restructured_table
from tests.test_matrices import letters_by_row, true_rows

FIRST, MORE = (
    yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    for name in ("shapes.yaml", "shapes_more.yaml")
)
SHAPES: list[dict[str, Any]] = [*FIRST, *MORE]
ODF = "application/vnd.oasis.opendocument."
NAMES = 'xmlns:office="urn:o" xmlns:table="urn:t" xmlns:text="urn:x" xmlns:style="urn:s"'


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def opendocument(folder: Path, kind: str, inside: str, styles: str = "") -> Path:
    """An OpenDocument file around some XML."""
    path = folder / f"matrix.{'ods' if kind == 'spreadsheet' else 'odt'}"
    body = f"<office:body><office:{kind}>{inside}</office:{kind}></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODF + kind)
        archive.writestr("content.xml", f"<office:document-content {NAMES}>{styles}{body}</office:document-content>")
    return path


def table(rows: list[list[str]], name: str = "RACI", more: str = "") -> str:
    cells = ("".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row) for row in rows)
    inside = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f'<table:table table:name="{name}"{more}>{inside}</table:table>'


ROWS = [["No", "Task", "PM", "Sponsor"], ["1", "Agree", "R", "A"], ["2", "Test", "A/R", "I"]]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda one: f"{one['kind']}-{one['file']}".replace(" ", "_"))
def test_it_is_read_as_it_stands(shape: dict[str, Any], tmp_path: Path) -> None:
    """Roles, phases, activities and every letter are what the text shows, in one matrix."""
    (matrix,) = read_matrices(written(tmp_path, shape["file"], shape["text"]))
    assert [role.name for role in matrix.roles] == shape["roles"]
    assert letters_by_row(matrix) == true_rows(shape)
    assert matrix.vocabulary == shape.get("vocabulary", "raci")
    assert not any(cell.unread for row in matrix.rows for cell in row.cells)


def test_each_kind_has_three_members() -> None:
    for shapes in (FIRST, MORE):
        kinds = Counter(shape["kind"] for shape in shapes)
        assert len(kinds) >= 13 and min(kinds.values()) >= 3, kinds


class TestOpenDocument:
    """Spreadsheets and texts of OpenDocument."""

    def test_a_spreadsheet_with_a_hidden_sheet(self, tmp_path: Path) -> None:
        look = '<style:style style:name="no"><style:table-properties table:display="false"/></style:style>'
        styles = f"<office:automatic-styles>{look}</office:automatic-styles>"
        sheets = table(ROWS) + table(ROWS, "Old", ' table:style-name="no"')
        path = opendocument(tmp_path, "spreadsheet", sheets, styles)
        (matrix,) = read_matrices(path)
        assert letters_by_row(matrix) == {"": {"Agree": ["R", "A"], "Test": ["AR", "I"]}}
        assert any("“Old” is hidden" in one for one in matrix.passed_over)
        assert read_matrices(path, Hints(sheet="Old"))[0].rows == matrix.rows

    def test_merged_repeated_and_empty_cells(self, tmp_path: Path) -> None:
        phase = '<table:table-row><table:table-cell table:number-columns-spanned="4"><text:p>Build</text:p>'
        phase += '</table:table-cell><table:covered-table-cell table:number-columns-repeated="3"/></table:table-row>'
        code = "<table:table-row><table:table-cell/><table:table-cell><text:p>Code</text:p></table:table-cell>"
        code += '<table:table-cell table:number-columns-repeated="2"><text:p>R</text:p></table:table-cell>'
        code += '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        code += '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
        inside = table(ROWS).replace("</table:table>", f"{phase}{code}</table:table>")
        (matrix,) = read_matrices(opendocument(tmp_path, "spreadsheet", inside))
        assert letters_by_row(matrix)["Build"] == {"Code": ["R", "R"]}

    def test_a_text_with_tables_under_headings(self, tmp_path: Path) -> None:
        inside = "".join(f"<text:h>{name}</text:h>{table(ROWS)}" for name in ("Plan", "Build"))
        (matrix,) = read_matrices(opendocument(tmp_path, "text", inside))
        assert list(letters_by_row(matrix)) == ["Plan", "Build"]


class TestRefused:
    """What is not read is refused by name."""

    @pytest.mark.parametrize(
        "text",
        [
            "Zadanie,Kierownik,Sponsor,Klient\nZakres,O,Z,K\nTesty,O,I,Z\nOdbiór,K,O,Z\n",
            "Uppgift,Projektledare,Beställare,Utvecklare\nPlan,U,A,K\nTest,A,I,U\nDrift,A,K,U\n",
            "Arbeitspaket;Leiter;Fachbereich;Kunde\nAufnehmen;V;D;M\nTesten;D;M;I\nAbnahme;M;D;E\n",
            "Taak,Leider,Bouwer,Klant\nTekenen,V,E,R\nBouwen,E,V,I\nOpleveren,R,V,E\n",
            "Task,PM,Dev,Client,Boss\nPlan,R,C,I,D\nTest,A,R,C,D\nRun,A,R,I,D\n",
            "Task,PM,Dev,Client\nPlan,R,A,I\nTest,A,R,C\nRun,I,A,R\n\nR = Reviews,A = Assists,I = Informed,C = Calls\n",
            "Decision,CEO,PM,Legal\nVendor,R,A,I\nBudget,I,R,A\n\nR = Recommends,A = Agrees,I = Input\n",
        ],
        ids=["Polish", "Swedish", "German", "Dutch", "DARCI", "legend in cells", "legend"],
    )
    def test_letters_of_another_scheme(self, text: str, tmp_path: Path) -> None:
        """No letter is taken for one of RACI; the message names the letters and both options."""
        path = written(tmp_path, "other.csv", text)
        with pytest.raises(InputError, match=r"of a scheme that is not known: .*words: in a --map.*--vocabulary"):
            read_matrices(path)

    def test_a_map_says_what_they_mean(self, tmp_path: Path) -> None:
        path = written(tmp_path, "own.csv", "Zadanie,Kierownik,Klient\nZakres,O,Z\nTesty,K,O\nOdbiór,O,Z\n")
        (matrix,) = read_matrices(path, Hints(map=map_of(b"words: {O: R, Z: A, K: C}", "map.yaml")))
        assert letters_by_row(matrix) == {"": {"Zakres": ["R", "A"], "Testy": ["C", "R"], "Odbiór": ["R", "A"]}}

    def test_a_journey_is_no_flowchart_with_letters(self, tmp_path: Path) -> None:
        path = written(tmp_path, "x.mmd", "journey\n  title Day\n  section A\n    Make: 5: Me\n")
        with pytest.raises(InputError, match="flowcharts are read whose arrows carry letters"):
            read_matrices(path)

    def test_a_legend_is_no_matrix(self, tmp_path: Path) -> None:
        for name, text in (
            ("list.md", "- R: responsible\n- A: accountable\n- C: consulted\n- I: informed\n"),
            (
                "table.md",
                "| Letter | Meaning |\n|---|---|\n| R | Responsible |\n| A | Accountable |\n| C | Consulted |\n",
            ),
        ):
            with pytest.raises(InputError, match="holds no matrix"):
                read_matrices(written(tmp_path, name, text))


BIG = 100_000
HOSTILE = {
    "unclosed.html": "<table><tr><th>Activity<td>PM<tr><td>Plan<td>A<script>",
    "deep.json": "[" * 100_000,
    "deep-object.json": '{"a":' * 100_000,
    "number.json": f"[[{'9' * 10_000}, 1], [1, 2]]",
    "wide.json": json.dumps([["R"] * 1000] * 100),
    "half.json": '[{"a": "R"',
    "alias.yaml": "a: &a [x]\nb: [*a, *a]\n",
    "tag.yaml": "!!python/object/apply:os.system [echo]\n",
    "deep.yaml": "[" * 10_000,
    "bars.txt": "||a||b||\n" + "|" * BIG,
    "lines.wiki": "||a||b||\n|x\n" + "y\n" * BIG,
    "media.wiki": "{|\n" + "|\n" * 60_000 + "x\n" * BIG,
    "attributes.wiki": "{|\n|" + "a=b" * 6_000 + "! | x\n|}",
    "macro.txt": "||a||b||\n|{status:" + "|" * 19_000 + "|",
    "equals.txt": "^ a ^ b ^\n== x" + " " * 19_000 + "\n" * 10,
    "parted.adoc": ",===\na,b\n" + '"' + "x,\n" * BIG,
    "open.adoc": ":===\n" + "a:b\n" * BIG,
    "creole.txt": "|=a|=b|\n" + "|" * BIG,
    "rows.txt": "|=a|=b|\n" + "|x\n" * BIG,
    "spans.adoc": "|===\n" + "2000.2000+|a\n" * 30_000 + "|===\n",
    "cells.adoc": "|===\n|a |b\n" + "|\n" * BIG + "|===\n",
    "grid.rst": "+" + "-+" * 150 + "\n" + "|\n" * BIG,
    "rules.rst": "== " * 199 + "==\n" + "x\n" * BIG,
    "list.rst": ".. list-table::\n\n   * - a\n" + "     b\n" * BIG,
    "lists.md": "- R: PM, A: Me\n" * 20_000,
    "held.md": "## A\n" + "- PM: R\n" * 20_000 + "- " + "a " * 240 + "\n",
    "stars.md": "*" * BIG,
    "arrows.mmd": "graph TD\n" + "A & B & C -->|R| D & E & F\n" * 20_000,
    "node.mmd": "graph TD\n" + ("A[" * 200 + "\n") * 2_000,
}


class TestHostile:
    """Files that mean harm in the newer formats: a reading or one InputError, within seconds."""

    @pytest.mark.parametrize("name", HOSTILE)
    def test_it_ends(self, name: str, tmp_path: Path) -> None:
        path = written(tmp_path, name, HOSTILE[name])
        try:
            read_matrices(path)
        except InputError as error:
            assert str(error).startswith(str(path))

    @pytest.mark.parametrize(
        ("inside", "said"),
        [
            ("<table:table>" * 30 + "</table:table>" * 30, "nested more than"),
            (
                '<table:table table:name="x"><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
                'table:number-columns-repeated="1000"><text:p>R</text:p></table:table-cell></table:table-row></table:table>',
                "filled cells",
            ),
            ("<text:span>" * 500 + "</text:span>" * 500, "nested more than"),
        ],
        ids=["tables", "repeats", "spans"],
    )
    def test_opendocument_is_bounded(self, inside: str, said: str, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=said):
            read_matrices(opendocument(tmp_path, "spreadsheet", inside))

    def test_a_grid_is_taken_apart_no_further_than_it_may_go(self) -> None:
        """Where every line is a border, each makes a row; those beyond the bound are not made at all."""
        found = restructured_table(["+" + "-+" * 150] * 4_000, 0)
        assert found is not None and len(found[0]) == -(-MOST_CELLS // 150)

    def test_an_opendocument_with_entities_is_refused(self, tmp_path: Path) -> None:
        path = opendocument(tmp_path, "spreadsheet", "")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", f"{ODF}spreadsheet")
            archive.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
        with pytest.raises(InputError, match="DTD"):
            read_matrices(path)

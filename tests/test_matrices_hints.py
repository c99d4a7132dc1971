"""What somebody says where the guess is wrong: the sheet, the table, the vocabulary, a map of rows and columns."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from advisor.cli.found import matrices_in, matrix_options
from advisor.errors import InputError
from advisor.matrices import Hints, read_map, read_matrices
from advisor.matrices.hints import map_of
from advisor.model.found import FoundMatrix
from tests.conftest import REPOSITORY
from tests.test_matrices import CORPUS

Written = Callable[[str, str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a text to a file of that name."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def letters(matrix: FoundMatrix) -> list[list[str]]:
    return [["".join(cell.letters) for cell in row.cells] for row in matrix.rows]


def mapped(path: Path, told: str) -> tuple[FoundMatrix, ...]:
    return read_matrices(path, Hints(map=map_of(told.encode(), "told.yaml")))


class TestWhere:
    """Sheets and tables."""

    def test_a_sheet_is_named_or_numbered(self) -> None:
        book = CORPUS / "two-sheets.xlsx"
        assert [one.table for one in read_matrices(book, Hints(sheet="service"))] == ["Service"]
        assert [one.table for one in read_matrices(book, Hints(sheet="3"))] == ["Project"]

    def test_a_hidden_sheet_is_read_when_it_is_named(self) -> None:
        (matrix,) = read_matrices(CORPUS / "hidden.xlsx", Hints(sheet="Last year"))
        assert letters(matrix) == [["R", "A"], ["A", "R"]]

    def test_a_sheet_that_is_not_there_is_told_from_those_that_are(self) -> None:
        with pytest.raises(
            InputError, match=r"no sheet 'Projekt' \(did you mean Project\?\); it has “Cover”, “Legend”"
        ):
            read_matrices(CORPUS / "two-sheets.xlsx", Hints(sheet="Projekt"))

    def test_sheets_are_for_workbooks(self) -> None:
        with pytest.raises(InputError, match="has no sheets"):
            read_matrices(CORPUS / "plain.csv", Hints(sheet="1"))

    def test_a_table_is_numbered_or_named_by_its_heading(self) -> None:
        text = CORPUS / "several.md"
        for wanted in ("4", "table 4", "Run"):
            assert [one.table for one in read_matrices(text, Hints(table=wanted))] == ["table 4"]

    def test_a_table_that_is_named_is_not_joined_with_others(self) -> None:
        (matrix,) = read_matrices(CORPUS / "by-heading.md", Hints(table="2"))
        assert [row.activity for row in matrix.rows] == ["Build it", "Show it", "Correct it"]

    def test_a_table_that_is_not_there_is_told_from_those_that_are(self) -> None:
        with pytest.raises(InputError, match=r"no table '9'; it has table 1 “Responsibilities”; table 2 “Who we are”"):
            read_matrices(CORPUS / "several.md", Hints(table="9"))

    def test_without_a_matrix_it_is_said_what_was_looked_at_and_what_helps(self, written: Written) -> None:
        path = written(
            "team.md", "| Role | Name |\n|---|---|\n| PM | Ada |\n\n| Date | Place |\n|---|---|\n| May | Rome |\n"
        )
        with pytest.raises(InputError) as caught:
            read_matrices(path)
        said = str(caught.value)
        assert "table 1" in said
        assert "table 2" in said
        for option in ("--table", "--map FILE", "--vocabulary"):
            assert option in said


class TestWords:
    """Vocabularies, and words of one's own."""

    def test_the_vocabulary_is_found_unless_it_is_told(self, written: Written) -> None:
        path = written("raci.csv", "Task,PM,Dev\nPlan,A,S\nBuild,A,R\n")
        assert read_matrices(path)[0].vocabulary == "rasci"
        (matrix,) = read_matrices(path, Hints(vocabulary="raci"))
        assert matrix.rows[0].cells[1].unread == "S"

    def test_other_spellings_of_a_vocabulary_are_known(self) -> None:
        assert read_matrices(CORPUS / "rasci.md", Hints(vocabulary="RASIC"))[0].vocabulary == "rasci"

    def test_a_vocabulary_that_is_not_known_is_told_from_those_that_are(self) -> None:
        with pytest.raises(InputError, match=r"no vocabulary 'racy' \(did you mean raci\?\)"):
            read_matrices(CORPUS / "plain.csv", Hints(vocabulary="racy"))

    def test_words_of_ones_own_are_read(self, written: Written) -> None:
        path = written("a.csv", "Aufgabe,PL,Team\nPlanen,V,M\nBauen,V,D\nTesten,N,D/V\n")
        (matrix,) = mapped(path, "words: {V: A, D: R, M: C, N: none}")
        assert letters(matrix) == [["A", "C"], ["A", "R"], ["", "RA"]]
        assert not [cell for row in matrix.rows for cell in row.cells if cell.unread]

    def test_roles_are_renamed(self) -> None:
        (matrix,) = mapped(CORPUS / "plain.csv", "roles: {Developers: Delivery team}")
        assert [role.name for role in matrix.roles] == [
            "Project manager",
            "Business analyst",
            "Delivery team",
            "Sponsor",
        ]
        assert any("“Developers” is Delivery team" in sentence for sentence in matrix.taken)


class TestRowsAndColumns:
    """A map that says which row and column is what."""

    ODD = "x,Plan,y,z\nAlpha,Beta,Gamma,Delta\nfirst,A,R,\nsecond,C,A,R\nthird,A,I,R\n"

    def test_the_heading_is_told(self, written: Written) -> None:
        (matrix,) = mapped(written("odd.csv", self.ODD), "heading: 1\nrows: {ignore: 2}")
        assert [role.name for role in matrix.roles] == ["Plan", "y", "z"]

    def test_the_columns_are_told_by_number_or_heading(self, written: Written) -> None:
        (matrix,) = mapped(written("odd.csv", self.ODD), "heading: 2\ncolumns: {activity: Alpha, roles: [2, Delta]}")
        assert [role.name for role in matrix.roles] == ["Beta", "Delta"]
        assert letters(matrix) == [["A", ""], ["C", "R"], ["A", "R"]]

    def test_the_column_of_one_role_is_told(self, written: Written) -> None:
        path = written("one.csv", "Area,Step,Mine\nPlanning,Refine,A\nPlanning,Specify,A/R\n")
        with pytest.raises(InputError):
            read_matrices(path)
        (matrix,) = mapped(path, "heading: 1\ncolumns: {activity: Step, phase: Area, roles: Mine}")
        assert [(row.phase, row.activity) for row in matrix.rows] == [("Planning", "Refine"), ("Planning", "Specify")]

    def test_roles_in_rows_are_told(self) -> None:
        (matrix,) = mapped(CORPUS / "transposed.csv", "roles_in: columns")
        assert [role.name for role in matrix.roles][:2] == ["Define the scope", "Plan the work"]
        (turned,) = mapped(CORPUS / "transposed.csv", "roles_in: rows")
        assert [role.name for role in turned.roles][:2] == ["Project manager", "Business analyst"]

    def test_rows_are_phases_activities_or_nothing_as_told(self, written: Written) -> None:
        path = written("rows.csv", "Task,PM,Dev\nAlpha,,\nBuild,A,R\nBeta,,\nTest,A,R\nSkip,A,A\n")
        (matrix,) = mapped(path, "rows: {activities: [2], phases: [Beta], ignore: [6]}")
        assert [(row.phase, row.activity) for row in matrix.rows] == [("", "Alpha"), ("", "Build"), ("Beta", "Test")]

    def test_the_last_row_is_told(self) -> None:
        (matrix,) = mapped(CORPUS / "plain.csv", "rows: {last: 3}")
        assert len(matrix.rows) == 2

    def test_a_map_names_sheet_table_and_vocabulary_too(self) -> None:
        assert mapped(CORPUS / "two-sheets.xlsx", "sheet: Service")[0].table == "Service"
        assert mapped(CORPUS / "several.md", "table: 4")[0].table == "table 4"
        assert mapped(CORPUS / "plain.csv", "vocabulary: rasci")[0].vocabulary == "rasci"

    def test_every_problem_of_a_map_is_told_with_its_line(self, written: Written) -> None:
        told = "words: {L: Q}\nroles_in: sideways\ncolums: {activity: B}\nrows: {phase: 3}\n"
        with pytest.raises(InputError) as caught:
            read_map(written("m.yaml", told))
        said = str(caught.value)
        assert "m.yaml:1: words.L: must be one of R, A, C, I, S, or none, not 'Q'" in said
        assert "m.yaml:2: roles_in: must be rows or columns" in said
        assert "m.yaml:3: colums: is no field that is known here (did you mean columns?)" in said
        assert "m.yaml:4: rows.phase" in said

    def test_the_map_in_the_docs_is_one(self) -> None:
        page = (REPOSITORY / "docs" / "matrices.md").read_text(encoding="utf-8")
        text = page[page.index("    sheet: RACI v3") : page.index("Columns are letters in a workbook")]
        told = map_of(textwrap.dedent(text).encode(), "docs")
        assert (told.activity, told.heading, told.words) == ("B", ("4",), {"L": "R", "X": ""})
        assert (told.phases, told.ignore_rows, told.last) == (("5", "12"), ("30", "Total"), "41")
        assert (told.roles, told.names) == (("D", "E", "F", "Client"), {"PM": "Project manager"})

    def test_a_column_that_is_not_there_is_told(self) -> None:
        with pytest.raises(
            InputError, match=r"columns.activity: there is no 'Z' in table 1 \(there are 1, 2, 3, 4, 5\)"
        ):
            mapped(CORPUS / "plain.csv", "columns: {activity: Z}")


class TestCommandLine:
    """The options that commands share."""

    def run(self, *arguments: str) -> tuple[int, str]:
        @click.command()
        @click.argument("path")
        @matrix_options
        def look(path: str, hints: Hints) -> None:
            for matrix in matrices_in(path, hints):
                click.echo(f"{matrix.table}: {matrix.vocabulary}")

        outcome = CliRunner().invoke(look, arguments)
        if isinstance(outcome.exception, InputError):
            return 1, str(outcome.exception)
        return outcome.exit_code, outcome.output

    def test_options_reach_the_reader(self, written: Written) -> None:
        told = str(written("m.yaml", "words: {Z: A}"))
        book = str(CORPUS / "two-sheets.xlsx")
        assert self.run(book, "--sheet", "Project", "--map", told, "--vocabulary", "rasci") == (0, "Project: rasci\n")
        assert self.run(str(CORPUS / "several.md"), "--table", "3") == (0, "table 3: raci\n")

    def test_a_vocabulary_that_is_not_known_is_wrong_usage(self) -> None:
        code, said = self.run(str(CORPUS / "plain.csv"), "--vocabulary", "rackets")
        assert code == 2
        assert "known: raci, rasci, daci, rapid, raci-vs, cairo, vdmi, demi, owns" in said

"""Invariants of reading matrices: what is written in any way reads back, and only InputError is ever raised."""

from __future__ import annotations

import html
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.errors import InputError
from advisor.matrices import read_matrices
from tests.test_matrices import CORPUS

ROLES = ["Project manager", "Sponsor", "Dev team", "QA lead", "Client", "Service desk", "Architect", "Vendor"]
ACTIVITIES = [
    "Write the plan",
    "Build the product",
    "Test the release",
    "Approve go-live",
    "Train the users",
    "Close the project",
]
PHASES = ["Phase 1: Planning", "Execution", "Go-live"]
WAYS: dict[str, Callable[[str], str]] = {
    "slash": "/".join,
    "comma": ", ".join,
    "together": "".join,
    "ampersand": " & ".join,
    "small": lambda letters: "/".join(letters).lower(),
    "words": lambda letters: " / ".join(
        {"R": "Responsible", "A": "Accountable", "C": "Consulted", "I": "Informed"}[one] for one in letters
    ),
}
CELL = st.sampled_from(["", "R", "A", "C", "I", "AR", "RC", "CI"])

Table = list[list[str]]


@st.composite
def matrices(draw: st.DrawFn) -> tuple[Table, Table]:
    """A table as it might be written, and its letters; each row has an A or an R somewhere, and the table both."""
    roles = draw(st.lists(st.sampled_from(ROLES), min_size=2, unique=True))
    activities = draw(st.lists(st.sampled_from(ACTIVITIES), min_size=2, unique=True))
    letters = [draw(st.lists(CELL, min_size=len(roles), max_size=len(roles))) for _ in activities]
    for row in letters:
        # Each role has some letter and each row an A, as in any matrix that somebody means.
        row[draw(st.integers(0, len(roles) - 1))] = "AR"
    for column in range(len(roles)):
        if not any(row[column] for row in letters):
            letters[0][column] = "I"
    way = WAYS[draw(st.sampled_from(sorted(WAYS)))]
    empty = draw(st.sampled_from(["", "-", "n/a", "—"]))
    table = [["Activity", *roles]]
    phase_at = draw(st.sets(st.integers(0, len(activities) - 1), max_size=2))
    for at, (activity, row) in enumerate(zip(activities, letters, strict=True)):
        if at in phase_at:
            table.append([PHASES[at % len(PHASES)], *[""] * len(roles)])
        table.append([activity, *[way(cell) if cell else empty for cell in row]])
    return table, letters


def as_csv(table: Table, path: Path) -> None:
    path.write_text("".join(";".join(row) + "\n" for row in table), encoding="utf-8")


def as_markdown(table: Table, path: Path) -> None:
    rows = ["| " + " | ".join(row) + " |" for row in table]
    path.write_text("\n".join([rows[0], "|---" * len(table[0]) + "|", *rows[1:]]), encoding="utf-8")


def as_html(table: Table, path: Path) -> None:
    rows = ["<tr>" + "".join(f"<td>{html.escape(cell)}" for cell in row) for row in table]
    path.write_text("<table>" + "".join(rows) + "</table>", encoding="utf-8")


def as_excel(table: Table, path: Path) -> None:
    book = openpyxl.Workbook()
    for row in table:
        book.worksheets[0].append([cell or None for cell in row])
    book.save(path)


WRITERS = {"csv": as_csv, "md": as_markdown, "html": as_html, "xlsx": as_excel}


@pytest.mark.parametrize("suffix", WRITERS)
@settings(deadline=None, max_examples=40)
@given(made=matrices())
def test_any_matrix_reads_back_from_any_format(suffix: str, made: tuple[Table, Table]) -> None:
    """Whatever the roles, the letters, the way in which two share a cell, and what stands in empty ones."""
    table, letters = made
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"matrix.{suffix}"
        WRITERS[suffix](table, path)
        (matrix,) = read_matrices(path)
    assert [role.name for role in matrix.roles] == table[0][1:]
    assert [["".join(cell.letters) for cell in row.cells] for row in matrix.rows] == letters


WORDS = ["A", "R", "C", "I", "A/R", "Task", "Role", "PM", "Responsible", "Accountable", "x", "-", "1", "Phase 1", "n/a"]
MARKS = [
    "|",
    ",",
    ";",
    "\t",
    "\n",
    "\n\n",
    " ",
    "|---|---|",
    "#",
    "**",
    '"',
    "\\|",
    "[^1]",
    "(",
    ")",
    "\u0410",
    "\u00b9",
]
TAGS = ["<table>", "<tr>", "<td>", "<td rowspan=3>", "<td colspan=2>", "</table>", "<!--", "<sup>", "&nbsp;"]
PIECES = st.sampled_from([*WORDS, *MARKS, *TAGS])


@pytest.mark.parametrize("suffix", ["csv", "md", "html", "txt"])
@settings(deadline=None, max_examples=150)
@given(pieces=st.lists(PIECES, max_size=60))
def test_any_text_is_read_or_refused(suffix: str, pieces: list[str]) -> None:
    """A text of any pieces gives matrices that hold together, or one clear error."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"any.{suffix}"
        path.write_text("".join(pieces), encoding="utf-8")
        try:
            found = read_matrices(path)
        except InputError as error:
            assert str(error).startswith(str(path))
            return
    for matrix in found:
        assert len({role.name for role in matrix.roles}) == len(matrix.roles)
        assert all(len(row.cells) == len(matrix.roles) for row in matrix.rows)
        assert {letter for row in matrix.rows for cell in row.cells for letter in cell.letters} <= set("RACIS")


@pytest.mark.parametrize("source", ["rich.xlsx", "merged-column.xlsx", "word-merged.docx", "word-tracked.docx"])
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_damage_to_an_office_file_is_refused_or_read_past(source: str, data: st.DataObject) -> None:
    """Bytes changed, cut out or repeated in one part of the archive, or in the archive itself."""
    whole = (CORPUS / source).read_bytes()

    def damaged(content: bytes) -> bytes:
        start = data.draw(st.integers(0, max(0, len(content) - 1)))
        end = data.draw(st.integers(start, min(len(content), start + 40)))
        return content[:start] + data.draw(st.binary(max_size=6)) * data.draw(st.integers(0, 3)) + content[end:]

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / source
        if data.draw(st.booleans()):
            path.write_bytes(damaged(whole))
        else:
            with zipfile.ZipFile(CORPUS / source) as archive, zipfile.ZipFile(path, "w") as changed:
                part = data.draw(st.sampled_from(archive.namelist()))
                for name in archive.namelist():
                    content = archive.read(name)
                    changed.writestr(name, damaged(content) if name == part else content)
        try:
            read_matrices(path)
        except InputError as error:
            assert str(error).startswith(str(path))


def test_a_table_that_says_what_separates_its_cells(tmp_path: Path) -> None:
    """Excel's first line `sep=;` is believed, though each line would make more cells by its commas, and is no row."""
    text = (
        "sep=;\nActivity, as agreed, in May, by all;Project manager;Delivery team\n"
        "Plan, cost, date, team;A;R\nBuild, run, mend, ship;A;R\nTest, fix, test, ship;A;R\n"
    )
    (tmp_path / "raci.csv").write_text(text, encoding="utf-8")
    (matrix,) = read_matrices(tmp_path / "raci.csv")
    assert [role.name for role in matrix.roles] == ["Project manager", "Delivery team"]
    assert [row.activity for row in matrix.rows] == [line.split(";")[0] for line in text.splitlines()[2:]]

"""`advisor fill`: which rows of a plan get letters, and that nothing else in the file changes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from advisor.documents.advice.as_json import schema_of
from advisor.matrices.plan import read_plan
from tests.conftest import EXAMPLES, Run
from tests.readers import converted, needs

SHOP = str(EXAMPLES / "retail-app-handover.yaml")
PLAN = EXAMPLES / "plans" / "retail-app-plan.xlsx"
TABLE = """\
# Plan

| WBS | Task | Project manager | Note |
|-----|:-----|---|---|
| 1   | Build | | |
| 1.1 | UAT   |   | a \\| b |
| 1.2 | Order pizza | | |
"""


def rows(run: Run, *arguments: str) -> dict[str, dict[str, object]]:
    """The rows of the JSON by their activity, which keeps to its schema."""
    outcome = run("fill", *arguments, "--engagement", SHOP, "--format", "json")
    assert outcome.code == 0, outcome.err
    found = json.loads(outcome.out)
    jsonschema.validate(found, schema_of("fill"))
    return {row["activity"]: row for row in found["rows"]}


def test_the_example_gets_letters_and_keeps_everything_else(run: Run) -> None:
    """Sixty rows: what is there stays, parts of the workbook byte for byte; each filled row has one A and a comment."""
    outcome = run("fill", str(PLAN), "--engagement", SHOP, "-o", "copy.xlsx")
    assert (outcome.code, outcome.err.count("wrote copy.xlsx")) == (0, 1)
    before, after = (openpyxl.load_workbook(path)["Plan"] for path in (PLAN, Path("copy.xlsx")))
    heads = [cell.value for cell in after[4]]
    assert heads[:7] == [cell.value for cell in before[4]]
    assert heads[-2:] == ["Row of the advice", "How sure"]
    filled = 0
    for row in range(1, before.max_row + 1):
        for column in (1, 2, 3, 4, 7):
            assert after.cell(row, column).value == before.cell(row, column).value
        letters = [str(after.cell(row, column).value or "") for column in (5, 6, *range(8, len(heads) - 1))]
        if row > 4 and any(letters):
            filled += 1
            assert sum("A" in one for one in letters) == 1, letters
    assert filled == len([cell for line in after.iter_rows() for cell in line if cell.comment]) > 30
    assert (after.freeze_panes, after.auto_filter.ref) == (before.freeze_panes, before.auto_filter.ref)
    with zipfile.ZipFile(PLAN) as old, zipfile.ZipFile("copy.xlsx") as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed <= {"[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"}


@needs("soffice")
def test_libreoffice_opens_the_copy(run: Run) -> None:
    """The copy is a workbook for other programs too."""
    run("fill", str(PLAN), "--engagement", SHOP, "-o", "copy.xlsx")
    text = converted(Path("copy.xlsx"), "csv", Path()).read_text(encoding="utf-8")
    assert "Go/no-go decision" in text
    assert "Go-live decision,sure (98)" in text


def test_markdown_gets_cells_and_keeps_the_rest(run: Run) -> None:
    """Columns are added behind the table's own, empty cells are filled, bars stay escaped; phases get nothing."""
    Path("plan.md").write_text(TABLE + "\nText | with a bar\n", encoding="utf-8")
    assert run("fill", "plan.md", "--engagement", SHOP, "-o", "copy.md").code == 0
    lines = Path("copy.md").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["# Plan", ""]
    assert lines[2].startswith("| WBS | Task | Project manager | Note | ")
    assert lines[5].startswith("| 1.1 | UAT   | R | a \\| b | ")
    assert lines[6].startswith("| 1.2 | Order pizza | | | ")
    assert lines[6].endswith(" not lined up |  |")
    assert lines[-1] == "Text | with a bar"
    assert read_plan(Path("copy.md")).tables[0].matrix.rows[0].activity == "UAT"


@pytest.mark.parametrize(
    ("encoding", "end", "mark"),
    [("utf-8", "\r\n", b"\xef\xbb\xbf"), ("cp1252", "\n", b""), ("utf-16-le", "\n", b"\xff\xfe")],
)
def test_csv_keeps_its_bytes(run: Run, encoding: str, end: str, mark: bytes) -> None:
    """Title, quotation marks, line ends and encoding stay; every row of the table gets the same number of cells."""
    lines = [
        "Plän für Larkfield",
        "",
        'Task;"Project manager";Note',
        'UAT;"";"a ""b""; c"',
        "Order pizza;;",
        "Kick-off",
    ]
    Path("plan.csv").write_bytes(mark + (end.join(lines) + end).encode(encoding))
    assert run("fill", "plan.csv", "--engagement", SHOP, "-o", "copy.csv").code == 0
    data = Path("copy.csv").read_bytes()
    assert data.startswith(mark)
    made = data[len(mark) :].decode(encoding).split(end)
    assert made[:2] == lines[:2]
    assert made[2].startswith(lines[2] + ";")
    assert made[3].startswith('UAT;R;"a ""b""; c";')
    assert made[4].startswith(lines[4] + ";")
    assert made[5].startswith("Kick-off;;;")


def test_rows_that_are_not_filled_say_why(run: Run) -> None:
    """A row may have letters, not be needed here, or be none of ours; it then gets no letter."""
    Path("plan.csv").write_text("Task,Project manager\nUAT,R\nKick-off,\nOrder pizza,\nHypercare,\n", encoding="utf-8")
    found = rows(run, "plan.csv")
    said = {activity: row["outcome"] for activity, row in found.items()}
    assert said == {"UAT": "has_letters", "Kick-off": "not_needed", "Order pizza": "unknown", "Hypercare": "filled"}
    assert [name for name, row in found.items() if row["cells"]] == ["Hypercare"]


def test_a_mapping_corrects_it(run: Run) -> None:
    """What the mapping says wins, for rows as in a comparison; the written one can be given back."""
    Path("plan.csv").write_text("Task\nOrder pizza\nUAT\n", encoding="utf-8")
    assert run("fill", "plan.csv", "--engagement", SHOP, "--write-mapping", "m.yaml").code == 0
    text = Path("m.yaml").read_text(encoding="utf-8").replace('"Order pizza", is: none', '"Order pizza", is: hypercare')
    Path("m.yaml").write_text(text, encoding="utf-8")
    found = rows(run, "plan.csv", "--mapping", "m.yaml")
    assert (found["Order pizza"]["ours"], found["Order pizza"]["confidence"]) == ("hypercare", "mapping")


def test_a_hostile_workbook_stays_text(run: Run) -> None:
    """Formulas, markup and a column to the right stay what they are; what looks like a formula is never made one."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ["Task", "Client <b>&", "Days"],
        ["UAT", None, "=1+1"],
        ['=HYPERLINK("x")', None, 2],
        ["Hypercare", None, 3],
    ):
        sheet.append(line)
    sheet["A3"].data_type = "s"
    sheet.merge_cells("A9:B9")
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile("plan.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"A9:B9", b"A9:XFD1048576"))
    assert run("fill", "plan.xlsx", "--engagement", SHOP, "-o", "copy.xlsx").code == 0
    with zipfile.ZipFile("copy.xlsx") as made:
        part = made.read("xl/worksheets/sheet1.xml").decode()
    assert part.count("<f>") == 1
    assert "<f>1+1</f>" in part


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("plan.docx", "x", "must end in .xlsx"),
        ("plan.xlsx", "Task\nUAT\n", "is no Excel file, as its name says"),
        ("plan.csv", "a,b\n1,2\n", "holds no plan that can be found"),
        ("plan.csv", 'Task,PM\nUAT,\nHypercare,\nTraining,"open\n', "quotation mark"),
    ],
)
def test_wrong_input_is_explained(run: Run, name: str, text: str, said: str) -> None:
    """One clear sentence, exit code 1, and no copy; what is wrong with the engagement is said too."""
    Path(name).write_text(text, encoding="utf-8")
    Path("bad.yaml").write_text("answers: {risk: hihg}\n", encoding="utf-8")
    outcome = run("fill", name, "--engagement", SHOP, "-o", f"copy{Path(name).suffix}")
    assert (outcome.code, outcome.out) == (1, "")
    assert said in outcome.err
    assert not list(Path().glob("copy*"))


def test_all_problems_come_at_once_and_the_plan_is_never_written_over(run: Run) -> None:
    """Problems of plan and engagement together; the plan itself is refused as the copy."""
    Path("bad.yaml").write_text("answers: {risk: hihg}\n", encoding="utf-8")
    outcome = run("fill", "nothing.csv", "--engagement", "bad.yaml")
    assert outcome.code == 1
    assert "did you mean high?" in outcome.err
    assert "nothing.csv: no such file" in outcome.err
    Path("plan.csv").write_text("Task\nUAT\nHypercare\n", encoding="utf-8")
    assert "would overwrite an input" in run("fill", "plan.csv", "--engagement", SHOP, "-o", "plan.csv").err
    outcome = run("fill", "plan.csv", "--engagement", SHOP, "-o", "copy.xlsx")
    assert (outcome.code, "must end in .csv" in outcome.err) == (2, True)

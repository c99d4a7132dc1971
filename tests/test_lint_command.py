"""`advisor lint` as it is used: what it prints, writes and ends with, in every form."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from tests.conftest import EXAMPLES, Outcome, Run

BAD = """# Who does what

| Activity | Project manager | Team | Client |
|---|---|---|---|
| Plan the work | A/R | R | C |
| Plan the budget | R | R | C |
| Accept it | R | A | A |
| Send it | X | A/R | I |
"""
GOOD = "Activity,Project manager,Team,Client\nPlan the work,A/R,C,C\nBuild it,A,R,I\nAccept it,R,C,A\n"


class Lint:
    """Runs `advisor lint` in a folder that holds a bad matrix and a good one."""

    def __init__(self, run: Run, folder: Path) -> None:
        self.run, self.folder = run, folder
        self.write("bad.md", BAD)
        self.write("good.csv", GOOD)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def __call__(self, *arguments: str | Path) -> Outcome:
        return self.run("lint", *arguments)


@pytest.fixture
def lint(run: Run, tmp_path: Path) -> Lint:
    return Lint(run, tmp_path)


def test_text_says_what_was_read_then_counts_then_findings(lint: Lint) -> None:
    """The order in which somebody checks it: the reading, figures to count again, then what is wrong, errors first."""
    result = lint("bad.md")
    assert result.code == 1
    text = result.out
    parts = [
        "Read as follows:",
        "roles from line 3: Project manager, Team, Client",
        "4 rows and 3 roles. Cells by letter: R 6, A 4, C 2, I 1.",
        "Exactly one A in 2 of 4 rows; none in 1, several in 1. No R in 0.",
        "A and R in one cell in 2 rows, which the policy allows.",
        "error: Nobody answers for it [no_accountable]",
        "Plan the budget: no A; R: Project manager and Team",
        "Mend: Give A to the one role that will be asked when it goes wrong.",
        "Source: CO2, practice.",
        "error: More than one answers for it [several_accountable]",
        "Accept it: 2 As: Team and Client",
        "error: A letter that means nothing here [unknown_letter]",
        "1 matrix: 3 errors, 0 warnings, 0 infos. Policy: usual.",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)


def test_a_good_matrix_ends_with_0(lint: Lint) -> None:
    result = lint("good.csv")
    assert result.code == 0
    assert "Nothing to say against it." in result.out


def test_fail_on_decides_what_ends_with_1(lint: Lint) -> None:
    """A hint fails nothing unless that is asked for."""
    lint.write("hint.csv", GOOD.replace("Build it", "Budget"))
    assert lint("hint.csv").code == 0
    assert lint("hint.csv", "--fail-on", "warning").code == 0
    assert lint("hint.csv", "--fail-on", "info").code == 1


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_looked_at(lint: Lint) -> None:
    lint.write("empty.csv", "")
    result = lint("nowhere.xlsx", "good.csv", "empty.csv")
    assert result.code == 1
    assert "nowhere.xlsx: no such file" in result.err and "empty.csv: is empty" in result.err
    assert "1 matrix: 0 errors, 0 warnings, 0 infos, 2 files not read." in result.out


def test_json_is_what_its_schema_promises(lint: Lint) -> None:
    """Findings, counts, waivers, checks that found something, files not read: all keys there, all of the right kind."""
    lint.write(
        "waivers.yaml",
        "waivers: [{check: several_accountable, reason: Both sign, until: 2027-01-31}, {check: empty_row, reason: x}]",
    )
    printed = lint.run("schema", "lint").out
    schema = jsonschema.Draft202012Validator(json.loads(printed))
    schema.check_schema(schema.schema)
    for arguments in (
        ("good.csv",),
        ("bad.md", "--policy", "strict"),
        ("bad.md", "nowhere.xlsx", "--waivers", "waivers.yaml", "--today", "2027-01-31"),
        ("bad.md", "--waivers", "waivers.yaml", "--today", "2027-02-01"),
    ):
        result = lint(*arguments, "--format", "json")
        said = json.loads(result.out)
        assert not list(schema.iter_errors(said))
        assert result.out == lint(*arguments, "--format", "json").out
    assert said["totals"] == {"errors": 3, "warnings": 0, "infos": 0, "waived": 0, "not_read": 0}
    assert [one["fate"] for one in said["waivers"]] == ["expired", "unused"]
    assert {one["id"] for one in said["checks"]} == {"no_accountable", "several_accountable", "unknown_letter"}
    counts = said["matrices"][0]["counts"]
    assert (counts["rows"], counts["rows_without_a"], counts["rows_with_several_as"]) == (4, 1, 1)


def test_waived_findings_are_listed_everywhere_and_fail_nothing(lint: Lint) -> None:
    """With all errors waived the run ends with 0, and each form names reason and end."""
    lint.write(
        "waivers.yaml",
        """waivers:
  - {check: no_accountable, reason: Settled by the board, until: 2027-06-30}
  - {check: several_accountable, reason: Both firms sign}
  - {check: unknown_letter, role: Project manager, reason: X is our mark}
  - {check: empty_row, matrix: old.md, reason: never met}
  - {check: no_responsible, reason: over, until: 2020-01-01}
""",
    )
    arguments = ("bad.md", "--waivers", "waivers.yaml", "--today", "2027-01-01")
    result = lint(*arguments, "--report", "junit", "--report", "sarif", "--report", "github", "-o", "out")
    assert result.code == 0
    assert "waived: 3 findings" in result.out
    assert "Settled by the board. Until 2027-06-30." in " ".join(result.out.split())
    assert "waivers.yaml:5: The waiver of empty_row for old.md covers nothing; take it out." in result.out
    assert "waivers.yaml:6: The waiver of no_responsible ran out on 2020-01-01" in result.out
    assert "Waivers as of 2027-01-01." in " ".join(result.out.split())
    for text in (
        (lint.folder / "out" / "report.junit.xml").read_text(encoding="utf-8"),
        (lint.folder / "out" / "report.sarif").read_text(encoding="utf-8"),
        result.out,
    ):
        assert "Settled by the board" in text and "Both firms sign" in text and "covers nothing" in text
    assert "::error" not in result.out
    assert 'failures="0"' in (lint.folder / "out" / "report.junit.xml").read_text(encoding="utf-8")


def test_reports_say_the_same_as_the_screen(lint: Lint) -> None:
    """JUnit fails the bad matrix and the unread file; SARIF and GitHub are told each finding at its line."""
    result = lint(
        "bad.md", "good.csv", "nowhere.csv", "--report", "junit", "--report", "sarif", "--report", "github", "-o", "out"
    )
    assert result.code == 1
    root = ElementTree.parse(lint.folder / "out" / "report.junit.xml").getroot()
    assert root.attrib == {"tests": "3", "failures": "2", "errors": "0"}
    assert [one.get("name") for one in root.iter("testcase")] == ["bad.md, table 1", "good.csv, table 1", "nowhere.csv"]
    sarif = json.loads((lint.folder / "out" / "report.sarif").read_text(encoding="utf-8"))["runs"][0]
    lines = [
        (one["ruleId"], one["locations"][0]["physicalLocation"]["region"]["startLine"]) for one in sarif["results"]
    ]
    assert lines == [("no_accountable", 6), ("several_accountable", 7), ("unknown_letter", 8), ("input", 1)]
    assert all(rule["help"]["text"] for rule in sarif["tool"]["driver"]["rules"] if rule["id"] != "input")
    assert "::error file=bad.md,line=6,col=1,title=no_accountable::" in result.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name a file with a matrix"),
        (("bad.md", "--policy", "strikt"), "no policy and no file 'strikt' (did you mean strict?)"),
        (("bad.md", "--today", "tomorrow"), "--today tomorrow: is no date"),
        (("bad.md", "--report", "junit"), "a report is written to a folder"),
        (("bad.md", "-o", "out"), "-o is for --report"),
        (("bad.md", "--report", "github", "--format", "json"), "choose one"),
        (("bad.md", "--annotate", "out.xlsx"), "is for Excel workbooks (.xlsx), which bad.md is not"),
        (("a.xlsx", "b.xlsx", "--annotate", "out.xlsx"), "name one MATRIX"),
        (("a.xlsx", "--annotate", "out.docx"), "the copy must end in .xlsx"),
        (("a.xlsx", "--annotate", "./a.xlsx"), "would overwrite the original"),
        (("bad.md", "--sheet", "1", "--vocabulary", "roci"), "roci"),
    ],
)
def test_wrong_usage_is_one_clear_message(lint: Lint, arguments: tuple[str, ...], said: str) -> None:
    result = lint(*arguments)
    assert result.code == 2
    assert said in " ".join(result.err.split())


def test_a_policy_file_that_is_wrong_is_told_with_its_lines(lint: Lint) -> None:
    """Nothing is linted by a policy that is only half understood."""
    lint.write("house.yaml", "checks:\n  empty_rows: off\n")
    result = lint("bad.md", "--policy", "house.yaml")
    assert result.code == 1
    assert result.err == "house.yaml:2: checks.empty_rows: is no check (did you mean empty_row?)\n"


def test_all_shows_every_finding(lint: Lint) -> None:
    """Twenty rows without an A: eight are shown and the rest counted, unless all are asked for."""
    rows = "".join(f"Approve part {at},R,C\n" for at in range(20))
    lint.write("many.csv", f"Activity,Lead,Team\n{rows}")
    short, whole = lint("many.csv").out, lint("many.csv", "--all").out
    assert short.count("Approve part") == 8 and "and 12 more (--all shows them)" in short
    assert whole.count("Approve part") == 20 and "more (--all" not in whole


def test_checks_lists_all_of_them_under_the_policy(lint: Lint) -> None:
    result = lint("--checks", "--policy", "strict")
    assert result.code == 0
    assert "a_and_r_in_one_cell: forbidden" in result.out
    assert "too_many_responsible: warning (most 2)" in result.out
    assert "overloaded_role: warning (accountable_percent 60, working_percent 50, least 8)" in result.out


@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "md", "csv"])
def test_what_we_write_has_no_error(lint: Lint, form: str) -> None:
    """Each example's whole matrix in each format is read again and has no error, and no role without a letter.

    Rows have the names that the trade looks for, which are things (Hypercare) as often as activities.
    """
    names = sorted(EXAMPLES.glob("*.yaml"))
    assert len(names) > 10
    out = lint.folder / "out"
    done = lint.run("raci", *names, "--document", "raci", "--format", {"md": "markdown"}.get(form, form), "-o", out)
    assert done.code == 0, done.err
    files = sorted(out.iterdir())
    assert len(files) == len(names)
    said = json.loads(lint(*files, "--format", "json").out)
    assert said["totals"]["errors"] == 0 and said["totals"]["not_read"] == 0
    found = {finding["check"] for one in said["matrices"] for finding in one["findings"]}
    assert found <= {"no_activity", "too_many_responsible", "mostly_consulted", "overloaded_role", "only_informed"}


def test_a_copy_of_the_workbook_has_the_problems_as_comments(lint: Lint) -> None:
    """Each problem stands at its cell, the original stays byte for byte, a second copy is the same."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "RACI"
    for row in (
        ("Activity", "Lead", "Team", "Client"),
        ("Plan it", "A", "R", "C"),
        ("Build it", "R", "R", None),
        ("Send it", "A", "R", "Z"),
    ):
        sheet.append(row)
    book.save(lint.folder / "raci.xlsx")
    before = (lint.folder / "raci.xlsx").read_bytes()
    result = lint("raci.xlsx", "--annotate", "copy.xlsx")
    assert result.code == 1 and "wrote copy.xlsx" in result.err
    assert (lint.folder / "raci.xlsx").read_bytes() == before
    copied = openpyxl.load_workbook(lint.folder / "copy.xlsx")["RACI"]
    comments = {cell.coordinate: cell.comment.text for row in copied.iter_rows() for cell in row if cell.comment}
    assert set(comments) == {"A3", "D4"}
    assert comments["A3"].startswith("error: Nobody answers for it: no A; R: Lead and Team\nGive A to the one role")
    assert [[cell.value for cell in row] for row in copied.iter_rows()] == [
        [cell.value for cell in row] for row in sheet.iter_rows()
    ]
    again = (lint.folder / "copy.xlsx").read_bytes()
    lint("raci.xlsx", "--annotate", "copy.xlsx")
    assert (lint.folder / "copy.xlsx").read_bytes() == again

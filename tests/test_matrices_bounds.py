"""Small files that ask for much: what is expanded or repeated is counted, and the bound that is passed is named."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.matrices.budget import MOST_COLUMNS, Bound
from advisor.matrices.grid import letters_of

SECONDS, MEGABYTES = 8, 300  # of a processor that others use too; without them it is under two
HEAD = [["Task", "PM", "Dev"], ["Plan", "A", "R"], ["Build", "R", "A"]]
SHEET = "worksheets/sheet1.xml"
RUN = r"""
import re, resource, sys
from pathlib import Path
from advisor.errors import InputError
from advisor.matrices import read_matrices
try:
    said = str(len(read_matrices(Path(sys.argv[1]))))
except InputError as error:
    said = str(error)
used = resource.getrusage(resource.RUSAGE_SELF)
status = Path("/proc/self/status")  # of this process; ru_maxrss would count what its parent held when it was started
peak = re.search(r"VmHWM:\s+(\d+)", status.read_text())[1] if status.exists() else used.ru_maxrss
print(used.ru_utime + used.ru_stime, int(peak) / 1024, said)
"""


def outcome(path: Path) -> str:
    """What reading the file says, in a process of its own; its time and memory are held to the bounds."""
    done = subprocess.run([sys.executable, "-c", RUN, path], capture_output=True, text=True, check=True, timeout=100)
    seconds, megabytes, said = done.stdout.split(" ", 2)
    assert float(seconds) < SECONDS and float(megabytes) < MEGABYTES, done.stdout
    return said


def row(*texts: object) -> str:
    return "<row>" + "".join(f'<c t="str"><v>{text}</v></c>' for text in texts) + "</row>"


def sheet(rows: str = "", tail: str = "") -> str:
    return f"<worksheet><sheetData>{''.join(row(*one) for one in HEAD)}{rows}</sheetData>{tail}</worksheet>"


def times(tag: str, unit: str, count: int) -> str:
    return f"<{tag}>{unit * count}</{tag}>"


def archive(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as stream:
        for name, text in parts.items():
            stream.writestr(name, text)
    assert path.stat().st_size < 300_000
    return path


def relations(targets: dict[str, str]) -> str:
    each = (f'<Relationship Id="r{at}" Type="x/{kind.rstrip("0123456789")}" Target="{part}"/>'
            for at, (kind, part) in enumerate(targets.items()))  # fmt: skip
    return f"<Relationships>{''.join(each)}</Relationships>"


def workbook(folder: Path, text: str = "", sheets: int = 1, shared: str = "", styles: str = "") -> Path:
    """A workbook whose sheets all are one part."""
    targets = {f"worksheet{at}": SHEET for at in range(sheets)}
    listed = "".join(f'<sheet name="S{at}" id="r{at}"/>' for at in range(sheets))
    parts = {
        "[Content_Types].xml": "<Types></Types>",
        "_rels/.rels": relations({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f"<workbook><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations({**targets, "sharedStrings": "strings.xml", "styles": "styles.xml"}),
        f"xl/{SHEET}": text or sheet(),
    }
    extra = {"xl/strings.xml": f"<sst>{shared}</sst>", "xl/styles.xml": f"<styleSheet>{styles}</styleSheet>"}
    return archive(folder / "a.xlsx", parts | {name: said for name, said in extra.items() if len(said) > 30})


def document(folder: Path, body: str) -> Path:
    parts = {"_rels/.rels": relations({"officeDocument": "word/document.xml"}), "word/document.xml": f"<w>{body}</w>"}
    return archive(folder / "a.docx", parts)


def text(folder: Path, name: str, said: str) -> Path:
    (folder / name).write_text(said, encoding="utf-8")
    return folder / name


WHOLE = '<mergeCell ref="A1:XFD1048576"/>'
LONG = "<si><t>" + "long text " * 3_000 + "</t></si>"
CROSS = "<row><c r='{}{}' t='str'><v>x</v></c></row>"
TASKS, SOME = ("".join(row(f"Task {at}", "A", "R") for at in range(count)) for count in (1_000, 100))

XLSX: dict[str, tuple[Bound, Callable[[Path], Path]]] = {
    "one part as 400 sheets of empty rows": (
        Bound.PIECES,
        lambda folder: workbook(folder, sheet("<row/>" * 300_000), sheets=400),
    ),
    "one part as 400 sheets of text": (Bound.FILLED, lambda folder: workbook(folder, sheet(TASKS), sheets=400)),
    "more sheets than anybody has": (Bound.TABLES, lambda folder: workbook(folder, sheet(), sheets=600)),
    "one part of blanks as 400 sheets": (
        Bound.UNPACKED,
        lambda folder: workbook(folder, sheet(tail=" " * 5_000_000), sheets=400),
    ),
    "empty rows": (Bound.PIECES, lambda folder: workbook(folder, sheet("<row/>" * 7_000_000))),
    "cells without text": (Bound.PIECES, lambda folder: workbook(folder, sheet(times("row", "<c/>", 3_000_000)))),
    "like rows": (Bound.FILLED, lambda folder: workbook(folder, sheet(row("Do it", "A", "R") * 100_000))),
    "a wide table with few texts": (
        Bound.CELLS,
        lambda folder: workbook(folder, sheet(row(*["A"] * 1_900) + row("x") * 300)),
    ),
    "a cross of texts": (
        Bound.CELLS,
        lambda folder: workbook(folder, sheet("".join(CROSS.format(letters_of(at), at) for at in range(4, 1_000)))),
    ),
    "one merged range again and again": (
        Bound.CELLS,
        lambda folder: workbook(folder, sheet(TASKS, f"<mergeCells>{WHOLE * 2_000}</mergeCells>")),
    ),
    "merged ranges of no cells": (
        Bound.MERGED,
        lambda folder: workbook(folder, sheet("", times("mergeCells", "<mergeCell ref='Z9:Z99'/>", 300_000))),
    ),
    "merged ranges of several sheets": (
        Bound.CELLS,
        lambda folder: workbook(folder, sheet(SOME, f"<mergeCells>{WHOLE * 200}</mergeCells>"), sheets=30),
    ),
    "a long shared text in each cell": (
        Bound.CHARACTERS,
        lambda folder: workbook(folder, sheet(times("row", "<c t='s'><v>0</v></c>", 1_500)), shared=LONG),
    ),
    "a long text over many merged cells": (
        Bound.CHARACTERS,
        lambda folder: workbook(folder, sheet(row("long text " * 2_000) + TASKS, '<mergeCell ref="A4:C999"/>')),
    ),
    "shared texts that nobody uses": (Bound.PIECES, lambda folder: workbook(folder, shared="<si/>" * 9_000_000)),
    "shared texts of much": (
        Bound.UNPACKED,
        lambda folder: workbook(folder, shared=times("t", "x", 60_000_000)),
    ),
    "fonts": (
        Bound.PIECES,
        lambda folder: workbook(folder, styles=times("fonts", "<font><b/></font>", 2_900_000)),
    ),
    "cell styles": (
        Bound.PIECES,
        lambda folder: workbook(folder, styles=times("cellXfs", "<xf fontId='1'/>", 3_000_000)),
    ),
}


@pytest.mark.parametrize("name", XLSX)
def test_workbooks(name: str, tmp_path: Path) -> None:
    """A workbook of a few thousand bytes is refused by what it comes to."""
    bound, made = XLSX[name]
    most, what = bound.value
    assert f"a.xlsx: has more than {most:,} {what}" in outcome(made(tmp_path))


@pytest.mark.parametrize(
    "tail",
    [
        ("<col min='1' max='16384' hidden='1'/>", 60_000, "<cols>", "</cols>"),
        ("x", 30_000_000, "<a b='", "'/>"),
        ("x", 30_000_000, "<!--", "-->"),
    ],
    ids=["hidden columns", "an attribute as long as a book", "a comment as long as a book"],
)
def test_what_is_passed_over_costs_little(tail: tuple[str, int, str, str], tmp_path: Path) -> None:
    """Neither runs of columns nor long tags take time with the square of their number or length."""
    unit, count, before, after = tail
    said = outcome(workbook(tmp_path, sheet(tail=f"{before}{unit * count}{after}")))
    assert said.startswith("1") or "tag or comment of more than" in said or "holds no matrix" in said


CELL = "<tc><p><r><t>{}</t></r></p></tc>"
DOCX = {
    "tables": (Bound.TABLES, "<tbl/>", 5_000_000),
    "tables in a cell": (Bound.TABLES, "<tbl><tr><tc><tbl/><tbl/><tbl/></tc></tr></tbl>", 1_000),
    "rows": (Bound.PIECES, "<tr><tc/></tr>", 2_000_000),
    "wide cells": (Bound.MERGED, "<tr><tc><gridSpan val='9999'/></tc></tr>", 300_000),
    "tall cells": (Bound.MERGED, "<tr><tc><vMerge val='restart'/></tc></tr>", 300_000),
    "text in cells": (Bound.CHARACTERS, f"<tr>{CELL.format('x' * 90_000)}</tr>", 100),
    "headings": (Bound.CHARACTERS, f"<p><pStyle val='Heading1'/><r><t>{'x' * 90_000}</t></r></p>", 100),
    "like rows": (Bound.FILLED, f"<tr>{CELL.format('Do')}{CELL.format('A')}</tr>", 60_000),
}


@pytest.mark.parametrize("name", DOCX)
def test_documents(name: str, tmp_path: Path) -> None:
    """So is a Word document."""
    bound, unit, count = DOCX[name]
    body = unit * count if unit.startswith(("<tbl", "<p")) else times("tbl", unit, count)
    most, what = bound.value
    assert f"a.docx: has more than {most:,} {what}" in outcome(document(tmp_path, body))


TEXTS = {
    "tables of a page": (Bound.TABLES, "a.html", "<html>" + "<table></table>" * 100_000),
    "cells of a page": (Bound.TAGS, "a.html", "<table><tr>" + "<td>" * 1_200_000),
    "tags of a page": (Bound.TAGS, "a.html", "<table><tr><td>" + "<b>" * 1_600_000),
    "cells over rows": (Bound.CELLS, "a.html", "<table>" + ("<tr>" + "<td rowspan=9 colspan=2000>x" * 9) * 2_000),
    "cells over columns": (Bound.MERGED, "a.html", "<table>" + ("<tr>" + "<td colspan=2>" * 20) * 10_000),
    "tables of a page in Markdown": (Bound.TABLES, "a.md", "| a | b |\n" + "<table></table>" * 100_000),
    "rows of a CSV": (Bound.FILLED, "a.csv", "Task,PM,Dev\n" + "Plan,A,R\n" * 100_000),
    "a cross in a CSV": (Bound.CELLS, "a.csv", "\n".join("," * at + "x" for at in range(1_000))),
    "tables of a Markdown file": (Bound.TABLES, "a.md", "| a | b |\n|---|---|\n| c | d |\n\n" * 20_000),
    "rows of a Markdown file": (Bound.FILLED, "a.md", "| Task | PM |\n|---|---|\n" + "| Plan | A |\n" * 90_000),
    "names in cells": (
        Bound.CELLS,
        "a.csv",
        "Task,Responsible,Accountable\n" + "".join(f"Do {at},Name {at % 400},Boss\n" for at in range(9_000)),
    ),
    "roles in rows of ticks": (
        Bound.CELLS,
        "a.csv",
        "Task,Role,R,A,C\n" + "".join(f"Do {at},Role {at % 400},x,,\n" for at in range(9_000)),
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str, tmp_path: Path) -> None:
    """So are pages, CSV and Markdown."""
    bound, file, said = TEXTS[name]
    most, what = bound.value
    assert f"{file}: has more than {most:,} {what}" in outcome(text(tmp_path, file, said))


MARKDOWN = "| Task | PM | Dev |\n|---|---|---|\n| Plan | A | R |\n| Build | R | A |\n\n"
PATTERNS = {
    "stars behind a letter": ("a.csv", f"Task,PM,Dev\nPlan,A,R\nBuild,R{'*' * 60}x,A\n"),
    "daggers behind a letter": ("a.csv", f"Task,PM,Dev\nPlan,A,R\nBuild,A{'†¹' * 60}x,R\n"),
    "blanks in a heading": ("a.md", f"# x{' ' * 300_000}y\n{MARKDOWN}"),
    "signs in a heading": ("a.md", f"# x{' #' * 150_000}y\n{MARKDOWN}"),
    "stars in a heading": ("a.md", f"**x{'** ' * 6_000}y\n" * 20 + MARKDOWN),
    "blanks under a heading": ("a.md", f"| a | b |\n{' ' * 19_000}x-|\n" * 50 + MARKDOWN),
    "dashes in a row without letters": ("a.csv", "Task,PM,Dev\nPlan,A,R\n" + f"x{'-' * 19_000}x,,\n" * 50 + "Do,R,A\n"),
    "dots in a row without letters": ("a.csv", "Task,PM,Dev\nPlan,A,R\n" + f"x{'.:' * 9_000}x,,\n" * 50 + "Do,R,A\n"),
    "tables that are none in Markdown": ("a.md", MARKDOWN + "<table" * 300_000),
    "many pages of Markdown": ("a.md", MARKDOWN + "text <table\n" * 200_000),
    "empty lines": ("a.csv", "Task,PM,Dev\nPlan,A,R\nBuild,R,A\n" + "\n" * 4_000_000),
    "commas": ("a.csv", f"Task,PM,Dev{',' * 4_000_000}\nPlan,A,R\nBuild,R,A\n"),
}


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns(name: str, tmp_path: Path) -> None:
    """What no bound counts is read in time: no pattern goes over the same text again and again."""
    assert outcome(text(tmp_path, *PATTERNS[name])).strip() == "1"


def test_columns(tmp_path: Path) -> None:
    """A table has as many columns as two years have days, and no more."""
    wide = text(tmp_path, "a.csv", "Task" + ",PM" * 3_000 + "\nPlan" + ",A" * 10 + "\n")
    assert f"has more than {MOST_COLUMNS:,} columns" in outcome(wide)


def test_a_sheet_that_is_asked_for_is_counted_alone(tmp_path: Path) -> None:
    """What other sheets hold does not matter to one that is read by its name."""
    from advisor.matrices import Hints, read_matrices

    path = workbook(tmp_path, sheet(TASKS), sheets=400)
    assert len(read_matrices(path, Hints(sheet="S7"))[0].rows) == 1_002

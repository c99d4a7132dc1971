"""Makes the workbooks and Word documents of `tests/matrices`: run `python -m tools.matrices`, and commit what it makes.

What they hold is written down beside them by hand, not by this script.
"""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent.parent / "tests" / "matrices"
WHEN = datetime.datetime(2026, 1, 1)
BOLD = Font(bold=True)
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def main() -> None:
    """Write every file anew."""
    for make in WORKBOOKS:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        make(book)
        book.properties.created = book.properties.modified = WHEN
        _save(book.save, make.__name__, "xlsx")
    _rich(HERE / "rich.xlsx")
    for make_document in DOCUMENTS:
        document = docx.Document()
        make_document(document)
        document.core_properties.created = document.core_properties.modified = WHEN
        _save(document.save, make_document.__name__, "docx")


def _save(save: Callable[[str], Any], name: str, suffix: str) -> None:
    """Save under the function's name, with the same bytes each time."""
    path = HERE / f"{name.strip('_').replace('_', '-')}.{suffix}"
    save(str(path))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, _TIME.sub(b"2026-01-01T00:00:00Z", data) if name == "docProps/core.xml" else data)


def _fill(sheet: Worksheet, rows: Iterable[Sequence[Any]], at: int = 1, left: int = 1) -> None:
    for row, cells in enumerate(rows, start=at):
        for column, cell in enumerate(cells, start=left):
            if cell is not None:
                sheet.cell(row, column, cell)


def merged_phases(book: openpyxl.Workbook) -> None:
    """Titles, and phases in rows merged over all columns; two lines of headings, groups merged."""
    sheet = book.create_sheet("RACI")
    _fill(
        sheet,
        [
            ["Responsibility matrix: warehouse system"],
            ["Draft, not approved"],
            [],
            ["Activity", "Client", None, "Us", None, None],
            [None, "Sponsor", "Warehouse lead", "PM", "Consultant", "Developers"],
            ["1 Preparation"],
            ["Sign the contract", "A", "C", "R", None, None],
            ["Name the key users", "I", "A/R", "C", None, None],
            ["2 Build"],
            ["Map the processes", None, "R", "A", "R", "C"],
            ["Build the interfaces", None, "C", "A", "C", "R"],
            ["3 Go-live"],
            ["Load the stock", "I", "R", "A", "C", "R"],
            ["Decide to go live", "A", "C", "R", "C", "C"],
        ],
    )
    for area in ("A1:F1", "A2:F2", "A4:A5", "B4:C4", "D4:F4", "A6:F6", "A9:F9", "A12:F12"):
        sheet.merge_cells(area)


def merged_column(book: openpyxl.Workbook) -> None:
    """A column of phases merged downwards, numbers, a letter merged over two activities, one over two roles."""
    sheet = book.create_sheet("Matrix")
    _fill(
        sheet,
        [
            ["No.", "Phase", "Task", "Owner", "Pilot site", "IT"],
            [1.1, "Try", "Choose the pilot", "A", "C", "I"],
            [1.2, None, "Run the pilot", "A", "R", None],
            [1.3, None, "Judge the pilot", "A", "R", "C"],
            [2.1, "Spread", "Plan the waves", "A/R", "C", None],
            [2.2, None, "Roll out the waves", "A", None, "R"],
        ],
        at=2,
        left=2,
    )
    for area in ("C3:C5", "C6:C7", "G4:G4", "F6:G6"):
        if area.split(":")[0] != area.split(":")[1]:
            sheet.merge_cells(area)
    sheet["G3"] = "I"
    sheet.merge_cells("G3:G4")


def hidden(book: openpyxl.Workbook) -> None:
    """A hidden sheet, a hidden row and column, formulas that nobody has calculated."""
    sheet = book.create_sheet("Now")
    _fill(
        sheet,
        [
            ["Activity", "Editor", "Old role", "Author", "Printer", "OK?"],
            ["Choose the topic", "A", "R", "R", None, '=IF(COUNTIF(B2:E2,"A")=1,"OK","")'],
            ["Dropped step", "A", "A", "A", "A", None],
            ["Write the text", "A", "C", "R", "I", '=IF(COUNTIF(B4:E4,"A")=1,"OK","")'],
            ["Print it", "C", "A", "I", "A/R", '=IF(COUNTIF(B5:E5,"A")=1,"OK","")'],
        ],
    )
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    old = book.create_sheet("Last year")
    _fill(old, [["Activity", "Editor", "Author"], ["Choose the topic", "R", "A"], ["Write", "A", "R"]])
    old.sheet_state = "hidden"


def two_sheets(book: openpyxl.Workbook) -> None:
    """A cover, a legend, a matrix on each of two sheets."""
    cover = book.create_sheet("Cover")
    _fill(cover, [["Project Heron"], ["Author", "PMO"], ["Version", 2.0], ["Status", "A"]])
    _fill(
        book.create_sheet("Legend"),
        [["Letter", "Meaning"], ["R", "Responsible"], ["A", "Accountable"], ["C", "Consulted"], ["I", "Informed"]],
    )
    project = [
        ["Task", "PM", "Lead", "Tester"],
        ["Plan", "A/R", "C", "C"],
        ["Build", "A", "R", "I"],
        ["Test", "A", "C", "R"],
    ]
    _fill(book.create_sheet("Project"), project)
    service = [["Task", "Service manager", "Agent"], ["Answer tickets", "A", "R"], ["Report on levels", "A/R", "I"]]
    _fill(book.create_sheet("Service"), service, at=4, left=3)


def stacked(book: openpyxl.Workbook) -> None:
    """Two matrices under each other on one sheet, the first with its heading again; a legend at the right."""
    sheet = book.create_sheet("All")
    head = ["Phase 1: Move out", "Tenant", "Landlord", "Agent"]
    _fill(
        sheet,
        [
            head,
            ["Give notice", "A/R", "I", "C"],
            ["Clean the rooms", "A/R", None, None],
            ["Phase 2: Hand over", *head[1:]],
            ["Inspect the rooms", "C", "A", "R"],
            ["Return the deposit", "I", "A/R", "C"],
            [],
            ["Activity", "Buyer", "Seller", "Notary", "Bank"],
            ["Draft the deed", "C", "C", "A/R", "I"],
            ["Pay the price", "A", "I", "C", "R"],
        ],
    )
    _fill(
        sheet, [["Step", "Buyer", "Seller"], ["Hand over the keys", "C", "A/R"], ["Read the meters", "A", "R"]], at=12
    )
    _fill(sheet, [["R", "Responsible"], ["A", "Accountable"], ["C", "Consulted"], ["I", "Informed"]], at=2, left=8)


def people_only(book: openpyxl.Workbook) -> None:
    """A line of names under the roles, bold phases that are not merged, activities that nobody has."""
    sheet = book.create_sheet("Kanzlei")
    _fill(
        sheet,
        [
            ["Activity", "Partner", "Associate", "Clerk", "Client"],
            ["Name", "Ines Vogt", "Jan de Boer", "tbd", "Acme AG"],
            ["Opening"],
            ["Check for conflicts", "A", "R", "R", None],
            ["Agree the fee", "A/R", None, None, "C"],
            ["File the papers"],
            ["Hearing"],
            ["Prepare the brief", "A", "R", "C", "I"],
            ["Appear in court", "A/R", "R", None, "I"],
        ],
    )
    for cell in ("A1", "A3", "A7"):
        sheet[cell].font = BOLD
        sheet[cell].fill = PatternFill("solid", fgColor="DDDDDD")


def turned(book: openpyxl.Workbook) -> None:
    """Roles in rows, activities in columns under phases that are merged."""
    sheet = book.create_sheet("By role")
    _fill(
        sheet,
        [
            [None, None, "Prepare", None, "Hold", None, None],
            [
                "Team",
                "Role",
                "Book the venue",
                "Invite the speakers",
                "Open the doors",
                "Chair the sessions",
                "Send the bill",
            ],
            ["Committee", "Chairperson", "A", "A/R", "I", "A", "I"],
            [None, "Treasurer", "C", None, None, None, "A/R"],
            ["Venue", "House manager", "R", None, "A/R", "I", "C"],
            [None, "Session lead", None, "C", "C", "R", None],
        ],
    )
    for area in ("C1:D1", "E1:G1", "A3:A4", "A5:A6"):
        sheet.merge_cells(area)


def dropdowns(book: openpyxl.Workbook) -> None:
    """Cells as a list offers them, with their meaning; small letters; true and false are no letters."""
    sheet = book.create_sheet("Tasks")
    _fill(
        sheet,
        [
            ["Task", "Done", "Nurse", "Doctor", "Pharmacy", "Ward clerk"],
            ["Admit the patient", True, "R - Responsible", "A - Accountable", "I - Informed", "R - Responsible"],
            ["Prescribe", False, "C - Consulted", "A/R", "C - Consulted", None],
            ["Give the medicine", False, "r", "a", "c", "i"],
            ["Discharge", True, "c", "A - Accountable", "Informed", "responsible"],
        ],
    )


def letters_name_roles(book: openpyxl.Workbook) -> None:
    """Columns for Responsible and the like under a heading of two lines, names in their cells, rows without any."""
    sheet = book.create_sheet("Processes")
    _fill(
        sheet,
        [
            ["Process", "Who", None, None, None],
            [None, "Responsible", "Accountable", "Consulted", "Informed"],
            ["Purchasing"],
            ["Order goods", "Buyer", "Head of Purchasing", "Requester", "Stores"],
            ["Approve invoices", "Buyer; Requester", "Head of Purchasing", None, "Finance"],
            ["Stores"],
            ["Receive goods", "Stores", "Stores", "Buyer", None],
            ["Count the stock", "Stores", None, None, "Finance, Buyer"],
        ],
    )
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:E1")
    sheet.merge_cells("A3:E3")
    sheet.merge_cells("A6:E6")


def _rich(path: Path) -> None:
    """Letters with a raised footnote, a heading in two fonts, a formula with its value, texts inside the cells."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": WHEN})
    sheet = book.add_worksheet("Rich")
    raised, bold = book.add_format({"font_script": 1}), book.add_format({"bold": True})
    sheet.write_row(0, 0, ["Activity", "Producer", "Director", "Crew", "Count"])
    sheet.write_rich_string(0, 1, bold, "Pro", "ducer")
    rows = [["Raise the money", "A", "C", ""], ["Shoot the film", "A", "R", "R"], ["Cut the film", "I", "A", "C"]]
    for at, row in enumerate(rows, start=1):
        sheet.write_row(at, 0, row)
        sheet.write_formula(at, 4, f'=COUNTIF(B{at + 1}:D{at + 1},"A")', None, 1)
    sheet.write_rich_string(2, 2, "R", raised, "2")
    sheet.write_formula(3, 1, '=UPPER("i")', None, "I")
    sheet.write(4, 0, "2 Second unit included")
    book.close()


def word_plain(document: Any) -> None:
    """A table with phases merged over the row, in a document with another table."""
    document.add_heading("Charter", 1)
    _word_table(document, [["Project", "Kiosk"], ["Sponsor", "A. Lind"]])
    document.add_heading("Who does what", 2)
    table = _word_table(
        document,
        [
            ["Deliverable", "Project manager (Åsa Berg)", "Sponsor", "Fitters"],
            ["Plan", "", "", ""],
            ["Site survey", "A", "I", "R"],
            ["Permit", "A/R", "C", "-"],
            ["Fit", "", "", ""],
            ["Kiosk in place", "A", "I", "R"],
            ["Signed handover", "R", "A", "C"],
        ],
    )
    for row in (1, 4):
        table.cell(row, 0).merge(table.cell(row, 3))


def word_merged(document: Any) -> None:
    """Phases merged downwards, groups over the roles, footnotes raised, a note in the last row."""
    table = _word_table(
        document,
        [
            ["Phase", "Step", "School", "", "City", ""],
            ["", "", "Head", "Teachers", "Planner", "Builder"],
            ["Before", "Ask the parents", "A", "R", "I", ""],
            ["", "Draw the plans", "C", "C", "A/R", "C"],
            ["During", "Build the hall", "I", "I", "A", "R"],
            ["", "Inspect the hall", "C", "", "A", "R"],
            ["Note: the city pays", "", "", "", "", ""],
        ],
    )
    for first, last in (
        ((0, 0), (1, 0)),
        ((0, 1), (1, 1)),
        ((0, 2), (0, 3)),
        ((0, 4), (0, 5)),
        ((2, 0), (3, 0)),
        ((4, 0), (5, 0)),
        ((6, 0), (6, 5)),
    ):
        table.cell(*first).merge(table.cell(*last))
    run = table.cell(3, 5).paragraphs[0].add_run("1")
    run.font.superscript = True


def word_tracked(document: Any) -> None:
    """Letters that a reviewer struck and put in, and a table inside a cell of a table for the layout."""
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "Logo"
    inner = outer.cell(0, 1).add_table(4, 4)
    rows = [
        ["Task", "Chef", "Waiter", "Guest"],
        ["Write the menu", "A/R", "C", ""],
        ["Take orders", "I", "A/R", "C"],
        ["Cook", "A", "I", ""],
    ]
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            inner.cell(at, column).text = text
    _tracked(inner.cell(3, 1), "w:ins", "/R")
    _tracked(inner.cell(3, 2), "w:del", "R")


def word_letters(document: Any) -> None:
    """Names of roles in columns for the letters, several in a cell by lines of their own."""
    _word_table(
        document,
        [
            ["Activity", "R", "A", "C", "I"],
            ["Take samples", "Field team", "Lab manager", "", "Client"],
            ["Analyse samples", "Analyst\nTechnician", "Lab manager", "Field team", ""],
            ["Release the report", "Analyst", "Quality lead", "Lab manager", "Client\nField team"],
        ],
    )


def _word_table(document: Any, rows: Sequence[Sequence[str]]) -> Any:
    table = document.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    return table


def _tracked(cell: Any, kind: str, text: str) -> None:
    change, run = OxmlElement(kind), OxmlElement("w:r")
    written = OxmlElement("w:t" if kind == "w:ins" else "w:delText")
    written.text = text
    for name, value in (("w:id", "1"), ("w:author", "Reviewer")):
        change.set(qn(name), value)
    run.append(written)
    change.append(run)
    cell.paragraphs[0]._p.append(change)


WORKBOOKS = (
    merged_phases,
    merged_column,
    hidden,
    two_sheets,
    stacked,
    people_only,
    turned,
    dropdowns,
    letters_name_roles,
)
DOCUMENTS = (word_plain, word_merged, word_tracked, word_letters)

if __name__ == "__main__":
    main()

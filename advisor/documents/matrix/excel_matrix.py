"""The sheet with the matrix: letters to choose from, a check beside every row, and all that belongs below a matrix."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from advisor.documents.shared.edition import Edition, Logo
from advisor.documents.shared.excel_sheet import Sheet, room
from advisor.documents.shared.view import View, letter_for
from advisor.documents.shared.words import clean
from advisor.errors import OutputError

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

PHASE, ACTIVITY, FIRST_ROLE = 0, 1, 2
LOGO_WIDE, LOGO_HIGH = 240, 56  # pixels of 96 to the inch
FROZEN = 360.0  # points; a higher head would leave a laptop no room for the rows, so it scrolls with them
_STYLES = {"A": "is_a", "A/R": "is_a", "R": "is_r", "S": "is_s", "C": "is_c", "I": "is_i"}


def write_matrix(
    worksheet: Worksheet, formats: Mapping[str, Format], view: View, edition: Edition, by_name: bool = False
) -> None:
    """Fill the sheet; `by_name` heads the columns by who holds the roles, without a row of names below."""
    roles = len(view.columns)
    widths = (15.0, 50.0, *(16.0 for _ in view.columns), 14.0)
    sheet = Sheet(worksheet, formats, widths, view)
    if edition.logo is not None:
        _logo(sheet, edition.logo)
    sheet.title("Responsibility matrix")
    sheet.text(f"{view.title}. {view.status_line}", 0)
    sheet.text(view.context, 0)
    sheet.text(view.before_signing, 0)
    sheet.text("  ".join(f"{pair.label} = {pair.text}" for pair in view.legend), 0)
    overall = sheet.at
    sheet.skip(room("", 1))
    sheet.skip(8)
    top = sheet.at
    head = _table(sheet, view, by_name)
    first = top + (1 if by_name else 2)
    last = sheet.at - 1
    _overall(sheet, overall, first, last, FIRST_ROLE + roles, view)
    worksheet.freeze_panes(first if head <= FROZEN else 0, FIRST_ROLE)
    worksheet.repeat_rows(top, first - 1)
    worksheet.autofilter(first - 1, 0, last, len(widths) - 1)
    worksheet.outline_settings(True, False, False, False)
    _below(sheet, view)
    sheet.finish()


def _table(sheet: Sheet, view: View, by_name: bool) -> float:
    """Write the table; how far down its head reaches, in points."""
    letters = [line.label for line in view.legend]
    roles = len(view.columns)
    check = FIRST_ROLE + roles
    names = (f"{one.head}\n{one.under}".strip() if by_name else one.name for one in view.columns)
    heads = ("Phase", "Activity", *names, "Check")
    sheet.row(heads, ("head", "head", *("head_role",) * roles, "head_role"))
    if not by_name:
        people = ("", "Held by", *(column.person for column in view.columns), "")
        sheet.row(people, ("held", "held", *("person",) * (len(people) - 2)))
    first, head = sheet.at, sheet.down
    for phase in view.phases:
        sheet.row((phase.name, *("",) * (len(heads) - 1)), ("phase",) * len(heads))
        for row in phase.rows:
            texts = (phase.name, row.name, *(cell.letters for cell in row.cells), "")
            sheet.row(texts, ("of_phase", "activity", *("letter",) * roles, "check"), level=1)
            for at, cell in enumerate(row.cells):
                if cell.agreed:
                    note = f"{cell.agreed}, other than by the rules."
                    sheet.sheet.write_comment(sheet.at - 1, FIRST_ROLE + at, note, {"font_size": 9})
            if row.whys:
                why = clean(" ".join(one.says for one in row.whys))
                size = {"x_scale": 2.6, "y_scale": 2.2, "font_size": 9}
                sheet.sheet.write_comment(sheet.at - 1, ACTIVITY, why, size)
            formula = _check(sheet.at, FIRST_ROLE, check - 1, view)
            sheet.sheet.write_formula(sheet.at - 1, check, formula, sheet.formats["check"], "OK")
    last = sheet.at - 1
    sheet.sheet.data_validation(
        first,
        FIRST_ROLE,
        last,
        check - 1,
        {
            "validate": "list",
            "source": letters,
            "error_title": "No such letter",
            "error_message": f"Choose one of {', '.join(letters)}, or leave the cell empty.",
        },
    )
    for line in view.legend:
        sheet.sheet.conditional_format(
            first,
            FIRST_ROLE,
            last,
            check - 1,
            {"type": "cell", "criteria": "==", "value": f'"{line.label}"', "format": sheet.formats[_STYLES[line.kind]]},
        )
    beside = f"{_cell(first + 1, check)}"
    for criteria, style in ((f'={beside}="OK"', "right"), (f'=AND({beside}<>"",{beside}<>"OK")', "wrong")):
        rule = {"type": "formula", "criteria": criteria, "format": sheet.formats[style]}
        sheet.sheet.conditional_format(first, check, last, check, rule)
    return head


def _check(row: int, first: int, last: int, view: View) -> str:
    """The formula beside a row (from 1): exactly one A, at least one R, and no letter that there is not.

    That is, one of the letters that stand for these; where each row has one lead, exactly one R. EXACT, since to
    COUNTIF `a` is an A, and the whole text, since `A/R` holds an A of its own.
    """
    cells = f"{_cell(row, first)}:{_cell(row, last)}"

    def count(kind: str = "") -> str:
        wanted = (line.label for line in view.legend if kind in line.kind)
        return "+".join(f'SUMPRODUCT(--EXACT({cells},"{letter}"))' for letter in wanted)

    a, r, answers, works = letter_for(view, "A"), letter_for(view, "R"), count("A"), count("R")
    unknown = f'SUMPRODUCT(--({cells}<>""))-({count()})'
    well = f'IF({works}>1,({works})&" {r}s","OK")' if view.one_lead else '"OK"'
    return (
        f'=IF({unknown}>0,"Unknown letter",IF({answers}=0,"No {a}",'
        f'IF({answers}>1,({answers})&" {a}s",IF({works}=0,"No {r}",{well}))))'
    )


def _overall(sheet: Sheet, row: int, first: int, last: int, column: int, view: View) -> None:
    """Above the table, whether any of its rows is wrong."""
    least = "exactly" if view.one_lead else "at least"
    told = f"Check: every row has exactly one {letter_for(view, 'A')} and {least} one {letter_for(view, 'R')}"
    checks = f"{_cell(first + 1, column)}:{_cell(last + 1, column)}"
    # phase rows have an empty check, which counts as text of no length
    wrong = f'SUMPRODUCT(--({checks}<>""))-COUNTIF({checks},"OK")'
    formula = f'=IF({wrong}=0,"{told}","Check: rows to mend: "&({wrong}))'
    sheet.sheet.merge_range(row, 0, row, column, "", sheet.formats["plain"])
    sheet.sheet.write_formula(row, 0, formula, sheet.formats["plain"], told)
    for criteria, style in (
        (f'=LEFT({_cell(row + 1, 0, "$")},19)="Check: rows to mend"', "wrong"),
        (f'=LEFT({_cell(row + 1, 0, "$")},19)<>"Check: rows to mend"', "right"),
    ):
        rule = {"type": "formula", "criteria": criteria, "format": sheet.formats[style]}
        sheet.sheet.conditional_format(row, 0, row, column, rule)


def _below(sheet: Sheet, view: View) -> None:
    columns = len(sheet.widths)
    if view.agreed:
        sheet.heading("Set by agreement", columns)
        for line in view.agreed:
            sheet.text(line, 0)
    if view.without_column:
        sheet.skip()
        sheet.text(f"Named, but without a column here: {', '.join(view.without_column)}.", 0)
    if view.left_out:
        sheet.heading("Rows left out", columns)
        for out in view.left_out:
            sheet.text(f"{out.reason} Left out: {'; '.join(out.names)}.", 0)
    sheet.questions(0)
    sheet.heading("Agreed by", columns)
    _signed(sheet, ("Role", "Name", "Signature", "Date"), "head")
    for holder in view.signatories:
        _signed(sheet, (holder.roles, holder.person if holder.named else "", "", ""), "sign", 30)
    sheet.skip()
    sheet.text(f"Rulebook {view.version}, digest {view.digest}.", 0)


def _signed(sheet: Sheet, texts: tuple[str, str, str, str], style: str, least: float = 0) -> None:
    """A line of the sign-off block: the role under the activities, name and signature each over two columns."""
    role, name, signature, date = texts
    high = max(least, room(role, sheet.widths[ACTIVITY]), room(name, 2 * sheet.widths[FIRST_ROLE]))
    sheet.row(("", role, "", "", "", "", date), ("plain", *(style,) * 6), least=high)
    sheet.merged(2, 3, name, style)
    sheet.merged(4, 5, signature, style)


def _logo(sheet: Sheet, logo: Logo) -> None:
    """The picture in a row of its own above the title, which may be as long as the sheet is wide."""
    from xlsxwriter.image import Image

    try:
        image = Image(io.BytesIO(logo.data))
    except Exception as error:  # it looks at more of the file than we did, and says so in ways of its own
        raise OutputError(f"the logo cannot stand in a workbook ({error}); save it again as PNG or JPEG") from None
    wide, high = logo.within(LOGO_WIDE, LOGO_HIGH)
    scale = {"x_scale": wide / (image.width * 96 / image.x_dpi), "y_scale": high / (image.height * 96 / image.y_dpi)}
    sheet.sheet.insert_image(sheet.at, 0, image, {**scale, "description": "Logo"})
    sheet.skip(0.75 * LOGO_HIGH + 6)  # a pixel of 96 to the inch is 3/4 of a point


def _cell(row: int, column: int, fixed: str = "") -> str:
    """A cell's name as formulas use it; the row counts from 1."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return f"{fixed}{name}{fixed}{row}"

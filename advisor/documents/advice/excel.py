"""The matrix as an Excel workbook that checks itself when somebody edits it, with split and evidence beside it."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING

from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.in_excel import write_brief
from advisor.documents.matrix.excel_matrix import write_matrix
from advisor.documents.shared.edition import Edition
from advisor.documents.shared.excel_sheet import Sheet, formats_of
from advisor.documents.shared.view import View, Why
from advisor.errors import MissingExtra
from advisor.model.advice import Advice

if TYPE_CHECKING:
    import xlsxwriter

# Excel must have a time of creation; the same one always, so that the same advice gives the same file.
CREATED = datetime.datetime(2000, 1, 1)


def write(advice: Advice, edition: Edition) -> bytes:
    """The workbook: the advice where it is asked for, the matrix, the split, and for the firm itself the evidence."""
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtra("An Excel workbook", "XlsxWriter", "office") from None

    view = view_of(advice, edition)
    stream = io.BytesIO()
    # What people typed stays text: never a formula, an address to click or a number.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": view.heading[:250], "company": view.client[:250], "created": CREATED})
    book.set_size(2400, 1600)
    formats = formats_of(book)
    if edition.document == "brief":
        write_brief(book, formats, advice, view, edition)
        book.close()
        return stream.getvalue()
    if edition.document in ("advice", "both"):
        _advice(Sheet(_named(book, "Advice"), formats, (3, 90, 22), view), view)
    write_matrix(_named(book, view.letters_name), formats, view, edition)
    if view.overall:
        _split(book, Sheet(_named(book, "Split"), formats, (26, 30, *(18 for _ in view.overall)), view), view)
    if not view.for_client:
        _evidence(Sheet(_named(book, "Evidence"), formats, (18, 8, 54, 54, 14), view), view)
    book.close()
    return stream.getvalue()


def _named(book: xlsxwriter.Workbook, name: str) -> xlsxwriter.worksheet.Worksheet:
    return book.add_worksheet(name)


def _advice(sheet: Sheet, view: View) -> None:
    sheet.title("Advice on roles")
    sheet.heading(f"Recommendation: {view.title}", 3)
    said = (view.context, view.status_line, view.summary, *view.staffing_lines)
    watch = f"Watch: {view.watch}" if view.watch else ""
    names = f"Role names: {view.role_sense}" if view.role_sense else ""
    for text in (*said, watch, names):
        if text:
            sheet.row(("", text), ("plain", "plain"))
    _whys(sheet, "Why", view.reasons)
    if view.findings:
        sheet.heading("What the answers add up to", 3)
        for pair in view.findings:
            sheet.row(("", pair.label, pair.text), ("text", "text", "strong"))
    _whys(sheet, "Guardrails", view.guardrails)
    for profile in view.profiles:
        person = f": {profile.person}" if profile.person else ""
        _whys(sheet, f"What to look for, {profile.role}{person}", profile.items)
    sheet.questions(1)
    sheet.finish(portrait=True)


def _whys(sheet: Sheet, heading: str, whys: tuple[Why, ...]) -> None:
    if whys:
        sheet.heading(heading, 3)
        for number, why in enumerate(whys, start=1):
            said = f"{why.says} {why.because}".strip()
            sheet.row((str(number), said, ", ".join(why.grounds)), ("soft", "text", "soft"))


def _split(book: xlsxwriter.Workbook, sheet: Sheet, view: View) -> None:
    sheet.title("Who leads what")
    sheet.text("Shares of the managing work in percent. They are a stated policy, not a measurement.", 0)
    sheet.skip()
    roles = [share.name for share in view.overall]
    top = sheet.at
    sheet.row(("Phase", "Led by", *roles), ("head",) * (2 + len(roles)))
    for phase in view.split:
        sheet.row((phase.name, phase.lead), ("text", "text"))
        sheet.numbers(2, [share.percent for share in phase.shares], "figure")
    sheet.row(("Overall", ""), ("strong", "strong"))
    sheet.numbers(2, [share.percent for share in view.overall], "strong_figure")
    last = sheet.at - 1
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for at, role in enumerate(roles, start=2):
        chart.add_series(
            {
                "name": role,
                "categories": ["Split", top + 1, 0, last, 0],
                "values": ["Split", top + 1, at, last, at],
                "fill": {"color": ("#12395b", "#b3561b")[at % 2]},
                "data_labels": {"value": True, "font": {"color": "#ffffff"}},
                "gap": 40,
            }
        )
    chart.set_title({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 720, "height": 340})
    sheet.sheet.insert_chart(sheet.at + 1, 0, chart, {"description": "Shares of the managing work, phase by phase"})
    sheet.finish(pages=1)


def _evidence(sheet: Sheet, view: View) -> None:
    sheet.title("What speaks for each side")
    first, second = view.sides
    sheet.text(f"{first.name} {first.points} points, {second.name.lower()} {second.points}: {view.leaning}.", 0)
    sheet.skip()
    sheet.row(("Speaks for", "Points", "Rule", "Because", "Rests on"), ("head",) * 5)
    top = sheet.at
    for side in view.sides:
        for item in side.items:
            texts = (side.name, "", item.says, item.because, ", ".join(item.grounds))
            sheet.row(texts, ("text", "figure", "text", "soft", "soft"))
            sheet.numbers(1, [item.points], "figure")
    if sheet.at > top:
        sheet.sheet.autofilter(top - 1, 0, sheet.at - 1, 4)
        sheet.sheet.freeze_panes(top, 0)
    if view.phases:
        sheet.heading("Why each row of the matrix stands as it does", 5)
        for phase in view.phases:
            for row in phase.rows:
                says = " ".join(why.says for why in row.whys)
                sheet.row(
                    (phase.name, "", row.name, says, ", ".join(row.grounds)), ("soft", "text", "text", "soft", "soft")
                )
    if view.all_sources:
        sheet.heading("Sources", 5)
        for source in view.all_sources:
            sheet.row((source.id, "", source.text, source.section), ("strong", "text", "text", "soft"))
    sheet.finish()

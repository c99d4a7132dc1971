"""The brief as sheets of a workbook: what it says, its matrix, the full one, every risk, and what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from advisor.documents.brief.compose import brief_of, dangers_of
from advisor.documents.brief.content import Brief, Danger
from advisor.documents.matrix.excel_matrix import write_matrix
from advisor.documents.shared.edition import Edition
from advisor.documents.shared.excel_sheet import Sheet
from advisor.documents.shared.view import View
from advisor.model.advice import Advice

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format


def write_brief(book: Workbook, formats: Mapping[str, Format], advice: Advice, view: View, edition: Edition) -> None:
    """Add the sheets; a client's copy has neither risks nor what we assumed."""
    brief = brief_of(advice, view, edition.rows)
    _said(Sheet(book.add_worksheet("Brief"), formats, (28, 38, 44, 60), view), brief)
    main = replace(view, columns=brief.columns, phases=brief.phases, left_out=(), assumptions=(), without_column=())
    write_matrix(book.add_worksheet("Matrix"), formats, main, edition, by_name=True)
    write_matrix(book.add_worksheet("Full matrix"), formats, replace(view, assumptions=()), edition)
    if view.for_client:
        return
    _risks(Sheet(book.add_worksheet("Risks"), formats, (40, 44, 28, 60), view), dangers_of(advice))
    sheet = Sheet(book.add_worksheet("Assumptions"), formats, (4, 120), view)
    sheet.title("What we assumed")
    sheet.questions(1)
    sheet.finish()


def _said(sheet: Sheet, brief: Brief) -> None:
    sheet.title("Brief on roles")
    sheet.heading(brief.decision, len(sheet.widths))
    for text in (brief.sure, brief.staffing, sheet.view.context):
        sheet.text(text, 0)
    _lines(sheet, "Because", brief.facts)
    sheet.heading("Who does what when", len(sheet.widths))
    sheet.row(("Role", "Who", "Time", "Answers for"), ("head",) * 4)
    for seat in brief.seats:
        sheet.row((seat.role, seat.person, seat.time, seat.answers_for), ("strong", "text", "text", "text"))
    if brief.steps:
        sheet.heading("First steps", len(sheet.widths))
        for number, step in enumerate(brief.steps, start=1):
            sheet.text(f"{number}. {step.who}, {step.by}: {step.what}", 0)
    _lines(sheet, "Dates ahead", brief.look_again)
    if brief.dangers:
        sheet.heading("Risks", len(sheet.widths))
        _table(sheet, brief.dangers)
    _lines(sheet, "Not known", brief.unknown)
    _lines(sheet, "Role names", (brief.role_names,) if brief.role_names else ())
    _lines(sheet, "Agreed by", (brief.agreed_by,) if brief.agreed_by else ())
    sheet.finish()


def _lines(sheet: Sheet, heading: str, lines: tuple[str, ...]) -> None:
    if lines:
        sheet.heading(heading, len(sheet.widths))
        for line in lines:
            sheet.text(f"• {line}", 0)


def _risks(sheet: Sheet, dangers: tuple[Danger, ...]) -> None:
    sheet.title("Risks")
    _table(sheet, dangers)
    sheet.finish()


def _table(sheet: Sheet, dangers: tuple[Danger, ...]) -> None:
    sheet.row(("Risk", "Trigger", "Owner", "Action"), ("head",) * 4)
    for one in dangers:
        sheet.row((one.what, one.trigger, one.owner, one.action), ("strong", "text", "text", "text"))

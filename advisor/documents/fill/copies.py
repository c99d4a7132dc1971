"""A copy of a plan with the letters in it, in the format that it came in."""

from __future__ import annotations

from advisor.compare.filling import Filling
from advisor.documents.fill.edits import edits_of
from advisor.documents.fill.excel_copy import excel_copy
from advisor.documents.fill.text_copies import csv_copy, markdown_copy
from advisor.matrices.plan import CSV, EXCEL, Plan


def filled_copy(plan: Plan, found: Filling) -> bytes:
    """The file of the plan with letters, confidence and reasons; InputError where it cannot be written to."""
    edits = edits_of(found, plan.tables, with_reasons=plan.form != EXCEL)
    writer = {EXCEL: excel_copy, CSV: csv_copy}.get(plan.form, markdown_copy)
    return writer(plan.data, edits, plan.file)

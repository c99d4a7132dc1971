"""A table of texts as a workbook of one sheet, with nothing in it that a spreadsheet would run."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from advisor.errors import MissingExtra


def as_workbook(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as text cells, the first in bold; MissingExtra without what writes workbooks."""
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtra("An Excel workbook", "XlsxWriter", "office") from None

    stream = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(stream, options)
    sheet, bold = book.add_worksheet("Matrix"), book.add_format({"bold": True, "text_wrap": True, "valign": "bottom"})
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(at, column, text, *([bold] if at == 0 else []))
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 36)
    book.close()
    return stream.getvalue()

"""A comparison as an Excel workbook: what differs, what is missing, how it was lined up, and what it rests on."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisor.compare.values import Comparison
from advisor.documents.advice.excel import CREATED
from advisor.documents.compare.compare_view import CompareView
from advisor.documents.compare.compare_viewing import view_of
from advisor.documents.compare.compare_words import KIND_WORDS
from advisor.documents.shared.excel_sheet import PlainHead, Sheet, formats_of
from advisor.documents.shared.words import clean
from advisor.errors import MissingExtra

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format


def write(found: Comparison, title: str = "", dated: str = "") -> bytes:
    """The workbook; the same comparison always gives the same bytes."""
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtra("An Excel workbook", "XlsxWriter", "office") from None

    stream = io.BytesIO()
    # What people typed stays text: never a formula, an address to click or a number.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(stream, options)
    view = view_of(found, title, dated)
    book.set_properties({"title": view.heading, "created": CREATED})
    book.set_size(2400, 1600)
    _Book(book, view).write()
    book.close()
    return stream.getvalue()


class _Book:
    """The sheets of one comparison, in the order in which they are read."""

    def __init__(self, book: Workbook, view: CompareView) -> None:
        self.book, self.view = book, view
        self.formats: Mapping[str, Format] = formats_of(book)
        self.head = PlainHead(view.heading, view.dated, view.foot, view.client)

    def write(self) -> None:
        self._summary()
        self._differences()
        self._lacking()
        self._rows()
        self._roles()
        self._sources()

    def _sheet(self, name: str, kind: str, columns: Sequence[str], widths: Sequence[float], note: str = "") -> Sheet:
        """A sheet of one table, its heads written."""
        sheet = Sheet(self.book.add_worksheet(name), self.formats, widths, self.head)
        sheet.title(kind)
        sheet.text(note, 0)
        sheet.row(columns, ("head",) * len(columns))
        return sheet

    def _finish(self, sheet: Sheet, top: int, columns: int) -> None:
        sheet.sheet.autofilter(top - 1, 0, max(top, sheet.at - 1), columns - 1)
        sheet.sheet.freeze_panes(top, 1)
        sheet.finish()

    def _summary(self) -> None:
        view = self.view
        sheet = Sheet(self.book.add_worksheet("Summary"), self.formats, (12, 100), self.head)
        sheet.title(f"{view.matrix}, held against our advice")
        sheet.text(f"Held against: {view.advice}. {view.status}", 0)
        sheet.text(view.verdict, 0)
        sheet.skip()
        for tile in view.tiles:
            sheet.row(("", tile.says), ("strong_figure", "text"))
            sheet.numbers(0, [int(tile.figure.replace(",", ""))], "strong_figure")
        for heading, lines in (
            ("To be known", view.notes),
            ("Roles that only one of the two has", (*view.roles_theirs, *view.roles_ours)),
            ("How the file was read", (*view.taken, *view.passed_over)),
        ):
            if lines:
                sheet.heading(heading, 2)
                for line in lines:
                    sheet.text(f"• {line}", 0)
        sheet.finish(portrait=True)

    def _differences(self) -> None:
        columns = (
            "Their row",
            "Where",
            "Our activity",
            "What",
            "In theirs",
            "Advised",
            "Why",
            "Rests on",
            "Rule",
            "Doubt",
        )
        sheet = self._sheet(
            "Differences",
            "What differs, the weightiest first",
            columns,
            (28, 9, 28, 16, 20, 24, 50, 12, 26, 14),
        )
        top = sheet.at
        for group in self.view.groups:
            for one in group.items:
                advised = f"{one.ours}; {one.kept}" if one.kept else one.ours
                what, grounds = KIND_WORDS[one.kind], ", ".join(one.grounds)
                texts = (
                    one.row,
                    one.place,
                    one.activity,
                    what,
                    one.theirs,
                    advised,
                    one.says,
                    grounds,
                    one.rule,
                    one.doubt,
                )
                sheet.row(texts, ("strong", "soft", "text", "text", "text", "strong", "text", "soft", "soft", "soft"))
        self._finish(sheet, top, len(columns))

    def _lacking(self) -> None:
        columns = ("Activity", "Phase", "Should answer", "Why", "Rests on", "Rule")
        widths = (44, 16, 36, 70, 16, 36)
        sheet = self._sheet("They lack", "Activities that their matrix lacks", columns, widths)
        top = sheet.at
        for one in self.view.lacking:
            texts = (one.name, one.phase, one.answers, one.says, ", ".join(one.grounds), one.rule)
            sheet.row(texts, ("strong", "text", "strong", "text", "soft", "soft"))
        self._finish(sheet, top, len(columns))

    def _rows(self) -> None:
        columns = ("Their row", "Where", "Our activity", "How sure", "Score", "By the words", "What of it")
        widths = (44, 12, 44, 16, 9, 36, 70)
        sheet = self._sheet(
            "Their rows", "How their rows are lined up with ours", columns, widths, self.view.lined_policy
        )
        top = sheet.at
        said = {(one.row, one.place): f"Not needed: {one.says}" for one in self.view.needless}
        said |= {(one.row, one.place): f"Not known to us. {one.says}" for one in self.view.unknown}
        for one in self.view.rows:
            told = said.get((one.theirs, one.place), "")
            texts = (one.theirs, one.place, one.ours, one.word, "", one.by, told)
            sheet.row(texts, ("strong", "soft", "text", "text", "figure", "soft", "text"))
            if one.score:
                sheet.numbers(4, [int(one.score)], "figure")
        self._finish(sheet, top, len(columns))

    def _roles(self) -> None:
        columns = ("Role in theirs", "Ours", "How sure", "Score", "By the words")
        widths = (36, 30, 16, 12, 30)
        sheet = self._sheet("Roles", "How their roles are lined up with ours", columns, widths, self.view.lined_policy)
        for one in self.view.roles:
            sheet.row((one.theirs, one.ours, one.word, "", one.by), ("strong", "text", "text", "figure", "soft"))
            if one.score:
                sheet.numbers(3, [int(one.score)], "figure")
        sheet.heading("How much each has", len(columns))
        sheet.text(self.view.load_policy, 0)
        heads = ("Role in theirs", "Too much", "All As: theirs", "advised", "A or R, of rows: theirs", "advised")
        sheet.sheet.set_column(5, 5, 14)
        sheet.widths = (*sheet.widths, 14.0)
        sheet.row(heads, ("head",) * len(heads))
        for load in self.view.loads:
            sheet.row((load.name, load.over, "", "", "", ""), ("strong", "strong", *("figure",) * 4))
            for column, percent in enumerate(load.percents, start=2):
                if percent is not None:
                    sheet.numbers(column, [percent / 100], "percent")
        sheet.finish()

    def _sources(self) -> None:
        if not self.view.sources:
            return
        columns = ("Claim", "Where", "What it says")
        sheet = self._sheet("Sources", "What the reasons rest on", columns, (12, 26, 100))
        top = sheet.at
        for one in self.view.sources:
            sheet.row((one.id, clean(one.section), one.text), ("strong", "text", "text"))
        self._finish(sheet, top, len(columns))

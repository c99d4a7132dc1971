"""One sheet of a workbook, written from the top; texts have the room they need, and all that is typed stays text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from advisor.documents.shared.view import Pair, View
from advisor.documents.shared.words import clean, lower_first

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LINE = 15.0  # points that a line of text is high
LETTER = 0.94  # of a figure, which columns are measured in: what a letter takes on average in Calibri or Arial
HIGHEST = 409.0  # points; Excel has no higher rows
LONGEST = 32_767  # characters that a cell holds
_BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 11, "text_wrap": True, "valign": "top"}
_SOFT, _NAVY, _LINE = "#51606d", "#12395b", "#d5dce1"
_FORMATS: dict[str, dict[str, Any]] = {
    "plain": {},
    "text": {"bottom": 1, "bottom_color": _LINE},
    "strong": {"bottom": 1, "bottom_color": _LINE, "bold": True},
    "soft": {"bottom": 1, "bottom_color": _LINE, "font_color": _SOFT, "font_size": 10},
    "figure": {"bottom": 1, "bottom_color": _LINE, "align": "center"},
    "strong_figure": {"bottom": 1, "bottom_color": _LINE, "align": "center", "bold": True},
    "persons": {"bottom": 1, "bottom_color": _LINE, "align": "center", "num_format": "#,##0.0"},
    "small": {"bottom": 1, "bottom_color": _LINE, "align": "center", "num_format": "#,##0.00"},
    "percent": {"bottom": 1, "bottom_color": _LINE, "align": "center", "num_format": "0%"},
    "link": {"bottom": 1, "bottom_color": _LINE, "font_color": _NAVY, "underline": 1},
    "note": {"font_color": _SOFT},
    "title": {"bold": True, "font_size": 18, "font_color": _NAVY},
    "kind": {"font_color": _SOFT},
    "heading": {"bold": True, "font_size": 13, "font_color": _NAVY, "top": 2, "top_color": _NAVY},
    "head": {"bold": True, "font_color": "#ffffff", "bg_color": _NAVY, "valign": "vcenter", "align": "left"},
    "head_role": {"bold": True, "font_color": "#ffffff", "bg_color": _NAVY, "valign": "vcenter", "align": "center"},
    "person": {"italic": True, "font_size": 10, "align": "center", "bottom": 2, "bottom_color": _NAVY},
    "held": {"italic": True, "font_size": 10, "bottom": 2, "bottom_color": _NAVY},
    "phase": {"bold": True, "bg_color": "#e3ecf3", "font_color": _NAVY, "text_wrap": False, "valign": "vcenter"},
    "of_phase": {"bottom": 1, "bottom_color": _LINE, "font_color": _SOFT, "font_size": 10, "valign": "vcenter"},
    "activity": {"bottom": 1, "bottom_color": _LINE, "valign": "vcenter"},
    "letter": {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "border_color": _LINE},
    "check": {"align": "center", "valign": "vcenter", "bottom": 1, "bottom_color": _LINE},
    "right": {"font_color": "#1d6b3c"},
    "wrong": {"font_color": "#ffffff", "bg_color": "#b3261e", "bold": True},
    "is_a": {"bg_color": _NAVY, "font_color": "#ffffff"},
    "is_r": {"bg_color": "#c9dcea", "font_color": "#17212b"},
    "is_s": {"bg_color": "#dfeaf2", "font_color": "#17212b"},
    "is_c": {"bg_color": "#eef2f4", "font_color": "#17212b"},
    "is_i": {"font_color": _SOFT},
    "sign": {"border": 1, "border_color": "#9aa7b1", "valign": "vcenter"},
}
_BARE = ("right", "wrong", "is_a", "is_r", "is_s", "is_c", "is_i")  # only what differs, laid over a cell's own format


def formats_of(book: Workbook) -> Mapping[str, Format]:
    """All formats of the workbook by name."""
    return {name: book.add_format(more if name in _BARE else {**_BASE, **more}) for name, more in _FORMATS.items()}


class Head(Protocol):
    """What a sheet prints of its document besides its rows: title, foot, what is open."""

    @property
    def heading(self) -> str: ...
    @property
    def client(self) -> str: ...
    @property
    def dated(self) -> str: ...
    @property
    def dates(self) -> Sequence[Pair]: ...
    @property
    def foot(self) -> str: ...
    @property
    def assumptions(self) -> Sequence[str]: ...
    @property
    def replaced(self) -> Sequence[str]: ...
    @property
    def context(self) -> str: ...
    @property
    def set_aside(self) -> Sequence[Pair]: ...
    @property
    def noted(self) -> Sequence[Pair]: ...


@dataclass(frozen=True, slots=True)
class PlainHead:
    """The head of sheets that are about more than one engagement, or not about its questions."""

    heading: str
    dated: str
    foot: str
    client: str = ""
    dates: tuple[Pair, ...] = ()
    assumptions: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    context: str = ""
    set_aside: tuple[Pair, ...] = ()
    noted: tuple[Pair, ...] = ()


class Sheet:
    """A sheet, its columns' widths in characters, the row that is written next (from 0), and the points above it."""

    def __init__(self, sheet: Worksheet, formats: Mapping[str, Format], widths: Sequence[float], view: Head) -> None:
        self.sheet, self.formats, self.widths, self.view, self.at = sheet, formats, tuple(widths), view, 0
        self.down = 0.0
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)

    def title(self, kind: str) -> None:
        """What the sheet is, of which engagement, for whom and when."""
        view = self.view
        last = len(self.widths) - 1
        self._spread(view.heading, 0, last, "title", 18)
        label = view.client_label if isinstance(view, View) else "Client:"
        told = [kind, f"{lower_first(label)} {view.client}" if view.client else "", view.dated]
        told += [f"{date.label}: {date.text}" for date in view.dates]
        self._spread(", ".join(one for one in told if one), 0, last, "kind")
        self.skip(8)

    def heading(self, text: str, columns: int) -> None:
        """A heading over the next rows, with air above it."""
        self.skip()
        self._spread(text, 0, columns - 1, "heading", 13)

    def text(self, text: str, column: int) -> None:
        """A paragraph from `column` over all columns to the right."""
        if text:
            self._spread(text, column, len(self.widths) - 1, "plain")

    def row(self, texts: Sequence[str], styles: Sequence[str], level: int = 0, least: float = 0) -> None:
        """A row of texts, each in its style, at least `least` points high; `level` puts it into a group.

        The height is given because LibreOffice, unlike Excel, does not find it for a file that somebody else wrote.
        """
        sizes = (_FORMATS[style].get("font_size", 11) for style in styles)
        rooms = (room(text, width, size) for text, width, size in zip(texts, self.widths, sizes, strict=False))
        self.high(max(least, *rooms), level)
        for column, (text, style) in enumerate(zip(texts, styles, strict=True)):
            self.put(column, text, style)
        self.at += 1

    def put(self, column: int, text: str, style: str) -> None:
        """A text in the row that is written; an empty one leaves a cell that only looks."""
        said = clean(text)[:LONGEST]
        if said:
            self.sheet.write_string(self.at, column, said, self.formats[style])
        else:
            self.sheet.write_blank(self.at, column, None, self.formats[style])

    def numbers(self, column: int, values: Sequence[float], style: str) -> None:
        """Numbers from `column` on, in the row that was written last."""
        for place, value in enumerate(values, start=column):
            self.sheet.write_number(self.at - 1, place, value, self.formats[style])

    def link(self, column: int, to: str, text: str) -> None:
        """A link to a place in this workbook, in the row that was written last."""
        self.sheet.write_url(self.at - 1, column, to, self.formats["link"], clean(text))

    def skip(self, points: float = LINE) -> None:
        """An empty row."""
        self.high(points)
        self.at += 1

    def high(self, points: float, level: int = 0) -> None:
        """Make the row that is written so high."""
        self.sheet.set_row(self.at, points, None, {"level": level})
        self.down += points

    def questions(self, column: int) -> None:
        """What was assumed, set aside or noted, where anything was."""
        view = self.view
        if not (view.assumptions or view.replaced or view.set_aside or view.noted):
            return
        self.heading("What we assumed", len(self.widths))
        for line in view.assumptions:
            self.text(f"• {line}", column)
        if view.replaced:
            self.text("Read from answers to earlier questions:", column)
            for line in view.replaced:
                self.text(f"• {line}", column)
        if view.set_aside:
            self.text("Answered, but of no bearing here:", column)
            for pair in view.set_aside:
                self.text(f"• {pair.label} {pair.text}", column)
        if view.noted:
            self.text("Noted with the answers:", column)
            for pair in view.noted:
                self.text(f"• {pair.label} Note: {pair.text}", column)

    def finish(self, portrait: bool = False, pages: int = 0) -> None:
        """How the sheet prints: A4, one page wide and `pages` long, any number by default, with the rulebook below."""
        sheet, view = self.sheet, self.view
        sheet.set_paper(9)
        sheet.set_portrait() if portrait else sheet.set_landscape()
        sheet.fit_to_pages(1, pages)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        rulebook = clean(view.foot).replace("&", "&&")[:200]
        sheet.set_footer(f"&L&8{rulebook}&R&8&P of &N")

    def merged(self, first: int, last: int, text: str, style: str) -> None:
        """A text over several cells of the row that was written last, which keeps its height."""
        self.sheet.merge_range(self.at - 1, first, self.at - 1, last, "", self.formats[style])
        self.sheet.write_string(self.at - 1, first, clean(text)[:LONGEST], self.formats[style])

    def _spread(self, text: str, first: int, last: int, style: str, size: float = 11) -> None:
        """A row with one text over several columns, whose height no spreadsheet finds by itself."""
        self.high(room(text, sum(self.widths[first : last + 1]), size))
        said = clean(text)[:LONGEST]
        if last > first:
            self.sheet.merge_range(self.at, first, self.at, last, "", self.formats[style])
        self.sheet.write_string(self.at, first, said, self.formats[style])
        self.at += 1


def room(text: str, width: float, size: float = 11) -> float:
    """How high a row must be, in points, for the text in cells `width` characters wide; rather too high than cut."""
    wide, line, lines = width * 11 / size, 0.0, 1
    for word in clean(text).split():
        places = sum(2.0 if ord(one) > 0x2E80 else 1.1 if ord(one) > 0x24F else LETTER for one in word)
        if line and line + LETTER + places > wide:
            lines, line = lines + 1, 0.0
        line += places + (LETTER if line else 0)
        while line > wide + 1:
            lines, line = lines + 1, line - wide
    return min(HIGHEST, LINE * size / 11 * lines + 3)

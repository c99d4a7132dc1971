"""A portfolio as an Excel workbook: a sheet a section, all engagements, and the lists that figures lead to."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from advisor.documents.advice.excel import CREATED
from advisor.documents.portfolio.portfolio import parts_of, tiles
from advisor.documents.portfolio.portfolio_pages import Listed, register, rulebooks
from advisor.documents.portfolio.portfolio_view import COUNT, PERCENT, PERSONS, SMALL, Grid, Part, Report, Row
from advisor.documents.shared.excel_sheet import PlainHead, Sheet, formats_of
from advisor.documents.shared.words import clean, date_words, numbered
from advisor.errors import MissingExtra

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_STYLES = {COUNT: "figure", PERSONS: "persons", SMALL: "small", PERCENT: "percent"}
_MOST_ROWS = 1_000_000  # of one sheet; Excel has 1,048,576
LISTS = "Lists"
# Which grid a chart is drawn from, the columns that are its series, and how.
_CHARTS = {
    "by-model": ((1, 2), "bar", "stacked"),
    "by-quarter": (None, "column", "stacked"),
    "by-guardrail": ((1,), "bar", ""),
    "by-client": ((1,), "bar", ""),
    "by-person": ((4,), "bar", ""),
}
_COLOURS = ("#12395b", "#b3561b", "#9aa7b1", "#51606d", "#d5dce1")
_DRAWN = 12  # bars at most; the rows beneath have them all


def write(report: Report) -> bytes:
    """The workbook; the same portfolio always gives the same bytes."""
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtra("An Excel workbook", "XlsxWriter", "office") from None

    stream = io.BytesIO()
    # What people typed stays text: never a formula, an address to click or a number.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": report.heading, "created": CREATED})
    book.set_size(2400, 1600)
    formats = formats_of(book)
    head = PlainHead(report.heading, date_words(report.dated) if report.dated else "", rulebooks(report))
    parts = parts_of(report)
    places = _places(parts)
    _summary(Sheet(book.add_worksheet("Summary"), formats, (16, 90), head), report)
    for part in parts:
        _part(book, formats, head, part, places)
    _register(Sheet(book.add_worksheet("Engagements"), formats, _widths(report), head), report)
    _lists(book, formats, head, parts)
    book.close()
    return stream.getvalue()


def _name(part: Part) -> str:
    return part.anchor.replace("-", " ").capitalize()


def _summary(sheet: Sheet, report: Report) -> None:
    sheet.title("Summary")
    for tile in tiles(report):
        sheet.row((tile.figure, tile.says), ("strong", "text"))
    sheet.skip()
    sheet.text("Each figure leads to the engagements behind it: follow the link beside it to the sheet of lists.", 0)
    sheet.text("Time is in persons in full time, by a stated policy and not measured; the sheet How says which.", 0)
    sheet.finish(portrait=True)


_Places = Mapping[tuple[str, int], tuple[str, int]]


def _rows(parts: Sequence[Part]) -> Iterator[tuple[Part, Grid, int, Row]]:
    """All rows that have a list, with their place in their grid, in the order in which the lists stand."""
    for part in parts:
        for grid in part.grids:
            for at, row in enumerate(grid.rows):
                if row.entries:
                    yield part, grid, at, row


def _places(parts: Sequence[Part]) -> _Places:
    """Where the list of each row starts: sheet and row number from 1, by grid and place in it."""
    found, at, number = {}, 0, 1
    for _, grid, place, row in _rows(parts):
        size = len(row.entries or ())
        if at and at + size > _MOST_ROWS:
            at, number = 0, number + 1
        found[grid.anchor, place] = (_lists_name(number), at + 5)  # below title and heading
        at += size
    return found


def _lists_name(number: int) -> str:
    return LISTS if number == 1 else f"{LISTS} {number}"


def _part(book: Workbook, formats: Mapping[str, Format], head: PlainHead, part: Part, places: _Places) -> None:
    broadest = max((len(grid.columns) for grid in part.grids), default=1)
    widths = [_width(part, at) for at in range(broadest)]
    name = _name(part)
    sheet = Sheet(book.add_worksheet(name), formats, (*widths, 18), head)
    sheet.title(part.title)
    for line in part.says:
        sheet.text(line, 0)
    drawn = next((grid for grid in part.grids if grid.anchor in _CHARTS and grid.rows), None)
    above = sheet.at + 1
    if drawn is not None:
        for _ in range(_height(drawn) // 20 + 2):
            sheet.skip()
    for grid in part.grids:
        sheet.heading(grid.title, len(grid.columns) + grid.listed)
        columns = (*(column or " " for column in grid.columns), *(("Which",) if grid.listed else ()))
        sheet.row(columns, tuple("head_role" if at in grid.figures else "head" for at in range(len(columns))))
        top = sheet.at
        for at, row in enumerate(grid.rows):
            _row(sheet, row, len(columns), places.get((grid.anchor, at)))
        if grid is drawn:
            _chart(book, sheet, name, grid, top, above)
    said = [(row.cells[0].text, row.says) for grid in part.grids for row in grid.rows if row.says]
    if said:
        sheet.heading("What each of them says", 2)
        for texts in said:
            sheet.row(texts, ("text", "text"))
    sheet.finish(portrait=broadest < 5)


def _width(part: Part, at: int) -> float:
    """As broad as the longest text, within what a page holds."""
    texts = [row.cells[at].text for grid in part.grids for row in grid.rows if at < len(row.cells)]
    heads = [grid.columns[at] for grid in part.grids if at < len(grid.columns)]
    return max(12.0, min(60.0, max(len(text) for text in (*texts, *heads, "")) + 2.0))


def _row(sheet: Sheet, row: Row, columns: int, place: tuple[str, int] | None) -> None:
    texts = [cell.text + (f" ({cell.soft})" if cell.soft and not row.says else "") for cell in row.cells]
    sheet.row((*texts, *("",) * (columns - len(texts))), ("text",) * columns)
    for at, cell in enumerate(row.cells):
        if cell.value is not None:
            sheet.numbers(at, [cell.value], _STYLES[cell.form])
    if row.entries and place is not None:
        sheet.link(len(texts), f"internal:'{place[0]}'!A{place[1]}", numbered(len(row.entries), "engagement"))


def _height(grid: Grid) -> int:
    """Pixels that the grid's chart is high."""
    return 340 if _CHARTS[grid.anchor][1] == "column" else 130 + 24 * min(len(grid.rows), _DRAWN)


def _chart(book: Workbook, sheet: Sheet, name: str, grid: Grid, top: int, above: int) -> None:
    series, kind, stacked = _CHARTS[grid.anchor]
    last = top + len(grid.rows) - 1
    if kind == "bar":
        last = min(last, top + _DRAWN - 1)
    chart = book.add_chart({"type": kind, **({"subtype": stacked} if stacked else {})})
    for number, at in enumerate(series or range(1, len(grid.columns))):
        chart.add_series(
            {
                "name": grid.columns[at],
                "categories": [name, top, 0, last, 0],
                "values": [name, top, at, last, at],
                "fill": {"color": _COLOURS[number % len(_COLOURS)]},
                "gap": 40,
            }
        )
    chart.set_title({"name": grid.title, "name_font": {"size": 12}})
    if kind == "bar":
        chart.set_y_axis({"reverse": True, "interval_unit": 1})
    chart.set_x_axis({"major_gridlines": {"visible": False}} if kind == "column" else {"min": 0})
    chart.set_legend({"position": "bottom"} if len(series or grid.columns) > 1 else {"none": True})
    chart.set_size({"width": 760, "height": _height(grid)})
    sheet.sheet.insert_chart(above, 0, chart, {"description": grid.title})


_REGISTER = ("Number", "Id", "Engagement", "Client", "Model", "Status", "Scale")
_REST = ("People", "Start, go-live, end", "Guardrails", "File")


def _widths(report: Report) -> tuple[float, ...]:
    return (9, 20, 34, 26, 34, 16, 15, *(14 for _ in report.portfolio.demand), 44, 44, 60, 40)


def _register(sheet: Sheet, report: Report) -> None:
    sheet.title("All engagements")
    roles = [clean(one.role.name) for one in report.portfolio.demand]
    columns = (*_REGISTER, *(f"{role}, persons" for role in roles), *_REST)
    sheet.row(columns, ("head",) * len(columns))
    top = sheet.at
    for one in register(report):
        texts = _texts(one)
        sheet.row(texts, ("text",) * len(texts))
        sheet.numbers(0, [one.number], "figure")
        for at, load in enumerate(one.loads, start=len(_REGISTER)):
            if load is not None:
                sheet.numbers(at, [load], "small")
    sheet.sheet.autofilter(top - 1, 0, max(top, sheet.at - 1), len(columns) - 1)
    sheet.sheet.freeze_panes(top, 3)
    sheet.finish()


def _texts(one: Listed) -> tuple[str, ...]:
    people = "; ".join(f"{held.label} ({held.text})" for held in one.people)
    loads = ("",) * len(one.loads)
    rails = "; ".join(name for _, name in one.rails)
    head = ("", one.ref, one.name, one.client, one.model, one.status_word, one.scale)
    return (*head, *loads, people, ", ".join(one.dates), rails, one.source)


def _lists(book: Workbook, formats: Mapping[str, Format], head: PlainHead, parts: Sequence[Part]) -> None:
    places = _places(parts)
    sheets: dict[str, Sheet] = {}
    for part, grid, at, row in _rows(parts):
        place, _ = places[grid.anchor, at]
        if place not in sheets:
            sheets[place] = Sheet(book.add_worksheet(place), formats, (28, 36, 44, 20, 40, 28), head)
            sheets[place].title("The engagements behind each figure")
            sheets[place].row(("Section", "Table", "Figure", "Id", "Engagement", "Client"), ("head",) * 6)
        figure = ", ".join(cell.text for cell in row.cells if cell.text and cell.value is None)
        for entry in row.entries or ():
            texts = (part.title, grid.title, figure, entry.ref, entry.line.name, entry.line.client)
            sheets[place].row(texts, ("soft", "soft", "text", "text", "text", "text"))
    for sheet in sheets.values():
        sheet.sheet.autofilter(3, 0, sheet.at - 1, 5)
        sheet.sheet.freeze_panes(4, 0)
        sheet.finish()

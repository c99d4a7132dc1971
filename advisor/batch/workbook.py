"""The rows of a workbook's first sheet as texts, one after the other: dates as dates, booleans as yes and no."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from advisor.matrices.budget import Bound, Budget
from advisor.matrices.excel import Workbook, place_of, plain_number
from advisor.matrices.grid import number_in
from advisor.matrices.package import Package

LARGEST = 50_000_000  # bytes as stored
_DATES = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)})  # formats that need no code
_ASIDE = re.compile(r"\"[^\"]*\"|\[[^\[\]]*\]|\\.|_.")  # what a code shows as it stands, colours, conditions, blanks
_DAY = re.compile(r"[dy]", re.IGNORECASE)
_MOST_DAYS = 2_958_465  # the last day of the year 9999


def sheet_rows(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row of the first sheet that has texts, with its number; InputError for what is no workbook, or too much.

    What may be unpacked and read is counted anew after each, so a table may be as long as it likes.
    """
    budget = Budget(name)
    package = Package(data, budget)
    book = Workbook(package)
    if not book.sheets:
        raise package.error("has no sheet with cells")
    dated, first_day = _dated(package), _first_day(package)
    row = column = 0
    kind = style = inside = ""
    said: list[str] = []
    cells: dict[int, str] = {}
    for event, tag, found in package.events(book.sheets[0].part):
        if event == "text":
            if inside in ("v", "t"):
                budget.spend(Bound.CHARACTERS, len(tag))
                said.append(tag)
        elif event == "start":
            inside = tag
            if tag == "row":
                number = number_in(found.get("r", ""))
                row, column, cells = row + 1 if number is None else number, 0, {}
            elif tag == "c":
                _, column = place_of(found.get("r", ""), row, column)
                kind, style, said = found.get("t", "n"), found.get("s", ""), []
        else:
            inside = ""
            if tag == "c" and (text := _shown("".join(said), kind, book, style in dated, first_day)):
                cells[column] = text
            elif tag == "row" and cells:
                yield row, [cells.get(at, "") for at in range(1, max(cells) + 1)]
                budget.renew()


def _shown(value: str, kind: str, book: Workbook, is_date: bool, first_day: datetime.date) -> str:
    """A cell as somebody reads it."""
    if kind == "s":
        at = number_in(value)
        return book.shared[at] if at is not None and at < len(book.shared) else ""
    if kind == "b":
        return "yes" if value.strip() == "1" else "no"
    if kind == "d":
        return value.strip()[:10]
    if kind != "n":
        return value
    text = plain_number(value)
    if is_date and (days := number_in(text.partition(".")[0])) is not None and days <= _MOST_DAYS:
        return (first_day + datetime.timedelta(days)).isoformat()
    return text


def _first_day(package: Package) -> datetime.date:
    """The day that is 0 in this workbook; some of the Mac count from another year."""
    for kind, tag, found in package.events(package.main):
        if kind == "start" and tag == "workbookPr" and found.get("date1904") in ("1", "true"):
            return datetime.date(1904, 1, 1)
    return datetime.date(1899, 12, 30)


def _dated(package: Package) -> frozenset[str]:
    """The numbers of the cell styles that show a number as a day."""
    part = dict(package.relations().values()).get("styles", "")
    if part not in package:
        return frozenset()
    codes: dict[str, bool] = {str(number): True for number in _DATES}
    styles: list[str] = []
    inside = ""
    for kind, tag, found in package.events(part):
        if kind == "start" and tag == "numFmt":
            codes[found.get("numFmtId", "")] = _DAY.search(_ASIDE.sub("", found.get("formatCode", ""))) is not None
        elif kind == "start" and tag == "xf" and inside == "cellXfs":
            styles.append(found.get("numFmtId", ""))
        elif tag in ("cellXfs", "cellStyleXfs"):
            inside = tag if kind == "start" else ""
    return frozenset(str(at) for at, number in enumerate(styles) if codes.get(number))

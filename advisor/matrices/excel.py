"""Tables of an Excel workbook: each sheet a grid, with what is merged, hidden or a formula without a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from advisor.matrices.budget import Bound
from advisor.matrices.grid import Grid, Places, Sparse, clean, letters_of, number_in
from advisor.matrices.package import Package

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
LAST_COLUMN = 16_384
_LAST_ROW = 1_048_576
_MOST_STYLES = 65_536  # as Excel has it
_MOST_IN_CELL = 32_767  # the same
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook: its name, its part, and whether people see it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class _Found:
    """What a sheet's part says beside its cells."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # the first and the last of each run
    valueless: list[str] = field(default_factory=list)  # the first of them
    without: int = 0
    nowhere: int = 0  # texts in cells that no sheet has


class Workbook:
    """A workbook, of which sheets are read when they are asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        relations = package.relations()
        self.sheets: list[Sheet] = []
        for kind, tag, found in package.events(package.main):
            if kind == "start" and tag == "sheet":
                what, part = relations.get(found.get("id", ""), ("", ""))
                if what == "worksheet":
                    hidden = found.get("state", "visible") != "visible"
                    self.sheets.append(Sheet(found.get("name", ""), part, hidden))
        by_kind = dict(relations.values())
        self.shared = self._strings(by_kind.get("sharedStrings", ""))
        self._set = self._fonts(by_kind.get("styles", ""))

    def grid(self, sheet: Sheet) -> Grid:
        """What the sheet shows; hidden rows and columns are left aside with a remark."""
        table = Sparse(self._package.budget, sheet.name)
        found = _Found()
        _SheetReader(self.shared, self._set, table, found).read(self._package, sheet.part)
        used_rows = {row for row, _ in table.cells}
        used_columns = {column for _, column in table.cells}
        hidden_columns = used_columns & _covered(found.hidden_columns)
        remarks = []
        if hidden := found.hidden_rows & used_rows:
            remarks.append(f"{_runs('row', hidden, str)} hidden in the sheet; unhide what should be read")
        if hidden_columns:
            remarks.append(
                f"{_runs('column', hidden_columns, letters_of)} hidden in the sheet; unhide what should be read"
            )
        if count := found.without:
            shown = ", ".join(found.valueless) + (" ..." if count > _MOST_SHOWN else "")
            what = "1 formula without" if count == 1 else f"{count:,} formulas without"
            remarks.append(f"{what} a stored value, read as empty ({shown}); open the file in Excel and save it once")
        if found.nowhere:
            what = "1 text" if found.nowhere == 1 else f"{found.nowhere:,} texts"
            remarks.append(f"{what} in cells that no sheet has, beyond column XFD or row {_LAST_ROW}")
        return table.grid(Places.SHEET, "", remarks, found.hidden_rows, hidden_columns)

    def _strings(self, part: str) -> list[str]:
        """The texts that cells share, without superscripts, which mark footnotes, and what is struck out."""
        if part not in self._package:
            return []
        out: list[str] = []
        pieces: list[str] = []
        inside = raised = spoken = struck = False
        for kind, tag, found in self._package.events(part):
            if kind == "text":
                if inside and not spoken and not struck and not (raised and tag.strip().isdigit()):
                    pieces.append(tag)
            elif kind == "start":
                if tag == "si":
                    pieces = []
                elif tag == "r":
                    raised = struck = False
                elif tag == "strike":
                    struck = found.get("val", "1") not in ("0", "false")
                elif tag == "vertAlign":
                    raised = found.get("val") == "superscript"
                elif tag == "rPh":
                    spoken = True
                inside = tag == "t"
            else:
                inside = False
                if tag == "rPh":
                    spoken = False
                elif tag == "si":
                    raised = struck = False
                    out.append(clean("".join(pieces)[:_MOST_IN_CELL]))
        return out

    def _fonts(self, part: str) -> tuple[frozenset[str], frozenset[str]]:
        """The numbers of the cell styles that are set in bold, and of those that strike out."""
        if part not in self._package:
            return frozenset(), frozenset()
        fonts = -1  # the number of the one that is read
        with_it: dict[str, set[int]] = {"b": set(), "strike": set()}
        styles: list[int] = []
        path: list[str] = []
        for kind, tag, found in self._package.events(part):
            if kind == "end":
                path.pop()
            elif kind == "start":
                if path and path[-1] == "fonts" and tag == "font":
                    fonts += 1
                elif tag in with_it and path[-2:] == ["fonts", "font"] and found.get("val", "1") not in ("0", "false"):
                    with_it[tag].add(fonts)
                elif tag == "xf" and path and path[-1] == "cellXfs":
                    if len(styles) < _MOST_STYLES:
                        styles.append(number_in(found.get("fontId", "")) or 0)
                path.append(tag)
        bold, struck = (
            frozenset(str(at) for at, font in enumerate(styles) if font in fonts) for fonts in with_it.values()
        )
        return bold, struck


class _SheetReader:
    """The events of one sheet's part, put into a table."""

    def __init__(
        self, shared: list[str], fonts: tuple[frozenset[str], frozenset[str]], table: Sparse, found: _Found
    ) -> None:
        self._shared, self._table, self._found = shared, table, found
        self._bold, self._struck = fonts
        self._row = self._column = 0
        self._attributes: tuple[str, str] = ("n", "")
        self._inside = ""
        self._value: list[str] = []
        self._text: list[str] = []
        self._formula = False
        self._first = True  # no cell of the row has had a text yet

    def read(self, package: Package, part: str) -> None:
        for kind, tag, found in package.events(part):
            if kind == "text":
                if self._inside in ("v", "t"):
                    self._table.budget.spend(Bound.CHARACTERS, len(tag))
                    (self._value if self._inside == "v" else self._text).append(tag)
            elif kind == "start":
                self._start(tag, found)
            else:
                self._inside = ""
                if tag == "c":
                    self._keep()

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._inside = tag
        if tag == "c":
            self._row, self._column = place_of(attributes.get("r", ""), self._row, self._column)
            self._attributes = (attributes.get("t", "n"), attributes.get("s", ""))
            self._value, self._text, self._formula = [], [], False
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            number = number_in(attributes.get("r", ""))
            self._row, self._column = self._row + 1 if number is None else number, 0
            self._first = True
            if attributes.get("hidden") in ("1", "true"):
                self._found.hidden_rows.add(self._row)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if (start := number_in(first)) is not None and (end := number_in(last)) is not None:
                self._found.hidden_columns.append((start, end))
        elif tag == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            (top, left), (bottom, right) = place_in(first), place_in(last)
            if top and bottom:
                self._table.merge(top, left, bottom, right)

    def _keep(self) -> None:
        kind, style = self._attributes
        value = "".join(self._value)
        if self._column > LAST_COLUMN:
            self._found.nowhere += bool(value or self._text)
            return
        if kind == "s":
            at = number_in(value)
            text = self._shared[at] if at is not None and at < len(self._shared) else ""
            self._table.budget.spend(Bound.CHARACTERS, len(text))
        elif kind == "inlineStr":
            text = "".join(self._text)
        elif kind == "b":
            text = "true" if value.strip() == "1" else "false"
        elif kind == "n":
            text = plain_number(value)
        else:
            text = value
        if self._formula and not value:
            self._table.computed.add(self._column)
            self._found.without += 1
            if len(self._found.valueless) < _MOST_SHOWN:
                self._found.valueless.append(f"{letters_of(self._column)}{self._row}")
        if not text.strip():
            return
        if style in self._struck:
            self._table.struck += 1
            return
        self._table.put(self._row, self._column, text)
        if self._first and style in self._bold:
            self._table.strong.add(self._row)
        self._first = False


def place_of(reference: str, row: int, column: int) -> tuple[int, int]:
    """Row and column of a cell: as it says, else right of the one before; beyond the last column, no sheet has it."""
    if not reference:
        return row, min(column, LAST_COLUMN) + 1
    said, at = place_in(reference)
    return (said, at) if at else (row, LAST_COLUMN + 1)


def place_in(reference: str) -> tuple[int, int]:
    """Row and column of `C7`, zeros for what is no cell of a sheet."""
    match = _REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        return 0, 0
    row, column = int(match[2]), 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return (row, column) if 0 < row <= _LAST_ROW and column <= LAST_COLUMN else (0, 0)


def _covered(runs: Iterable[tuple[int, int]]) -> set[int]:
    """The columns in any of the runs, each looked at once however many runs hold it."""
    opens = [0] * (LAST_COLUMN + 2)
    for first, last in runs:
        if first <= last:
            opens[min(first, LAST_COLUMN + 1)] += 1
            opens[min(last, LAST_COLUMN) + 1] -= 1
    return {column for column, depth in enumerate(accumulate(opens)) if depth > 0}


def plain_number(text: str) -> str:
    """A number as the sheet most likely shows it: 1.1, not 1.1000000000000001."""
    try:
        return f"{float(text):.12g}" if text.strip() else ""
    except ValueError:
        return text


def _runs(what: str, numbers: Iterable[int], shown: Callable[[int], str]) -> str:
    """`row 7 is`, `rows 7 to 9 and 12 are`."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    texts = [
        shown(first) if first == last else f"{shown(first)} to {shown(last)}" for first, last in runs[:_MOST_SHOWN]
    ]
    if len(runs) > _MOST_SHOWN:
        texts.append(f"{len(runs) - _MOST_SHOWN} more")
    joined = texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
    one = len(runs) == 1 and runs[0][0] == runs[0][1]
    return f"{what} {joined} is" if one else f"{what}s {joined} are"

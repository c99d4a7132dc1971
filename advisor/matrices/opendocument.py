"""Tables of OpenDocument files: sheets of a spreadsheet, and tables in a text with the heading over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.matrices.budget import MOST_COLUMNS, Bound
from advisor.matrices.grid import Grid, Places, Sparse, flat, number_in
from advisor.matrices.package import Package

PART = "content.xml"
_MOST_NESTED = 20
_SKIPPED = ("annotation", "tracked-changes", "note", "shapes", "forms", "tracked-change", "desc", "title")
_BREAKS = ("line-break", "p", "h")
_HIDDEN = ("collapse", "filter")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the file: what it is called, whether it is hidden, and its grid."""

    name: str
    hidden: bool
    grid: Grid


@dataclass(slots=True)
class _Table:
    sparse: Sparse
    heading: str
    hidden: bool
    row: int = 1
    column: int = 1
    rows: int = 1  # that the row stands for
    place: int = 1  # the number of the column that is being described
    text: list[str] | None = None
    bold: bool = False
    spans: Mapping[str, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def open_sheets(package: Package) -> list[Sheet]:
    """Each table of the file in the order in which they end."""
    return _Reader(package).read()


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._is_text = package.start("mimetype").startswith(b"application/vnd.oasis.opendocument.text")
        self._tables: list[_Table] = []
        self._done: list[Sheet] = []
        self._style = ""
        self._styles: dict[str, set[str]] = {}
        self._spans: list[set[str]] = []
        self._heading: list[str] | None = None
        self._over = ""
        self._skipping = 0

    def read(self) -> list[Sheet]:
        for kind, tag, found in self._package.events(PART):
            if self._skipping:
                self._skipping += {"start": 1, "end": -1}.get(kind, 0)
            elif kind == "text":
                self._write(tag)
            elif kind == "start":
                self._start(tag, found)
            else:
                self._end(tag)
        return self._done

    def _write(self, text: str) -> None:
        if any("struck" in span for span in self._spans):
            if self._tables and text.strip():
                self._tables[-1].sparse.struck += 1
            return
        if self._heading is not None:
            self._heading.append(text)
        if self._tables and self._tables[-1].text is not None:
            table = self._tables[-1]
            self._package.budget.spend(Bound.CHARACTERS, len(text))
            if text.strip() and not any(one.strip() for one in table.text or ()):
                table.bold = any("bold" in span for span in self._spans)
            table.text.append(text) if table.text is not None else None

    def _start(self, tag: str, found: Mapping[str, str]) -> None:
        if tag in _SKIPPED:
            self._skipping = 1
        elif tag == "style":
            self._style = found.get("name", "")
        elif tag == "table-properties" and found.get("display") == "false":
            self._styles.setdefault(self._style, set()).add("hidden")
        elif tag == "text-properties":
            looks = self._styles.setdefault(self._style, set())
            looks |= {"bold"} if found.get("font-weight") == "bold" else set()
            looks |= {"struck"} if found.get("text-line-through-style", "none") != "none" else set()
        elif tag == "table":
            self._open(found)
        elif tag in ("p", "h", "span"):
            self._spans.append(self._styles.get(found.get("style-name", ""), set()))
            if tag == "h" and not self._tables:
                self._heading = []
        elif tag == "s" or tag == "tab":
            self._write(" ")
        elif self._tables:
            self._start_in(self._tables[-1], tag, found)

    def _open(self, found: Mapping[str, str]) -> None:
        if len(self._tables) >= _MOST_NESTED:
            raise self._package.error(f"has tables nested more than {_MOST_NESTED} deep")
        hidden = "hidden" in self._styles.get(found.get("style-name", ""), set())
        name = found.get("name", "")
        if self._is_text or not name:
            name = f"table {len(self._done) + len(self._tables) + 1}"
        self._tables.append(_Table(Sparse(self._package.budget, name), self._over if self._is_text else "", hidden))

    @staticmethod
    def _start_in(table: _Table, tag: str, found: Mapping[str, str]) -> None:
        if tag == "table-column":
            times = _count(found, "number-columns-repeated")
            if found.get("visibility") in _HIDDEN:
                table.hidden_columns |= set(range(table.place, table.place + min(times, MOST_COLUMNS)))
            table.place += times
        elif tag == "table-row":
            table.column, table.rows = 1, _count(found, "number-rows-repeated")
            if found.get("visibility") in _HIDDEN:
                table.hidden_rows |= set(range(table.row, table.row + min(table.rows, MOST_COLUMNS)))
        elif tag in ("table-cell", "covered-table-cell"):
            table.text, table.spans, table.bold = [], found, False

    def _end(self, tag: str) -> None:
        table = self._tables[-1] if self._tables else None
        if tag in ("p", "h", "span") and self._spans:
            self._spans.pop()
        if tag == "h" and self._heading is not None:
            self._over, self._heading = flat("".join(self._heading)) or self._over, None
        if tag in _BREAKS and table is not None and table.text is not None:
            table.text.append("\n")
        elif tag in ("table-cell", "covered-table-cell") and table is not None:
            self._close(table, covered=tag != "table-cell")
        elif tag == "table-row" and table is not None:
            table.row += table.rows
        elif tag == "table" and table is not None:
            self._tables.pop()
            count = len(table.hidden_rows & {row for row, _ in table.sparse.cells})
            remarks = [f"{count} hidden row{'s' if count > 1 else ''}"] if count else []
            places = Places.ROW if self._is_text else Places.SHEET
            grid = table.sparse.grid(places, table.heading, remarks, table.hidden_rows, table.hidden_columns)
            self._done.append(Sheet(table.sparse.name, table.hidden, grid))

    def _close(self, table: _Table, covered: bool) -> None:
        text, table.text = "".join(table.text or ()), None
        times = _count(table.spans, "number-columns-repeated")
        at = table.column
        table.column += times
        if covered:
            return
        across, down = _count(table.spans, "number-columns-spanned"), _count(table.spans, "number-rows-spanned")
        if across > 1 or down > 1:
            table.sparse.merge(table.row, at, table.row + down - 1, at + across - 1)
        if not text.strip():
            return
        if table.bold and at == 1:
            table.sparse.strong.add(table.row)
        for row in range(table.row, table.row + table.rows):
            for column in range(at, at + times):
                self._package.budget.spend(Bound.CHARACTERS, len(text))
                table.sparse.put(row, column, text)


def _count(found: Mapping[str, str], name: str) -> int:
    return max(number_in(found.get(name, "1")) or 1, 1)

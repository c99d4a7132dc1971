"""Tables of an HTML page, as a browser would show them: cells over several rows and columns, hidden rows left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from advisor.errors import InputError, Problem
from advisor.matrices.grid import MOST_CELLS, MOST_COLUMNS, Grid, Places, Sparse, flat

_MOST_NESTED = 20
_SILENT = ("script", "style", "template", "noscript", "head", "svg", "datalist")
_BREAKS = ("br", "p", "li", "div", "ul", "ol", "dd", "dt")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_DOWN = 65_534


@dataclass(slots=True)
class _Table:
    sparse: Sparse
    order: int
    heading: str
    row: int = 0
    column: int = 1
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)
    bold: bool = False
    fresh: bool = True  # nothing has been written into the cell
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    taken: dict[int, int] = field(default_factory=dict)  # column: last row that a cell from above covers
    covered: int = 0
    caption: list[str] | None = None


def web_grids(text: str, file: str) -> list[Grid]:
    """Each table of the page, nested ones apart, in the order in which they open."""
    reader = _Reader(file)
    reader.feed(_complete(text))
    reader.close()
    while reader.tables:
        reader.handle_endtag("table")
    return [grid for _, grid in sorted(reader.done, key=lambda pair: pair[0])]


def _complete(text: str) -> str:
    """The page without comments and declarations, and each `<` that opens no whole tag as text.

    The parser of the standard library takes time with the square of what such pieces hold.
    """
    out: list[str] = []
    at = 0
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">")):
        out, at = [], 0
        while (start := text.find(opening, at)) >= 0:
            out.append(text[at:start])
            end = text.find(closing, start + len(opening))
            if opening == "<![CDATA[" and end >= 0:
                out.append(text[start + len(opening) : end].replace("<", "&lt;"))
            at = len(text) if end < 0 else end + len(closing)
        out.append(text[at:])
        text = "".join(out)
    first, *pieces = text.split("<")
    whole = [first]
    for piece in pieces:
        tag = piece[:1].isalpha() or piece[:1] == "/"
        whole.append(f"<{piece}" if tag and ">" in piece and piece.find(">") < 20_000 else f"&lt;{piece}")
    return "".join(whole)


class _Reader(HTMLParser):
    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.done: list[tuple[int, Grid]] = []
        self._file = file
        self._opened = 0
        self._heading = ""
        self._head: list[str] | None = None
        self._silent: list[str] = []
        self._raised = self._bold = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if self._silent or tag in _SILENT:
            if tag in _SILENT:
                self._silent.append(tag)
            return
        if tag == "table":
            if len(self.tables) >= _MOST_NESTED:
                raise InputError([Problem(self._file, 0, "", f"has tables nested more than {_MOST_NESTED} deep")])
            self._opened += 1
            self.tables.append(_Table(Sparse(self._file, f"table {self._opened}"), self._opened, self._heading))
        elif tag in _HEADINGS:
            self._head = []
        elif tag == "sup":
            self._raised += 1
        elif tag in ("b", "strong"):
            self._bold += 1
        elif self.tables:
            self._start_in(self.tables[-1], tag, found)
        if tag in _BREAKS:
            self.handle_data("\n")

    def _start_in(self, table: _Table, tag: str, found: dict[str, str]) -> None:
        if tag in ("tr", "thead", "tbody", "tfoot"):
            self._close_cell(table)
        if tag == "tr":
            table.row, table.column = table.row + 1, 1
            if "hidden" in found or _HIDDEN.search(found.get("style", "")):
                table.hidden_rows.add(table.row)
        elif tag in ("td", "th"):
            self._close_cell(table)
            table.row = table.row or 1
            table.cell, table.fresh, table.bold = [], True, found.get("scope") == "rowgroup"
            across, down = _count(found.get("colspan", "")), _count(found.get("rowspan", ""))
            table.span = (down or _MOST_DOWN, across or 1)
            table.hidden = "hidden" in found or bool(_HIDDEN.search(found.get("style", "")))
        elif tag == "caption":
            table.caption = []
        elif tag == "img":
            self.handle_data(found.get("alt", ""))
        elif tag == "input" and found.get("type") == "checkbox":
            self.handle_data("☑" if "checked" in found else "☐")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _SILENT or tag in ("sup", "b", "strong", "table", *_HEADINGS):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
            return
        if tag == "sup":
            self._raised = max(0, self._raised - 1)
        elif tag in ("b", "strong"):
            self._bold = max(0, self._bold - 1)
        elif tag in _HEADINGS and self._head is not None:
            self._heading, self._head = flat("".join(self._head)) or self._heading, None
        elif tag in _BREAKS:
            self.handle_data("\n")
        elif self.tables:
            table = self.tables[-1]
            if tag in ("td", "th", "tr", "thead", "tbody", "tfoot"):
                self._close_cell(table)
            elif tag == "caption" and table.caption is not None:
                table.heading, table.caption = flat("".join(table.caption)) or table.heading, None
            elif tag == "table":
                self._close_cell(table)
                self.tables.pop()
                count = len(table.hidden_rows & {row for row, _ in table.sparse.cells})
                remarks = [f"{count} hidden row{'s' if count > 1 else ''} of the page"] if count else []
                grid = table.sparse.grid(Places.ROW, table.heading, remarks, table.hidden_rows)
                self.done.append((table.order, grid))

    def handle_data(self, data: str) -> None:
        if self._silent or (self._raised and data.strip().isdigit()):
            return
        if self._head is not None:
            self._head.append(data)
        table = self.tables[-1] if self.tables else None
        if table is None:
            return
        if table.caption is not None:
            table.caption.append(data)
        elif table.cell is not None:
            if data.strip() and table.fresh:
                table.fresh = False
                table.bold = table.bold or self._bold > 0
            table.cell.append(data)

    @staticmethod
    def _close_cell(table: _Table) -> None:
        if table.cell is None:
            return
        text, table.cell = "".join(table.cell), None
        if table.hidden:
            return
        while table.taken.get(table.column, 0) >= table.row:
            table.column += 1
            table.covered += 1
        at, (down, across) = table.column, table.span
        bottom = table.row + down - 1
        table.column += across
        if down > 1:
            table.covered += across
            table.taken |= dict.fromkeys(range(at, at + across), bottom)
        if table.covered > MOST_CELLS:
            raise InputError(
                [Problem(table.sparse.file, 0, table.sparse.name, "has more merged cells than anybody reads")]
            )
        if down > 1 or across > 1:
            table.sparse.merged.append((table.row, at, bottom, at + across - 1))
        table.sparse.put(table.row, at, text)
        if table.bold and at == 1:
            table.sparse.strong.add(table.row)


def _count(text: str) -> int:
    """A span as the page gives it, within what a browser takes; 0 for the rest of the table."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return 1
    return min(int(text), MOST_COLUMNS)

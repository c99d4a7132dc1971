"""Tables of an HTML page, as a browser would show them: cells over several rows and columns, hidden rows left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from advisor.errors import InputError, Problem
from advisor.files import reading
from advisor.matrices.budget import MOST_COLUMNS, Bound, Budget
from advisor.matrices.grid import Grid, Places, Sparse, flat, number_in

_MOST_NESTED = 20
_STRUCK = ("del", "s", "strike")
_SILENT = ("script", "style", "template", "noscript", "head", "svg", "datalist", *_STRUCK)
_CLOSED = (
    *_SILENT,
    "ac:parameter",
    "sup",
    "b",
    "strong",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
)  # by a slash of their own
_BREAKS = ("br", "p", "li", "div", "ul", "ol", "dd", "dt")
_MACROS = ("ac:structured-macro", "ac:macro")  # of Confluence; of their parameters only a status's title is text
_EMOTICONS = {"tick": "✓", "cross": "✗", "plus": "+", "minus": "-"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_DOWN = 65_534
_LONGEST_TAG = 20_000
_CHUNK = 1 << 16

Event = tuple[str, str, dict[str, str]]  # "start", "empty", "end" and a tag with its attributes; "text" and it


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
    caption: list[str] | None = None


def web_grids(text: str, budget: Budget) -> list[Grid]:
    """Each table of the page, nested ones apart, in the order in which they open."""
    reader = _Reader(budget)
    for kind, what, found in _events(_complete(text, budget), budget.file):
        if kind == "text":
            reader.text(what)
        elif kind == "end":
            reader.end(what)
        else:
            reader.start(what, found)
            if kind == "empty" and what in _CLOSED:
                reader.end(what)
    reader.finish()
    return [grid for _, grid in sorted(reader.done, key=lambda pair: pair[0])]


def _complete(text: str, budget: Budget) -> str:
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
        tag = (piece[:1].isalpha() or piece[:1] == "/") and 0 <= piece.find(">") < _LONGEST_TAG
        budget.spend(Bound.TAGS, tag)
        whole.append(f"<{piece}" if tag else f"&lt;{piece}")
    return "".join(whole)


def _events(text: str, file: str) -> Iterator[Event]:
    """What the parser finds; whatever it stumbles over is a fault of the page."""
    parser = _Parser()
    with reading(file, "holds HTML that cannot be read; open it in a browser and save it again"):
        for at in range(0, len(text), _CHUNK):
            parser.feed(text[at : at + _CHUNK])
            yield from parser.taken()
        parser.close()
        yield from parser.taken()


class _Parser(HTMLParser):
    """The parser of the standard library, with its events in a list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._events: list[Event] = []

    def taken(self) -> list[Event]:
        """What was found since the last time."""
        events, self._events = self._events, []
        return events

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._events.append(("start", tag, {name: value or "" for name, value in attrs}))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._events.append(("empty", tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self._events.append(("end", tag, {}))

    def handle_data(self, data: str) -> None:
        self._events.append(("text", data, {}))


class _Reader:
    """The events of a page, put into tables."""

    def __init__(self, budget: Budget) -> None:
        self.tables: list[_Table] = []
        self.done: list[tuple[int, Grid]] = []
        self._budget = budget
        self._opened = 0
        self._heading = ""
        self._head: list[str] | None = None
        self._silent: list[str] = []
        self._raised = self._bold = 0
        self._macro = ""

    def start(self, tag: str, found: dict[str, str]) -> None:
        silent = tag in _SILENT or (tag == "ac:parameter" and not self._is_title(found))
        if self._silent or silent:
            if silent:
                self._silent.append(tag)
            if tag in _STRUCK and self.tables:
                self.tables[-1].sparse.struck += 1
            return
        if tag == "table":
            if len(self.tables) >= _MOST_NESTED:
                raise InputError(
                    [Problem(self._budget.file, 0, "", f"has tables nested more than {_MOST_NESTED} deep")]
                )
            self._opened += 1
            self.tables.append(_Table(Sparse(self._budget, f"table {self._opened}"), self._opened, self._heading))
        elif tag in _HEADINGS:
            self._head = []
        elif tag in _MACROS:
            self._macro = found.get("ac:name", "")
            self.text(" ")
        elif tag == "ac:emoticon":
            self.text(_EMOTICONS.get(found.get("ac:name", ""), found.get("ac:emoji-fallback", "")))
        elif tag == "sup":
            self._raised += 1
        elif tag in ("b", "strong"):
            self._bold += 1
        elif self.tables:
            self._start_in(self.tables[-1], tag, found)
        if tag in _BREAKS:
            self.text("\n")

    def _is_title(self, found: dict[str, str]) -> bool:
        """Whether a parameter of a Confluence macro is what people see."""
        return self._macro == "status" and found.get("ac:name") == "title"

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
            self.text(found.get("alt", ""))
        elif tag == "input" and found.get("type") == "checkbox":
            self.text("☑" if "checked" in found else "☐")

    def finish(self) -> None:
        """End whatever the page left open."""
        self._silent.clear()
        while self.tables:
            self.end("table")

    def end(self, tag: str) -> None:
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
            self.text("\n")
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

    def text(self, data: str) -> None:
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
        budget = table.sparse.budget
        while table.taken.get(table.column, 0) >= table.row:
            table.column += 1
            budget.spend(Bound.CELLS)
        at, (down, across) = table.column, table.span
        bottom = table.row + down - 1
        table.column += across
        if down > 1:
            budget.spend(Bound.CELLS, across)
            table.taken |= dict.fromkeys(range(at, at + across), bottom)
        if down > 1 or across > 1:
            table.sparse.merge(table.row, at, bottom, at + across - 1)
        table.sparse.put(table.row, at, text)
        if table.bold and at == 1:
            table.sparse.strong.add(table.row)


def _count(text: str) -> int:
    """A span as the page gives it, within what a browser takes; 0 for the rest of the table."""
    number = number_in(text.strip())
    return 1 if number is None else min(number, MOST_COLUMNS)

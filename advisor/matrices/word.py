"""Tables of a Word document, as they read once all tracked changes are accepted."""

from __future__ import annotations

from dataclasses import dataclass, field

from advisor.matrices.budget import MOST_COLUMNS, Bound
from advisor.matrices.grid import Grid, Places, Sparse, flat, number_in
from advisor.matrices.package import Package

_MOST_NESTED = 20
_SKIPPED = ("del", "moveFrom", "instrText", "delText", "txbxContent", "Fallback")
_HEADINGS = ("heading", "caption", "title", "berschrift", "überschrift")
# Ticks that Word takes from a font of symbols.
_SYMBOLS = {"F0FC": "✓", "F0FE": "☑", "F0A8": "☐", "F0FB": "✗", "F0FD": "☒", "F052": "☑", "F054": "☒"}


@dataclass(slots=True)
class _Table:
    """A table while it is read; `open` gives for each column the merged cell that still goes on downwards."""

    sparse: Sparse
    heading: str
    row: int = 0
    column: int = 1
    wide: int = 1
    merge: str = ""
    text: list[str] = field(default_factory=list)
    bold: bool = False
    fresh: bool = True  # nothing has been written into the cell
    open: dict[int, tuple[int, int]] = field(default_factory=dict)
    boxes: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # cells that may be merged, their ends


def word_grids(package: Package) -> list[Grid]:
    """Each table of the document, nested ones apart, in the order in which they end."""
    return _Reader(package).read()


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._tables: list[_Table] = []
        self._done: list[tuple[int, Grid]] = []
        self._started = 0
        self._order: list[int] = []
        self._heading = ""
        self._paragraph: list[str] = []
        self._style = ""
        self._skipping = 0
        self._inside = ""
        self._raised = self._run_bold = self._struck = False

    def read(self) -> list[Grid]:
        for kind, tag, found in self._package.events(self._package.main):
            if self._skipping:
                self._skipping += {"start": 1, "end": -1}.get(kind, 0)
            elif kind == "text":
                if self._inside == "t" and self._struck and self._tables:
                    self._tables[-1].sparse.struck += 1
                elif self._inside == "t" and not (self._raised and tag.strip().isdigit()):
                    self._write(tag)
            elif kind == "start":
                self._start(tag, {**found})
            else:
                self._end(tag)
        return [grid for _, grid in sorted(self._done, key=lambda pair: pair[0])]

    def _write(self, text: str) -> None:
        if self._tables:
            table = self._tables[-1]
            self._package.budget.spend(Bound.CHARACTERS, len(text))
            if text.strip() and table.fresh:
                table.fresh, table.bold = False, self._run_bold
            table.text.append(text)
        elif self._style.lower().startswith(_HEADINGS):
            self._package.budget.spend(Bound.CHARACTERS, len(text))
            self._paragraph.append(text)

    def _start(self, tag: str, found: dict[str, str]) -> None:
        self._inside = tag
        table = self._tables[-1] if self._tables else None
        if tag in _SKIPPED:
            self._skipping = 1
        elif tag == "tbl":
            if len(self._tables) >= _MOST_NESTED:
                raise self._package.error(f"has tables nested more than {_MOST_NESTED} deep")
            self._started += 1
            self._order.append(self._started)
            self._tables.append(_Table(Sparse(self._package.budget, f"table {self._started}"), self._heading))
        elif tag == "r":
            self._raised = self._run_bold = self._struck = False
        elif tag in ("strike", "dstrike"):
            self._struck = found.get("val", "1") not in ("0", "false")
        elif tag == "vertAlign":
            self._raised = found.get("val") == "superscript"
        elif tag == "b":
            self._run_bold = found.get("val", "1") not in ("0", "false")
        elif tag in ("br", "cr"):
            self._write("\n")
        elif tag == "tab":
            self._write(" ")
        elif tag == "sym":
            self._write(_SYMBOLS.get(found.get("char", "").upper(), ""))
        elif tag == "pStyle":
            self._style = found.get("val", "")
        elif table is not None:
            self._start_in(table, tag, found)

    @staticmethod
    def _start_in(table: _Table, tag: str, found: dict[str, str]) -> None:
        if tag == "tr":
            table.row, table.column = table.row + 1, 1
        elif tag == "gridBefore":
            table.column += _count(found)
        elif tag == "tc":
            table.wide, table.merge, table.text, table.bold, table.fresh = 1, "", [], False, True
        elif tag == "gridSpan":
            table.wide = _count(found)
        elif tag == "vMerge":
            table.merge = found.get("val", "continue")

    def _end(self, tag: str) -> None:
        self._inside = ""
        if tag == "p":
            if self._tables:
                self._tables[-1].text.append("\n")
            else:
                self._heading = flat("".join(self._paragraph)) or self._heading
                self._paragraph, self._style = [], ""
        elif tag == "tc" and self._tables:
            self._close(self._tables[-1])
        elif tag == "tbl" and self._tables:
            table = self._tables.pop()
            sparse = table.sparse
            sparse.merged = [(*top, *end) for top, end in table.boxes.items() if end != top]
            self._done.append((self._order.pop(), sparse.grid(Places.ROW, table.heading)))

    def _close(self, table: _Table) -> None:
        at, right = table.column, table.column + table.wide - 1
        table.column += table.wide
        above = table.open.get(at)
        if table.merge == "continue" and above is not None:
            table.boxes[above] = (table.row, max(right, table.boxes[above][1]))
            return
        top = (table.row, at)
        table.open.pop(at, None)
        if table.merge == "restart":
            table.open[at] = top
        if table.merge or right > at:
            self._package.budget.spend(Bound.MERGED)
            table.boxes[top] = (table.row, right)
        table.sparse.put(table.row, at, "".join(table.text))
        if table.bold and at == 1:
            table.sparse.strong.add(table.row)


def _count(found: dict[str, str]) -> int:
    return min(number_in(found.get("val", "")) or 1, MOST_COLUMNS)

"""A plan in Excel with letters written in: cells and columns are added, everything else in the workbook stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from advisor.documents.fill.edits import TableEdit
from advisor.documents.fill.excel_styles import Styles
from advisor.documents.fill.excel_widths import wide_enough
from advisor.documents.shared.excel_comments import add_comments
from advisor.documents.shared.excel_notes import MAIN
from advisor.documents.shared.excel_parts import Element, Parts, behind, behind_all, within
from advisor.documents.shared.words import clean
from advisor.files import reading
from advisor.matrices.budget import Bound
from advisor.matrices.excel import LAST_COLUMN, place_in, place_of
from advisor.matrices.grid import letters_of, number_in

_SPANS = re.compile(rb"\sspans\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_FAR = 60  # columns
_NOTES = 2_000  # comments on a sheet
_MOST_IN_NOTE = 2_000  # characters


class _Cell(NamedTuple):
    """A cell of a row as it stands in the part; `end` is behind it, `filled` whether anything is in it."""

    start: int
    end: int
    style: int
    filled: bool


@dataclass(slots=True)
class _Row:
    """A row as it stands: its start tag and what is behind that, where its end tag begins, its cells."""

    start: int
    opened: int
    end: int = 0
    cells: dict[int, _Cell] = field(default_factory=dict)


def excel_copy(data: bytes, edits: Sequence[TableEdit], file: str) -> bytes:
    """The workbook with each sheet edited, reasons as comments. All that is written is text, and never a formula.

    Raises InputError for what is no workbook of the usual kind.
    """
    with reading(file, "is no workbook that could be filled in"):
        parts = Parts(data, file)
        sheets = parts.sheets()
        styles = Styles(parts)
        if len({sheets[edit.table] for edit in edits}) < len(edits):
            raise parts.error("has sheets that share their cells; save it in Excel once")
        notes = {edit.table: _fill(parts, sheets[edit.table], edit, styles) for edit in edits}
        styles.write()
        add_comments(parts, notes)
        return parts.packed()


def _fill(parts: Parts, part: str, edit: TableEdit, styles: Styles) -> dict[str, str]:
    """Write the cells of one sheet; returns the comments for them."""
    sheet = parts.sheet(part)
    rows, last = _rows(parts, part)
    last = _beside_merged(sheet, edit, last)
    if last + len(edit.headings) > LAST_COLUMN:
        raise parts.error(f"has no room for {len(edit.headings)} more columns in {edit.table}")
    data = parts.read(part)
    texts: dict[int, dict[int, str]] = {edit.heading: dict(enumerate(edit.headings, last + 1))}
    notes: dict[str, str] = {}
    for number, row in edit.rows.items():
        letters = {**row.cells, **dict(enumerate(row.added, last + 1))}
        texts[number] = letters
        holding = [one for one, text in letters.items() if "A" in text.split("/")] or list(letters)
        if row.note and len(notes) < _NOTES:
            notes[f"{letters_of(holding[0])}{number}"] = row.note[:_MOST_IN_NOTE]
    changed: list[tuple[int, int, bytes]] = []
    for number, cells in texts.items():
        if number in rows:
            centred = range(last + 1, last + 1 + edit.letters)
            changed += _changes(data, number, rows[number], cells, edit, styles, last, centred)
    changed += wide_enough(parts, data, sheet, texts, last, edit)
    changed += _dimension(parts, data, sheet, last + len(edit.headings))
    parts.replace(part, _with(data, changed))
    return notes


def _beside_merged(sheet: Element, edit: TableEdit, last: int) -> int:
    """The last column that a merged cell of the table reaches, where that is not far behind the last with a text."""
    found = last
    for one in within(sheet, "mergeCells", "mergeCell"):
        _, _, corner = one.found.get("ref", "").partition(":")
        bottom, right = place_in(corner)
        found = max(found, right if bottom >= edit.heading and right <= last + _FAR else 0)
    return found


def _rows(parts: Parts, part: str) -> tuple[dict[int, _Row], int]:
    """The rows of a sheet by number, and the last column that anything stands in."""
    data = parts.read(part)
    rows: dict[int, _Row] = {}
    last = 1
    number = column = 0
    here: list[tuple[str, int, Mapping[str, str]]] = []
    filled = False
    parser = expat.ParserCreate()

    def start(name: str, found: dict[str, str]) -> None:
        nonlocal number, column, filled
        parts.budget.spend(Bound.PIECES)
        tag, at = name.rpartition(":")[2], parser.CurrentByteIndex
        if tag == "row":
            given = number_in(found.get("r", ""))
            number, column = number + 1 if given is None else given, 0
            rows[number] = _Row(at, behind(data, at))
        elif tag == "c":
            (_, column), filled = place_of(found.get("r", ""), number, column), False
        elif tag in ("v", "is", "f"):
            filled = True
        here.append((tag, at, found))

    def end(_: str) -> None:
        nonlocal last
        tag, at, found = here.pop()
        if tag == "row":
            rows[number].end = parser.CurrentByteIndex
        elif tag == "c" and number in rows and column <= LAST_COLUMN:
            rows[number].cells[column] = _Cell(
                at, behind_all(data, at, parser.CurrentByteIndex), number_in(found.get("s", "")) or 0, filled
            )
            last = max(last, column if filled else 0)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return rows, last


def _changes(
    data: bytes,
    number: int,
    row: _Row,
    texts: Mapping[int, str],
    edit: TableEdit,
    styles: Styles,
    last: int,
    centred: range,
) -> list[tuple[int, int, bytes]]:
    """What of a row is replaced by what, so that its cells stay in the order of their columns."""
    beside = row.cells.get(last) or row.cells.get(max((one for one in row.cells if one <= last), default=0))
    base = beside.style if beside is not None else 0
    made = []
    for column, text in sorted(texts.items()):
        there = row.cells.get(column)
        style = there.style if there is not None and column <= last else base
        if column > last:
            style = styles.like(style, centred=column in centred, heading=number == edit.heading)
        said = _written(letters_of(column), number, style, text)
        if there is not None:
            made.append((there.start, there.end, said))
        else:
            following = [cell.start for one, cell in row.cells.items() if one > column]
            made.append((min(following, default=row.end), min(following, default=row.end), said))
    opened = data[row.start : row.opened]
    tag = _SPANS.sub(b"", opened)
    if opened.endswith(b"/>"):  # it closes itself, and has no cell
        name = re.match(rb"<([^\s/>]+)", opened)
        closing = b"</%s>" % (name[1] if name else b"row")
        whole = tag.rstrip(b">").rstrip(b"/").rstrip() + b">" + b"".join(said for _, _, said in made) + closing
        return [(row.start, row.opened, whole)]
    return [(row.start, row.opened, tag), *made]


def _written(column: str, number: int, style: int, text: str) -> bytes:
    """A cell with the text, be it what it may; an empty one keeps the style."""
    kept = "".join(one for one in clean(text) if one not in "\ufffe\uffff")
    head = f'<c xmlns="{MAIN}" r="{column}{number}" s="{style}"'
    if not kept:
        return f"{head}/>".encode()
    return f'{head} t="inlineStr"><is><t xml:space="preserve">{escape(kept)}</t></is></c>'.encode()


def _dimension(parts: Parts, data: bytes, sheet: Element, last: int) -> list[tuple[int, int, bytes]]:
    """What the sheet says of its own size, wide enough for the columns added."""
    found = within(sheet, "dimension")
    if not found:
        return []
    first, _, end = found[0].found.get("ref", "").partition(":")
    row, column = place_in(end or first)
    if not row:
        return []
    ref = f'<dimension xmlns="{MAIN}" ref="{first}:{letters_of(max(column, last))}{row}"/>'
    end_of_it = behind_all(data, found[0].start, found[0].end)
    return [(found[0].start, end_of_it, ref.encode())]


def _with(data: bytes, changed: Sequence[tuple[int, int, bytes]]) -> bytes:
    """The bytes with each stretch replaced; those of one place stand in their order."""
    pieces, before = [], 0
    for start, end, said in sorted(changed, key=lambda one: (one[0], one[1])):
        pieces += [data[before:start], said]
        before = end
    return b"".join((*pieces, data[before:]))

"""What the handbook prints: sections of lines, tables and rules, made once so that both formats say the same."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.documents.shared.words import clean


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: plain, a link to an anchor of the handbook, or in one of a few styles.

    `style` is empty, `strong`, `id` (an id of the rulebook, in small type) or `letter` (of the matrix).
    """

    text: str
    to: str = ""
    style: str = ""


Line = tuple[Piece, ...]


def plain(line: Line) -> str:
    """The line without links and styles."""
    return "".join(piece.text for piece in line)


@dataclass(frozen=True, slots=True)
class Item:
    """A rule (when, then, why it says so) or another entry of a list, which has no `when`."""

    then: Line
    when: tuple[Line, ...] = ()
    says: Line = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a table; a `group` row is a heading over those that follow."""

    cells: tuple[Line, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its first column names the row, the others hold figures or letters unless `wordy`."""

    columns: tuple[Line, ...]
    rows: tuple[GridRow, ...]
    wordy: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its anchor, and beneath it: lines, a table, items, sections, in this order."""

    anchor: str
    title: str
    lines: tuple[Line, ...] = ()
    grid: Grid | None = None
    items: tuple[Item, ...] = ()
    parts: tuple[Section, ...] = ()
    id: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Handbook:
    """The whole handbook."""

    name: str
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    version: str
    digest: str


def line(*parts: str | Piece | Line) -> Line:
    """A line from pieces, other lines and the handbook's own words, whose spaces at the ends are kept."""
    pieces: list[Piece] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(Piece(part))
        elif isinstance(part, Piece):
            pieces.append(part)
        else:
            pieces.extend(part)
    return tuple(piece for piece in pieces if piece.text)


def said(text: str) -> Piece:
    """Words of the rulebook."""
    return Piece(clean(text))


def strong(text: str) -> Piece:
    """Words that the eye should find first."""
    return Piece(clean(text), style="strong")


def small(id: str) -> Piece:
    """An id of the rulebook, for whoever looks it up in the files."""
    return Piece(clean(id), style="id")


def link(text: str, to: str, style: str = "") -> Piece:
    """Words that lead to an anchor of the handbook."""
    return Piece(clean(text), to=to, style=style)


def letter(letters: str) -> Line:
    """A cell of the matrix."""
    return line(Piece(letters, style="letter"))


def joined(parts: list[Line] | tuple[Line, ...], between: str = ", ", last: str = "") -> Line:
    """The lines one after the other, with `between` them and `last`, where given, before the last of them."""
    result: list[Piece] = []
    for at, part in enumerate(parts):
        if at:
            result.append(Piece(last if last and at == len(parts) - 1 else between))
        result.extend(part)
    return tuple(result)

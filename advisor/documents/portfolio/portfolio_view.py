"""What a portfolio's documents print: sections of grids, each figure with the engagements behind it."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.documents.shared.words import clean
from advisor.portfolio.values import Entries, Entry, Portfolio

COUNT, PERSONS, SMALL, PERCENT = "count", "persons", "small", "percent"


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A file or document that gave no advice, and every reason why."""

    source: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A portfolio as it is to be printed: under which title and date, and what could not be counted."""

    portfolio: Portfolio
    failed: tuple[NotCounted, ...] = ()
    title: str = ""
    dated: str = ""

    @property
    def heading(self) -> str:
        return clean(self.title) or "Portfolio of engagements"


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, or with `value` a figure in the given form; `soft` stands beneath it in small type."""

    text: str
    value: float | None = None
    form: str = ""
    soft: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a grid with the engagements behind its figures, None where it has none; `says` stands above them."""

    cells: tuple[Cell, ...]
    entries: Entries | None = None
    says: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; columns that hold figures are named in `figures`. `first` rows are shown, the rest on demand."""

    anchor: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    figures: tuple[int, ...] = ()
    first: int = 12

    @property
    def listed(self) -> bool:
        return any(row.entries is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Part:
    """A section: what it says, the name of its picture if it has one, its grids."""

    anchor: str
    title: str
    says: tuple[str, ...] = ()
    chart: str = ""
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure at the top, and the section that it leads to."""

    figure: str
    says: str
    to: str


def count(number: int) -> Cell:
    """A number of engagements or people."""
    return Cell(f"{number:,}", number, COUNT)


def persons(fte: float | None) -> Cell:
    """A sum over engagements, in persons."""
    return Cell("not stated") if fte is None else Cell(f"{fte:,.1f}", fte, PERSONS)


def small(fte: float | None) -> Cell:
    """The time of one engagement or person, in persons."""
    return Cell("not stated") if fte is None else Cell(f"{fte:,.2f}", fte, SMALL)


def percent(part: float) -> Cell:
    """A part of the whole."""
    return Cell(f"{part:.0%}", part, PERCENT)


def named(entry: Entry) -> str:
    """The engagement's name, empty where it has none but its id."""
    return "" if entry.line.name == entry.line.id else clean(entry.line.name)

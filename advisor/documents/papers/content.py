"""What a document beside the matrix says, as values that one layout for each format prints and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.documents.shared.people import Column
from advisor.documents.shared.view import PhaseRows


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heads, the percent of the page that each column takes, and rows; one to sign has tall rows.

    A first column of at most 30 percent heads its rows.
    """

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    to_sign: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and beneath it lines, a table and a list, in this order; any of them may be missing."""

    title: str
    lines: tuple[str, ...] = ()
    grid: Grid | None = None
    points: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.lines or self.points or (self.grid is not None and self.grid.rows))


@dataclass(frozen=True, slots=True)
class Page:
    """Sections that begin on a page of their own, under a title where there are several such pages."""

    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """The matrix at the end of a document."""

    title: str
    columns: tuple[Column, ...]
    phases: tuple[PhaseRows, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: its name, what it opens with, what is to be settled before anybody gets it, pages, matrix."""

    name: str
    opening: tuple[str, ...]
    before_sending: tuple[str, ...]
    pages: tuple[Page, ...]
    matrix: Schedule | None = None


def filled_in(*sections: Section) -> tuple[Section, ...]:
    """The sections in which something stands."""
    return tuple(one for one in sections if not one.empty)

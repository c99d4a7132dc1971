"""A table of a file as a grid of texts that knows where each of them stands: what all formats come down to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from advisor.errors import InputError, Problem
from advisor.matrices.budget import MOST_COLUMNS, Bound, Budget


class Places(Enum):
    """How people look for a cell: by the sheet's letters and numbers, by line, by row of the table, by entry."""

    SHEET = "sheet"
    LINE = "line"
    ROW = "row"
    ENTRY = "entry"

    @property
    def word(self) -> str:
        """What a row is called."""
        return "row" if self is Places.SHEET else self.value


@dataclass(frozen=True, slots=True)
class Span:
    """A merged cell: its first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def wide(self) -> bool:
        return self.right > self.left

    @property
    def tall(self) -> bool:
        return self.bottom > self.top


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangular table without blank rows and columns; the text of a merged cell stands in each part of it.

    `numbers` and `columns` are what the file counts for each row and column, from 1, and 0 for what is
    no column of it; `gaps` are rows that follow a
    blank one, `strong` rows whose first text is set off (bold); `spans` give the merged cell of a row and column;
    `heading` is what stands over the table; `remarks` say what was left aside, `taken` how the table was understood;
    `computed` are columns with formulas whose value is not known. In a grid that was `turned`, rows are the file's
    columns.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    columns: tuple[int, ...]
    places: Places
    gaps: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()
    spans: Mapping[tuple[int, int], Span] = field(default_factory=dict)
    heading: str = ""
    remarks: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    computed: frozenset[int] = frozenset()
    turned: bool = False

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def place(self, row: int, column: int) -> str:
        """Where the cell stands, as a person would look for it."""
        line, at = self.numbers[row], self.columns[column]
        if self.turned:
            line, at = at, line
        if self.places is Places.SHEET:
            return f"{letters_of(at)}{line}"
        where = f"{self.places.word} {line}"
        return f"{where}, column {at}" if at else where

    def row_name(self, row: int) -> str:
        """What the row is called in a sentence: `row 7`, `line 12`, and `column C` in a turned grid."""
        if self.turned:
            return f"column {self._column_word(self.numbers[row])}"
        return f"{self.places.word} {self.numbers[row]}" if self.numbers[row] else "the keys"

    def column_name(self, column: int) -> str:
        """What the column is called in a sentence: `column C`, `column 3`, and `row 7` in a turned grid."""
        if self.turned:
            return f"{self.places.word} {self.columns[column]}"
        number = self.columns[column]
        return f"column {self._column_word(number)}" if number else "the text"

    def _column_word(self, number: int) -> str:
        return letters_of(number) if self.places is Places.SHEET else str(number)

    def from_row(self, first: int, last: int | None = None) -> Grid:
        """The part of the grid from one row to before another."""
        end = len(self.rows) if last is None else last
        inside = {
            (row - first, column): Span(
                max(span.top - first, 0), span.left, min(span.bottom, end - 1) - first, span.right
            )
            for (row, column), span in self.spans.items()
            if first <= row < end
        }
        return replace(
            self,
            rows=self.rows[first:end],
            numbers=self.numbers[first:end],
            gaps=frozenset(row - first for row in self.gaps if first <= row < end),
            strong=frozenset(row - first for row in self.strong if first <= row < end),
            spans=inside,
        )

    def turn(self) -> Grid:
        """The grid with rows for columns."""
        return replace(
            self,
            rows=tuple(zip(*self.rows, strict=True)),
            numbers=self.columns,
            columns=self.numbers,
            gaps=frozenset(),
            strong=frozenset(),
            computed=frozenset(),
            spans={
                (column, row): Span(span.left, span.top, span.right, span.bottom)
                for (row, column), span in self.spans.items()
            },
            turned=not self.turned,
        )


@dataclass(slots=True)
class Sparse:
    """A table while it is read: the filled cells by row and column of the file, from 1, and merged cells."""

    budget: Budget
    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    strong: set[int] = field(default_factory=set)
    computed: set[int] = field(default_factory=set)
    struck: int = 0

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Keep that these cells are one; InputError once the file has more than a matrix could have."""
        self.budget.spend(Bound.MERGED)
        self.merged.append((top, left, bottom, right))

    def put(self, row: int, column: int, text: str) -> None:
        """Keep the text of a cell; InputError once the file has more than a matrix could have."""
        if text and (text := clean(text)):
            self.budget.spend(Bound.FILLED)
            self.cells[row, column] = text

    def grid(
        self,
        places: Places,
        heading: str = "",
        remarks: Iterable[str] = (),
        hidden_rows: Iterable[int] = (),
        hidden_columns: Iterable[int] = (),
        taken: Iterable[str] = (),
        lines: Mapping[int, int] | None = None,
    ) -> Grid:
        """The grid of what is not hidden; `lines` gives for each filled row the number that the file has for it."""
        self.budget.spend(Bound.TABLES)
        no_rows, no_columns = frozenset(hidden_rows), frozenset(hidden_columns)
        shown = {at: text for at, text in self.cells.items() if at[0] not in no_rows and at[1] not in no_columns}
        numbers = sorted({row for row, _ in shown})
        columns = sorted({column for _, column in shown})
        if len(columns) > MOST_COLUMNS:
            much = f"has more than {MOST_COLUMNS:,} columns; a matrix that people read has far fewer"
            raise InputError([Problem(self.budget.file, 0, self.name, much)])
        self.budget.spend(Bound.CELLS, len(numbers) * len(columns))
        rows = [[shown.get((row, column), "") for column in columns] for row in numbers]
        spans = self._spread(rows, numbers, columns)
        return Grid(
            self.name,
            tuple(map(tuple, rows)),
            tuple(lines[row] for row in numbers) if lines else tuple(numbers),
            tuple(columns),
            places,
            frozenset(at for at in range(1, len(numbers)) if self._gap(numbers[at - 1], numbers[at], no_rows)),
            frozenset(at for at, row in enumerate(numbers) if row in self.strong),
            spans,
            heading,
            (*remarks, *self._struck_out()),
            tuple(taken),
            frozenset(at for at, column in enumerate(columns) if column in self.computed),
        )

    def _struck_out(self) -> tuple[str, ...]:
        if not self.struck:
            return ()
        return (
            f"{self.struck} text{'s' if self.struck > 1 else ''} that {'are' if self.struck > 1 else 'is'} struck out",
        )

    @staticmethod
    def _gap(above: int, below: int, hidden: frozenset[int]) -> bool:
        return any(row not in hidden for row in range(above + 1, min(below, above + 1 + MOST_COLUMNS)))

    def _spread(
        self, rows: list[list[str]], numbers: Sequence[int], columns: Sequence[int]
    ) -> dict[tuple[int, int], Span]:
        """Fill the texts of merged cells into all their parts that are left, and say which cells belong together."""
        from bisect import bisect_left, bisect_right

        spans: dict[tuple[int, int], Span] = {}
        for top, left, bottom, right in self.merged:
            first, last = bisect_left(numbers, top), bisect_right(numbers, bottom) - 1
            west, east = bisect_left(columns, left), bisect_right(columns, right) - 1
            if last < first or east < west or (first, west) == (last, east):
                continue
            span = Span(first, west, last, east)
            text = self.cells.get((top, left), "")
            parts = (last - first + 1) * (east - west + 1)
            self.budget.spend(Bound.CELLS, parts)
            self.budget.spend(Bound.CHARACTERS, parts * len(text))
            for row in range(first, last + 1):
                for column in range(west, east + 1):
                    rows[row][column] = text
                    spans[row, column] = span
        return spans


def clean(text: str) -> str:
    """The text with its white space made single; line breaks stay, as names and roles are often so parted."""
    lines = (" ".join(line.split()) for line in text.replace("\u200b", "").replace("\ufeff", "").splitlines())
    return "\n".join(line for line in lines if line)


def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def number_in(text: str) -> int | None:
    """The whole number that a text is, of up to eight digits as every keyboard has them; None for any other."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def letters_of(column: int) -> str:
    """The letters that a spreadsheet calls a column by, counted from 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name

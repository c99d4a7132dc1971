"""The rows under a heading: activities, phases, footnotes, sums, and where another table starts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from advisor.matrices.grid import Grid, flat, number_in
from advisor.matrices.headings import defines_letter, is_code, is_number, names_an_activity, opens_phase
from advisor.matrices.hints import Map
from advisor.matrices.layout import Columns, Readings, across, explains
from advisor.matrices.vocabulary import heading_kind, is_in, opens_with
from advisor.model.found import FoundCell, FoundRow

Cells = Callable[[int], tuple[FoundCell, ...]]
_LONGEST_PHASE = 120
_SHOWN = 60
_SHORT = 3
_NUMBERED = re.compile(r"\d{1,2}\s+\D")


@dataclass(slots=True)
class Body:
    """What the rows were found to be; `end` is the row after the last one that belongs to the matrix."""

    rows: list[FoundRow] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    end: int = 0


class BodyReader:
    """Goes through the rows under a heading; `marks` are the columns in which letters stand, or names if `named`."""

    def __init__(
        self,
        grid: Grid,
        heading: tuple[int, ...],
        marks: Sequence[int],
        columns: Columns,
        cells: Cells,
        read: Readings,
        told: Map,
        named: bool = False,
    ) -> None:
        self._named = named
        self._grid, self._heading, self._marks, self._columns = grid, heading, tuple(marks), columns
        self._cells, self._read, self._told = cells, read, told
        self._said = {
            "phase": frozenset(one.strip() for one in told.phases),
            "row": frozenset(one.strip() for one in told.activities),
            "ignore": frozenset(one.strip() for one in told.ignore_rows),
        }
        self._head = [flat(grid.rows[heading[-1]][column]) for column in self._marks]
        self.body = Body()
        self._phase = self._over = ""
        self._rows_of_phases: list[int] = []
        self._kinds: dict[int, str] = {}
        self._next: dict[int, int | None] = {}
        self._last = self._notes = 0
        self._bold = self._capitals = self._numbered = self._corners = self._opens = False

    def walk(self) -> Body:
        """The rows, phases and all that was left aside."""
        start = self._heading[-1] + 1
        end = self._end(start)
        self.body.end = end
        self._kinds = {row: self._kind(row) for row in range(start, end)}
        self._look_around(start)
        if self._corners:
            self._open(self._heading[-1])
        for row, kind in self._kinds.items():
            self._take(row, kind)
        self._say_phases()
        return self.body

    def _look_around(self, start: int) -> None:
        """What is the same for all rows: the last one with letters, how the others are set, where notes begin."""
        kinds, grid = self._kinds, self._grid
        filled = [row for row, kind in kinds.items() if kind == "row"]
        self._last = max(filled, default=start - 1)
        kinds |= {row: "row" for row, kind in kinds.items() if kind == "words" and row < self._last}
        names = [self._text(row) for row in filled]
        self._bold = 2 * sum(1 for row in filled if row in grid.strong) < len(filled) + 1
        self._capitals = all(name.isupper() for name in names)
        self._numbered = any(_NUMBERED.match(name) for name in names)
        again = [row for row, kind in kinds.items() if kind == "again"]
        self._corners = len({flat(grid.rows[row][self._columns.activity]) for row in (self._heading[-1], *again)}) > 1
        lone = [row for row, kind in kinds.items() if kind == "lone" and row < self._last]
        self._opens = bool(lone) and lone[0] == start and kinds.get(start + 1) == "row"
        after = range(self._last + 1, self.body.end)
        self._notes = next(
            (row for row in after if row in grid.gaps or kinds[row] in ("legend", "sums")), self.body.end
        )
        self._next = {}
        following = None
        for row in reversed(kinds):
            self._next[row] = following
            following = row if kinds[row] == "row" else following

    def _end(self, start: int) -> int:
        """The first row after the heading that is the heading of another table."""
        for row in range(start, len(self._grid.rows) if not self._told.heading else start):
            if self._is_heading(row) and not self._same_heading(row):
                return row
        return len(self._grid.rows)

    def _is_heading(self, row: int) -> bool:
        cells = [flat(self._grid.rows[row][column]) for column in self._marks]
        words = [text for text in cells if len(text) > 1 and not is_number(text) and not is_in(text, "nothing")]
        own = heading_kind(self._grid.rows[row][self._columns.activity])
        apart = row in self._grid.gaps or own in ("activity", "role", "phase")
        if len(set(words)) < 2 or (len(words) * 2 < len(cells) and not apart):
            return False
        readings = [self._read(row, column) for column in self._marks]
        if any(one.letters for one in readings):
            return False
        below = range(row + 1, min(row + 4, len(self._grid.rows)))
        return self._told_row(row) == "" and any(
            self._read(at, one).strict and self._read(at, one).letters for at in below for one in self._marks
        )

    def _same_heading(self, row: int) -> bool:
        return [flat(self._grid.rows[row][column]) for column in self._marks] == self._head

    def _told_row(self, row: int) -> str:
        """What the map says of a row."""
        named = {str(self._grid.numbers[row]), self._grid.row_name(row).rpartition(" ")[2]}
        for kind, rows in self._said.items():
            if rows and (named & rows or self._text(row) in rows):
                return kind
        if (last := number_in(self._told.last)) is not None and self._grid.numbers[row] > last:
            return "ignore"
        return ""

    def _text(self, row: int) -> str:
        """What names the row: its activity, else the first text that is no mark."""
        texts = self._grid.rows[row]
        if own := flat(texts[self._columns.activity]):
            return own
        beside = [self._columns.phase, *self._columns.others]
        left = [column for column in beside if column is not None and column < min(self._marks)]
        found = next((flat(texts[column]) for column in sorted(left) if texts[column]), "")
        if found or self._columns.number is None or is_code(texts[self._columns.number]):
            return found
        return flat(texts[self._columns.number])  # a phase's name where the rows have their numbers

    def _kind(self, row: int) -> str:
        """`row` with letters, `lone` text, `again` for the heading, `sums`, `legend`, or what the map says."""
        if told := self._told_row(row):
            return told
        grid, activity = self._grid, self._columns.activity
        if self._same_heading(row):
            return "again"
        own = self._read(row, activity)
        marks = [flat(grid.rows[row][column]) for column in self._marks if grid.rows[row][column]]
        said = defines_letter(self._text(row)) and any(map(defines_letter, marks))
        if said or (own.letters and own.strict) or any(explains(grid, row, one, self._read) for one in self._marks):
            return "legend"
        span = grid.spans.get((row, activity))
        if (span is not None and span.right >= self._marks[0]) or across(grid, row, self._marks):
            return "lone"
        if not self._text(row) and self._explained(row):
            return "legend"
        if self._named and all(self._letters_again(row, column) for column in self._marks):
            marks = []
        if not marks:
            return "lone" if self._text(row) else "beside"
        if all(is_number(text) for text in marks) or (
            opens_with(self._text(row), "sums") and any(map(is_number, marks))
        ):
            return "sums"
        known = any(self._read(row, column).letters or self._read(row, column).nothing for column in self._marks)
        return "row" if known or self._named or all(len(text) <= _SHORT for text in marks) else "words"

    def _letters_again(self, row: int, column: int) -> bool:
        """Whether a cell for names holds nothing, or letters as in a heading."""
        return not self._grid.rows[row][column] or bool(self._read(row, column).letters)

    def _explained(self, row: int) -> bool:
        """Whether all that stands in the row is one letter with its meaning, such as `C - Consulted`."""
        filled = [column for column in self._marks if self._grid.rows[row][column]]
        return (
            len(filled) == 1
            and len(self._read(row, filled[0]).letters) == 1
            and (len(flat(self._grid.rows[row][filled[0]])) > _SHORT)
        )

    def _take(self, row: int, kind: str) -> None:
        if kind == "row":
            self._add(row)
        elif kind == "phase":
            self._open(row)
        elif kind == "again":
            if self._corners:
                self._open(row)
            self._pass(row, "the heading again")
        elif kind == "sums":
            self._pass(row, "it counts")
        elif kind == "legend":
            self._pass(row, "it explains the letters")
        elif kind == "ignore":
            self._pass(row, "the map says so")
        elif kind == "words":
            self._pass(row, "words under the last row of letters")
        elif kind == "beside":
            self._pass(row, "it has no activity and no letter")
        else:
            self._lone(row)

    def _lone(self, row: int) -> None:
        """A row with a text and no letter: left out, a footnote, a phase, or an activity that nobody has."""
        text, grid = self._text(row), self._grid
        status = self._columns.status
        if status is not None and is_in(flat(grid.rows[row][status]), "left_out"):
            self._pass(row, f"its status is “{flat(grid.rows[row][status])}”")
        elif self._is_note(row, text):
            self._pass(row, "a note")
        elif self._is_phase(row, text):
            if row > self._last:
                self._pass(row, "a phase without rows")
            else:
                self._open(row)
        else:
            self._add(row)
            self.body.taken.append(
                f"{grid.row_name(row)} (“{_short(text)}”) is an activity in which nobody has a letter"
            )

    def _is_note(self, row: int, text: str) -> bool:
        if opens_with(text, "footnotes") or re.match(r"\d\)|\[\d+\]|[¹²³]", text):
            return not (row < self._last and opens_phase(text))
        if re.search(r"(?:^|[\s,;(])[A-Z]{1,2}\s*=\s*\w+", text[:_LONGEST_PHASE]):
            return True
        if row < self._last:
            return len(text) > _LONGEST_PHASE * 2
        raised = _NUMBERED.match(text) is not None and not self._numbered
        return raised or row >= self._notes or len(text) > _LONGEST_PHASE

    def _is_phase(self, row: int, text: str) -> bool:
        grid, columns = self._grid, self._columns
        span = grid.spans.get((row, columns.activity))
        if span is not None and span.right >= self._marks[0]:
            return True
        if not grid.rows[row][columns.activity]:
            return True  # only the column of phases, or one left of the activities, is filled
        if (row in grid.strong and self._bold) or opens_phase(text) or text.endswith(":"):
            return True
        if len(text) > 3 and text.isupper() and not self._capitals:
            return True
        following = self._next[row]
        if following is None or following != row + 1:
            return False
        if self._numbered_under(row, following):
            return True
        if names_an_activity(text) >= 1:
            return False
        apart = row in grid.gaps and following not in grid.gaps
        return (apart or self._opens) and len(text) <= _LONGEST_PHASE

    def _numbered_under(self, row: int, following: int) -> bool:
        """Whether the row is `2` or `2. Build` and the next one `2.1`."""
        at = self._columns.number if self._columns.number is not None else self._columns.activity
        here, below = (
            re.match(r"(\d+(?:\.\d+)*)\.?(?=\s|$)", flat(self._grid.rows[one][at])) for one in (row, following)
        )
        return here is not None and below is not None and below[1].startswith(f"{here[1]}.")

    def _add(self, row: int) -> None:
        grid = self._grid
        phase = self._phase
        if self._columns.phase is not None:
            phase = self._phase = flat(grid.rows[row][self._columns.phase]) or phase
        activity = self._text(row)
        if not activity:
            self.body.taken.append(f"{grid.row_name(row)} has letters but names no activity")
        self.body.rows.append(FoundRow(activity, grid.place(row, self._columns.activity), self._cells(row), phase))

    def _open(self, row: int) -> None:
        """A row that opens a phase; two on end are a phase and its first part, and what follows are other parts."""
        text = self._text(row)
        if self._rows_of_phases and self._rows_of_phases[-1] == row - 1:
            self._over = self._text(row - 1)
        self._phase = f"{self._over}: {text}" if self._over else text
        if row > self._heading[-1]:
            self._rows_of_phases.append(row)

    def _say_phases(self) -> None:
        rows = self._rows_of_phases
        if rows:
            shown = ", ".join(f"{self._grid.row_name(row)} “{_short(self._text(row))}”" for row in rows)
            self.body.taken.append(f"phases are set off by rows of their own: {shown}")

    def _pass(self, row: int, why: str) -> None:
        text = _short(self._text(row) or " ".join(filter(None, map(flat, self._grid.rows[row]))))
        self.body.passed.append(f"{self._grid.row_name(row)} (“{text}”): {why}")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."

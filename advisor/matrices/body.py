"""The rows under a heading: activities, phases, footnotes, sums, and where another table starts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from advisor.matrices.grid import Grid, flat
from advisor.matrices.headings import is_number, names_an_activity, opens_phase
from advisor.matrices.hints import Map
from advisor.matrices.layout import Columns, Readings, explains
from advisor.matrices.vocabulary import is_in, opens_with
from advisor.model.found import FoundCell, FoundRow

Cells = Callable[[int], tuple[FoundCell, ...]]
_LONGEST_PHASE = 120
_SHOWN = 60
_SHORT = 3


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
        self._head = [flat(grid.rows[heading[-1]][column]) for column in self._marks]
        self.body = Body()
        self._phase = self._over = ""
        self._rows_of_phases: list[int] = []
        self._bold = self._corners = self._opens = False

    def walk(self) -> Body:
        """The rows, phases and all that was left aside."""
        start = self._heading[-1] + 1
        end = self._end(start)
        self.body.end = end
        kinds = {row: self._kind(row) for row in range(start, end)}
        filled = [row for row in kinds if kinds[row] == "row"]
        last = max(filled, default=start - 1)
        kinds |= {row: "row" for row in kinds if kinds[row] == "words" and row < last}
        self._bold = 2 * sum(1 for row in filled if row in self._grid.strong) < len(filled) + 1
        again = [row for row in kinds if kinds[row] == "again"]
        corners = {flat(self._grid.rows[row][self._columns.activity]) for row in (self._heading[-1], *again)}
        self._corners = len(corners) > 1
        if self._corners:
            self._open(self._heading[-1])
        lone = [row for row in kinds if kinds[row] == "lone" and row < last]
        self._opens = bool(lone) and lone[0] == start and start + 1 in kinds and kinds[start + 1] == "row"
        for row, kind in kinds.items():
            self._take(row, kind, kinds, last)
        self._say_phases()
        return self.body

    def _end(self, start: int) -> int:
        """The first row after the heading that is the heading of another table."""
        for row in range(start, len(self._grid.rows)):
            if self._is_heading(row) and not self._same_heading(row):
                return row
        return len(self._grid.rows)

    def _is_heading(self, row: int) -> bool:
        cells = [flat(self._grid.rows[row][column]) for column in self._marks]
        words = [text for text in cells if len(text) > 1 and not is_number(text) and not is_in(text, "nothing")]
        if len(words) * 2 < len(cells) or len(set(words)) < 2:
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
        for kind, rows in (
            ("phase", self._told.phases),
            ("row", self._told.activities),
            ("ignore", self._told.ignore_rows),
        ):
            if named & {one.strip() for one in rows} or self._text(row) in rows:
                return kind
        if self._told.last and self._told.last.isdigit() and self._grid.numbers[row] > int(self._told.last):
            return "ignore"
        return ""

    def _text(self, row: int) -> str:
        """What names the row: its activity, else the first text that is no mark."""
        texts = self._grid.rows[row]
        if own := flat(texts[self._columns.activity]):
            return own
        beside = [self._columns.phase, *self._columns.others]
        left = [column for column in beside if column is not None and column < min(self._marks)]
        return next((flat(texts[column]) for column in sorted(left) if texts[column]), "")

    def _kind(self, row: int) -> str:
        """`row` with letters, `lone` text, `again` for the heading, `sums`, `legend`, or what the map says."""
        if told := self._told_row(row):
            return told
        grid, activity = self._grid, self._columns.activity
        if self._same_heading(row):
            return "again"
        own = self._read(row, activity)
        if (own.letters and own.strict) or any(explains(grid, row, column, self._read) for column in self._marks):
            return "legend"
        span = grid.spans.get((row, activity))
        if span is not None and span.right >= self._marks[0]:
            return "lone"
        marks = [flat(grid.rows[row][column]) for column in self._marks if grid.rows[row][column]]
        if not marks:
            return "lone" if self._text(row) else "beside"
        if all(is_number(text) for text in marks) or (
            opens_with(self._text(row), "sums") and any(map(is_number, marks))
        ):
            return "sums"
        known = any(self._read(row, column).letters or self._read(row, column).nothing for column in self._marks)
        return "row" if known or self._named or all(len(text) <= _SHORT for text in marks) else "words"

    def _take(self, row: int, kind: str, kinds: dict[int, str], last: int) -> None:
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
            self._lone(row, kinds, last)

    def _lone(self, row: int, kinds: dict[int, str], last: int) -> None:
        """A row with a text and no letter: left out, a footnote, a phase, or an activity that nobody has."""
        text, grid = self._text(row), self._grid
        status = self._columns.status
        if status is not None and is_in(flat(grid.rows[row][status]), "left_out"):
            self._pass(row, f"its status is “{flat(grid.rows[row][status])}”")
        elif self._is_note(row, text, last, kinds):
            self._pass(row, "a note")
        elif self._is_phase(row, text, kinds, last):
            if row > last:
                self._pass(row, "a phase without rows")
            else:
                self._open(row)
        else:
            self._add(row)
            self.body.taken.append(
                f"{grid.row_name(row)} (“{_short(text)}”) is an activity in which nobody has a letter"
            )

    def _is_note(self, row: int, text: str, last: int, kinds: dict[int, str]) -> bool:
        if opens_with(text, "footnotes") or re.match(r"\d\)|\[\d+\]|[¹²³]", text):
            return not (row < last and opens_phase(text))
        if re.search(r"(?:^|[\s,;(])[A-Z]{1,2}\s*(?:=|:|–|-)\s*\w+.*[,;|]?", text) and "=" in text:
            return True
        numbered = re.compile(r"\d{1,2}\s+\D")
        if (
            row > last
            and numbered.match(text)
            and not any(numbered.match(self._text(at)) for at, kind in kinds.items() if kind == "row")
        ):
            return True  # what a raised number further up refers to
        if row <= last:
            return len(text) > _LONGEST_PHASE * 2
        apart = any(at in self._grid.gaps for at in range(last + 1, row + 1))
        return (
            apart or len(text) > _LONGEST_PHASE or any(kinds[at] in ("legend", "sums") for at in range(last + 1, row))
        )

    def _is_phase(self, row: int, text: str, kinds: dict[int, str], last: int) -> bool:
        grid, columns = self._grid, self._columns
        span = grid.spans.get((row, columns.activity))
        if span is not None and span.right >= self._marks[0]:
            return True
        if not grid.rows[row][columns.activity]:
            return True  # only the column of phases, or one left of the activities, is filled
        if (row in grid.strong and self._bold) or opens_phase(text) or text.endswith(":"):
            return True
        if (
            len(text) > 3
            and text.isupper()
            and not all(self._text(at).isupper() for at, kind in kinds.items() if kind == "row")
        ):
            return True
        following = next((at for at in range(row + 1, last + 1) if kinds[at] == "row"), None)
        if following is None or kinds.get(row + 1) != "row":
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

"""Where in a grid the matrix is: the heading, the columns of roles, the column of activities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.matrices.budget import Bound, Budget
from advisor.matrices.cells import Reading, letter_of_heading, read_cell
from advisor.matrices.grid import Grid, flat
from advisor.matrices.headings import (
    is_code,
    is_number,
    names_a_role,
)
from advisor.matrices.vocabulary import Vocabulary, all_letters, heading_kind, heads_something_else, is_in

_SHORT = 3  # a text of so few characters may be an unknown letter; longer ones are words
_MOST_HEADING_ROWS = 3
_MOST_TRIED = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are no roles: the activity's, those of phase, number and status if any, and the rest."""

    activity: int
    phase: int | None = None
    number: int | None = None
    status: int | None = None
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A matrix with a column for each role, found by its heading; `score` counts the letters under it."""

    heading: tuple[int, ...]
    roles: tuple[int, ...]
    columns: Columns
    score: int


class Readings:
    """The cells of a grid read by one vocabulary, each text once, whatever the grids of a file that hold it."""

    def __init__(self, known: Vocabulary, grid: Grid, budget: Budget, before: Readings | None = None) -> None:
        self.known, self.grid, self.budget = known, grid, budget
        self._by_text: dict[str, Reading] = before._by_text if before else {}
        self._heads: dict[str, str] = before._heads if before else {}

    def on(self, grid: Grid) -> Readings:
        """The same vocabulary on another grid."""
        return Readings(self.known, grid, self.budget, self)

    def look(self, rows: int, columns: int | None = None) -> None:
        """Before so many rows and columns are gone through: all columns by default. InputError once it is too much."""
        self.budget.spend(Bound.LOOKS, rows * (self.grid.width if columns is None else columns))

    def __call__(self, row: int, column: int) -> Reading:
        text = self.grid.rows[row][column]
        found = self._by_text.get(text)
        if found is None:
            found = self._by_text[text] = read_cell(text, self.known)
        return found

    def letter_over(self, row: int, column: int) -> str:
        """The letter that the cell stands for as a heading, if any: `R`, `Responsible`, `Responsible person`."""
        text = self.grid.rows[row][column]
        found = self._heads.get(text)
        if found is None:
            found = self._heads[text] = letter_of_heading(text, self.known)
        return found


def find_layout(grid: Grid, read: Readings) -> Layout | None:
    """The likeliest matrix of the grid that has a column for each role; None without one."""
    letters = [0] * grid.width
    texts = [0] * grid.width
    likely: list[tuple[int, int, tuple[int, ...]]] = []  # how many letters stand under a row, the row, their columns
    for row in range(len(grid.rows) - 1, -1, -1):
        headed = {
            column
            for column, text in enumerate(grid.rows[row])
            if text and letters[column] and letters[column] >= texts[column]
            if not _legend(grid, row, column, read) and not heads_something_else(text)
        }
        # Letters right between two of them that nobody has given a heading are a role's all the same.
        between = {one + 1 for one in headed if one + 2 in headed and letters[one + 1] > texts[one + 1]}
        columns = tuple(sorted(headed | between))
        if len(columns) > 1 and _heads(grid, row, read) and _apart(grid, row, columns):
            likely.append((sum(letters[column] for column in columns), row, columns))
        for column, text in enumerate(grid.rows[row]):
            span = grid.spans.get((row, column))
            if text and (span is None or span.left):  # a row merged from the first column on is a title or a phase
                reading = read(row, column)
                letters[column] += reading.strict and bool(reading.letters)
                words = bool(reading.unread or reading.remark) and len(text) > _SHORT and not reading.strict
                texts[column] += words and not (span and span.wide)  # a legend's meaning goes over several roles
    for score, row, columns in sorted(likely, reverse=True)[:_MOST_TRIED]:
        if (found := _layout(grid, row, columns, score, read)) is not None:
            return found
    return None


def _apart(grid: Grid, row: int, columns: tuple[int, ...]) -> bool:
    """Whether the columns have headings of their own, and do not share one that is merged."""
    return len({grid.spans.get((row, column), column) for column in columns}) > 1


def _heads(grid: Grid, row: int, read: Readings) -> bool:
    """Whether a row can be a heading: several texts, few of which are letters."""
    filled = [column for column, text in enumerate(grid.rows[row]) if text]
    if len(filled) < 2 or len({grid.rows[row][column] for column in filled}) < 2:
        return False
    letters = sum(1 for column in filled if read(row, column).strict and read(row, column).letters)
    return letters * 3 <= len(filled)


def _layout(grid: Grid, row: int, columns: tuple[int, ...], score: int, read: Readings) -> Layout | None:
    read.look(len(grid.rows) - row, len(columns))
    columns = without_legend(grid, row, columns, read)
    if len(columns) < 2:
        return None
    heading = heading_rows(grid, row, columns, read)
    body = range(heading[-1] + 1, len(grid.rows))
    with_letters = [at for at in body if any(read(at, column).letters for column in columns)]
    with_letters = [at for at in with_letters if not _merged_legend(grid, at, columns)] or with_letters
    rest = other_columns(grid, heading, columns, with_letters, read)
    if rest is None:
        return None
    roles = {*columns, *_empty_roles(grid, heading, columns, rest, body)}
    columns = tuple(sorted(roles))
    others = tuple(one for one in rest.others if one not in roles)
    rest = Columns(rest.activity, rest.phase, rest.number, rest.status, others)
    found = {letter for at in with_letters for column in columns for letter in read(at, column).letters}
    if not found & {"R", "A"} or len(found) < 2:
        return None
    return Layout(heading, columns, rest, score)


def without_legend(grid: Grid, row: int, columns: tuple[int, ...], read: Readings) -> tuple[int, ...]:
    """The columns without those that explain letters: each letter with its meaning right beside it."""
    kept = []
    for column in columns:
        filled = [at for at in range(row + 1, len(grid.rows)) if read(at, column).letters]
        explained = [at for at in filled if explains(grid, at, column, read)]
        if filled and len(explained) * 2 <= len(filled):
            kept.append(column)
    left = set(columns) - set(kept)
    return tuple(column for column in kept if column - 1 not in left)


def explains(grid: Grid, row: int, column: int, read: Readings) -> bool:
    """Whether a cell is a letter whose meaning stands in the next one, as in a legend."""
    here = read(row, column)
    if column + 1 >= grid.width or len(flat(grid.rows[row][column])) > 2 or len(here.letters) != 1:
        return False
    beside = flat(grid.rows[row][column + 1])
    return len(beside) > 3 and meaning_of(beside, read.known) == here.letters[0]


def _legend(grid: Grid, row: int, column: int, read: Readings) -> bool:
    """Whether a cell is a letter or its meaning in a legend at the side."""
    return explains(grid, row, column, read) or (column > 0 and explains(grid, row, column - 1, read))


def _merged_legend(grid: Grid, row: int, columns: Sequence[int]) -> bool:
    """Whether all that stands under the roles is one merged text of more than a letter: a legend's meaning, a note."""
    filled = [column for column in columns if grid.rows[row][column]]
    spans = {grid.spans.get((row, column)) for column in filled}
    return len(spans) == 1 and len(filled) > 1 and None not in spans and len(flat(grid.rows[row][filled[0]])) > _SHORT


def meaning_of(text: str, known: Vocabulary) -> str:
    """The letter of the word that a text opens with: `Responsible: does the work`."""
    first = "".join(one if one.isalnum() else " " for one in flat(text)).lower().split()
    for length in (3, 2, 1):
        if (letter := known.words.get(" ".join(first[:length]))) and first:
            return letter
    return ""


def heading_rows(grid: Grid, row: int, columns: tuple[int, ...], read: Readings) -> tuple[int, ...]:
    """The rows that head the columns: the one found, and those right above that have texts over them as well."""
    rows = [row]
    while len(rows) < _MOST_HEADING_ROWS and rows[0] > 0 and rows[0] not in grid.gaps:
        above = rows[0] - 1
        filled = [column for column in columns if grid.rows[above][column]]
        different = {grid.rows[above][column] for column in filled}
        letters = [column for column in filled if read(above, column).strict and read(above, column).letters]
        if len(filled) * 3 < len(columns) or len(different) < 2 or letters:
            break
        rows.insert(0, above)
    while len(rows) < _MOST_HEADING_ROWS and _groups(grid, rows[-1] + 1, columns):
        rows.append(rows[-1] + 1)
    return tuple(rows)


def across(grid: Grid, row: int, marks: Sequence[int]) -> bool:
    """Whether the row is one merged text that reaches from the left into the columns of marks: a title or a phase."""
    span = grid.spans.get((row, marks[0]))
    return span is not None and span.left < marks[0]


def _groups(grid: Grid, row: int, columns: tuple[int, ...]) -> bool:
    """Whether a row under the names groups them: merged texts over several columns, but none over all the table."""
    if row >= len(grid.rows):
        return False
    spans = [grid.spans.get((row, column)) for column in columns]
    return all(
        span is not None and span.wide and span.left > 0 and grid.rows[row][column]
        for column, span in zip(columns, spans, strict=True)
    )


def _empty_roles(
    grid: Grid, heading_at: tuple[int, ...], columns: tuple[int, ...], rest: Columns, body: range
) -> list[int]:
    """Columns with a heading among or right after the roles in which nobody has a letter, or only unknown ones."""
    out = []
    headed = frozenset(columns)
    for column in range(rest.activity + 1, grid.width):
        if column in headed or column in (rest.phase, rest.number, rest.status):
            continue
        heading = heading_text(grid, heading_at, column)
        cells = [grid.rows[at][column] for at in body if grid.rows[at][column]]
        short = all(len(text) <= _SHORT or read_nothing(text) for text in cells)
        unlike = column in grid.computed or "?" in heading or heading_kind(heading) in ("other", "number", "status")
        if not heading or not short or unlike:
            if column > columns[-1]:
                break
            continue
        beside = column > columns[-1] or column < columns[0]
        other = len(set(cells)) == 1 < len(cells) and cells[0] in all_letters()  # DARCI's D, where RACI is read
        if any(is_number(text) for text in cells) or (beside and cells and not (other or names_a_role(heading))):
            continue
        out.append(column)
    return out


def heading_text(grid: Grid, heading: tuple[int, ...], column: int) -> str:
    """What heads a column that is no role: the lowest text over it that does not say who holds the roles."""
    texts = [flat(grid.rows[row][column]) for row in reversed(heading)]
    return next((text for text in texts if text and not is_in(text, "held_by")), next(filter(None, texts), ""))


def read_nothing(text: str) -> bool:
    """Whether a cell says that nobody has anything there."""
    return is_in(text, "nothing")


def other_columns(
    grid: Grid, heading: tuple[int, ...], roles: tuple[int, ...], body: list[int], read: Readings
) -> Columns | None:
    """What the columns beside the roles are; None when nothing left of them can name activities."""
    headed = frozenset(roles)
    left = list(range(roles[0]))
    kinds = {column: heading_kind(heading_text(grid, heading, column)) for column in range(grid.width)}
    values = {column: [grid.rows[at][column] for at in body] for column in left}
    named = [column for column in left if any(values[column]) and not _only_letters(body, column, read)]
    codes = [column for column in named if _numbers(values[column])]
    numbering = frozenset(codes)
    named = [column for column in named if column not in numbering] or named
    if not named:
        return None

    def distinct(column: int) -> int:
        return len({text for text in values[column] if text})

    wanted = [column for column in named if kinds[column] == "activity"]
    plain = [column for column in named if kinds[column] in ("", "role")]
    phases = [column for column in named if kinds[column] == "phase"]
    activity = max(wanted or plain or phases or named, key=distinct)
    phase = next((column for column in phases if column != activity), None)
    if phase is None:
        before = [column for column in named if column < activity and kinds[column] in ("", "activity", "role")]
        before = [column for column in before if max(map(len, values[column])) > _SHORT]
        phase = next((column for column in before if distinct(column) * 2 <= distinct(activity)), None)
    number = next((one for one in left if one != activity and (kinds[one] == "number" or one in numbering)), None)
    status = next((one for one in range(grid.width) if kinds[one] == "status" and one not in headed), None)
    counted = next((one for one in codes if kinds[one] == "activity"), None)
    if counted is not None and phase is None and distinct(activity) * 2 <= distinct(counted):
        activity, phase, number = counted, activity, None  # activities that only have numbers, under a name
    taken = {activity, phase, number, status, *roles}
    others = tuple(one for one in range(grid.width) if one not in taken)
    return Columns(activity, phase, number, status, others)


def _numbers(texts: Sequence[str]) -> bool:
    """Whether a column's texts are numbers and codes, but for one in ten, such as a title among them."""
    filled = [text for text in texts if text]
    return 10 * sum(not (is_code(text) or is_number(text)) for text in filled) <= len(filled)


def _only_letters(body: list[int], column: int, read: Readings) -> bool:
    filled = [read(at, column) for at in body if read.grid.rows[at][column]]
    return bool(filled) and all(one.strict for one in filled)

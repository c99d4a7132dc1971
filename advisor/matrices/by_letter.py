"""A matrix with a column for each letter: its cells name roles, or are ticked for a role beside or above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advisor.matrices.body import BodyReader
from advisor.matrices.by_role import Part
from advisor.matrices.grid import Grid, flat
from advisor.matrices.headings import names_a_role, names_an_activity, role_and_people, share
from advisor.matrices.hints import Map
from advisor.matrices.layout import Columns, Readings, across, meaning_of, other_columns
from advisor.matrices.roles import unique
from advisor.matrices.vocabulary import heading_kind, is_in, letter_of_heading
from advisor.model.found import FoundCell, FoundRole, FoundRow

_CERTAIN = re.compile(r"\s*[,;\n•]\s*|\s+[+/|]\s+")
_MAYBE = re.compile(r"\s+(?:and|&|und|et|y)\s+|\s*/\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LetterLayout:
    """Columns that stand for letters under a heading; `over` gives the role of each where one stands over it."""

    heading: tuple[int, ...]
    letters: dict[int, str]
    over: dict[int, str]
    score: int


def find_letters(grid: Grid, read: Readings) -> LetterLayout | None:
    """The likeliest heading whose cells are letters; None without one."""
    best: LetterLayout | None = None
    filled = [0] * grid.width
    for row in range(len(grid.rows) - 1, -1, -1):
        letters = {
            column: letter
            for column, text in enumerate(grid.rows[row])
            if text and (letter := heading_letter(grid, row, column, read))
        }
        found = set(letters.values())
        if len(found) > 2 or found >= {"R", "A"}:
            layout = _layout(grid, row, letters, sum(filled[column] for column in letters), read)
            if layout is not None and layout.score > (best.score if best else 0):
                best = layout
        for column, text in enumerate(grid.rows[row]):
            filled[column] += bool(text) and not is_in(text, "nothing")
    return best


def heading_letter(grid: Grid, row: int, column: int, read: Readings) -> str:
    """The letter that a heading's cell stands for: `R`, `Responsible`, `Responsible person`."""
    text = flat(grid.rows[row][column])
    if letter := letter_of_heading(text, read.known):
        return letter
    parts = text.lower().replace("_", " ").split()
    if len(parts) > 4 or "(" in text or not read.known.letters:
        return ""
    found = {read.known.words[part] for part in parts if part in read.known.words}
    return found.pop() if len(found) == 1 else ""


def _layout(grid: Grid, row: int, letters: dict[int, str], score: int, read: Readings) -> LetterLayout | None:
    if min(letters) == 0 and not any(column not in letters for column in range(grid.width)):
        return None
    repeated = len(set(letters.values())) < len(letters)
    if repeated:
        return None if _holds_letters(grid, row, letters, read) else _with_roles(grid, row, letters, score)
    if _holds_letters(grid, row, letters, read):
        return None
    below = [(at, column) for at in range(row + 1, len(grid.rows)) for column in letters if grid.rows[at][column]]
    # A legend: under each letter, or its word, stands what it means.
    if all(
        meaning_of(grid.rows[at][column], read.known) == letters[column] and len(grid.rows[at][column]) > 2
        for at, column in below
    ):
        return None
    return LetterLayout((row,), letters, {}, score)


def _holds_letters(grid: Grid, row: int, letters: dict[int, str], read: Readings) -> bool:
    """Whether under the letters stand others: then the row is no heading, but one of a matrix."""
    filled = other = 0
    for at in range(row + 1, len(grid.rows)):
        for column, letter in letters.items():
            if grid.rows[at][column]:
                found = read(at, column)
                text = flat(grid.rows[at][column])
                filled += found.strict or is_in(text, "ticks") or len(text) > 2
                other += found.strict and bool(found.letters) and found.letters != (letter,)
    return other * 5 > filled


def _with_roles(grid: Grid, row: int, letters: dict[int, str], score: int) -> LetterLayout | None:
    """Letters that come again and again belong to the roles over them, or under them."""
    for beside, rows in ((row - 1, (row - 1, row)), (row + 1, (row, row + 1))):
        if not 0 <= beside < len(grid.rows):
            continue
        over: dict[int, str] = {}
        carried = ""
        for column in sorted(letters):
            text = grid.rows[beside][column]
            carried = text or (carried if beside < row else "")
            if carried:
                over[column] = flat(carried)
        pairs = {(letters[column], over[column]) for column in over}
        roles = len(set(over.values()))
        if len(over) == len(letters) and len(pairs) == len(over) and 1 < roles <= len(letters) // 2:
            return LetterLayout(rows, letters, over, score)
    return None


def read_by_letter(grid: Grid, layout: LetterLayout, read: Readings, told: Map) -> Part | str:
    """The matrix of a layout, or why there is none."""
    if layout.over:
        return _ticked_under_roles(grid, layout, read, told)
    marks = tuple(sorted(layout.letters))
    row = layout.heading[-1]
    body = _body(grid, row, marks)
    cells = [flat(grid.rows[at][column]) for at in body for column in marks if grid.rows[at][column]]
    open_cells = [text for text in cells if not is_in(text, "nothing") and not is_in(text, "no_ticks")]
    ticked = [text for text in open_cells if is_in(text, "ticks") or len(text) == 1]
    if not open_cells:
        return "nobody is named in its columns of letters"
    if len(ticked) * 2 > len(open_cells):
        return _ticked_beside_roles(grid, layout, body, read)
    return _named(grid, layout, body, read, told)


def _body(grid: Grid, head: int, marks: Sequence[int]) -> list[int]:
    """The rows under the heading in which something stands under a letter."""
    rows = range(head + 1, len(grid.rows))
    return [at for at in rows if any(grid.rows[at][column] for column in marks) and not across(grid, at, marks)]


def _heading(grid: Grid, layout: LetterLayout) -> str:
    rows = " and ".join(grid.row_name(row) for row in layout.heading)
    return f"columns stand for letters ({rows})"


def _left(grid: Grid, layout: LetterLayout, body: list[int], read: Readings) -> Columns | None:
    marks = tuple(sorted(layout.letters))
    return other_columns(grid, layout.heading, marks, body, read)


def _ticked_under_roles(grid: Grid, layout: LetterLayout, read: Readings, told: Map) -> Part | str:
    marks = tuple(sorted(layout.letters))
    body = _body(grid, layout.heading[-1], marks)
    columns = _left(grid, layout, body, read)
    if columns is None:
        return "no column left of its letters names activities"
    names = list(dict.fromkeys(layout.over[column] for column in marks))
    line = next(row for row in layout.heading if flat(grid.rows[row][marks[0]]) == layout.over[marks[0]])
    first = {name: next(column for column in marks if layout.over[column] == name) for name in names}
    roles = unique([FoundRole(*_named_role(name, grid.place(line, first[name]))) for name in names])

    def cells(row: int) -> tuple[FoundCell, ...]:
        return tuple(
            _ticks(grid, row, [(column, layout.letters[column]) for column in marks if layout.over[column] == name])
            for name in names
        )

    found = BodyReader(grid, layout.heading, marks, columns, cells, read, told, named=True).walk()
    taken = (
        f"{_heading(grid, layout)}, under roles: {', '.join(names)}",
        _activities(grid, layout, columns),
        *found.taken,
    )
    return Part(roles, tuple(found.rows), taken, tuple(found.passed), layout.heading[0], found.end)


def _named_role(text: str, place: str) -> tuple[str, str, tuple[str, ...]]:
    name, people = role_and_people(text)
    return name, place, people


def _ticks(grid: Grid, row: int, columns: Iterable[tuple[int, str]]) -> FoundCell:
    """The letters that are ticked in a row for one role."""
    letters: dict[str, None] = {}
    texts: list[str] = []
    unread: list[str] = []
    place = ""
    for column, letter in columns:
        text = flat(grid.rows[row][column])
        place = place or grid.place(row, column)
        if not text or is_in(text, "nothing") or is_in(text, "no_ticks"):
            continue
        texts.append(text)
        if is_in(text, "ticks") or text.upper() == letter or (len(text) > 1 and text.lower()[:4] == letter.lower()[:4]):
            if not letters:
                place = grid.place(row, column)
            letters[letter] = None
        else:
            unread.append(text)
    return FoundCell(" ".join(texts), tuple(letters), place, " ".join(unread))


def _ticked_beside_roles(grid: Grid, layout: LetterLayout, body: list[int], read: Readings) -> Part | str:
    """A row for each activity and role, ticked under the letter."""
    marks = sorted(layout.letters)
    head = layout.heading[-1]
    texts = [column for column in range(marks[0]) if any(grid.rows[at][column] for at in body)]
    kinds = {column: heading_kind(grid.rows[head][column]) for column in texts}
    texts = [column for column in texts if kinds[column] not in ("number", "other", "status")]
    roles_at = next((column for column in texts if kinds[column] == "role"), None)
    activity_at = next((column for column in texts if kinds[column] == "activity" and column != roles_at), None)
    rest = [column for column in texts if column not in (roles_at, activity_at) and kinds[column] != "phase"]
    if roles_at is None and activity_at is not None and rest:
        roles_at = rest.pop()
    if roles_at is None and len(rest) > 1:
        roles_at = max(rest, key=lambda one: share([grid.rows[at][one] for at in body], names_a_role))
        rest.remove(roles_at)
    if activity_at is None and rest:
        activity_at = rest[0]
    if roles_at is None:
        return "its columns stand for letters and are ticked, but none names roles"
    return _long(grid, layout, body, roles_at, activity_at, next((one for one in texts if kinds[one] == "phase"), None))


def _long(
    grid: Grid, layout: LetterLayout, body: list[int], roles_at: int, activity_at: int | None, phase_at: int | None
) -> Part:
    marks = sorted(layout.letters)
    head = layout.heading[-1]
    passed: list[str] = []
    entries: list[tuple[str, str, str, int]] = []  # activity, role, phase, row
    activity = grid.heading or grid.name
    phase = ""
    for row in range(head + 1, body[-1] + 1):
        if activity_at is not None:
            activity = flat(grid.rows[row][activity_at]) or activity
        if phase_at is not None:
            phase = flat(grid.rows[row][phase_at]) or phase
        role = flat(grid.rows[row][roles_at])
        if role and row in body:
            entries.append((activity, role, phase, row))
        elif row in body:
            passed.append(f"{grid.row_name(row)}: it is ticked but names no role")
    names = list(dict.fromkeys(role for _, role, _, _ in entries))
    first = {name: next(row for _, role, _, row in entries if role == name) for name in names}
    roles = tuple(FoundRole(*_named_role(name, grid.place(first[name], roles_at))) for name in names)
    rows = []
    for one, in_phase in dict.fromkeys((activity, phase) for activity, _, phase, _ in entries):
        of_one = {role: row for activity, role, phase, row in entries if (activity, phase) == (one, in_phase)}
        start = min(of_one.values())
        place = grid.place(start, activity_at if activity_at is not None else roles_at)
        cells = tuple(
            _ticks(grid, of_one[name], [(column, layout.letters[column]) for column in marks])
            if name in of_one
            else FoundCell("", (), place)
            for name in names
        )
        rows.append(FoundRow(one, place, cells, in_phase))
    taken = [f"{_heading(grid, layout)}, ticked for the role in {grid.column_name(roles_at)}: {', '.join(names)}"]
    if activity_at is not None:
        taken.append(f"activities from {grid.column_name(activity_at)}; those of one name are one row")
    else:
        taken.append(f"one activity, “{activity}”, as no column names any")
    return Part(roles, tuple(rows), tuple(taken), tuple(passed), layout.heading[0], len(grid.rows))


def _named(grid: Grid, layout: LetterLayout, body: list[int], read: Readings, told: Map) -> Part | str:
    """Cells that name roles under the letter that they have."""
    columns = _left(grid, layout, body, read)
    if columns is None:
        return "no column left of its letters names activities"
    marks = sorted(layout.letters)
    certain = {
        flat(part).lower()
        for at in body
        for column in marks
        for part in _CERTAIN.split(grid.rows[at][column])
        if part and not _MAYBE.search(part)
    }
    turned = heading_kind(grid.rows[layout.heading[-1]][columns.activity]) == "role"
    if turned and share(list(certain), names_an_activity) > share(list(certain), names_a_role):
        return "it lists each role's activities in words; a matrix needs a row for each activity"
    names: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    by_row: dict[int, dict[str, list[tuple[str, int]]]] = {}
    remarks: dict[tuple[int, str], str] = {}
    for at in body:
        for column in marks:
            for text in _names(grid.rows[at][column], certain):
                name, people, remark = _role_of(text)
                names.setdefault(name.lower(), (name, grid.place(at, column), people))
                by_row.setdefault(at, {}).setdefault(name.lower(), []).append((layout.letters[column], column))
                if remark:
                    remarks[at, name.lower()] = remark
    roles = tuple(FoundRole(*one) for one in names.values())

    def cells(row: int) -> tuple[FoundCell, ...]:
        out = []
        for name in names:
            had = by_row.get(row, {}).get(name, [])
            letters = tuple(dict.fromkeys(letter for letter, _ in had))
            column = had[0][1] if had else columns.activity
            text = flat(grid.rows[row][column]) if had else ""
            out.append(FoundCell(text, letters, grid.place(row, column), remark=remarks.get((row, name), "")))
        return tuple(out)

    found = BodyReader(grid, layout.heading, tuple(marks), columns, cells, read, told, named=True).walk()
    taken = (
        f"{_heading(grid, layout)}; their cells name roles: {', '.join(role.name for role in roles)}",
        _activities(grid, layout, columns),
        *found.taken,
    )
    return Part(roles, tuple(found.rows), taken, tuple(found.passed), layout.heading[0], found.end)


def _activities(grid: Grid, layout: LetterLayout, columns: Columns) -> str:
    text = flat(grid.rows[layout.heading[-1]][columns.activity])
    return f"activities from {grid.column_name(columns.activity)}" + (f" (“{text}”)" if text else "")


def _names(text: str, certain: set[str]) -> list[str]:
    """The names in a cell; `A and B`, `A/B` are two only where one of them stands alone elsewhere."""
    if not text or is_in(flat(text), "nothing"):
        return []
    out = []
    for part in _CERTAIN.split(_apart(text)):
        pieces = [flat(piece) for piece in _MAYBE.split(part) if flat(piece)]
        if len(pieces) > 1 and flat(part).lower() not in certain and all(piece.lower() in certain for piece in pieces):
            out.extend(pieces)
        elif flat(part) and not is_in(flat(part), "nothing"):
            out.append(flat(part))
    return [one.replace("\0", ", ") for one in out]


def _apart(text: str) -> str:
    """The text with commas inside brackets kept from parting names."""
    return re.sub(r"\([^()]*\)", lambda match: re.sub(r"\s*[,;]\s*|\s+[+/|]\s+", "\0", match[0]), text)


def _role_of(text: str) -> tuple[str, tuple[str, ...], str]:
    """Role, people and remark of one name: `PM (Anna Lind)`, `Legal (if rights are unclear)`."""
    name, people = role_and_people(text)
    if people:
        return name, people, ""
    match = re.fullmatch(r"(.+?)\s*\(([^()]*)\)", text)
    if match and not (match[2].isupper() and len(match[2]) <= 6):
        return match[1], (), match[2]
    return name, (), ""

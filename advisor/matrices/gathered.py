"""Tables that each stand for one activity, as one table with a row, or several, for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from advisor.matrices.budget import Bound, Budget
from advisor.matrices.cells import letter_of_heading
from advisor.matrices.grid import Grid, flat
from advisor.matrices.headings import names_a_role, share
from advisor.matrices.vocabulary import Vocabulary, heading_kind, is_in

_Line = tuple[Grid, int, tuple[str, ...]]  # the table, the row in it, and what stands there

_NAME = "Activity"
_CLEARLY = 0.4  # names that are roles, and not what letters mean


def gathered(grids: Sequence[Grid], known: Vocabulary, budget: Budget) -> Iterator[Grid]:
    """Tables of the same form one after the other as one table, each under the heading that it had as its activity."""
    for (form, head), same in groupby(grids, lambda grid: _form(grid, known)):
        parts = list(same)
        if not form or (len(parts) == 1 and form == "headed" and heading_kind(head[0]) != "role"):
            continue
        if form == "letters down":
            head, lines = _across(parts, known)
        else:
            lines = [
                (grid, at, (grid.heading or grid.name, *_wide(grid.rows[at], len(head))))
                for grid in parts
                for at in range(1, len(grid.rows))
            ]
        budget.spend(Bound.CELLS, (len(lines) + 1) * (len(head) + 1))
        first = parts[0]
        yield replace(
            first,
            rows=((_NAME, *head), *(line for _, _, line in lines)),
            numbers=(first.numbers[0], *(grid.numbers[at] for grid, at, _ in lines)),
            columns=(0, *range(1, len(head) + 1)),
            gaps=frozenset(),
            strong=frozenset(),
            spans={},
            taken=(*first.taken, f"the heading of each of {len(parts)} tables is an activity"),
        )


def _form(grid: Grid, known: Vocabulary) -> tuple[str, tuple[str, ...]]:
    """How a table for one activity is laid out, and its heading; nothing for one that names activities itself."""
    if len(grid.rows) < 2:
        return "", ()
    head = tuple(map(flat, grid.rows[0]))
    down = [letter_of_heading(row[0], known) for row in grid.rows]
    if grid.width == 2 and len({one for one in down if one}) > 1 and all(down[1:]):
        names = [row[1] for row, letter in zip(grid.rows, down, strict=True) if letter and row[1]]
        return ("letters down", ()) if share(names, names_a_role) >= _CLEARLY else ("", ())
    if grid.width > 1 and not any(
        heading_kind(text) in ("activity", "phase") and not (at and is_in(text, "letter_headings"))
        for at, text in enumerate(head)
    ):
        return "headed", head
    return "", ()


def _across(parts: Sequence[Grid], known: Vocabulary) -> tuple[tuple[str, ...], list[_Line]]:
    """Letters that stand under each other with names beside them, as columns."""
    heads: dict[str, str] = {}
    for grid in parts:
        for row in grid.rows:
            if letter := letter_of_heading(row[0], known):
                heads.setdefault(letter, flat(row[0]))
    lines = []
    for grid in parts:
        names: dict[str, list[str]] = {}
        for row in grid.rows:
            if (letter := letter_of_heading(row[0], known)) and row[1]:
                names.setdefault(letter, []).append(row[1])
        lines.append((grid, 0, (grid.heading or grid.name, *("\n".join(names.get(one, ())) for one in heads))))
    return tuple(heads.values()), lines


def _wide(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))[:width]

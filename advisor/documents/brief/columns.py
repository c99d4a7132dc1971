"""The columns of a brief's matrix, one for each person: whoever holds two roles has the letters of both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from advisor.documents.shared.people import NOBODY, TO_BE_CONFIRMED, Column
from advisor.documents.shared.view import CellView, PhaseRows, View, letter_for
from advisor.documents.shared.words import capital, lower_first
from advisor.model.lettering import BOTH

_FIRST = (BOTH, "A", "R", "S", "C", "I")  # which letter stands where one person has several
MOST_IN_HEAD, LONGEST_HEAD = 2, 32  # more people, or letters, make a column too wide
Group = tuple[int, ...]  # places of the columns that one person holds


def by_person(
    view: View, columns: Sequence[Column], phases: Sequence[PhaseRows]
) -> tuple[tuple[Column, ...], tuple[PhaseRows, ...]]:
    """The columns that have a letter in these rows, those of one person together, and the rows to them."""
    held: dict[str, Group] = {}
    rows = [row for phase in phases for row in phase.rows]
    for at, column in enumerate(columns):
        if any(row.cells[at].letters for row in rows):
            who = column.person if column.named else f"({column.id})"
            held[who] = (*held.get(who, ()), at)
    groups = tuple(held.values())
    return tuple(_column(columns, group) for group in groups), tuple(
        replace(
            phase,
            rows=tuple(
                replace(row, cells=tuple(_cell(view, row.cells, group) for group in groups)) for row in phase.rows
            ),
        )
        for phase in phases
    )


def _column(columns: Sequence[Column], group: Group) -> Column:
    first, *others = (columns[at] for at in group)
    name = ", ".join((first.name, *(lower_first(one.name) for one in others)))
    names = _short_names(first.person) if first.named else ""
    unnamed = "" if first.named or first.person == NOBODY else first.person.removeprefix(_doubtful(first.person))
    return replace(first, name=name, head=names or name, under=lower_first(name) if names else unnamed)


def _doubtful(person: str) -> str:
    """The name of somebody who is still to be confirmed, which a head has no room for."""
    name, _, what = person.rpartition(", ")
    return f"{name}, " if what == TO_BE_CONFIRMED else ""


def _short_names(person: str) -> str:
    """Names as typed, without what is in brackets or said of them; empty where they make no head of a column."""
    parts = re.split(r"[;,]\s*|\s+and\s+", re.sub(r"\s*\([^()]*\)", "", person))
    names = [part for at, part in enumerate(parts) if part and (at == 0 or part[:1].isupper())]
    said = capital(" and ".join(names))
    return said if len(names) <= MOST_IN_HEAD and len(said) <= LONGEST_HEAD else ""


def _cell(view: View, cells: Sequence[CellView], group: Group) -> CellView:
    """The letter that stands for all that one person has in the row."""
    held = sorted((cells[at] for at in group if cells[at].letters), key=lambda one: _FIRST.index(one.kind))
    if not held:
        return cells[group[0]]
    kinds = {one.kind for one in held}
    if "A" in kinds and "R" in kinds:
        says = " ".join(dict.fromkeys(one.says for one in held if one.says))
        both = f"{letter_for(view, 'A')}/{letter_for(view, 'R')}"
        return replace(
            held[0], letters=both, kind=BOTH, says=says, meaning=" and ".join(one.meaning for one in held[:2])
        )
    return held[0]

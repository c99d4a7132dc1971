"""The columns of a brief's matrix, one for each person: whoever holds two roles has the letters of both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from advisor.advise.named import LED, says_who
from advisor.advise.owners import GROUPS
from advisor.advise.row_names import up_to_a_break
from advisor.advise.seating import DECIDE, base_of
from advisor.documents.shared.people import NOBODY, SEVERAL, TO_BE_CONFIRMED, Column, columns
from advisor.documents.shared.view import CellView, PhaseRows, RowView, View, letter_for
from advisor.documents.shared.words import capital, clean, lower_first
from advisor.model.advice import Advice
from advisor.model.lettering import BOTH
from advisor.model.matrix import ActivityRow

_FIRST = (BOTH, "A", "R", "S", "C", "I")  # which letter stands where one person has several
MOST_IN_HEAD, LONGEST_HEAD = 2, 32  # more people, or letters, make a column too wide
MOST_COLUMNS, LONGEST_DUTY, LONGEST_LIST = 10, 36, 60
Group = tuple[int, ...]  # places of the columns that one person holds, or that are folded together


def with_seats(advice: Advice, view: View) -> tuple[tuple[Column, ...], tuple[PhaseRows, ...]]:
    """The view's columns and rows, with those of people who have a column of their own in this advice."""
    if not says_who(advice):
        return view.columns, view.phases
    at = {column.id: place for place, column in enumerate(view.columns)}
    shown = tuple(
        view.columns[at[one.id]] if one.id in at and one.id not in advice.names.seats else one
        for one in columns(advice)
    )
    rows = {row.id: row for row in advice.matrix.activities}
    return shown, tuple(
        replace(phase, rows=tuple(_seated(view, row, rows[row.id], shown, at) for row in phase.rows if row.id in rows))
        for phase in view.phases
    )


def _seated(view: View, shown: RowView, row: ActivityRow, all_columns: Sequence[Column], at: dict[str, int]) -> RowView:
    def cell(id: str) -> CellView:
        letters, base = row.letters(id), at.get(base_of(id))
        before = CellView("", "", "") if base is None else shown.cells[base]
        if not letters or letters == before.kind or (id in at and before.mark):
            return before if letters else CellView("", "", "")
        if letters == "R" and view.one_lead:
            return before if before.kind not in ("", BOTH, "A") else _plain(view, "C")
        return _plain(view, letters)

    return replace(shown, cells=tuple(cell(one.id) for one in all_columns))


def _plain(view: View, kind: str) -> CellView:
    """A cell of this kind as the document prints it."""
    meant = [line for one in kind.split("/") for line in view.legend if line.kind == one]
    said = " and ".join(line.text.split(":")[0].rstrip(".") for line in meant)
    return CellView("/".join(line.label for line in meant), said, "", kind=kind)


def by_person(
    view: View, advice: Advice, columns: Sequence[Column], phases: Sequence[PhaseRows]
) -> tuple[tuple[Column, ...], tuple[PhaseRows, ...]]:
    """The columns that have a letter in these rows, those of one person together, and the rows to them."""
    held: dict[str, Group] = {}
    rows = [row for phase in phases for row in phase.rows]
    for at, column in enumerate(columns):
        if any(row.cells[at].letters for row in rows) and not (
            _is_blank(advice, column) and _is_spare(rows, at, column.id)
        ):
            who = column.person if column.named else f"({column.id})"
            held[who] = (*held.get(who, ()), at)
    groups = _folded(columns, rows, tuple(held.values()))
    return tuple(_column(advice, columns, group) for group in groups), tuple(
        replace(
            phase,
            rows=tuple(
                replace(row, cells=tuple(_cell(view, row.cells, group) for group in groups)) for row in phase.rows
            ),
        )
        for phase in phases
    )


def _is_blank(advice: Advice, column: Column) -> bool:
    """Whether the file names people, but nobody for this role, which is one that needs a name."""
    role = advice.names.roles.get(column.id)
    return says_who(advice) and not column.named and not (role is not None and role.manager)


def _is_spare(rows: Sequence[RowView], at: int, role: str) -> bool:
    """Whether the column answers for nothing, and others do all that it would work on."""
    held = [row for row in rows if row.cells[at].letters]
    works = [row for row in held if row.cells[at].kind not in ("C", "I")]
    return all(
        role not in GROUPS
        and row.cells[at].kind == "R"
        and any("R" in one.kind for place, one in enumerate(row.cells) if place != at)
        for row in works
    )


def _folded(columns: Sequence[Column], rows: Sequence[RowView], groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups, of those who share a role the ones with the fewest letters together, until there are not too many."""
    found = list(groups)

    def letters(group: Group) -> int:
        return sum(any(row.cells[at].letters for at in group) for row in rows)

    while len(found) > MOST_COLUMNS:
        by_role: dict[str, list[Group]] = {}
        for group in found:
            by_role.setdefault(base_of(columns[group[0]].id), []).append(group)
        # The first of a role stays: whatever is said of nobody is theirs; and so does whoever decides a part.
        pairs = [
            sorted(same[:0:-1], key=letters)[:2] for at, same in by_role.items() if len(same) > 2 and at not in DECIDE
        ]
        if not pairs:
            break
        one, other = min(pairs, key=lambda pair: letters(pair[0]) + letters(pair[1]))
        found[found.index(min(one, other))] = tuple(sorted((*one, *other)))
        found.remove(max(one, other))
    return tuple(found)


def _column(advice: Advice, columns: Sequence[Column], group: Group) -> Column:
    first, *others = (columns[at] for at in group)
    name = ", ".join(dict.fromkeys((first.name, *(lower_first(one.name) for one in others if one.name != first.name))))
    persons = list(dict.fromkeys(one.person for one in (first, *others) if one.named))
    if len(persons) > 1:  # folded together
        return replace(first, name=name, person=SEVERAL.join(persons), head=name, under=" and ".join(persons))
    names = _short_names(first.person) if first.named else ""
    unnamed = "" if first.named or first.person == NOBODY else first.person.removeprefix(_doubtful(first.person))
    listed = first.person.replace(SEVERAL, ", ") if first.named and base_of(first.id) in GROUPS else ""
    unnamed = listed if 0 < len(listed) <= LONGEST_LIST else unnamed
    under = (_duty(advice, first) or lower_first(name)) if names and not others else lower_first(name)
    return replace(first, name=name, head=names or name, under=under if names else unnamed)


def _duty(advice: Advice, column: Column) -> str:
    """What somebody who shares a role does, as far as it fits below a name."""
    people = advice.names.seats.get(column.id, ())
    parts = dict.fromkeys(clean(up_to_a_break(one.does)) for one in people if one.does and not one.does.startswith(LED))
    said = " and ".join(parts)
    return said if len(said) <= LONGEST_DUTY else ""


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

"""Columns of a brief: people of one role who do different things apart, and those who are named without a role."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from advisor.advise.authority import accompanied, barred
from advisor.advise.commercial import ACCOUNT, TITLE, is_commercial, priced_by
from advisor.advise.named import Group, duties, groups_of, is_called, people_of, says_who
from advisor.advise.owners import CLIENTS, EXECUTIVE, GROUPS, SUPPLIERS, TEAM, TEAM_LEAD, everybody, is_theirs
from advisor.advise.row_names import TELLING
from advisor.advise.subjects import alike
from advisor.model.advice import Advice
from advisor.model.matrix import ActivityRow, Cell
from advisor.model.rulebook import Role
from advisor.model.stated import Matter, Stint

ASKER, OUTSIDE = "asked_for_this", "named"  # ids of columns for people without a role
ASKED = "asked for this"
MOST_OUTSIDE, LONGEST_NAME = 4, 32
MOST_TOLD, MOST_HEARD = 5, 2  # rows that whoever asked is told of, and those that anybody else with a name is
DECIDE = (*CLIENTS[:3], EXECUTIVE)  # whoever shares one of these roles is asked before another decides
_NUMBERED = re.compile(r"_\d+$")
_AND = re.compile(r",|;| and ")


def base_of(column: str) -> str:
    """The role of a column that a person has alone."""
    return _NUMBERED.sub("", column)


def seated(advice: Advice, printed: Collection[str] = ()) -> Advice:
    """The advice with a column for each of those who do different things, each row's letters with whoever it is about.

    What nothing is said of stays with the first who is named for the role. Of the rows that are `printed` (empty: all),
    nobody who is named goes without one.
    """
    if not advice.matrix.activities or not says_who(advice):
        return advice
    seats: dict[str, Group] = {}
    parted: dict[str, tuple[str, ...]] = {}
    for role in advice.matrix.roles:
        groups = _groups(advice, role)
        if len(groups) > 1 or (groups and role == TEAM and groups[0][0].does == _LEADS):
            ids = (role, *(f"{role}_{at}" for at in range(2, len(groups) + 1)))
            parted[role] = ids
            seats |= dict(zip(ids, groups, strict=True))
    outside = _outside(advice)
    titled = dict(outside)
    known = advice.names.roles
    roles = {id: replace(known[base_of(id)], id=id) for id in seats}
    roles |= {id: Role(id, said, False, (), ()) for id, (_, said) in outside.items()}
    asker, _, title = advice.engagement.asked_by.partition(",")
    if asker and is_called(advice.engagement.people.get(EXECUTIVE, ""), asker):
        roles[EXECUTIVE] = replace(known[EXECUTIVE], name=_capital(title.strip() or ASKED))
        seats.setdefault(EXECUTIVE, (Stint(asker),))
        titled |= {} if people_of(advice, ACCOUNT) else {EXECUTIVE: (asker, title.strip())}
    seats |= {id: (Stint(name),) for id, (name, _) in outside.items()}
    together = (accompanied(advice, row) for row in advice.matrix.activities)
    rows = tuple(_row(advice, row, parted, seats, titled) for row in together)
    ranked = sorted((row for row in rows if not printed or row.id in printed), key=lambda row: -row.rank)
    rows = _told(rows, ranked[:MOST_TOLD], _asker(advice, seats))
    rows = _heard(advice, rows, ranked)
    parted = {role: tuple(_with_a_letter(role, ids, seats, ranked)) for role, ids in parted.items()}
    lettered = {cell.role for row in rows for cell in row.cells}
    shown = [
        id for role in known if role in advice.matrix.roles or role in lettered for id in parted.get(role, (role,))
    ]
    return replace(
        advice,
        names=replace(advice.names, roles={**known, **roles}, seats=seats),
        matrix=replace(advice.matrix, roles=(*shown, *(one for one in outside if one in lettered)), activities=rows),
    )


def _with_a_letter(
    role: str, ids: Sequence[str], seats: dict[str, Group], rows: Sequence[ActivityRow]
) -> Iterator[str]:
    """The columns of a role that have a letter in these rows; members of a team without any are with its first."""
    lettered = {cell.role for row in rows for cell in row.cells}
    first, *others = ids
    yield first
    for id in others:
        if role in GROUPS and role != SUPPLIERS and id not in lettered:
            seats[first] += seats.pop(id)
        else:
            yield id


_LEADS = "leads the team"


def _groups(advice: Advice, role: str) -> tuple[Group, ...]:
    """Who shares a role; the lead of a team that has no column of the lead's own comes before its members."""
    known = advice.names.roles[role]
    if known.manager:
        return ()
    found = groups_of(advice, role)
    if role == TEAM and TEAM_LEAD not in advice.matrix.roles and advice.names.roles.get(TEAM_LEAD) is not None:
        members = {one.name for group in found for one in group}
        leads = tuple(replace(one, does=_LEADS) for one in people_of(advice, TEAM_LEAD) if one.name not in members)
        return ((leads,) if leads else ()) + found
    return found


def _outside(advice: Advice) -> dict[str, tuple[str, str]]:
    """People whom the file names for something in a row, or for whom the documents are, and who have no role."""
    known = [name for _, name in everybody(advice)]
    known += [one.name for role in advice.matrix.roles for one in people_of(advice, role)]
    found: dict[str, tuple[str, str]] = {}
    asker = advice.engagement.asked_by
    if asker and not any(is_called(name, asker) for name in known):
        name, _, said = asker.partition(",")
        found[ASKER] = (name.strip(), _capital(said.strip() or ASKED))
        known.append(asker)
    commercial = (
        typed for matter in advice.engagement.matters for typed in _typed(matter) if is_commercial(advice, typed)
    )
    in_rows = (typed for row in advice.matrix.activities for typed in _typed(row.matter))
    for typed in (*commercial, *in_rows):
        if len(found) >= MOST_OUTSIDE or typed in advice.names.roles or len(typed) > LONGEST_NAME:
            continue
        if is_theirs(advice, typed) or any(is_called(name, typed) for name in known):
            continue
        title = TITLE.match(typed)
        found[f"{OUTSIDE}_{len(found) + 1}"] = (title[1].strip(), _capital(title[2])) if title else (typed, "")
        known.append(typed)
    return found


def _typed(matter: Matter | None) -> Iterator[str]:
    if matter is not None:
        for one in (matter.owner, matter.does, matter.who):
            yield from filter(None, (part.strip() for part in _AND.split(one)))


def _row(
    advice: Advice,
    row: ActivityRow,
    parted: Mapping[str, Sequence[str]],
    seats: Mapping[str, Group],
    outside: Mapping[str, tuple[str, str]],
) -> ActivityRow:
    cells: list[Cell] = []
    for cell in row.cells:
        cells += _shared(advice, row, cell, parted[cell.role], seats) if cell.role in parted else [cell]
    return replace(row, cells=tuple(_with_outside(advice, row, cells, outside)))


def _shared(
    advice: Advice, row: ActivityRow, cell: Cell, ids: Sequence[str], seats: Mapping[str, Group]
) -> Iterator[Cell]:
    """The letters of one role among those who share it: to whomever the row is about, else to the first of them."""
    able = [id for id in ids if not any(barred(advice, one, row.name) for one in seats[id])] or list(ids)
    closeness = {id: _closeness(advice, row, seats[id]) for id in ids}
    best = max(closeness[id] for id in able)
    meant = [id for id in able if closeness[id] == best] if best else []
    first = able[0]
    if "A" in cell.letters:
        holder = meant[0] if meant else first
        beside = (ids if not meant else (first,)) if base_of(first) in DECIDE else ()
        given = dict.fromkeys(beside, "C") | dict.fromkeys(meant if "R" in cell.letters else (), "R")
        given |= {holder: cell.letters}
    else:
        several = ids if cell.role == SUPPLIERS or (cell.letters in "CI" and cell.role in DECIDE) else (first,)
        if cell.role == TEAM and seats[ids[0]][0].does == _LEADS and len(ids) > 1:
            several = ids[:2]
        given = dict.fromkeys(meant or several, cell.letters)
    yield from (replace(cell, role=id, letters=given[id]) for id in ids if id in given)


def _closeness(advice: Advice, row: ActivityRow, group: Group) -> int:
    """How much a row is about what these people do; most where it is a stated matter that names them."""
    if row.matter is not None:
        typed = list(_typed(row.matter))
        if any(is_called(one.name, name) for one in group for name in typed):
            return 100
        if any(one.name.casefold() in row.matter.what.casefold() for one in group):
            return 50
    return alike(duties(advice, group), row.name, advice.names.words.subjects)


def _with_outside(
    advice: Advice, row: ActivityRow, cells: list[Cell], outside: Mapping[str, tuple[str, str]]
) -> list[Cell]:
    """The cells with those of people without a role: whoever takes a matter answers for it, whoever asked is told."""
    matter, first = row.matter, row.cells[0]
    found = list(cells)
    for id, (name, said) in outside.items():
        stated = _letter_outside(matter, name) if id != EXECUTIVE else ""
        letters = stated or priced_by(advice, row, f"{name}, {said}" if said else name)
        if not letters:
            continue
        if "A" in letters:
            found = [replace(one, letters=_without_a(one.letters)) if "A" in one.letters else one for one in found]
            if not any("R" in one.letters for one in found):
                letters = "A/R"
        found = [one for one in found if one.role != id] + [Cell(id, letters, first.rule, first.says, first.claims)]
    return found


def _asker(advice: Advice, seats: Mapping[str, Group]) -> str:
    """The column of whoever the documents are for."""
    asker = advice.engagement.asked_by
    if not asker:
        return ""
    held = (id for id, group in seats.items() if any(is_called(one.name, asker) for one in group))
    roles = (role for role in advice.matrix.roles if any(is_called(one.name, asker) for one in people_of(advice, role)))
    return next(iter((*held, *roles)), EXECUTIVE)


def _told(rows: Sequence[ActivityRow], first: Sequence[ActivityRow], asker: str) -> tuple[ActivityRow, ...]:
    """The rows with whoever asked for the document told of what matters most and of all that was stated."""
    if not asker:
        return tuple(rows)
    ids = {row.id for row in first}
    return tuple(
        replace(row, cells=(*row.cells, _plain(row, asker, "I")))
        if (row.matter is not None or row.id in ids) and not row.letters(asker)
        else row
        for row in rows
    )


def _heard(advice: Advice, rows: Sequence[ActivityRow], ranked: Sequence[ActivityRow]) -> tuple[ActivityRow, ...]:
    """The rows with everybody who is named for a role told of the first ones, where they have no part in any."""
    shown = {row.id for row in ranked}
    silent = [
        role
        for role, known in advice.names.roles.items()
        if role not in GROUPS
        and not known.manager
        and people_of(advice, role)
        and not any(row.letters(role) for row in rows if row.id in shown)
    ]
    first = {row.id for row in ranked[:MOST_HEARD]}
    return tuple(
        replace(row, cells=(*row.cells, *(_plain(row, role, "I") for role in silent))) if row.id in first else row
        for row in rows
    )


def _plain(row: ActivityRow, role: str, letters: str) -> Cell:
    return replace(row.cells[0], role=role, letters=letters, held_for=(), agreed=None, ruled="")


def _letter_outside(matter: Matter | None, name: str) -> str:
    if matter is None:
        return ""
    if is_called(name, matter.owner):
        return "A"
    if is_called(name, matter.does):
        return "R"
    if any(is_called(name, one) for one in _typed(replace(matter, owner="", does=""))):
        return "A" if matter.kind == "deliverable" else "I" if TELLING.match(matter.what) else "C"
    return ""


def _without_a(letters: str) -> str:
    """What is left to whoever answered until somebody else was named: the work, or being asked."""
    return "R" if "R" in letters else "C"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""Letters that cannot stay where the rules put them: those of somebody who is not there, or who cannot do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor.advise.named import people_of, says_who
from advisor.advise.owners import CLIENTS, EXECUTIVE, GROUPS, is_inside, is_title
from advisor.advise.subjects import alike, subjects_of
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.matrix import ActivityRow, Cell
from advisor.model.rules import HANDOVER
from advisor.model.stated import Stint

MONEY = "money"
AFTERWARDS = ("transition", "post_delivery")
_SPONSOR, _PROJECT_MANAGER, _OWNER, _TEAM = CLIENTS
_OURS = ("account_manager", "project_office")


def with_asker(engagement: Engagement) -> Engagement:
    """The engagement with whoever asked for the advice in the sponsor's place, where it names no sponsor."""
    asker = engagement.asked_by.partition(",")[0].strip()
    if not asker or engagement.people.get(EXECUTIVE):
        return engagement
    return replace(engagement, people={**engagement.people, EXECUTIVE: asker})


def with_people(advice: Advice) -> Advice:
    """The advice with each A at somebody who is named and can answer, and no work with those who are not for it."""
    limits = any(one.not_for for stints in advice.engagement.times.values() for one in stints)
    if not advice.matrix.activities or not (limits or says_who(advice)):
        return advice
    rows = tuple(_moved(advice, row) for row in advice.matrix.activities)
    lettered = {cell.role for row in rows for cell in row.cells}
    led = {role for role in advice.split.overall if role in advice.matrix.roles}
    known = (role for role in advice.names.roles if role in lettered | led)
    return replace(advice, matrix=replace(advice.matrix, roles=tuple(known), activities=rows))


def barred(advice: Advice, one: Stint, row: str) -> bool:
    """Whether a row is something that somebody cannot or must not do."""
    return bool(one.not_for) and bool(alike(one.not_for, row, advice.names.words.subjects))


def accompanied(advice: Advice, row: ActivityRow) -> ActivityRow:
    """A row of one person alone with whoever else it concerns: our own sponsor is asked, else the client's told."""
    if len(row.cells) != 1 or row.cells[0].agreed is not None:
        return row
    alone = row.cells[0]
    sponsors = ((EXECUTIVE, "C"), *((one, "C") for one in _OURS)) if row.inside or _is_money(advice, row) else ()
    others = (*sponsors, (_SPONSOR, "I"), (EXECUTIVE, "I"))
    with_name = ((role, letter) for role, letter in others if role != alone.role and people_of(advice, role))
    role, letter = next(with_name, ("", ""))
    return _with(advice, row, {role: letter}, alone) if role else row


def _moved(advice: Advice, row: ActivityRow) -> ActivityRow:
    return _asking(advice, _working(advice, _answering(advice, row)))


def _asking(advice: Advice, row: ActivityRow) -> ActivityRow:
    """The row with what is asked or wanted of the client's people without a name at those who stand in for them."""
    for role in (_SPONSOR, _OWNER, _PROJECT_MANAGER):
        cell = next((one for one in row.cells if one.role == role and "A" not in one.letters), None)
        if cell is None or people_of(advice, role):
            continue
        named = (one for one in _next_to(advice, role) if people_of(advice, one))
        falls = (one for one in advice.names.roles[role].falls_to if one in advice.matrix.roles)
        to = next(named if cell.letters in ("C", "I") else falls, "")
        works = any("R" in one.letters for one in row.cells if one.role != role)
        if to or (role != _SPONSOR and works):
            row = _with(advice, row, {role: "", **({to: row.letters(to) or cell.letters} if to else {})}, cell)
    return row


def _answering(advice: Advice, row: ActivityRow) -> ActivityRow:
    """The row with its A at the next in authority where whoever has it cannot answer, or money is somebody else's."""
    holder = next((cell for cell in row.cells if "A" in cell.letters), None)
    if holder is None:
        return row
    to = _budget_holder(advice, row, holder.role)
    if not to and not _can(advice, holder.role, row):
        to = next((one for one in _next_to(advice, holder.role) if _named_and_can(advice, one, row)), "")
        if not to and holder.role in CLIENTS and _SPONSOR in advice.matrix.roles:
            to = _SPONSOR  # one blank to fill is enough
    if not to or to == holder.role:
        return row
    left = _left(advice, row, holder)
    works = "R" in row.letters(to) or ("R" in holder.letters and left != "R")
    return _with(advice, row, {holder.role: left, to: "A/R" if works else "A"}, holder)


def _left(advice: Advice, row: ActivityRow, holder: Cell) -> str:
    """What is left to whoever had the A: the work, or being asked; nothing where nobody is there."""
    people, manager = people_of(advice, holder.role), advice.names.roles[holder.role].manager
    if any(barred(advice, one, row.name) for one in people):
        return "C"
    if manager or ("R" in holder.letters and (people or holder.role in GROUPS)):
        return "R"
    return "C" if people else ""


def _working(advice: Advice, row: ActivityRow) -> ActivityRow:
    """The row without an R of those who are not for it, where somebody else can have it."""
    for cell in row.cells:
        if "R" not in cell.letters or not _all_barred(advice, cell.role, row):
            continue
        others = [one for one in row.cells if one.role != cell.role and "R" in one.letters]
        to = next((one for one in _next_to(advice, cell.role) if not _all_barred(advice, one, row)), "")
        if others or to:
            given = {cell.role: "A" if "A" in cell.letters else "C"}
            row = _with(advice, row, given if others else {**given, to: _and_r(row.letters(to))}, cell)
    return row


def _and_r(letters: str) -> str:
    return "A/R" if "A" in letters else "R"


def _with(advice: Advice, row: ActivityRow, given: dict[str, str], moved: Cell) -> ActivityRow:
    """The row with these letters, those that came from another role with the reason that it had them for."""
    cells = {cell.role: cell for cell in row.cells}
    for role, letters in given.items():
        if not letters:
            cells.pop(role, None)
        elif role in cells:
            cells[role] = replace(cells[role], letters=letters)
        else:
            cells[role] = replace(moved, role=role, letters=letters, held_for=(moved.role,))
    return replace(row, cells=tuple(cells[role] for role in advice.names.roles if role in cells))


def _can(advice: Advice, role: str, row: ActivityRow) -> bool:
    """Whether somebody named for the role, or a role that needs no name, can answer for the row."""
    people = people_of(advice, role)
    if not people:
        manager = advice.names.roles[role].manager and not _comes_later(advice, role, row)
        return manager or (role in GROUPS and role != _TEAM)
    able = [one for one in people if not barred(advice, one, row.name)]
    if advice.names.roles[role].manager:  # who leads `the finance line` signs more than money
        return bool(able)
    if len(people) == 1 and able and is_title(able[0].does):  # a finance director who is the one sponsor decides all
        return True
    return any(not _for_money_alone(advice, one) or _is_money(advice, row) for one in able)


def _comes_later(advice: Advice, role: str, row: ActivityRow) -> bool:
    """Whether the row is done before go-live, and the role is to be found for what follows it."""
    found = advice.recommendation
    return found.model == HANDOVER and role in found.not_available and row.phase not in AFTERWARDS


def _named_and_can(advice: Advice, role: str, row: ActivityRow) -> bool:
    manager = advice.names.roles[role].manager
    return _can(advice, role, row) and (manager or bool(people_of(advice, role)))


def _all_barred(advice: Advice, role: str, row: ActivityRow) -> bool:
    people = people_of(advice, role)
    return bool(people) and all(barred(advice, one, row.name) for one in people)


def _is_money(advice: Advice, row: ActivityRow) -> bool:
    """Whether a row is on money, or on what costs more of it."""
    subjects = advice.names.words.subjects
    return bool(subjects_of(row.name, subjects) & subjects_of(MONEY, subjects)) or row.id == "change_beyond_tolerance"


def _for_money_alone(advice: Advice, one: Stint) -> bool:
    """Whether all that the file says of somebody is that they sign money."""
    subjects = advice.names.words.subjects
    return bool(one.does) and subjects_of(one.does, subjects) == subjects_of(MONEY, subjects)


def _budget_holder(advice: Advice, row: ActivityRow, holder: str) -> str:
    """Whoever holds the money of a row on it, where a manager would answer; of a client's own firm only theirs."""
    subjects = advice.names.words.subjects
    wanted = subjects_of(MONEY, subjects)
    if not advice.names.roles[holder].manager or subjects_of(row.name, subjects) != wanted:
        return ""
    ours = is_inside(advice)
    return next(
        (
            role
            for role in advice.names.roles
            if (ours or role not in CLIENTS) and role not in GROUPS and not advice.names.roles[role].manager
            if any(
                subjects_of(one.does, subjects) & wanted and not barred(advice, one, row.name)
                for one in people_of(advice, role)
            )
        ),
        "",
    )


def _next_to(advice: Advice, role: str) -> Iterator[str]:
    """Who is next in authority for what a role would answer for."""
    known = advice.names.roles
    managers = [one for one in advice.split.overall if one in known and one != role]
    if role in CLIENTS:
        named = [one for one in (EXECUTIVE,) if is_inside(advice)]
        yield from (_SPONSOR, *named, _PROJECT_MANAGER, _OWNER)
    elif role == EXECUTIVE:
        yield from (*_OURS, *((_SPONSOR,) if is_inside(advice) else ()))
    elif known[role].manager:
        yield from (*managers, *_OURS, EXECUTIVE, *((_SPONSOR,) if is_inside(advice) else ()))
    else:
        yield from (one for one in (*known[role].answers_to, *managers) if one in known)

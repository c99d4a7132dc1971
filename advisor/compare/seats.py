"""Who sits where on both sides: their columns and our roles brought together, and the letters that each party has."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.compare.lining import role_names
from advisor.compare.mapping import label
from advisor.compare.values import Lined, Seat
from advisor.model.advice import Advice
from advisor.model.found import FoundMatrix
from advisor.model.rules import COMBINED, SIDES

_ORDER = "ARSCI"


def seats_of(matrix: FoundMatrix, advice: Advice, lined: Sequence[Lined]) -> tuple[Seat, ...]:
    """Every column of theirs and every role of the advice in exactly one seat: theirs in their order, then ours.

    A seat has several columns where they are one team of ours, and several roles where one person of theirs has them:
    because the mapping says so, or because the advice has one person in both roles and they have one column for that.
    """
    names = role_names(advice)
    groups: list[tuple[list[int], set[str]]] = []
    for one in lined:
        mine = set(one.ours)
        shared = [group for group in groups if mine & group[1]]
        columns = [one.at]
        for group in shared:
            columns += group[0]
            mine |= group[1]
            groups.remove(group)
        groups.append((sorted(columns), mine))
    with_either = [group for group in groups if group[1] & set(SIDES)]
    if with_either and advice.names.columns.get(advice.recommendation.model):
        for group in with_either:
            groups.remove(group)
        groups.append((sorted(at for group in with_either for at in group[0]), set(SIDES)))
    elif len(with_either) == 1 and _one_person(advice):
        with_either[0][1].update(SIDES)
    taken = {role for _, mine in groups for role in mine}
    groups += [([], {role}) for role in advice.matrix.roles if role not in taken]
    order = {role: at for at, role in enumerate(names)}
    found = []
    for columns, mine in sorted(groups, key=lambda group: (not group[0], group[0], [order[one] for one in group[1]])):
        ours = tuple(sorted(mine, key=order.__getitem__))
        our_name = " and ".join(names[role] if at == 0 else _lower(names[role]) for at, role in enumerate(ours))
        theirs = ", ".join(label(matrix, at) for at in columns)
        staffed = any(role in advice.matrix.roles for role in ours)
        found.append(Seat(theirs or our_name, tuple(columns), ours, our_name, staffed))
    return tuple(found)


def letters_of_theirs(matrix: FoundMatrix, row: int, seat: Seat) -> frozenset[str]:
    """All letters that the seat's columns have in one of their rows."""
    cells = matrix.rows[row].cells
    return frozenset(letter for at in seat.theirs for letter in cells[at].letters)


def letters_of_ours(advice: Advice, activity: str, seat: Seat) -> frozenset[str]:
    """All letters that the seat's roles have in a row of ours."""
    row = next(one for one in advice.matrix.activities if one.id == activity)
    return frozenset(letter for role in seat.ours for letter in row.letters(role) if letter != "/")


def joined(letters: frozenset[str]) -> str:
    """`A/R`."""
    return "/".join(sorted(letters, key=_ORDER.index))


def _one_person(advice: Advice) -> bool:
    """Whether one person holds both roles: two different names say otherwise."""
    given = {advice.engagement.people.get(role, "").strip() for role in SIDES} - {""}
    both = all(role in advice.matrix.roles for role in SIDES)
    return both and advice.recommendation.model == COMBINED and len(given) < 2


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]

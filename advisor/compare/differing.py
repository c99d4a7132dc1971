"""Where the letters of two matrices differ, row by row, the weightiest first, each with the advice's reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from advisor.compare.seats import joined, letters_of_ours, letters_of_theirs
from advisor.compare.values import (
    ACCOUNTABLE,
    CONSULTED,
    INFORMED,
    KINDS,
    NOT_RESPONSIBLE,
    RESPONSIBLE,
    Difference,
    Lined,
    Load,
    MissingRole,
    Seat,
)
from advisor.model.advice import Advice
from advisor.model.found import FoundMatrix
from advisor.model.matrix import Cell
from advisor.model.wordings import Overload

A, R, C, I, S = "ARCIS"  # noqa: E741 - the letters are what they are called


def used_letters(matrix: FoundMatrix) -> frozenset[str]:
    """The letters that their matrix uses at all."""
    return frozenset(letter for row in matrix.rows for cell in row.cells for letter in cell.letters)


def differences(
    matrix: FoundMatrix, advice: Advice, rows: Iterable[Lined], seats: Sequence[Seat]
) -> tuple[Difference, ...]:
    """All differences in rows that both have; letters that their matrix never uses are not missed in any row."""
    used = used_letters(matrix)
    order = {row.id: at for at, row in enumerate(advice.matrix.activities)}
    found = [
        one
        for lined in rows
        for activity in lined.ours
        if activity in order
        for one in _in_row(matrix, advice, lined.at, activity, seats, used)
    ]
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), _within(one), order[one.activity], one.row)))


def _within(one: Difference) -> int:
    """Within one kind: that nobody or a known party answers before one that we do not know; no part before some."""
    if one.kind == ACCOUNTABLE:
        return int(bool(one.others) and not any(other.ours for other in one.others))
    return int(A in one.has) if one.kind == RESPONSIBLE else 0


def _in_row(
    matrix: FoundMatrix, advice: Advice, row: int, activity: str, seats: Sequence[Seat], used: frozenset[str]
) -> list[Difference]:
    theirs = {seat: letters_of_theirs(matrix, row, seat) for seat in seats}
    ours = {seat: letters_of_ours(advice, activity, seat) for seat in seats}
    found = []
    answering = [seat for seat in seats if A in theirs[seat]]
    should = next(seat for seat in seats if A in ours[seat])
    moved = set()
    if answering != [should]:
        others = tuple(seat for seat in answering if seat is not should)
        says = _reason(advice, activity, should, A)
        found.append(_difference(ACCOUNTABLE, row, activity, should, theirs, ours, others, says))
        # What goes with the A, its R above all, is told with it.
        moved = {*others, should}
    for seat in seats:
        if seat.both and seat not in moved:
            kind = _kind(theirs[seat], ours[seat], used)
            if kind:
                letter = {RESPONSIBLE: R, CONSULTED: C, INFORMED: I}.get(kind, "")
                says = _reason(advice, activity, seat, letter)
                found.append(_difference(kind, row, activity, seat, theirs, ours, (), says))
    return found


def _kind(theirs: frozenset[str], ours: frozenset[str], used: frozenset[str]) -> str:
    """What the letters of one party differ in most; to support (S) is to be consulted at least, and does part of it."""
    if R in ours and not theirs & {R, S}:
        return RESPONSIBLE if R in used else ""
    if R in theirs and not ours & {A, R}:
        return NOT_RESPONSIBLE
    if theirs & {A, R, S} or ours & {A, R}:
        return ""
    if (C in theirs) != (C in ours):
        return CONSULTED if C in used else ""
    if (I in theirs) != (I in ours):
        # Whoever is asked before need not be told after.
        return INFORMED if I in used and C not in theirs | ours else ""
    return ""


def _difference(
    kind: str,
    row: int,
    activity: str,
    seat: Seat,
    theirs: dict[Seat, frozenset[str]],
    ours: dict[Seat, frozenset[str]],
    others: tuple[Seat, ...],
    reason: Cell | None,
) -> Difference:
    return Difference(
        kind,
        row,
        activity,
        seat,
        joined(theirs[seat]),
        joined(ours[seat]),
        others,
        tuple(joined(ours[other]) for other in others),
        reason.says if reason is not None else "",
        reason.rule if reason is not None else "",
        reason.claims if reason is not None else (),
    )


def _reason(advice: Advice, activity: str, seat: Seat, letter: str) -> Cell | None:
    """The cell of ours that has the letter, or any of the party's where none is asked for."""
    row = next(one for one in advice.matrix.activities if one.id == activity)
    mine = [cell for cell in row.cells if cell.role in seat.ours and cell.letters]
    return next((cell for cell in mine if letter in cell.letters), None)


def loads(matrix: FoundMatrix, advice: Advice, seats: Sequence[Seat], policy: Overload) -> tuple[Load, ...]:
    """The part of the work that each party has on both sides, and by which shares theirs gives it too much."""
    found = []
    their_rows = range(len(matrix.rows))
    our_rows = [row.id for row in advice.matrix.activities]
    theirs = {seat: [letters_of_theirs(matrix, row, seat) for row in their_rows] for seat in seats}
    ours = {seat: [letters_of_ours(advice, row, seat) for row in our_rows] for seat in seats}
    of_theirs, of_ours = _answered(theirs), _answered(ours)
    for seat in seats:
        accountable = (
            _share(theirs[seat], of_theirs, bool(seat.theirs)),
            _share(ours[seat], of_ours, seat.staffed),
        )
        rows = (_rows(theirs[seat], bool(seat.theirs)), _rows(ours[seat], seat.staffed))
        over = []
        # Several columns are several people, whose shares do not add up to a load on anybody.
        if len(matrix.rows) >= policy.fewest_rows and len(seat.theirs) == 1:
            for name, (has, should), limit in (
                ("accountable", accountable, policy.share_of_accountable),
                ("rows", rows, policy.share_of_rows),
            ):
                if has is not None and has > limit and has >= (should or 0) + policy.above_ours:
                    over.append(name)
        found.append(Load(seat, accountable, rows, tuple(over)))
    return tuple(found)


def _answered(held: dict[Seat, list[frozenset[str]]]) -> int:
    """How many As all parties have together."""
    return sum(A in letters for each in held.values() for letters in each)


def _share(held: list[frozenset[str]], whole: int, there: bool) -> int | None:
    return round(100 * sum(A in letters for letters in held) / whole) if there and whole else None


def _rows(held: list[frozenset[str]], there: bool) -> int | None:
    return round(100 * sum(bool(letters & {A, R}) for letters in held) / len(held)) if there and held else None


def missing_roles(
    matrix: FoundMatrix, advice: Advice, seats: Sequence[Seat]
) -> tuple[tuple[MissingRole, ...], tuple[MissingRole, ...]]:
    """Roles that only theirs has, and roles that only the advice has."""
    theirs, ours = [], []
    for seat in seats:
        if seat.theirs and not seat.staffed:
            held = [letters_of_theirs(matrix, row, seat) for row in range(len(matrix.rows))]
            theirs.append(_missing(seat, held))
        elif not seat.theirs and seat.staffed:
            held = [letters_of_ours(advice, row.id, seat) for row in advice.matrix.activities]
            ours.append(_missing(seat, held))
    return tuple(theirs), tuple(ours)


def _missing(seat: Seat, held: list[frozenset[str]]) -> MissingRole:
    return MissingRole(seat, sum(A in one for one in held), sum(R in one and A not in one for one in held))

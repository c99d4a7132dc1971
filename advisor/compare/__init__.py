"""Holds a matrix that somebody has against the advice on their engagement."""

from __future__ import annotations

from advisor.compare.differing import differences, loads, missing_roles, used_letters
from advisor.compare.lining import LinedUpMatrix, activity_names, line_up, role_names
from advisor.compare.mapping import LiningUp, mapping_text, read_mapping
from advisor.compare.seats import letters_of_ours, letters_of_theirs, seats_of
from advisor.compare.values import Comparison, Seat
from advisor.model.advice import Advice
from advisor.model.found import ACCOUNTABLE, CONSULTED, INFORMED, RESPONSIBLE, FoundMatrix
from advisor.model.wordings import Wordings

__all__ = [
    "Comparison",
    "LinedUpMatrix",
    "LiningUp",
    "activity_names",
    "compare",
    "line_up",
    "mapping_text",
    "read_mapping",
    "role_names",
]

_UNUSED = {
    ACCOUNTABLE: "Their matrix has no A at all: nobody answers for anything in it.",
    RESPONSIBLE: "Their matrix has no R at all; who does the work is not compared.",
    CONSULTED: "Their matrix has no C at all; who is consulted is not compared.",
    INFORMED: "Their matrix has no I at all; who is informed is not compared.",
}


def compare(matrix: FoundMatrix, advice: Advice, wordings: Wordings, mapping: LiningUp | None = None) -> Comparison:
    """The matrix against the advice: who should answer instead, what is missing, what is not needed, who has too much.

    Raises MissingExtra without RapidFuzz.
    """
    lined = line_up(matrix, advice, wordings, mapping)
    seats = seats_of(matrix, advice, lined.roles)
    needed = {row.id for row in advice.matrix.activities}
    left_out = {one.id: one for one in advice.matrix.left_out}
    taken = {id for row in lined.rows for id in row.ours}
    theirs, ours = missing_roles(matrix, advice, seats)
    agreed = tuple(
        row.at
        for row in lined.rows
        for id in row.ours
        if id in needed and all(_answers_alike(matrix, advice, row.at, id, seat) for seat in seats)
    )
    used = used_letters(matrix)
    unread = sum(bool(cell.unread) for row in matrix.rows for cell in row.cells)
    given = {letter for row in advice.matrix.activities for cell in row.cells for letter in cell.letters}
    notes = [*lined.notes, *(said for letter, said in _UNUSED.items() if letter in given - used)]
    if unread:
        notes.append(
            f"{unread} {'cell' if unread == 1 else 'cells'} could not be read in full; advisor lint lists them."
        )
    return Comparison(
        matrix=matrix,
        advice=advice,
        wordings=wordings,
        rows=lined.rows,
        roles=lined.roles,
        seats=seats,
        agreed=agreed,
        differences=differences(matrix, advice, lined.rows, seats),
        lacking=tuple(row for row in advice.matrix.activities if row.id not in taken),
        needless=tuple((row.at, left_out[id]) for row in lined.rows for id in row.ours if id in left_out),
        unknown=tuple(row.at for row in lined.rows if not row.ours),
        loads=loads(matrix, advice, seats, wordings.overload),
        roles_theirs=theirs,
        roles_ours=ours,
        notes=tuple(notes),
    )


def _answers_alike(matrix: FoundMatrix, advice: Advice, row: int, activity: str, seat: Seat) -> bool:
    return (ACCOUNTABLE in letters_of_theirs(matrix, row, seat)) == (
        ACCOUNTABLE in letters_of_ours(advice, activity, seat)
    )

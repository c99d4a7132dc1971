"""Which single answers would change a row of the matrix, and how."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.explain.looking import Facts
from advisor.explain.values import Change, RowMove
from advisor.model.matrix import Matrix
from advisor.model.rulebook import Row

_Row = tuple[Mapping[str, str], str]  # letters by role, and why the row is left out


def row_moves(facts: Facts, row: Row) -> tuple[RowMove, ...]:
    """What each other answer to a single question changes in the row, answers that do the same together.

    The A comes first, since who answers for a row is what is argued about; then what changes least.
    """
    now = _row_in(facts.advice.matrix, row.id)
    found: dict[tuple[tuple[tuple[str, str], ...], str], list[Change]] = {}
    for change, state in facts.singles():
        letters, left_out = _row_in(facts.session.layouts(state.values).matrix, row.id)
        # A row that is left out for another reason is still not there.
        if letters != now[0] or bool(left_out) != bool(now[1]):
            roles = dict.fromkeys((*letters, *now[0]))
            moved = {role: letters.get(role, "") for role in roles if letters.get(role, "") != now[0].get(role, "")}
            found.setdefault((() if left_out else tuple(moved.items()), left_out), []).append(change)
    moves = [RowMove(dict(letters), left_out, tuple(changes)) for (letters, left_out), changes in found.items()]
    return tuple(sorted(moves, key=lambda one: (not _moves_a(one, now[0]), bool(one.left_out), len(one.letters))))


def _moves_a(move: RowMove, now: Mapping[str, str]) -> bool:
    return any(("A" in letters) != ("A" in now.get(role, "")) for role, letters in move.letters.items())


def _row_in(matrix: Matrix, id: str) -> _Row:
    shown = next((one for one in matrix.activities if one.id == id), None)
    if shown is not None:
        return {cell.role: cell.by_rules for cell in shown.cells if cell.by_rules}, ""
    # A row of other engagements is left out without a word.
    return {}, next(
        (one.reason for one in matrix.left_out if one.id == id), "It is a row for engagements of another kind."
    )

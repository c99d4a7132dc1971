"""Matrices as found in files, made for tests: ours as somebody could have it, and changed in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from advisor.documents.shared.words import column_name
from advisor.model.advice import Advice
from advisor.model.found import FoundCell, FoundMatrix, FoundRole, FoundRow


def matrix(roles: Sequence[str], rows: dict[str, str] | Sequence[tuple[str, str]]) -> FoundMatrix:
    """A matrix from words: each row an activity and its letters, split by spaces, `-` for an empty cell."""
    pairs = rows.items() if isinstance(rows, dict) else rows
    found = []
    for at, (activity, letters) in enumerate(pairs, start=2):
        cells = tuple(_cell(text, f"{chr(66 + column)}{at}") for column, text in enumerate(letters.split()))
        assert len(cells) == len(roles), activity
        found.append(FoundRow(activity, f"A{at}", cells))
    heads = tuple(FoundRole(name, f"{chr(66 + column)}1") for column, name in enumerate(roles))
    return FoundMatrix("theirs.xlsx", "RACI", "raci", heads, tuple(found))


def ours(advice: Advice) -> FoundMatrix:
    """The matrix of the advice, as a reader would give it back."""
    roles = tuple(
        FoundRole(column_name(advice, role), f"column {at}") for at, role in enumerate(advice.matrix.roles, start=2)
    )
    rows = tuple(
        FoundRow(row.name, f"row {at}", tuple(_cell(row.letters(role) or "-", "") for role in advice.matrix.roles))
        for at, row in enumerate(advice.matrix.activities, start=2)
    )
    return FoundMatrix("ours.csv", "", "raci", roles, rows)


def put(found: FoundMatrix, activity: str, role: str, letters: str) -> FoundMatrix:
    """The matrix with one cell changed."""
    column = next(at for at, one in enumerate(found.roles) if one.name == role)
    rows = []
    for row in found.rows:
        if row.activity == activity:
            cells = list(row.cells)
            cells[column] = _cell(letters or "-", cells[column].place)
            row = replace(row, cells=tuple(cells))
        rows.append(row)
    return replace(found, rows=tuple(rows))


def _cell(text: str, place: str) -> FoundCell:
    return FoundCell(text, tuple(letter for letter in text if letter in "RACIS"), place)

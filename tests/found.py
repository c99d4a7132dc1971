"""Matrices as values from small tables, for tests that need no file."""

from __future__ import annotations

import re

from advisor.model.found import LETTERS, FoundCell, FoundMatrix, FoundRole, FoundRow

LOOKALIKES = {"А": "A", "С": "C", "І": "I", "Ѕ": "S"}
_PEOPLE = re.compile(r"(.*?)\s*\[(.*)\]")


def found(text: str, file: str = "raci.xlsx", table: str = "RACI") -> FoundMatrix:
    """The matrix in a table such as

        Activity      | Project manager | Team [D. Osei]
        # Planning
        Plan the work | A/R             | C

    A line with a hash is a phase, names in brackets are people, what is no letter stays unread. Places are cells.
    """
    lines = [line for line in text.strip("\n").splitlines() if line.strip()]
    heads = [part.strip() for part in lines[0].split("|")][1:]
    rows, phase = [], ""
    for number, line in enumerate(lines[1:], start=2):
        if line.strip().startswith("#"):
            phase = line.strip(" #")
            continue
        activity, *cells = [part.strip() for part in line.split("|")]
        cells += [""] * (len(heads) - len(cells))
        placed = tuple(_cell(one, f"{_column(at)}{number}") for at, one in enumerate(cells, start=1))
        rows.append(FoundRow(activity, f"A{number}", placed, phase))
    roles = tuple(_role(one, f"{_column(at)}1") for at, one in enumerate(heads, start=1))
    return FoundMatrix(file, table, "raci", roles, tuple(rows))


def _role(text: str, place: str) -> FoundRole:
    match = _PEOPLE.fullmatch(text)
    return FoundRole(match[1], place, tuple(match[2].split(", "))) if match else FoundRole(text, place)


def _cell(text: str, place: str) -> FoundCell:
    plain = "".join(LOOKALIKES.get(one, one) for one in text)
    parts = [part for part in plain.split("/") if part]
    letters = tuple(dict.fromkeys(part for part in parts if part in LETTERS))
    unread = "/".join(part for part in parts if part not in LETTERS)
    return FoundCell(text, letters, place, unread, "".join(one for one in text if one in LOOKALIKES))


def _column(at: int) -> str:
    return chr(ord("A") + at) if at < 26 else f"{chr(ord('A') + at // 26 - 1)}{chr(ord('A') + at % 26)}"

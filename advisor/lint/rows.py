"""What is wrong with single rows and cells."""

from __future__ import annotations

import unicodedata

from advisor.lint.look import Look, shown, some
from advisor.lint.values import TOGETHER
from advisor.model.found import ACCOUNTABLE, CONSULTED, INFORMED, RESPONSIBLE, FoundCell, FoundRow


def check_rows(look: Look) -> None:
    """Every check that looks at one row at a time."""
    for row in look.matrix.rows:
        for cell, role in zip(row.cells, look.matrix.roles, strict=True):
            _check_cell(look, row, cell, role.name)
        if is_empty(row):
            look.note("empty_row", row.place, "no role has a letter", row.activity)
        else:
            _check_letters(look, row)


def is_empty(row: FoundRow) -> bool:
    """Whether nothing stands in the row that could be meant as a letter."""
    return not any(cell.letters or cell.unread for cell in row.cells)


def _check_letters(look: Look, row: FoundRow) -> None:
    accountable, responsible = look.holders(row, ACCOUNTABLE), look.holders(row, RESPONSIBLE)
    if not accountable:
        rest = f"R: {some(responsible)}" if responsible else "and no R either"
        look.note("no_accountable", row.place, f"no A; {rest}{_unless(row)}", row.activity)
    if len(accountable) > 1:
        look.note("several_accountable", row.place, f"{len(accountable)} As: {some(accountable)}", row.activity)
    if not responsible:
        rest = f"A: {some(accountable)}" if accountable else "and no A either"
        look.note("no_responsible", row.place, f"no R; {rest}{_unless(row)}", row.activity)
    if len(responsible) > look.limit("too_many_responsible", "most"):
        look.note("too_many_responsible", row.place, f"{len(responsible)} Rs: {some(responsible)}", row.activity)
    _check_consulted(look, row)


def _unless(row: FoundRow) -> str:
    """What in the row could be the missing letter, if it could be read."""
    unread = [f"{shown(cell.unread, 20)} at {cell.place}" for cell in row.cells if cell.unread]
    return f" ({some(unread, 1)} not read)" if unread else ""


def _check_consulted(look: Look, row: FoundRow) -> None:
    consulted = look.holders(row, CONSULTED)
    roles = len(row.cells)
    if (
        len(consulted) >= look.limit("mostly_consulted", "least")
        and len(consulted) * 100 > look.limit("mostly_consulted", "percent") * roles
    ):
        look.note("mostly_consulted", row.place, f"{len(consulted)} of {roles} roles have C", row.activity)


def _check_cell(look: Look, row: FoundRow, cell: FoundCell, role: str) -> None:
    if cell.unread:
        within = f" in {shown(cell.text)}" if cell.unread.strip() != cell.text.strip() else ""
        look.note("unknown_letter", cell.place, f"{shown(cell.unread)}{within} is no letter", row.activity, role)
    if cell.lookalikes:
        named = some([f"{shown(one)} is {_name(one)}" for one in dict.fromkeys(cell.lookalikes)])
        look.note("lookalike_letter", cell.place, named, row.activity, role)
    letters = set(cell.letters)
    if len(letters) < 2:
        return
    if {ACCOUNTABLE, RESPONSIBLE} <= letters:
        look.note(TOGETHER, cell.place, "A and R", row.activity, role)
    if letters & {CONSULTED, INFORMED}:
        look.note("crossed_letters", cell.place, " and ".join(cell.letters), row.activity, role)


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()

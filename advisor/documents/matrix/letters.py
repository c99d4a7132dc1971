"""A row of our matrix in the letters that a document is printed in: what each cell stands for there, and who leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.documents.shared.edition import Edition
from advisor.documents.shared.view import LegendLine
from advisor.documents.shared.words import capital, ended
from advisor.model.advice import Advice
from advisor.model.lettering import BOTH, Lettering, Sign
from advisor.model.matrix import ActivityRow

ONE = "Exactly one in every row."


def lettering_of(edition: Edition) -> Lettering:
    """The letters that the edition asks for, or RACI."""
    if edition.letters is not None:
        return edition.letters
    from advisor.matrices.written import standard

    return standard()


def legend_of(lettering: Lettering, shown: Iterable[str]) -> tuple[LegendLine, ...]:
    """What the letters mean; both in one cell only where a cell has them, since a rulebook may forbid it."""
    lines = [LegendLine(sign.letter, _said(lettering, sign), sign.stands_for) for sign in lettering.signs]
    if BOTH in shown:
        text = capital(ended(" and ".join(sign.said for sign in lettering.signs_of(BOTH))))
        last = max(at for at, sign in enumerate(lettering.signs) if sign.stands_for in ("A", "R"))
        lines.insert(last + 1, LegendLine(lettering.printed(BOTH), text, BOTH))
    return tuple(lines)


def _said(lettering: Lettering, sign: Sign) -> str:
    text = f"{sign.word}: {sign.does}." if sign.does else ended(sign.word)
    only = sign.stands_for == "A" or (sign.stands_for == "R" and lettering.one_lead)
    return f"{text} {ONE}" if only else text


def kinds(advice: Advice, row: ActivityRow, lettering: Lettering) -> Mapping[str, str]:
    """What each role's cell stands for: A, R, A/R, S, C or I; roles without a letter left out.

    Where the letters have one lead a row, whoever else does the work takes the letter for that.
    """
    held = {cell.role: cell.letters for cell in row.cells if cell.letters}
    if not lettering.one_lead:
        return held
    lead = lead_of(advice, row)
    return {role: lettering.others if letters == "R" and role != lead else letters for role, letters in held.items()}


def lead_of(advice: Advice, row: ActivityRow) -> str:
    """Who leads the work of a row among those who have R; empty where nobody has.

    That is the one who also answers for it; else the manager who leads the phase; else another manager; else the first
    who does the work, in the order of the columns.
    """
    workers = [role for role in advice.matrix.roles if "R" in row.letters(role).split("/")]
    both = [role for role in workers if row.letters(role) == BOTH]
    leads = {part.phase: part.lead for part in advice.split.phases}
    of_phase = [role for role in workers if role == leads.get(row.phase)]
    managers = [role for role in workers if role in advice.names.roles and advice.names.roles[role].manager]
    return next(iter((*both, *of_phase, *managers, *workers)), "")

"""A row of the matrix explained on one screen: who has which letter and why, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.documents.explain.explain_agreed import agreed
from advisor.documents.explain.explain_parts import Parts
from advisor.documents.explain.explain_words import marked
from advisor.documents.shared.people import person
from advisor.documents.shared.words import as_told, clean, column_name, ended, grounds, listed, lower_first, numbered
from advisor.explain.values import RowMove, RuleLook
from advisor.explain.whys import RowWhy
from advisor.model.matrix import ActivityRow, Cell
from advisor.model.rules import Letters

SCREEN = 40  # lines of the whole explanation
MOST_ASKED = 5  # questions of which any answer would do; the others are counted
AROUND = 9  # of them before and after the row: whom it is about, the rulebook, where there is more
ORDER = ("A", "A/R", "R", "C", "I")


def short_row(why: RowWhy, parts: Parts) -> list[str]:
    """The row's letters with who has them and why, a line each as far as it goes; then as much as the screen holds."""
    paper = parts.paper
    lines = parts.heading(f"{clean(why.name)} ({why.row})")
    shown = next((row for row in parts.advice.matrix.activities if row.id == why.row), None)
    if shown is None:
        assuming = tuple(name for look in why.out_by for name in look.assuming)
        lines += paper.paragraph(f"Left out: {marked(ended(why.left_out), assuming)}", 2)
        lines += [line for look in why.out_by for line in parts.rule(look, 2, checks=False)]
    else:
        lines += _cells(shown, parts) + agreed(why, parts)
    lines += parts.heading("What would change it" if not why.ruled else "What would change the letters of the rules")
    if not why.moves:
        lines += paper.paragraph("No single answer does.", 2)
    items = [paper.paragraph(f"- {move(one, parts)}", 2, hang=2) for one in why.moves]
    room = SCREEN - AROUND - len(lines)
    silent = [look for look in why.silent if _gives_letters(look) and not _said(look, why)]
    more = [paper.paragraph(f"- {_silent(look, parts)}", 2, hang=2) for look in silent]
    told = _fitting(items, room)
    lines += [line for item in told for line in item]
    room -= sum(map(len, told)) + 3
    nearest = _fitting(more, room) if room > 0 and len(told) == len(items) else []
    if nearest:
        lines += ["", *paper.paragraph("Of the rules on this row that stayed silent, the nearest would say:", 2)]
        lines += [line for item in nearest for line in item]
    left = len(items) - len(told)
    rest = f"{left} more, and every" if left else "Every"
    return [*lines, "", *paper.paragraph(f"{rest} rule with its conditions: --full.", 2, style="2")]


def _fitting(items: list[list[str]], room: int) -> list[list[str]]:
    """The items that fit, one at the least."""
    kept: list[list[str]] = []
    for item in items:
        room -= len(item)
        if room < 0 and kept:
            break
        kept.append(item)
    return kept


def _cells(row: ActivityRow, parts: Parts) -> list[str]:
    """Each cell, those who answer for the row first; a reason that several have is told once."""
    advice, lines = parts.advice, []
    told: dict[object, str] = {}
    cells = [cell for cell in row.cells if cell.letters]
    roles = advice.matrix.roles
    for cell in sorted(cells, key=lambda cell: (ORDER.index(cell.letters), roles.index(cell.role))):
        name = column_name(advice, cell.role)
        held_by, named = person(advice, cell.role)
        who = f"{name} ({held_by})" if named else name
        before = told.setdefault((cell.rule, cell.ruled), name)
        why = _reason(cell, parts) if before == name else f"as for the {lower_first(before)}."
        lines += parts.paper.paragraph(f"{cell.letters:<3}  {who}: {why}", 2, hang=5)
    return lines


def _reason(cell: Cell, parts: Parts) -> str:
    rests = grounds(cell.claims)
    if cell.agreed is not None:
        return f"agreed, by the rules {cell.ruled or 'no letter'}."
    says = as_told(parts.advice, cell.rule, cell.says)
    return f"{says} [{', '.join(rests)}]" if rests else says


def move(one: RowMove, parts: Parts) -> str:
    """`How many ...? “None”: no letter for the project manager.`"""
    by_question: dict[str, list[str]] = {}
    for change in one.answers:
        by_question.setdefault(change.question, []).append(change.option)
    some = list(by_question.items())[:MOST_ASKED]
    asked = "; or ".join(f"{parts.asked(name)} {parts.either(name, all_)}" for name, all_ in some)
    if len(by_question) > len(some):
        asked += f"; or other answers to {numbered(len(by_question) - len(some), 'more question')}"
    return f"{asked}: {_then(one, parts)}"


def _then(move: RowMove, parts: Parts) -> str:
    if move.left_out:
        return f"the row is left out: {lower_first(ended(clean(move.left_out)))}"
    given = [f"{letters or 'no letter'} for the {parts.role(role)}" for role, letters in move.letters.items()]
    return ended(listed(given))


def _silent(look: RuleLook, parts: Parts) -> str:
    needs: Iterable[str] = (
        f"{parts.asked(one.variable)} {parts.either(one.variable, one.allowed)}" for one in look.failed
    )
    return f"{parts.effects(look)} It needs: {ended('; and '.join(needs))}"


def _said(look: RuleLook, why: RowWhy) -> bool:
    """Whether the rule wants for one answer, which the single answers have told."""
    told = {change.question for one in why.moves for change in one.answers}
    return len(look.failed) == 1 and look.failed[0].variable in told


def _gives_letters(look: RuleLook) -> bool:
    return any(isinstance(one, Letters) for one in look.effects)

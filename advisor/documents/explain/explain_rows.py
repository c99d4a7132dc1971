"""Explanations of rows, cells and roles of the matrix as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.documents.explain.explain_agreed import agreed
from advisor.documents.explain.explain_parts import Parts
from advisor.documents.explain.explain_short import move
from advisor.documents.explain.explain_words import marked
from advisor.documents.shared.words import capital, clean, ended
from advisor.explain.values import Origin, RuleLook
from advisor.explain.whys import CellWhy, RoleWhy, RowWhy
from advisor.model.advice import Advice
from advisor.model.rulebook import Role
from advisor.model.rules import LONE_MANAGER, Letters


def row(why: RowWhy, parts: Parts) -> list[str]:
    """A row: its letters and rules, those that stayed silent, or why it is left out."""
    paper = parts.paper
    lines = parts.heading(f"{clean(why.name)} ({why.row})")
    if why.left_out:
        lines += paper.paragraph(f"Left out: {marked(ended(why.left_out), _assuming(why.out_by))}", 2)
        for look in why.out_by:
            lines += parts.rule(look, 2)
    else:
        lines += paper.labelled([(capital(parts.role(role)), text) for role, text in why.letters.items()], 2)
        lines += agreed(why, parts)
        lines += parts.heading("By these rules")
        for look in why.spoke:
            lines += parts.rule(look, 2) + paper.paragraph(f"So: {parts.effects(look)}", 4, hang=2)
    lines += parts.heading("Single answers that would change it") if why.moves else []
    for one in why.moves:
        lines += paper.paragraph(f"- {move(one, parts)}", 2, hang=2)
    shown = [look for look in why.silent if look.rule not in {one.rule for one in why.out_by}]
    if shown:
        lines += parts.heading("Rules on this row that stayed silent", "The nearest first.")
        for look in shown:
            lines += ["", *parts.rule(look, 2), *paper.paragraph(f"Would say: {parts.effects(look)}", 4, hang=2)]
    return lines + origins(why.origins, parts)


def cell(why: CellWhy, parts: Parts) -> list[str]:
    """A cell: its letters and who gave them, and the rules that would give others."""
    paper, role = parts.paper, parts.role(why.role)
    lines = parts.heading(f"{clean(why.row.name)}: {role}")
    if why.row.left_out:
        lines += paper.paragraph(
            f"The whole row is left out: {marked(ended(why.row.left_out), _assuming(why.row.out_by))}", 2
        )
        for look in why.row.out_by:
            lines += parts.rule(look, 2)
    elif why.absent:
        lines += _no_column(why.role, why.absent, parts)
    else:
        lines += paper.paragraph(f"Holds {why.letters}." if why.letters else "Holds no letter.", 2)
        if why.given_by is not None:
            lines += parts.rule(why.given_by, 2)
        elif why.role in why.row.ruled:
            lines += agreed(why.row, parts)
        elif not why.letters:
            lines += paper.paragraph("No rule that speaks names this role.", 2)
    wanted = f"give {why.wanted}" if why.wanted else "give other letters"
    if why.others:
        lines += parts.heading(f"Rules that would {wanted}", "The nearest first.")
        for look in why.others:
            given = f"Would give the {role} {_letters(look, why.role)}."
            lines += ["", *parts.rule(look, 2), *paper.paragraph(given, 4, hang=2)]
    elif not why.wanted or not set(why.wanted.split("/")) <= set(why.letters.split("/")):
        lines += ["", *paper.paragraph(f"No other rule of this row would {wanted}.", 2)]
    return lines + origins(why.origins, parts)


def _letters(look: RuleLook, role: str) -> str:
    """What the rule would put into the role's cell."""
    cells = next((one.cells for one in look.effects if isinstance(one, Letters)), {})
    return cells.get(role, cells.get(LONE_MANAGER, "")) or "no letter"


def _assuming(looks: Sequence[RuleLook]) -> tuple[str, ...]:
    return tuple(name for look in looks for name in look.assuming)


def _no_column(id: str, absent: str, parts: Parts) -> list[str]:
    """Why a role has no column."""
    paper, role = parts.paper, parts.role(id)
    if absent == "unstaffed":
        model = parts.models((parts.advice.recommendation.model,))
        return paper.paragraph(f"The {role} has no column, as {model} does not staff one.", 2)
    if absent == "one_column":
        return paper.paragraph(f"The {role} shares one column with another role, as one person holds both.", 2)
    if absent == "no_letters":
        return paper.paragraph(f"The {role} has no column, as no row gives them a letter.", 2)
    lines = paper.paragraph(f"The {role} has no column:", 2)
    for some in parts.catalog.roles[id].absent_when:
        if not all(_value(one.variable, parts.advice) in one.allowed for one in some):
            continue
        for condition in some:
            here = tuple(value for value in parts.wording.values(condition.variable) if value in condition.allowed)
            lines += paper.paragraph(f"- {parts.asked(condition.variable)} {parts.either(condition.variable, here)}", 4)
    return lines + _stand_ins(parts.catalog.roles[id], parts)


def _value(variable: str, advice: Advice) -> str:
    """What was answered, taken as usual, or found."""
    found = {one.id: one.value for one in advice.findings}
    return {**found, **advice.assumed, **advice.engagement.answers}.get(variable, "")


def _stand_ins(role: Role, parts: Parts) -> list[str]:
    """Who holds the letters of a role that is not there."""
    there = [one for one in role.falls_to if one in parts.advice.matrix.roles][:1]
    return parts.paper.paragraph(f"Its letters fall to the {parts.role(there[0])}.", 2) if there else []


def role(why: RoleWhy, parts: Parts) -> list[str]:
    """A role: whether it is there, how much work of its kind there is, its letters."""
    paper, role = parts.paper, parts.role(why.role)
    lines = parts.heading(capital(role))
    if why.absent:
        lines += _no_column(why.role, why.absent, parts)
    elif why.levels:
        lines += paper.paragraph(f"{parts.models((parts.advice.recommendation.model,))} staffs this role.", 2)
    lacks = {"not_available": "Nobody is available for it.", "not_paid_for": "There is no money for it."}.get(why.lacks)
    lines += paper.paragraph(lacks, 2) if lacks else []
    lines += parts.heading("How much work of its kind there is") if why.levels else []
    for at, level in enumerate(why.levels):
        lines += [*([""] if at else []), *parts.origin(level, 2)]
    if why.letters:
        rows = {row.id: clean(row.name) for row in parts.catalog.rows}
        lines += parts.heading("Its letters")
        lines += paper.labelled([(rows[row], letters) for row, letters in why.letters.items()], 2, share=0.8)
    return lines


def origins(found: Sequence[Origin], parts: Parts) -> list[str]:
    """Where the findings come from on which rules fail."""
    lines = parts.heading("Where those findings come from") if found else []
    for at, origin in enumerate(found):
        lines += [*([""] if at else []), *parts.origin(origin, 2)]
    return lines

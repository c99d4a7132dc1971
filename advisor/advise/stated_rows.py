"""Rows of the matrix made of what people stated, with letters for whoever was named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from advisor.advise.matrix import build_row, columns
from advisor.advise.owners import CHECKS, EXECUTIVE, GROUPS, TEAM, everybody, role_called
from advisor.advise.pacing import Stated
from advisor.advise.row_names import TELLING, short
from advisor.advise.same import like, same_row
from advisor.model.advice import Advice
from advisor.model.matrix import ActivityRow, Matrix
from advisor.model.rulebook import Catalog, Row
from advisor.model.rules import MODEL, NOWHERE, Letters, Rule, Table
from advisor.model.stated import ACCEPTANCE, REMIT

ROW_RANK = 88  # what nobody owns is why the matrix is made


def values_of(advice: Advice) -> dict[str, str]:
    """What rules read of an advice: findings, what was assumed or answered, and the model."""
    return {
        **{one.id: one.value for one in advice.findings},
        **advice.assumed,
        **advice.engagement.answers,
        MODEL: advice.recommendation.model,
    }


def rows_of(catalog: Catalog, advice: Advice, stated: Stated, at: int) -> Iterator[ActivityRow]:
    """The rows that a matter becomes: of the work, and of its acceptance where somebody else has to accept it."""
    matter, kind = stated.matter, stated.kind
    rule = stated.about.row or kind.row
    if rule is None:
        return
    yield _row(catalog, advice, stated, rule, at)
    if kind.accepted is not None and matter.who and role_called(advice, matter.who) not in CHECKS:
        accepting = replace(matter, kind=ACCEPTANCE, owner="", does="")
        name = short(matter.what)
        name = f"Acceptance of {name[:1].lower()}{name[1:]}"
        yield _built(catalog, advice, stated._replace(matter=accepting), kind.accepted, f"{at}_accepted", name)


def _row(catalog: Catalog, advice: Advice, stated: Stated, rule: Rule, at: int) -> ActivityRow:
    """The row of a matter, in place of the rulebook's own row on the same."""
    matter = stated.matter
    if matter.kind == REMIT:
        built = _built(catalog, advice, stated, rule, str(at), matter.what[:1].upper() + matter.what[1:])
        # A sponsor of ours as well, who answers for no work.
        cells = (replace(cell, role=matter.role) if "A" in cell.letters else cell for cell in built.cells)
        return replace(built, cells=tuple(cells))
    built = _built(catalog, advice, stated, rule, str(at), short(matter.what))
    there = advice.matrix.activities
    joined = next((row for id in stated.about.joins for row in there if row.id == id), None)
    named = bool(matter.owner or matter.does or (matter.who and not joined))
    if joined is None:
        return like(built, same_row(there, built.name), named)
    return replace(like(built, joined, named), name=joined.name)


def _built(catalog: Catalog, advice: Advice, stated: Stated, rule: Rule, at: str, name: str) -> ActivityRow:
    """The row with letters for whoever was named, else as its rule gives them."""
    model = catalog.models[advice.recommendation.model]
    there = columns(catalog, model, values_of(advice))
    rule = _lettered(catalog, advice, stated, rule, {role.id for role in there})
    table = Table(rule.id, "", (), (rule,), NOWHERE)
    row = Row(f"{rule.id}_{at}", name, _phase(advice), rule.cites, table, ROW_RANK)
    return _owned(advice, replace(build_row(catalog, row, table.rules, model, there), matter=stated.matter))


def _owned(advice: Advice, row: ActivityRow) -> ActivityRow:
    """The row with its A at our own sponsor, or whoever asked, where the file names them as its owner."""
    typed = row.matter.owner if row.matter is not None else ""
    holder = next((cell for cell in row.cells if "A" in cell.letters), None)
    if holder is None or typed == EXECUTIVE or role_called(advice, typed) != EXECUTIVE:
        return row
    theirs = next((cell.letters for cell in row.cells if cell.role == EXECUTIVE), "")
    works = "R" in theirs or all("R" not in cell.letters for cell in row.cells if cell is not holder)
    others = [
        replace(cell, letters="R" if "R" in cell.letters else "C") if cell is holder else cell for cell in row.cells
    ]
    cells = {cell.role: cell for cell in (*others, replace(holder, role=EXECUTIVE, letters="A/R" if works else "A"))}
    return replace(row, cells=tuple(cells[role] for role in advice.names.roles if role in cells))


def _lettered(catalog: Catalog, advice: Advice, stated: Stated, rule: Rule, there: set[str]) -> Rule:
    """The rule of the row: its owner has the A, whoever does it the R; `who` is asked, or told what is to be told."""
    matter, kind = stated.matter, stated.kind
    letters = {role: text for one in rule.effects if isinstance(one, Letters) for role, text in one.cells.items()}
    lead = next((role for role, text in letters.items() if "A" in text), "")
    owner, does, whom = (role_called(advice, typed) for typed in (matter.owner, matter.does, matter.who))
    alone = kind.alone and rule is kind.row
    who_is = "A" if rule is not kind.row else kind.who_is  # whoever accepts it, or whose part it is
    if owner in there and not catalog.roles[owner].may_answer_for:
        letters[owner] = letters.pop(lead, "A")
        lead = owner
    if lead and (matter.does or (alone and catalog.a_and_r)):
        does = does or (TEAM if matter.does else lead)
        letters = {role: text for role, text in letters.items() if "R" not in text}
        both = does == lead and catalog.a_and_r
        letters |= {lead: "A/R"} if both else {lead: "A", (TEAM if does == lead else does): "R"}
    able = whom in there and whom not in (*CHECKS, *GROUPS)
    if who_is == "A" and able and lead and not catalog.roles[whom].may_answer_for:
        letters = {role: text.replace("A/R", "R").replace("A", "C") for role, text in letters.items()} | {whom: "A"}
    told = "I" if TELLING.match(matter.what) else who_is
    asked = (TEAM,) if alone and told == "C" else ()  # who does the work is asked by whoever takes it on
    if who_is == "A" and whom in CHECKS:  # whoever checks the work does not answer for it
        letters[whom] = "C"
    for role in (whom, *_named_there(advice, matter.what), *asked):
        if role in there and role not in letters:
            letters[role] = "C" if told == "A" else told
    return replace(rule, effects=(Letters(_with_work(catalog, letters)),))


def _with_work(catalog: Catalog, letters: dict[str, str]) -> dict[str, str]:
    """The letters with somebody who does the work: whoever answers for it where nobody else is left to."""
    if any("R" in text for text in letters.values()):
        return letters
    holder = next((role for role, text in letters.items() if "A" in text), "")
    return letters | ({holder: "A/R"} if catalog.a_and_r and holder else {TEAM: "R"})


def _named_there(advice: Advice, text: str) -> list[str]:
    """The roles that a text names, or whose people it does."""
    called = [*everybody(advice), *((role, named.name) for role, named in advice.names.roles.items())]
    return [
        role for role, name in called if len(name) > 2 and re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
    ]


def _phase(advice: Advice) -> str:
    """The phase that work is in: its execution, or the first that has rows."""
    phases = [row.phase for row in advice.matrix.activities]
    return "execution" if "execution" in phases else phases[0] if phases else ""


def with_rows(catalog: Catalog, matrix: Matrix, rows: list[ActivityRow]) -> Matrix:
    """The matrix with these rows, each in place of the one that it doubles."""
    order = [phase.id for phase in catalog.phases]
    once = {row.in_place_of or row.id: row for row in reversed(rows)}  # of two on the same, the first
    stated = [row for row in rows if row in once.values()]
    others = (row for row in matrix.activities if row.id not in once)
    activities = sorted([*others, *stated], key=lambda row: order.index(row.phase))
    lettered = {cell.role for row in stated for cell in row.cells}
    shown = tuple(role for role in catalog.roles if role in matrix.roles or role in lettered)
    return replace(matrix, roles=shown, activities=tuple(activities))

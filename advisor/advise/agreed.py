"""The letters that people agreed, put into the matrix: those of the rules stay beside them, and each row has one A."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from advisor.advise.matrix import columns
from advisor.advise.stated_rows import values_of
from advisor.errors import InputError, Problem
from advisor.model.advice import Advice
from advisor.model.agreed import AGREED, Agreement
from advisor.model.engagement import Engagement
from advisor.model.matrix import ActivityRow, Cell
from advisor.model.rulebook import Catalog

AGREED_RANK = 88  # what people had to settle themselves stands in every brief


def with_agreed(catalog: Catalog, advice: Advice) -> Advice:
    """The advice with the letters that people agreed; InputError with every agreement that cannot hold here."""
    problems = [problem for one in advice.engagement.agreed for problem in _wrong(catalog, advice, one)]
    if problems:
        raise InputError(problems)
    agreed = {one.row: one for one in advice.engagement.agreed}
    rows = tuple(
        _agreed_row(row, agreed[row.id], catalog) if row.id in agreed else row for row in advice.matrix.activities
    )
    lettered = {cell.role for row in rows for cell in row.cells if cell.letters}
    shown = tuple(role for role in catalog.roles if role in advice.matrix.roles or role in lettered)
    return replace(advice, matrix=replace(advice.matrix, roles=shown, activities=rows))


def fitting(catalog: Catalog, engagement: Engagement, advice: Advice) -> Engagement:
    """The engagement with those of its agreements alone that can hold on the advice, which is without any."""
    return replace(engagement, agreed=tuple(one for one in engagement.agreed if not any(_wrong(catalog, advice, one))))


def _agreed_row(row: ActivityRow, agreement: Agreement, catalog: Catalog) -> ActivityRow:
    """The row with the letters agreed; a cell in which they are those of the rules stays as it is."""
    cells = {cell.role: cell for cell in row.cells}
    for role, letters in agreement.letters.items():
        ruled = cells[role].letters if role in cells else ""
        if letters != ruled:
            cells[role] = Cell(role, letters, AGREED, agreement.why, (), (), agreement, ruled)
    if all(cell.agreed is None for cell in cells.values()):
        return row
    in_order = tuple(cells[role] for role in catalog.roles if role in cells)
    return replace(row, cells=in_order, rank=max(row.rank, AGREED_RANK))


def _wrong(catalog: Catalog, advice: Advice, one: Agreement) -> Iterator[Problem]:
    """What keeps an agreement from holding in this engagement."""

    def wrong(field: str, message: str) -> Problem:
        return Problem(one.source.file or advice.engagement.id, one.source.line, f"agreed.{one.row}{field}", message)

    row = next((row for row in advice.matrix.activities if row.id == one.row), None)
    if row is None:
        out = next((row for row in advice.matrix.left_out if row.id == one.row), None)
        why = (
            f"is left out of this matrix: {out.reason}"
            if out is not None
            else "is a row for engagements of another kind"
        )
        yield wrong("", why)
        return
    there = {role.id for role in columns(catalog, catalog.models[advice.recommendation.model], values_of(advice))}
    for role in one.letters:
        if role not in there:
            yield wrong(f".{role}", f"has no column in this matrix (there are: {', '.join(_in_order(catalog, there))})")
    letters = {cell.role: cell.letters for cell in row.cells} | dict(one.letters)
    answering = [role for role in catalog.roles if "A" in letters.get(role, "").split("/")]
    if len(answering) != 1:
        yield wrong("", _not_one(answering, one.letters, row))
    if not any("R" in given.split("/") for given in letters.values()):
        yield wrong("", "leaves nobody with an R; somebody must do the work")


def _not_one(answering: list[str], agreed: Mapping[str, str], row: ActivityRow) -> str:
    if not answering:
        return "leaves nobody with the A; give it to one role"
    by_rules = [role for role in answering if role not in agreed]
    hint = f"; {' and '.join(by_rules)} has it by the rules: set that to R, C, I or none" if by_rules else ""
    return f"gives {row.name} {len(answering)} As ({', '.join(answering)}); exactly one role answers{hint}"


def _in_order(catalog: Catalog, roles: Iterable[str]) -> list[str]:
    wanted = set(roles)
    return [role for role in catalog.roles if role in wanted]

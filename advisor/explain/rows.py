"""Why a row of the matrix stands as it does or is left out, why a cell holds its letters, what a role is there for."""

from __future__ import annotations

from advisor.advise.matrix import columns
from advisor.explain.answers import nearest_first
from advisor.explain.looking import Facts, measures_of
from advisor.explain.values import RuleLook
from advisor.explain.whys import CellWhy, RoleWhy, RowWhy
from advisor.model.rulebook import Role, Row
from advisor.model.rules import LONE_MANAGER, LeaveOut, Letters


def why_row(facts: Facts, row: Row) -> RowWhy:
    """The row's letters and the rules behind them; for a row that is left out, the rule that does so."""
    out = next((one for one in facts.advice.matrix.left_out if one.id == row.id), None)
    shown = next((one for one in facts.advice.matrix.activities if one.id == row.id), None)
    looks = facts.looks(row.table, row.table.rules)
    phase_rules = facts.looks(
        facts.catalog.phase_rules,
        (
            rule
            for rule in facts.catalog.phase_rules.rules
            if any(isinstance(one, LeaveOut) and row.phase in one.phases for one in rule.effects)
        ),
    )
    leaving = tuple(look for look in looks if _leaves_out(look)) + phase_rules
    reason = out.reason if out is not None else ""
    out_by = tuple(look for look in leaving if out is not None and look.rule == out.rule)
    if out is None and shown is None:
        reason = "It is a row for engagements of another kind."
        out_by = tuple(look for look in looks if look.speaks and _is_for_others(look))
    silent = nearest_first(look for look in looks + phase_rules if not look.speaks and _own(look))
    return RowWhy(
        row.id,
        row.name,
        row.phase,
        {cell.role: cell.letters for cell in shown.cells} if shown is not None else {},
        tuple(look for look in looks if look.speaks and not _leaves_out(look)) if shown is not None else (),
        silent,
        reason,
        out_by,
        facts.origins(silent),
        agreed=next((one for one in facts.advice.engagement.agreed if one.row == row.id), None),
        ruled={cell.role: cell.ruled for cell in shown.cells if cell.agreed} if shown is not None else {},
    )


def why_cell(facts: Facts, row: Row, role: Role, wanted: str) -> CellWhy:
    """The cell's letters with the rule that gave them; which rules would give the wanted letter, or any other."""
    whole = why_row(facts, row)
    cell = next(
        (
            cell
            for one in facts.advice.matrix.activities
            if one.id == row.id
            for cell in one.cells
            if cell.role == role.id
        ),
        None,
    )
    looks = facts.looks(row.table, row.table.rules)
    letters = cell.letters if cell is not None else ""
    others = []
    for look in looks:
        given = _given(facts, look, role.id)
        if given is None or look.speaks:
            continue
        if (wanted and _holds(given, wanted)) or (not wanted and given != letters):
            others.append(look)
    by = next((look for look in looks if cell is not None and look.rule == cell.rule), None)
    if by is None and not letters:
        # A rule that speaks and names the cell, if only to clear it.
        by = next((look for look in reversed(looks) if look.speaks and _given(facts, look, role.id) == ""), None)
    nearest = nearest_first(others)
    return CellWhy(whole, role.id, letters, wanted, by, nearest, _absent(facts, role), facts.origins(nearest))


def _holds(given: str, wanted: str) -> bool:
    return set(wanted.split("/")) <= set(given.split("/")) if given else False


def _given(facts: Facts, look: RuleLook, role: str) -> str | None:
    """The letters that the rule would give the role, under one of the models that it is meant for; None for none."""
    models = next((check.allowed for check in look.checks if check.variable == "model"), tuple(facts.catalog.models))
    for one in look.effects:
        if isinstance(one, Letters):
            if role in one.cells:
                return one.cells[role]
            if LONE_MANAGER in one.cells and any(facts.catalog.models[name].staffs[0] == role for name in models):
                return one.cells[LONE_MANAGER]
    return None


def why_role(facts: Facts, role: Role) -> RoleWhy:
    """Whether the role has a column and why not, how much work of its kind there is, and its letters by row."""
    recommendation = facts.advice.recommendation
    lacks = {
        **dict.fromkeys(recommendation.not_paid_for, "not_paid_for"),
        **dict.fromkeys(recommendation.not_available, "not_available"),
    }
    found = {row.id: row.letters(role.id) for row in facts.advice.matrix.activities}
    return RoleWhy(
        role.id,
        _absent(facts, role),
        lacks.get(role.id, ""),
        tuple(one for name in measures_of(role.id) if (one := facts.origin(name)) is not None),
        {row: letters for row, letters in found.items() if letters},
    )


def _absent(facts: Facts, role: Role) -> str:
    """Why the role has no column, empty if it has one.

    `unstaffed`, `out_of_scope` by what was answered, `one_column` where one person holds two roles, or `no_letters`.
    """
    if role.id in facts.advice.matrix.roles:
        return ""
    model = facts.catalog.models[facts.advice.recommendation.model]
    if any(one.id == role.id for one in columns(facts.catalog, model, facts.state.values)):
        return "no_letters"
    if role.manager:
        return "one_column" if role.id in model.staffs else "unstaffed"
    return "out_of_scope"


def _leaves_out(look: RuleLook) -> bool:
    return any(isinstance(one, LeaveOut) for one in look.effects)


def _is_for_others(look: RuleLook) -> bool:
    return any(isinstance(one, LeaveOut) and not one.reason for one in look.effects)


def _own(look: RuleLook) -> bool:
    """Whether the rule is more than the base letters of other models."""
    return [check.variable for check in look.checks] != ["model"]

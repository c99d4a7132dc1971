"""From the model and the findings to the responsibility matrix; an invariant that fails is an error, never a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor import reference
from advisor.advise.evaluator import Evaluator
from advisor.advise.memo import Memo
from advisor.catalog.rules import LONE_MANAGER
from advisor.errors import BrokenInvariant
from advisor.model.advice import ActivityRow, Cell, LeftOut, Matrix
from advisor.model.rulebook import Catalog, EngagementModel, Role, Row
from advisor.model.rules import MODEL, LeaveOut, Letters, Rule


def columns(catalog: Catalog, model: EngagementModel, values: Mapping[str, str]) -> tuple[Role, ...]:
    """The roles that the matrix shows: the managers that the model staffs, and everybody who is there."""
    return tuple(
        role
        for role in catalog.roles.values()
        if (not role.manager or role.id in model.staffs) and not _absent(role, values)
    )


def _absent(role: Role, values: Mapping[str, str]) -> bool:
    return bool(role.absent_when) and reference.met(role.absent_when, values)


def row_reads(catalog: Catalog, row: Row) -> tuple[str, ...]:
    """All that one row depends on: what its rules read, the model, and who is there."""
    absent = (one.variable for role in catalog.roles.values() for one in role.absent_when)
    return tuple(dict.fromkeys((MODEL, *row.table.names, *absent)))


def lay_out(catalog: Catalog, row: Row, values: Mapping[str, str], evaluator: Evaluator) -> ActivityRow | LeftOut:
    """One row of the matrix, or why it is left out."""
    fired = evaluator.rules(row.table, values)
    for rule in fired:
        for one in rule.effects:
            if isinstance(one, LeaveOut):
                return LeftOut(row.id, row.name, row.phase, one.reason, rule.id)
    model = catalog.models[values[MODEL]]
    return build_row(row, fired, model, columns(catalog, model, values), catalog.managers)


def build_matrix(
    catalog: Catalog, values: Mapping[str, str], past: Iterable[Rule], rows: Iterable[Memo[ActivityRow | LeftOut]]
) -> Matrix:
    """The matrix of one engagement from its rows, less the phases that the rules of `past` leave out.

    Raises BrokenInvariant naming row and rules.
    """
    gone = {
        phase: (one, rule.id)
        for rule in reversed(tuple(past))
        for one in rule.effects
        if isinstance(one, LeaveOut)
        for phase in one.phases
    }
    laid_out: list[ActivityRow] = []
    left_out: list[LeftOut] = []
    for row, memo in zip(catalog.rows, rows, strict=True):
        if row.phase in gone:
            reason, rule_id = gone[row.phase]
            left_out.append(LeftOut(row.id, row.name, row.phase, reason.reason, rule_id))
            continue
        # Looked up here, not by a call: this is done for every row of every engagement of a batch.
        one = memo.known.get(memo.key(values)) or memo(values)
        if isinstance(one, ActivityRow):
            laid_out.append(one)
        else:
            left_out.append(one)
    roles = columns(catalog, catalog.models[values[MODEL]], values)
    return Matrix(tuple([role.id for role in roles]), tuple(laid_out), tuple(left_out))


def build_row(
    row: Row, fired: Iterable[Rule], model: EngagementModel, roles: tuple[Role, ...], managers: frozenset[str]
) -> ActivityRow:
    """One row from the rules that fired: base letters first, then the cells that single rules change."""
    letters: dict[str, tuple[str, Rule]] = {}
    changed: dict[str, Rule] = {}
    rules = tuple(rule for rule in fired if any(isinstance(one, Letters) for one in rule.effects))
    for position, rule in enumerate(rules):
        for one in rule.effects:
            for role, text in one.cells.items() if isinstance(one, Letters) else ():
                holder = model.staffs[0] if role == LONE_MANAGER else role
                if position and holder in changed and letters[holder][0] != text:
                    raise BrokenInvariant(
                        f"{row.id}: {changed[holder].id} and {rule.id} give {holder} different letters"
                    )
                if position:
                    changed[holder] = rule
                letters[holder] = (text, rule)
    shown = {role.id: letters[role.id] for role in roles if letters.get(role.id, ("",))[0]}
    _hold_invariants(row, model, roles, managers, shown, letters, rules)
    cells = tuple(Cell(role, text, rule.id, rule.says, rule.grounds) for role, (text, rule) in shown.items())
    claims = tuple(dict.fromkeys(claim for rule in rules for claim in rule.grounds))
    return ActivityRow(row.id, row.name, row.phase, cells, tuple(rule.id for rule in rules), claims)


def _hold_invariants(
    row: Row,
    model: EngagementModel,
    roles: tuple[Role, ...],
    managers: frozenset[str],
    shown: Mapping[str, tuple[str, Rule]],
    letters: Mapping[str, tuple[str, Rule]],
    rules: tuple[Rule, ...],
) -> None:
    named = ", ".join(rule.id for rule in rules) or "no rule"
    answering = [role for role in roles if "A" in shown.get(role.id, ("",))[0]]
    if len(answering) != 1:
        raise BrokenInvariant(f"{row.id}: {len(answering)} roles hold the A in {model.id} (rules: {named})")
    if not any("R" in text for text, _ in shown.values()):
        raise BrokenInvariant(f"{row.id}: nobody holds an R in {model.id} (rules: {named})")
    limit = answering[0].may_answer_for
    if limit and row.id not in limit:
        raise BrokenInvariant(f"{row.id}: {answering[0].id} may not hold the A here (rules: {named})")
    stray = [role for role, (text, _) in letters.items() if text and role in managers and role not in model.staffs]
    if stray:
        raise BrokenInvariant(f"{row.id}: {', '.join(stray)} is not staffed in {model.id} (rules: {named})")

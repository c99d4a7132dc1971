"""From the model and the findings to the responsibility matrix; an invariant that fails is an error, never a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from advisor import reference
from advisor.advise.evaluator import Evaluator
from advisor.advise.memo import MOST_REMEMBERED, Memo
from advisor.errors import Contradiction
from advisor.model.matrix import ActivityRow, Cell, LeftOut, Matrix
from advisor.model.rulebook import Catalog, EngagementModel, Role, Row
from advisor.model.rules import LONE_MANAGER, MODEL, LeaveOut, Letters, Rule

_STRENGTH = "ARCI"
Given = Mapping[str, tuple[str, Rule]]  # by role: its letters, and the rule whose they are


def columns(catalog: Catalog, model: EngagementModel, values: Mapping[str, str]) -> tuple[Role, ...]:
    """The roles that can have a column: the managers that the model staffs, and everybody who is there."""
    return tuple(
        role
        for role in catalog.roles.values()
        if (not role.manager or role.id in model.columns) and not absent(role, values)
    )


def absent(role: Role, values: Mapping[str, str]) -> bool:
    """Whether the role is not there."""
    return any(reference.met(one, values) for one in role.absent_when)


def parties(catalog: Catalog, row: Row) -> tuple[str, ...]:
    """The roles whose presence the row's letters can depend on: those it names, and those that stand in for them."""
    named = {role for rule in row.table.rules for one in rule.effects if isinstance(one, Letters) for role in one.cells}
    named |= catalog.managers if LONE_MANAGER in named else set()
    roles = [catalog.roles[role] for role in catalog.roles if role in named]
    behind = {other for role in roles for other in (*role.falls_to, *role.answers_to)}
    return tuple(role for role in catalog.roles if role in named | behind)


def row_reads(catalog: Catalog, row: Row) -> tuple[str, ...]:
    """All that one row depends on: what its rules read, the model, and who is there."""
    there = (one.variable for role in parties(catalog, row) for some in catalog.roles[role].absent_when for one in some)
    return tuple(dict.fromkeys((MODEL, *row.table.names, *there)))


def laying(catalog: Catalog, row: Row, evaluator: Evaluator) -> Callable[[Mapping[str, str]], ActivityRow | LeftOut]:
    """Lays out one row of the matrix on values; every way in which it can come out is built once.

    Where it is left out for no stated reason, it is a row of other engagements.
    """
    known = [catalog.roles[role] for role in parties(catalog, row)]
    built: dict[tuple[str, ...], ActivityRow | LeftOut] = {}

    def lay_out(values: Mapping[str, str]) -> ActivityRow | LeftOut:
        fired = evaluator.rules(row.table, values)
        model = catalog.models[values[MODEL]]
        there = [one for one in known if (not one.manager or one.id in model.columns) and not absent(one, values)]
        way = (model.id, *[rule.id for rule in fired], "", *[role.id for role in there])
        found = built.get(way)
        if found is None:
            if len(built) >= MOST_REMEMBERED:
                built.clear()
            found = built[way] = _left_out(row, fired) or build_row(catalog, row, fired, model, tuple(there))
        return found

    return lay_out


def _left_out(row: Row, fired: Iterable[Rule]) -> LeftOut | None:
    leaving = [(one, rule) for rule in fired for one in rule.effects if isinstance(one, LeaveOut)]
    if not leaving:
        return None
    one, rule = next((found for found in leaving if not found[0].reason), leaving[0])
    return LeftOut(row.id, row.name, row.phase, one.reason, rule.id)


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
    moved = False
    for row, memo in zip(catalog.rows, rows, strict=True):
        phase = row.phase
        if phase in gone:
            phase = next((other for other in row.continues_in if other not in gone), "")
            if not phase:
                reason, rule_id = gone[row.phase]
                if not any(rule.silent and reference.holds(rule, values) for rule in row.table.rules):
                    left_out.append(LeftOut(row.id, row.name, row.phase, reason.reason, rule_id))
                continue
        # Looked up here, not by a call: this is done for every row of every engagement of a batch.
        one = memo.known.get(memo.key(values)) or memo(values)
        if phase != row.phase:
            moved, one = True, replace(one, phase=phase)
        if isinstance(one, ActivityRow):
            laid_out.append(one)
        elif one.reason:
            left_out.append(one)
    if moved:
        order = [phase.id for phase in catalog.phases]
        laid_out.sort(key=lambda one: order.index(one.phase))
    lettered = {cell.role for one in laid_out for cell in one.cells}
    roles = columns(catalog, catalog.models[values[MODEL]], values)
    shown = tuple([role.id for role in roles if role.manager or role.id in lettered])
    return Matrix(shown, tuple(laid_out), tuple(left_out))


def build_row(
    catalog: Catalog, row: Row, fired: Iterable[Rule], model: EngagementModel, there: tuple[Role, ...]
) -> ActivityRow:
    """One row from the rules that fired: base letters first, then the cells that single rules change.

    The letters of roles that are not in `there` go to those who stand in for them.
    """
    rules = tuple(rule for rule in fired if any(isinstance(one, Letters) for one in rule.effects))
    given = _given(row, rules, model)
    stray = [
        role
        for role, (text, _) in given.items()
        if text and role in catalog.managers and role not in model.staffs and not catalog.roles[role].falls_to
    ]
    if stray:
        named = _named(rules)
        raise Contradiction(f"{row.id}: {', '.join(stray)} is not staffed in {model.id} (rules: {named})")
    cells = tuple(_cells(catalog, _holdings(catalog, row, given, model, there), there))
    _hold_invariants(catalog, row, model, cells, rules)
    claims = tuple(dict.fromkeys(claim for rule in rules for claim in rule.grounds))
    ids = tuple(rule.id for rule in rules)
    return ActivityRow(row.id, row.name, row.phase, cells, ids, claims, row.rank, row.inside, row.rests_on)


def _given(row: Row, rules: tuple[Rule, ...], model: EngagementModel) -> Given:
    """The letters as the rules give them, whoever is there."""
    letters: dict[str, tuple[str, Rule]] = {}
    changed: dict[str, Rule] = {}
    for position, rule in enumerate(rules):
        for one in rule.effects:
            for role, text in one.cells.items() if isinstance(one, Letters) else ():
                holder = model.staffs[0] if role == LONE_MANAGER else role
                if position and holder in changed and letters[holder][0] != text:
                    raise Contradiction(f"{row.id}: {changed[holder].id} and {rule.id} give {holder} different letters")
                if position:
                    changed[holder] = rule
                letters[holder] = (text, rule)
    return letters


@dataclass(frozen=True, slots=True)
class _Holding:
    """One letter that a role brings to a column."""

    letter: str
    role: str
    rule: Rule


def _holdings(
    catalog: Catalog, row: Row, given: Given, model: EngagementModel, there: tuple[Role, ...]
) -> dict[str, list[_Holding]]:
    """Every letter at the column that holds it; one that nobody stands in for is dropped."""
    present = {role.id for role in there}
    found: dict[str, list[_Holding]] = {}
    for role in catalog.roles.values():
        if role.id not in given:
            continue
        text, rule = given[role.id]
        for letter in text.split("/") if text else ():
            behind = role.answers_to if letter == "A" else role.falls_to
            holder = next((one for one in (role.id, *behind) if one in present), "")
            stands_in = model.stands_in
            if (
                stands_in is not None
                and holder == stands_in.role
                and row.phase in stands_in.phases
                and not _for_models(rule, catalog)
            ):
                holder = stands_in.who
            if holder:
                found.setdefault(holder, []).append(_Holding(letter, role.id, rule))
    return found


def _for_models(rule: Rule, catalog: Catalog) -> bool:
    """Whether the rule says for which models its letters are."""
    return any(one.variable == MODEL and len(one.allowed) < len(catalog.models) for one in rule.when)


def _cells(catalog: Catalog, holdings: Mapping[str, list[_Holding]], there: tuple[Role, ...]) -> Iterator[Cell]:
    """The columns' cells: A with R is both, else the strongest letter stands, with the reason of the rule behind it."""
    for column in there:
        held = holdings.get(column.id)
        if not held:
            continue
        letters = {one.letter for one in held}
        best = min(letters, key=_STRENGTH.index)
        both = best == "A" and "R" in letters and catalog.a_and_r
        standing = [one for one in held if one.letter in ("A", "R")] if both else []
        of_best = [one for one in held if one.letter == best]
        by = next((one for one in of_best if one.role == column.id), of_best[0])
        held_for = tuple(dict.fromkeys(one.role for one in standing or of_best if one.role != column.id))
        if any(one.role == column.id for one in of_best) and not both:
            held_for = ()
        text = "A/R" if both else best
        yield Cell(column.id, text, by.rule.id, by.rule.says, by.rule.grounds, held_for)


def _named(rules: tuple[Rule, ...]) -> str:
    return ", ".join(rule.id for rule in rules) or "no rule"


def _hold_invariants(
    catalog: Catalog, row: Row, model: EngagementModel, cells: tuple[Cell, ...], rules: tuple[Rule, ...]
) -> None:
    """One A, an R, and an A that its holder may have, on the row as it is shown."""
    answering = [cell.role for cell in cells if "A" in cell.letters]
    if len(answering) != 1:
        raise Contradiction(f"{row.id}: {len(answering)} roles hold the A in {model.id} (rules: {_named(rules)})")
    if not any("R" in cell.letters for cell in cells):
        raise Contradiction(f"{row.id}: nobody holds an R in {model.id} (rules: {_named(rules)})")
    limit = catalog.roles[answering[0]].may_answer_for
    if limit and row.id not in limit:
        raise Contradiction(f"{row.id}: {answering[0]} may not hold the A here (rules: {_named(rules)})")

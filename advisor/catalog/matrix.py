"""Rows of the matrix from their YAML: base letters for all models or groups of them, and the rules that change them."""

from __future__ import annotations

from dataclasses import replace

from advisor.catalog.conditions import read_conditions
from advisor.catalog.fields import Fields
from advisor.catalog.rules import (
    ROW_EFFECTS,
    Known,
    claim_id,
    complain,
    identifier,
    read_cites,
    read_letters,
    read_table,
)
from advisor.errors import Problem, did_you_mean
from advisor.model.rulebook import Row
from advisor.model.rules import LONE_MANAGER, MODEL, Condition, LeaveOut, Letters, Rule

MOST_ROW_READS = 6  # the model and five others
RANKS = (1, 100)
USUAL_RANK = 50


def read_rows(fields: Fields, phase: str, known: Known, models: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of one file: of one phase, or with an empty `phase` each with a phase of its own."""
    if phase:
        given = fields.text("phase")
        if given != phase:
            fields.problems.add(fields.get("phase") or fields.node, "phase", f"must be {phase}, as the file is called")
    rows = tuple(_row(part, phase, known, models) for part in fields.each("rows"))
    fields.finish()
    return rows


def _row(fields: Fields, phase: str, known: Known, models: tuple[str, ...]) -> Row:
    row_id = identifier(fields)
    cites, practice = read_cites(fields, known.claims)
    base = tuple(_base(part, row_id, cites, practice, known, models) for part in fields.each("base"))
    named = [model for rule in base for model in sorted(rule.when[0].allowed)]
    if sorted(named) != sorted(models):
        message = f"must name each model once: {', '.join(models)}; or have one item without `models`, for all of them"
        fields.problems.add(fields.node, fields.path("base"), message)
    kept = _kept(fields, known)
    reads = dict.fromkeys((MODEL, *fields.texts("reads", required=False), *(one.variable for one in kept)))
    table = read_table(fields, row_id, tuple(reads), known, ROW_EFFECTS, MOST_ROW_READS)
    elsewhere = tuple(_elsewhere(fields, row_id, one, known, cites, practice) for one in kept if one.allowed)
    table = replace(table, title=row_id, rules=base + elsewhere + table.rules)
    for rule in table.rules:
        _check_lone_manager(rule, fields, known)
    own = _phase(fields, phase, known)
    row = Row(
        row_id,
        fields.text("name"),
        own,
        cites,
        table,
        _rank(fields),
        _continues_in(fields, own, known),
        fields.flag("inside"),
        _rests_on(fields, known),
    )
    fields.finish()
    return row


def _rests_on(fields: Fields, known: Known) -> tuple[str, ...]:
    """The questions that the row is about; where none of them is answered, it ranks lower."""
    named = fields.texts("rests_on", required=False)
    for one in named:
        if one not in known.variables:
            near = did_you_mean(one, known.variables)
            complain(fields, "rests_on", f"{one!r} is no question{near}")
    return named


def _kept(fields: Fields, known: Known) -> tuple[Condition, ...]:
    """What must hold for the row to be there at all."""
    node = fields.get("for")
    return read_conditions(node, fields.path("for"), fields.problems, known.variables) if node is not None else ()


def _elsewhere(
    fields: Fields, row_id: str, kept: Condition, known: Known, cites: tuple[str, ...], practice: str
) -> Rule:
    """The rule that silently leaves the row out where one condition of its `for` does not hold."""
    rule_id = f"{row_id}_for_{kept.variable}"
    claim_id(fields, rule_id, known)
    rest = tuple(value for value in known.variables[kept.variable].domain if value not in kept.allowed)
    when = (Condition(kept.variable, frozenset(rest), " or ".join(rest)),)
    says = "This row belongs to engagements of another kind."
    return Rule(rule_id, says, cites, practice, when, (LeaveOut(""),), fields.source)


def _phase(fields: Fields, phase: str, known: Known) -> str:
    """The row's own phase, or the one of its file."""
    own = fields.text("phase", phase) if phase else fields.text("phase")
    if own and own not in known.phases:
        complain(fields, "phase", f"{own!r} is none of {', '.join(known.phases)}{did_you_mean(own, known.phases)}")
    return own


def _continues_in(fields: Fields, phase: str, known: Known) -> tuple[str, ...]:
    """Phases in which the row goes on when its own is past."""
    named = fields.texts("continues_in", required=False)
    for name in named:
        if name not in known.phases:
            hint = did_you_mean(name, known.phases)
            complain(fields, "continues_in", f"{name!r} is none of {', '.join(known.phases)}{hint}")
        elif phase in known.phases and known.phases.index(name) <= known.phases.index(phase):
            complain(fields, "continues_in", f"{name} does not come after {phase}")
    return named


def _rank(fields: Fields) -> int:
    if "rank" not in fields:
        return USUAL_RANK
    rank, (least, most) = fields.number("rank", least=RANKS[0]), RANKS
    if rank > most:
        complain(fields, "rank", f"must be a whole number from {least} to {most}, not {rank}")
    return rank


def _check_lone_manager(rule: Rule, fields: Fields, known: Known) -> None:
    """`manager` says who is meant only where every model that the rule can meet staffs one."""
    if not any(isinstance(one, Letters) and LONE_MANAGER in one.cells for one in rule.effects):
        return
    models = next((one.allowed for one in rule.when if one.variable == MODEL), frozenset(known.staffs))
    several = [model for model in known.staffs if model in models and len(known.staffs[model]) != 1]
    if several:
        message = f"{LONE_MANAGER!r} is nobody in particular in {', '.join(several)}; name the role"
        where = f"{fields.where}.{rule.id}"
        fields.problems.found.append(Problem(rule.source.file, rule.source.line, where, message))


def _base(
    fields: Fields, row_id: str, cites: tuple[str, ...], practice: str, known: Known, all_models: tuple[str, ...]
) -> Rule:
    """Letters for the models named, or for all of them."""
    named = fields.texts("models") if "models" in fields else ()
    for name in named:
        if name not in known.variables[MODEL].values:
            hint = did_you_mean(name, known.variables[MODEL].values)
            fields.problems.add(fields.node, fields.path("models"), f"{name!r} is no model{hint}")
    rule_id = f"{row_id}_base_{named[0]}" if named else f"{row_id}_base"
    claim_id(fields, rule_id, known)
    letters = fields.need("letters")
    effects = read_letters(letters, fields, known) if letters is not None else ()
    models = named if "models" in fields else all_models
    when = (Condition(MODEL, frozenset(models), " or ".join(models)),)
    rule = Rule(rule_id, fields.text("says"), cites, practice, when, effects, fields.source)
    fields.finish()
    return rule

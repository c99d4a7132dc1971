"""Rows of the matrix from their YAML: base letters for groups of models, and the rules that change them."""

from __future__ import annotations

from dataclasses import replace

from advisor.catalog.fields import Fields
from advisor.catalog.rules import (
    LONE_MANAGER,
    ROW_EFFECTS,
    Known,
    claim_id,
    identifier,
    read_cites,
    read_letters,
    read_table,
)
from advisor.errors import Problem, did_you_mean
from advisor.model.rulebook import Row
from advisor.model.rules import MODEL, Condition, Letters, Rule

MOST_ROW_READS = 5  # the model and four findings


def read_rows(fields: Fields, phase: str, known: Known, models: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of one phase's file."""
    given = fields.text("phase")
    if given != phase:
        fields.problems.add(fields.get("phase") or fields.node, "phase", f"must be {phase}, as the file is called")
    rows = tuple(_row(part, phase, known, models) for part in fields.each("rows"))
    fields.finish()
    return rows


def _row(fields: Fields, phase: str, known: Known, models: tuple[str, ...]) -> Row:
    row_id = identifier(fields)
    cites, practice = read_cites(fields, known.claims)
    base = tuple(_base(part, row_id, cites, practice, known) for part in fields.each("base"))
    named = [model for rule in base for model in sorted(rule.when[0].allowed)]
    if sorted(named) != sorted(models):
        fields.problems.add(fields.node, fields.path("base"), f"must name each model once: {', '.join(models)}")
    table = read_table(
        fields, row_id, (MODEL, *fields.texts("reads", required=False)), known, ROW_EFFECTS, MOST_ROW_READS
    )
    for rule in base + table.rules:
        _check_lone_manager(rule, fields, known)
    row = Row(row_id, fields.text("name"), phase, cites, replace(table, title=row_id, rules=base + table.rules))
    fields.finish()
    return row


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


def _base(fields: Fields, row_id: str, cites: tuple[str, ...], practice: str, known: Known) -> Rule:
    models = fields.texts("models")
    for name in models:
        if name not in known.variables[MODEL].values:
            hint = did_you_mean(name, known.variables[MODEL].values)
            fields.problems.add(fields.node, fields.path("models"), f"{name!r} is no model{hint}")
    rule_id = f"{row_id}_base_{models[0]}" if models else f"{row_id}_base"
    claim_id(fields, rule_id, known)
    letters = fields.need("letters")
    effects = read_letters(letters, fields, known) if letters is not None else ()
    when = (Condition(MODEL, frozenset(models), " or ".join(models)),)
    rule = Rule(rule_id, fields.text("says"), cites, practice, when, effects, fields.source)
    fields.finish()
    return rule

"""Rows of the matrix from their YAML: base letters for groups of models, and the rules that change them."""

from __future__ import annotations

from dataclasses import replace

from advisor.catalog.fields import Fields
from advisor.catalog.rules import ROW_EFFECTS, Known, claim_id, identifier, read_cites, read_letters, read_table
from advisor.errors import did_you_mean
from advisor.model.rulebook import MODEL, Condition, Row, Rule

MOST_ROW_READS = 5  # the model and four findings


def read_rows(fields: Fields, known: Known, models: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of one phase's file."""
    phase = fields.text("phase")
    if phase not in known.phases:
        fields.problems.add(fields.node, "phase", f"{phase!r} is no phase{did_you_mean(phase, known.phases)}")
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
    row = Row(row_id, fields.text("name"), phase, cites, replace(table, title=row_id, rules=base + table.rules))
    fields.finish()
    return row


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

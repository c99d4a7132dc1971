"""The second evaluator: plain Python over the same rules, sharing no matching code with the engine."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.model.rules import Rule, Table


def holds(rule: Rule, values: Mapping[str, str]) -> bool:
    """Whether every condition of the rule allows the value of its variable."""
    for condition in rule.when:
        if values[condition.variable] not in condition.allowed:
            return False
    return True


def fire(table: Table, values: Mapping[str, str]) -> tuple[int, ...]:
    """Return the positions of the table's rules that hold on `values`, ascending."""
    return tuple([position for position, rule in enumerate(table.rules) if holds(rule, values)])

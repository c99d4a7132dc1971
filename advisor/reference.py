"""The second evaluator: plain Python over the same rules, sharing no matching code with the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.model.rules import Condition, Rule, Table


def met(conditions: Iterable[Condition], values: Mapping[str, str]) -> bool:
    """Whether every condition allows the value of its variable."""
    for condition in conditions:
        if values[condition.variable] not in condition.allowed:
            return False
    return True


def holds(rule: Rule, values: Mapping[str, str]) -> bool:
    """Whether the rule speaks on `values`."""
    return met(rule.when, values)


def fire(table: Table, values: Mapping[str, str]) -> tuple[int, ...]:
    """Return the positions of the table's rules that hold on `values`, ascending."""
    return tuple([position for position, rule in enumerate(table.rules) if met(rule.when, values)])

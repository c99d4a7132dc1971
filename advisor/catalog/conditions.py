"""The condition language: a mapping of variables to what is wanted of them, all of which must hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import yaml

from advisor.catalog.fields import Problems, kind_of, scalar
from advisor.errors import did_you_mean
from advisor.model.rules import GAPS, Condition, Variable

_BOUNDS = ("at_least", "at_most")


def read_conditions(
    node: yaml.Node, where: str, problems: Problems, variables: Mapping[str, Variable]
) -> tuple[Condition, ...]:
    """Return the conditions under `node` on `variables`; problems go to `problems`."""
    if not isinstance(node, yaml.MappingNode):
        problems.add(node, where, f"must be a mapping such as {{client_contact: weekly}}, not {kind_of(node)}")
        return ()
    conditions: dict[str, Condition] = {}
    for key, value in node.value:
        name = scalar(key, where, problems)
        field = f"{where}.{name}"
        variable = variables.get(name)
        if variable is None:
            known = did_you_mean(name, variables) or f" (read here: {', '.join(variables)})"
            problems.add(key, field, f"is not read here{known}")
        elif name in conditions:
            problems.add(key, field, "is given twice")
        else:
            conditions[name] = _condition(variable, value, field, problems)
    return tuple(conditions.values())


@lru_cache(maxsize=4_096)
def _shared(variable: str, allowed: frozenset[str], said: str) -> Condition:
    """The condition, the same value for all rules that have it: a quarter of them differ, and each has to be loaded."""
    return Condition(variable, allowed, said)


def _condition(variable: Variable, node: yaml.Node, where: str, problems: Problems) -> Condition:
    if isinstance(node, yaml.MappingNode):
        return _bound(variable, node, where, problems)
    wanted = node.value if isinstance(node, yaml.SequenceNode) else [node]
    values = [_value(variable, item, where, problems, variable.domain) for item in wanted]
    if not values:
        problems.add(node, where, "lists no value")
    if len(set(values)) < len(values):
        problems.add(node, where, "lists a value twice")
    if set(variable.domain) <= set(values):
        problems.add(node, where, "lists every value, so it says nothing; leave it out")
    return _shared(variable.id, frozenset(values), " or ".join(values))


def _bound(variable: Variable, node: yaml.MappingNode, where: str, problems: Problems) -> Condition:
    nothing = Condition(variable.id, frozenset(), "")
    if len(node.value) != 1 or scalar(node.value[0][0], where, problems) not in _BOUNDS:
        problems.add(node, where, "must be a value, a list of values, {at_least: value} or {at_most: value}")
        return nothing
    bound = node.value[0][0].value
    value = _value(variable, node.value[0][1], f"{where}.{bound}", problems, variable.values)
    if not variable.ordered:
        problems.add(node, where, f"is not ordered, so {bound} has no meaning; list the values")
        return nothing
    if value not in variable.values:
        return nothing
    at = variable.values.index(value)
    allowed = variable.values[at:] if bound == "at_least" else variable.values[: at + 1]
    if len(allowed) == len(variable.values) and not variable.gaps:
        problems.add(node, where, "covers every value, so it says nothing; leave it out")
    return _shared(variable.id, frozenset(allowed), f"{bound} {value}")


def _value(variable: Variable, node: yaml.Node, where: str, problems: Problems, allowed: tuple[str, ...]) -> str:
    value = scalar(node, where, problems)
    if value not in allowed:
        shown = [one for one in allowed if one not in GAPS or variable.gaps]
        hint = did_you_mean(value, shown)
        problems.add(node, where, f"{value!r} is none of {', '.join(shown)}{hint}")
    return value

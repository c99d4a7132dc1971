"""Rules and tables from their YAML: what a rule may read, say, cite and conclude in the file that it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import prod

import yaml

from advisor.catalog.conditions import read_conditions
from advisor.catalog.fence import hidden_faults
from advisor.catalog.fields import Fields, Problems, filled, scalar, whole_number
from advisor.errors import did_you_mean
from advisor.model.findings import Finding
from advisor.model.rulebook import Role
from advisor.model.rules import (
    GAPS,
    LONE_MANAGER,
    MEASURES,
    POINTS,
    Conclude,
    Effect,
    Evidence,
    LeaveOut,
    Letters,
    Rule,
    Score,
    Source,
    Table,
    Unstaffed,
    Variable,
)

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,62}")
RESERVED = frozenset({"id", "sid", "every", "manager"})
MOST_COMBINATIONS = 20_000
LETTERS = ("R", "A", "C", "I", "A/R", "")
MOST_RANK = 100
SPOKEN = frozenset({"guardrail", *POINTS})  # effects that give a document a sentence, which may contradict another


@dataclass(slots=True)
class Known:
    """The names that rules may use, filled as the files are read, and every id given so far."""

    claims: Mapping[str, object] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    phases: tuple[str, ...] = ()
    competencies: Mapping[str, object] = field(default_factory=dict)
    staffs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variables: dict[str, Variable] = field(default_factory=dict)
    rule_ids: dict[str, Source] = field(default_factory=dict)
    letters: tuple[str, ...] = LETTERS
    tables: set[str] = field(default_factory=set)
    excluding: list[tuple[str, tuple[str, ...], Fields]] = field(default_factory=list)  # checked when all are read


def identifier(fields: Fields, name: str = "id") -> str:
    """The field as an id: ASCII lower case, digits and underscores, at most 63 characters, not reserved."""
    value = fields.text(name)
    node = fields.get(name)
    if node is not None and (not IDENTIFIER.fullmatch(value) or value in RESERVED):
        fields.problems.add(
            node,
            fields.path(name),
            f"{value!r} is no usable id (a-z, 0-9 and _, a letter first, at most 63, not "
            f"{', '.join(sorted(RESERVED))})",
        )
    return value


def read_value(key: yaml.Node, name: str, inner: Fields) -> None:
    """Complain unless `name` can be a value that tables read, of which the rules engine takes plain words only."""
    if name in GAPS:
        inner.problems.add(key, inner.path(name), "is a word of the product's own; choose another")
    elif not IDENTIFIER.fullmatch(name):
        inner.problems.add(key, inner.path(name), "is no usable value (a-z, 0-9 and _, a letter first, at most 63)")


def once(fields: Fields, name: str, value: str, taken: Container[str], what: str) -> None:
    """Complain when an id is already taken."""
    if value in taken:
        complain(fields, name, f"{value!r} is already {what}")


def read_cites(fields: Fields, claims: Mapping[str, object], name: str = "cites") -> tuple[tuple[str, ...], str]:
    """The claim ids that are cited under `name`, and the reason where the text is a practice rule."""
    cited: list[str] = []
    reasons: list[str] = []
    texts = fields.texts(name)
    for text in texts:
        head, _, reason = text.partition(":")
        if head.strip() == "PRACTICE":
            if not reason.strip():
                complain(fields, name, "PRACTICE wants a reason: 'PRACTICE: why this goes beyond the article'")
            reasons.append(reason.strip())
        elif text not in claims:
            complain(fields, name, f"{text!r} is no claim{did_you_mean(text, claims)}")
        else:
            cited.append(text)
    if name in fields and not texts:
        complain(fields, name, "names no claim and no practice")
    return tuple(cited), " ".join(reasons)


def read_table(
    fields: Fields, table_id: str, reads: tuple[str, ...], known: Known, allowed: Effects, most_reads: int = 6
) -> Table:
    """A table and its rules; `allowed` says which effects a rule may have here."""
    if table_id in known.tables:  # results are remembered by the table's id
        fields.problems.add(fields.node, fields.where, f"{table_id!r} is already the id of a table or row")
    known.tables.add(table_id)
    variables = {name: known.variables[name] for name in reads if name in known.variables}
    for name in reads:
        if name not in known.variables:
            complain(fields, "reads", f"{name!r} is no question or finding{did_you_mean(name, known.variables)}")
    if len(set(reads)) < len(reads):
        complain(fields, "reads", "names a variable twice")
    if len(reads) > most_reads:
        complain(fields, "reads", f"names {len(reads)} variables; at most {most_reads} can be enumerated in full")
    combinations = prod(len(variable.domain) for variable in variables.values())
    if combinations > MOST_COMBINATIONS:
        complain(fields, "reads", f"makes {combinations:,} combinations; at most {MOST_COMBINATIONS:,} are allowed")
    rules = tuple(read_rule(rule, variables, known, allowed) for rule in fields.each("rules", required=False))
    table = Table(table_id, fields.text("title", ""), tuple(variables.values()), rules, fields.source)
    for fault in hidden_faults(table):
        fields.problems.add(fields.node, fields.where, fault)
    return table


def read_rule(fields: Fields, variables: Mapping[str, Variable], known: Known, allowed: Effects) -> Rule:
    """One rule of a table that reads `variables`."""
    rule_id = identifier(fields)
    claim_id(fields, rule_id, known)
    cites, practice = read_cites(fields, known.claims)
    when = fields.need("when")
    conditions = read_conditions(when, fields.path("when"), fields.problems, variables) if when is not None else ()
    if isinstance(when, yaml.MappingNode) and not when.value:
        complain(fields, "when", "names no condition, so the rule would always fire")
    effects: list[Effect] = []
    then = fields.inner("then")
    if then is not None:
        if isinstance(then.node, yaml.MappingNode) and not then.node.value:
            complain(fields, "then", "concludes nothing")
        for name, key, value in then.pairs():
            if name not in allowed:
                hint = did_you_mean(name, allowed) or f" (allowed here: {', '.join(allowed)})"
                then.problems.add(key, then.path(name), f"has no meaning in this file{hint}")
            else:
                effects.extend(allowed[name](value, then, known))
    says = fields.text("says")
    excludes = fields.texts("excludes", required=False) if allowed.keys() <= SPOKEN else ()
    if excludes:
        known.excluding.append((rule_id, excludes, fields))
    fields.finish()
    return Rule(rule_id, says, cites, practice, conditions, tuple(effects), fields.source, excludes)


def claim_id(fields: Fields, rule_id: str, known: Known) -> None:
    """Take `rule_id` for the rule under `fields`; a second taker is a problem."""
    if rule_id and rule_id in known.rule_ids:
        complain(fields, "id", f"{rule_id!r} is already the id of the rule at {known.rule_ids[rule_id]}")
    known.rule_ids[rule_id] = fields.source


EffectReader = Callable[[yaml.Node, Fields, Known], tuple[Effect, ...]]
Effects = Mapping[str, EffectReader]


def topic_effects(findings: Mapping[str, Finding]) -> Effects:
    """Effects of a topic's rules: evidence, and values or points for the topic's own findings."""

    def conclude(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
        result: list[Effect] = []
        inner = Fields(node, then.path("finding"), then.problems)
        for name, key, value in inner.pairs():
            if name not in findings or findings[name].bands:
                near = did_you_mean(name, [one.id for one in findings.values() if not one.bands])
                inner.problems.add(key, inner.path(name), f"is no finding concluded here{near}")
                continue
            text = filled(value, inner.path(name), inner.problems)
            if text and text not in findings[name].values:
                near = did_you_mean(text, findings[name].values)
                allowed = ", ".join(findings[name].values)
                inner.problems.add(value, inner.path(name), f"{text!r} is none of {allowed}{near}")
            result.append(Conclude(name, text))
        return tuple(result)

    def score(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
        result: list[Effect] = []
        inner = Fields(node, then.path("score"), then.problems)
        for name, key, value in inner.pairs():
            if name not in findings or not findings[name].bands:
                near = did_you_mean(name, [one.id for one in findings.values() if one.bands])
                inner.problems.add(key, inner.path(name), f"is no finding with bands here{near}")
            result.append(Score(name, whole_number(value, inner.path(name), inner.problems)))
        return tuple(result)

    return {"evidence": _evidence, "score": score, "finding": conclude}


def recommendation_effects(finding: Finding) -> Effects:
    """Effects of the two recommendation steps: the step's own finding, and who is missing."""
    return {
        "finding": topic_effects({finding.id: finding})["finding"],
        "not_available": partial(_unstaffed, "not_available", False),
        "not_paid_for": partial(_unstaffed, "not_paid_for", True),
    }


def _evidence(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    result: list[Effect] = []
    inner = Fields(node, then.path("evidence"), then.problems)
    for name, key, value in inner.pairs():
        if name not in MEASURES:
            near = did_you_mean(name, MEASURES)
            inner.problems.add(key, inner.path(name), f"is none of {', '.join(MEASURES)}{near}")
            continue
        points = whole_number(value, inner.path(name), inner.problems)
        if not points and scalar(value, inner.path(name), inner.problems).strip("-0") == "":
            inner.problems.add(value, inner.path(name), "gives no points; leave it out")
        result.append(Evidence(name, points))
    return tuple(result)


def read_role(name: str, node: yaml.Node, where: str, problems: Problems, known: Known) -> str:
    """The name, with a problem noted at the node where it is no role."""
    if name not in known.roles:
        problems.add(node, where, f"{name!r} is no role{did_you_mean(name, known.roles)}")
    return name


def _unstaffed(name: str, unpaid: bool, node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    where = then.path(name)
    return (Unstaffed(tuple(read_role(role, node, where, then.problems, known) for role in then.texts(name)), unpaid),)


def read_letters(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    """Letters by role; `manager` stands for the one leading role that a model staffs."""
    cells: dict[str, str] = {}
    inner = Fields(node, then.path("letters"), then.problems)
    for name, key, value in inner.pairs():
        letters = scalar(value, inner.path(name), inner.problems)
        if letters not in known.letters:
            allowed = ", ".join(one for one in known.letters if one)
            inner.problems.add(value, inner.path(name), f"{letters!r} is none of {allowed}")
        if name != LONE_MANAGER:
            read_role(name, key, inner.path(name), inner.problems, known)
        cells[name] = letters
    return (Letters(cells),)


def _leave_row_out(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    return (LeaveOut(filled(node, then.path("leave_out"), then.problems)),)


ROW_EFFECTS: Effects = {"letters": read_letters, "leave_out": _leave_row_out}


def complain(fields: Fields, name: str, message: str) -> None:
    """Note a problem with one field, or with its mapping where the field is not there."""
    node = fields.get(name)
    fields.problems.add(node if node is not None else fields.node, fields.path(name), message)

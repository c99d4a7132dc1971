"""Rules and tables from their YAML: what a rule may read, say, cite and conclude in the file that it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import prod

import yaml

from advisor.catalog.conditions import read_conditions
from advisor.catalog.fields import Fields, scalar, whole_number
from advisor.errors import did_you_mean
from advisor.model.rulebook import (
    DELIVERY_MANAGER,
    PROJECT_MANAGER,
    Conclude,
    Effect,
    Evidence,
    Finding,
    Guardrail,
    LeaveOut,
    Letters,
    Look,
    Rule,
    Score,
    Sense,
    Shift,
    Source,
    Table,
    Unstaffed,
    Variable,
)

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,62}")
RESERVED = frozenset({"id", "sid", "every", "manager"})
MOST_COMBINATIONS = 20_000
LETTERS = ("R", "A", "C", "I", "A/R", "")
LONE_MANAGER = "manager"


@dataclass(slots=True)
class Known:
    """The names that rules may use, filled as the files are read, and every id given so far."""

    claims: Mapping[str, object] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    competencies: Mapping[str, object] = field(default_factory=dict)
    variables: dict[str, Variable] = field(default_factory=dict)
    rule_ids: dict[str, Source] = field(default_factory=dict)


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


def read_cites(fields: Fields, claims: Mapping[str, object]) -> tuple[tuple[str, ...], str]:
    """The claim ids that are cited, and the reason where the text is a practice rule."""
    cited: list[str] = []
    reasons: list[str] = []
    for text in fields.texts("cites"):
        head, _, reason = text.partition(":")
        if head.strip() == "PRACTICE":
            if not reason.strip():
                _complain(fields, "cites", "PRACTICE wants a reason: 'PRACTICE: why this goes beyond the article'")
            reasons.append(reason.strip())
        elif text not in claims:
            _complain(fields, "cites", f"{text!r} is no claim{did_you_mean(text, claims)}")
        else:
            cited.append(text)
    if not cited and not reasons:
        _complain(fields, "cites", "names no claim and no practice")
    return tuple(cited), " ".join(reasons)


def read_table(
    fields: Fields, table_id: str, reads: tuple[str, ...], known: Known, allowed: Effects, most_reads: int = 6
) -> Table:
    """A table and its rules; `allowed` says which effects a rule may have here."""
    variables = {name: known.variables[name] for name in reads if name in known.variables}
    for name in reads:
        if name not in known.variables:
            _complain(fields, "reads", f"{name!r} is no question or finding{did_you_mean(name, known.variables)}")
    if len(set(reads)) < len(reads):
        _complain(fields, "reads", "names a variable twice")
    if len(reads) > most_reads:
        _complain(fields, "reads", f"names {len(reads)} variables; at most {most_reads} can be enumerated in full")
    combinations = prod(len(variable.domain) for variable in variables.values())
    if combinations > MOST_COMBINATIONS:
        _complain(fields, "reads", f"makes {combinations:,} combinations; at most {MOST_COMBINATIONS:,} are allowed")
    rules = tuple(read_rule(rule, variables, known, allowed) for rule in fields.each("rules", required=False))
    title = fields.text("title", "")
    return Table(table_id, title, tuple(variables.values()), rules, fields.source)


def read_rule(fields: Fields, variables: Mapping[str, Variable], known: Known, allowed: Effects) -> Rule:
    """One rule of a table that reads `variables`."""
    rule_id = identifier(fields)
    claim_id(fields, rule_id, known)
    cites, practice = read_cites(fields, known.claims)
    when = fields.need("when")
    conditions = read_conditions(when, fields.path("when"), fields.problems, variables) if when is not None else ()
    if when is not None and not conditions:
        _complain(fields, "when", "names no condition, so the rule would always fire")
    effects: list[Effect] = []
    then = fields.inner("then")
    if then is not None:
        for name, key, value in then.pairs():
            if name not in allowed:
                hint = did_you_mean(name, allowed) or f" (allowed here: {', '.join(allowed)})"
                then.problems.add(key, then.path(name), f"has no meaning in this file{hint}")
            else:
                effects.extend(allowed[name](value, then, known))
    says = fields.text("says")
    fields.finish()
    return Rule(rule_id, says, cites, practice, conditions, tuple(effects), fields.source)


def claim_id(fields: Fields, rule_id: str, known: Known) -> None:
    """Take `rule_id` for the rule under `fields`; a second taker is a problem."""
    if rule_id in known.rule_ids:
        _complain(fields, "id", f"{rule_id!r} is already the id of the rule at {known.rule_ids[rule_id]}")
    known.rule_ids[rule_id] = fields.source


EffectReader = Callable[[yaml.Node, Fields, Known], tuple[Effect, ...]]
Effects = Mapping[str, EffectReader]


def topic_effects(findings: Mapping[str, Finding]) -> Effects:
    """Effects of a topic's rules: evidence, and values or points for the topic's own findings."""

    def conclude(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
        result: list[Effect] = []
        for name, key, value in Fields(node, then.path("finding"), then.problems).pairs():
            text = scalar(value, then.path(name), then.problems)
            if name not in findings or findings[name].bands:
                then.problems.add(key, then.path(name), f"is no finding concluded here{did_you_mean(name, findings)}")
            elif text not in findings[name].values:
                allowed = ", ".join(findings[name].values)
                then.problems.add(value, then.path(name), f"{text!r} is none of {allowed}")
            else:
                result.append(Conclude(name, text))
        return tuple(result)

    def score(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
        result: list[Effect] = []
        for name, key, value in Fields(node, then.path("score"), then.problems).pairs():
            if name not in findings or not findings[name].bands:
                then.problems.add(key, then.path(name), f"is no finding with bands here{did_you_mean(name, findings)}")
            result.append(Score(name, whole_number(value, then.path(name), then.problems)))
        return tuple(result)

    return {"evidence": _evidence, "score": score, "finding": conclude}


def recommendation_effects(finding: Finding) -> Effects:
    """Effects of the two recommendation steps: the step's own finding, and who is missing."""
    return {"finding": topic_effects({finding.id: finding})["finding"], "unstaffed": _unstaffed}


def _evidence(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    result: list[Effect] = []
    for name, key, value in Fields(node, then.path("evidence"), then.problems).pairs():
        points = whole_number(value, then.path(name), then.problems)
        if name not in (DELIVERY_MANAGER, PROJECT_MANAGER):
            then.problems.add(key, then.path(name), f"is neither {DELIVERY_MANAGER} nor {PROJECT_MANAGER}")
        elif points < 1:
            then.problems.add(value, then.path(name), "must be at least 1; points for the other side go to that side")
        result.append(Evidence(name, points))
    return tuple(result)


def _role(name: str, node: yaml.Node, then: Fields, known: Known, extra: tuple[str, ...] = ()) -> str:
    if name not in known.roles + extra:
        then.problems.add(node, then.path(name), f"{name!r} is no role{did_you_mean(name, known.roles)}")
    return name


def _unstaffed(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    return (Unstaffed(tuple(_role(name, node, then, known) for name in then.texts("unstaffed"))),)


def read_letters(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    """Letters by role; `manager` stands for the one leading role that a model staffs."""
    cells: dict[str, str] = {}
    for name, key, value in Fields(node, then.path("letters"), then.problems).pairs():
        letters = scalar(value, then.path(name), then.problems)
        if letters not in LETTERS:
            then.problems.add(value, then.path(name), f"{letters!r} is none of R, A, C, I, A/R")
        cells[_role(name, key, then, known, (LONE_MANAGER,))] = letters
    return (Letters(cells),)


def _leave_row_out(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    return (LeaveOut(scalar(node, then.path("leave_out"), then.problems)),)


def _phases(fields: Fields, known: Known) -> tuple[str, ...]:
    named = fields.texts("phases")
    for name in named:
        if name not in known.phases:
            _complain(fields, "phases", f"{name!r} is no phase{did_you_mean(name, known.phases)}")
    return named


def _leave_phases_out(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    inner = Fields(node, then.path("leave_out"), then.problems)
    effect = LeaveOut(inner.text("reason"), _phases(inner, known))
    inner.finish()
    return (effect,)


def _shift(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    inner = Fields(node, then.path("shift"), then.problems)
    effect = Shift(_role(inner.text("to"), node, inner, known), inner.number("points"), _phases(inner, known))
    inner.finish()
    return (effect,)


def _guardrail(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    return (Guardrail(scalar(node, then.path("guardrail"), then.problems)),)


def _sense(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    return (Sense(scalar(node, then.path("sense"), then.problems)),)


def _look(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    inner = Fields(node, then.path("look"), then.problems)
    competency = inner.text("competency")
    if competency not in known.competencies:
        _complain(inner, "competency", f"{competency!r} is no competency{did_you_mean(competency, known.competencies)}")
    effect = Look(_role(inner.text("role"), node, inner, known), competency)
    inner.finish()
    return (effect,)


ROW_EFFECTS: Effects = {"letters": read_letters, "leave_out": _leave_row_out}
PHASE_EFFECTS: Effects = {"leave_out": _leave_phases_out}
SPLIT_EFFECTS: Effects = {"shift": _shift}
GUARDRAIL_EFFECTS: Effects = {"guardrail": _guardrail}
PROFILE_EFFECTS: Effects = {"look": _look}
SENSE_EFFECTS: Effects = {"sense": _sense}


def _complain(fields: Fields, name: str, message: str) -> None:
    node = fields.get(name)
    fields.problems.add(node if node is not None else fields.node, fields.path(name), message)

"""From levels to the engagement model: what each side needs, what the work asks for, and what can be staffed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.advise.evaluator import Evaluator
from advisor.errors import Contradiction
from advisor.model.findings import Topic
from advisor.model.rulebook import Catalog
from advisor.model.rules import Conclude, Rule, Unstaffed, Variable


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one complete set of findings leads to: what each side needs, what the work asks for, the model, who lacks.

    `rules` are those that spoke, step by step.
    """

    needs: Mapping[str, str]
    asks_for: str
    model: str
    not_available: tuple[str, ...]
    not_paid_for: tuple[str, ...]
    rules: tuple[Rule, ...]


def variables(catalog: Catalog) -> tuple[Variable, ...]:
    """What the steps read between them, less what they conclude themselves."""
    own = {step.findings[0].id for step in catalog.steps}
    read = {one.id: one for step in catalog.steps for one in step.table.reads if one.id not in own}
    return tuple(read.values())


def decide(catalog: Catalog, values: Mapping[str, str], evaluator: Evaluator) -> Verdict:
    """Take the steps in order, each reading what those before it concluded."""
    known = dict(values)
    rules: tuple[Rule, ...] = ()
    for step in catalog.steps:
        fired = evaluator.rules(step.table, known)
        known[step.findings[0].id] = one_value(step, fired)
        rules += fired
    lacking = [one for rule in rules for one in rule.effects if isinstance(one, Unstaffed)]
    return Verdict(
        {step.findings[0].id: known[step.findings[0].id] for step in catalog.needs},
        known[catalog.asks_for.findings[0].id],
        known[catalog.recommend.findings[0].id],
        tuple(role for one in lacking if not one.unpaid for role in one.roles),
        tuple(role for one in lacking if one.unpaid for role in one.roles),
        rules,
    )


def concluded(rule: Rule, finding: str) -> str:
    """The value that the rule gives the finding; empty when it gives none."""
    return next((one.value for one in rule.effects if isinstance(one, Conclude) and one.finding == finding), "")


def one_value(step: Topic, fired: tuple[Rule, ...]) -> str:
    """The one value that the rules that fired conclude; BrokenInvariant where they give none, or several."""
    finding = step.findings[0].id
    spoken = [(rule, one.value) for rule in fired for one in rule.effects if isinstance(one, Conclude)]
    if len({value for _, value in spoken}) != 1:
        rules = ", ".join(rule.id for rule, _ in spoken) or "no rule"
        raise Contradiction(f"{step.table.id}: {rules} must give one value for {finding}")
    return spoken[0][1]

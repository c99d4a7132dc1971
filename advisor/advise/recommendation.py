"""From findings to the engagement model: what the work asks for, what can be staffed, and how firmly that stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from math import prod

from advisor.advise.evaluator import Evaluator
from advisor.errors import BrokenInvariant
from advisor.model.rulebook import Catalog, Topic
from advisor.model.rules import MODEL, WORK_ASKS_FOR, Conclude, Rule, Unstaffed, Variable

_DIGITS = 9  # chances that differ by less are equal, and the rulebook's order decides

Possible = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one complete set of findings leads to."""

    model: str
    asks_for: str
    unstaffed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The models still possible, the leading one's outcome, and the settled values that it was reached from.

    `candidates` are in the rulebook's order; empty with `leading` None when more remain than the rulebook allows.
    `weights` say how likely each model of the rulebook is if every missing answer were as likely as any other, and the
    findings independent of each other, as far as they are; 0 is impossible.
    """

    candidates: tuple[str, ...]
    leading: Outcome | None
    values: Mapping[str, str]
    weights: Mapping[str, float]

    @property
    def left(self) -> tuple[str, ...]:
        """The models that are still possible, however many."""
        return tuple(model for model, weight in self.weights.items() if weight)


def variables(catalog: Catalog) -> tuple[Variable, ...]:
    """What the two steps read between them, the model of the first step aside."""
    read = {one.id: one for step in (catalog.asks_for, catalog.recommend) for one in step.table.reads}
    return tuple(one for one in read.values() if one.id != WORK_ASKS_FOR)


def decide(catalog: Catalog, values: Mapping[str, str], evaluator: Evaluator) -> tuple[Outcome, tuple[Rule, ...]]:
    """Return the outcome of complete findings and the rules that spoke, both steps."""
    asks_for, asking = asked_for(catalog, values, evaluator)
    model, staffing = staffed(catalog, {**values, WORK_ASKS_FOR: asks_for}, evaluator)
    return Outcome(model, asks_for, _missing(staffing)), asking + staffing


def asked_for(catalog: Catalog, values: Mapping[str, str], evaluator: Evaluator) -> tuple[str, tuple[Rule, ...]]:
    """The first step: the model that the work asks for, and the rules that spoke."""
    fired = evaluator.rules(catalog.asks_for.table, values)
    return _one(catalog.asks_for, WORK_ASKS_FOR, fired), fired


def staffed(catalog: Catalog, values: Mapping[str, str], evaluator: Evaluator) -> tuple[str, tuple[Rule, ...]]:
    """The second step: the model that can be staffed, and the rules that spoke."""
    fired = evaluator.rules(catalog.recommend.table, values)
    return _one(catalog.recommend, MODEL, fired), fired


def consider(
    catalog: Catalog,
    chances: Mapping[str, Mapping[str, float]],
    reached: Callable[[tuple[str, ...]], Collection[str]] = tuple,
) -> Verdict:
    """Weigh every complete set of findings by the `chances` of their values.

    In each step exactly one rule speaks for a combination, so a rule stands for all the combinations that it allows:
    what two rules, one of each step, allow together is counted at once. But findings that rest on the same questions
    cannot take every combination of values: where several models come out, `reached` tells which of them answers can
    lead to, and the others have no weight.
    """
    possible = {name: tuple(values) for name, values in chances.items()}
    weights: dict[Outcome, float] = {}
    widest: dict[Outcome, tuple[float, dict[str, str]]] = {}
    for asking, staffing, allowed in ways(catalog, possible):
        outcome = Outcome(concluded(staffing, MODEL), concluded(asking, WORK_ASKS_FOR), _missing((staffing,)))
        weight = prod(sum(chances[name][value] for value in values) for name, values in allowed.items())
        weights[outcome] = weights.get(outcome, 0.0) + weight
        if outcome not in widest or weight > widest[outcome][0]:
            widest[outcome] = weight, {name: _likeliest(chances[name], values) for name, values in allowed.items()}
    by_model = dict.fromkeys(catalog.models, 0.0)
    for outcome, weight in weights.items():
        by_model[outcome.model] += weight
    candidates = tuple(model for model, weight in by_model.items() if weight)
    if len(candidates) > 1:
        left = reached(candidates)
        whole = sum(by_model.values())
        kept = sum(by_model[model] for model in candidates if model in left)
        by_model = {model: weight * whole / kept if model in left else 0.0 for model, weight in by_model.items()}
        candidates = tuple(model for model in candidates if model in left)
    if len(candidates) > catalog.too_little_above:
        return Verdict((), None, {}, by_model)
    if not candidates:
        raise BrokenInvariant(f"{catalog.recommend.table.id}: no rule speaks for the findings {possible}")
    leading = max(candidates, key=lambda model: round(by_model[model], _DIGITS))
    outcome = max((one for one in weights if one.model == leading), key=lambda one: round(weights[one], _DIGITS))
    return Verdict(candidates, outcome, widest[outcome][1], by_model)


def ways(catalog: Catalog, possible: Possible) -> Iterator[tuple[Rule, Rule, dict[str, tuple[str, ...]]]]:
    """Each pair of rules, one of each step, that can speak together, and the findings on which they do."""
    read = {variable.id: possible[variable.id] for variable in variables(catalog)}
    every = {**read, WORK_ASKS_FOR: tuple(catalog.models)}
    may_speak = [rule for rule in catalog.recommend.table.rules if _narrowed(every, rule) is not None]
    for asking in catalog.asks_for.table.rules:
        first = _narrowed(read, asking)
        if first is None:
            continue
        first[WORK_ASKS_FOR] = (concluded(asking, WORK_ASKS_FOR),)
        for staffing in may_speak:
            both = _narrowed(first, staffing)
            if both is not None:
                del both[WORK_ASKS_FOR]
                yield asking, staffing, both


def _missing(rules: tuple[Rule, ...]) -> tuple[str, ...]:
    return tuple(role for rule in rules for one in rule.effects if isinstance(one, Unstaffed) for role in one.roles)


def _likeliest(chances: Mapping[str, float], values: tuple[str, ...]) -> str:
    return max(values, key=lambda value: chances[value])


def _narrowed(values: Possible, rule: Rule) -> dict[str, tuple[str, ...]] | None:
    """The values on which the rule speaks; None when it cannot."""
    for condition in rule.when:
        if condition.allowed.isdisjoint(values[condition.variable]):
            return None
    left = dict(values)
    for condition in rule.when:
        left[condition.variable] = tuple(one for one in left[condition.variable] if one in condition.allowed)
    return left


def concluded(rule: Rule, finding: str) -> str:
    """The value that the rule gives the finding; empty when it gives none."""
    return next((one.value for one in rule.effects if isinstance(one, Conclude) and one.finding == finding), "")


def _one(step: Topic, finding: str, fired: tuple[Rule, ...]) -> str:
    spoken = [(rule, one.value) for rule in fired for one in rule.effects if isinstance(one, Conclude)]
    if len({value for _, value in spoken}) != 1:
        rules = ", ".join(rule.id for rule, _ in spoken) or "no rule"
        raise BrokenInvariant(f"{step.table.id}: {rules} must give one value for {finding}")
    return spoken[0][1]

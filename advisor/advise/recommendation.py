"""From findings to the engagement model: what the work asks for, what can be staffed, and how firmly that stands."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.advise.evaluator import Evaluator
from advisor.errors import BrokenInvariant
from advisor.model.rulebook import MODEL, WORK_ASKS_FOR, Catalog, Conclude, Rule, Topic, Unstaffed, Variable

FURTHEST = 3  # single steps of findings that are tried when looking for what would change the model

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
    """

    candidates: tuple[str, ...]
    leading: Outcome | None
    values: Mapping[str, str]


def variables(catalog: Catalog) -> tuple[Variable, ...]:
    """What the two steps read between them, the model of the first step aside."""
    read = {one.id: one for step in (catalog.asks_for, catalog.recommend) for one in step.table.reads}
    return tuple(one for one in read.values() if one.id != WORK_ASKS_FOR)


def decide(catalog: Catalog, values: Mapping[str, str], evaluator: Evaluator) -> tuple[Outcome, tuple[Rule, ...]]:
    """Return the outcome of complete findings and the rules that spoke, both steps."""
    asking = evaluator.rules(catalog.asks_for.table, values)
    asks_for = _one(catalog.asks_for, WORK_ASKS_FOR, asking)
    staffing = evaluator.rules(catalog.recommend.table, {**values, WORK_ASKS_FOR: asks_for})
    model = _one(catalog.recommend, MODEL, staffing)
    missing = tuple(
        role for rule in staffing for one in rule.effects if isinstance(one, Unstaffed) for role in one.roles
    )
    return Outcome(model, asks_for, missing), asking + staffing


def consider(catalog: Catalog, possible: Possible, what_if: Evaluator) -> Verdict:
    """Weigh every complete set of findings among the `possible` values of each."""
    if all(len(values) == 1 for values in possible.values()):
        whole = {name: values[0] for name, values in possible.items()}
        outcome = decide(catalog, whole, what_if)[0]
        return Verdict((outcome.model,), outcome, whole)
    first = [variable.id for variable in catalog.asks_for.table.reads]
    later = [variable.id for variable in variables(catalog) if variable.id not in first]
    outcomes: Counter[Outcome] = Counter()
    example: dict[Outcome, dict[str, str]] = {}
    seen: set[str] = set()
    shared = [variable.id for variable in catalog.recommend.table.reads if variable.id in first]
    asked: Counter[tuple[str, ...]] = Counter()
    sample: dict[tuple[str, ...], dict[str, str]] = {}
    for values in _every(first, possible):
        asks_for = _one(catalog.asks_for, WORK_ASKS_FOR, what_if.rules(catalog.asks_for.table, values))
        key = (asks_for, *(values[name] for name in shared))
        if key not in sample:
            sample[key] = values
            seen |= {outcome.model for outcome, _ in _staffed(catalog, values, later, possible, what_if)}
            if len(seen) > catalog.too_little_above:
                return Verdict((), None, {})
        asked[key] += 1
    for key, count in asked.items():
        for outcome, values in _staffed(catalog, sample[key], later, possible, what_if):
            outcomes[outcome] += count
            example.setdefault(outcome, values)
    candidates = tuple(model for model in catalog.models if model in seen)
    totals = Counter({model: sum(n for one, n in outcomes.items() if one.model == model) for model in candidates})
    leading = totals.most_common(1)[0][0]
    outcome = max((one for one in outcomes if one.model == leading), key=lambda one: outcomes[one])
    return Verdict(candidates, outcome, example[outcome])


def _staffed(
    catalog: Catalog,
    values: Mapping[str, str],
    later: list[str],
    possible: Possible,
    what_if: Evaluator,
) -> Iterator[tuple[Outcome, dict[str, str]]]:
    for more in _every(later, possible):
        whole = {**values, **more}
        yield decide(catalog, whole, what_if)[0], whole


def _every(names: list[str], possible: Possible) -> Iterator[dict[str, str]]:
    # The first name varies fastest: it separates models best, so too many candidates show early.
    for combination in itertools.product(*(possible[name] for name in reversed(names))):
        yield dict(zip(reversed(names), combination, strict=True))


def _one(step: Topic, finding: str, fired: tuple[Rule, ...]) -> str:
    spoken = [(rule, one.value) for rule in fired for one in rule.effects if isinstance(one, Conclude)]
    if len({value for _, value in spoken}) != 1:
        rules = ", ".join(rule.id for rule, _ in spoken) or "no rule"
        raise BrokenInvariant(f"{step.table.id}: {rules} must give one value for {finding}")
    return spoken[0][1]


@dataclass(frozen=True, slots=True)
class Margin:
    """The fewest single steps of findings that lead to another model, and which; None where none was found.

    `steps` are the findings to move, with the values to move them to.
    """

    distance: int | None
    runner_up: str | None
    steps: tuple[tuple[str, str], ...]


class Margins:
    """How many single steps of findings lead to another model, remembered for each complete set of findings."""

    def __init__(self, catalog: Catalog, what_if: Evaluator, furthest: int = FURTHEST) -> None:
        self._catalog = catalog
        self._furthest = furthest
        self._what_if = what_if
        self._variables = variables(catalog)
        self._order = list(catalog.models)
        self._known: dict[tuple[str, ...], Margin] = {}

    def of(self, values: Mapping[str, str]) -> Margin:
        """The margin of complete findings; without a distance when nothing within the furthest steps changes the model.

        A step moves one finding to the next value up or down, or to any other value where values have no order.
        """
        start = tuple(values[one.id] for one in self._variables)
        if start not in self._known:
            self._known[start] = self._search(start)
        return self._known[start]

    def _search(self, start: tuple[str, ...]) -> Margin:
        here = self._model(start)
        seen = {start}
        edge = [start]
        for distance in range(1, self._furthest + 1):
            nearby = dict.fromkeys(step for point in edge for step in self._steps(point))
            edge = [point for point in nearby if point not in seen]
            seen.update(edge)
            others = [(self._order.index(model), point) for point in edge if (model := self._model(point)) != here]
            if others:
                rank, point = min(others, key=lambda one: one[0])
                moved = zip(self._variables, start, point, strict=True)
                steps = tuple((variable.id, new) for variable, old, new in moved if old != new)
                return Margin(distance, self._order[rank], steps)
        return Margin(None, None, ())

    def _steps(self, point: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for position, variable in enumerate(self._variables):
            at = variable.values.index(point[position])
            near = variable.values[max(at - 1, 0) : at + 2] if variable.ordered else variable.values
            for value in near:
                if value != point[position]:
                    yield (*point[:position], value, *point[position + 1 :])

    def _model(self, point: tuple[str, ...]) -> str:
        values = dict(zip((one.id for one in self._variables), point, strict=True))
        return decide(self._catalog, values, self._what_if)[0].model

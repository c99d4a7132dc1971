"""Decisions that nobody has seen before: how many a second with compiled tables, by the engine, and by bare closures.

Run from the repository: python -m benchmarks.decisions [--engagements 3000] [--rounds 3]
A decision goes from answers to the model; all engagements differ and answer every question. Closures are what a
programmer would write by hand: one Python function for each rule, no checks, nothing remembered, the same models.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping

from advisor import reference
from advisor.advise.compiled import compiled
from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import band_of
from advisor.advise.outcomes import Known, count, packed, unpacked
from advisor.advise.reading import read_answers
from advisor.advise.session import Session
from advisor.advise.state import conclude
from advisor.catalog.load import load_catalog
from advisor.model.rulebook import Catalog
from advisor.model.rules import MEASURES, MODEL, Conclude, Evidence, Rule, Score

Values = Mapping[str, str]


def engagements(catalog: Catalog, many: int, seed: int) -> list[dict[str, str]]:
    """Complete answers by chance."""
    chance = random.Random(seed)
    return [{name: chance.choice(one.option_ids) for name, one in catalog.questions.items()} for _ in range(many)]


def by_session(catalog: Catalog, known: Known | None) -> Callable[[dict[str, str]], str]:
    """The product, with nothing remembered yet."""
    session = Session(catalog, Evaluator(known=known), Evaluator(reference.fire, known))
    return lambda answers: conclude(catalog, answers, session).verdict.model


def by_closures(catalog: Catalog) -> Callable[[dict[str, str]], str]:
    """A function for each rule."""
    topics = [(topic, [_closure(rule) for rule in topic.table.rules]) for topic in catalog.topics]
    steps = [(step.findings[0].id, [_closure(rule) for rule in step.table.rules]) for step in catalog.steps]
    caps = {
        name: [(cap.level, _test(tuple((one.variable, one.allowed) for one in cap.when))) for cap in measure.caps]
        for name, measure in catalog.measures.items()
    }

    def decide(answers: dict[str, str]) -> str:
        values = {**read_answers(catalog, answers).values}
        points = dict.fromkeys(MEASURES, 0)
        for topic, rules in topics:
            scores: dict[str, int] = {}
            found: dict[str, str] = {}
            for holds, effects in rules:
                if holds(values):
                    for one in effects:
                        if isinstance(one, Evidence):
                            points[one.measure] += one.points
                        elif isinstance(one, Score):
                            scores[one.finding] = scores.get(one.finding, 0) + one.points
                        elif isinstance(one, Conclude):
                            found[one.finding] = one.value
            for finding in topic.findings:
                banded = band_of(finding.bands, scores.get(finding.id, 0)) if finding.bands else finding.otherwise
                values[finding.id] = found.get(finding.id, banded)
        for name, measure in catalog.measures.items():
            levels = [band_of(measure.finding.bands, points[name])]
            levels += [level for level, holds in caps[name] if holds(values)]
            values[name] = min(levels, key=measure.finding.values.index)
        for finding_id, rules in steps:
            for holds, effects in rules:
                if holds(values):
                    values[finding_id] = next(one.value for one in effects if isinstance(one, Conclude))
        return values[MODEL]

    return decide


def _closure(rule: Rule) -> tuple[Callable[[Values], bool], tuple[object, ...]]:
    return _test(tuple((one.variable, one.allowed) for one in rule.when)), rule.effects


def _test(conditions: tuple[tuple[str, frozenset[str]], ...]) -> Callable[[Values], bool]:
    if len(conditions) == 1:
        ((name, allowed),) = conditions
        return lambda values: values[name] in allowed
    return lambda values: all(values[name] in allowed for name, allowed in conditions)


def rates(catalog: Catalog, known: Known, many: int, rounds: int) -> Iterator[tuple[str, float, float]]:
    """Each way, in turns, on engagements that are new to it: a second, and beside closures."""
    ways: dict[str, Callable[[], Callable[[dict[str, str]], str]]] = {
        "closures": lambda: by_closures(catalog),
        "compiled": lambda: by_session(catalog, known),
        "fired by the engine, as before": lambda: by_session(catalog, None),
    }
    found: dict[str, list[float]] = {name: [] for name in ways}
    for seed in range(rounds):
        tried = engagements(catalog, many, seed)
        models = []
        for name, made in ways.items():
            decide = made()
            begun = time.process_time()
            models.append([decide(one) for one in tried])
            found[name].append(many / (time.process_time() - begun))
        if any(one != models[0] for one in models):
            raise SystemExit("the ways do not decide alike")
    bare = statistics.median(found["closures"])
    for name, seen in found.items():
        yield name, statistics.median(seen), statistics.median(seen) / bare


def main() -> None:
    """Compile, load and decide; print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engagements", type=int, default=3_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    catalog = load_catalog()
    begun = time.process_time()
    known = compiled(catalog.tables())
    taken = time.process_time() - begun
    data = packed(known)
    loads = []
    for _ in range(9):
        begun = time.process_time()
        unpacked(data)
        loads.append(time.process_time() - begun)
    combinations = sum(map(count, catalog.tables()))
    sys.stdout.write(
        f"compiled {len(known)} tables, {combinations:,} combinations, in {taken:.1f} s; {len(data):,} bytes, "
        f"loaded in {statistics.median(loads) * 1000:.1f} ms (all of processor time)\n\n"
        "| decided for the first time | a second | beside closures |\n|---|---|---|\n"
    )
    for name, rate, ratio in rates(catalog, known, given.engagements, given.rounds):
        sys.stdout.write(f"| {name} | {rate:,.0f} | {ratio:.2f} |\n")


if __name__ == "__main__":
    main()

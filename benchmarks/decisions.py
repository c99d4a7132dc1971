"""Decisions that nobody has seen before: how many a second with compiled tables, by the engine, and by bare closures.

Run from the repository: python -m benchmarks.decisions [--engagements 3000] [--rounds 3]
A decision goes from answers to the model; all engagements differ and answer every question. Closures are what a
programmer would write by hand: one Python function for each rule, no checks, nothing remembered, the same models. Where
clipspy is installed (pip install clipspy), the same is done by CLIPS.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec

from advisor import reference
from advisor.advise.compiled import compiled
from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import band_of
from advisor.advise.outcomes import Known, count, packed, unpacked
from advisor.advise.reading import read_answers
from advisor.advise.session import Session
from advisor.advise.state import conclude
from advisor.catalog import load_catalog
from advisor.model.rulebook import Catalog
from advisor.model.rules import MEASURES, MODEL, Conclude, Condition, Evidence, Rule, Score, Table

Values = Mapping[str, str]
Firing = Callable[[Table], Callable[[Values], list[Rule]]]


def engagements(catalog: Catalog, many: int, seed: int) -> list[dict[str, str]]:
    """Complete answers by chance."""
    chance = random.Random(seed)
    return [{name: chance.choice(one.option_ids) for name, one in catalog.questions.items()} for _ in range(many)]


def by_session(catalog: Catalog, known: Known | None) -> Callable[[dict[str, str]], str]:
    """The product, with nothing remembered yet."""
    session = Session(catalog, Evaluator(known=known), Evaluator(reference.fire, known))
    return lambda answers: conclude(catalog, answers, session).verdict.model


def by_hand(catalog: Catalog, firing: Firing) -> Callable[[dict[str, str]], str]:
    """What a programmer would write around the rules: points, bands, caps and steps, and nothing else."""
    topics = [(topic, firing(topic.table)) for topic in catalog.topics]
    steps = [(step.findings[0].id, firing(step.table)) for step in catalog.steps]
    caps = {name: [(cap.level, _test(cap.when)) for cap in one.caps] for name, one in catalog.measures.items()}

    def decide(answers: dict[str, str]) -> str:
        values = {**read_answers(catalog, answers).values}
        points = dict.fromkeys(MEASURES, 0)
        for topic, fired in topics:
            scores: dict[str, int] = {}
            found: dict[str, str] = {}
            for rule in fired(values):
                for one in rule.effects:
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
        for finding_id, fired in steps:
            for rule in fired(values):
                values[finding_id] = next(one.value for one in rule.effects if isinstance(one, Conclude))
        return values[MODEL]

    return decide


def closures(table: Table) -> Callable[[Values], list[Rule]]:
    """A function for each rule."""
    tests = [(rule, _test(rule.when)) for rule in table.rules]
    return lambda values: [rule for rule, holds in tests if holds(values)]


def _test(conditions: tuple[Condition, ...]) -> Callable[[Values], bool]:
    pairs = [(one.variable, one.allowed) for one in conditions]
    if len(pairs) == 1:
        ((name, allowed),) = pairs
        return lambda values: values[name] in allowed
    return lambda values: all(values[name] in allowed for name, allowed in pairs)


def clips(table: Table) -> Callable[[Values], list[Rule]]:
    """An environment of CLIPS for the table: a template whose slots are its variables, a rule for each rule."""
    import clips as package

    environment = package.Environment()
    slots = " ".join(f"(slot {name})" for name in table.names)
    environment.build(f"(deftemplate t {slots})")
    noted: list[int] = []
    environment.define_function(noted.append, name="note")
    for at, rule in enumerate(table.rules):
        wanted = " ".join(f"({one.variable} {'|'.join(sorted(one.allowed))})" for one in rule.when)
        environment.build(f"(defrule r{at} (t {wanted}) => (note {at}))")
    template = environment.find_template("t")
    symbols = {value: package.Symbol(value) for one in table.reads for value in one.domain}

    def fired(values: Values) -> list[Rule]:
        noted.clear()
        fact = template.assert_fact(**{name: symbols[values[name]] for name in table.names})
        environment.run()
        fact.retract()
        return [table.rules[at] for at in sorted(noted)]

    return fired


def rates(catalog: Catalog, known: Known, many: int, rounds: int) -> Iterator[tuple[str, float, float]]:
    """Each way, in turns, on engagements that are new to it: a second, and beside closures."""
    ways: dict[str, Callable[[], Callable[[dict[str, str]], str]]] = {
        "closures": lambda: by_hand(catalog, closures),
        "compiled": lambda: by_session(catalog, known),
        "fired by the engine, as before": lambda: by_session(catalog, None),
    }
    if find_spec("clips") is not None:
        ways["clipspy"] = lambda: by_hand(catalog, clips)
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

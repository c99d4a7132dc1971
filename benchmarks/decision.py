"""How quickly answers become a model and a matrix: the product beside the same rulebook in other engines.

Run from the repository: python -m benchmarks.decision [--full] [--engagements 2000] [--rounds 5] [--seed 1]
The engagements are random and complete. Before anything is timed, all ways must give the same model and the same
letters for each of them; the exit code is 1 when one does not. All run in this process, in turn in every round.
"""

from __future__ import annotations

import argparse
import importlib
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from advisor.advise import advise, conclude
from advisor.advise.session import session_for
from advisor.catalog import load_catalog
from advisor.model.advice import Engagement, Matrix, Recommendation
from advisor.model.rulebook import Catalog
from benchmarks.rivals import Answers, Decide, Decision

FEW = 500  # engagements a round for what has no look-ups and takes milliseconds each


def product(catalog: Catalog, answers: Answers) -> tuple[Recommendation, Matrix]:
    """The product's decision on complete answers, by the steps that an advice is made of and what they remember."""
    session = session_for(catalog)
    values = conclude(catalog, answers, session).values
    return session.told(values), session.layouts(values).matrix


def whole_advice(catalog: Catalog, answers: Answers) -> tuple[Recommendation, Matrix]:
    """The same by way of all that documents are made from: split, evidence, guardrails, profiles, findings besides."""
    advice = advise(catalog, Engagement("random", "Random", "", answers, {}, {}))
    return advice.recommendation, advice.matrix


def as_decision(given: tuple[Recommendation, Matrix]) -> Decision:
    """What the product gives, in the shape that can be compared; not timed."""
    recommendation, matrix = given
    rows = ((row.id, tuple((cell.role, cell.letters) for cell in row.cells)) for row in matrix.activities)
    return recommendation.model or "", tuple(rows)


def forget(catalog: Catalog) -> None:
    """Make the product start as in a process that has advised on nothing yet; its engine's rules stay compiled."""
    session_for.cache_clear()
    session_for(catalog)


COLD = "product, decision, each engagement for the first time"
WARM = "product, decision, the same engagements again"
ADVICE = "product, whole advice, the same engagements again"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to decide: its name in the table, how to do it, and on how many engagements it is timed at most."""

    name: str
    decide: Callable[[Answers], object]
    most: int
    is_engine: bool
    built: float  # seconds to get ready, the first decision included


# name, module, function that builds it, whether it is a rules engine, whether it is timed on few
_RIVALS = (
    ("durable-rules alone, nothing remembered", "table_by_table", "by_engine", True, True),
    ("zen-engine", "zen", "build", True, False),
    ("clipspy", "clips", "build", True, False),
    ("reference evaluator, nothing remembered", "table_by_table", "by_reference", False, False),
    ("Python closures", "closures", "build", False, False),
    ("one generated Python function", "generated", "build", False, False),
)


def rivals(catalog: Catalog, first: Answers) -> tuple[list[Way], list[str]]:
    """All ways but the product's, and the packages of those that are not installed."""
    ways, missing = [], []
    for name, module, function, is_engine, slow in _RIVALS:
        try:
            build: Callable[[Catalog], Decide] = getattr(
                importlib.import_module(f"benchmarks.rivals.{module}"), function
            )
        except ModuleNotFoundError:
            missing.append(name)
            continue
        start = time.perf_counter()
        decide = build(catalog)
        decide(first)
        ways.append(Way(name, decide, FEW if slow else sys.maxsize, is_engine, time.perf_counter() - start))
    return ways, missing


def engagements(catalog: Catalog, count: int, seed: int) -> list[dict[str, str]]:
    """Random answers to all questions, hidden ones too, as a form that asks everything would give them."""
    chance = random.Random(seed)
    return [
        {question.id: chance.choice(question.option_ids) for question in catalog.questions.values()}
        for _ in range(count)
    ]


def differing(catalog: Catalog, ways: Sequence[Way], sample: Sequence[Answers]) -> list[str]:
    """Where a way decides otherwise than the product."""
    found = []
    for at, answers in enumerate(sample):
        expected = as_decision(product(catalog, answers))
        others = [(way.name, way.decide(answers)) for way in ways]
        others.append((ADVICE, as_decision(whole_advice(catalog, answers))))
        found += [f"engagement {at}: {name} differs from the product" for name, one in others if one != expected]
    return found


def rate(decide: Callable[[Answers], object], sample: Sequence[Answers]) -> float:
    """Engagements a second of a processor, so that other work on the machine counts for little."""
    start = time.process_time()
    for answers in sample:
        decide(answers)
    return len(sample) / (time.process_time() - start)


def measure(catalog: Catalog, ways: Sequence[Way], sample: Sequence[Answers], rounds: int) -> dict[str, list[float]]:
    """Engagements a second in each round: the product cold, then on the same engagements again, then the others."""
    rates: dict[str, list[float]] = {}
    for _ in range(rounds):
        forget(catalog)
        decide, advising = partial(product, catalog), partial(whole_advice, catalog)
        rates.setdefault(COLD, []).append(rate(decide, sample))
        rates.setdefault(WARM, []).append(rate(decide, sample))
        rate(advising, sample)  # what only an advice needs is worked out here
        rates.setdefault(ADVICE, []).append(rate(advising, sample))
        for way in ways:
            rates.setdefault(way.name, []).append(rate(way.decide, sample[: way.most]))
    return rates


def table(ways: Sequence[Way], rates: dict[str, list[float]]) -> str:
    """The medians as a Markdown table, with ratios to the quickest engine and to the closures."""
    median = {name: statistics.median(found) for name, found in rates.items()}
    quickest = max((median[way.name] for way in ways if way.is_engine), default=0.0)
    closures = median["Python closures"]
    ready = {way.name: f"{way.built * 1000:.0f} ms" for way in ways}
    lines = [
        "| way | engagements a second | lowest to highest | to the quickest engine | to the closures | to get ready |",
        "|---|---|---|---|---|---|",
    ]
    for name in sorted(median, key=lambda one: -median[one]):
        lines.append(
            f"| {name} | {median[name]:,.0f} | {min(rates[name]):,.0f} to {max(rates[name]):,.0f} "
            f"| {median[name] / quickest:.2f} | {median[name] / closures:.2f} | {ready.get(name, '')} |"
        )
    return "\n".join(lines)


def main() -> int:
    """Check, then measure; 1 if two ways ever decide differently."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engagements", type=int, default=900, help="what is remembered whole is a thousand")
    parser.add_argument("--full", action="store_true", help="20,000 engagements")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    count = 20_000 if given.full else given.engagements
    catalog = load_catalog()
    sample = engagements(catalog, count, given.seed)
    ways, missing = rivals(catalog, sample[0])
    for name in missing:
        sys.stderr.write(f"left out, not installed: {name} (pip install -e .[bench])\n")
    wrong = differing(catalog, ways, sample)
    sys.stdout.write(
        f"{count:,} random complete engagements, seed {given.seed}: {len(ways)} ways beside the product, "
        f"{len(wrong)} differences\n"
    )
    if wrong:
        sys.stdout.write("\n".join(wrong[:20]) + "\n")
        return 1
    rates = measure(catalog, ways, sample, given.rounds)
    sys.stdout.write(f"Python {platform.python_version()}, median of {given.rounds} rounds\n\n{table(ways, rates)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

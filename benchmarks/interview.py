"""How many questions the interview asks until the model is settled, or 90 % likely, and how long the next one takes.

Run from the repository: python -m benchmarks.interview [--engagements 1000] [--seed 1] [--jobs 2]
Random engagements answer every question by chance, the usual answer counting as much more as the outlook has it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from advisor.catalog import load_catalog
from advisor.catalog.engagements import read_engagement
from advisor.interview import state
from advisor.interview.adaptive import short_way, standing, sure_model
from advisor.model.rulebook import Catalog

GOAL = 7  # questions in the median
LONGEST = 0.5  # seconds of a processor that a reader may wait for the next question


class Walk(NamedTuple):
    """Questions until the model was sure, whether all other answers change it then, and seconds for each question."""

    asked: int
    changed: bool
    seconds: list[float]


def random_ones(catalog: Catalog, count: int, seed: int) -> Iterator[dict[str, str]]:
    """Engagements by chance, weighted by the usual answers."""
    chance = random.Random(seed)
    for _ in range(count):
        answers: dict[str, str] = {}
        for question in catalog.questions.values():
            usual = question.usual.given(answers) if question.usual is not None else ""
            weights = [catalog.outlook.usual_counts if one == usual else 1 for one in question.option_ids]
            answers[question.id] = chance.choices(question.option_ids, weights)[0]
        yield answers


def walk(told: Mapping[str, str]) -> Walk:
    """Answer `advisor ask` as `told` says until the model is sure; questions that it does not answer are skipped.

    A list is one question, a skipped one counts too. Sure means settled, or nine tenths of the outlook.
    """
    catalog = load_catalog()
    questionnaire = catalog.questionnaires["engagement"]
    first = [step.id for step in short_way(catalog)]
    interview = state.start(catalog, questionnaire, {}, adaptive=True, first=first)
    asked, seconds = 0, []
    while (step := state.step_of(catalog, interview)) is not None:
        if interview.answers and sure_model(catalog, interview.answers) is not None:
            break
        known = not step.is_open(told)
        start = time.process_time()
        interview = (
            state.answer(catalog, questionnaire, interview, *step.chosen(told))
            if known
            else state.skip(catalog, questionnaire, interview)
        )
        if interview.position is None and interview.first:
            interview = state.go_deeper(catalog, questionnaire, interview)
        seconds.append(time.process_time() - start)
        asked += 1
    model, _ = standing(catalog, interview.answers)
    return Walk(asked, model != standing(catalog, told)[0], seconds)


def report(name: str, engagements: list[Mapping[str, str]], jobs: int) -> float:
    """Print one line of results; return the longest that a question took."""
    with ProcessPoolExecutor(jobs) as pool:
        walks = list(pool.map(walk, engagements, chunksize=10))
    counts = sorted(one.asked for one in walks)
    seconds = sorted(second for one in walks for second in one.seconds)
    sys.stdout.write(
        f"{name}: {len(counts)} engagements, median {statistics.median(counts):g}, "
        f"90th percentile {counts[int(0.9 * (len(counts) - 1))]}, most {counts[-1]}, "
        f"at most {GOAL}: {sum(count <= GOAL for count in counts)}; "
        f"changed by the rest: {sum(one.changed for one in walks)}; "
        f"seconds to the next question: median {statistics.median(seconds):.3f}, "
        f"90th percentile {seconds[int(0.9 * (len(seconds) - 1))]:.3f}, most {seconds[-1]:.3f}\n"
    )
    sys.stdout.flush()
    return seconds[-1]


def main() -> int:
    """Measure the examples and the random engagements; 1 if a reader ever waited too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engagements", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    catalog = load_catalog()
    folder = Path(__file__).resolve().parent.parent / "examples"
    examples: list[Mapping[str, str]] = [read_engagement(one, catalog).answers for one in sorted(folder.glob("*.yaml"))]
    by_chance: list[Mapping[str, str]] = list(random_ones(catalog, given.engagements, given.seed))
    longest = max(report("examples", examples, given.jobs), report("by chance", by_chance, given.jobs))
    return 1 if longest > LONGEST else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""How many questions the adaptive interview asks until the model is settled, and whether asking the rest changes it.

Run from the repository: python -m benchmarks.interview [--engagements 1000] [--seed 1]
The random engagements are hard ones: there is a project, and two managers to choose from who can both be paid.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from advisor.advise import conclude
from advisor.advise.session import session_for
from advisor.catalog import load_catalog
from advisor.catalog.engagements import read_engagement
from advisor.interview.adaptive import next_question, settled_model
from advisor.model.rulebook import Catalog

HARD = {"managers_available": "both", "two_managers_affordable": "yes"}


def hard_ones(catalog: Catalog, count: int, seed: int) -> Iterator[dict[str, str]]:
    """Engagements by chance in which a project and both managers are given."""
    chance = random.Random(seed)
    for _ in range(count):
        answers = {question.id: chance.choice(question.option_ids) for question in catalog.questions.values()}
        answers["projects"] = chance.choice([one for one in catalog.questions["projects"].option_ids if one != "none"])
        yield answers | HARD


def asked_until_settled(catalog: Catalog, told: Mapping[str, str]) -> tuple[int, bool, bool, list[float]]:
    """Questions asked, whether the rest changes the model, whether the advice then says so too, and seconds for each.

    `told` is what the reader knows; other questions are skipped.
    """
    questions = catalog.questionnaires["engagement"].questions
    answers: dict[str, str] = {}
    passed: set[str] = set()
    seconds = []
    while True:
        start = time.process_time()
        question = next_question(catalog, questions, answers, passed)
        seconds.append(time.process_time() - start)
        if question is None:
            break
        if question.id in told:
            answers[question.id] = told[question.id]
        else:
            passed.add(question.id)
    settled = settled_model(catalog, answers)
    session = session_for(catalog)
    final = conclude(catalog, told, session).verdict
    wrong = settled is not None and final.candidates != (settled,)
    leading = conclude(catalog, answers, session).verdict.leading
    says_so = settled is None or (leading is not None and leading.model == settled)
    return len(answers) + len(passed), wrong, says_so, seconds


def report(name: str, catalog: Catalog, engagements: list[Mapping[str, str]]) -> int:
    """Print one line of results; return how often the rest changed the model."""
    results = [asked_until_settled(catalog, told) for told in engagements]
    counts = sorted(count for count, _, _, _ in results)
    seconds = sorted(one for *_, spent in results for one in spent)
    wrong = sum(changed for _, changed, _, _ in results)
    other = sum(not says_so for _, _, says_so, _ in results)
    sys.stdout.write(
        f"{name}: {len(counts)} engagements, median {statistics.median(counts):g}, "
        f"90th percentile {counts[int(0.9 * (len(counts) - 1))]}, most {counts[-1]}; "
        f"changed by the rest: {wrong}; another model leads in the advice: {other}; "
        f"seconds to the next question: median {statistics.median(seconds):.3f}, most {seconds[-1]:.3f}\n"
    )
    return wrong


def main() -> int:
    """Measure the examples and the random engagements; 1 if the rest ever changed the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engagements", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    catalog = load_catalog()
    examples = sorted((Path(__file__).resolve().parent.parent / "examples").glob("*.yaml"))
    wrong = report("examples", catalog, [read_engagement(path, catalog).answers for path in examples])
    wrong += report("hard ones", catalog, list(hard_ones(catalog, given.engagements, given.seed)))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Soak, threads: advice on random engagements from eight threads, with forks meanwhile, is that of one thread.

All runs in a process of its own, since what fails here ends it.
"""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from advisor.advise import advise
from advisor.catalog import load_catalog
from advisor.catalog.person import person_rules
from advisor.fit import fit
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.person import Person
from advisor.model.rulebook import Catalog
from benchmarks.soak_crew import Outcome

REPOSITORY = Path(__file__).resolve().parent.parent
THREADS = 8
EACH = 50  # engagements between two forks
PATIENCE = 1_800


def run(count: int, seed: int, processes: int) -> Outcome:
    """Advise on so many engagements; `processes` is of no use here."""
    begun = time.monotonic()
    code = [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "benchmarks.soak_threads", str(count), str(seed)]
    done = subprocess.run(code, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=PATIENCE)
    line = f"{count:,} engagements by {THREADS} threads, {count // EACH:,} forks; {time.monotonic() - begun:.0f} s"
    said = f"exit code {done.returncode}: {(done.stdout + done.stderr)[-1_000:]}"
    return Outcome("threads", line, (said,) if done.returncode else ())


def _attack(count: int, seed: int) -> None:
    """Raises AssertionError where a thread or a child says anything else than one thread alone."""
    catalog, rules = load_catalog(), person_rules()
    chance = random.Random(seed)
    engagements = [_engagement(catalog, chance, number) for number in range(count)]
    people = [_person(chance, number) for number in range(64)]
    expected_fits = [repr(fit(person_rules(), one)) for one in people]
    # A catalog of their own, for which nothing is remembered yet.
    other = load_catalog()
    with ThreadPoolExecutor(THREADS) as pool:
        over = threading.Event()
        forking = pool.submit(_fork, other, engagements, count // EACH, over)
        found = list(pool.map(lambda one: _told(advise(other, one)), engagements, chunksize=1))
        fits = list(pool.map(lambda one: repr(fit(rules, one)), people))
        over.set()
        forks = forking.result()
    assert found == [_told(advise(catalog, one)) for one in engagements], "threads advise otherwise than one thread"
    assert fits == expected_fits, "threads see people otherwise than one thread"
    assert forks or count < EACH, "nothing was forked"


def _fork(catalog: Catalog, engagements: list[Engagement], most: int, enough: threading.Event) -> int:
    """Fork while others are at work; each child advises, in threads too, and is gone."""
    forks = 0
    while forks < most and not enough.is_set():
        chosen = engagements[forks % len(engagements)]
        child = os.fork()
        if not child:
            code = 1
            try:
                with ThreadPoolExecutor(2) as pool:
                    told = [_told(one) for one in pool.map(advise, [catalog] * 2, [chosen] * 2)]
                code = 0 if told == [_told(advise(catalog, chosen))] * 2 else 2
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0, f"a child ended with {os.waitstatus_to_exitcode(status)}"
        forks += 1
    return forks


def _told(advice: Advice) -> bytes:
    """All that is advised in a few bytes: written out, it takes forty kilobytes, and a fork copies what is kept."""
    parts = (advice.recommendation, advice.orientation, advice.findings, advice.split, advice.matrix, advice.guardrails)
    return hashlib.sha256(repr(parts).encode()).digest()


def _engagement(catalog: Catalog, chance: random.Random, number: int) -> Engagement:
    # Mostly whole: with half of it open, an engagement takes ten times as long as any other.
    (answered,) = chance.choices((0.5, 0.9, 1.0), (1, 9, 10))
    answers = {
        question.id: chance.choice(question.option_ids)
        for question in catalog.questions.values()
        if chance.random() < answered
    }
    return Engagement(f"e{number}", "", "", answers, {}, {})


def _person(chance: random.Random, number: int) -> Person:
    rules = person_rules()
    seen = {name: chance.choice(one.option_ids) for name, one in rules.questions.items() if chance.random() < 0.9}
    return Person(f"p{number}", "", seen)


if __name__ == "__main__":
    sys.setswitchinterval(1e-4)
    _attack(int(sys.argv[1]), int(sys.argv[2]))

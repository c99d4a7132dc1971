"""Soak, answers: random engagements get the same advice, to the byte, from engine, reference and compiled tables."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import random
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from advisor import reference
from advisor.advise import advise
from advisor.advise.compiled import keep, kept_at, missing
from advisor.advise.evaluator import Evaluator
from advisor.advise.session import Session, reference_session, session_for
from advisor.catalog import load_catalog
from advisor.documents.advice.as_json import advice_as_dict, dumps
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from benchmarks.soak_crew import Outcome, Tally, Terms, Try, Wrong, work_off

REPOSITORY = Path(__file__).resolve().parent.parent
MISSING = (0.0, 0.0, 0.1, 0.3, 0.6, 0.9)  # how often an answer is left out
RENEWED = 500  # cases after which what was worked out is forgotten, so that what is left over would show
MOST_GROWTH = 16.0  # MiB in the second half of a run; a session that the engine keeps costs about one


def run(count: int, seed: int, processes: int) -> Outcome:
    """Advise on so many engagements; the rulebook is compiled before them."""
    catalog = load_catalog()
    if (to := kept_at(catalog)) is None:
        return Outcome("answers", "no cache folder to compile to", ("ADVISOR_NO_CACHE is set",))
    if missing(catalog):
        keep(catalog, to)
    found = work_off(make, count, seed, Terms(processes, chunk=100, slow=5.0, patience=60.0))
    failures = [f"engagement {number}: {message}" for number, message in found.failures]
    start, half, end = _memory(found)
    if end - half > MOST_GROWTH:
        failures.append(f"memory grew by {end - half:.0f} MiB in the second half, from {half:.0f} to {end:.0f} MiB")
    compared = max(count // 5, 1)
    failures += _same_everywhere(compared, seed)
    statuses = ", ".join(f"{int(found.counts.get(one, 0)):,} {one}" for one in ("settled", "open", "too_little"))
    line = (
        f"{count:,} engagements ({statuses}), {len(found.failures)} unlike the reference's advice or a promise; "
        f"{compared:,} compared between two runs; {count / max(found.counts.get('seconds', 0), 1e-9):,.0f} a second of "
        f"a processor; memory {start:.0f} MiB after the first chunk, {half:.0f} half-way, {end:.0f} at the end"
    )
    return Outcome("answers", line, tuple(failures))


def _memory(found: Tally) -> tuple[float, float, float]:
    """MiB at the start, half-way and at the end, of the process that grew most in its second half."""
    runs = [(readings[0], readings[len(readings) // 2], readings[-1]) for readings in found.memory.values()]
    return max(runs, key=lambda run: run[2] - run[1], default=(0.0, 0.0, 0.0))


def _same_everywhere(count: int, seed: int) -> list[str]:
    """Two runs, in which Python orders sets differently, must say the same of the same answers."""
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", __name__, str(count), str(seed)],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for hash_seed in ("1", "2")
    ]
    one, other = (run.communicate()[0].splitlines() for run in runs)
    if len(one) != count or len(other) != count:
        return [f"{len(one)} and {len(other)} advices on {count} engagements in runs of their own"]
    return [f"engagement {at}: another run advises otherwise" for at in range(count) if one[at] != other[at]]


def make(seed: int) -> Try:
    """Advises on engagement by number."""
    catalog = load_catalog()
    sessions: list[Session] = []
    tried = 0

    def try_one(number: int) -> Mapping[str, float]:
        nonlocal tried, sessions
        if tried % RENEWED == 0:
            session_for.cache_clear()
            by_engine = Session(catalog, Evaluator(), Evaluator(reference.fire))
            sessions = [by_engine, reference_session(catalog), session_for(catalog)]
        tried += 1
        by_engine, *others = sessions
        engagement = _engagement(catalog, random.Random(f"{seed}:{number}"))
        started = time.process_time()
        advice = advise(catalog, engagement, by_engine)
        taken = time.process_time() - started
        for other in others:
            _compare(catalog, engagement, advice, other)
        _check_promises(catalog, advice)
        return {advice.recommendation.status: 1, "seconds": taken}

    return try_one


def _engagement(catalog: Catalog, chance: random.Random) -> Engagement:
    missing = chance.choice(MISSING)
    answers = {
        question.id: chance.choice(question.option_ids)
        for question in catalog.questions.values()
        if chance.random() >= missing
    }
    return Engagement("random", "Random", "", answers, {}, {})


def _compare(catalog: Catalog, engagement: Engagement, advice: Advice, other: Session) -> None:
    expected = advise(catalog, engagement, other)
    if advice != expected or dumps(advice_as_dict(advice)) != dumps(advice_as_dict(expected)):
        parts = [
            one.name for one in dataclasses.fields(Advice) if getattr(advice, one.name) != getattr(expected, one.name)
        ]
        raise Wrong(f"another evaluator's advice differs in {', '.join(parts)} for {dict(engagement.answers)}")


def _check_promises(catalog: Catalog, advice: Advice) -> None:
    """What is promised for every engagement, looked at without the product's own checks."""
    answers = dict(advice.engagement.answers)
    for row in advice.matrix.activities:
        letters = [cell.letters for cell in row.cells if cell.letters]
        accountable = sum("A" in one.split("/") for one in letters)
        if accountable != 1 or not any("R" in one.split("/") for one in letters):
            raise Wrong(f"{row.id} has {letters} for {answers}")
        if not {cell.role for cell in row.cells if cell.letters} <= set(advice.matrix.roles):
            raise Wrong(f"{row.id} has a letter for a role without a column, for {answers}")
    for shares in (advice.split.overall, *(phase.shares for phase in advice.split.phases)):
        if shares and (sum(shares.values()) != 100 or min(shares.values()) < 0):
            raise Wrong(f"shares of {dict(shares)} for {answers}")
    model = advice.recommendation.model
    if advice.recommendation.shares.get(model, 0) != advice.recommendation.share or not advice.recommendation.share:
        raise Wrong(f"a share of {advice.recommendation.share} for the model {model} for {answers}")
    if set(advice.split.overall) - set(catalog.models[model].staffs):
        raise Wrong(f"shares for nobody: {dict(advice.split.overall)} for {answers}")


if __name__ == "__main__":
    known = load_catalog()
    for case in range(int(sys.argv[1])):
        said = dumps(advice_as_dict(advise(known, _engagement(known, random.Random(f"{sys.argv[2]}:{case}")))))
        sys.stdout.write(hashlib.sha256(said.encode()).hexdigest() + "\n")

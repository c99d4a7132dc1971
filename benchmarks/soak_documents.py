"""Soak, documents: every hostile file is an engagement or a refusal that names its line; nothing else comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from advisor.catalog import load_catalog, source
from advisor.catalog.engagements import read_engagements, read_one
from advisor.catalog.own import catalog_for
from advisor.errors import InputError, Problem
from advisor.interview.writing import dump_engagement
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from benchmarks.soak_crew import Outcome, Terms, Try, Wrong, keep, work_off
from benchmarks.soak_hostile import Hostile

NAME = "e.yaml"
PURE_EVERY = 25  # so often a short document goes through PyYAML's own reader too, which is used where libyaml is not


def run(count: int, seed: int, processes: int) -> Outcome:
    """Read so many documents."""
    found = work_off(make, count, seed, Terms(processes, chunk=250, slow=5.0, patience=60.0))
    hostile = Hostile(load_catalog(), seed)
    failures = []
    for number, message in found.failures:
        file = keep("document", seed, number, hostile.document(number))
        failures.append(f"document {number}: {message} (kept in {file.name})")
    counts = {name: f"{int(number):,}" for name, number in found.counts.items()}
    line = (
        f"{count:,} files, {counts.get('megabytes', 0)} MB: {counts.get('accepted', 0)} read, "
        f"{counts.get('refused', 0)} refused ({counts.get('problems', 0)} problems named), {counts.get('empty', 0)} "
        f"empty; slowest {found.slowest[0]:.2f} s (number {found.slowest[1]}); {count / found.seconds:,.0f} a second; "
        f"a reader held {found.peak:.0f} MiB at most"
    )
    return Outcome("documents", line, tuple(failures))


def make(seed: int) -> Try:
    """Reads document by number."""
    catalog = load_catalog()
    hostile = Hostile(catalog, seed)

    def try_one(number: int) -> Mapping[str, float]:
        data = hostile.document(number)
        counts = read(data, catalog)
        if number % PURE_EVERY == 0 and len(data) < 5_000:
            fast, source._Loader = source._Loader, yaml.SafeLoader
            try:
                read(data, catalog)
            finally:
                source._Loader = fast
        return counts | {"megabytes": len(data) / 1e6}

    return try_one


def read(data: bytes, catalog: Catalog) -> dict[str, float]:
    """Read a file as batches and as single commands do, and hold what comes of it against what is promised."""
    engagements: list[Engagement] = []
    refusals: list[InputError] = []
    try:
        catalog = catalog_for(data, Path(NAME)) if b"rulebook" in data else catalog
    except InputError as error:
        for problem in error.problems:
            _check_problem(problem)
        return {"refused": 1, "problems": len(error.problems)}
    try:
        for found in read_engagements(data, NAME, catalog):
            if isinstance(found, InputError):
                refusals.append(found)
            else:
                engagements.append(found)
    except InputError as error:
        refusals.append(error)
    for engagement in engagements[:20]:
        _check_engagement(engagement, catalog)
    for refusal in refusals[:20]:
        _check_refusal(refusal)
    if len(data) < 100_000:
        _read_as_one(data, catalog, engagements, refusals)
    problems = sum(len(refusal.problems) for refusal in refusals)
    what = "refused" if refusals else "accepted" if engagements else "empty"
    return {what: 1, "problems": problems}


def _read_as_one(data: bytes, catalog: Catalog, engagements: list[Engagement], refusals: list[InputError]) -> None:
    try:
        one = read_one(data, NAME, catalog)
    except InputError as error:
        _check_refusal(error)
        if len(engagements) == 1 and not refusals:
            raise Wrong(f"one engagement, but not when read alone: {error}") from None
    else:
        if engagements != [one]:
            raise Wrong("read alone, the file says something else")


def _check_engagement(engagement: Engagement, catalog: Catalog) -> None:
    for question, option in engagement.answers.items():
        if option not in catalog.questions[question].option_ids:
            raise Wrong(f"{question} was answered with {option!r}")
    texts = (engagement.id, engagement.name, engagement.client, *engagement.people.values())
    if any(len(text) > 300 or has_controls(text) for text in texts):
        raise Wrong(f"a text that is none was accepted: {texts}")
    if engagement.questionnaire not in catalog.questionnaires:
        raise Wrong(f"a questionnaire that is none was accepted: {engagement.questionnaire!r}")
    again = read_one(dump_engagement(engagement).encode(), NAME, catalog)
    if again != replace(engagement, replaced={}):  # answers to earlier questions are written as answers to today's
        raise Wrong(f"written and read again it is another: {engagement} became {again}")


def has_controls(text: str) -> bool:
    """Whether the text holds what would move a cursor, or what is no character."""
    return any(ord(one) < 32 or 126 < ord(one) < 160 or 0xD800 <= ord(one) < 0xE000 for one in text)


def _check_refusal(error: InputError) -> None:
    if not error.problems:
        raise Wrong("refused without a reason")
    for problem in error.problems[:100]:
        if problem.file != NAME:
            raise Wrong(f"names another file: {problem}")
        _check_problem(problem)


def _check_problem(problem: Problem) -> None:
    shown = str(problem)
    if not problem.message or has_controls(shown) or len(shown) > 2_000:
        raise Wrong(f"not one clear line: {shown[:3_000]!r}")

"""Rules that never fire or only repeat another, and answers that make no difference."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import band_of, points_for
from advisor.model.rulebook import Catalog, Question, Topic
from advisor.model.rules import Rule, Score, Table
from advisor.verify.faults import Fault, combinations


def dead_or_doubled(table: Table, evaluator: Evaluator) -> Iterator[Fault]:
    """Rules that fire for no combination, and pairs that fire for the same ones with the same effects."""
    when: dict[str, list[int]] = {rule.id: [] for rule in table.rules}
    for number, values in enumerate(combinations(table)):
        for rule in evaluator.rules(table, values):
            when[rule.id].append(number)
    seen: dict[tuple[object, ...], Rule] = {}
    for rule in table.rules:
        if not when[rule.id]:
            yield Fault("dead rule", str(rule.source), f"{rule.id} can never fire")
            continue
        key = (tuple(when[rule.id]), repr(rule.effects))
        other = seen.setdefault(key, rule)
        if other is not rule:
            yield Fault("doubled rule", str(rule.source), f"{rule.id} always fires with {other.id} to say the same")


def idle_options(catalog: Catalog, evaluator: Evaluator) -> Iterator[Fault]:
    """Pairs of options that no combination of any table tells apart: one of the two is idle."""
    topics = {topic.table.id: topic for topic in catalog.topics}
    for question in catalog.questions.values():
        alike = set(itertools.combinations(question.option_ids, 2))
        for table in catalog.tables():
            if alike and question.id in table.names:
                alike -= _told_apart(table, topics.get(table.id), question, alike, evaluator)
        for one, other in sorted(alike):
            what = f"answering {one} or {other} to {question.id} is all the same, whatever else is answered"
            yield Fault("idle option", str(question.source), what)


def _told_apart(
    table: Table, topic: Topic | None, question: Question, alike: set[tuple[str, str]], evaluator: Evaluator
) -> set[tuple[str, str]]:
    """The pairs of options that lead to different outcomes of the table for some combination of all else."""
    found: set[tuple[str, str]] = set()
    for values in combinations(table):
        if values[question.id] != question.option_ids[0]:
            continue
        outcomes = {
            option: _outcome(evaluator.rules(table, {**values, question.id: option}), topic)
            for option in question.option_ids
        }
        found |= {(one, other) for one, other in alike if outcomes[one] != outcomes[other]}
        if found == alike:
            break
    return found


def _outcome(fired: tuple[Rule, ...], topic: Topic | None) -> str:
    """What the fired rules amount to: points for a finding count only by the band that they reach."""
    effects = [repr(one) for rule in fired for one in rule.effects if not isinstance(one, Score)]
    bands = [
        band_of(finding.bands, points_for(finding, fired))
        for finding in (topic.findings if topic is not None else ())
        if finding.bands
    ]
    return repr((effects, bands))

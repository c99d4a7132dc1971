"""Rules that never fire or only repeat another, and answers that make no difference."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import band_of, points_for
from advisor.advise.outcomes import combinations
from advisor.model.findings import Topic
from advisor.model.questions import Question
from advisor.model.rulebook import Catalog
from advisor.model.rules import Rule, Score, Table
from advisor.verify.faults import Fault


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
    """Pairs of options that nothing tells apart although it should, or something does although it should not."""
    topics = {topic.table.id: topic for topic in catalog.topics}
    decides_nothing = (*catalog.points, *catalog.papers)
    for question in catalog.questions.values():
        if question.part_of and not any(question.id in table.names for table in catalog.tables()):
            continue  # a party that is there can be named, whatever rules make of it
        pairs = set(itertools.combinations(question.option_ids, 2))
        alike = {pair for pair in pairs if not _steers(catalog, question, *pair)}
        for table in catalog.tables():
            if alike and question.id in table.names and table not in decides_nothing:
                alike -= _told_apart(table, topics.get(table.id), question, alike, evaluator)
        said = {pair for pair in pairs if any(set(pair) <= set(one.options) for one in question.alike)}
        for one, other in sorted(alike - said):
            what = f"answering {one} or {other} to {question.id} is all the same, whatever else is answered"
            yield Fault("idle option", str(question.source), what)
        for one, other in sorted(said - alike):
            what = f"{one} and {other} of {question.id} are called alike, and something tells them apart"
            yield Fault("idle option", str(question.source), what)


def _steers(catalog: Catalog, question: Question, one: str, other: str) -> bool:
    """Whether the two options differ in what else is asked or usual, or in who is there."""
    conditions = [
        *(condition for asked in catalog.questions.values() for condition in asked.when),
        *(condition for role in catalog.roles.values() for some in role.absent_when for condition in some),
        *(condition for measure in catalog.measures.values() for cap in measure.caps for condition in cap.when),
    ]
    hung_on = [asked.usual for asked in catalog.questions.values() if asked.usual and asked.usual.by == question.id]
    return any(
        condition.variable == question.id and (one in condition.allowed) != (other in condition.allowed)
        for condition in conditions
    ) or any(usual.given({question.id: one}) != usual.given({question.id: other}) for usual in hung_on)


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

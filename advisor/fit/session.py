"""From what was seen to each role's fit: topics as for engagements, then every value that is still possible."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from advisor import reference
from advisor.advise.compiled import known_for
from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import TopicResult, evaluate_topic
from advisor.advise.memo import Memo
from advisor.advise.reading import read_answers
from advisor.errors import Contradiction
from advisor.model.findings import Topic
from advisor.model.person import PersonRules
from advisor.model.rules import Conclude


class FitSession:
    """Results of one set of rules on people, remembered in memory by what was answered, never by whom.

    `evaluator` decides; `what_if` answers what a missing answer could still change. `memos` are all that is remembered
    of topics.
    """

    def __init__(self, rules: PersonRules, evaluator: Evaluator, what_if: Evaluator) -> None:
        self.evaluator = evaluator
        self.what_if = what_if
        self.memos = [
            Memo(
                topic.table.names,
                partial(evaluate_topic, rules, topic, evaluator=evaluator, what_if=what_if),
            )
            for topic in rules.topics
        ]

    def of(self, rules: PersonRules, answers: Mapping[str, str]) -> tuple[TopicResult, ...]:
        """What every topic yields on answers as a file has them."""
        return self.topics(read_answers(rules, answers).values)

    def topics(self, values: Mapping[str, str]) -> tuple[TopicResult, ...]:
        """What every topic yields on these answers."""
        return tuple(memo(values) for memo in self.memos)


@lru_cache(maxsize=4)
def session_for(rules: PersonRules) -> FitSession:
    """The session that all fits by these rules share: the checked engine, and the reference for what-ifs."""
    known = known_for(rules)
    return FitSession(rules, Evaluator(known=known), Evaluator(reference.fire, known))


def reference_session(rules: PersonRules) -> FitSession:
    """A session that asks the reference evaluator only, for checks of the rules themselves."""
    evaluator = Evaluator(reference.fire)
    return FitSession(rules, evaluator, evaluator)


@dataclass(frozen=True, slots=True)
class Concluded:
    """What the topics yield, and how likely each value of each role's fit and each result is if what was not seen were
    as likely to be on one step as on any other. Values that cannot be are not in it; orders are those of the rules.
    """

    topics: tuple[TopicResult, ...]
    fits: Mapping[str, Mapping[str, float]]
    results: Mapping[str, float]


def conclude(rules: PersonRules, answers: Mapping[str, str], session: FitSession) -> Concluded:
    """Go from answers to fits: exact, since no two topics share a question and so any of their values may meet."""
    topics = session.of(rules, answers)
    chances = {name: found for topic in topics for name, found in topic.chances.items()}
    fits = {step.role: dict.fromkeys(step.finding.values, 0.0) for step in rules.fits}
    results = dict.fromkeys(rules.result.findings[0].values, 0.0)
    for values, chance in _combinations(chances):
        given = {step.finding.id: settled(step.conclusion, values, session.evaluator) for step in rules.fits}
        for step in rules.fits:
            fits[step.role][given[step.finding.id]] += chance
        results[settled(rules.result, given, session.evaluator)] += chance
    return Concluded(topics, {role: _possible(found) for role, found in fits.items()}, _possible(results))


def settled(step: Topic, values: Mapping[str, str], evaluator: Evaluator) -> str:
    """The one value that a step concludes from settled values; BrokenInvariant when rules give none or several."""
    fired = evaluator.rules(step.table, values)
    said = {one.value for rule in fired for one in rule.effects if isinstance(one, Conclude)}
    if len(said) != 1:
        named = ", ".join(rule.id for rule in fired) or "no rule"
        raise Contradiction(f"{step.table.id}: {named} must give one value for {step.findings[0].id}")
    return said.pop()


def _combinations(chances: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[dict[str, str], float]]:
    for chosen in itertools.product(*(found.items() for found in chances.values())):
        likely = 1.0
        for _, chance in chosen:
            likely *= chance
        yield dict(zip(chances, (value for value, _ in chosen), strict=True)), likely


def _possible(found: Mapping[str, float]) -> dict[str, float]:
    return {value: chance for value, chance in found.items() if chance}

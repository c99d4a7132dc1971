"""What more of something must not do, and what missing answers must not do, topic by topic."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import band_of, evaluate_topic, evidence_of, points_for
from advisor.advise.outcomes import combinations
from advisor.model.findings import Finding, Topic
from advisor.model.questions import Asking, Question
from advisor.model.rulebook import Catalog
from advisor.model.rules import MEASURES, NOT_ASKED, UNANSWERED, Conclude, Rule
from advisor.verify.faults import Fault, relevant, shown


def monotone(catalog: Catalog, evaluator: Evaluator) -> Iterator[Fault]:
    """Points that fall when an answer that the rulebook calls monotone goes one step up, all else being equal."""
    for name, side in catalog.monotone:
        options = catalog.questions[name].option_ids
        measures = [measure for measure, whose in MEASURES.items() if whose == side]
        for topic in catalog.topics:
            if name in topic.table.names:
                yield from itertools.islice(_falls(topic, name, options, measures, evaluator), 1)


def _falls(
    topic: Topic, name: str, options: tuple[str, ...], measures: list[str], evaluator: Evaluator
) -> Iterator[Fault]:
    for values in combinations(topic.table):
        at = options.index(values[name]) if values[name] in options else len(options)
        if at + 1 >= len(options):
            continue
        now = evaluator.rules(topic.table, values)
        then = evaluator.rules(topic.table, {**values, name: options[at + 1]})
        for measure in measures:
            if _points(then, measure) < _points(now, measure):
                moved = [rule for rule in (*now, *then) if (rule in now) != (rule in then)]
                case = shown(relevant(values, moved))
                what = f"{measure} loses points when {name} goes from {values[name]} to {options[at + 1]}, at {case}"
                yield Fault("monotone", str(moved[0].source), what)


def unanswered(catalog: Asking, evaluator: Evaluator, what_if: Evaluator) -> Iterator[Fault]:
    """Findings that are settled although an answer that is missing could change them."""
    for topic in catalog.topics:
        yield from _settled_early(catalog, topic, evaluator, what_if)


def _settled_early(catalog: Asking, topic: Topic, evaluator: Evaluator, what_if: Evaluator) -> Iterator[Fault]:
    """Hold the possible values of each finding against a plain union over every completion."""
    questions = [question for question in catalog.questions.values() if question.id in topic.table.names]
    plain = _Plain(topic, questions, evaluator)
    names = topic.table.names
    for values in combinations(topic.table):
        if not _consistent(questions, values):
            continue
        around = {**dict.fromkeys(catalog.questions, UNANSWERED), **_outside(questions, values), **values}
        found = evaluate_topic(catalog, topic, around, evaluator, what_if).possible
        for finding in topic.findings:
            possible = plain.possible(finding, tuple(values[name] for name in names))
            if set(found[finding.id]) != possible:
                what = (
                    f"{finding.id} is taken as {' or '.join(found[finding.id])} but can become {' or '.join(possible)}"
                )
                given = {name: value for name, value in values.items() if value != UNANSWERED}
                yield Fault("unknown", str(topic.table.source), f"{what}, at {shown(given)}")
                return


class _Plain:
    """The values that a finding can take once a topic is answered, by trying one missing answer at a time."""

    def __init__(self, topic: Topic, questions: list[Question], evaluator: Evaluator) -> None:
        self._topic = topic
        self._questions = {question.id: question for question in questions}
        self._evaluator = evaluator
        self._known: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}

    def possible(self, finding: Finding, values: tuple[str, ...]) -> frozenset[str]:
        key = (finding.id, values)
        if key not in self._known:
            names = self._topic.table.names
            if UNANSWERED in values:
                at = values.index(UNANSWERED)
                options = self._questions[names[at]].option_ids
                filled = [(*values[:at], option, *values[at + 1 :]) for option in options]
                self._known[key] = frozenset().union(*(self.possible(finding, one) for one in filled))
            else:
                self._known[key] = frozenset({self._conclusion(finding, dict(zip(names, values, strict=True)))})
        return self._known[key]

    def _conclusion(self, finding: Finding, values: dict[str, str]) -> str:
        for question in self._questions.values():
            if any(one.variable in values and values[one.variable] not in one.allowed for one in question.when):
                values[question.id] = NOT_ASKED
        fired = self._evaluator.rules(self._topic.table, values)
        if finding.bands:
            return band_of(finding.bands, points_for(finding, fired))
        said = [
            one.value
            for rule in fired
            for one in rule.effects
            if isinstance(one, Conclude) and one.finding == finding.id
        ]
        return said[0] if said else finding.otherwise


def _consistent(questions: list[Question], values: Mapping[str, str]) -> bool:
    """Whether skip logic inside the topic allows the combination: hidden exactly where an answer hides it."""
    for question in questions:
        inside = [one for one in question.when if one.variable in values]
        if not inside:
            continue
        hidden = any(values[one.variable] != UNANSWERED and values[one.variable] not in one.allowed for one in inside)
        if hidden != (values[question.id] == NOT_ASKED):
            return False
    return True


def _outside(questions: list[Question], values: Mapping[str, str]) -> dict[str, str]:
    """Answers to questions outside the topic that make its own questions asked, or not, as the combination has them."""
    found: dict[str, str] = {}
    for question in questions:
        for one in question.when:
            if one.variable not in values and values[question.id] != NOT_ASKED:
                found[one.variable] = min(one.allowed)
    return found


def _points(fired: tuple[Rule, ...], measure: str) -> int:
    return sum(one.points for one in evidence_of(fired) if one.measure == measure)

"""From answers to findings and evidence: what a topic concludes, and what missing answers leave possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from advisor import reference
from advisor.advise.evaluator import Evaluator
from advisor.advise.reading import completions
from advisor.errors import Contradiction
from advisor.model.advice import EvidenceItem, FindingValue
from advisor.model.findings import Band, Finding, Topic
from advisor.model.questions import Asking, Question
from advisor.model.rules import MEASURES, SIDES, UNANSWERED, UNKNOWN, Conclude, Evidence, Rule, Score

# Weighted rules that share questions with each other only, and those questions in asking order.
Group = tuple[tuple[tuple[Rule, int], ...], tuple[Question, ...]]


@dataclass(frozen=True, slots=True)
class TopicResult:
    """What one topic yields: the rules that fired, the values still possible for each finding, points, and words.

    `points` are those of each measure that the topic gives any to. `chances` say how likely each value of a finding is
    if every missing answer were as likely as any other; they add to 1, and what is not in them cannot be. `values` are
    the findings as later tables read them.
    """

    fired: tuple[Rule, ...]
    chances: Mapping[str, Mapping[str, float]]
    points: Mapping[str, int]
    possible: Mapping[str, tuple[str, ...]]
    values: Mapping[str, str]
    spoke: tuple[str, ...]
    items: tuple[EvidenceItem, ...]
    findings: tuple[FindingValue, ...]


def settled(possible: tuple[str, ...]) -> str:
    """The one value that is possible, or `unknown`."""
    return possible[0] if len(possible) == 1 else UNKNOWN


def evaluate_topic(
    catalog: Asking, topic: Topic, values: Mapping[str, str], evaluator: Evaluator, what_if: Evaluator
) -> TopicResult:
    """Fire the topic on the answers; where answers are missing, try every one of them for each finding."""
    fired = evaluator.rules(topic.table, values)
    chances: dict[str, dict[str, float]] = {}
    for finding, questions, groups in _plan(catalog, topic.table.id):
        if not _may_change(questions, values):
            chances[finding.id] = {_conclude(topic, finding, fired): 1.0}
        elif finding.bands:
            totals = possible_totals(groups, values)
            banded = [(band_of(finding.bands, total), chance) for total, chance in totals.items()]
            chances[finding.id] = _ordered(finding, banded)
        else:
            rest = dict.fromkeys(topic.table.names, UNANSWERED)
            found = [
                _conclude(topic, finding, what_if.rules(topic.table, {**rest, **filled}))
                for filled in completions(questions, values)
            ]
            chances[finding.id] = _ordered(finding, [(value, 1 / len(found)) for value in found])
    possible = {name: tuple(found) for name, found in chances.items()}
    found_values = {name: settled(left) for name, left in possible.items()}
    points: dict[str, int] = {}
    for one in evidence_of(fired):
        points[one.measure] = points.get(one.measure, 0) + one.points
    return TopicResult(
        fired,
        chances,
        points,
        possible,
        found_values,
        tuple(rule.id for rule in fired),
        tuple(_item(rule, values) for rule in fired if any(evidence_of((rule,)))),
        tuple(_finding(finding, found_values[finding.id], fired) for finding in topic.findings),
    )


def evidence_of(fired: Iterable[Rule]) -> Iterator[Evidence]:
    """The points that the rules that fired give to measures."""
    return (one for rule in fired for one in rule.effects if isinstance(one, Evidence))


def _item(rule: Rule, values: Mapping[str, str]) -> EvidenceItem:
    measures = {one.measure: one.points for one in evidence_of((rule,))}
    sides = {side: sum(points for name, points in measures.items() if MEASURES[name] == side) for side in SIDES}
    favours = max(SIDES, key=lambda side: sides[side])
    return EvidenceItem(rule.id, rule.says, rule.grounds, because(rule, values), favours, sides[favours], measures)


def because(rule: Rule, values: Mapping[str, str]) -> dict[str, str]:
    """What the rule read."""
    return {condition.variable: values[condition.variable] for condition in rule.when}


def _finding(finding: Finding, value: str, fired: tuple[Rule, ...]) -> FindingValue:
    points = points_for(finding, fired) if finding.bands else None
    return FindingValue(finding.id, value, finding.text, finding.labels.get(value, "not known yet"), points)


def band_of(bands: tuple[Band, ...], total: int) -> str:
    """The highest band that `total` reaches; the lowest when it reaches none."""
    return next((band.value for band in reversed(bands) if total >= band.at_least), bands[0].value)


def _weights(rules: Iterable[Rule], finding: Finding) -> Iterator[tuple[Rule, int]]:
    for rule in rules:
        for one in rule.effects:
            if isinstance(one, Score) and one.finding == finding.id:
                yield rule, one.points
            elif isinstance(one, Conclude) and one.finding == finding.id:
                yield rule, 0


def points_for(finding: Finding, fired: Iterable[Rule]) -> int:
    """The points that the rules that fired give towards a finding."""
    return sum(
        one.points for rule in fired for one in rule.effects if isinstance(one, Score) and one.finding == finding.id
    )


def _conclude(topic: Topic, finding: Finding, fired: tuple[Rule, ...]) -> str:
    if finding.bands:
        return band_of(finding.bands, points_for(finding, fired))
    effects = [(rule, one) for rule in fired for one in rule.effects]
    spoken = {one.value: rule for rule, one in effects if isinstance(one, Conclude) and one.finding == finding.id}
    if len(spoken) > 1:
        rules = ", ".join(rule.id for rule in spoken.values())
        raise Contradiction(f"{topic.table.id}: {rules} conclude different values for {finding.id}")
    if not spoken and not finding.otherwise:
        raise Contradiction(f"{topic.table.id}: no rule concludes {finding.id}")
    return next(iter(spoken), finding.otherwise)


def _ordered(finding: Finding, found: Iterable[tuple[str, float]]) -> dict[str, float]:
    summed: dict[str, float] = {}
    for value, chance in found:
        summed[value] = summed.get(value, 0.0) + chance
    return {value: summed[value] for value in finding.values if value in summed}


def _in_order(catalog: Asking, names: Iterable[str]) -> tuple[Question, ...]:
    wanted = set(names)
    return tuple(question for question in catalog.questions.values() if question.id in wanted)


def _may_change(questions: Iterable[Question], values: Mapping[str, str]) -> bool:
    return any(
        values[question.id] == UNANSWERED or any(values[one.variable] == UNANSWERED for one in question.when)
        for question in questions
    )


def possible_totals(groups: Iterable[Group], values: Mapping[str, str]) -> dict[int, float]:
    """Every total of points that completing the answers can give, and how likely it is.

    Rules that share no question add up freely.
    """
    totals = {0: 1.0}
    for rules, questions in groups:
        found = [
            sum(points for rule, points in rules if reference.holds(rule, filled))
            for filled in completions(questions, values)
        ]
        totals = add_up(totals, {points: found.count(points) / len(found) for points in set(found)})
    return totals


def add_up(one: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    """The totals of two independent parts, and how likely each is."""
    if len(other) == 1:
        ((more, _),) = other.items()
        return {total + more: chance for total, chance in one.items()}
    summed: dict[int, float] = {}
    for total, chance in one.items():
        for more, likely in other.items():
            summed[total + more] = summed.get(total + more, 0.0) + chance * likely
    return summed


@lru_cache(maxsize=64)
def _plan(catalog: Asking, table_id: str) -> tuple[tuple[Finding, tuple[Question, ...], tuple[Group, ...]], ...]:
    """The findings of a topic, each with the questions it hangs on, and those in groups that add up freely."""
    topic = next(one for one in catalog.topics if one.table.id == table_id)
    findings = []
    for finding in topic.findings:
        weights = list(_weights(topic.table.rules, finding))
        names = {condition.variable for rule, _ in weights for condition in rule.when}
        findings.append((finding, _in_order(catalog, names), _independent(catalog, weights)))
    return tuple(findings)


def _independent(catalog: Asking, weights: list[tuple[Rule, int]]) -> tuple[Group, ...]:
    """Split weighted rules into groups that share no question, neither directly nor through skip logic."""
    groups: list[set[str]] = []
    # In the order of the rules, not of a set: chances added up in another order differ in their last digits.
    read = dict.fromkeys(condition.variable for rule, _ in weights for condition in rule.when)
    links = [{condition.variable for condition in rule.when} for rule, _ in weights]
    links += [{name, *({one.variable for one in catalog.questions[name].when} & read.keys())} for name in read]
    for link in links:
        touching = [group for group in groups if group & link]
        groups = [group for group in groups if not group & link] + [link.union(*touching)]
    return tuple(
        (tuple(pair for pair in weights if pair[0].when[0].variable in group), _in_order(catalog, group))
        for group in groups
    )

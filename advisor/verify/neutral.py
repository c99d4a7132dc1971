"""What missing answers must not do, and what more of something must not do, topic by topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import band_of, evaluate_topic, points_for
from advisor.model.rulebook import Asking, Catalog, Finding, Question, Topic
from advisor.model.rules import DELIVERY_MANAGER, NOT_ASKED, PROJECT_MANAGER, UNANSWERED, Conclude, Evidence, Rule
from advisor.verify.faults import Fault, combinations, relevant, shown


def monotone(catalog: Catalog, evaluator: Evaluator) -> Iterator[Fault]:
    """Points that fall when an answer that the rulebook calls monotone goes one step up, all else being equal."""
    for name, side in catalog.monotone:
        options = catalog.questions[name].option_ids
        for topic in catalog.topics:
            if name not in topic.table.names:
                continue
            for values in combinations(topic.table):
                at = options.index(values[name]) if values[name] in options else len(options)
                if at + 1 >= len(options):
                    continue
                now = evaluator.rules(topic.table, values)
                then = evaluator.rules(topic.table, {**values, name: options[at + 1]})
                if _points(then, side) < _points(now, side):
                    moved = [rule for rule in (*now, *then) if (rule in now) != (rule in then)]
                    case = shown(relevant(values, moved))
                    what = f"{side} loses points when {name} goes from {values[name]} to {options[at + 1]}, at {case}"
                    yield Fault("monotone", str(moved[0].source), what)
                    break


def unanswered(catalog: Asking, evaluator: Evaluator, what_if: Evaluator) -> Iterator[Fault]:
    """Evidence that a missing answer adds, and findings that are settled although an answer could change them."""
    for topic in catalog.topics:
        yield from _added_evidence(catalog, topic, evaluator)
        yield from _settled_early(catalog, topic, evaluator, what_if)


def _added_evidence(catalog: Asking, topic: Topic, evaluator: Evaluator) -> Iterator[Fault]:
    for name in topic.table.names:
        options = catalog.questions[name].option_ids
        for values in combinations(topic.table):
            if values[name] != UNANSWERED:
                continue
            without = evaluator.rules(topic.table, values)
            for side in (DELIVERY_MANAGER, PROJECT_MANAGER):
                for option in options:
                    given = evaluator.rules(topic.table, {**values, name: option})
                    if _points(without, side) > _points(given, side):
                        extra = [rule for rule in without if rule not in given]
                        what = f"not answering {name} gives {side} more points than answering {option}"
                        yield Fault("neutral", str(extra[0].source), f"{what}, at {shown(relevant(values, extra))}")
                        return


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


def _points(fired: tuple[Rule, ...], side: str) -> int:
    return sum(
        one.points for rule in fired for one in rule.effects if isinstance(one, Evidence) and one.favours == side
    )

"""Rules held against one engagement: which conditions hold, which fail, and how the findings they read came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.advise import State, conclude
from advisor.advise.findings import TopicResult, points_for
from advisor.advise.recommendation import concluded, ways
from advisor.advise.session import Session
from advisor.explain.outcomes import Possible
from advisor.explain.values import FAILS, HOLDS, OPEN, Check, Leaning, Origin, RuleLook, Tally
from advisor.model.rulebook import Catalog, Topic
from advisor.model.rules import (
    DELIVERY_MANAGER,
    MODEL,
    ORIENTATION,
    PROJECT_MANAGER,
    UNANSWERED,
    UNKNOWN,
    WORK_ASKS_FOR,
    Conclude,
    Condition,
    Rule,
    Score,
    Table,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """One engagement with everything that was concluded from it; rules are looked at through this."""

    catalog: Catalog
    answers: Mapping[str, str]
    session: Session
    state: State
    possible: Possible
    spoken: tuple[tuple[Rule, Rule], ...]

    def values(self, variable: str) -> tuple[str, ...]:
        """What the variable may be: one value when it is settled."""
        return self.possible.get(variable, (self.value(variable),))

    def value(self, variable: str) -> str:
        """What later tables read: the value, or the gap."""
        return self.state.values.get(variable, UNKNOWN)

    def look(self, table: Table, rule: Rule) -> RuleLook:
        """The rule against this engagement."""
        step = table.id in (self.catalog.asks_for.table.id, self.catalog.recommend.table.id)
        checks = tuple(self._check(table, condition, step) for condition in rule.when)
        speaks = all(check.held == HOLDS for check in checks)
        return RuleLook(rule.id, table.id, rule.says, rule.cites, rule.practice, checks, rule.effects, speaks)

    def looks(self, table: Table, rules: Iterable[Rule]) -> tuple[RuleLook, ...]:
        return tuple(self.look(table, rule) for rule in rules)

    def _check(self, table: Table, condition: Condition, step: bool) -> Check:
        variable = next(one for one in table.reads if one.id == condition.variable)
        allowed = tuple(value for value in variable.domain if value in condition.allowed)
        # The two steps weigh all that is still possible; the tables after them read what is unknown as unknown.
        value = self.value(condition.variable)
        left = self.values(condition.variable) if step else (value,)
        if value == UNANSWERED and value not in condition.allowed and self._is_topic(table):
            left = variable.values  # what is not answered may yet make a topic's rule speak
        met = sum(value in condition.allowed for value in left)
        held = HOLDS if met == len(left) else OPEN if met else FAILS
        if step:
            value = left[0] if len(left) == 1 else UNKNOWN
        return Check(condition.variable, allowed, value, left, held)

    def _is_topic(self, table: Table) -> bool:
        return any(topic.table.id == table.id for topic in self.catalog.topics)

    def topic_of(self, finding: str) -> tuple[Topic, TopicResult] | None:
        """The topic that yields the finding, with its result."""
        return next(
            (
                (topic, result)
                for topic, result in zip(self.catalog.topics, self.state.topics, strict=True)
                if any(one.id == finding for one in topic.findings)
            ),
            None,
        )

    def origin(self, name: str) -> Origin | None:
        """How a finding, what the work asks for, or the model came about; None for questions and the orientation."""
        if name in (MODEL, WORK_ASKS_FOR):
            return self._decided(name)
        found = self.topic_of(name)
        if found is None:
            return None
        topic, result = found
        finding = self.catalog.findings[name]
        spoke = [rule for rule in result.fired if concluded(rule, name)]
        scores = [
            (rule, one.points)
            for rule in result.fired
            for one in rule.effects
            if isinstance(one, Score) and one.finding == name
        ]
        behind = spoke if not finding.bands else [rule for rule, _ in scores]
        if (not spoke and not scores) or len(result.possible[name]) > 1:
            # Nothing spoke, or not all of it yet: every answer that a rule on this finding reads had a part in it.
            behind = [rule for rule in topic.table.rules if _bears_on(rule, name)]
        return Origin(
            name,
            self.value(name),
            result.possible[name],
            self.read(one.variable for rule in behind for one in rule.when),
            tuple(rule.id for rule in spoke),
            self._tally(scores),
            points_for(finding, result.fired) if finding.bands else None,
            finding.bands,
            not finding.bands and not spoke and len(result.possible[name]) == 1,
        )

    def _decided(self, name: str) -> Origin:
        position = 0 if name == WORK_ASKS_FOR else 1
        rules = list(dict.fromkeys(pair[position] for pair in self.spoken))
        values = {concluded(rule, name) for rule in rules}
        left = tuple(model for model in self.catalog.models if model in values)
        read = self.read(one.variable for rule in rules for one in rule.when)
        value = left[0] if len(left) == 1 else self.value(name)
        return Origin(name, value, left, read, tuple(rule.id for rule in rules), (), None, (), False)

    def origins(self, looks: Iterable[RuleLook]) -> tuple[Origin, ...]:
        """Where the findings come from that the failing conditions of these rules read, each once."""
        names = dict.fromkeys(check.variable for look in looks for check in look.failed)
        found = (self.origin(name) for name in names if name in self.catalog.findings and name != MODEL)
        return tuple(one for one in found if one is not None)

    def read(self, names: Iterable[str]) -> dict[str, str]:
        """The variables with their values, each once."""
        return {name: self.value(name) for name in dict.fromkeys(names)}

    def leaning(self) -> Leaning:
        """The evidence with its running totals."""
        sides = {
            side: self._tally(
                (rule, one.points) for topic in self.state.topics for rule, one in topic.evidence if one.favours == side
            )
            for side in (DELIVERY_MANAGER, PROJECT_MANAGER)
        }
        for_dm, for_pm = sides[DELIVERY_MANAGER], sides[PROJECT_MANAGER]
        lead = sum(one.points for one in for_dm) - sum(one.points for one in for_pm)
        bands = self.possible[ORIENTATION]
        return Leaning(for_dm, for_pm, lead, self.value(ORIENTATION), bands, self.catalog.bands)

    def _tally(self, scores: Iterable[tuple[Rule, int]]) -> tuple[Tally, ...]:
        total = 0
        lines = []
        for rule, points in scores:
            total += points
            read = self.read(one.variable for one in rule.when)
            lines.append(Tally(rule.id, rule.says, rule.grounds, read, points, total))
        return tuple(lines)

    @property
    def left(self) -> tuple[str, ...]:
        """The models that remain, however many."""
        return self.state.verdict.left


def facts_of(catalog: Catalog, answers: Mapping[str, str], session: Session) -> Facts:
    """Everything that explanations of these answers look things up in."""
    state = conclude(catalog, answers, session)
    possible = state.possible
    left = state.verdict.left
    pairs = ((asking, staffing) for asking, staffing, _ in ways(catalog, possible))
    spoken = tuple(pair for pair in pairs if concluded(pair[1], MODEL) in left)
    asks = {concluded(asking, WORK_ASKS_FOR) for asking, _ in spoken}
    asked = tuple(model for model in catalog.models if model in asks)
    return Facts(catalog, answers, session, state, {**possible, WORK_ASKS_FOR: asked}, spoken)


def _bears_on(rule: Rule, finding: str) -> bool:
    return any(isinstance(one, Score | Conclude) and one.finding == finding for one in rule.effects)

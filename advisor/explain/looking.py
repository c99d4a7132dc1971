"""Rules held against one engagement: which conditions hold, which fail, and how the findings they read came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor import reference
from advisor.advise import State, conclude
from advisor.advise.assumptions import Other, others
from advisor.advise.findings import TopicResult, points_for
from advisor.advise.recommendation import concluded
from advisor.advise.session import Session
from advisor.explain.values import FAILS, HOLDS, CapLook, Change, Check, Lead, Origin, RuleLook, Tally
from advisor.model.advice import Advice
from advisor.model.findings import Topic
from advisor.model.rulebook import Catalog
from advisor.model.rules import MEASURES, ORIENTATION, Conclude, Condition, Evidence, Rule, Score, Table


@dataclass(frozen=True, slots=True)
class Facts:
    """One engagement with everything that was concluded from it; rules are looked at through this.

    `turned` are the other answers to open questions under which a variable has another value, by variable.
    """

    catalog: Catalog
    advice: Advice
    session: Session
    state: State
    turned: Mapping[str, tuple[Other, ...]]

    @property
    def answers(self) -> Mapping[str, str]:
        return self.advice.engagement.answers

    def value(self, variable: str) -> str:
        return self.state.values[variable]

    def look(self, table: Table, rule: Rule) -> RuleLook:
        """The rule against this engagement."""
        checks = self.checks(rule.when)
        speaks = all(check.held == HOLDS for check in checks)
        assuming = self.resting(rule) if speaks else ()
        return RuleLook(rule.id, table.id, rule.says, rule.cites, rule.practice, checks, rule.effects, speaks, assuming)

    def looks(self, table: Table, rules: Iterable[Rule]) -> tuple[RuleLook, ...]:
        return tuple(self.look(table, rule) for rule in rules)

    def checks(self, conditions: Iterable[Condition]) -> tuple[Check, ...]:
        """Each condition with what would do and what there is."""
        return tuple(
            Check(
                one.variable,
                tuple(value for value in self._domain(one.variable) if value in one.allowed),
                self.value(one.variable),
                HOLDS if self.value(one.variable) in one.allowed else FAILS,
            )
            for one in conditions
        )

    def _domain(self, variable: str) -> tuple[str, ...]:
        question = self.catalog.questions.get(variable)
        if question is not None:
            return (*question.option_ids, "not_asked")
        finding = self.catalog.findings.get(variable)
        return finding.values if finding is not None else tuple(self.catalog.models)

    def resting(self, rule: Rule) -> tuple[str, ...]:
        """The questions nobody answered with another answer to which a rule that speaks would not."""
        turned = (other for one in rule.when for other in self.turned.get(one.variable, ()))
        return tuple(dict.fromkeys(one.question for one in turned if not reference.holds(rule, one.state.values)))

    def assuming(self, variable: str) -> tuple[str, ...]:
        """The questions nobody answered with another answer to which the variable would have another value."""
        return tuple(dict.fromkeys(one.question for one in self.turned.get(variable, ())))

    def topic_of(self, finding: str) -> tuple[Topic, TopicResult] | None:
        """The topic that yields the finding, with its result."""
        pairs = zip(self.catalog.topics, self.state.topics, strict=True)
        return next((pair for pair in pairs if any(one.id == finding for one in pair[0].findings)), None)

    def step_of(self, finding: str) -> Topic | None:
        """The step that concludes the finding."""
        return next((step for step in self.catalog.steps if step.findings[0].id == finding), None)

    def origin(self, name: str) -> Origin | None:
        """How a finding, a level, the lead or the outcome of a step came about; None for questions."""
        step, found = self.step_of(name), self.topic_of(name)
        if step is not None:
            rules = [rule for rule in self.state.verdict.rules if concluded(rule, name)]
            read = self.read(one.variable for rule in rules for one in rule.when)
            return Origin(name, self.value(name), read, self.assuming(name), tuple(rule.id for rule in rules))
        if name in self.catalog.measures:
            return self._level(name)
        if name == ORIENTATION:
            return self.leaning()
        return self._finding(name, *found) if found is not None else None

    def leaning(self) -> Origin:
        """Which way the work leans: client work less plan work, in points that count."""
        sums = {one.measure: one.points for one in self.state.levels}
        lead = self.state.sides[0] - self.state.sides[1]
        value, bands = self.value(ORIENTATION), self.catalog.bands
        return Origin(ORIENTATION, value, {}, self.assuming(ORIENTATION), points=lead, bands=bands, sums=sums)

    def _finding(self, name: str, topic: Topic, result: TopicResult) -> Origin:
        finding = self.catalog.findings[name]
        spoke = [rule for rule in result.fired if concluded(rule, name)]
        scores = [
            (rule, one.points)
            for rule in result.fired
            for one in rule.effects
            if isinstance(one, Score) and one.finding == name
        ]
        # Where nothing spoke, every answer that a rule on this finding reads had a part in it.
        behind = spoke or [rule for rule, _ in scores] or [rule for rule in topic.table.rules if bears_on(rule, name)]
        points = points_for(finding, result.fired) if finding.bands else None
        return Origin(
            name,
            self.value(name),
            self.read(one.variable for rule in behind for one in rule.when),
            self.assuming(name),
            tuple(rule.id for rule in spoke),
            self._tally(scores),
            points,
            points,
            finding.bands,
            otherwise=not finding.bands and not spoke,
        )

    def _level(self, name: str) -> Origin:
        measure = self.catalog.measures[name]
        item = next(one for one in self.state.levels if one.measure == name)
        given = [
            (rule, one.points)
            for result in self.state.topics
            for rule in result.fired
            for one in rule.effects
            if isinstance(one, Evidence) and one.measure == name
        ]
        return Origin(
            name,
            item.level,
            self.read(one.variable for rule, _ in given for one in rule.when),
            self.assuming(name),
            tally=self._tally(given),
            points=sum(points for _, points in given),
            counted=item.points,
            bands=measure.finding.bands,
            caps=tuple(
                CapLook(cap.level, self.checks(cap.when), reference.met(cap.when, self.state.values))
                for cap in measure.caps
            ),
            days=(item.fewest_days, item.most_days),
        )

    def origins(self, looks: Iterable[RuleLook]) -> tuple[Origin, ...]:
        """Where the findings come from that these rules fail on, each once."""
        names = dict.fromkeys(check.variable for look in looks for check in look.failed)
        found = (self.origin(name) for name in names)
        return tuple(one for one in found if one is not None)

    def read(self, names: Iterable[str]) -> dict[str, str]:
        """The variables with their values, each once."""
        return {name: self.value(name) for name in dict.fromkeys(names)}

    def _tally(self, scores: Iterable[tuple[Rule, int]]) -> tuple[Tally, ...]:
        total = 0
        lines = []
        for rule, points in scores:
            total += points
            read = self.read(one.variable for one in rule.when)
            lines.append(Tally(rule.id, rule.says, rule.grounds, read, points, total, self.resting(rule)))
        return tuple(lines)

    def singles(self, *questions: str) -> Iterator[tuple[Change, State]]:
        """Every other answer to these questions, or to any, and what it leads to, all else as given or usual."""
        for name in questions or self.catalog.questions:
            for option in self.catalog.questions[name].option_ids:
                if option != self.value(name):
                    yield Change(name, option), conclude(self.catalog, {**self.answers, name: option}, self.session)

    def lead(self, state: State) -> Lead:
        """What other answers lead to, in short."""
        verdict = state.verdict
        levels = {one.measure: one.level for one in state.levels if one.level != self.value(one.measure)}
        return Lead(verdict.model, verdict.not_available, verdict.not_paid_for, levels)


def facts_of(catalog: Catalog, advice: Advice, session: Session) -> Facts:
    """Everything that explanations of this advice look things up in."""
    answers = advice.engagement.answers
    state = conclude(catalog, answers, session)
    turned: dict[str, tuple[Other, ...]] = {}
    for other in others(catalog, answers, state, session):
        for name, value in other.state.values.items():
            if value != state.values[name]:
                turned[name] = (*turned.get(name, ()), other)
    return Facts(catalog, advice, session, state, turned)


def bears_on(rule: Rule, name: str) -> bool:
    """Whether the rule concludes this finding, or gives points to it or to this kind of work."""
    return any(
        (isinstance(one, Score | Conclude) and one.finding == name)
        or (isinstance(one, Evidence) and one.measure == name)
        for one in rule.effects
    )


def measures_of(role: str) -> tuple[str, ...]:
    """The kinds of work that are this manager's."""
    return tuple(name for name, side in MEASURES.items() if side == role)

"""What notices a mutant: a scenario that signed something else, or a property that no longer holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from advisor.advise import State, advise, conclude
from advisor.advise.evaluator import Evaluator
from advisor.advise.outcomes import combinations
from advisor.advise.outlook import Outlook
from advisor.advise.session import Session, reference_session
from advisor.errors import BrokenInvariant
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from advisor.verify import staffing
from advisor.verify.checks import conclusions, row_invariants, shares
from advisor.verify.faults import Fault, full_answers
from advisor.verify.mutate import Mutant, weighed
from advisor.verify.neutral import monotone
from advisor.verify.scenarios import Scenario, failures

_ON_OUTLOOK = frozenset({"status", "share", "candidates", "assumptions"})


class Watch:
    """The scenarios and properties that a mutant is held against; what the scenarios fired before is known.

    A scenario that fails already cannot notice anything: it is left out, and what it misses is in `failing`.
    """

    def __init__(self, catalog: Catalog, scenarios: list[Scenario]) -> None:
        self.catalog = catalog
        self.base = reference_session(catalog)
        advised = [(one, advise(catalog, one.engagement, self.base)) for one in scenarios]
        self.failing = [line for one, advice in advised for line in failures(one, advice)]
        self.scenarios = [(one, advice) for one, advice in advised if not any(failures(one, advice))]
        self.weighed = sorted(
            [one for one, advice in self.scenarios if advice.unanswered and not _ON_OUTLOOK.isdisjoint(one.expect)],
            key=lambda scenario: -len(scenario.engagement.answers),
        )
        self.states = {one.source: conclude(catalog, one.engagement.answers, self.base) for one, _ in self.scenarios}

    def fired(self) -> Mapping[str, int]:
        """In how many scenarios each rule speaks of which mutants are made."""
        spoken = Counter(rule for _, advice in self.scenarios for rule in advice.fired)
        return {rule.id: spoken[rule.id] for rule in weighed(self.catalog)}

    def notices(self, mutant: Mutant) -> str:
        """The title of a scenario, or the name of a property, that the mutant fails; empty when nothing notices."""
        evaluator = self.base.evaluator.without(mutant.table) if mutant.table else self.base.evaluator
        for fault in self._properties(mutant, evaluator):
            return fault.check
        try:
            return self._missed(mutant, evaluator)
        except BrokenInvariant:
            return "the product's own invariants"

    def _missed(self, mutant: Mutant, evaluator: Evaluator) -> str:
        """The title of a scenario that signed something else.

        Weighing what is open takes long, so it comes last, and only where the mutant can have moved a weight.
        """
        quick = _Quick(mutant.catalog, evaluator)
        for scenario, before in self.scenarios:
            if self._matters(mutant, scenario, before, quick):
                plain = {name: said for name, said in scenario.expect.items() if name not in _ON_OUTLOOK}
                advice = advise(mutant.catalog, scenario.engagement, quick)
                if any(failures(replace(scenario, expect=plain), advice)):
                    return scenario.title
        if self._weighs_alike(mutant):
            return ""
        whole = Session(mutant.catalog, evaluator, evaluator)
        for scenario in self.weighed:
            if any(failures(scenario, advise(mutant.catalog, scenario.engagement, whole))):
                return scenario.title
        return ""

    def _weighs_alike(self, mutant: Mutant) -> bool:
        """Whether models weigh what they weighed: neither answers nor what leads from them to a model have changed."""
        now, before = mutant.catalog, self.catalog
        return (
            now.questions == before.questions
            and now.outlook == before.outlook
            and now.bands == before.bands
            and now.measures == before.measures
            and now.topics == before.topics
            and now.steps == before.steps
        )

    def _matters(self, mutant: Mutant, scenario: Scenario, before: Advice, session: Session) -> bool:
        """Whether the advice can differ in more than the weights of what is open."""
        if mutant.rule:
            return mutant.rule in before.fired
        state = conclude(mutant.catalog, scenario.engagement.answers, session)
        return not mutant.outlook and (
            _told(state) != _told(self.states[scenario.source])
            or mutant.catalog.models != self.catalog.models
            or mutant.catalog.phases != self.catalog.phases
        )

    def _properties(self, mutant: Mutant, evaluator: Evaluator) -> Iterator[Fault]:
        catalog = mutant.catalog
        for topic in catalog.topics:
            if topic.table.id == mutant.table:
                yield from conclusions(topic, full_answers(catalog, topic.table), evaluator)
                yield from monotone(_only(catalog, mutant.table), evaluator)
        for step in catalog.steps:
            if step.table.id == mutant.table:
                yield from conclusions(step, combinations(step.table), evaluator)
                staffed = staffing.Staffed(catalog, evaluator)
                for broken in staffing.PROMISES.values():
                    yield from broken(staffed)
        for row in catalog.rows:
            if row.table.id == mutant.table:
                yield from row_invariants(catalog, row, evaluator)
        if mutant.table == catalog.split.id or catalog.models != self.catalog.models:
            yield from shares(catalog, evaluator)
        if sum(phase.weight for phase in catalog.phases) != 100:
            yield Fault("weights add to 100", str(catalog.phase_rules.source), "the weights of the phases do not")


def _only(catalog: Catalog, table: str) -> Catalog:
    """The catalog with one topic only, for what is looked at topic by topic."""
    return replace(catalog, topics=tuple(topic for topic in catalog.topics if topic.table.id == table))


def _told(state: State) -> tuple[object, ...]:
    return state.values, state.levels, state.reading.unanswered


class _Quick(Session):
    """Advice without weighing what is open, for scenarios that expect nothing of it."""

    def __init__(self, catalog: Catalog, evaluator: Evaluator) -> None:
        super().__init__(catalog, evaluator, evaluator)
        self._even = _Even(catalog, evaluator)

    @property
    def outlook(self) -> Outlook:
        return self._even


class _Even(Outlook):
    """All models weigh the same."""

    def __init__(self, catalog: Catalog, what_if: Evaluator) -> None:
        self._every = dict.fromkeys(catalog.models, Fraction(1, len(catalog.models)))

    def shares(self, answers: Mapping[str, str]) -> dict[str, Fraction]:
        return self._every

"""Mutants of a rulebook: each rule taken away, each weight moved by one; and whether anything notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from advisor.advise import advise
from advisor.advise.margin import Margins
from advisor.advise.session import Session, reference_session
from advisor.errors import BrokenInvariant
from advisor.model.rulebook import Band, Catalog
from advisor.model.rules import ORIENTATION, Effect, Evidence, Rule, Score, Shift, Table
from advisor.verify.checks import conclusions, row_invariants, shares
from advisor.verify.faults import Fault, combinations, full_answers
from advisor.verify.scenarios import Scenario, failures


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed catalog, what was changed, and the rule (if one) and table (if one) that the change touches."""

    what: str
    catalog: Catalog
    rule: str
    table: str


def mutants(catalog: Catalog) -> Iterator[Mutant]:
    """Yield a catalog for each rule taken away and for each weight moved up and down by one."""
    for table in catalog.tables():
        for position, rule in enumerate(table.rules):
            rest = table.rules[:position] + table.rules[position + 1 :]
            yield Mutant(f"{rule.id} taken away", with_table(catalog, replace(table, rules=rest)), rule.id, table.id)
            for number, effect in enumerate(rule.effects):
                if isinstance(effect, Evidence | Score | Shift):
                    for moved in (-1, 1):
                        changed = with_table(catalog, _moved(table, position, rule, number, effect, moved))
                        yield Mutant(f"{rule.id}: {effect} moved by {moved}", changed, rule.id, table.id)
    yield from _bands(catalog)
    yield from _shares(catalog)
    for moved in (-1, 1):
        few = catalog.too_little_above + moved
        yield Mutant(f"too_little_above moved by {moved}", replace(catalog, too_little_above=few), "", "")


def _moved(table: Table, position: int, rule: Rule, number: int, effect: Evidence | Score | Shift, by: int) -> Table:
    effects: tuple[Effect, ...] = (
        *rule.effects[:number],
        replace(effect, points=effect.points + by),
        *rule.effects[number + 1 :],
    )
    return replace(table, rules=(*table.rules[:position], replace(rule, effects=effects), *table.rules[position + 1 :]))


def with_table(catalog: Catalog, changed: Table) -> Catalog:
    """The catalog with one table replaced by the changed one of the same id."""

    def tables(old: tuple[Table, ...]) -> tuple[Table, ...]:
        return tuple(changed if table.id == changed.id else table for table in old)

    def one(old: Table) -> Table:
        return changed if old.id == changed.id else old

    return replace(
        catalog,
        topics=tuple(replace(topic, table=one(topic.table)) for topic in catalog.topics),
        asks_for=replace(catalog.asks_for, table=one(catalog.asks_for.table)),
        recommend=replace(catalog.recommend, table=one(catalog.recommend.table)),
        split=one(catalog.split),
        phase_rules=one(catalog.phase_rules),
        rows=tuple(replace(row, table=one(row.table)) for row in catalog.rows),
        guardrails=tables(catalog.guardrails),
        profiles=tables(catalog.profiles),
        role_sense=one(catalog.role_sense),
    )


def _bands(catalog: Catalog) -> Iterator[Mutant]:
    def moved(bands: tuple[Band, ...], number: int, by: int) -> tuple[Band, ...]:
        band = replace(bands[number], at_least=bands[number].at_least + by)
        return (*bands[:number], band, *bands[number + 1 :])

    for by in (-1, 1):
        # The lowest band has no edge: what reaches no other falls into it.
        for number in range(1, len(catalog.bands)):
            what = f"{ORIENTATION}: {catalog.bands[number].value} moved by {by}"
            yield Mutant(what, replace(catalog, bands=moved(catalog.bands, number, by)), "", "")
        for at, topic in enumerate(catalog.topics):
            for place, finding in enumerate(topic.findings):
                for number in range(1, len(finding.bands)):
                    new = replace(finding, bands=moved(finding.bands, number, by))
                    findings = (*topic.findings[:place], new, *topic.findings[place + 1 :])
                    topics = (*catalog.topics[:at], replace(topic, findings=findings), *catalog.topics[at + 1 :])
                    what = f"{finding.id}: {finding.bands[number].value} moved by {by}"
                    yield Mutant(what, replace(catalog, topics=topics), "", "")


def _shares(catalog: Catalog) -> Iterator[Mutant]:
    for model in catalog.models.values():
        for phase, given in model.shares.items():
            for role, share in given.items():
                for by in (-1, 1):
                    changed = {**model.shares, phase: {**given, role: share + by}}
                    models = {**catalog.models, model.id: replace(model, shares=changed)}
                    what = f"{model.id}: {role} in {phase} moved by {by}"
                    yield Mutant(what, replace(catalog, models=models), "", "")
    for number, phase_ in enumerate(catalog.phases):
        for by in (-1, 1):
            phases = (
                *catalog.phases[:number],
                replace(phase_, weight=phase_.weight + by),
                *catalog.phases[number + 1 :],
            )
            yield Mutant(f"weight of {phase_.id} moved by {by}", replace(catalog, phases=phases), "", "")


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

    def fired(self) -> Mapping[str, int]:
        """In how many scenarios each rule speaks."""
        counts = {rule.id: 0 for rule in self.catalog.rules()}
        for _, advice in self.scenarios:
            for rule in advice.fired:
                counts[rule] += 1
        return counts

    def notices(self, mutant: Mutant) -> str:
        """The title of a scenario, or the name of a property, that the mutant fails; empty when nothing notices."""
        session = self._session(mutant)
        for fault in self._properties(mutant, session):
            return fault.check
        for scenario, before in self.scenarios:
            if mutant.rule and mutant.rule not in before.fired and not before.unanswered:
                continue
            try:
                if any(failures(scenario, advise(mutant.catalog, scenario.engagement, session))):
                    return scenario.title
            except BrokenInvariant:
                return "the product's own invariants"
        return ""

    def _session(self, mutant: Mutant) -> Session:
        """What the unchanged tables gave is kept; only the changed one is asked again."""
        if not mutant.table:
            return Session(mutant.catalog, self.base.evaluator, self.base.what_if, self.base.margins)
        evaluator = self.base.evaluator.without(mutant.table)
        steps = (mutant.catalog.asks_for.table.id, mutant.catalog.recommend.table.id)
        margins = Margins(mutant.catalog) if mutant.table in steps else self.base.margins
        return Session(mutant.catalog, evaluator, evaluator, margins)

    def _properties(self, mutant: Mutant, session: Session) -> Iterator[Fault]:
        catalog, evaluator = mutant.catalog, session.evaluator
        for topic in catalog.topics:
            if topic.table.id == mutant.table:
                yield from conclusions(topic, full_answers(catalog, topic.table), evaluator)
        for step in (catalog.asks_for, catalog.recommend):
            if step.table.id == mutant.table:
                yield from conclusions(step, combinations(step.table), evaluator)
        for row in catalog.rows:
            if row.table.id == mutant.table:
                yield from row_invariants(catalog, row, evaluator)
        if not mutant.table or mutant.table == catalog.split.id:
            yield from shares(catalog, evaluator)
            if sum(phase.weight for phase in catalog.phases) != 100:
                yield Fault(
                    "weights add to 100", str(catalog.phase_rules.source), "the weights of the phases do not add to 100"
                )

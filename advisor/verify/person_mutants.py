"""Mutants of the rules on people: each rule taken away, each weight moved by one; and whether anything notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from advisor.errors import BrokenInvariant
from advisor.fit import fit
from advisor.fit.session import reference_session
from advisor.model.findings import Topic
from advisor.model.person import PersonRules
from advisor.model.rules import Rule, Score, Table
from advisor.verify.people import one_conclusion
from advisor.verify.person_scenarios import PersonScenario, person_failures


@dataclass(frozen=True, slots=True)
class PersonMutant:
    """Changed rules, and what was changed."""

    what: str
    rules: PersonRules


def person_mutants(rules: PersonRules) -> Iterator[PersonMutant]:
    """Yield rules with each rule taken away, and with each weight, edge, limit and need moved."""
    for table in rules.tables():
        for at, rule in enumerate(table.rules):
            rest = (*table.rules[:at], *table.rules[at + 1 :])
            yield PersonMutant(f"{rule.id} taken away", _with_table(rules, replace(table, rules=rest)))
            for moved in (-1, 1):
                if any(isinstance(one, Score) for one in rule.effects):
                    changed = (*table.rules[:at], _moved(rule, moved), *table.rules[at + 1 :])
                    what = f"{rule.id}: points moved by {moved}"
                    yield PersonMutant(what, _with_table(rules, replace(table, rules=changed)))
    yield from _edges(rules)
    for moved in (-1, 1):
        for name in ("too_little_above", "most_gaps"):
            changed_limits = replace(rules, **{name: getattr(rules, name) + moved})
            yield PersonMutant(f"{name} moved by {moved}", changed_limits)
        at = rules.steps.index(rules.carries_from) + moved
        yield PersonMutant(f"carries_from moved by {moved}", replace(rules, carries_from=rules.steps[at]))
    for name in rules.needs:
        rest_of_needs = {one: step for one, step in rules.needs.items() if one != name}
        yield PersonMutant(f"need of {name} taken away", replace(rules, needs=rest_of_needs))


def _moved(rule: Rule, by: int) -> Rule:
    effects = tuple(replace(one, points=one.points + by) if isinstance(one, Score) else one for one in rule.effects)
    return replace(rule, effects=effects)


def _edges(rules: PersonRules) -> Iterator[PersonMutant]:
    for at, topic in enumerate(rules.topics):
        for finding in topic.findings:
            # The lowest band has no edge: what reaches no other falls into it.
            for number in range(1, len(finding.bands)):
                for by in (-1, 1):
                    band = replace(finding.bands[number], at_least=finding.bands[number].at_least + by)
                    bands = (*finding.bands[:number], band, *finding.bands[number + 1 :])
                    new = replace(finding, bands=bands)
                    findings = tuple(new if one is finding else one for one in topic.findings)
                    topics = (*rules.topics[:at], replace(topic, findings=findings), *rules.topics[at + 1 :])
                    yield PersonMutant(f"{finding.id}: {band.value} moved by {by}", replace(rules, topics=topics))


def _with_table(rules: PersonRules, changed: Table) -> PersonRules:
    def one(topic: Topic) -> Topic:
        return replace(topic, table=changed) if topic.table.id == changed.id else topic

    return replace(
        rules,
        topics=tuple(one(topic) for topic in rules.topics),
        fits=tuple(replace(step, conclusion=one(step.conclusion)) for step in rules.fits),
        result=one(rules.result),
    )


class PersonWatch:
    """The scenarios and promises that a mutant is held against; scenarios that fail already are in `failing`."""

    def __init__(self, rules: PersonRules, scenarios: list[PersonScenario]) -> None:
        self.rules = rules
        session = reference_session(rules)
        fits = [(one, fit(rules, one.person, one.advice, session)) for one in scenarios]
        self.failing = [line for one, found in fits for line in person_failures(one, found)]
        holding = (one for one, found in fits if not any(person_failures(one, found)))
        # The more was seen of somebody, the sooner it is clear what the rules say of them.
        self.scenarios = sorted(holding, key=lambda one: -len(one.person.answers))

    def fired(self) -> Mapping[str, int]:
        """In how many scenarios each rule speaks."""
        session = reference_session(self.rules)
        counts = {rule.id: 0 for rule in self.rules.rules()}
        for scenario in self.scenarios:
            found = fit(self.rules, scenario.person, scenario.advice, session)
            said = {one.rule for one in found.reasons} | {one.rule for role in found.roles for one in role.reasons}
            said |= {rule for topic in session.of(self.rules, scenario.person.answers) for rule in topic.spoke}
            for rule in said:
                counts[rule] += 1
        return counts

    def notices(self, mutant: PersonMutant) -> str:
        """The title of a scenario, or the name of a promise, that the mutant fails; empty when nothing notices."""
        session = reference_session(mutant.rules)
        # Scenarios first: a promise goes through whole tables.
        for scenario in self.scenarios:
            try:
                if any(person_failures(scenario, fit(mutant.rules, scenario.person, scenario.advice, session))):
                    return scenario.title
            except BrokenInvariant:
                return "the product's own invariants"
        return next((fault.check for fault in one_conclusion(mutant.rules, session.evaluator)), "")

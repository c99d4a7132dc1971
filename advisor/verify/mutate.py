"""Mutants of a rulebook: each rule taken away; each weight, band, cap, share and usual answer moved by one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from advisor.model.findings import Band, Finding
from advisor.model.questions import Question, Usual
from advisor.model.rulebook import Catalog, Measure
from advisor.model.rules import ORIENTATION, Effect, Evidence, Rule, Score, Shift, Table

_BY = (-1, 1)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed catalog, what was changed, and the rule (if one) and table (if one) that the change touches.

    `outlook` where nothing but the weights of what is open has changed.
    """

    what: str
    catalog: Catalog
    rule: str = ""
    table: str = ""
    outlook: bool = False


def weighed(catalog: Catalog) -> tuple[Rule, ...]:
    """The rules of which mutants are made: those that decide something that a scenario of their engagements shows.

    Points decide nothing, and which of them a brief prints is seen by reading it. A row that is wrongly there shows in
    no scenario of the engagements that it is for.
    """
    points = {rule.id for table in (*catalog.points, *catalog.papers) for rule in table.rules}
    return tuple(rule for rule in catalog.rules() if rule.id not in points and not rule.silent)


def mutants(catalog: Catalog) -> Iterator[Mutant]:
    """Yield a catalog for each weighed rule taken away and for each weight moved up and down by one."""
    wanted = {rule.id for rule in weighed(catalog)}
    for table in catalog.tables():
        for position, rule in enumerate(table.rules):
            if rule.id not in wanted:
                continue
            rest = table.rules[:position] + table.rules[position + 1 :]
            yield Mutant(f"{rule.id} taken away", with_table(catalog, replace(table, rules=rest)), rule.id, table.id)
            for number, effect in enumerate(rule.effects):
                if isinstance(effect, Evidence | Score | Shift):
                    for by in _BY:
                        changed = with_table(catalog, _weighed(table, position, rule, number, effect, by))
                        yield Mutant(f"{rule.id}: {effect} moved by {by}", changed, rule.id, table.id)
    yield from _bands(catalog)
    yield from _levels(catalog)
    yield from _usual(catalog)
    yield from _shares(catalog)
    yield from _outlook(catalog)


def _weighed(table: Table, position: int, rule: Rule, number: int, effect: Evidence | Score | Shift, by: int) -> Table:
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
        needs=tuple(replace(step, table=one(step.table)) for step in catalog.needs),
        asks_for=replace(catalog.asks_for, table=one(catalog.asks_for.table)),
        recommend=replace(catalog.recommend, table=one(catalog.recommend.table)),
        split=one(catalog.split),
        phase_rules=one(catalog.phase_rules),
        rows=tuple(replace(row, table=one(row.table)) for row in catalog.rows),
        guardrails=tables(catalog.guardrails),
        points=tables(catalog.points),
        profiles=tables(catalog.profiles),
        role_sense=one(catalog.role_sense),
    )


def _moved(bands: tuple[Band, ...]) -> Iterator[tuple[str, tuple[Band, ...]]]:
    """The bands with one edge moved. The lowest has none: what reaches no other falls into it."""
    for number, by in itertools.product(range(1, len(bands)), _BY):
        band = replace(bands[number], at_least=bands[number].at_least + by)
        yield f"{band.value} moved by {by}", (*bands[:number], band, *bands[number + 1 :])


def _bands(catalog: Catalog) -> Iterator[Mutant]:
    for what, bands in _moved(catalog.bands):
        yield Mutant(f"{ORIENTATION}: {what}", replace(catalog, bands=bands))
    for at, topic in enumerate(catalog.topics):
        for place, finding in enumerate(topic.findings):
            for what, bands in _moved(finding.bands):
                new = replace(finding, bands=bands)
                findings = (*topic.findings[:place], new, *topic.findings[place + 1 :])
                topics = (*catalog.topics[:at], replace(topic, findings=findings), *catalog.topics[at + 1 :])
                yield Mutant(f"{finding.id}: {what}", _found(replace(catalog, topics=topics), new))


def _found(catalog: Catalog, finding: Finding) -> Catalog:
    return replace(catalog, findings={**catalog.findings, finding.id: finding})


def _levels(catalog: Catalog) -> Iterator[Mutant]:
    """The bands that all measures share, then each cap taken away, and lowered and raised by a level.

    A measure to which no rule gives points never leaves its lowest level.
    """
    given = {one.measure for rule in catalog.rules() for one in rule.effects if isinstance(one, Evidence)}
    shared = next(iter(catalog.measures.values())).finding.bands
    for what, bands in _moved(shared):
        changed = catalog
        for measure in catalog.measures.values():
            changed = _measured(changed, replace(measure, finding=replace(measure.finding, bands=bands)))
        yield Mutant(f"levels: {what}", changed)
    for name, measure in catalog.measures.items():
        if name not in given:
            continue
        for number, cap in enumerate(measure.caps):
            rest = (*measure.caps[:number], *measure.caps[number + 1 :])
            what = f"{name}: cap {number + 1} ({cap.level})"
            yield Mutant(f"{what} taken away", _measured(catalog, replace(measure, caps=rest)))
            for by, level in _beside(measure.finding.values, cap.level):
                caps = (*measure.caps[:number], replace(cap, level=level), *measure.caps[number + 1 :])
                yield Mutant(f"{what} moved by {by}", _measured(catalog, replace(measure, caps=caps)))


def _measured(catalog: Catalog, measure: Measure) -> Catalog:
    changed = _found(catalog, measure.finding)
    return replace(changed, measures={**catalog.measures, measure.finding.id: measure})


def _beside(values: Sequence[str], value: str) -> Iterator[tuple[int, str]]:
    """The values one step below and above."""
    at = values.index(value)
    return ((by, values[at + by]) for by in _BY if 0 <= at + by < len(values))


def _usual(catalog: Catalog) -> Iterator[Mutant]:
    """Each usual answer moved to the option before and after it."""
    for question in catalog.questions.values():
        usual = question.usual
        if usual is None:
            continue
        for by, option in _beside(question.option_ids, usual.answer):
            new = replace(usual, answer=option)
            yield Mutant(f"usual {question.id} moved by {by}, to {option}", _assumed(catalog, question, new))
        for given, answer in usual.answers.items():
            for by, option in _beside(question.option_ids, answer):
                new = replace(usual, answers={**usual.answers, given: option})
                what = f"usual {question.id} where {usual.by} is {given} moved by {by}, to {option}"
                yield Mutant(what, _assumed(catalog, question, new))


def _assumed(catalog: Catalog, question: Question, usual: Usual) -> Catalog:
    return replace(catalog, questions={**catalog.questions, question.id: replace(question, usual=usual)})


def _shares(catalog: Catalog) -> Iterator[Mutant]:
    for model in catalog.models.values():
        for phase, given in model.shares.items():
            for (role, share), by in itertools.product(given.items(), _BY):
                changed: Mapping[str, Mapping[str, int]] = {**model.shares, phase: {**given, role: share + by}}
                models = {**catalog.models, model.id: replace(model, shares=changed)}
                yield Mutant(f"{model.id}: {role} in {phase} moved by {by}", replace(catalog, models=models))
    for number, phase_ in enumerate(catalog.phases):
        for by in _BY:
            heavier = replace(phase_, weight=phase_.weight + by)
            phases = (*catalog.phases[:number], heavier, *catalog.phases[number + 1 :])
            yield Mutant(f"weight of {phase_.id} moved by {by}", replace(catalog, phases=phases))


def _outlook(catalog: Catalog) -> Iterator[Mutant]:
    """How much a usual answer counts; few scenarios lie so near the share that is called likely."""
    policy = catalog.outlook
    for by in _BY:
        counts = replace(policy, usual_counts=policy.usual_counts + by)
        yield Mutant(f"usual_counts moved by {by}", replace(catalog, outlook=counts), outlook=True)

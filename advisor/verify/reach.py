"""Engagements that reach each rule, model, band, level and cap: found by trying, and shown where somebody asks."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from advisor import reference
from advisor.advise import State, conclude
from advisor.advise.findings import band_of
from advisor.advise.recommendation import concluded
from advisor.advise.session import Session
from advisor.model.rulebook import Catalog, Measure
from advisor.model.rules import MODEL, ORIENTATION, Conclude, Condition, Evidence, LeaveOut, Rule
from advisor.verify.faults import Fault, random_answers

_TRIES = 1_500  # random engagements before the search aims at what is left
SHIPPED = "rules/"  # how messages call the folder of the rulebook that ships
AIMED = 40_000  # steps of one aimed search
_FELLOWS = 60  # engagements found for other rules, of which the nearest is where a search begins
_A_POINT = 0.02  # a point that a level lacks, beside a condition that fails


def unreached(catalog: Catalog, session: Session) -> Iterator[Fault]:
    """A fault for each rule, model, band, level and cap that no engagement was found for."""
    found = witnesses(catalog, session)
    beyond = _beyond(catalog, found) | _inherited_points(catalog)
    for rule in catalog.rules():
        if rule.id not in found and rule.id not in beyond:
            yield Fault("unreached", str(rule.source), f"no engagement was found on which {rule.id} speaks")
    for model in catalog.models.values():
        if f"{MODEL}: {model.id}" not in found:
            yield Fault("unreached", str(model.source), f"no engagement was found that is advised {model.id}")
    for band in catalog.bands:
        if f"{ORIENTATION}: {band.value}" not in found:
            where = str(catalog.findings[ORIENTATION].source)
            yield Fault("unreached", where, f"no engagement was found that is {band.value}")
    for level in next(iter(catalog.measures.values())).finding.values:
        if not any(f"{name}: {level}" in found for name in catalog.measures):
            yield Fault("unreached", "levels.yaml", f"no engagement was found with any work of level {level}")
    for measure in gathered(catalog):
        where = str(measure.finding.source)
        for number, cap in enumerate(measure.caps, start=1):
            if f"{measure.finding.id} cap {number}" not in found:
                what = f"no engagement was found in which cap {number} ({cap.level}) lowers {measure.finding.id}"
                yield Fault("unreached", where, what)


def _inherited_points(catalog: Catalog) -> set[str]:
    """Rules for documents that a rulebook of one's own has from ours, which may ask for what it never concludes."""
    files = {table.id: table.source.file for table in catalog.tables()}
    if all(file.startswith(SHIPPED) for file in files.values()):
        return set()
    sentences = (*catalog.points, *catalog.papers)
    return {rule.id for table in sentences if files[table.id].startswith(SHIPPED) for rule in table.rules}


def gathered(catalog: Catalog) -> list[Measure]:
    """The measures that some rule gives points to."""
    given = {one.measure for rule in catalog.rules() for one in rule.effects if isinstance(one, Evidence)}
    return [measure for name, measure in catalog.measures.items() if name in given]


def _beyond(catalog: Catalog, found: Mapping[str, Mapping[str, str]]) -> set[str]:
    """Rules of needs for levels that never meet, and of steps that read only what those give.

    A step answers for every combination, whether caps let it come about or not.
    """
    beyond = {rule.id for step in catalog.needs for rule in step.table.rules if rule.id not in found}
    reached: dict[str, set[str]] = {}
    for step in catalog.steps:
        for rule in step.table.rules:
            if any(one.variable in reached and not one.allowed & reached[one.variable] for one in rule.when):
                beyond.add(rule.id)
        kept = [rule for rule in step.table.rules if rule.id not in beyond]
        reached[step.findings[0].id] = {concluded(rule, step.findings[0].id) for rule in kept}
    return beyond


def witnesses(catalog: Catalog, session: Session) -> dict[str, Mapping[str, str]]:
    """Answers on which each rule (by id), model, band, level and cap is reached; what is missing was not found.

    The search is by chance with a fixed seed, so the same catalog gives the same witnesses.
    """
    chance = random.Random(20_261_122)
    found: dict[str, Mapping[str, str]] = {}
    rules = catalog.rules()
    for number in range(_TRIES):
        answers = random_answers(catalog, chance, missing=(0.0, 0.0, 0.3, 0.7)[number % 4])
        _note(catalog, answers, conclude(catalog, answers, session), rules, found)
    for rule in rules:
        if rule.id not in found:
            _aim(catalog, rule, session, chance, found, rules)
    return found


def _note(
    catalog: Catalog,
    answers: Mapping[str, str],
    state: State,
    rules: tuple[Rule, ...],
    found: dict[str, Mapping[str, str]],
) -> None:
    """Keep the answers as witness of all that they are the first to reach."""
    found.setdefault(f"{ORIENTATION}: {state.values[ORIENTATION]}", answers)
    found.setdefault(f"{MODEL}: {state.verdict.model}", answers)
    for one in state.levels:
        found.setdefault(f"{one.measure}: {one.level}", answers)
        measure = catalog.measures[one.measure]
        order = measure.finding.values
        points = sum(topic.points.get(one.measure, 0) for topic in state.topics)
        reached = order.index(band_of(measure.finding.bands, points))
        for number, cap in enumerate(measure.caps, start=1):
            if order.index(cap.level) < reached and reference.met(cap.when, state.values):
                found.setdefault(f"{one.measure} cap {number}", answers)
    for rule in rules:
        if rule.id not in found and _misses(catalog, rule, state) == 0:
            found[rule.id] = answers


def _misses(catalog: Catalog, rule: Rule, state: State) -> float:
    """How far the answers are from making the rule speak: 0 when it does, and its row's phase is not past."""
    if reference.holds(rule, state.values):
        missed = 0.0
    else:
        points = {name: sum(topic.points.get(name, 0) for topic in state.topics) for name in catalog.measures}
        missed = _distance(catalog, rule, state.values, points)
    if not missed:
        phases = _phases_of(catalog, rule)
        missed += bool(phases) and set(phases) <= _past(catalog, state.values)
    return missed


def _distance(catalog: Catalog, rule: Rule, values: Mapping[str, str], points: Mapping[str, int]) -> float:
    """Conditions that fail, each with what lies behind it: rules of a step, points of a level, steps of a finding."""
    total = 0.0
    steps = {step.findings[0].id: step for step in catalog.steps}
    for condition in rule.when:
        value = values.get(condition.variable, "")
        if value in condition.allowed:
            continue
        total += 1
        if condition.variable in steps:
            behind = [
                one
                for one in steps[condition.variable].table.rules
                if any(isinstance(effect, Conclude) and effect.value in condition.allowed for effect in one.effects)
            ]
            total += min((_distance(catalog, one, values, points) for one in behind), default=0.0)
        elif condition.variable in catalog.measures:
            total += _A_POINT * _points_short(catalog.measures[condition.variable], condition, points)
        elif condition.variable in catalog.findings and catalog.findings[condition.variable].ordered:
            order = catalog.findings[condition.variable].values
            wanted = [order.index(one) for one in condition.allowed if one in order]
            total += min((abs(order.index(value) - at) for at in wanted), default=0) if value in order else 1
    return total


def _points_short(measure: Measure, condition: Condition, points: Mapping[str, int]) -> int:
    """How many points lie between the measure's sum and the nearest level that is wanted."""
    have, bands = points[measure.finding.id], measure.finding.bands
    ends = [*(band.at_least - 1 for band in bands[1:]), None]
    return min(
        (
            max(band.at_least - have, 0 if end is None else have - end, 0)
            for band, end in zip(bands, ends, strict=True)
            if band.value in condition.allowed
        ),
        default=0,
    )


def _past(catalog: Catalog, values: Mapping[str, str]) -> set[str]:
    return {
        phase
        for rule in catalog.phase_rules.rules
        if all(name in values for name in catalog.phase_rules.names) and reference.holds(rule, values)
        for one in rule.effects
        if isinstance(one, LeaveOut)
        for phase in one.phases
    }


def _phases_of(catalog: Catalog, rule: Rule) -> tuple[str, ...]:
    return next((row.phases for row in catalog.rows if rule in row.table.rules), ())


def _aim(
    catalog: Catalog,
    rule: Rule,
    session: Session,
    chance: random.Random,
    found: dict[str, Mapping[str, str]],
    rules: tuple[Rule, ...],
) -> None:
    """Walk towards answers on which the rule's conditions hold: keep a change unless it makes things worse."""
    answers, best = _nearest(catalog, rule, session, chance, found)
    questions = list(catalog.questions.values())
    for step in range(AIMED):
        if rule.id in found:
            return
        if step % 400 == 399:
            answers, best = _nearest(catalog, rule, session, chance, found, fellows=_FELLOWS * (step % 800 == 799))
        changed = dict(answers)
        for question in chance.sample(questions, min(chance.choice((1, 1, 2, 3)), len(questions))):
            if chance.random() < 0.1:
                changed.pop(question.id, None)
            else:
                changed[question.id] = chance.choice(question.option_ids)
        state = conclude(catalog, changed, session)
        missed = _misses(catalog, rule, state)
        if missed <= best:
            answers, best = changed, missed
            _note(catalog, answers, state, rules, found)


def _nearest(
    catalog: Catalog,
    rule: Rule,
    session: Session,
    chance: random.Random,
    found: Mapping[str, Mapping[str, str]],
    fellows: int = _FELLOWS,
) -> tuple[Mapping[str, str], float]:
    """Where to begin, and how far that is from the rule: answers by chance, or a witness of something like it."""
    near = chance.sample(list(found.values()), min(fellows, len(found)))
    begun = [random_answers(catalog, chance, chance.choice((0.0, 0.5))), *near]
    far = [_misses(catalog, rule, conclude(catalog, one, session)) for one in begun]
    best = min(far)
    return begun[far.index(best)], best

"""Engagements that reach each rule, model and band: found by trying, and shown where somebody asks."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from advisor import reference
from advisor.advise import State, conclude
from advisor.advise.session import Session
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL, ORIENTATION, WORK_ASKS_FOR, Conclude, LeaveOut, Rule
from advisor.verify.faults import Fault

_TRIES = 1_500  # random engagements before the search aims at what is left
_AIMED = 4_000  # steps of one aimed search
_FAR = 1_000  # further than any answers are from any rule


def unreached(catalog: Catalog, session: Session) -> Iterator[Fault]:
    """A fault for each rule, model and band that no engagement was found for."""
    found = witnesses(catalog, session)
    for rule in catalog.rules():
        if rule.id not in found:
            yield Fault("unreached", str(rule.source), f"no engagement was found on which {rule.id} speaks")
    for model in catalog.models.values():
        if f"{MODEL}: {model.id}" not in found:
            yield Fault("unreached", str(model.source), f"no engagement was found that is advised {model.id}")
    for band in catalog.bands:
        if f"{ORIENTATION}: {band.value}" not in found:
            where = str(catalog.findings[ORIENTATION].source)
            yield Fault("unreached", where, f"no engagement was found that is {band.value}")


def witnesses(catalog: Catalog, session: Session) -> dict[str, Mapping[str, str]]:
    """Answers on which each rule (by id), model and band (`model: paired`) is reached; what is missing was not found.

    The search is by chance with a fixed seed, so the same catalog gives the same witnesses.
    """
    chance = random.Random(20_261_122)
    found: dict[str, Mapping[str, str]] = {}
    rules = catalog.rules()
    for number in range(_TRIES):
        answers = _random(catalog, chance, missing=(0.0, 0.0, 0.3, 0.7)[number % 4])
        _note(catalog, answers, conclude(catalog, answers, session), rules, found)
    for rule in rules:
        if rule.id not in found:
            _aim(catalog, rule, session, chance, found, rules)
    return found


def _random(catalog: Catalog, chance: random.Random, missing: float) -> dict[str, str]:
    return {
        question.id: chance.choice(question.option_ids)
        for question in catalog.questions.values()
        if chance.random() >= missing
    }


def _note(
    catalog: Catalog,
    answers: Mapping[str, str],
    state: State,
    rules: tuple[Rule, ...],
    found: dict[str, Mapping[str, str]],
) -> None:
    """Keep the answers as witness of all that they are the first to reach."""
    found.setdefault(f"{ORIENTATION}: {state.values[ORIENTATION]}", answers)
    if len(state.verdict.candidates) == 1 and state.verdict.leading is not None:
        found.setdefault(f"{MODEL}: {state.verdict.leading.model}", answers)
    for rule in rules:
        if rule.id not in found and _misses(catalog, rule, state) == 0:
            found[rule.id] = answers


def _misses(catalog: Catalog, rule: Rule, state: State) -> int:
    """How far the answers are from making the rule speak: 0 when it does, and its row's phase is not past."""
    values = {**state.verdict.values, **state.values} if len(state.verdict.candidates) == 1 else state.values
    missed = _distance(catalog, rule, values)
    if not missed:
        missed += _phase_of(catalog, rule) in _past(catalog, values)
    return missed


def _distance(catalog: Catalog, rule: Rule, values: Mapping[str, str]) -> int:
    """Conditions that fail, each with the steps of an ordered finding, or of the rules behind a model, to its value."""
    total = 0
    for condition in rule.when:
        value = values.get(condition.variable, "")
        if value in condition.allowed:
            continue
        total += 1
        if condition.variable in (MODEL, WORK_ASKS_FOR):
            step = catalog.recommend if condition.variable == MODEL else catalog.asks_for
            behind = [
                one
                for one in step.table.rules
                if any(isinstance(effect, Conclude) and effect.value in condition.allowed for effect in one.effects)
            ]
            total += min((_distance(catalog, one, values) for one in behind), default=0)
        elif condition.variable in catalog.findings and catalog.findings[condition.variable].ordered:
            order = catalog.findings[condition.variable].values
            wanted = [order.index(one) for one in condition.allowed if one in order]
            total += min((abs(order.index(value) - at) for at in wanted), default=0) if value in order else 1
    return total


def _past(catalog: Catalog, values: Mapping[str, str]) -> set[str]:
    return {
        phase
        for rule in catalog.phase_rules.rules
        if all(name in values for name in catalog.phase_rules.names) and reference.holds(rule, values)
        for one in rule.effects
        if isinstance(one, LeaveOut)
        for phase in one.phases
    }


def _phase_of(catalog: Catalog, rule: Rule) -> str:
    return next((row.phase for row in catalog.rows if rule in row.table.rules), "")


def _aim(
    catalog: Catalog,
    rule: Rule,
    session: Session,
    chance: random.Random,
    found: dict[str, Mapping[str, str]],
    rules: tuple[Rule, ...],
) -> None:
    """Walk towards answers on which the rule's conditions hold: keep a change unless it makes things worse."""
    answers = _random(catalog, chance, 0.0)
    state = conclude(catalog, answers, session)
    best = _misses(catalog, rule, state)
    questions = list(catalog.questions.values())
    for step in range(_AIMED):
        if rule.id in found:
            return
        if step % 400 == 399:
            answers, best = _random(catalog, chance, chance.choice((0.0, 0.5))), _FAR
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

"""What rests on assumptions: which of them another answer would turn into another model, and which rules need them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from advisor import reference
from advisor.advise.session import Session
from advisor.advise.state import State, conclude
from advisor.model.advice import Assumption
from advisor.model.rulebook import Catalog
from advisor.model.rules import Rule

MOST = 5  # assumptions listed in full


class Other(NamedTuple):
    """What another answer to a question that nobody answered leads to, all else as given or usual."""

    question: str
    option: str
    state: State


def others(catalog: Catalog, answers: Mapping[str, str], state: State, session: Session) -> tuple[Other, ...]:
    """Every other answer to every question that nobody answered."""
    return tuple(
        Other(name, option, conclude(catalog, {**answers, name: option}, session))
        for name in state.reading.unanswered
        for option in catalog.questions[name].option_ids
        if option != state.reading.values[name]
    )


def assumptions(catalog: Catalog, state: State, tried: Iterable[Other]) -> list[Assumption]:
    """The open questions of which some other answer leads to another model, or to other roles that lack somebody.

    Sorted by the weight of those answers, then in the order in which questions are asked.
    """
    leads_to: dict[str, dict[str, str]] = {}
    for other in tried:
        if _told(other.state) != _told(state):
            leads_to.setdefault(other.question, {})[other.option] = other.state.verdict.model
    found = [
        Assumption(name, state.reading.values[name], models, _weight(catalog, name, len(models)))
        for name, models in leads_to.items()
    ]
    return sorted(found, key=lambda assumption: -assumption.moves)


def resting(state: State, tried: Iterable[Other], rules: Iterable[Rule]) -> dict[str, tuple[str, ...]]:
    """The questions nobody answered on which each of these rules rests: with another answer it would not speak."""
    readers: dict[str, list[Rule]] = {}
    for rule in rules:
        for condition in rule.when:
            readers.setdefault(condition.variable, []).append(rule)
    found: dict[str, dict[str, None]] = {}
    for other in tried:
        changed = [name for name, value in other.state.values.items() if state.values[name] != value]
        for rule in {rule.id: rule for name in changed for rule in readers.get(name, ())}.values():
            if not reference.holds(rule, other.state.values):
                found.setdefault(rule.id, {})[other.question] = None
    return {rule: tuple(questions) for rule, questions in found.items()}


def unsure(state: State, tried: Iterable[Other]) -> dict[str, tuple[str, ...]]:
    """The questions nobody answered on which the value of each finding rests: with another answer it would differ."""
    found: dict[str, dict[str, None]] = {}
    for other in tried:
        for name, value in other.state.values.items():
            if state.values[name] != value and name not in state.reading.values:
                found.setdefault(name, {})[other.question] = None
    return {name: tuple(questions) for name, questions in found.items()}


def _told(state: State) -> tuple[object, ...]:
    return state.verdict.model, state.verdict.not_available, state.verdict.not_paid_for


def _weight(catalog: Catalog, question: str, options: int) -> Fraction:
    return Fraction(options, len(catalog.questions[question].options) - 1 + catalog.outlook.usual_counts)

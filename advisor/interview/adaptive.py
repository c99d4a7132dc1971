"""Which step to put next: the one after which the model is expected to be surest, counted exactly."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from threading import RLock

from advisor.advise import conclude
from advisor.advise.reading import read_answers
from advisor.advise.session import session_for
from advisor.interview.steps import Step, steps_of
from advisor.model.rulebook import Catalog
from advisor.model.rules import NOT_ASKED

SURE_FROM = Fraction(9, 10)  # the share of the outlook from which the interview offers to stop
SHORT_WAY = "quick"  # the questionnaire of the first round
_TURN = RLock()  # a look ahead takes seconds: who asks for the same one meanwhile waits for it, and takes it over
if hasattr(os, "register_at_fork"):  # a child would wait for ever for what another thread holds
    os.register_at_fork(before=_TURN.acquire, after_in_parent=_TURN.release, after_in_child=_TURN.release)
OPENING = 3  # steps of the short way that come first, as they tell most wherever one starts


def short_way(catalog: Catalog) -> tuple[Step, ...]:
    """The steps of the first round; none where the rulebook has no such questionnaire."""
    quick = catalog.questionnaires.get(SHORT_WAY)
    return steps_of(catalog, quick.questions) if quick is not None else ()


def standing(catalog: Catalog, answers: Mapping[str, str]) -> tuple[str, Fraction]:
    """The model at the answers given and the usual ones for the rest, and its share of what can still come out."""
    session = session_for(catalog)
    model = conclude(catalog, answers, session).verdict.model
    return model, session.outlook.shares(answers)[model]


def sure_model(catalog: Catalog, answers: Mapping[str, str]) -> str | None:
    """The model, once it is settled or so likely that the interview may stop; None before that."""
    model, share = standing(catalog, answers)
    return model if share >= SURE_FROM else None


def next_step(catalog: Catalog, waiting: Sequence[Step], answers: Mapping[str, str]) -> Step | None:
    """The one of the steps `waiting` that tells most about the model; None when it is sure, or nothing is left to ask.

    The opening comes first, so that no look ahead has to go through all ways to answer it; what nobody can answer of it
    is taken as usual from then on. Ties go to the earlier step.
    """
    opening = short_way(catalog)[:OPENING]
    still = [step for step in opening if step in waiting]
    if not waiting or (still and not answers):
        return next(iter(still), None)
    values = read_answers(catalog, answers).values
    usual = {name: values[name] for step in opening if step not in still for name in step.names}
    answers = {name: value for name, value in usual.items() if value != NOT_ASKED} | {**answers}
    if sure_model(catalog, answers) is not None:
        return None
    if still:
        return still[0]
    told = gains(catalog, answers)
    return max(waiting, key=lambda step: sum([told.get(name, Fraction(0)) for name in step.names]))


def gains(catalog: Catalog, answers: Mapping[str, str]) -> Mapping[str, Fraction]:
    """By how much each open question is expected to raise the share of the model that comes out in the end.

    Questions that cannot matter are left out.
    """
    with _TURN:
        return _gains(catalog, frozenset(answers.items()))


@lru_cache(maxsize=200)
def _gains(catalog: Catalog, answers: frozenset[tuple[str, str]]) -> Mapping[str, Fraction]:
    look = session_for(catalog).outlook.look(dict(answers))
    whole = sum(look.models.values())
    return {name: _gain(by_option.values()) / whole for name, by_option in look.answers.items()}


def _gain(by_option: Collection[Mapping[str, int]]) -> Fraction:
    """What is gained where the question turns out to be asked."""
    asked: dict[str, int] = {}
    for models in by_option:
        for model, weight in models.items():
            asked[model] = asked.get(model, 0) + weight
    return sum([_expected(models) for models in by_option], Fraction(0)) - _expected(asked)


def _expected(weights: Mapping[str, int]) -> Fraction:
    """The share that the model which comes out is expected to have, times the weight of all models."""
    return Fraction(sum([weight * weight for weight in weights.values()]), sum(weights.values()))

"""Which step to put next: the one whose answer tells most about the model, counted exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import log2, prod

from advisor.advise import conclude
from advisor.advise.blocks import structure_of
from advisor.advise.reading import read_answers
from advisor.advise.session import session_for
from advisor.interview.steps import Step
from advisor.model.rulebook import Catalog

SURE_FROM = Fraction(9, 10)  # the share of the outlook from which the interview offers to stop
FEW_WAYS = 4  # to answer the open questions that every look ahead goes through one by one
_DIGITS = 9  # gains that differ by less are equal, and the questionnaire's order decides


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

    First come the questions on which other usual answers and whole blocks of questions hang, until those still open
    can be answered in few ways. Those of them that nobody can answer are taken as usual from then on. Ties go to the
    earlier step.
    """
    roots = [question.id for question in structure_of(catalog).common]
    open_roots = [step for name in roots for step in waiting if step.id == name]
    if not waiting or (open_roots and open_roots[0].id == roots[0]):
        return next(iter(open_roots), None)
    values = read_answers(catalog, answers).values
    still = {step.id for step in open_roots}
    answers = {**{name: values[name] for name in roots if name not in still}, **answers}
    if sure_model(catalog, answers) is not None:
        return None
    if prod(len(step.question.options) for step in open_roots) > FEW_WAYS:
        return open_roots[0]
    told = gains(catalog, answers)
    return max(waiting, key=lambda step: round(sum(told.get(name, 0.0) for name in step.names), _DIGITS))


def gains(catalog: Catalog, answers: Mapping[str, str]) -> Mapping[str, float]:
    """How many bits about the model each open question is expected to give; none where it cannot matter."""
    return _gains(catalog, frozenset(answers.items()))


@lru_cache(maxsize=1_000)
def _gains(catalog: Catalog, answers: frozenset[tuple[str, str]]) -> Mapping[str, float]:
    look = session_for(catalog).outlook.look(dict(answers))
    whole = sum(look.models.values())
    return {name: _gain(by_option, whole) for name, by_option in look.answers.items()}


def _gain(by_option: Mapping[str, Mapping[str, int]], whole: int) -> float:
    """What is gained where the question turns out to be asked, by how likely that is."""
    asked = {model: 0 for models in by_option.values() for model in models}
    for models in by_option.values():
        for model, weight in models.items():
            asked[model] += weight
    left = sum(sum(models.values()) / whole * _doubt(models) for models in by_option.values())
    return sum(asked.values()) / whole * _doubt(asked) - left


def _doubt(weights: Mapping[str, int]) -> float:
    """How many bits are missing to know the model."""
    whole = sum(weights.values())
    shares = (weight / whole for weight in weights.values())
    return -sum(share * log2(share) for share in shares if share)

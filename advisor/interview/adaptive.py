"""Which question to ask next: the one whose answer tells most about the model, counted exactly."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from math import log2

from advisor.advise import conclude
from advisor.advise.reading import read_answers
from advisor.advise.session import session_for
from advisor.model.rulebook import Catalog, Question

SURE_FROM = Fraction(9, 10)  # the share of the outlook from which the interview offers to stop
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


def next_question(
    catalog: Catalog, questions: tuple[Question, ...], answers: Mapping[str, str], passed: Collection[str] = ()
) -> Question | None:
    """The open question that tells most about the model; None when it is sure, or nothing is left to ask.

    Ties go to the earlier question; those in `passed` are not asked again.
    """
    if sure_model(catalog, answers) is not None:
        return None
    still_open = set(read_answers(catalog, answers).unanswered) - set(passed)
    waiting = [question for question in questions if question.id in still_open]
    told = gains(catalog, answers)
    return max(waiting, key=lambda question: round(told.get(question.id, 0.0), _DIGITS), default=None)


def gains(catalog: Catalog, answers: Mapping[str, str]) -> dict[str, float]:
    """How many bits about the model each open question is expected to give; none where it cannot matter."""
    look = session_for(catalog).outlook.look(answers)
    now = _doubt(look.models)
    whole = sum(look.models.values())
    return {
        name: now - sum(sum(models.values()) / whole * _doubt(models) for models in by_option.values())
        for name, by_option in look.answers.items()
    }


def moves(catalog: Catalog, answers: Mapping[str, str], question: Question) -> bool:
    """Whether an answer to the question makes some model more or less likely than it is."""
    return gains(catalog, answers).get(question.id, 0.0) > 1e-9


def _doubt(weights: Mapping[str, int]) -> float:
    """How many bits are missing to know the model."""
    whole = sum(weights.values())
    shares = (weight / whole for weight in weights.values())
    return -sum(share * log2(share) for share in shares if share)

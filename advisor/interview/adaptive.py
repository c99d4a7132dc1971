"""Which question to ask next: the one whose answer is expected to say most about the recommendation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import log2

from advisor.advise import State, conclude
from advisor.advise.reading import is_asked
from advisor.advise.session import Session
from advisor.model.rulebook import UNANSWERED, Catalog, Question


def is_settled(state: State) -> bool:
    """Whether no answer that is still missing can change the recommended model."""
    return len(state.verdict.candidates) == 1


def next_question(
    catalog: Catalog,
    questions: tuple[Question, ...],
    answers: Mapping[str, str],
    session: Session,
    passed: Collection[str] = (),
) -> Question | None:
    """The open question that is expected to leave least doubt about the model; None when the model is settled.

    Doubt is the entropy, in bits, of the models over all complete findings still possible, each weighing the same; a
    question's options weigh the same too. Ties go to the earlier question. Questions in `passed` are not asked again.
    When none of those left can lessen the doubt, the first open one is returned, for its part in the matrix.
    """
    state = conclude(catalog, answers, session)
    if is_settled(state):
        return None
    values = state.reading.values
    best: tuple[float, Question] | None = None
    for question in questions:
        if values[question.id] != UNANSWERED or question.id in passed or not is_asked(question, values):
            continue
        left = [doubt(conclude(catalog, {**answers, question.id: option}, session)) for option in question.option_ids]
        expected = sum(left) / len(left)
        if best is None or expected < best[0] - 1e-9:
            best = (expected, question)
    return best[1] if best is not None else None


def doubt(state: State) -> float:
    """How undecided the model is, in bits: 0 when it is settled."""
    weights = [weight for weight in state.verdict.weights.values() if weight]
    total = sum(weights)
    return -sum(weight / total * log2(weight / total) for weight in weights)

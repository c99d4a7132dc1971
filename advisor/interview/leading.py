"""What the answers so far lead to, in a few words: the model, its share of what can still come out, what else may."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from advisor.advise.session import session_for
from advisor.catalog.usual import YES
from advisor.interview.adaptive import SURE_FROM, standing
from advisor.interview.steps import Step, steps_of
from advisor.model.rulebook import Catalog

FEW = 3  # answers before which it is too early to say what they lead to


def leaning(catalog: Catalog, answers: Mapping[str, str]) -> str:
    """What the answers lead to so far; empty while they are too few to say."""
    return _leaning(catalog, answers) if len(steps_of(catalog, answers)) >= FEW else ""


def so_far(catalog: Catalog, answers: Mapping[str, str]) -> str:
    """What is settled and what is not, as the beginning of a sentence on the questions that are left."""
    model, share = standing(catalog, answers)
    if share < SURE_FROM:
        return f"{_leaning(catalog, answers)}. What is still open can change that:"
    settled = "is settled" if share == 1 else f"is as good as settled ({percent(share)})"
    return f"The model {settled}: {named(catalog, model)}. Guardrails, matrix and staffing still gain from"


def leads_to(catalog: Catalog, step: Step, answers: Mapping[str, str]) -> dict[str, tuple[str, Fraction]]:
    """By option, the model that it would lead to and its share then; nothing where no option changes either."""
    if step.several:
        ways = {option: {**answers, part: YES} for option, part in step.parts.items()}
    else:
        ways = {option: {**answers, **step.answers((option,))} for option in step.question.option_ids}
    found = {option: standing(catalog, given) for option, given in ways.items()}
    return {} if set(found.values()) == {standing(catalog, answers)} else found


def named(catalog: Catalog, model: str) -> str:
    """The model's name marked off, since it may hold commas."""
    return f"“{catalog.models[model].name}”"


def percent(share: Fraction) -> str:
    """How likely, in words that never say certain or impossible of what is neither."""
    return "settled" if share == 1 else f"{min(99, max(1, round(100 * share)))} %"


def _leaning(catalog: Catalog, answers: Mapping[str, str]) -> str:
    model, share = standing(catalog, answers)
    if share == 1:
        return f"Settled: {named(catalog, model)}"
    shares = session_for(catalog).outlook.shares(answers)
    other = max(shares, key=shares.__getitem__)
    likelier = f"; likelier is {named(catalog, other)} ({percent(shares[other])})" if shares[other] > share else ""
    return f"So far: {named(catalog, model)} ({percent(share)}){likelier}"

"""The decision and how sure it is, as said in a meeting: what speaks against it and what would settle it."""

from __future__ import annotations

from fractions import Fraction

from advisor.advise.stated import UNKNOWN
from advisor.documents.brief.seat_days import short_of
from advisor.documents.shared import words
from advisor.model.advice import Advice, Assumption

LEANING = "leaning"
HALF, NEARLY = Fraction(1, 2), Fraction(9, 10)


def how_sure(advice: Advice) -> str:
    """How sure it is, in words: the exact share is policy, and stands in the appendix and in JSON.

    Where it is no more than leaning, what was assumed that decides, and what it would become otherwise.
    """
    one = advice.recommendation
    if one.status == "settled" and short_of(advice):
        return "Firm: it is clear who is needed; how many days they get depends on the money."
    if one.status == "settled" and any(matter.kind == UNKNOWN for matter in advice.engagement.matters):
        return "Firm: it is clear who leads; what is not known below may change the plan or the price."
    if one.status == "settled":
        return (
            "Firm: nothing that is still open would change it."
            if advice.assumed
            else "Firm: every question is answered."
        )
    if one.share >= NEARLY:
        return "Likely: hardly anything that is still open would change it."
    if one.status == "likely" or not one.runner_up:
        return "Likely: some of what nobody has said yet could still change it."
    first = decides_first(advice)
    if first is not None:
        return f"Leaning: one thing decides. {assumed_in_words(advice, first)}"
    return f"Leaning: next best is {words.lower_first(words.model_name(advice, one.runner_up))}."


def decides_first(advice: Advice) -> Assumption | None:
    """What to ask first where the answer leans one way: what would lead to the next best, else to any other model."""
    one = advice.recommendation
    if one.status != LEANING or not one.runner_up:
        return None
    found = ranked(advice)
    return next((item for item in found if one.runner_up in item.leads_to.values()), next(iter(found), None))


def assumed_in_words(advice: Advice, one: Assumption) -> str:
    """What was assumed and what another answer would change: the question, what we took, and the other model."""
    asked, took = words.value_words(advice, one.question, one.answer)
    by_model: dict[str, list[str]] = {}
    for option, model in one.leads_to.items():
        if model != advice.recommendation.model:
            label = words.value_words(advice, one.question, option)[1]
            by_model.setdefault(model, []).append(words.lower_first(label))
    model = next((one for one in by_model if one == advice.recommendation.runner_up), next(iter(by_model), ""))
    said = f"{asked} We took: {words.lower_first(took)}."
    if not model:
        return said
    if len(by_model[model]) == len(one.leads_to) > 1:
        return f"{said} Anything else would mean {words.lower_first(words.model_name(advice, model))}."
    return f"{said} {words.model_name(advice, model)} if instead {words.listed(by_model[model], 'or')}."


def ranked(advice: Advice) -> list[Assumption]:
    """The assumptions with an answer that leads to another model; first what would lead to the runner-up."""
    one = advice.recommendation
    found = [item for item in one.assumptions if set(item.leads_to.values()) - {one.model}]
    if not _contradicted(advice):
        return found
    return sorted(found, key=lambda item: one.runner_up not in item.leads_to.values())


def _contradicted(advice: Advice) -> bool:
    return advice.recommendation.share < HALF

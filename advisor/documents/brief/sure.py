"""The decision and how sure it is, as said in a meeting: what speaks against it and what would settle it."""

from __future__ import annotations

from fractions import Fraction

from advisor.advise.stated import UNKNOWN
from advisor.documents.brief.seat_days import short_of
from advisor.documents.shared import words
from advisor.model.advice import Advice, Assumption

HALF, NEARLY = Fraction(1, 2), Fraction(9, 10)


def how_sure(advice: Advice) -> str:
    """How sure it is, in words: the exact share is policy, and stands in the appendix and in JSON.

    Where it is no more than leaning, what else it may become, and the question that decides.
    """
    one = advice.recommendation
    if one.status == "settled" and short_of(advice):
        return "Firm on who is needed; the days are what is paid for."
    if one.status == "settled" and any(matter.kind == UNKNOWN for matter in advice.engagement.matters):
        return "Firm on who leads; what is not known below may change the plan or the price."
    if one.status == "settled":
        return (
            "Firm: nothing that is still open would change it."
            if advice.assumed
            else "Firm: every question is answered."
        )
    if one.share >= NEARLY:
        return "Nearly firm: little that is still open would change it."
    if one.status == "likely" or not one.runner_up:
        return "Likely: some of what nobody has said yet could still change it."
    other = words.lower_first(words.model_name(advice, one.runner_up))
    decides = next((item for item in ranked(advice) if one.runner_up in item.leads_to.values()), None)
    ask = f" Ask first: {words.lower_first(_question(advice, decides))}" if decides else _ask_about(advice)
    if _contradicted(advice):
        return f"Leaning, as long as what nobody has said is as usual; if not, rather {other}.{ask}"
    return f"Leaning; next best is {other}.{ask}"


def ranked(advice: Advice) -> list[Assumption]:
    """The assumptions with an answer that leads to another model; first what would lead to the runner-up."""
    one = advice.recommendation
    found = [item for item in one.assumptions if set(item.leads_to.values()) - {one.model}]
    if not _contradicted(advice):
        return found
    return sorted(found, key=lambda item: one.runner_up not in item.leads_to.values())


def _ask_about(advice: Advice) -> str:
    """What to ask where no answer alone would lead to the other model."""
    found = ranked(advice)
    return f" Ask first: {words.lower_first(_question(advice, found[0]))}" if found else ""


def _contradicted(advice: Advice) -> bool:
    return advice.recommendation.share < HALF


def _question(advice: Advice, one: Assumption) -> str:
    return words.value_words(advice, one.question, one.answer)[0]

"""The decision and how sure it is, as said in a meeting: what speaks against it and what would settle it."""

from __future__ import annotations

from advisor.advise.stated import UNKNOWN
from advisor.documents.brief.seat_days import short_of
from advisor.documents.shared import words
from advisor.model.advice import Advice, Assumption

HALF = 0.5


def how_sure(advice: Advice) -> str:
    """How sure it is; under half, with what else it may become and the question that decides."""
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
    sure = f"About {_rounded(float(one.share))}% sure"
    if one.status == "likely" or not one.runner_up:
        return f"{sure}."
    other = words.lower_first(words.model_name(advice, one.runner_up))
    decides = next((item for item in ranked(advice) if one.runner_up in item.leads_to.values()), None)
    ask = f" Ask first: {words.lower_first(_question(advice, decides))}" if decides else _ask_about(advice)
    if _contradicted(advice):
        return f"{sure}, if what was not said is as usual; otherwise rather: {other}.{ask}"
    return f"{sure}; next best: {other}.{ask}"


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
    return float(advice.recommendation.share) < HALF


def _question(advice: Advice, one: Assumption) -> str:
    return words.value_words(advice, one.question, one.answer)[0]


def _rounded(share: float) -> int:
    """In percent, to the nearest five: the weights behind it are policy, so more would only look exact."""
    return min(95, max(5, round(share * 20) * 5))

"""The answer to the question that a firm asks first: a delivery manager, a project manager, both or neither."""

from __future__ import annotations

import re

from advisor.advise.offers import OFFER, named_leads
from advisor.model.advice import Advice
from advisor.model.rules import COMBINED, HANDOVER
from advisor.model.stated import Matter

_ASKED = re.compile(r"\b(?:delivery manager|project manager|both|neither|either)s?\b", re.IGNORECASE)
_SEVERAL = 2  # of these words: the question is which of the posts there are


def posts_in_words(advice: Advice, matter: Matter) -> str:
    """`it takes both: Ada as delivery manager and Ben as project manager`, to read on after `that`.

    Empty where the matter asks for one post, or nobody who leads has a name.
    """
    asked = {found.casefold() for found in _ASKED.findall(matter.what)}
    leads, seats = named_leads(advice), tuple(advice.split.overall)
    if matter.kind == OFFER or len(asked) < _SEVERAL or not leads or not all(_is_known(advice, one) for one in seats):
        return ""
    if advice.recommendation.model == COMBINED:
        return f"one person does both: {leads.removesuffix(' for both')}"
    if advice.recommendation.model == HANDOVER:
        return f"it takes one after the other: {leads}"
    if len(seats) > 1:
        return f"it takes both: {leads}"
    return f"one is enough: {leads}" if seats else ""


def _is_known(advice: Advice, role: str) -> bool:
    return bool(advice.engagement.people.get(role))

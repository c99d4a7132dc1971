"""Offers that fill a free seat of the model: whoever is offered leads there, as if the file named them."""

from __future__ import annotations

from dataclasses import replace

from advisor.advise.offered import cost_of_offer, name_of, starts_on
from advisor.advise.offers import OFFER, dearer_than_managing, for_the_team, seat_for, too_dear
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.stated import Stint


def with_taken_up(advice: Advice, told: Engagement) -> Advice:
    """The advice with the first offer for each seat that is free, where the money does not rule it out.

    Whoever the file names for the seat, and goes too early or has too few days, has it until then.
    """
    for matter in advice.engagement.matters:
        if matter.kind != OFFER or for_the_team(matter) or not name_of(matter)[:1].isupper():
            continue
        role, engagement = seat_for(advice, matter), advice.engagement
        held = engagement.people.get(role, "")
        if not role or held == name_of(matter) or too_dear(advice, matter) or dearer_than_managing(advice, matter):
            continue
        cost = cost_of_offer(advice, matter)
        rate = cost.rate if cost and cost.days else ""
        stint = Stint(name_of(matter), start=starts_on(advice, matter), rate=rate)
        missing = tuple(one for one in advice.recommendation.not_available if one != role)
        advice = replace(
            advice,
            engagement=replace(
                engagement,
                people={**engagement.people, role: stint.name},
                times={**engagement.times, role: (stint, *(told.times.get(role) or ((Stint(held),) if held else ())))},
            ),
            recommendation=replace(advice.recommendation, not_available=missing),
        )
    return advice

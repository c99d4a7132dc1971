"""Offers that fill a free seat of the model: whoever is offered leads there, as if the file named them."""

from __future__ import annotations

from dataclasses import replace

from advisor.advise.offered import cost_of_offer, days_offered, ends_on, name_of, starts_on
from advisor.advise.offers import OFFER, could_lead, seat_for
from advisor.advise.typed import of_kind
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from advisor.model.stated import Stint


def with_taken_up(catalog: Catalog, advice: Advice, told: Engagement) -> Advice:
    """The advice with the first offer for each seat that is free, where the money does not rule it out.

    Whoever the file names for the seat, and goes too early or has too few days, has it until then.
    """
    kind = catalog.matters.get(OFFER)
    if kind is None or all(one.kind != OFFER for one in advice.engagement.matters):
        return advice
    stated = tuple(of_kind(advice, one, kind).matter if one.kind == OFFER else one for one in advice.engagement.matters)
    advice = replace(advice, engagement=replace(advice.engagement, matters=stated))
    for matter in stated:
        engagement = advice.engagement
        role = seat_for(advice, matter) if matter.kind == OFFER and could_lead(advice, matter) else ""
        held = engagement.people.get(role, "")
        if not role:
            continue
        if held == name_of(matter):  # stays on
            advice = _with_time(advice, role, _until(told.times.get(role, ()), held, ends_on(advice, matter)))
            continue
        cost = cost_of_offer(advice, matter)
        stint = Stint(
            name_of(matter),
            days_offered(matter),
            starts_on(advice, matter),
            ends_on(advice, matter),
            cost.rate if cost and cost.days else "",
        )
        before = told.times.get(role) or ((Stint(held),) if held else ())
        missing = tuple(one for one in advice.recommendation.not_available if one != role)
        advice = replace(
            advice,
            engagement=replace(
                engagement,
                people={**engagement.people, role: stint.name},
                times={**engagement.times, role: (stint, *before)},
            ),
            recommendation=replace(advice.recommendation, not_available=missing),
        )
    return advice


def _with_time(advice: Advice, role: str, stints: tuple[Stint, ...]) -> Advice:
    times = {**advice.engagement.times, role: stints} if stints else advice.engagement.times
    return replace(advice, engagement=replace(advice.engagement, times=times))


def _until(stints: tuple[Stint, ...], name: str, until: str) -> tuple[Stint, ...]:
    """The stints with the last one of this name until then (ISO 8601), or without an end."""
    last = max((at for at, one in enumerate(stints) if one.name == name), default=-1)
    return tuple(replace(one, until=until) if at == last else one for at, one in enumerate(stints))

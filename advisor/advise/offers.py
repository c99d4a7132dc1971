"""Whether somebody who is offered, or a post that is asked for, is needed: by the model's roles and who holds them."""

from __future__ import annotations

import re

from advisor.advise.stints import first_day
from advisor.model.advice import Advice
from advisor.model.days import WEEKS_IN_A_MONTH, weeks_between
from advisor.model.money import amount_of, in_words
from advisor.model.rules import COMBINED, DELIVERY_MANAGER, HANDOVER
from advisor.model.stated import Matter

OFFER, POST = "offer", "post"
WITHOUT = "without"  # points that say why nobody else is needed
_WEEKS = {"week": 1.0, "month": 1 / WEEKS_IN_A_MONTH}
_DENIED = re.compile(r"^No ([a-z ]+): ")


def is_on_staffing(matter: Matter) -> bool:
    """Whether the matter asks for a manager or a post, or offers somebody for one."""
    return matter.kind == OFFER or matter.about == POST


def seat_for(advice: Advice, matter: Matter) -> str:
    """The role of the model that nobody named holds, where the matter can fill it; empty where none is needed."""
    people, seats = advice.engagement.people, tuple(advice.split.overall)
    if advice.recommendation.model == COMBINED and any(people.get(role) for role in seats):
        return ""
    if advice.recommendation.model == HANDOVER and _is_ahead(advice):
        seats = tuple(role for role in seats if role != DELIVERY_MANAGER)
    open_ones = [role for role in seats if not people.get(role) and advice.names.roles[role].manager]
    return next((role for role in open_ones if matter.role in ("", role)), "")


def why_not(advice: Advice, matter: Matter) -> str:
    """Why it is not needed, to read on after `that`, with placeholders of its own; empty where it is needed."""
    if seat_for(advice, matter):
        return ""
    seats = tuple(advice.split.overall)
    if matter.role in ("", DELIVERY_MANAGER) and advice.recommendation.model == HANDOVER and _is_ahead(advice):
        return "no delivery manager is needed before {go_live}: {who_project_manager} has time for {client} until then"
    if matter.role in seats:
        return f"{{who_{matter.role}}} does this already"
    if len(seats) > 1 and advice.recommendation.model != COMBINED:
        return f"both parts have somebody, {' and '.join(f'{{who_{role}}}' for role in seats)}"
    found = sorted((one for one in advice.points if one.kind == WITHOUT), key=lambda one: -one.rank)
    return _DENIED.sub(r"no \1 is needed: ", found[0].text).rstrip(".") if found else ""


def _is_ahead(advice: Advice) -> bool:
    """Whether something is still to be delivered."""
    return any(part.phase != "post_delivery" and part.phase != "governance" for part in advice.split.phases)


def named_leads(advice: Advice) -> str:
    """`Ada as delivery manager and Ben as project manager`, `Ada for both`; empty where nobody has a name yet."""
    people, roles = advice.engagement.people, tuple(advice.split.overall)
    if advice.recommendation.model == COMBINED:
        name = next((people[role] for role in roles if people.get(role)), "")
        return f"{name} for both" if name else ""
    return " and ".join(f"{people[one]} as {advice.names.roles[one].name.lower()}" for one in roles if people.get(one))


def cost_until_live(advice: Advice, matter: Matter) -> str:
    """`GBP 9,500 a month, about GBP 44,000 until go-live`; empty without an amount."""
    if not matter.amount:
        return ""
    said = in_words(matter.amount) + (f" a {matter.per}" if matter.per else "")
    live, first = advice.engagement.dates.get("go_live", ""), first_day(advice)
    start, end = max(first, matter.start), min(filter(None, (live, matter.until)), default="")
    times = _WEEKS.get(matter.per, 0.0)
    if not (times and start and start < end):
        return said
    amount = amount_of(matter.amount) * times * weeks_between(start, end)
    return f"{said}, about {in_words(matter.amount, round(amount, -2))} in all"

"""Whether somebody who is offered, or a post that is asked for, is needed: by the model's roles and who holds them."""

from __future__ import annotations

import re

from advisor.advise.offered import bought_in, cost_of_offer, extra_left, is_in_currency, rate_in_words
from advisor.advise.stints import first_day, free_from
from advisor.model.advice import Advice
from advisor.model.money import amount_of, in_words
from advisor.model.rules import CLIENT_UNTIL, COMBINED, DELIVERY_MANAGER, HANDOVER, PLAN_UNTIL
from advisor.model.stated import Matter

OFFER, POST, HANDS = "offer", "post", "hands"
WITHOUT = "without"  # points that say why nobody else is needed
LITTLE = "managing has {days} here, which one person does beside the work"
MOST_BESIDE_WORK = 1.0  # days a week that somebody manages beside other work
_DENIED = re.compile(r"^No ([a-z ]+): ")


def is_on_staffing(matter: Matter) -> bool:
    """Whether the matter asks for a manager or a post, or offers somebody for one."""
    return matter.kind == OFFER or matter.about == POST


def asks_for_one(advice: Advice) -> tuple[Matter, ...]:
    """The matters that ask for a manager whom the model does not need, or offer one."""
    asked = (one for one in advice.engagement.matters if is_on_staffing(one) and not for_the_team(one))
    return tuple(one for one in asked if not seat_for(advice, one))


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
    if for_the_team(matter):
        return too_dear(advice, matter)
    if seat_for(advice, matter):
        return ""
    dear = too_dear(advice, matter) if matter.kind == OFFER else ""
    if dear:
        return dear
    seats = tuple(advice.split.overall)
    if matter.role in ("", DELIVERY_MANAGER) and advice.recommendation.model == HANDOVER and _is_ahead(advice):
        return "no delivery manager is needed before {go_live}: {who_project_manager} has time for {client} until then"
    if matter.role in seats:
        day = free_from(advice, matter.role)
        return f"{{who_{matter.role}}} does this {f'from {day}' if day > first_day(advice) else 'already'}"
    if len(seats) > 1 and advice.recommendation.model != COMBINED:
        return f"both parts have somebody, {' and '.join(f'{{who_{role}}}' for role in seats)}"
    if is_little(advice):
        return "no second manager is needed: " + LITTLE.format(days=few_days(advice.paid_days))
    found = sorted((one for one in advice.points if one.kind == WITHOUT), key=lambda one: -one.rank)
    return _DENIED.sub(r"no \1 is needed: ", found[0].text).rstrip(".") if found else ""


def is_little(advice: Advice) -> bool:
    """Whether managing is paid for a day a week at most, where it would usually take more."""
    usual = sum(one.days for one in advice.levels if one.measure in (CLIENT_UNTIL, PLAN_UNTIL))
    return 0 < advice.paid_days <= MOST_BESIDE_WORK and advice.paid_days < usual


def few_days(days: float) -> str:
    """`half a day a week`, `1.5 days a week`."""
    return {0.5: "half a day", 1.0: "one day"}.get(days, f"{days:g} days") + " a week"


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


def cost_in_words(advice: Advice, matter: Matter) -> str:
    """`78 days, GBP 54,600 in all`, `GBP 9,500 a month, about GBP 44,000 in all`; empty where no rate is known."""
    said, cost = rate_in_words(matter), cost_of_offer(advice, matter)
    if cost is None or not cost.amount:
        return said
    if cost.days:
        return f"{cost.days:g} days, {in_words(cost.rate, cost.amount)} in all"
    return f"{said or in_words(cost.rate)}, about {in_words(cost.rate, round(cost.amount, -2))} in all"


def for_the_team(matter: Matter) -> bool:
    """Whether it offers a pair of hands, not a manager."""
    return matter.about == HANDS


def too_dear(advice: Advice, matter: Matter) -> str:
    """`78 days are GBP 54,600, and GBP 50,000 is all there is`; empty where what can be put in pays for it."""
    money, cost = advice.engagement.money, cost_of_offer(advice, matter)
    if money is None or not money.extra or cost is None or not is_in_currency(money, cost.rate):
        return ""
    if cost.amount <= extra_left(advice):
        return ""
    said = f"{cost.days:g} days are" if cost.days else "it is about"
    left, whole = extra_left(advice), amount_of(money.extra)
    there = f"{in_words(money.extra)} is all there is"
    if left < whole and cost.amount <= whole:
        names = " and ".join(one.name for one in bought_in(advice))
        there = f"after {names} only {in_words(money.extra, max(left, 0))} of {in_words(money.extra)} is left"
    return f"{said} {in_words(cost.rate, round(cost.amount, -1))}, and {there}"

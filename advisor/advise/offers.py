"""Whether somebody who is offered, or a post that is asked for, is needed: by the model's roles and who holds them."""

from __future__ import annotations

import re

from advisor.advise.named import people_of
from advisor.advise.offered import (
    UNNAMED,
    bought_in,
    cost_of_offer,
    ends_on,
    extra_left,
    is_in_currency,
    name_of,
    rate_in_words,
)
from advisor.advise.owners import SUPPLIERS
from advisor.advise.paid import FULL_WEEK, sold_for
from advisor.advise.stints import (
    BOTH,
    beside,
    first_day,
    free_from,
    free_until,
    last_day,
    most_days,
    of_holder,
    successor,
)
from advisor.model.advice import Advice
from advisor.model.days import weeks_between
from advisor.model.money import amount_of, in_words, unit_of
from advisor.model.rules import CLIENT_UNTIL, COMBINED, DELIVERY_MANAGER, HANDOVER, PLAN_UNTIL, PROJECT_MANAGER
from advisor.model.stated import Matter

OFFER, POST, HANDS = "offer", "post", "hands"
WITHOUT = "without"  # points that say why nobody else is needed
LITTLE = "managing has {days} here, which one person does beside the work"
HALF = 0.5  # of the days that a role takes, below which whoever is offered for it leads in place of its holder
NEARLY = 1.25  # of the money for managing, what still fits: the rest is found by leaving something out
MOST_BESIDE_WORK = 1.0  # days a week that somebody manages beside other work
FIND_AHEAD = 16  # weeks before a service begins, from which on somebody is taken on for it: notice, and a handover
_FIRMS = re.compile(r"\b[A-ZÀ-Þ][\w'’-]{2,}")
_DENIED = re.compile(r"^No ([a-z ]+): ")


def is_on_staffing(matter: Matter) -> bool:
    """Whether the matter asks for a manager or a post, or offers somebody for one."""
    return matter.kind == OFFER or matter.about == POST


def asks_for_one(advice: Advice) -> tuple[Matter, ...]:
    """The matters that ask for a manager whom the model does not need, or offer one."""
    asked = (one for one in advice.engagement.matters if is_on_staffing(one) and not for_the_team(one))
    return tuple(one for one in asked if not seat_for(advice, one))


def seat_for(advice: Advice, matter: Matter) -> str:
    """The role of the model that the matter fills: without a name, or led by whoever is offered; empty for none."""
    people, seats = advice.engagement.people, tuple(advice.split.overall)
    held = next((role for role in seats if matter.kind == OFFER and _leads(advice, role) == name_of(matter)), "")
    if held or (advice.recommendation.model == COMBINED and any(people.get(role) for role in seats)):
        return held
    if advice.recommendation.model == HANDOVER and _is_far(advice):
        seats = tuple(role for role in seats if role != DELIVERY_MANAGER)
    if matter.kind == OFFER and (is_from_supplier(advice, matter) or costs_too_much(advice, matter)):
        return ""
    open_ones = [role for role in seats if not people.get(role) and advice.names.roles[role].manager]
    if matter.about == POST:
        open_ones += [role for role in seats if _is_offered(advice, role)]
    leaving = [role for role in seats if _leaves(advice, role)]
    open_ones += [role for role in leaving if matter.about == POST or not successor(advice, role)]
    open_ones += [role for role in seats if people.get(role) and has_too_little(advice, role)]
    asked = _asked_for(advice, matter)
    asked = asked if asked in seats or matter.kind == OFFER else ""  # whatever title somebody gave a post
    return next((role for role in open_ones if asked in ("", role) and _is_first(advice, matter, role)), "")


def _asked_for(advice: Advice, matter: Matter) -> str:
    """The role that the matter is on: as people said, else the one manager that its text names; empty for any."""
    if matter.role or not is_on_staffing(matter):
        return matter.role
    named = [role for role in BOTH if advice.names.roles[role].name.casefold() in matter.what.casefold()]
    return named[0] if len(named) == 1 else ""


def _is_offered(advice: Advice, role: str) -> bool:
    """Whether whoever leads in the role is offered for it."""
    name = _leads(advice, role)
    return any(one.kind == OFFER and name and name_of(one) == name for one in advice.engagement.matters)


def _is_first(advice: Advice, matter: Matter, role: str) -> bool:
    """Whether nobody was offered for the role before who could have it and leads in no other."""
    if matter.kind != OFFER:
        return True
    elsewhere = {_leads(advice, other) for other in advice.split.overall if other != role}
    offers = (one for one in advice.engagement.matters if one.kind == OFFER and one.role in ("", role))
    fit = (one for one in offers if could_lead(advice, one) and name_of(one) not in elsewhere)
    return next(fit, matter).what == matter.what


def could_lead(advice: Advice, matter: Matter) -> bool:
    """Whether whoever is offered is one person for a manager's role, whom the money pays for until go-live at least."""
    name, ends, live = name_of(matter), ends_on(advice, matter), advice.engagement.dates.get("go_live", "")
    if for_the_team(matter) or not (name[:1].isupper() or name.startswith(UNNAMED)) or (ends and ends < live):
        return False
    return not is_from_supplier(advice, matter) and not costs_too_much(advice, matter)


def is_from_supplier(advice: Advice, matter: Matter) -> bool:
    """Whether a buyer is offered somebody of a supplier's, who would accept what their own firm delivers."""
    reader = advice.engagement.answers.get("reader") or advice.assumed.get("reader", "")
    if reader != "buyer":
        return False
    firms = (word for one in people_of(advice, SUPPLIERS) for word in _FIRMS.findall(one.name))
    return any(re.search(rf"(?<!\w){re.escape(firm)}(?!\w)", f"{matter.what} {matter.who}") for firm in firms)


def costs_too_much(advice: Advice, matter: Matter) -> str:
    """What an offer comes to that the money does not reach; empty where it does, or nothing is known of it."""
    return too_dear(advice, matter) or dearer_than_managing(advice, matter)


def since(advice: Advice, matter: Matter) -> str:
    """Why the role is free that the matter fills: `Ada leaves on 2027-03-01`, `nobody holds that part`; else empty."""
    role = seat_for(advice, matter)
    if not role:
        return ""
    name, others = _leads(advice, role), beside(advice, role)
    stints = of_holder(advice, role)
    if matter.about == POST and _is_offered(advice, role):
        return f"{name} is there for it"
    if matter.kind == OFFER and name == name_of(matter):  # counted with already
        if not others:
            return f"{name} knows the work" if _held_before(advice, name) else "nobody holds that part"
        name, stints = others[0].name, others
    last = max((one.until for one in stints), default="") if all(one.until for one in stints) else ""
    days = [one.days for one in stints if one.name == name and one.days]
    if last and last < last_day(advice):
        return f"{name} leaves on {last}"
    if days and max(days) < HALF * _needs(advice, role):
        return f"{name} has {few_days(max(days))}, where {_needs(advice, role):g} would be usual"
    return "nobody holds that part"


def _held_before(advice: Advice, name: str) -> bool:
    """Whether somebody who is offered was there before, and is said to leave."""
    return any(one.kind == "leaver" and name in f"{one.what} {one.who}" for one in advice.engagement.matters)


def has_too_little(advice: Advice, role: str) -> bool:
    """Whether whoever leads in the role has less than half of the days that it takes, so that somebody else should."""
    has = most_days(advice, role)
    return has is not None and 0 < has < HALF * _needs(advice, role)


def _needs(advice: Advice, role: str) -> float:
    """The days a week that the role takes until delivery, of one person."""
    measure = {DELIVERY_MANAGER: CLIENT_UNTIL}.get(role, PLAN_UNTIL)
    return min(sum(one.days for one in advice.levels if one.measure == measure), FULL_WEEK)


def _leaves(advice: Advice, role: str) -> str:
    """The last day (ISO 8601) of whoever leads in the role, where they go before the work ends; else empty."""
    last, ends = free_until(advice, role), last_day(advice)
    return last if last and last < ends else ""


def _leads(advice: Advice, role: str) -> str:
    """The name of whoever leads in the role; empty where nobody has a name."""
    found = of_holder(advice, role)
    return found[0].name if found else advice.engagement.people.get(role, "")


def why_not(advice: Advice, matter: Matter) -> str:
    """Why it is not needed, to read on after `that`, with placeholders of its own; empty where it is needed."""
    if for_the_team(matter):
        return too_dear(advice, matter)
    if seat_for(advice, matter):
        return ""
    if matter.kind == OFFER and is_from_supplier(advice, matter):
        return "whoever accepts a supplier's work cannot come from that supplier"
    dear = costs_too_much(advice, matter) if matter.kind == OFFER else ""
    if dear:
        return dear
    seats, asked = tuple(advice.split.overall), _asked_for(advice, matter)
    waits = advice.recommendation.model == HANDOVER and _is_far(advice)
    if waits and asked in ("", DELIVERY_MANAGER):
        return "no delivery manager is needed before {go_live}: {who_project_manager} has time for {client} until then"
    if asked in seats:
        day = free_from(advice, asked)
        if _is_offered(advice, asked):
            return f"{{who_{asked}}} is there for it"
        return f"{{who_{asked}}} does this {f'from {day}' if day > first_day(advice) else 'already'}"
    if len(seats) > 1 and advice.recommendation.model != COMBINED:
        return f"both parts have somebody, {' and '.join(f'{{who_{role}}}' for role in seats)}"
    if is_little(advice):
        return "no second manager is needed: " + LITTLE.format(days=few_days(advice.paid_days))
    none = {one.measure for one in advice.levels if not one.days}
    told = (one for one in advice.points if one.kind == WITHOUT and not any(f"{{{each}}}" in one.text for each in none))
    found = sorted(told, key=lambda one: -one.rank)
    if asked and found:
        title = called_as(advice, asked)
        return f"no {title} is needed: {found[0].text.partition(': ')[2].rstrip('.')}"
    return _DENIED.sub(r"no \1 is needed: ", found[0].text).rstrip(".") if found else ""


def is_little(advice: Advice) -> bool:
    """Whether managing is paid for a day a week at most, where it would usually take more."""
    usual = sum(one.days for one in advice.levels if one.measure in (CLIENT_UNTIL, PLAN_UNTIL))
    return 0 < advice.paid_days <= MOST_BESIDE_WORK and advice.paid_days < usual


def few_days(days: float) -> str:
    """`half a day a week`, `1.5 days a week`."""
    return {0.5: "half a day", 1.0: "one day"}.get(days, f"{days:g} days") + " a week"


def _is_far(advice: Advice) -> bool:
    """Whether something is still to be delivered, and not within months: who takes the service over is found later."""
    if not any(part.phase not in ("post_delivery", "governance") for part in advice.split.phases):
        return False
    first, live = first_day(advice), advice.engagement.dates.get("go_live", "")
    return not (first and live) or weeks_between(first, live) > FIND_AHEAD


def named_leads(advice: Advice) -> str:
    """`Ada as delivery manager and Ben as project manager`, `Ada for both`; empty where nobody has a name yet."""
    roles = tuple(advice.split.overall)
    if advice.recommendation.model == COMBINED:
        name = next((name for role in roles if (name := _leads(advice, role))), "")
        return f"{name} for both" if name else ""
    named = [_named_from(advice, role, name) for role in roles if (name := _leads(advice, role))]
    if advice.recommendation.model == HANDOVER and len(named) == len(roles) > 1:
        first, then = (_named_from(advice, role, _leads(advice, role)) for role in (PROJECT_MANAGER, DELIVERY_MANAGER))
        leaves = _leaves(advice, PROJECT_MANAGER)
        until = leaves if leaves < advice.engagement.dates.get("go_live", "") else ""
        return f"{first} until {until or advice.names.go_live}, then {then}"
    return " and ".join(named)


def _named_from(advice: Advice, role: str, name: str) -> str:
    """`Ada as delivery manager from 2027-03-01`, without a day where that is known to have gone by."""
    day = free_from(advice, role)
    start = f" from {day}" if day > first_day(advice) else ""
    return f"{name} as {called_as(advice, role)}{start}"


def called_as(advice: Advice, role: str) -> str:
    """What the role is called inside a sentence, by this model: `delivery manager`, `delivery and project manager`."""
    columns = advice.names.columns.get(advice.recommendation.model, {})
    return (columns.get(role) or advice.names.roles[role].name).lower()


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


def dearer_than_managing(advice: Advice, matter: Matter) -> str:
    """`25 days are GBP 11,875, and GBP 4,200 is there for managing`; empty where it is not, or nothing is known."""
    money, cost = advice.engagement.money, cost_of_offer(advice, matter)
    there = sold_for(money) if money is not None else 0.0
    if money is None or cost is None or not there:
        return ""
    unit = money.managing or money.rate
    if unit_of(unit) != unit_of(cost.rate) or cost.amount <= there * NEARLY:
        return ""
    said = f"{cost.days:g} days are" if cost.days else "it is about"
    return f"{said} {in_words(cost.rate, round(cost.amount, -1))}, and {in_words(unit, there)} is there for managing"

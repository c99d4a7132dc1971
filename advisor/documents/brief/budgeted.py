"""What managing comes to until go-live, beside what is sold or budgeted for it, and what to do where it is short."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from advisor.advise.ahead import AHEAD, stage_of
from advisor.advise.offered import bought_in, extra_left, paid_until
from advisor.advise.owners import EXECUTIVE, acting, is_inside
from advisor.advise.pacing import WEEK_OF_WORK
from advisor.advise.paid import LEAST, days_in_all, sold_for
from advisor.advise.stated import TAKER
from advisor.advise.stints import of_holder
from advisor.documents.brief.cost import days_held, rounded
from advisor.documents.brief.seat_days import days_of_seats
from advisor.documents.brief.weeks import delivery
from advisor.documents.shared import words
from advisor.documents.shared.people import person
from advisor.model.advice import Advice, PointItem
from advisor.model.days import WEEKS_IN_A_MONTH, work_days_on
from advisor.model.money import Money, amount_of, in_words

RULE = "managing_sum"
FIGURES = 3  # of a sum of days that people have and rates that are known
SMALL = 0.05  # of what is sold; a gap below it is within what days a week can say
_STEP, _RANK = "step", 97
_SIGNED = re.compile(
    r"\b(?:approval|decision)\b.*\b(?:price|contract|sign|signs|signed|signature|order)\b", re.IGNORECASE
)

_HAS_SIGNED = re.compile(
    r"(?<!not )(?<!be )(?<!yet )\bsigned (?:with|on|in|for|a|the|at|by)\b|\b(?:we|was|both sides) signed\b",
    re.IGNORECASE,
)


class Share(NamedTuple):
    """One manager's days until go-live, in all and a week, what they cost (0: not known), and a month's cost after."""

    called: str
    days: float
    weekly: float
    cost: float
    monthly: float


def budget_line(advice: Advice) -> str:
    """`Ifeoma Balogun takes 57 days until go-live, about GBP 37,000; GBP 19,500 is sold for it: about 18,000 short.`

    Empty where the file says nothing of money, or no days can be counted.
    """
    money, shares = advice.engagement.money, _shares(advice)
    if money is None or not shares:
        return ""
    said = words.listed([_taken(advice, one) for one in shares])
    line = f"Managing until {delivery(advice)} takes {said}"
    cost = _cost(shares)
    if cost:
        line += f", about {_amount(money, cost)}"
    more = (_bought_in(advice, money), _afterwards(money, shares))
    return ". ".join(filter(None, (line + _against(advice, money, shares), *more))) + "."


def _taken(advice: Advice, one: Share) -> str:
    """`57 days of Ada Low`, `3 of Ada Low's 14 days` where there are days in all that other work takes as well."""
    stints = (stint for some in advice.engagement.times.values() for stint in some)
    has = sum(stint.total or 0.0 for stint in stints if words.clean(stint.name) == one.called)
    return f"{one.days:g} of {one.called}'s {has:g} days" if has > one.days else f"{_days(one.days)} of {one.called}"


def budget_step(advice: Advice) -> PointItem | None:
    """What to do where managing costs more than is there for it; None where it does not."""
    money, shares = advice.engagement.money, _shares(advice)
    missing = _missing(advice, money, shares) if money is not None else 0.0
    if money is None or not missing or missing <= SMALL * there_for_it(advice, money):
        return None
    gap = _amount(money, missing)
    otherwise = _without_it(advice, money, shares)
    if stage_of(advice) in AHEAD and not is_inside(advice):
        text = f"Ask for {gap} more for managing before anybody signs. {otherwise}"
        text = text if otherwise else _into_the_price(advice, money, missing, shares)
    else:
        text = f"Decide who pays about {gap} more for managing before the money is spent. {otherwise}".strip()
    who = advice.engagement.people.get("account_manager") or acting(advice, EXECUTIVE)
    about = {"what": text, TAKER: who}
    due = _before_signing(advice) or "within a week"
    return PointItem(_STEP, "{what}", _RANK, who, "", "", due, RULE, "", (), {}, inside=True, about=about)


def _into_the_price(advice: Advice, money: Money, missing: float, shares: tuple[Share, ...]) -> str:
    """What to do about several managers who cost more than is there, by whether the price can still change."""
    gap, cost, sold = (_amount(money, one) for one in (missing, _cost(shares), sold_for(money)))
    if money.price and _HAS_SIGNED.search(advice.engagement.told):
        return f"Decide which days of managing go and who pays for the rest of {gap}: the price is signed with {sold}."
    return (
        f"Put about {cost} for managing into the price in place of {sold}, or say which days go; "
        f"the {gap} would otherwise come out of our margin."
    )


def _without_it(advice: Advice, money: Money, shares: tuple[Share, ...]) -> str:
    """`Without it Sunil Mehta has 40 days, 1.5 a week: agree now what is left out`; empty for several managers."""
    (one, *others) = shares
    days = int(there_for_it(advice, money) // (one.cost / one.days)) if one.cost else 0
    if others or not days:
        return ""
    week = f"{max(round(2 * days / one.days * one.weekly) / 2, LEAST):g} a week"
    return f"Without it {one.called} has {_days(days)}, {week}: agree in writing what is left out."


def _before_signing(advice: Advice) -> str:
    """`by 2027-02-19`, a week before a price or contract is signed; empty where no day for that is known."""
    first = advice.engagement.as_of
    days = [one.by for one in advice.engagement.matters if one.by > first and _SIGNED.search(f"{one.kind} {one.what}")]
    if not days or not first:
        return ""
    week_before = work_days_on(date.fromisoformat(min(days)), -WEEK_OF_WORK)
    return f"by {max(week_before, work_days_on(date.fromisoformat(first), 1))}"


def there_for_it(advice: Advice, money: Money) -> float:
    """What is there for managing: what is sold, and what is left of the money that can be put in."""
    return sold_for(money) + max(extra_left(advice), 0.0)


def _bought_in(advice: Advice, money: Money) -> str:
    """`Of the GBP 50,000 more, Cy Low takes GBP 46,330 (113 days): GBP 3,670 is left`; empty for nobody."""
    found = bought_in(advice)
    if not found or not money.extra:
        return ""
    said = words.listed(
        [f"{words.clean(one.name)} takes {in_words(money.extra, one.amount)} ({_days(one.days)})" for one in found]
    )
    left, last = extra_left(advice), max(found, key=lambda one: one.amount)
    if left >= 0:
        return f"Of the {in_words(money.extra)} more, {said}: {in_words(money.extra, left)} is left"
    ends = paid_until(last, last.amount + left)
    pays = f", enough for {words.clean(last.name)} until {words.date_words(ends)}" if ends else ""
    return f"{words.capital(said)}, where {in_words(money.extra)} more is there{pays}"


def _shares(advice: Advice) -> tuple[Share, ...]:
    money = advice.engagement.money
    rate_of_all = money.rate if money is not None else ""
    found = []
    for role, (until, after) in days_of_seats(advice).items():
        stints = of_holder(advice, role)
        own = next((one.rate for one in stints if one.rate), rate_of_all)
        total = sum(one.total or 0 for one in stints if not one.does)  # who does other work too manages in part of it
        rate, days = amount_of(own) if own else 0.0, total or round(days_held(advice, role, until))
        who, named = person(advice, role)
        called = who if named else f"the {words.lower_first(words.column_name(advice, role))}"
        if days:
            found.append(Share(called, days, until, days * rate, after * WEEKS_IN_A_MONTH * rate))
    return tuple(found)


def _cost(shares: tuple[Share, ...]) -> float:
    """What they cost together, rounded; 0 where the rate of one of them is not known."""
    return rounded(sum(one.cost for one in shares), FIGURES) if shares and all(one.cost for one in shares) else 0.0


def _missing(advice: Advice, money: Money, shares: tuple[Share, ...]) -> float:
    cost = _cost(shares)
    return rounded(cost - there_for_it(advice, money), FIGURES) if cost and there_for_it(advice, money) else 0.0


def _against(advice: Advice, money: Money, shares: tuple[Share, ...]) -> str:
    """How the sum compares with what is there for it, or with the price of the whole."""
    missing, cost, sold = _missing(advice, money, shares), _cost(shares), days_in_all(advice.engagement)
    there = there_for_it(advice, money)
    if cost and there:
        short, spare = missing > SMALL * there, rounded(there - cost, FIGURES)
        over = f"about {_amount(money, spare)} to spare" if spare > SMALL * there else "it is enough"
        rest = f"about {_amount(money, missing)} short" if short else over
        more = max(extra_left(advice), 0.0)
        sold_in_words = f"{_amount(money, sold_for(money))} for it" if sold_for(money) else ""
        added = f"{_amount(money, more)} more at most" if more else ""
        return f"; there is {' and '.join(filter(None, (sold_in_words, added)))}: {rest}"
    if sold:
        return f"; {_days(sold)} are paid for"
    if cost and money.price:
        return f", {cost / amount_of(money.price):.0%} of {in_words(money.price)}"
    return ""


def _afterwards(money: Money, shares: tuple[Share, ...]) -> str:
    """What a month costs after go-live, beside what comes in."""
    monthly = rounded(sum(one.monthly for one in shares))
    if not monthly or not money.afterwards:
        return ""
    return f"Afterwards it is about {_amount(money, monthly)} a month, where {in_words(money.afterwards)} comes in"


def _amount(money: Money, amount: float) -> str:
    unit = next(text for text in (money.managing, money.extra, money.price, money.rate, money.afterwards, "0") if text)
    return in_words(unit, amount)


def _days(days: float) -> str:
    return f"{days:g} {'day' if days == 1 else 'days'}"

"""What managing comes to until go-live, beside what is sold or budgeted for it, and what to do where it is short."""

from __future__ import annotations

from typing import NamedTuple

from advisor.advise.ahead import AHEAD, stage_of
from advisor.advise.owners import EXECUTIVE, acting
from advisor.advise.paid import days_in_all, sold_for
from advisor.advise.stated import TAKER
from advisor.advise.stints import of_holder
from advisor.documents.brief.cost import rounded, weeks_held
from advisor.documents.brief.seat_days import days_of_seats
from advisor.documents.brief.weeks import delivery
from advisor.documents.shared import words
from advisor.documents.shared.people import person
from advisor.model.advice import Advice, PointItem
from advisor.model.days import WEEKS_IN_A_MONTH
from advisor.model.money import Money, amount_of, in_words

RULE = "managing_sum"
FIGURES = 3  # of a sum of days that people have and rates that are known
SMALL = 0.05  # of what is sold; a gap below it is within what days a week can say
_STEP, _RANK = "step", 97


class Share(NamedTuple):
    """One manager's days in all until go-live, what they cost (0: no rate is known), and what a month costs after."""

    called: str
    days: float
    cost: float
    monthly: float


def budget_line(advice: Advice) -> str:
    """`Ifeoma Balogun takes 57 days until go-live, about GBP 37,000; GBP 19,500 is sold for it: about 18,000 short.`

    Empty where the file says nothing of money, or no days can be counted.
    """
    money, shares = advice.engagement.money, _shares(advice)
    if money is None or not shares:
        return ""
    said = words.listed([f"{_days(one.days)} of {one.called}" for one in shares])
    line = f"Managing until {delivery(advice)} takes {said}"
    cost = _cost(shares)
    if cost:
        line += f", about {_amount(money, cost)}"
    return ". ".join(filter(None, (line + _against(advice, money, shares), _afterwards(money, shares)))) + "."


def budget_step(advice: Advice) -> PointItem | None:
    """What to do where managing costs more than is there for it; None where it does not."""
    money, shares = advice.engagement.money, _shares(advice)
    missing = _missing(money, shares) if money is not None else 0.0
    if money is None or not missing or missing <= SMALL * sold_for(money):
        return None
    gap, cost, sold = (_amount(money, one) for one in (missing, _cost(shares), sold_for(money)))
    text = (
        f"Put about {cost} for managing into the price in place of {sold}, or say which days go; "
        f"the {gap} would otherwise come out of our margin."
        if stage_of(advice) in AHEAD
        else f"Decide who pays about {gap} more for managing, or which days go, before the money is spent."
    )
    who = advice.engagement.people.get("account_manager") or acting(advice, EXECUTIVE)
    about = {"what": text, TAKER: who}
    return PointItem(_STEP, "{what}", _RANK, who, "", "", "within a week", RULE, "", (), {}, inside=True, about=about)


def _shares(advice: Advice) -> tuple[Share, ...]:
    money = advice.engagement.money
    rate_of_all = money.rate if money is not None else ""
    found = []
    for role, (until, after) in days_of_seats(advice).items():
        stints = of_holder(advice, role)
        own = next((one.rate for one in stints if one.rate), rate_of_all)
        total = sum(one.total or 0 for one in stints if not one.does)  # who does other work too manages in part of it
        rate, days = amount_of(own) if own else 0.0, total or round(until * weeks_held(advice, role))
        who, named = person(advice, role)
        called = who if named else f"the {words.lower_first(words.column_name(advice, role))}"
        if days:
            found.append(Share(called, days, days * rate, after * WEEKS_IN_A_MONTH * rate))
    return tuple(found)


def _cost(shares: tuple[Share, ...]) -> float:
    """What they cost together, rounded; 0 where the rate of one of them is not known."""
    return rounded(sum(one.cost for one in shares), FIGURES) if shares and all(one.cost for one in shares) else 0.0


def _missing(money: Money, shares: tuple[Share, ...]) -> float:
    cost = _cost(shares)
    return rounded(cost - sold_for(money), FIGURES) if cost and sold_for(money) else 0.0


def _against(advice: Advice, money: Money, shares: tuple[Share, ...]) -> str:
    """How the sum compares with what is there for it, or with the price of the whole."""
    missing, cost, sold = _missing(money, shares), _cost(shares), days_in_all(advice.engagement)
    if cost and sold_for(money):
        short = missing > SMALL * sold_for(money)
        spare = rounded(sold_for(money) - cost, FIGURES)
        over = f"about {_amount(money, spare)} to spare" if spare > SMALL * sold_for(money) else "it is enough"
        rest = f"about {_amount(money, missing)} short" if short else over
        return f"; there is {_amount(money, sold_for(money))} for it: {rest}"
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
    unit = next(text for text in (money.managing, money.price, money.rate, money.afterwards, "0") if text)
    return in_words(unit, amount)


def _days(days: float) -> str:
    return f"{days:g} {'day' if days == 1 else 'days'}"

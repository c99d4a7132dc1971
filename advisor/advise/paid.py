"""How many days a week the money of an engagement pays for, from what was sold and the weeks until go-live."""

from __future__ import annotations

from advisor.model.days import weeks_between
from advisor.model.engagement import Engagement
from advisor.model.money import Money, amount_of

MANAGED = 6  # so many days of small work go with one of managing it, by rule of thumb
FULL_WEEK, LEAST = 5.0, 0.5  # days of one person; nobody who is named leads in less than half a day


def days_in_all(engagement: Engagement) -> float:
    """The days of managing that are sold or budgeted for until go-live; 0 where nobody said."""
    money = engagement.money
    if money is None:
        return 0.0
    return money.days or (amount_of(money.managing) / amount_of(money.rate) if money.managing and money.rate else 0.0)


def sold_for(money: Money) -> float:
    """The amount that is there for managing until go-live; 0 where nobody said."""
    if money.managing:
        return amount_of(money.managing)
    return money.days * amount_of(money.rate) if money.days and money.rate else 0.0


def days_a_week(engagement: Engagement) -> float:
    """Those days over the weeks from the first day to go-live, in halves; 0 where the file has no such dates."""
    days, live = days_in_all(engagement), engagement.dates.get("go_live", "")
    first = max(engagement.dates.get("start", ""), engagement.as_of)
    if not days or not first or first >= live:
        return 0.0
    return spread(days, first, live)


def there_for_managing(engagement: Engagement) -> float:
    """What is sold or budgeted for managing until go-live, with what can be put in; 0 where nobody said."""
    money = engagement.money
    if money is None or not sold_for(money):
        return 0.0
    return sold_for(money) + (amount_of(money.extra) if money.extra else 0.0)


def weekly_cost(engagement: Engagement, role: str) -> float:
    """What a week of whoever is named for the role costs, with all the days that they have; 0 where it is not known."""
    rate = engagement.money.rate if engagement.money is not None else ""
    stints = engagement.times.get(role, ())
    costs = (one.days * amount_of(one.rate or rate) for one in stints if one.days and (one.rate or rate))
    return max(costs, default=0.0)


def weeks_until_live(engagement: Engagement) -> float:
    """The weeks from the first day to go-live; 0 where the file has no such dates."""
    first, live = max(engagement.dates.get("start", ""), engagement.as_of), engagement.dates.get("go_live", "")
    return weeks_between(first, live) if first and first < live else 0.0


def share_of_work(engagement: Engagement) -> float:
    """Days of managing a week that small work bears whose people have days in all; 0 where nothing can be counted."""
    days = sum(one.total or 0.0 for stints in engagement.times.values() for one in stints)
    live, first = engagement.dates.get("go_live", ""), max(engagement.dates.get("start", ""), engagement.as_of)
    return spread(days / MANAGED, first, live) if days and first and first < live else 0.0


def spread(days: float, first: str, last: str) -> float:
    """Days in all as days a week from one day to another (ISO 8601), in halves."""
    weeks = max(weeks_between(first, last), 1.0)
    return min(max(round(days / weeks * 2) / 2, LEAST), FULL_WEEK)

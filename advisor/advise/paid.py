"""How many days a week the money of an engagement pays for, from what was sold and the weeks until go-live."""

from __future__ import annotations

from advisor.model.days import weeks_between
from advisor.model.engagement import Engagement
from advisor.model.money import Money, amount_of, unit_of

MANAGED = 6  # so many days of small work go with one of managing it, by rule of thumb
ENOUGH = 0.75  # of the days that managing usually takes, with which somebody who knows the work gets by
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
    days, (first, live) = days_in_all(engagement), _ahead(engagement)
    return spread(days, first, live) if days and live else 0.0


def there_for_managing(engagement: Engagement) -> float:
    """What is sold or budgeted for managing until go-live, with what can be put in; 0 where nobody said."""
    money = engagement.money
    if money is None or not sold_for(money):
        return 0.0
    return sold_for(money) + (amount_of(money.extra) if money.extra else 0.0)


def weekly_cost(engagement: Engagement, role: str) -> float:
    """What a week of whoever is named for the role costs, with all the days that they have.

    0 where it is not known, or is in another currency than the money of the engagement.
    """
    if not engagement.people.get(role):
        return 0.0
    money = engagement.money or Money()
    unit = next((unit_of(text) for text in (money.managing, money.extra, money.rate) if text), "")
    rated = ((one.days or 0.0, one.rate or money.rate) for one in engagement.times.get(role, ()))
    return max((days * amount_of(rate) for days, rate in rated if rate and unit_of(rate) == unit), default=0.0)


def weeks_until_live(engagement: Engagement) -> float:
    """The weeks from the first day to go-live; 0 where the file has no such dates."""
    first, live = _ahead(engagement)
    return weeks_between(first, live) if live else 0.0


def _ahead(engagement: Engagement) -> tuple[str, str]:
    """The first day and go-live (ISO 8601); empty where the file has no such dates, or nothing lies between them."""
    first, live = max(engagement.dates.get("start", ""), engagement.as_of), engagement.dates.get("go_live", "")
    return (first, live) if first and first < live else ("", "")


def share_of_work(engagement: Engagement) -> float:
    """Days of managing a week that small work bears whose people have days in all; 0 where nothing can be counted."""
    days = sum(one.total or 0.0 for stints in engagement.times.values() for one in stints)
    first, live = _ahead(engagement)
    return spread(days / MANAGED, first, live) if days and live else 0.0


def spread(days: float, first: str, last: str) -> float:
    """Days in all as days a week from one day to another (ISO 8601), in halves."""
    weeks = max(weeks_between(first, last), 1.0)
    return min(max(round(days / weeks * 2) / 2, LEAST), FULL_WEEK)

"""What lateness comes to, from what it costs a day, week or month: the day on which the most of it is reached."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta

from advisor.model.days import moved, work_days_between
from advisor.model.money import amount_of
from advisor.model.money import in_words as money
from advisor.model.stated import Matter

_DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12}
DAY, SATURDAY = "day", 5


def cost_of(matter: Matter, today: str = "") -> str:
    """`EUR 4,800 a week, EUR 48,000 at most, which is reached on 2027-03-29`; empty without an amount.

    Of what is running it says what it has come to by today (ISO 8601), counting working days where it goes by the day.
    """
    if not matter.amount:
        return ""
    said, amount, days = [], amount_of(matter.amount), _DAYS.get(matter.per, 0.0)
    if not _is_told(matter, matter.amount):
        said.append(money(matter.amount) + (f" a {matter.per}" if matter.per else ""))
    if so_far := _so_far(matter, today):
        said.append(f"{money(matter.amount, so_far)} by {today}")
    elif matter.per == DAY:
        a_week = f"about {money(matter.amount, amount * 7 / days)} a week"
        said = [f"{said[0]} ({a_week})"] if said else [a_week]
    if matter.cap and (most := _most_of_it(matter, amount, days)):
        said.append(most)
    return ", ".join(said)


def _most_of_it(matter: Matter, amount: float, days: float) -> str:
    """`EUR 48,000 at most, which is reached on 2027-03-29`; of a cap that the text has by itself, the day alone."""
    times, reached = math.ceil(amount_of(matter.cap) / amount), ""
    if matter.by and days:
        ends = moved(date.fromisoformat(matter.by), timedelta(days=round(times * days)))
        reached = f"is reached on {ends}"
    elif days:
        reached = f"is reached after {times} {matter.per}s"
    if _is_told(matter, matter.cap):
        return f"the most of it {reached}" if reached else ""
    return ", which ".join(filter(None, (f"{money(matter.cap)} at most", reached)))


def _so_far(matter: Matter, today: str) -> float:
    """What something has come to that runs since its day, for each whole day, week or month; 0 for all else."""
    if not (matter.by and today) or matter.by >= today or matter.per not in _DAYS:
        return 0.0
    first, last = date.fromisoformat(matter.by), date.fromisoformat(today)
    days = work_days_between(first, last) + (first.weekday() < SATURDAY) + (last.weekday() < SATURDAY)
    times = days if matter.per == "day" else int((last - first).days / _DAYS[matter.per])
    most = amount_of(matter.cap) if matter.cap else math.inf
    return min(times * amount_of(matter.amount), most)


def _is_told(matter: Matter, typed: str) -> bool:
    """Whether the text has the amount by itself."""
    return f"{amount_of(typed):.0f}" in re.sub(r"[^0-9]+", " ", matter.what.replace(",", "")).split()

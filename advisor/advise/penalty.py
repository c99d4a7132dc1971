"""What lateness comes to, from what it costs a day, week or month: the day on which the most of it is reached."""

from __future__ import annotations

import math
from datetime import date, timedelta

from advisor.model.days import moved
from advisor.model.money import amount_of
from advisor.model.money import in_words as money
from advisor.model.stated import Matter

_DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12}
WEEK = "week"


def cost_of(matter: Matter) -> str:
    """`EUR 4,800 a week, EUR 48,000 at most, which is reached on 2027-03-29`; empty without an amount."""
    if not matter.amount:
        return ""
    said = money(matter.amount) + (f" a {matter.per}" if matter.per else "")
    amount, days = amount_of(matter.amount), _DAYS.get(matter.per, 0.0)
    if matter.per not in ("", WEEK):
        said += f" (about {money(matter.amount, amount * 7 / days)} a week)"
    if matter.cap:
        said += f", {money(matter.cap)} at most"
        times = math.ceil(amount_of(matter.cap) / amount)
        if matter.by and days:
            said += f", which is reached on {moved(date.fromisoformat(matter.by), timedelta(days=round(times * days)))}"
        elif days:
            said += f", which is reached after {times} {matter.per}s"
    return said

"""What somebody who is offered or bought in costs in all, and what the money that can be put in still pays for."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from advisor.advise.against import MONTHS, NUMBERS, days_in
from advisor.advise.owners import TEAM
from advisor.advise.paid import FULL_WEEK
from advisor.advise.stints import first_day
from advisor.model.advice import Advice
from advisor.model.days import WEEKS_IN_A_MONTH, moved, weeks_between, work_days_on
from advisor.model.money import Money, amount_of, in_words, unit_of
from advisor.model.stated import Matter

_IN_A_WEEK = {"week": 1.0, "month": 1 / WEEKS_IN_A_MONTH}
_RATE = re.compile(r"([A-Z]{3} |[€£$] ?)([1-9][0-9,]*) (?:a|per) (day|week|month)\b")
_DAYS = re.compile(rf"\b([1-5](?:\.5)?|{'|'.join(NUMBERS)}) days? (?:a|per) week\b", re.IGNORECASE)
_END_OF = re.compile(rf"\bend of ({'|'.join(MONTHS)})(?: (\d{{4}}))?\b", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:until|till|up to|to|through)\b", re.IGNORECASE)
_NO_BRACES = str.maketrans("{}", "()")  # names go into sentences whose placeholders are filled


UNNAMED = ("somebody ", "someone ", "a candidate ", "a contractor ", "an interim ")


class Cost(NamedTuple):
    """Who costs it, the days in all (0: not known), the rate as `EUR 640`, the amount, and from when until when."""

    name: str
    days: float
    rate: str
    amount: float
    start: str
    until: str


def cost_of_offer(advice: Advice, matter: Matter) -> Cost | None:
    """What an offer comes to, from its fields, else its words; None where no rate is known or nothing to count from."""
    rate, per = _rate(matter)
    start, until = _span(advice, matter)
    if not rate or not start or start >= until:
        return None
    weeks = weeks_between(start, until)
    if per == "day":
        found = _DAYS.search(matter.what)
        days = round((NUMBERS.get(found[1].lower()) or float(found[1])) * weeks) if found else 0.0
        return Cost(name_of(matter), days, rate, days * amount_of(rate), start, until) if days else None
    return Cost(name_of(matter), 0.0, rate, amount_of(rate) * _IN_A_WEEK.get(per, 0.0) * weeks, start, until)


def rate_in_words(matter: Matter) -> str:
    """`GBP 9,500 a month`; empty where the offer's fields have no amount."""
    return in_words(matter.amount) + (f" a {matter.per}" if matter.per else "") if matter.amount else ""


def name_of(matter: Matter) -> str:
    """Who is offered: the text up to its first bracket or comma; without a name, with where they come from."""
    ends = r" ?[(,;]| for | at " if matter.what.startswith(UNNAMED) else r" ?[(,;]| for | from | at "
    return re.split(ends, matter.what, maxsplit=1)[0].strip()


def starts_on(advice: Advice, matter: Matter) -> str:
    """From when on somebody is offered (ISO 8601), as far as the entry says; else from the first day."""
    return _span(advice, matter)[0]


def ends_on(advice: Advice, matter: Matter) -> str:
    """The last day on which somebody is offered (ISO 8601), where the entry says so; else empty."""
    start, until = _span(advice, matter)
    given = until != advice.engagement.dates.get("go_live", "")
    return until if given and until > start else ""


def days_offered(matter: Matter) -> float | None:
    """The days a week for which somebody is offered; None where the entry does not say."""
    found = _DAYS.search(matter.what)
    return float(NUMBERS.get(found[1].lower()) or found[1]) if found else None


def bought_in(advice: Advice) -> tuple[Cost, ...]:
    """What people of the team cost who have a day rate in the money's currency, until they go or until go-live."""
    money = advice.engagement.money
    live, first = advice.engagement.dates.get("go_live", ""), first_day(advice)
    found = []
    for one in advice.engagement.times.get(TEAM, ()):
        start, until = max(first, one.start), min(filter(None, (one.until, live)), default="")
        if one.rate and one.name and is_in_currency(money, one.rate) and (one.total or (start and start < until)):
            days = one.total or round((one.days or FULL_WEEK) * weeks_between(start, until))
            found.append(Cost(one.name.translate(_NO_BRACES), days, one.rate, days * amount_of(one.rate), start, until))
    return tuple(found)


def is_in_currency(money: Money | None, rate: str) -> bool:
    """Whether the rate can be set against what can be put in."""
    return money is None or not money.extra or unit_of(money.extra) == unit_of(rate)


def extra_left(advice: Advice) -> float:
    """What is left of the money that can be put in once everybody who is bought in for the team is paid."""
    money = advice.engagement.money
    if money is None or not money.extra:
        return 0.0
    return amount_of(money.extra) - sum(one.amount for one in bought_in(advice))


def is_paid_for(advice: Advice, matter: Matter) -> bool:
    """Whether the matter names somebody who is bought in, and the money that can be put in reaches."""
    names = [one.name.casefold() for one in bought_in(advice)]
    return extra_left(advice) > 0 and any(name in matter.what.casefold() for name in names)


def paid_until(cost: Cost, amount: float) -> str:
    """The last working day (ISO 8601) that the amount pays for; empty where days are not known."""
    days = int(amount // amount_of(cost.rate)) if cost.days and cost.rate else 0
    weeks = weeks_between(cost.start, cost.until) if days and cost.start else 0.0
    if not weeks:
        return ""
    a_day = timedelta(days=round(days / cost.days * weeks * 7))
    return work_days_on(moved(date.fromisoformat(cost.start), a_day), -1).isoformat()


def _rate(matter: Matter) -> tuple[str, str]:
    if matter.amount:
        return matter.amount, matter.per
    found = _RATE.search(matter.what)
    return (f"{found[1].strip()} {found[2].replace(',', '')}", found[3]) if found else ("", "")


def _span(advice: Advice, matter: Matter) -> tuple[str, str]:
    """From when until when somebody is offered, as far as the entry says; else from the first day until go-live."""
    said = sorted({*(day.isoformat() for day in days_in(matter.what, advice.engagement.as_of)), *_ends(advice, matter)})
    first, live = first_day(advice), advice.engagement.dates.get("go_live", "")
    ends_only = len(said) == 1 and _UP_TO.search(matter.what)
    start = max(first, matter.start or (said[0] if said and not ends_only else matter.by))
    later = [day for day in said if day > start]
    return start, matter.until or (later[-1] if later else live)


def _ends(advice: Advice, matter: Matter) -> Iterator[str]:
    """The last day of each month of which the text names the end."""
    as_of = advice.engagement.as_of
    for month, year in _END_OF.findall(matter.what):
        at, first = MONTHS.index(month.lower()) + 1, int(year or as_of[:4] or MINYEAR)
        last = (_last_of(one, at) for one in ((first,) if year else (first, first + 1)))
        yield from [day for day in last if day and (year or day >= as_of)][:1]


def _last_of(year: int, month: int) -> str:
    """The last day of the month (ISO 8601); empty where the calendar has no such year."""
    if not MINYEAR <= year <= MAXYEAR:
        return ""
    return date(year, month, monthrange(year, month)[1]).isoformat()

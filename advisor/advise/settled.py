"""What dates, people and money of a file settle by themselves, so that nobody is asked and nothing is assumed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from advisor.advise.against import NUMBERS
from advisor.advise.owners import CLIENTS, TEAM
from advisor.advise.paid import weekly_cost, weeks_until_live
from advisor.advise.stints import BOTH
from advisor.model.engagement import Engagement
from advisor.model.money import amount_of

MANY_POINTS = 3  # open matters with people of the client's, which nobody settles once a month
_NO_POINTS = frozenset({"fact", "rule", "absence", "leaver"})
_MONTHS_3, _YEAR = 92, 366  # days
_LONG = 60  # days into the work
_PARTS = re.compile(r", | and | with |; ")
_BRACKETS = re.compile(r"\([^()]*\)")
_CROWD = re.compile(r"\b(?:team|group|people|staff|others|unit|department)\b", re.IGNORECASE)


def settled(engagement: Engagement) -> Iterator[tuple[str, str]]:
    """Questions and answers: how long the work takes, how many people are at it, how often one talks to the client."""
    start, live = (engagement.dates.get(name, "") for name in ("start", "go_live"))
    if start and live > start:
        days = (date.fromisoformat(live) - date.fromisoformat(start)).days
        yield (
            "duration",
            (
                "under_three_months"
                if days < _MONTHS_3
                else "three_to_twelve_months"
                if days <= _YEAR
                else "over_a_year"
            ),
        )
    if start and engagement.as_of and (date.fromisoformat(engagement.as_of) - date.fromisoformat(start)).days > _LONG:
        yield "takes_over", "no"  # what was taken over was taken over long ago
    if _points_with_client(engagement) >= MANY_POINTS:
        yield "client_contact", "weekly"
    people = _team(engagement)
    if people:
        sizes = ((4, "up_to_four"), (9, "five_to_nine"), (25, "ten_to_twenty_five"))
        yield "team_size", next((size for most, size in sizes if people <= most), "over_twenty_five")


def sold_once(engagement: Engagement, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """That nothing but the usual warranty is owed after delivery, where a supplier's price is one sum.

    `values` has the usual answers for whatever is open.
    """
    money, owed = engagement.money, values.get("post_delivery", "")
    once = money is not None and money.price and not money.afterwards
    if once and values.get("reader") == "supplier" and owed in ("none", "warranty"):
        yield "post_delivery", owed
        yield "run_paid", "not_paid"


def paid_by_extra(engagement: Engagement, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """That managing is paid for as usual, where what can be put in covers everybody who manages and has a rate."""
    weeks, costs = weeks_until_live(engagement), [weekly_cost(engagement, role) for role in BOTH]
    money = engagement.money
    if money is not None and money.extra and sum(costs) and sum(costs) * weeks <= amount_of(money.extra):
        yield "managing_days", values.get("managing_days", "")


def _points_with_client(engagement: Engagement) -> int:
    """How many open matters name somebody of the client's."""
    names = [engagement.people.get(role, "") for role in CLIENTS]
    names += [one.name for role in CLIENTS for one in engagement.times.get(role, ())]
    known = {one.partition(",")[0].strip() for one in names if one}
    texts = (f"{one.what} {one.who} {one.through}" for one in engagement.matters if one.kind not in _NO_POINTS)
    return sum(any(name in text for name in known) for text in texts)


def _team(engagement: Engagement) -> int:
    """How many people are listed as the team; none where one entry stands for an unknown number."""
    listed = [
        f"{one.name}, {one.does}" if _CROWD.search(one.name) else one.name for one in engagement.times.get(TEAM, ())
    ]
    texts = listed or [engagement.people.get(TEAM, "")]
    counts = [_count(text) for text in texts if text]
    told = len(listed) > 1 or any(count > 1 for count in counts)
    return sum(counts) if told and all(counts) else 0


def _count(text: str) -> int:
    parts = [part for part in _PARTS.split(_BRACKETS.sub("", text)) if part.strip()]
    numbers = [_number(part) for part in parts]
    if any(number is None and _CROWD.search(part) for number, part in zip(numbers, parts, strict=True)):
        return next((number for number in numbers if number), 0)
    return sum(number or 1 for number in numbers)


def _number(part: str) -> int | None:
    word = part.strip().partition(" ")[0].lower()
    return int(word) if word.isdigit() else NUMBERS.get(word)

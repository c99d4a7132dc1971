"""What dates and people of a file settle by themselves, so that nobody is asked for it and nothing is assumed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from advisor.advise.against import NUMBERS
from advisor.advise.owners import TEAM
from advisor.model.engagement import Engagement

_MONTHS_3, _YEAR = 92, 366  # days
_PARTS = re.compile(r", | and | with |; ")
_BRACKETS = re.compile(r"\([^()]*\)")
_CROWD = re.compile(r"\b(?:team|group|people|staff|others|unit|department)\b", re.IGNORECASE)


def settled(engagement: Engagement) -> Iterator[tuple[str, str]]:
    """Questions and answers: how long the work takes, and how many people are at it."""
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
    people = _team(engagement)
    if people:
        sizes = ((4, "up_to_four"), (9, "five_to_nine"), (25, "ten_to_twenty_five"))
        yield "team_size", next((size for most, size in sizes if people <= most), "over_twenty_five")


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

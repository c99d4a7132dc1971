"""The days of the week on which somebody works, as people write them: `Monday to Wednesday`, `Tue, Thu`."""

from __future__ import annotations

import re
from datetime import date, timedelta

NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AT = {name[:3]: at for at, name in enumerate(NAMES)}
_DAY = "(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|days?|sdays?|nesdays?|rsdays?|urdays?)?"
_PART = re.compile(rf"{_DAY}(?:\s*(?:to|until|[-–])\s*{_DAY})?")
_BETWEEN = re.compile(r"\s*(?:,|;|&|\band\b)\s*")


def weekdays_in(text: str) -> frozenset[int]:
    """The weekdays that a text names, Monday as 0; none where it names anything else."""
    found: set[int] = set()
    for part in _BETWEEN.split(text.casefold().strip()):
        said = _PART.fullmatch(part)
        first, last = (_AT[said[1]], _AT[said[2] or said[1]]) if said else (1, 0)
        if first > last:
            return frozenset()
        found |= {*range(first, last + 1)}
    return frozenset(found)


def on_one_of(day: date, weekdays: frozenset[int], first: date) -> date:
    """The day, or the last one before it that is one of the weekdays; the next one where that lies before `first`."""
    week = [day + timedelta(days=away) for away in (*range(0, -7, -1), *range(1, 7))]
    return next((one for one in week if one.weekday() in weekdays and one >= first), day)

"""The days of the week on which somebody works, as people write them: `Monday to Wednesday`, `Tue, Thu`."""

from __future__ import annotations

import re
from datetime import date, timedelta

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT = {name[:3].casefold(): at for at, name in enumerate(NAMES)}
_DAY = r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_RANGE = re.compile(rf"{_DAY}\s*(?:to|until|[-–])\s*{_DAY}")
_LIST = re.compile(rf"{_DAY}(?:\s*(?:,|and|&)\s*{_DAY})*")


def weekdays_in(text: str) -> frozenset[int]:
    """The weekdays that a text names, Monday as 0; none where it names anything else."""
    said = text.casefold().strip()
    if span := _RANGE.fullmatch(said):
        first, last = _SHORT[span[1]], _SHORT[span[2]]
        return frozenset(range(first, last + 1)) if first <= last else frozenset()
    return frozenset(_SHORT[one] for one in re.findall(_DAY, said)) if _LIST.fullmatch(said) else frozenset()


def on_one_of(day: date, weekdays: frozenset[int], first: date) -> date:
    """The day, or the last one before it that is one of the weekdays; the next one where that lies before `first`."""
    week = [day + timedelta(days=away) for away in (*range(0, -7, -1), *range(1, 7))]
    return next((one for one in week if one.weekday() in weekdays and one >= first), day)

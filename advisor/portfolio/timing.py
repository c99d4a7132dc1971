"""Loads by date: when the phases of an engagement run, and how much of a person that takes in each month."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache

from advisor.model.load import BUILD, SERVICE, THROUGHOUT, LoadPolicy
from advisor.portfolio.values import FULL_TIME, Span, Staffed

LONGEST = 3_653  # days that one engagement is counted for: an end in the year 9999 means that none is planned
_LAST = datetime.date.max.toordinal()


def spans_of(load: LoadPolicy, by_phase: Mapping[str, int], mean: int, dates: Mapping[str, str]) -> tuple[Span, ...]:
    """When each load runs; nothing without a start and either go-live or end.

    Phases of the build share the time to go-live as the policy says, those past keep their place in it. Without a
    go-live date the mean runs evenly from start to end.
    """
    start, live, end = (_day(dates, name) for name in ("start", "go_live", "end"))
    if start is None or (live is None and end is None):
        return ()
    if live is None:
        assert end is not None
        return _within([Span(start, end + 1, mean)], start)
    served = any(load.phases[phase].during == SERVICE for phase in by_phase)
    after = end + 1 if end is not None else _later(live, load.months_without_end) if served else live
    spans, passed = [], 0
    for phase, policy in load.phases.items():
        first, last = (start, after) if policy.during == THROUGHOUT else (live, after)
        if policy.during == BUILD:
            first = start + (live - start) * passed // 100
            passed += policy.time
            last = start + (live - start) * passed // 100
        spans.append(Span(first, last, by_phase.get(phase, 0)))
    return _within(spans, start)


def _within(spans: list[Span], start: int) -> tuple[Span, ...]:
    limit = min(start + LONGEST, _LAST)
    cut = (Span(span.first, min(span.after, limit), span.load) for span in spans if span.load)
    return tuple(span for span in cut if span.first < span.after)


def _day(dates: Mapping[str, str], name: str) -> int | None:
    return datetime.date.fromisoformat(dates[name]).toordinal() if dates.get(name) else None


def _later(day: int, months: int) -> int:
    date = datetime.date.fromordinal(day)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        return _LAST
    return datetime.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1])).toordinal()


def month_of(day: int) -> int:
    """The month of a day, counted from the year 0."""
    date = datetime.date.fromordinal(day)
    return date.year * 12 + date.month - 1


def month_id(month: int) -> str:
    """A month as `2027-01`."""
    return f"{month // 12:04}-{month % 12 + 1:02}"


@cache
def days_in(month: int) -> int:
    """How many days a month has."""
    return calendar.monthrange(month // 12, month % 12 + 1)[1]


def load_days(spans: Iterable[Span]) -> Counter[int]:
    """By month, the loads times the days that they run in it."""
    found: Counter[int] = Counter()
    for span in spans:
        for month, days in _months(span):
            found[month] += span.load * days
    return found


def _months(span: Span) -> Iterator[tuple[int, int]]:
    day, month = span.first, month_of(span.first)
    until = day - datetime.date.fromordinal(day).day + 1 + days_in(month)
    while day < span.after:
        yield month, min(until, span.after) - day
        day, month = until, month + 1
        until += days_in(month) if day < span.after else 0


class Busy:
    """Loads of one person, added up by month; what is not dated counts in every month."""

    def __init__(self, roles: Iterable[Staffed] = ()) -> None:
        self.always = 0
        self.dated: Counter[int] = Counter()
        for role in roles:
            self.add(role)

    def add(self, role: Staffed) -> None:
        if role.spans:
            self.dated.update(load_days(role.spans))
        else:
            self.always += role.mean or 0

    def has_room(self, other: Busy) -> bool:
        """Whether both together are at most one person in each month."""
        always = self.always + other.always
        return always <= FULL_TIME and all(
            always * days_in(month) + self.dated[month] + other.dated[month] <= FULL_TIME * days_in(month)
            for month in {**self.dated, **other.dated}
        )

    def take(self, other: Busy) -> None:
        self.always += other.always
        self.dated.update(other.dated)

    @property
    def month(self) -> int | None:
        """The busiest month, the first where several are; None without dates."""
        # exact, so that equal months are equal
        return max(sorted(self.dated), key=lambda one: Fraction(self.dated[one], days_in(one)), default=None)

    @property
    def highest(self) -> float:
        """The mean load of the busiest month, in persons."""
        month = self.month
        if month is None:
            return self.always / FULL_TIME
        return (self.always * days_in(month) + self.dated[month]) / (FULL_TIME * days_in(month))


def busiest(roles: Iterable[Staffed]) -> tuple[float, str]:
    """The highest mean load of a month, in persons, and that month, empty where nothing is dated."""
    busy = Busy(roles)
    return busy.highest, "" if busy.month is None else month_id(busy.month)

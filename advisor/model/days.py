"""Days counted forwards and back, within the calendar: a file may say 9999-12-31 for what has no end."""

from __future__ import annotations

from datetime import date, timedelta

WEEKS_IN_A_MONTH = 52 / 12
_DAY, _WEEK, _WORKING = timedelta(days=1), 7, 5


def moved(day: date, by: timedelta) -> date:
    """The day so much later or earlier; the calendar's last or first where that lies beyond it."""
    return date.fromordinal(min(max(day.toordinal() + by.days, date.min.toordinal()), date.max.toordinal()))


def at_work(day: date) -> date:
    """The day, or the Friday before it; holidays are not known."""
    return moved(day, -max(day.weekday() - _WORKING + 1, 0) * _DAY)


def work_days_on(day: date, count: int) -> date:
    """So many working days later, or earlier where that is below nothing."""
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day = moved(day, step)
        while day.weekday() >= _WORKING:
            day = moved(day, step)
    return day


def work_days_between(first: date, last: date) -> int:
    """The working days that lie between two days, of which neither counts."""
    return max(_counted(last.toordinal() - 1) - _counted(first.toordinal()), 0)


def weeks_between(first: str, last: str) -> float:
    """The weeks from one day to another (ISO 8601), as a fraction."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days / _WEEK


def half_way(first: date, last: date) -> date:
    """The working day half-way between the two, never before the first."""
    return max(first, at_work(first + (last - first) / 2))


def _counted(ordinal: int) -> int:
    """The working days of the calendar up to this one, whose first day was a Monday."""
    return ordinal // _WEEK * _WORKING + min(ordinal % _WEEK, _WORKING)

"""Days counted forwards and back, within the calendar: a file may say 9999-12-31 for what has no end."""

from __future__ import annotations

from datetime import date, timedelta

WEEKS_IN_A_MONTH = 52 / 12
_DAY, _WEEK, _WORKING = timedelta(days=1), 7, 5
_HOLIDAYS = frozenset({(12, 25), (12, 26), (1, 1)})


def moved(day: date, by: timedelta) -> date:
    """The day so much later or earlier; the calendar's last or first where that lies beyond it."""
    return date.fromordinal(min(max(day.toordinal() + by.days, date.min.toordinal()), date.max.toordinal()))


def is_off(day: date) -> bool:
    """Whether nearly nobody works on the day: a weekend, Christmas or New Year; other holidays are not known."""
    return day.weekday() >= _WORKING or (day.month, day.day) in _HOLIDAYS


def at_work(day: date) -> date:
    """The day, or the last one before it on which people work."""
    while is_off(day) and day > date.min:
        day = moved(day, -_DAY)
    return day


def work_days_on(day: date, count: int) -> date:
    """So many working days later, or earlier where that is below nothing."""
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day = moved(day, step)
        while is_off(day) and date.min < day < date.max:
            day = moved(day, step)
    return day


def work_days_between(first: date, last: date) -> int:
    """The working days that lie between two days, of which neither counts."""
    return max(_counted(last.toordinal() - 1) - _counted(first.toordinal()), 0)


def weeks_between(first: str, last: str) -> float:
    """The weeks from one day to another (ISO 8601), as a fraction."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days / _WEEK


def half_way(first: date, last: date) -> date:
    """The working day half-way between the two, never before the first; the last where all before it is a weekend."""
    day = max(first, at_work(first + (last - first) / 2))
    return min(work_days_on(day, 1), last) if is_off(day) else day


def _counted(ordinal: int) -> int:
    """The working days of the calendar up to this one, whose first day was a Monday."""
    return ordinal // _WEEK * _WORKING + min(ordinal % _WEEK, _WORKING)

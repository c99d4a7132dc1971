"""By which day to see to something: so many weeks before the day that counts, or before the work starts."""

from __future__ import annotations

import re
from datetime import date, timedelta

from advisor.advise.stints import first_day
from advisor.model.advice import Advice
from advisor.model.days import at_work, half_way, moved

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
SOON = 10 * DAY  # to the day that counts: what is due then comes first
_SHORT = timedelta(days=92)  # work of under three months
_STARTS_SOON = 6 * WEEK
_FRIDAY = 4
AHEAD = ("before_start", "planning")  # stages in which the start is what steps count from
_WEEKS = {"two": 2, "three": 3, "four": 4}
_WITHIN = re.compile(rf"(?:(name|decision) )?within ({'|'.join(_WEEKS)}) weeks")


def is_past(advice: Advice, day: str) -> bool:
    """Whether the day had gone by when the file was written."""
    return bool(day) and day < advice.engagement.as_of


def is_soon(advice: Advice, day: str) -> bool:
    """Whether the day was near when the file was written."""
    as_of = advice.engagement.as_of
    return bool(day and as_of) and as_of <= day < moved(date.fromisoformat(as_of), SOON).isoformat()


def stage_of(advice: Advice) -> str:
    """The stage of the work, as answered or assumed."""
    return advice.engagement.answers.get("stage") or advice.assumed.get("stage", "")


def counted_from(advice: Advice) -> str:
    """The day from which steps are counted (ISO 8601): of the file, else the start while it is ahead; or empty."""
    start = advice.engagement.dates.get("start", "") if stage_of(advice) in AHEAD else ""
    return advice.engagement.as_of or start


def early(advice: Advice, day: str, weeks: int) -> str:
    """So many weeks before the day, half-way there where that is past already, and this week where the day is."""
    last, today = date.fromisoformat(day), advice.engagement.as_of or first_day(advice)
    found = moved(last, -weeks * WEEK) if weeks else moved(last, -DAY)
    if today:
        first = date.fromisoformat(today)
        if last <= first:
            return _friday(first).isoformat()
        if found <= first:
            return half_way(first, last).isoformat()
        return max(first, at_work(found)).isoformat()
    return at_work(found).isoformat()


def sooner(advice: Advice, due: str, by: str = "") -> str:
    """What is due within weeks, for work that is short or starts soon: before it starts, or in its first week.

    It is due `by` a day (ISO 8601) at the latest, where that is known.
    """
    found = _WITHIN.fullmatch(due)
    start, today = advice.engagement.dates.get("start", ""), advice.engagement.as_of
    if not found:
        return due
    weeks, lead = _WEEKS[found[2]], f"{found[1]} " if found[1] else ""
    if by and today and by < moved(date.fromisoformat(today), weeks * WEEK).isoformat():
        return f"{lead}by {by}"
    short = _is_short(advice)
    if start and today >= start:
        return f"{lead}within one week" if short else due
    if not start or not (short or (today and _until(start, today) <= _STARTS_SOON)):
        return due
    begins = date.fromisoformat(start)
    day = at_work(moved(begins, -DAY)) if found[1] or weeks == min(_WEEKS.values()) else _friday(begins)
    if today and not found[1]:  # never later than it was
        day = min(day, at_work(moved(date.fromisoformat(today), weeks * WEEK)))
    return f"{lead}by {max(day.isoformat(), today)}"


def _until(later: str, earlier: str) -> timedelta:
    return date.fromisoformat(later) - date.fromisoformat(earlier)


def _friday(day: date) -> date:
    """The Friday of that week, or the next one."""
    return moved(day, (_FRIDAY - day.weekday()) % 7 * DAY)


def _is_short(advice: Advice) -> bool:
    duration = advice.engagement.answers.get("duration") or advice.assumed.get("duration", "")
    start, live = (advice.engagement.dates.get(name, "") for name in ("start", "go_live"))
    if start and live:
        return _until(live, start) < _SHORT
    return duration == "under_three_months"

"""By when a step is taken: the day that `within two weeks` comes to where there are dates, else as it stands."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from advisor.advise.ahead import AHEAD, stage_of
from advisor.documents.shared.words import date_words, number
from advisor.model.advice import Advice
from advisor.model.days import at_work, is_off, moved, work_days_on

_NUMBERS = {number(count): count for count in range(1, 11)} | {"a": 1}
_COUNT = "|".join(_NUMBERS)
GO_LIVE = "go-live"  # as rules write it, whatever a reader calls it
_BEFORE_LIVE = rf"\b({_COUNT}) weeks before {GO_LIVE}"
_MONDAY = datetime.date(2001, 1, 1)  # any one, to count from
AT_ONCE = 7  # days within which a step is due before work starts, where it has not
_SOME_DAY, _LATE = 60, 10_000  # where a step stands that has no day, and one before go-live
_DAY = datetime.timedelta(days=1)
_Match = re.Match[str]


def due(advice: Advice, text: str, as_of: str = "") -> str:
    """`within two weeks` as `by 25 January 2027`: counted from `as_of`, or from a start that is not long past.

    Today is not known to a document unless somebody dates it, so that the same file gives the same brief.
    """
    counted = _counted(advice, text, as_of)
    if counted is not None:
        lead, day = counted
        return f"{lead} {date_words(day.isoformat())}"
    live, first = _date(advice, "go_live"), _first(advice, as_of)
    for what, ahead in (("kick-off", first), ("the start", first), ("anybody starts", first), ("go-live", live)):
        if text == f"before {what}" and ahead:
            return f"before {'go-live' if what == 'go-live' else 'the start'} on {date_words(ahead.isoformat())}"
    return text


def day_of(advice: Advice, text: str, as_of: str = "") -> str:
    """The day (ISO 8601) by which a step is due; empty where none is known to count from."""
    counted = _counted(advice, text, as_of)
    return counted[1].isoformat() if counted else ""


def order(advice: Advice, text: str, as_of: str = "") -> int:
    """Where a step stands among others, which come in the order in which they are due, as far as can be said."""
    counted = _counted(advice, text, as_of)
    if counted is not None:
        return counted[1].toordinal()
    first = _first(advice, as_of)
    base = first.toordinal() if first else 0
    if text in ("before kick-off", "before the start", "before anybody starts", "today"):
        return base
    live = _date(advice, "go_live")
    if text == "before go-live":
        return live.toordinal() if live else _LATE
    for pattern, anchor, count in _COUNTED:
        found = re.fullmatch(pattern, text)
        if found:
            days = (count(found, _MONDAY) - _MONDAY).days
            if anchor == "now" and days <= AT_ONCE and stage_of(advice) == "before_start":
                return base
            return base + days + (_LATE if anchor == "live" else 0)
    return base + _SOME_DAY


def _counted(advice: Advice, text: str, as_of: str) -> tuple[str, datetime.date] | None:
    """`by`, or whatever else leads up to the day, and the day; None where no date is known to count from."""
    typed = re.fullmatch(r"((?:name |decision )?(?:by|from)) (\d{4}-\d\d-\d\d)", text)
    if typed:
        return typed[1], datetime.date.fromisoformat(typed[2])
    given = datetime.date.fromisoformat(as_of) if as_of else None
    first, live = _first(advice, as_of), _date(advice, "go_live")
    bases = {"now": given or first, "start": first, "live": live}
    for pattern, anchor, count in _COUNTED:
        found = re.fullmatch(pattern, text)
        base = bases[anchor]
        if found and base:
            day = count(found, base)
            # What is due in days before work starts is due before it starts: the first week is ahead of it.
            if (
                anchor == "now"
                and not given
                and stage_of(advice) == "before_start"
                and day <= moved(base, AT_ONCE * _DAY)
            ):
                day = base
            if anchor == "live" and first and day < first:
                day = first
            said = "from" if text.startswith("from") else "by"
            if said == "by" and is_off(day) and anchor == "now":
                day = before if (before := at_work(day)) >= base else work_days_on(day, 1)
            lead = f"{found['lead']} " if found.groupdict().get("lead") else ""
            return f"{lead}{said}", day
    return None


def _first(advice: Advice, as_of: str) -> datetime.date | None:
    """The first day that lies ahead, of work that has not begun."""
    start = _date(advice, "start")
    given = datetime.date.fromisoformat(as_of) if as_of else None
    return max(start, given or start) if start and stage_of(advice) in AHEAD else None


def day_in(advice: Advice, text: str, as_of: str = "") -> tuple[str, str]:
    """The day (ISO 8601) that a text begins with, as `in four weeks` or `six weeks before go-live`; what it is on."""
    before = re.match(_BEFORE_LIVE, text, re.IGNORECASE)
    if before:
        return day_of(advice, before[0].lower(), as_of), text
    later = re.fullmatch(rf"in (?P<n>{_COUNT}) weeks, (?:on )?(?P<what>.+)", text, re.IGNORECASE)
    day = day_of(advice, f"within {later['n'].lower()} weeks", as_of) if later else ""
    return (day, later["what"]) if later and day else ("", text)


def live_day(advice: Advice, text: str) -> str:
    """The day (ISO 8601) of the first `six weeks before go-live` in the text; empty without one, or without a date."""
    live, found = _date(advice, "go_live"), re.search(_BEFORE_LIVE, text, re.IGNORECASE)
    return moved(live, -7 * _NUMBERS[found[1].lower()] * _DAY).isoformat() if live and found else ""


def _weeks(found: _Match, base: datetime.date) -> datetime.date:
    return moved(base, 7 * _NUMBERS[found["n"]] * _DAY)


def _month(_: _Match, base: datetime.date) -> datetime.date:
    return moved(base, 28 * _DAY)


def _days(found: _Match, base: datetime.date) -> datetime.date:
    return moved(base, _NUMBERS[found["n"]] * _DAY)


def _working_days(found: _Match, base: datetime.date) -> datetime.date:
    day, left = base, _NUMBERS[found["n"]]
    while left:
        day = moved(day, _DAY)
        left -= day.weekday() < 5
    return day


def _end_of_week(found: _Match, base: datetime.date) -> datetime.date:
    """The Friday of that week of work."""
    monday = base - base.weekday() * _DAY
    return moved(monday, (7 * (int(found["n"]) - 1) + 4) * _DAY)


def _this_week(_: _Match, base: datetime.date) -> datetime.date:
    return moved(base, max(4 - base.weekday(), 0) * _DAY)


def _tomorrow(_: _Match, base: datetime.date) -> datetime.date:
    return moved(base, _DAY)


def _next_week(_: _Match, base: datetime.date) -> datetime.date:
    return moved(base, (7 - base.weekday()) * _DAY)


def _week_from(found: _Match, base: datetime.date) -> datetime.date:
    return moved(base, (7 * (int(found["n"]) - 1) - base.weekday()) * _DAY)


def _weeks_earlier(found: _Match, base: datetime.date) -> datetime.date:
    return moved(base, -7 * _NUMBERS[found["n"]] * _DAY)


def _same_day(_: _Match, base: datetime.date) -> datetime.date:
    return base


def _month_earlier(_: _Match, base: datetime.date) -> datetime.date:
    return moved(base, -28 * _DAY)


_COUNTED: tuple[tuple[str, str, Callable[[_Match, datetime.date], datetime.date]], ...] = (
    (rf"(?P<lead>name|decision)? ?(?:with)?in (?P<n>{_COUNT}) weeks?", "now", _weeks),
    (r"within a month", "now", _month),
    (rf"within (?P<n>{_COUNT}) days?", "now", _days),
    (rf"within (?P<n>{_COUNT}) working days?", "now", _working_days),
    (r"this week", "now", _this_week),
    (r"in the first week", "start", _this_week),
    (r"from tomorrow", "now", _tomorrow),
    (r"from next week", "now", _next_week),
    (r"end of week (?P<n>\d+)", "start", _end_of_week),
    (r"from week (?P<n>\d+)", "start", _week_from),
    (rf"(?P<n>{_COUNT}) weeks? before (?:go-live|the start|the take-over)", "live", _weeks_earlier),
    (r"a month before the start", "live", _month_earlier),
    (r"on the day of go-live", "live", _same_day),
    (rf"(?P<n>{_COUNT}) weeks? after go-live", "live", _weeks),
    (rf"(?P<n>{_COUNT}) working days? after go-live", "live", _working_days),
)


def _date(advice: Advice, name: str) -> datetime.date | None:
    given = advice.engagement.dates.get(name)
    return datetime.date.fromisoformat(given) if given else None

"""How long something takes, as its text says, counted forward to the day it comes and back to the last day to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from advisor.advise.against import MONTHS, NUMBERS, SAID, SAME_PLAN, day_named
from advisor.advise.clauses import in_short
from advisor.advise.stints import closed
from advisor.model.advice import Advice
from advisor.model.days import at_work, moved, work_days_between, work_days_on
from advisor.model.stated import DECISION, LATE, Matter

DEPENDENCY = "dependency"
LONGEST_CLOSED = 520  # working days: what is closed for longer holds up nothing that anybody plans
CLOSE = 10  # working days to spare, up to which they are worth a word
_TAKING = frozenset({"approval", "decision", "dependency", "gap", "milestone", "unknown", "vacancy", "worry"})
_STATUTORY = 28  # days that nobody calls working days are those of the calendar from here on
_SPAN = rf"(\d{{1,2}}|{'|'.join(NUMBERS)})[ -](working day|day|week|month)s?['’]?"
_ONCE = r"(?! (?:a|per|each|every)\b)"  # `two days a week` is no time that something takes
_TAKES = re.compile(
    rf"\b(?:took|takes?|taking|needs?|lasts?|requires?) (?:about |another |at least |up to |them |us )?{_SPAN}\b{_ONCE}"
    rf"|\b{_SPAN} (?:notice|to (?:agree|answer|approve|clear|consent|decide|deliver|order|reply))\b",
    re.IGNORECASE,
)
_LASTS = re.compile(rf"\b{_SPAN}\b{_ONCE}", re.IGNORECASE)
_THEN = re.compile(rf",? (?:and )?then (?:a |another )?{_SPAN}{_ONCE}", re.IGNORECASE)  # behind how long it takes
_LATER = re.compile(rf"\b{_SPAN} (?:after|later)\b", re.IGNORECASE)
_FROM = re.compile(
    rf"\b(?:from|begins?|starts?|starting)(?: on)? (\d{{1,2}} (?:{'|'.join(MONTHS)})(?: \d{{4}})?)\b",
    re.IGNORECASE,
)
_JUST_GONE_BY = timedelta(days=300)  # ahead, where a day without a year is meant to be the last one, not the next
_NEXT = 16  # characters behind `after`, in which the day stands that it is counted from
_UNITS = {"week": 7.0, "month": 365.25 / 12}


class Lead(NamedTuple):
    """When something comes or `ends`, from when on that is counted, and the day it is needed.

    `latest` is the last day to ask for it, None where it begins on a day of its own or is counted from one.
    """

    ends: bool
    comes: date
    begins: date | None
    needed: date | None
    for_go_live: bool
    latest: date | None

    @property
    def late(self) -> bool:
        """Whether it comes after it is needed."""
        return self.needed is not None and self.comes > self.needed

    @property
    def spare(self) -> int:
        """The working days that lie between its coming and the day on which it is needed."""
        return work_days_between(self.comes, self.needed) if self.needed else CLOSE + 1


def lead_of(advice: Advice, matter: Matter) -> Lead | None:
    """How long the matter takes, if asked for at once; None where its text says nothing of it, or no day is known."""
    text, as_of, ends = matter.what, advice.engagement.as_of, False
    if matter.kind not in _TAKING or not as_of:
        return None
    begins = _begins(found[1], as_of) if (found := _FROM.search(text)) else None
    later = _LATER.search(text)
    if later and (counted := _counted_from(text, later, as_of)):
        comes, begins, latest = _ahead(counted, later), counted, False
    elif begins and (lasts := _LASTS.search(text)):
        comes, latest, ends = _through(begins, lasts), False, True
    elif takes := _takes(text):
        comes, begins, latest = _through_all(advice, date.fromisoformat(as_of), takes), None, True
    else:
        return None
    needed, for_go_live = _needed(advice, matter, begins)
    last = at_work(_through_all(advice, needed, takes, -1)) if latest and takes and needed else None
    return Lead(ends, comes, begins, needed, for_go_live, last)


def in_words(advice: Advice, lead: Lead) -> str:
    """`asked for today, it comes on 2027-04-12, after go-live on 2027-04-05`, the days as ISO 8601."""
    said = f"it {'ends' if lead.ends else 'comes'} on {lead.comes}"
    said = said if lead.begins else f"asked for today, {said}"
    if lead.needed is None:
        return said
    need = f"{advice.names.go_live} on {lead.needed}" if lead.for_go_live else str(lead.needed)
    if lead.late:
        return f"{said}, after {need}"
    if lead.comes == lead.needed:
        return f"{said}, the day of {need}" if lead.for_go_live else f"{said}, on the day"
    if lead.spare <= CLOSE:
        days = {0: "no working day", 1: "one working day"}.get(lead.spare, f"{lead.spare} working days")
        return f"{said}, with {days} to spare before {need}"
    return f"the last day to ask is {lead.latest}, for {need}" if lead.latest else ""


def late(advice: Advice) -> Iterator[Matter]:
    """What comes after go-live and was stated as part of the work before it, so that the day does not hold."""
    live = advice.engagement.dates.get("go_live", "")
    for matter in advice.engagement.matters:
        if matter.kind == DEPENDENCY and _is_soon_after(live, matter.by) and advice.engagement.as_of < live:
            yield Matter(LATE, in_short(matter.what), by=matter.by)
            continue
        lead = lead_of(advice, matter)
        if lead and lead.late and lead.for_go_live:
            what = "" if matter.kind == DECISION else in_short(matter.what)
            yield Matter(LATE, what, by=lead.comes.isoformat())


def _begins(said: str, as_of: str) -> date | None:
    """The first day of something; without a year, one that has just gone by is not that of next year."""
    found = day_named(said, as_of)
    if found is None or said[-4:].isdigit():
        return found
    ahead = found - date.fromisoformat(as_of)
    return day_named(f"{said} {found.year - 1}", as_of) if ahead > _JUST_GONE_BY else found


def _counted_from(text: str, later: re.Match[str], as_of: str) -> date | None:
    """The day that `ten working days later` is counted from: the one named behind it, else the last one before it."""
    behind = day_named(text[later.end() :][:_NEXT], as_of)
    before = [found[0] for found in SAID.finditer(text[: later.start()])]
    return behind or (day_named(before[-1], as_of) if before else None)


def _takes(text: str) -> list[re.Match[str]]:
    """How long it takes, and what follows on that: `30 working days' notice, then ten working days' handover`."""
    first = _TAKES.search(text)
    more = _THEN.search(text, first.end()) if first else None
    return [one for one in (first, more) if one]


def _through_all(advice: Advice, day: date, spans: list[re.Match[str]], sign: int = 1) -> date:
    """The day so much later or earlier; of working days, those do not count on which all is closed."""
    for found in spans:
        first, day = day, _moved(day, found, sign)
        count, unit = _span(found)
        if unit not in _UNITS and not _is_of_calendar(count, unit, found[0].lower()):
            day = _past_closed(advice, first, count, sign)
    return day


def _past_closed(advice: Advice, day: date, count: int, sign: int) -> date:
    off = closed(advice)
    for _ in range(count + LONGEST_CLOSED):
        day = work_days_on(day, sign)
        count -= not any(start <= day.isoformat() <= until for start, until in off)
        if not count:
            break
    return day


def _is_soon_after(live: str, day: str) -> bool:
    """Whether a day comes so soon after go-live that it is of the same plan."""
    return bool(live and day) and live < day and _between(live, day) <= SAME_PLAN


def _between(first: str, last: str) -> int:
    return work_days_between(date.fromisoformat(first), date.fromisoformat(last))


def _needed(advice: Advice, matter: Matter, begins: date | None) -> tuple[date | None, bool]:
    """The day on which it is needed, and whether that is when the work goes live."""
    today, dates = advice.engagement.as_of, advice.engagement.dates
    by = date.fromisoformat(matter.by) if matter.by > today else None
    live = next((day for name in ("first_live", "go_live") if (day := dates.get(name, "")) > today), "")
    goes_live = date.fromisoformat(live) if live else None
    if by and by != begins and (begins is None or by > begins):
        return by, by == goes_live
    return goes_live, goes_live is not None


def _span(found: re.Match[str]) -> tuple[int, str]:
    count, unit = (one for one in found.groups() if one)
    return NUMBERS.get(count.lower()) or int(count), unit.lower()


def _is_of_calendar(count: int, unit: str, text: str) -> bool:
    return unit == "day" and (count >= _STATUTORY or "notice" in text)


def _moved(day: date, found: re.Match[str], sign: int) -> date:
    count, unit = _span(found)
    if unit in _UNITS:
        return moved(day, sign * timedelta(days=round(count * _UNITS[unit])))
    if _is_of_calendar(count, unit, found[0].lower()):
        return moved(day, sign * timedelta(days=count))
    return work_days_on(day, sign * count)


def _ahead(day: date, found: re.Match[str]) -> date:
    return _moved(day, found, 1)


def _through(begins: date, found: re.Match[str]) -> date:
    """The last working day of something that lasts so long from its first day on."""
    return at_work(moved(_moved(begins, found, 1), -timedelta(days=1)))

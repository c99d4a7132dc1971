"""Days set against each other in working days: two that are said of one thing, and what little lies between two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from advisor.model.advice import Advice
from advisor.model.days import moved, work_days_between, work_days_on
from advisor.model.stated import TIGHT, Matter

LITTLE, SAME_PLAN = 15, 20  # working days between two days up to which they are one plan's: before a day, and after it
_ENDING = frozenset({"notice", "freeze"})
_LIMITS = _ENDING | {"milestone"}
MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_SAID = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?\b", re.IGNORECASE)
_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
NUMBERS = {word: count for count, word in enumerate(_WORDS, 1)}
_TOOK = re.compile(rf"\btook (\d{{1,2}}|{'|'.join(NUMBERS)}) (day|week|month)s?\b", re.IGNORECASE)
_SPANS = {"week": 7.0, "month": 365.25 / 12}
_ENDS = re.compile(r"[;(]|, (?:as|because|for|of|on|promised|though|where|which|while|who|whose|with)\b")
LONGEST = 90


def against(advice: Advice, matter: Matter) -> str:
    """What a day that was said is set against: other days in the same text, else what is fixed close to it."""
    said = days_in(matter.what, advice.engagement.as_of)
    if len(said) > 1:
        apart = work_days_between(said[0], said[-1]) + 1
        return f"{said[0]} and {said[-1]} are {_count(apart)} apart"
    if not matter.by:
        return ""
    day = date.fromisoformat(matter.by)
    after, before = [], []
    for what, other in _fixed(advice, matter):
        later = other > day
        apart = work_days_between(*((day, other) if later else (other, day))) + later
        if later and apart <= SAME_PLAN:
            after.append((apart, f"{what} comes {_count(apart)} later, on {other}"))
        elif other < day and apart <= LITTLE:
            before.append((apart, f"only {_count(apart)} lie between {other} ({what}) and that day"))
    return min(after or before, default=(0, ""))[1]


def _fixed(advice: Advice, matter: Matter) -> Iterator[tuple[str, date]]:
    """The fixed days of an engagement, but for this one."""
    live = advice.engagement.dates.get("go_live", "")
    if live and live != matter.by:
        yield advice.names.go_live, date.fromisoformat(live)
    for one in advice.engagement.matters:
        if one.kind == "milestone" and one.by and one is not matter:
            yield in_short(one.what), date.fromisoformat(one.by)


def tight(advice: Advice) -> Iterator[Matter]:
    """The limit that leaves least time after go-live, where that is little."""
    live = advice.engagement.dates.get("go_live", "")
    if not live or live < advice.engagement.as_of:
        return
    first = date.fromisoformat(live)
    limits = [
        (work_days_between(first, date.fromisoformat(day)), day, in_short(one.what))
        for one in advice.engagement.matters
        if one.kind in _LIMITS and ((day := one.by or one.start) > live or (day == live and one.kind in _ENDING))
    ]
    apart, day, what = min(limits, default=(LITTLE + 1, "", ""))
    if apart <= LITTLE:
        yield Matter(TIGHT, what, by=day, sign=_count(apart) if apart else "no working day")


def arrives(matter: Matter, asked: str) -> str:
    """The day (ISO 8601) on which something comes at the pace of last time, where its text says what that took."""
    found = _TOOK.search(matter.what)
    if not found or not asked:
        return ""
    count = NUMBERS.get(found[1].lower()) or int(found[1])
    first, unit = date.fromisoformat(max(asked, matter.by)), found[2].lower()
    last = work_days_on(first, count) if unit == "day" else moved(first, timedelta(days=round(count * _SPANS[unit])))
    return last.isoformat()


def in_short(what: str) -> str:
    """A text up to its first clause, whole where that is not long."""
    head = _ENDS.split(what, maxsplit=1)[0].strip().rstrip(".,:")
    head = what if not head or head.count('"') % 2 else head
    return head if len(head) <= LONGEST else f"{head[:LONGEST].rpartition(' ')[0]} …"


def days_in(text: str, as_of: str) -> list[date]:
    """The days that a text gives, the soonest first; without a year, those that come next."""
    found: list[date] = []
    for day, month, year in _SAID.findall(text):
        try:
            one = date(int(year or as_of[:4] or 1), MONTHS.index(month.lower()) + 1, int(day))
            found.append(one if year or one.isoformat() >= as_of else one.replace(year=one.year + 1))
        except ValueError:  # 31 June, or 29 February
            continue
    return sorted(set(found)) if as_of else []


def _count(days: int) -> str:
    return "one working day" if days == 1 else f"{days} working days"

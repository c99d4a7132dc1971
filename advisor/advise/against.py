"""Days set against each other in working days: two that are said of one thing, and what little lies between two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from advisor.advise.clauses import in_short
from advisor.model.advice import Advice
from advisor.model.days import work_days_between
from advisor.model.stated import TIGHT, Matter

LITTLE, SAME_PLAN = 15, 20  # working days between two days up to which they are one plan's: before a day, and after it
_ENDING = frozenset({"notice", "freeze"})
FAR = 120  # working days up to which a promised day is set against going live
PROMISE = "promise"
_LIMITS = _ENDING | {"milestone"}
MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
SAID = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?\b", re.IGNORECASE)
_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
NUMBERS = {word: count for count, word in enumerate(_WORDS, 1)}


def against(advice: Advice, matter: Matter) -> str:
    """What a day that was said is set against: other days in the same text, else what is fixed close to it."""
    said = days_in(matter.what, advice.engagement.as_of)
    if len(said) == 2:  # of more, nobody can say which are meant
        apart = work_days_between(said[0], said[-1]) + 1
        return f"{said[0]} and {said[-1]} are {_count(apart)} apart"
    if not matter.by or matter.kind != PROMISE:
        return ""
    day = date.fromisoformat(matter.by)
    after, before = [], []
    for what, other in _fixed(advice, matter):
        later = other > day
        apart = work_days_between(*((day, other) if later else (other, day))) + later
        if later and apart <= (FAR if what == advice.names.go_live else SAME_PLAN):
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


def day_named(text: str, as_of: str) -> date | None:
    """The first day that a text names; None where it names none of the calendar, or nothing is known to count from."""
    found = days_in(text, as_of)
    return found[0] if found else None


def days_in(text: str, as_of: str) -> list[date]:
    """The days that a text gives, the soonest first; without a year, those that come next."""
    found: list[date] = []
    for day, month, year in SAID.findall(text):
        try:
            one = date(int(year or as_of[:4] or 1), MONTHS.index(month.lower()) + 1, int(day))
            found.append(one if year or one.isoformat() >= as_of else one.replace(year=one.year + 1))
        except ValueError:  # 31 June, or 29 February
            continue
    return sorted(set(found)) if as_of else []


def _count(days: int) -> str:
    return "one working day" if days == 1 else f"{days} working days"

"""By which day each matter is seen to: before what it serves; what hangs on no day, over the first weeks by urgency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from advisor.advise.against import days_in
from advisor.advise.ahead import WEEK, counted_from, early
from advisor.advise.lead_times import lead_of
from advisor.model.advice import Advice
from advisor.model.days import at_work, half_way, moved, work_days_between, work_days_on
from advisor.model.rules import Point
from advisor.model.stated import About, Matter, MatterKind

TWO_WEEKS = 10  # working days, after which what holds up work is looked at
FIRST_WEEKS = 15  # working days over which first steps are spread
WEEK_OF_WORK, NEAR = 5, 2
TELLING = 3  # the last turn of what is told or agreed, which a meeting that is near wants first
_LOOKS_AHEAD, _SOME_WAY = 8 * WEEK, 3 * WEEK
_PACED, _STEP = "{soon}", "step"
_MEETINGS = re.compile(
    r"\b(?:pitch|hearing|kick-?off|(?:\w+ )?meeting|(?:steering|board|committee)(?: (?:committee|group|meeting))?)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\b(?:wants?|meets?|sees?|expects?|asks?|has|have|is|are|holds?|gets?|takes?)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the) ")
_OWED = frozenset({"approval", "dependency"})
_BLOCKING = frozenset({"gap", "dependency", "vacancy"})  # what stops work now, whatever day it is needed by
_HELD = frozenset({"milestone", "approval", "decision"})


class Stated(NamedTuple):
    """A matter with its kind and with what it is about, whose name is empty where that is nothing."""

    matter: Matter
    kind: MatterKind
    name: str
    about: About

    @property
    def points(self) -> tuple[Point, ...]:
        """The lines of the brief that it becomes."""
        return (*self.kind.points, *self.about.points)

    @property
    def day(self) -> str:
        """The day that counts."""
        return self.matter.by or self.matter.start


class Pace(NamedTuple):
    """The days (ISO 8601) of one matter: of its step, of a look at what came of it, and half-way to what needs it.

    `done` is a week before the day that counts, `ready` two; `event` is the meeting that it is in time for.
    """

    soon: str = ""
    check: str = ""
    half: str = ""
    done: str = ""
    ready: str = ""
    event: str = ""


def paced(advice: Advice, stated: Sequence[Stated]) -> list[Pace]:
    """The days of each matter; none where no day is known to count from."""
    begins = counted_from(advice)
    if not begins:
        return [Pace()] * len(stated)
    first = date.fromisoformat(begins)
    meeting = _meeting(advice, stated, first)
    days = dict(_spread(advice, stated, first, meeting))
    found = [_pace(advice, one, first, _in_time(advice, one, first, days), stated) for one in stated]
    served = next((at for at, one in enumerate(stated) if _serves(one, found[at], meeting)), None)
    if meeting and served is not None:  # said once
        found[served] = found[served]._replace(event=f"{meeting[1].rstrip('.')} on {meeting[0]}")
    return found


def _serves(one: Stated, pace: Pace, meeting: tuple[str, str] | None) -> bool:
    """Whether its step says that it is in time for the meeting."""
    texts = (one.about.texts.get(_STEP, ""), *(point.text for point in one.points))
    said = next((text for text in texts if text), "")
    return meeting is not None and "{event}" in said and pace.soon < meeting[0]


def _in_time(advice: Advice, one: Stated, first: date, days: Mapping[tuple[str, ...], date]) -> date:
    """The day of its step, no later than the last day to ask for it; at once where that is past."""
    soon, lead = _soon(advice, one, first, days), lead_of(advice, one.matter)
    if lead is None or not (lead.late or lead.latest):
        return soon
    return min(soon, max(lead.latest or first, work_days_on(first, 1)))


def _soon(advice: Advice, one: Stated, first: date, days: Mapping[tuple[str, ...], date]) -> date:
    """The day of its step."""
    if not _is_paced(one):
        return _dated(advice, one, first)
    paced_on = days.get(_key(one), work_days_on(first, WEEK_OF_WORK))
    return min(paced_on, _dated(advice, one, first)) if one.day > first.isoformat() else paced_on


def _pace(advice: Advice, one: Stated, first: date, soon: date, stated: Sequence[Stated]) -> Pace:
    day = date.fromisoformat(one.day) if one.day > first.isoformat() else None
    check, done, ready = work_days_on(soon, WEEK_OF_WORK), "", ""
    latest = work_days_on(soon, TWO_WEEKS)
    if day and day > soon:
        last = work_days_on(day, -1)
        check = max(min(max(half_way(soon, day), work_days_on(soon, 1)), last), soon)
        check = min(check, latest) if one.kind.id in _BLOCKING else check
        done, ready = (max(min(work_days_on(day, -days), last), soon).isoformat() for days in (WEEK_OF_WORK, TWO_WEEKS))
    need = day or _need(advice, one, first, stated)
    steps = any(point.kind == _STEP for point in one.points)
    later = work_days_on(check, NEAR) if steps else work_days_on(first, NEAR)
    furthest = at_work(moved(first, _LOOKS_AHEAD))
    half = max(min(half_way(first, need), furthest), later) if need else work_days_on(check, NEAR)
    if not day:
        half = min(half, max(latest, check))
    return Pace(soon.isoformat(), check.isoformat(), half.isoformat(), done, ready)


def _need(advice: Advice, one: Stated, first: date, stated: Sequence[Stated]) -> date | None:
    """The day on which it is needed: the start for what others owe, else the first fixed day that is some way off."""
    dates = advice.engagement.dates
    fixed = [other.day for other in stated if other.kind.id == "milestone"]
    some_way = moved(first, _SOME_WAY).isoformat()
    if one.kind.id in _OWED and dates.get("start", "") > first.isoformat():
        return date.fromisoformat(dates["start"])
    days = sorted(day for day in (*fixed, dates.get("first_live", ""), dates.get("go_live", "")) if day > some_way)
    return date.fromisoformat(days[0]) if days else None


def _is_paced(one: Stated) -> bool:
    """Whether it is seen to as soon as its turn comes, whatever day counts."""
    due = one.about.texts.get("by") or next((point.due for point in one.points if point.kind == _STEP), "")
    return not one.day or _PACED in due


def _dated(advice: Advice, one: Stated, first: date) -> date:
    """So many weeks before the day that counts, half-way there where that is past; some days before it in any case."""
    day = date.fromisoformat(one.day)
    found = date.fromisoformat(early(advice, one.day, one.kind.ahead))
    if day <= first:
        return found
    margin = NEAR if work_days_between(first, day) > WEEK_OF_WORK else 1
    return max(min(found, work_days_on(day, -margin)), first)


def _key(one: Stated) -> tuple[str, ...]:
    """What is alike for steps that are taken together."""
    return (one.kind.id, one.name, one.matter.owner)


def _turn(one: Stated) -> int:
    return one.about.turn or one.kind.turn


def _spread(
    advice: Advice, stated: Sequence[Stated], first: date, meeting: tuple[str, str] | None
) -> Iterator[tuple[tuple[str, ...], date]]:
    """The day of each kind of step that hangs on no day: by turn, then by weight, evenly over the first weeks."""
    ranks: dict[tuple[str, ...], tuple[int, int]] = {}
    for one in stated:
        if _is_paced(one) and (one.kind.unknown or any(point.kind == _STEP for point in one.points)):
            rank = max((point.rank for point in one.points if point.kind == _STEP), default=0)
            ranks[_key(one)] = min(ranks.get(_key(one), (9, 0)), (_turn(one), -rank))
    keys = sorted(ranks, key=lambda key: ranks[key])
    start = advice.engagement.dates.get("start", "")
    room = FIRST_WEEKS
    if start > first.isoformat():
        room = max(min(room, work_days_between(first, date.fromisoformat(start))), 1)
    room = min(room, 2 * len(keys) + 1)
    held = work_days_between(first, date.fromisoformat(meeting[0])) if meeting else room
    held = max(held - 1 if held > WEEK_OF_WORK else held, 1)
    told = [key for key in keys if ranks[key][0] <= TELLING]
    for at, key in enumerate(keys, 1):
        count = max(round(at * room / len(keys)), 1)
        if meeting and key in told:
            count = min(count, max(round(at * held / len(told)), 1))
        yield key, work_days_on(first, count)


def _is_named(one: Stated) -> bool:
    """Whether the text of a fixed day is what it is called, and not a sentence."""
    return one.kind.id == "milestone" and not _SENTENCE.search(one.matter.what)


def _on_the_meeting(advice: Advice, one: Stated) -> str:
    """Who meets and what for; of a text with other days besides, nobody can say on which of them its meeting is."""
    several = one.kind.id != "milestone" and len(days_in(one.matter.what, advice.engagement.as_of)) > 1
    return one.matter.who if several else f"{one.matter.who} {one.matter.what}"


def _meeting(advice: Advice, stated: Sequence[Stated], first: date) -> tuple[str, str] | None:
    """The first meeting of the next weeks: its day and what it is called."""
    last = work_days_on(first, FIRST_WEEKS).isoformat()
    found = [
        (one.day, one.matter.what if _is_named(one) else f"the {_ARTICLE.sub('', named[0].lower())}")
        for one in stated
        if one.kind.id in _HELD and first.isoformat() < one.day <= last
        if (named := _MEETINGS.search(_on_the_meeting(advice, one)))
    ]
    return min(found, default=None)

"""Whether what is left fits before the day that counts, and until when a stock lasts, at the pace that people state."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from advisor.advise.ahead import AHEAD, counted_from, stage_of
from advisor.advise.clauses import in_short
from advisor.advise.stints import closed, gone_of_those_in
from advisor.model.advice import Advice
from advisor.model.days import is_off, moved
from advisor.model.money import amount_of
from advisor.model.money import in_words as money
from advisor.model.rates import Left, left_of, weekly
from advisor.model.stated import BEHIND, RUNS_OUT, STOCK, WORKLOAD, Matter

_DAY, _WORKING = timedelta(days=1), 5
_EXACT = 1e-6  # within which a sum of parts of a day is a whole number
_FASTER = 2  # times the pace that more hands can bring
LONGEST = 1_300  # working days looked ahead: five years


class Sum(NamedTuple):
    """What is left, the day (ISO 8601) on which it is done or gone, and how much of it goes before the day it is for.

    `ends` is empty where that takes more than five years, `needed` where no day counts.
    """

    left: Left
    ends: str
    needed: str
    room: float
    for_go_live: bool

    @property
    def short(self) -> float:
        """How much is left over on the day that counts, or lacking until then; in whole numbers."""
        return math.ceil(abs(self.left.number - self.room))


def sum_of(advice: Advice, matter: Matter) -> Sum | None:
    """The sum of a workload or a stock; None where no day is known to count from."""
    left, pace = left_of(matter.left), weekly(matter.pace)
    first, as_of = max(matter.start, counted_from(advice)), advice.engagement.as_of
    if stage_of(advice) in AHEAD and not matter.start:
        first = max(first, advice.engagement.dates.get("start", ""))
    if left is None or pace is None or not first:
        return None
    live = advice.engagement.dates.get("go_live", "")
    needed = next((day for day in (matter.by, live) if day > first), "")
    due = needed if needed != live else ""  # up to the end of that day; going live wants it done before
    day, used, room, ends = date.fromisoformat(first), 0.0, 0.0, ""
    off = _off(advice, matter)
    if first == as_of != matter.start:  # the day on which the file was written has gone
        day = moved(day, _DAY)
    for _ in range(2 * LONGEST):
        at = day.isoformat()
        if ends and at > needed:
            break
        if not is_off(day) and not any(start <= at <= until for start, until in off):
            used += pace / _WORKING
            room = used if at < needed or at == due else room
            if not ends and used + _EXACT >= left.number:
                ends = at
        day = moved(day, _DAY)
    return Sum(left, ends, needed, math.floor(room + _EXACT), needed == live)


def worked_out(advice: Advice) -> Iterator[Matter]:
    """What does not fit before the day it is for, and what is used up before then."""
    for one in advice.engagement.matters:
        found = sum_of(advice, one) if one.kind in (WORKLOAD, STOCK) else None
        if found is None or not found.needed or not _is_short(one, found):
            continue
        kind = BEHIND if one.kind == WORKLOAD else RUNS_OUT
        yield Matter(
            kind,
            in_short(one.what),
            one.who,
            one.owner,
            found.needed,
            start=one.start,
            amount=one.amount,
            left=one.left,
            pace=one.pace,
        )


def _is_short(matter: Matter, found: Sum) -> bool:
    if matter.kind in (WORKLOAD, BEHIND):
        return found.room < math.floor(found.left.number)
    return bool(found.ends) and found.room - found.left.number >= 1


def in_words(advice: Advice, matter: Matter) -> str:
    """`268 points at 34 every 2 weeks take until 2027-04-01, and 221 of them fit before go-live on 2027-03-15`."""
    found = sum_of(advice, matter)
    if found is None:
        return ""
    said, day = f"{found.left.in_words()} at {matter.pace}", _for(advice, found)
    if matter.kind in (STOCK, RUNS_OUT):
        lasts = f"last until {found.ends}" if found.ends else "last for more than five years"
        more = f"; getting to {day} takes {_more(matter, found)} more" if _is_short(matter, found) else ""
        return f"{said} {lasts}{more}"
    takes = f"take until {found.ends}" if found.ends else "take more than five years"
    if not found.needed:
        return f"{said} {takes}"
    if _is_short(matter, found):
        return f"{said} {takes}, and {found.left.in_words(found.room).split(' ')[0]} of them fit before {day}"
    return f"{said} {takes}, in time for {day}"


def ways_out(advice: Advice, matter: Matter) -> str:
    """What there is to choose from where the work does not fit: less of it, a later day, or more hands."""
    found = sum_of(advice, matter)
    if found is None or not _is_short(matter, found):
        return ""
    if matter.kind == RUNS_OUT:
        return f"{_more(matter, found)} more, or a plan that does without from {found.ends} on"
    ways = [f"{found.left.in_words(found.short)} less"]
    if found.ends:
        ways.append(f"all of it by {found.ends}")
    if found.room * _FASTER >= found.left.number:
        ways.append(f"the means to go {found.left.number / found.room - 1:.0%} faster")
    return f"{', '.join(ways[:-1])} or {ways[-1]}" if len(ways) > 1 else ways[0]


def _for(advice: Advice, found: Sum) -> str:
    return f"{advice.names.go_live} on {found.needed}" if found.for_go_live else found.needed


def _more(matter: Matter, found: Sum) -> str:
    """`119 days`, with what they cost where one has a price."""
    said = found.left.in_words(found.short)
    return f"{said} ({money(matter.amount, found.short * amount_of(matter.amount))})" if matter.amount else said


def _off(advice: Advice, matter: Matter) -> list[tuple[str, str]]:
    """The stretches in which everything is closed, or whoever does it is away."""
    return [*closed(advice), *gone_of_those_in(advice, f"{matter.who} {matter.what}")]

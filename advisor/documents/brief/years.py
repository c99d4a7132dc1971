"""Days of the next months without their year, which everybody knows who reads the date at the head of a brief."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from advisor.advise.against import MONTHS
from advisor.documents.brief.content import Brief

BACK, AHEAD = timedelta(days=60), timedelta(days=330)
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b", re.IGNORECASE)


def without_years(brief: Brief, as_of: str) -> Brief:
    """The brief with the year left out of each day near its date (ISO 8601); as it is where it has none."""
    if not as_of:
        return brief
    said = partial(_DAY.sub, partial(_shorter, date.fromisoformat(as_of)))
    return replace(
        brief,
        decision=said(brief.decision),
        staffing=said(brief.staffing),
        facts=tuple(map(said, brief.facts)),
        seats=tuple(replace(one, time=said(one.time), person=said(one.person)) for one in brief.seats),
        steps=tuple(replace(one, what=said(one.what), by=said(one.by)) for one in brief.steps),
        dangers=tuple(
            replace(one, what=said(one.what), trigger=said(one.trigger), action=said(one.action))
            for one in brief.dangers
        ),
        unknown=tuple(map(said, brief.unknown)),
        look_again=tuple(map(said, brief.look_again)),
    )


def _shorter(as_of: date, found: re.Match[str]) -> str:
    try:
        day = date(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:  # typed, and no day of the calendar
        return found[0]
    near = -BACK <= day - as_of <= AHEAD
    return f"{found[1]} {found[2]}" if near else found[0]

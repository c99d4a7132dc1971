"""Small changes of wording all through a brief: days without their year, money as the file's own texts write it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from advisor.advise.against import MONTHS
from advisor.documents.brief.content import Brief
from advisor.model.advice import Advice

BACK, AHEAD = timedelta(days=60), timedelta(days=330)
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b", re.IGNORECASE)
_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}


def without_years(brief: Brief, as_of: str) -> Brief:
    """The brief with the year left out of each day near its date (ISO 8601); as it is where it has none.

    Everybody knows the year of the next months who reads the date at the head of a brief.
    """
    return _changed(brief, partial(_DAY.sub, partial(_shorter, date.fromisoformat(as_of)))) if as_of else brief


def in_their_currency(brief: Brief, advice: Advice) -> Brief:
    """The brief with `£4,080` for `GBP 4,080` where that is how the file's own texts write money."""
    for code, symbol in _SYMBOLS.items():
        if symbol in advice.engagement.told:
            brief = _changed(brief, partial(re.compile(rf"\b{code} (?=\d)").sub, symbol))
    return brief


def _changed(brief: Brief, change: Callable[[str], str]) -> Brief:
    """The brief with each of its sentences changed; the matrix stays as it is."""
    return replace(
        brief,
        decision=change(brief.decision),
        staffing=change(brief.staffing),
        facts=tuple(map(change, brief.facts)),
        seats=tuple(replace(one, time=change(one.time), person=change(one.person)) for one in brief.seats),
        steps=tuple(replace(one, what=change(one.what), by=change(one.by)) for one in brief.steps),
        dangers=tuple(
            replace(one, what=change(one.what), trigger=change(one.trigger), action=change(one.action))
            for one in brief.dangers
        ),
        unknown=tuple(map(change, brief.unknown)),
        look_again=tuple(map(change, brief.look_again)),
    )


def _shorter(as_of: date, found: re.Match[str]) -> str:
    try:
        day = date(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:  # typed, and no day of the calendar
        return found[0]
    near = -BACK <= day - as_of <= AHEAD
    return f"{found[1]} {found[2]}" if near else found[0]

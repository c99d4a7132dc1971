"""The decision by name: who leads, how much of their week, from when until when, and who is not needed."""

from __future__ import annotations

import re

from advisor.advise.against import NUMBERS
from advisor.advise.stints import free_from, free_until, successor
from advisor.documents.brief.seat_days import days_of_seats
from advisor.documents.brief.weeks import others_of, time_of
from advisor.documents.shared import words
from advisor.documents.shared.people import person
from advisor.model.advice import Advice

_CLAUSE = re.compile(r"\{([a-z_]+) ([^{}]+)\}")
_COUNTED = re.compile(rf"(?:\d+|{'|'.join(NUMBERS)}) ", re.IGNORECASE)  # `Five project managers`
_SINGULAR = re.compile(r"(?<=\w)s(?= )")  # of the verb
_YEAR = re.compile(r"(\d{1,2} [A-Z][a-z]+) (\d{4})(?=[^.]*\b\2\b)")


def headline(advice: Advice, for_client: bool = False) -> str:
    """The model's own headline, with people and days in it; its title where a rulebook has none.

    Where the money pays for one of two managers, it is about that one; a client reads nothing of money.
    """
    one = advice.recommendation
    alone = "" if for_client else _as_paid(advice)
    if alone or not one.headline:
        return alone or one.title
    said = _CLAUSE.sub(lambda found: _clause(advice, found[1], found[2]), one.headline)
    return ". ".join(words.capital(sentence) for sentence in said.split(". "))


def _as_paid(advice: Advice) -> str:
    """Who carries all for now, where one of two managers is not paid for."""
    unpaid = advice.recommendation.not_paid_for
    paid = [role for role in advice.split.overall if role not in unpaid]
    if len(paid) != 1 or not unpaid:
        return ""
    said = _clause(advice, paid[0], "leads alone for now")
    return words.capital(f"{said}: the work asks for two managers, the money pays for one.")


def _clause(advice: Advice, role: str, does: str) -> str:
    """`Signe Holm leads as project manager, 4 days a week from 1 February until go-live on 24 September 2027`."""
    called = words.lower_first(words.column_name(advice, role))
    who, named = person(advice, role)
    does = does.replace(" until go-live", "") if _goes_early(advice, role) else does
    if not named:
        lacking = role in advice.recommendation.unstaffed
        subject = f"{words.a(called)}, {'to be found' if lacking else 'to be named'}, {does}"
    elif _COUNTED.match(who):
        subject = f"{who} {_SINGULAR.sub('', does, count=1)}"
    else:
        subject = f"{who} {does} as {called}"
    before = (
        text.replace("until then", "before that", 1)
        for text in others_of(advice, role).split("; ")
        if text.startswith("until then")
    )
    return ", ".join(text for text in (f"{subject}{_around(advice, role)}", _time(advice, role), *before) if text)


def _time(advice: Advice, role: str) -> str:
    until, after = days_of_seats(advice).get(role, (0.0, 0.0))
    if not (until or after):
        return ""
    said = time_of(advice, role, until, after).replace(" and through hypercare", "")
    more = "; who follows is to be found" if _goes_early(advice, role) and not successor(advice, role) else ""
    return _YEAR.sub(r"\1", said) + more


def _goes_early(advice: Advice, role: str) -> bool:
    """Whether the role's holder leaves before the work goes live."""
    leaves = free_until(advice, role)
    return bool(leaves) and leaves < advice.engagement.dates.get("go_live", "")


def _around(advice: Advice, role: str) -> str:
    """Who leads before or after, as far as people's time says so."""
    later, leaves = successor(advice, role), free_until(advice, role)
    return f" (then {words.clean(later)})" if later and leaves >= free_from(advice, role) else ""

"""By when a step is due: on a day on which whoever takes it is at work, and whoever it needs."""

from __future__ import annotations

from datetime import date

from advisor.advise.stints import gone_of_those_in
from advisor.documents.brief.dates import day_of
from advisor.documents.shared import words
from advisor.model.advice import Advice, PointItem
from advisor.model.days import work_days_on
from advisor.model.stated import ABSENCE, rule_of
from advisor.model.weekdays import on_one_of, weekdays_in

TO_PREPARE = 3  # working days that something takes before somebody goes
_NEEDED = ("whom", "chosen", "rest", "what")  # where those are named whom a step is taken with


def on_a_day_at_work(advice: Advice, one: PointItem, who: str, as_of: str) -> str:
    """By when the step is due, as its rule says it, or as `by` another day where somebody is not there.

    A day on which somebody is away moves to before they go, or to the day they are back where that is past or where it
    would come after the day that counts.
    """
    given = day_of(advice, one.due, as_of)
    if not (given and as_of) or one.rule == rule_of(ABSENCE):
        return one.due
    first, day = date.fromisoformat(as_of), date.fromisoformat(given)
    stints = (stint for some in advice.engagement.times.values() for stint in some if stint.weekdays)
    works = next((weekdays_in(stint.weekdays) for stint in stints if words.clean(stint.name) == who), frozenset())
    found = on_one_of(day, works, first) if works else day
    needed = " ".join((who, *(one.about.get(name, "") for name in _NEEDED)))
    for away_from, until in gone_of_those_in(advice, needed):
        if away_from <= found.isoformat() <= until:
            found = _around(found, away_from, until, first)
    last = one.about.get("day", "")
    return one.due if found == day or (last and found.isoformat() > last > as_of) else f"by {found}"


def _around(day: date, away_from: str, until: str, first: date) -> date:
    before = work_days_on(date.fromisoformat(away_from), -1)
    return before if before >= work_days_on(first, TO_PREPARE) else work_days_on(max(date.fromisoformat(until), day), 1)

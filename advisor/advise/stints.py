"""Who has how much time for a role: its holder, who could bridge the days before, who could take over after."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from advisor.advise.paid import spread
from advisor.model.advice import Advice
from advisor.model.days import moved
from advisor.model.rules import CLIENT_UNTIL, COMBINED, DELIVERY_MANAGER, PLAN_UNTIL, PROJECT_MANAGER
from advisor.model.stated import ABSENCE, DECISION, Matter, Stint

BOTH = (DELIVERY_MANAGER, PROJECT_MANAGER)
_CLOSED = re.compile(r"\b(?:clos(?:ed|es|ure)|shut(?:s|down)?|(?:nobody|no one) works)\b", re.IGNORECASE)
_UNTIL = {DELIVERY_MANAGER: CLIENT_UNTIL, PROJECT_MANAGER: PLAN_UNTIL}


def of_holder(advice: Advice, role: str) -> tuple[Stint, ...]:
    """The stints of whoever holds the role, in the order of time; none where nothing is known of their time."""
    found = _known(advice, role)
    return tuple(sorted((one for one in found if one.name == found[0].name), key=lambda one: one.start))


def beside(advice: Advice, role: str) -> tuple[Stint, ...]:
    """The stints of whoever else could be had for the role, in the order of time."""
    found = _known(advice, role)
    return tuple(sorted((one for one in found if one.name != found[0].name), key=lambda one: one.start))


def free_from(advice: Advice, role: str) -> str:
    """The first day of the role's holder (ISO 8601); empty where there is none, or it is not known."""
    return min((one.start for one in of_holder(advice, role)), default="")


def free_until(advice: Advice, role: str) -> str:
    """The last day of the role's holder (ISO 8601); empty where there is none, or it is not known."""
    found = of_holder(advice, role)
    return max(one.until for one in found) if found and all(one.until for one in found) else ""


def most_days(advice: Advice, role: str) -> float | None:
    """The most days a week that the role's holder has in any stint; None where nobody said.

    Days that are given in all are spread over the weeks until go-live, in halves.
    """
    days = [one.days if one.days is not None else _spread(advice, one) for one in of_holder(advice, role)]
    return None if None in days or not days else max(one for one in days if one is not None)


def _spread(advice: Advice, one: Stint) -> float | None:
    start = max(first_day(advice), one.start)
    end = min(filter(None, (advice.engagement.dates.get("go_live", ""), one.until)), default="")
    if one.total is None or not start or start >= end:
        return None
    return spread(one.total, start, end)


def grows(advice: Advice, role: str) -> tuple[Stint, ...]:
    """The stints of the role's holder where their days change from one to the next; else none."""
    found = of_holder(advice, role)
    return found if len({one.days for one in found}) > 1 and all(one.days for one in found) else ()


def bridge(advice: Advice, role: str, on: str = "") -> str:
    """Who could lead before the role's holder is free, the other manager if need be; empty without such a person.

    They are there from the first day, or on the day `on` (ISO 8601).
    """
    free, begins = free_from(advice, role), on or first_day(advice)
    if begins >= free:
        return ""
    early = (one.name for one in beside(advice, role) if one.start <= begins and one.days != 0)
    return next(early, "") or _other_manager(advice, role, begins)


def _other_manager(advice: Advice, role: str, begins: str) -> str:
    """Who is named for the other manager's role and there from the first day; empty where nobody is."""
    missing = advice.recommendation.unstaffed
    people = advice.engagement.people
    others = (one for one in (*advice.split.overall, *BOTH) if one not in (role, *missing) and people.get(one))
    return next((people[one] for one in others if _bridges(advice, one, begins, free_from(advice, role))), "")


def spare(advice: Advice, role: str) -> float | None:
    """The days a week that the role's holder always has beside what it takes until delivery; None where nobody said."""
    most, measure = most_days(advice, role), _UNTIL.get(role, "")
    has = min((one.days or 0 for one in grows(advice, role)), default=most)
    needs = next((level.days for level in advice.levels if level.measure == measure), None)
    return None if has is None or needs is None else has - needs


def _bridges(advice: Advice, role: str, begins: str, free: str) -> bool:
    """Whether the role's holder is there from the first day until the other is free."""
    until = free_until(advice, role)
    if (spare(advice, role) or 0) < 0 or most_days(advice, role) == 0:  # too few days for one role, let alone for two
        return False
    return free_from(advice, role) <= begins and (not until or until >= free)


def away(advice: Advice, role: str) -> tuple[tuple[str, str], ...]:
    """The stretches in which the role's holder is away, from the first day to the last (ISO 8601; empty: not said)."""
    found = of_holder(advice, role)
    name = found[0].name if found else advice.engagement.people.get(role, "")
    told = gone(advice, name) if name else ()
    between = [(_next(one.until, 1), _next(two.start, -1)) for one, two in pairwise(found) if one.until and two.start]
    return tuple(sorted((*(one for one in between if one[0] < one[1] and not told), *told)))


def gone(advice: Advice, name: str) -> tuple[tuple[str, str], ...]:
    """The stretches in which somebody is away as people stated it, from the first day to the last (empty: not said)."""
    return tuple(
        (one.start or one.by, one.until)
        for one in advice.engagement.matters
        if one.kind == ABSENCE and name in f"{one.who} {one.what}" and (one.start or one.by)
    )


def gone_of_those_in(advice: Advice, text: str) -> tuple[tuple[str, str], ...]:
    """The stretches in which anybody is away whom a text names, and comes back."""
    names = {one.who for one in advice.engagement.matters if one.kind == ABSENCE and one.who and one.who in text}
    return tuple(sorted(stretch for name in names for stretch in gone(advice, name) if stretch[1]))


def closed(advice: Advice) -> tuple[tuple[str, str], ...]:
    """The stretches in which nobody works, as people stated it, from the first day to the last (ISO 8601)."""
    return tuple(
        (one.start, one.until)
        for one in advice.engagement.matters
        if one.kind == ABSENCE and one.start and one.until and _CLOSED.search(one.what)
    )


def stand_in(advice: Advice, role: str, first: str, last: str) -> str:
    """Who else on the role's list is free from the first of these days to the last; empty for nobody."""
    free = (one for one in beside(advice, role) if one.start <= first and (not one.until or one.until >= last))
    return next((one.name for one in free if one.days != 0), "")


def undecided(advice: Advice, matter: Matter) -> tuple[str, ...]:
    """Who could lead, where the decision names two of them at least; whoever does by the model comes first."""
    if matter.kind != DECISION:
        return ()
    managers = [role for role in _by_lead(advice) if advice.names.roles[role].manager]
    people = advice.engagement.people
    listed = [
        [*(one.name for one in _known(advice, role)), *(people.get(one, "") for one in (role, *BOTH))]
        for role in managers
    ]
    found = (tuple(name for name in dict.fromkeys(names) if name and name in matter.what) for names in listed)
    return next((names for names in found if len(names) > 1), ())


def _by_lead(advice: Advice) -> tuple[str, ...]:
    """The staffed roles, whoever leads the work first."""
    leads = {part.phase: part.lead for part in advice.split.phases}
    first = leads.get("execution", "")
    return tuple(sorted(advice.split.overall, key=lambda role: role != first))


def _next(day: str, days: int) -> str:
    return moved(date.fromisoformat(day), timedelta(days=days)).isoformat()


def successor(advice: Advice, role: str) -> str:
    """Who could take over when the role's holder leaves; empty without such a person."""
    leaves = free_until(advice, role)
    later = (one for one in beside(advice, role) if not one.until or one.until > leaves)
    return next((one.name for one in later if leaves and one.days != 0), "")


def carrier(advice: Advice) -> str:
    """The role whose holder carries the work of a manager who is not paid for; empty where it is not one alone."""
    unpaid = advice.recommendation.not_paid_for
    paid = [role for role in advice.split.overall if role not in unpaid]
    return paid[0] if unpaid and len(paid) == 1 else ""


def first_day(advice: Advice) -> str:
    """The day from which a brief looks ahead (ISO 8601): the start, or the day as of which the file was written."""
    return max(advice.engagement.dates.get("start", ""), advice.engagement.as_of)


def last_day(advice: Advice) -> str:
    """The day up to which somebody is needed, as far as the file says."""
    dates = advice.engagement.dates
    return (dates.get("end") if goes_on(advice) else "") or dates.get("go_live", "")


def goes_on(advice: Advice) -> bool:
    """Whether anything follows delivery."""
    return any(part.phase == "post_delivery" for part in advice.split.phases)


def _known(advice: Advice, role: str) -> tuple[Stint, ...]:
    """All stints for the role; where one person holds both roles, those for either, with whoever can stay first."""
    times = advice.engagement.times
    if advice.recommendation.model != COMBINED or role not in BOTH:
        return times.get(role, ())
    found = [one for either in BOTH for one in times.get(either, ())]
    last = last_day(advice)
    return tuple(sorted(found, key=lambda one: (bool(one.until) and one.until < last, one.days == 0)))

"""How many days a week each manager has: what their part takes, as far as it is paid for and they are there."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.advise.paid import LEAST, days_in_all
from advisor.advise.stints import beside, free_until, grows, most_days, of_holder
from advisor.model.advice import Advice
from advisor.model.rules import (
    CLIENT_AFTER,
    CLIENT_UNTIL,
    COMBINED,
    DELIVERY_MANAGER,
    HANDOVER,
    PLAN_AFTER,
    PLAN_UNTIL,
    PROJECT_MANAGER,
)

BUSY = 1.0  # days a week from which whoever has days for the engagement spends them on it
ASIDE = 20  # percent of a phase below which a manager only stands by, and the other does the work of both
WORK = {
    "until": {DELIVERY_MANAGER: CLIENT_UNTIL, PROJECT_MANAGER: PLAN_UNTIL},
    "after": {DELIVERY_MANAGER: CLIENT_AFTER, PROJECT_MANAGER: PLAN_AFTER},
}
PHASES = {"until": ("execution", "planning", "initiation", "transition"), "after": ("post_delivery",)}


def days_of_work(advice: Advice) -> dict[str, float]:
    """Days a week by measure."""
    return {level.measure: level.days for level in advice.levels}


def days_of_seats(advice: Advice) -> dict[str, tuple[float, float]]:
    """Days a week until delivery and after it, by staffed role; more than one person holds is not cut.

    Whoever is paid for has the days of whoever is not, as far as the money goes.
    """
    staffed = tuple(advice.split.overall)
    unpaid = advice.recommendation.not_paid_for
    if unpaid and set(staffed) - set(unpaid):
        staffed = tuple(role for role in staffed if role not in unpaid)
    until, after = (_as_promised(advice, _held(advice, stretch(advice, staffed, name))) for name in ("until", "after"))
    return {role: (until.get(role, 0.0), after.get(role, 0.0)) for role in _heads(advice, staffed)}


def _as_promised(advice: Advice, held: Mapping[str, float]) -> dict[str, float]:
    """The days of each role, and no fewer than a contract gives of its holder, as far as they have them."""
    given = {role: max((one.promised or 0.0 for one in of_holder(advice, role)), default=0.0) for role in held}
    return {role: max(days, min(given[role], most_days(advice, role) or 0.0)) for role, days in held.items()}


def _held(advice: Advice, needed: Mapping[str, float]) -> dict[str, float]:
    """The days of each role by what is needed, what is paid for and what its holder has.

    Whoever has a part in it spends the days on it that they have for it, and where one of two has too few, the other
    does what is left in the days to spare. Where the sum of the money is worked out, it cuts no days.
    """
    paid = _paid(advice, needed)
    has = {role: most_days(advice, role) for role in needed}
    summed = advice.summed or days_in_all(advice.engagement) > 0
    found: dict[str, float] = {}
    for role, days in needed.items():
        most = has[role]
        if most is None:
            found[role] = paid[role]
        elif days >= BUSY and not advice.paid_days:
            found[role] = most
        else:
            found[role] = min(days if summed else paid[role], most)
    short = sum(max(days - found[role], 0.0) for role, days in needed.items() if has[role] is not None)
    for role, most in has.items():
        if most is not None and needed[role] and found[role] < most and short and not advice.paid_days:
            more = min(most - found[role], short)
            found[role], short = found[role] + more, short - more
    return found


def short_of_time(advice: Advice, role: str) -> tuple[float, float]:
    """The days a week that those who can be had for the role have, and what it needs where that is more; else zeros."""
    has = most_days(advice, role)
    if has is None:
        return (0.0, 0.0)
    has = min((one.days or 0 for one in grows(advice, role)), default=has)
    leaves = free_until(advice, role)
    has += sum(one.days or 0 for one in beside(advice, role) if not leaves or one.start <= leaves)
    needs = needed(advice, role)
    return (has, needs) if needs > has else (0.0, 0.0)


def needed(advice: Advice, role: str) -> float:
    """The days a week that the role's busiest stretch takes, as far as they are paid for."""
    staffed = tuple(advice.split.overall)
    return max((_paid(advice, stretch(advice, staffed, name)).get(role, 0.0) for name in WORK), default=0.0)


def short_of(advice: Advice) -> float:
    """How many days a week the busiest stretch takes where fewer are paid for; 0 where the money reaches."""
    staffed = tuple(advice.split.overall)
    most = max((sum(stretch(advice, staffed, name).values()) for name in WORK), default=0.0)
    return most if advice.paid_days and most > advice.paid_days else 0.0


def _paid(advice: Advice, days: Mapping[str, float]) -> dict[str, float]:
    """The days cut to what is paid for, each in proportion and none below the least."""
    total = sum(days.values())
    if not advice.paid_days or total <= advice.paid_days:
        return {**days}
    cut = {role: max(round(one * advice.paid_days / total * 2) / 2, LEAST) for role, one in days.items() if one}
    return {**days, **cut}


def _heads(advice: Advice, staffed: tuple[str, ...]) -> tuple[str, ...]:
    """The staffed roles, one for each person."""
    return staffed[:1] if advice.recommendation.model == COMBINED else staffed


def stretch(advice: Advice, staffed: tuple[str, ...], name: str) -> dict[str, float]:
    """The days a week that each of the staffed roles takes in one stretch, `until` delivery or `after` it."""
    days = days_of_work(advice)
    work = {role: days.get(measure, 0.0) for role, measure in WORK[name].items()}
    total = sum(work.values())
    heads = _heads(advice, staffed)
    if len(heads) < 2 or not all(role in work for role in heads):
        return {heads[0]: _led(total)} if heads else {}
    shares, found = _shares(advice, name), advice.recommendation
    for_later = found.not_available if found.model == HANDOVER and name == "until" else ()
    aside = [role for role in heads if shares.get(role, 100) < ASIDE or role in set(for_later) - {PROJECT_MANAGER}]
    if len(aside) != 1:
        return {role: _led(work[role]) if total else 0.0 for role in heads}
    lead = next(role for role in heads if role not in aside)
    there = aside[0] not in found.not_available  # who is to be found for later has no part yet
    stands_by = max(LEAST, work[aside[0]]) if name == "until" and total and there else 0.0
    return {lead: _led(total - stands_by) if total else 0.0, aside[0]: stands_by}


def _led(days: float) -> float:
    return max(days, LEAST) if days else 0.0


def _shares(advice: Advice, name: str) -> Mapping[str, int]:
    """The shares of the phase that stands for the stretch, the first one that is still ahead."""
    found = {part.phase: part.shares for part in advice.split.phases}
    return next((found[phase] for phase in PHASES[name] if phase in found), {})

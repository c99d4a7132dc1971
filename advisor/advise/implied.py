"""What a file answers by itself: who can be had, by the people it names, and what its money pays for in days a week."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from advisor.advise.offers import MOST_BESIDE_WORK
from advisor.advise.paid import (
    ENOUGH,
    days_a_week,
    share_of_work,
    there_for_managing,
    weekly_cost,
    weeks_until_live,
)
from advisor.advise.reading import read_answers
from advisor.advise.settled import paid_by_extra, settled, sold_once
from advisor.advise.stints import BOTH
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement, Origin
from advisor.model.rulebook import Catalog
from advisor.model.rules import CLIENT_AFTER, CLIENT_UNTIL, COMBINED, PLAN_AFTER, PLAN_UNTIL
from advisor.model.stated import Stint

AVAILABLE, PAID = "managers_available", "managing_days"  # questions of the rulebook
DELIVERY_ONLY, PROJECT_ONLY, NEITHER = (*BOTH, "neither")  # answers on who can be had
NOTE = "it follows from the people and the money in this file"
_THERE = ("team_lead", "account_manager", "technical_lead", "executive_sponsor")


def with_implied(catalog: Catalog, engagement: Engagement) -> Engagement:
    """The engagement with what its people, money and dates answer; what somebody answered or left open stands."""
    engagement = _once(engagement)
    given = engagement.answers
    found = dict(_known(catalog, _answers(catalog, engagement), {*given, *engagement.origins}))
    counted = dict(_known(catalog, settled(engagement), given))
    if counted or engagement.money is not None:  # to read all answers takes longer than the rest of this
        reading = read_answers(catalog, {**given, **found})
        money = (*sold_once(engagement, reading.values), *paid_by_extra(engagement, reading.values))
        counted |= _known(catalog, money, given)
        counted = {question: option for question, option in counted.items() if question in reading.unanswered}
    if not (found or counted):
        return engagement
    origins = {question: Origin(option, "file", note=NOTE) for question, option in found.items()}
    return replace(engagement, answers={**given, **found, **counted}, origins={**engagement.origins, **origins})


def _known(catalog: Catalog, answers: Iterable[tuple[str, str]], taken: Collection[str]) -> Iterator[tuple[str, str]]:
    """Those of the answers that the rulebook knows, to questions that are not taken."""
    for question, option in answers:
        asked = catalog.questions.get(question)
        if asked is not None and question not in taken and option in asked.option_ids:
            yield question, option


def _once(engagement: Engagement) -> Engagement:
    """The engagement with somebody who is named alone for both managers' roles under the first: one seat each."""
    if engagement.people.get(BOTH[0], "") != engagement.people.get(BOTH[1]):
        return engagement
    first, second = ({one.name for one in _stints(engagement, role)} for role in BOTH)
    if first != second or len(first) != 1 or first == {""}:
        return engagement
    people = {role: name for role, name in engagement.people.items() if role != BOTH[1]}
    times = {role: stints for role, stints in engagement.times.items() if role != BOTH[1]}
    return replace(engagement, people=people, times=times)


def with_who_stays(engagement: Engagement, advice: Advice) -> Engagement:
    """The engagement with the one manager who is there in the one seat of the model, whatever their title.

    Only where its people answered who can be had; whoever answered it without them knows better.
    """
    origin, staffed = engagement.origins.get(AVAILABLE), tuple(advice.split.overall)
    missing = advice.recommendation.not_available
    if origin is None or origin.note != NOTE or len(staffed) != 1 or missing != staffed:
        return engagement
    (role,) = staffed
    other = next((one for one in BOTH if one != role and engagement.people.get(one)), "")
    if role not in BOTH or not other or not _is_had(engagement, other):
        return engagement
    return replace(
        engagement,
        answers={**engagement.answers, AVAILABLE: "both"},
        people={**engagement.people, role: engagement.people[other]},
        times={**engagement.times, role: _stints(engagement, other)},
    )


def with_who_is_paid_for(engagement: Engagement, advice: Advice) -> Engagement:
    """The engagement with the cheaper of two managers in the one seat of the model, where the other is not paid for.

    The title says less than the days: whoever has enough of them leads. The two change places, so that both stay known.
    """
    if engagement.money is None:
        return engagement
    staffed = tuple(advice.split.overall)
    if advice.recommendation.model == COMBINED and set(staffed) == set(BOTH):
        staffed = BOTH[:1]  # whoever is named for the first leads
    others = [role for role in BOTH if role not in staffed]
    if len(staffed) != 1 or len(others) != 1 or not all(_is_had(engagement, role) for role in (*staffed, *others)):
        return engagement
    (role,), (other,) = staffed, others
    there, weeks = there_for_managing(engagement), weeks_until_live(engagement)
    dear, cheap = (weekly_cost(engagement, one) for one in (role, other))
    needed = sum(level.days for level in advice.levels if level.measure in (CLIENT_UNTIL, PLAN_UNTIL))
    days = _stints(engagement, other)[0].days or 0.0
    paid = there / weeks * days / cheap if weeks and cheap else needed  # days that nobody pays for are not needed
    if not (there and cheap and cheap < dear and dear * weeks > there and days >= min(ENOUGH * needed, paid)):
        return engagement
    people, times = engagement.people, engagement.times
    return replace(
        engagement,
        people={**people, role: people[other], other: people[role]},
        times={**times, role: _stints(engagement, other), other: _stints(engagement, role)},
    )


def with_who_is_offered(catalog: Catalog, told: Engagement, advice: Advice) -> Engagement | None:
    """The engagement with whoever was taken up among those who can be had, where an answer says that nobody can."""
    said, option = advice.engagement.people, told.answers.get(AVAILABLE, "")
    had = {DELIVERY_ONLY: (BOTH[0],), PROJECT_ONLY: (BOTH[1],), NEITHER: ()}.get(option)
    if had is None:
        return None
    found = {*had, *(role for role in BOTH if said.get(role) and said.get(role) != told.people.get(role))}
    now = "both" if len(found) == len(BOTH) else next(iter(found), NEITHER)
    return None if now == option else replace(told, answers={**told.answers, AVAILABLE: now})


def with_leader(advice: Advice, engagement: Engagement) -> Advice:
    """The advice on the engagement; what takes a day a week at most is led by somebody who is there anyway.

    That is so where no manager is named; the file's own names stand.
    """
    gone = [one for one in advice.recommendation.not_available if goes_early(engagement, one)]
    if gone:  # somebody is to be found for the role, so nobody who goes before go-live has it
        engagement = replace(
            engagement,
            people={role: one for role, one in engagement.people.items() if role not in gone},
            times={role: some for role, some in engagement.times.items() if role not in gone},
        )
    people, staffed = engagement.people, tuple(advice.split.overall)
    by_measure = {level.measure: level.days for level in advice.levels}
    until, after = (CLIENT_UNTIL, PLAN_UNTIL), (CLIENT_AFTER, PLAN_AFTER)
    days = next((found for some in (until, after) if (found := sum(by_measure.get(one, 0.0) for one in some))), 0.0)
    small = 0 < min(days, advice.paid_days or days) <= MOST_BESIDE_WORK
    there = next((people[role] for role in _THERE if people.get(role)), "")
    if not small or not there or any(people.get(role) for role in staffed):
        return replace(advice, engagement=engagement)
    least = share_of_work(engagement)
    return replace(
        advice,
        paid_days=min(least, advice.paid_days or days) if least else advice.paid_days,
        engagement=replace(engagement, people={**people, **dict.fromkeys(staffed, there)}),
        recommendation=replace(advice.recommendation, not_available=()),
    )


def goes_early(engagement: Engagement, role: str) -> str:
    """The last day (ISO 8601) of whoever is named for a manager's role where all of them go before go-live."""
    stints, live = _stints(engagement, role), engagement.dates.get("go_live", "")
    last = [one.until for one in stints]
    return max(last) if stints and all(last) and max(last) < live else ""


def _answers(catalog: Catalog, engagement: Engagement) -> Iterator[tuple[str, str]]:
    named = [role for role in BOTH if engagement.people.get(role)]
    there = [role for role in named if _is_had(engagement, role)]
    if there:
        yield AVAILABLE, "both" if len(there) == len(BOTH) else there[0]
    elif not named and _is_small(catalog, engagement) and any(engagement.people.get(role) for role in _THERE):
        yield AVAILABLE, "both"  # whoever leads the work has both parts beside it
    days = days_a_week(engagement)
    if days:
        options = catalog.paid_days.get(PAID, {})
        yield PAID, next((one for one, most in options.items() if most and days <= most), "")


def _is_small(catalog: Catalog, engagement: Engagement) -> bool:
    days = catalog.paid_days.get(PAID, {}).get(engagement.answers.get(PAID, ""), 0.0)
    return 0 < days <= MOST_BESIDE_WORK


def _is_had(engagement: Engagement, role: str) -> bool:
    """Whether somebody named has days for the role and stays until go-live."""
    found = engagement.people.get(role, "")
    return bool(found) and any(one.days != 0 for one in _stints(engagement, role)) and not goes_early(engagement, role)


def _stints(engagement: Engagement, role: str) -> tuple[Stint, ...]:
    return engagement.times.get(role) or (Stint(engagement.people.get(role, "")),)

"""Matters that nobody types: what follows from the time that people have, and from fixed days of one week."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from advisor.advise.clauses import in_short
from advisor.advise.named import people_of, says_who
from advisor.advise.owners import CLIENTS, EXECUTIVE, TEAM_LEAD, is_inside, is_title
from advisor.advise.stints import BOTH, away, bridge, first_day, free_from, free_until, last_day, of_holder, successor
from advisor.advise.subjects import alike
from advisor.model.advice import Advice
from advisor.model.days import moved
from advisor.model.money import amount_of, in_words, unit_of
from advisor.model.stated import (
    ABSENCE,
    BRIDGED,
    COLLIDE,
    FROZEN,
    LEAVES,
    OFF_DAYS,
    OVERRUN,
    PROMISED,
    RELIEVED,
    REMIT,
    ROLLS_OFF,
    STARTS,
    TO_ASK,
    UNNAMED,
    Matter,
    Stint,
)
from advisor.model.weekdays import weekdays_in

FIXED_DAYS = frozenset({"milestone"})
HIGH = 80  # the rank from which on a row is likely to be printed
MOST_DECISIONS = 3  # that a step names
SAME_DAYS = 4  # apart at most, for fixed days to compete
FREEZE = "freeze"
MOST_DAYS_TOLD = 4  # on which somebody does not work
_ATTENDED = FIXED_DAYS | {"approval", "decision", "deliverable"}
_SOME_WEEKS, _WEEKEND = timedelta(weeks=13), 5
_DECIDE = (CLIENTS[0], EXECUTIVE)
_LIMIT = re.compile(
    r"\b(?:above|over|beyond|more than)\s+((?:[A-Z]{3}\s?|[£€$])?\d[\d,.]*(?:\s?(?:k|m|thousand|million))?)\b",
    re.I,
)
_ASKS = re.compile(r"(?:who|which|what|where|when|how|whether)\b")
_LEAD = (*CLIENTS[:-1], TEAM_LEAD, "technical_lead", "account_manager", "project_office", "change_lead")


def derived(advice: Advice) -> Iterator[Matter]:
    """What follows from people who come late, leave early or are away between, and from fixed days that collide."""
    for role in advice.engagement.times:
        if role in BOTH or role == TEAM_LEAD:
            yield from _of_manager(advice, role)
        else:
            yield from _of_members(advice, role)
        yield from _off_days(advice, role)
        yield from _promised(advice, role)
    yield from _frozen(advice)
    yield from _overrun(advice)
    yield from _collisions(advice)
    yield from _nobody_decides(advice)
    yield from _remits(advice)


def _nobody_decides(advice: Advice) -> Iterator[Matter]:
    """That the file names people, and nobody who could answer for what is the client's to decide."""
    people = advice.engagement.people
    could = (*CLIENTS[:-1], *((EXECUTIVE,) if is_inside(advice) else ()))
    theirs = [row for row in advice.matrix.activities if any("A" in row.letters(role) for role in CLIENTS)]
    if not says_who(advice) or not theirs or any(people.get(role) for role in could):
        return
    names = [row.name for row in sorted(theirs, key=lambda row: -row.rank)[:MOST_DECISIONS]]
    yield Matter(UNNAMED, ", ".join(name[:1].lower() + name[1:] for name in names))


def _remits(advice: Advice) -> Iterator[Matter]:
    """What each person decides: money above a sum, and, where several share a part, what no row is on yet."""
    subjects = advice.names.words.subjects
    theirs = (row for row in advice.matrix.activities if row.rank >= HIGH)
    shown = [row for row in theirs if any("A" in row.letters(role) for role in _DECIDE)]
    for role in _DECIDE:
        people = people_of(advice, role) if role in advice.matrix.roles else ()
        for one in people:
            limit = _LIMIT.search(one.does)
            part = one.does if len(people) > 1 and not is_title(one.does) else ""
            if limit:
                yield Matter(REMIT, f"spending above {_with_commas(limit[1])}", one.name, role=role)
            elif part and not any(alike(part, row.name, subjects) for row in shown):
                yield Matter(REMIT, f"{'decide' if _ASKS.match(part) else 'decisions on'} {part}", one.name, role=role)


def _with_commas(amount: str) -> str:
    return re.sub(r"\d{4,}", lambda found: f"{int(found[0]):,}", amount)


def _of_manager(advice: Advice, role: str) -> Iterator[Matter]:
    begins, ends = first_day(advice), last_day(advice)
    if any(not one.asked for one in of_holder(advice, role)):
        yield Matter(TO_ASK, _called(advice, role), of_holder(advice, role)[0].name)
    lacking = role not in advice.matrix.roles or role in advice.recommendation.not_paid_for
    who = of_holder(advice, role)[0].name
    if lacking or not who:  # whoever it will be, nobody can be told to follow a person without a name
        return
    called = _called(advice, role)
    start, until = free_from(advice, role), free_until(advice, role)
    if start and begins and start > begins:
        other = bridge(advice, role)
        if other and not _is_here(advice, other):  # cannot be the one to agree to it this week
            yield Matter(STARTS, called, who, by=start, does=other)
        else:
            yield Matter(BRIDGED if other else STARTS, called, who, other, start)
    if until and (not ends or until < ends) and not any(who in f"{one.what} {one.who}" for one in _leavers(advice)):
        other = successor(advice, role)
        yield Matter(RELIEVED if other else LEAVES, called, who, other, until)
    if not any(one.kind == ABSENCE and who in (one.who, *one.what.split(" is ")) for one in advice.engagement.matters):
        for first, last in away(advice, role):
            yield Matter(ABSENCE, f"{who} is away", who, start=first, until=last)


def _off_days(advice: Advice, role: str) -> Iterator[Matter]:
    """The next fixed days on which somebody who leads does not work."""
    works = next((weekdays_in(one.weekdays) for one in of_holder(advice, role) if one.weekdays), frozenset())
    leads = role in advice.split.overall or role in _LEAD
    if not works or not leads or not advice.engagement.as_of:
        return
    today = date.fromisoformat(advice.engagement.as_of)
    ahead = [(one.by, in_short(one.what)) for one in advice.engagement.matters if one.kind in _ATTENDED and one.by]
    ahead.append((advice.engagement.dates.get("go_live", ""), advice.names.go_live))
    missed: dict[str, str] = {}
    for day, what in sorted(ahead):
        at = date.fromisoformat(day) if day else today
        if today < at <= moved(today, _SOME_WEEKS) and at.weekday() not in works and at.weekday() < _WEEKEND:
            missed.setdefault(day, what)
    if missed:
        name, first = of_holder(advice, role)[0].name, min(missed)
        told = [f"{day} ({what})" for day, what in missed.items()]
        more = [f"{len(told) - MOST_DAYS_TOLD} more"] if len(told) > MOST_DAYS_TOLD else []
        days = ", ".join([*told[:MOST_DAYS_TOLD], *more])
        yield Matter(OFF_DAYS, days, name, by=first)


def _promised(advice: Advice, role: str) -> Iterator[Matter]:
    """That a contract gives more days a week of somebody than they have, and for how long."""
    stints = advice.engagement.times[role]
    given = {one.name: one.promised for one in stints if one.promised}
    for name, promised in given.items():
        short = [one for one in stints if one.name == name and one.days is not None and one.days < promised]
        if short and name:
            ends = f" until {short[-1].until}" if short[-1].until else ""
            has = "1 day" if short[0].days == 1 else f"{short[0].days:g} days"
            what = f"{name} is promised for {promised:g} days a week and has {has}{ends}"
            yield Matter(PROMISED, what, name, by=short[0].start)


def _frozen(advice: Advice) -> Iterator[Matter]:
    """The freeze into which going live falls."""
    dates = advice.engagement.dates
    for one in advice.engagement.matters:
        first, last = one.start or one.by, one.until or one.by
        ahead = max(first, advice.engagement.as_of)
        falls = (day for name in ("first_live", "go_live") if ahead <= (day := dates.get(name, "")) <= last)
        if one.kind == FREEZE and first and next(falls, ""):
            yield Matter(FROZEN, in_short(one.what), start=first, until=last)
            return


def _overrun(advice: Advice) -> Iterator[Matter]:
    """What the whole is expected to cost beyond its price and what can be put in."""
    money = advice.engagement.money
    if money is None or not money.price:
        return
    spent, forecast = (amount_of(text) if text else 0.0 for text in (money.spent, money.forecast))
    gap = max(spent, forecast) - amount_of(money.price)
    left = gap - (amount_of(money.extra) if money.extra else 0.0)
    if left > 0:
        cost = f"{in_words(money.price, forecast)} forecast" if forecast >= spent else ""
        paid = f"{in_words(money.price, spent)} spent" if spent else ""
        over = f"{in_words(money.price, gap)} over"
        over += f", of which {in_words(money.extra)} can be put in" if money.extra else ""
        what = f"{', with '.join(filter(None, (cost, paid)))}, against {in_words(money.price)}: {over}"
        yield Matter(OVERRUN, what, amount=f"{unit_of(money.price)} {left:.0f}".strip())


def _is_here(advice: Advice, name: str) -> bool:
    """Whether somebody is there on the day as of which the file was written."""
    starts = [one.start for stints in advice.engagement.times.values() for one in stints if one.name == name]
    return not starts or min(starts) <= advice.engagement.as_of


def _of_members(advice: Advice, role: str) -> Iterator[Matter]:
    """Who leaves before go-live, with nobody of that name who is there later."""
    live = advice.engagement.dates.get("go_live", "")
    stints = [one for some in advice.engagement.times.values() for one in some]
    for one in advice.engagement.times[role]:
        stays = any(_stays(other, one) for other in stints)
        told = any(one.name and one.name in f"{told.what} {told.who}" for told in _leavers(advice))
        if one.name and advice.engagement.as_of <= one.until < live and one.until and not stays and not told:
            lead = role in _LEAD
            yield Matter(
                LEAVES if lead else ROLLS_OFF, _called(advice, role) if lead else one.does, one.name, by=one.until
            )


def _leavers(advice: Advice) -> Iterator[Matter]:
    return (one for one in advice.engagement.matters if one.kind == "leaver")


def _stays(other: Stint, one: Stint) -> bool:
    return other.name == one.name and (not other.until or other.until > one.until)


def _called(advice: Advice, role: str) -> str:
    roles = advice.names.roles
    known = roles.get(role) or next((one for one in roles.values() if role in one.also), None)
    called = known.name if known else role.replace("_", " ")
    return called[:1].lower() + called[1:]


def _collisions(advice: Advice) -> Iterator[Matter]:
    """Fixed days that fall within a few days of each other."""
    fixed = sorted(
        (one.by, one.what.rstrip(".")) for one in advice.engagement.matters if one.kind in FIXED_DAYS and one.by
    )
    group: list[tuple[str, str]] = []
    for day, what in (*fixed, ("9999-12-31", "")):
        if group and (date.fromisoformat(day) - date.fromisoformat(group[-1][0])).days > SAME_DAYS:
            if len(group) > 1:
                yield Matter(COLLIDE, " and ".join(f"{one} on {at}" for at, one in group), by=group[0][0])
            group = []
        group.append((day, what))

"""The time of each manager in words: how much of the week, from when to when, who else has days for the role."""

from __future__ import annotations

from advisor.advise.ahead import AHEAD, stage_of
from advisor.advise.paid import FULL_WEEK, LEAST
from advisor.advise.stints import (
    away,
    beside,
    first_day,
    free_from,
    free_until,
    goes_on,
    grows,
    most_days,
    of_holder,
    stand_in,
)
from advisor.documents.brief.seat_days import PHASES, WORK, days_of_work, needed, stretch
from advisor.documents.shared.words import clean, date_words
from advisor.model.advice import Advice
from advisor.model.stated import BEHIND, FROZEN, LATE, Stint, rule_of

_AGAINST_THE_DAY = frozenset((rule_of(LATE), rule_of(FROZEN)))
WITH_CARE = 6.0  # days a week up to which one person still copes


def asked_for(advice: Advice, role: str) -> str:
    """What the work asks of a role that is not paid for; empty for any other."""
    if role not in advice.recommendation.not_paid_for:
        return ""
    staffed = tuple(advice.split.overall)
    until, after = (stretch(advice, staffed, name).get(role, 0.0) for name in ("until", "after"))
    return f"not paid for; the work asks for {effort(until, after)}" if until or after else "not paid for"


def days_in_week(days: float) -> str:
    """How much work a week holds: `3 days a week`, and beyond one person's week, person-days."""
    if days == LEAST:
        return "half a day a week"
    return f"{days:g} {'person-days' if days > FULL_WEEK else 'day' if days == 1 else 'days'} a week"


def week(days: float) -> str:
    """`half a day a week`, `2.5 days a week`, `full time`, and from some point on with a deputy."""
    if days == LEAST:
        return "half a day a week"
    if days >= FULL_WEEK:
        return "full time" if days <= WITH_CARE else "full time with a deputy"
    return f"{days:g} {'day' if days == 1 else 'days'} a week"


def effort(until: float, after: float) -> str:
    """How much of the week, without dates."""
    if until and after and until != after:
        return f"{week(until)}, then {week(after)}"
    return week(until or after)


def time_of(advice: Advice, role: str, until: float, after: float) -> str:
    """How much of the week and from when to when, with dates where the engagement has them."""
    if most_days(advice, role) == 0:
        return "no days free"
    start, leaves, in_all = _from(advice, role), free_until(advice, role), _in_all(advice, role)
    day = live_date(advice) if holds(advice) else ""
    live = f"{delivery(advice)} on {day}" if day else delivery(advice)
    early = advice.engagement.dates.get("first_live", "")
    if early and after > until:  # whoever leads what runs has it from the first of several go-lives on
        live = f"the first {delivery(advice)} on {date_words(early)}"
    elif early and day:
        live = f"the last {live}"
    if leaves and (not after or leaves <= advice.engagement.dates.get("go_live", "")):
        return " ".join(text for text in (in_all or week(until or after), start, f"until {date_words(leaves)}") if text)
    parts = []
    if until and grows(advice, role):
        parts.append(f"{_growing(advice, role, until)} until {live}")
    elif until:
        parts.append(" ".join(text for text in (in_all or week(until), start, f"until {live}") if text))
    if after and until and in_all:
        parts.append(f"{week(after)} beyond them")
    elif after and until:
        parts.append("the same afterwards" if after == until else week(after))
    elif until and _stays_for_repairs(advice, role):
        parts[-1] += " and through hypercare"
    elif after:
        ahead = any(days for measure, days in days_of_work(advice).items() if measure in WORK["until"].values())
        parts.append(f"{week(after)} from {live}" if ahead else " ".join(filter(None, (week(after), start))))
    if leaves and parts:
        parts[-1] += f" until {date_words(leaves)}"
    return ", then ".join(parts).replace(", then the same", " and the same") or "as needed"


def _in_all(advice: Advice, role: str) -> str:
    """`10 days in all, about one a week,` where the days were given in all."""
    total = next((one.total for one in of_holder(advice, role) if one.total), None)
    if total is None:
        return ""
    days = most_days(advice, role)
    about = {None: "", LEAST: ", about half a day a week,", 1: ", about one a week,"}.get(
        days, f", about {days} a week,"
    )
    return f"{total:g} {'day' if total == 1 else 'days'} in all{about.replace('.0 ', ' ')}"


def _growing(advice: Advice, role: str, needed: float) -> str:
    """`2.5 days a week from 19 October 2026, 4 days a week from 4 January 2027`."""
    said: list[str] = []
    last = ""
    for one in grows(advice, role):
        days = week(min(needed, one.days or 0))
        if days != last:  # more days than are needed change nothing
            said.append(f"{days}{f' from {date_words(one.start)}' if one.start else ''}")
        last = days
    return ", ".join(said)


def others_of(advice: Advice, role: str) -> str:
    """Who else has days for the role, and when: `until then Elena Ruiz, 2 days a week`; empty for nobody.

    Of roles that do not lead, everybody on the list is one of several, with a time of their own.
    """
    if not advice.names.roles[role].manager:
        return _members(advice, role)
    leaves, has = free_until(advice, role), most_days(advice, role)
    free = free_from(advice, role) if free_from(advice, role) > first_day(advice) else ""
    word = "stand-in" if has is not None and has >= needed(advice, role) else "with"
    gone = [(first, last, stand_in(advice, role, first, last)) for first, last in away(advice, role)]
    said = [_away(*one) for one in gone]
    others = (one for one in beside(advice, role) if one.days != 0 and one.name not in [name for *_, name in gone])
    return "; ".join([*said, *(_other(one, free, leaves, word) for one in others)])


def _away(first: str, last: str, stands_in: str) -> str:
    until = f" to {date_words(last)}" if last else ""
    return f"away from {date_words(first)}{until}{f', when {clean(stands_in)} stands in' if stands_in else ''}"


def _members(advice: Advice, role: str) -> str:
    """How much time each of several has, and from and until when."""
    listed = advice.engagement.times.get(role, ())
    several = len({one.name for one in listed}) > 1
    said = []
    for one in listed:
        days = week(one.days) if one.days else f"{one.total:g} days in all" if one.total else ""
        start, end = (
            f"{word} {date_words(day)}" if day else "" for word, day in (("from", one.start), ("until", one.until))
        )
        time = " ".join(filter(None, (days, start, end)))
        if time:
            said.append(f"{clean(one.name)} {time}" if several else time)
    return "; ".join(said)


def _other(one: Stint, free: str, leaves: str, word: str) -> str:
    before = bool(free) and one.start < free
    after = bool(leaves) and one.start >= leaves
    start = f"from {date_words(one.start)}" if one.start else ""
    end = "" if before or not one.until else f"until {date_words(one.until)}"
    said = " ".join(text for text in (week(one.days) if one.days else "", start, end) if text)
    return f"{'until then' if before else 'then' if after else word} {clean(one.name)}{f', {said}' if said else ''}"


def _from(advice: Advice, role: str) -> str:
    """From when: the start while it is ahead; afterwards, for whoever is not there yet, from now."""
    given = advice.engagement.dates.get("start", "")
    free = free_from(advice, role)
    if free > max(given, advice.engagement.as_of):
        return f"from {date_words(free)}"
    if given and stage_of(advice) in AHEAD:
        return f"from {date_words(given)}"
    return "from now" if role in advice.recommendation.unstaffed else ""


def live_date(advice: Advice) -> str:
    """The day of go-live or delivery in words; empty where no date is given."""
    given = advice.engagement.dates.get("go_live", "")
    return date_words(given) if given else ""


def holds(advice: Advice) -> bool:
    """Whether nothing that was stated speaks against the day of go-live."""
    live = advice.engagement.dates.get("go_live", "")
    behind = (one.about.get("day", "") for one in advice.points if one.rule == rule_of(BEHIND))
    return live not in behind and not any(one.rule in _AGAINST_THE_DAY for one in advice.points)


def _stays_for_repairs(advice: Advice, role: str) -> bool:
    """Whether a manager without days after go-live has work in the first weeks after it, as the matrix says."""
    after = (row for row in advice.matrix.activities if row.phase in PHASES["after"])
    return any("R" in row.letters(role) for row in after)


def delivery(advice: Advice) -> str:
    """What ends the first stretch: going live where something runs afterwards, else delivery."""
    return advice.names.go_live if goes_on(advice) else "delivery"

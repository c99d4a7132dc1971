"""Which steps, risks and open questions a brief has room for: what people stated, then what weighs most."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from advisor.advise.against import days_in
from advisor.advise.ahead import sooner
from advisor.advise.clauses import in_short, to_the_point
from advisor.advise.owners import EXECUTIVE, acting
from advisor.advise.stated import SEAT, TAKER, UNKNOWN
from advisor.advise.stints import bridge, first_day, free_from, goes_on
from advisor.documents.brief.budgeted import budget_step
from advisor.documents.brief.content import Danger, Seat, Step, Work
from advisor.documents.brief.dates import GO_LIVE, day_of, due, order
from advisor.documents.brief.holding import WHO, filled, said_owner, who_acts
from advisor.documents.brief.joined import ALL, joined, matter_of, matters_in
from advisor.documents.brief.present import on_a_day_at_work
from advisor.documents.brief.seat_days import days_of_work
from advisor.documents.brief.sure import assumed_in_words, decides_first, ranked
from advisor.documents.brief.weighing import STEPS, WORKED_OUT, stated, weightiest
from advisor.documents.shared import words
from advisor.model.advice import Advice, PointItem
from advisor.model.days import moved
from advisor.model.rules import CLIENT_AFTER, CLIENT_UNTIL, PLAN_AFTER, PLAN_UNTIL, PROJECT_MANAGER
from advisor.model.stated import BRIDGED, OF_PEOPLE, ROLLS_OFF, STARTS, rule_of

FACTS, RISKS, OPEN = "fact", "risk", UNKNOWN
Most = Mapping[str, int]
MOST: Most = MappingProxyType({FACTS: 5, STEPS: 8, RISKS: 7, OPEN: 5})
FEWEST: Most = MappingProxyType({STEPS: 5, RISKS: 4, OPEN: 1})  # below this, nothing is cut for length
NEXT, URGENT = datetime.timedelta(weeks=4), 4  # what has a day of its own that comes so soon weighs so much more
MOST_BESIDE = 5  # steps up to which there are some that follow from answers
FIRST_STEPS = datetime.timedelta(weeks=6)  # what is due later is for when to look again
MOST_ASSUMED = 2  # lines on what was assumed, of which each would lead to another model
WEIGHTY = 90  # a step that follows from answers and ranks so high has a place, however much people stated
BESIDE_RISKS = 2  # of what follows from answers, up to the fewest
IN_A_STEP, IN_A_RISK = 22, 16  # words of what was typed
UNSEEN = 20  # a risk on what has no step weighs so much more
_BRACES = re.compile(r"\{(?:day|from|until|done)\}")  # a text has the day that counts by itself
IN_THE_DIARY = 14  # words of what to do about something later


class Later(NamedTuple):
    """What is due after the first steps: the day (ISO 8601; empty: none), who sees to it, and what it is.

    `counts` is the day that it is for.
    """

    day: str
    who: str
    what: str
    counts: str = ""


_BEFORE = frozenset((rule_of(STARTS), rule_of(BRIDGED)))
_OF_PEOPLE = frozenset(rule_of(kind) for kind in OF_PEOPLE)


def steps(advice: Advice, as_of: str, most: int = MOST[STEPS]) -> tuple[Step, ...]:
    """The first steps in the order in which they are due: what was stated, and what weighs most beside it."""
    money = budget_step(advice)
    typed = [*([money] if money else []), *_first_ones(advice, as_of, most)][:most]
    beside = _moved_up(advice, weightiest(advice, STEPS, max(min(MOST_BESIDE, most) - len(typed), _weighty(advice))))
    taken = [(_who(advice, one, day_of(advice, one.due, as_of)), one) for one in (*typed, *beside)]
    taken = [(who, replace(one, due=on_a_day_at_work(advice, one, who, as_of))) for who, one in taken]
    return tuple(
        Step(
            who,
            _sentences(filled(advice, words.ended(_subject_first(one.text)), _to_the_point(one, IN_A_STEP))),
            due(advice, filled(advice, one.due), as_of).replace(GO_LIVE, advice.names.go_live),
        )
        for who, one in sorted(taken, key=lambda step: order(advice, step[1].due, as_of))
    )


def _sentences(text: str) -> str:
    """The text with a capital, and one mark at the end of what was typed as a question."""
    return words.capital(text).replace("?. ", "? ")


def _subject_first(text: str) -> str:
    """A step with what was typed in front of what to do about it; what follows from its days stays at the end."""
    lead, found, behind = text.partition(": {what}")
    if not found:
        return text
    with_it, semicolon, follows = behind.rstrip(".").partition(";")
    return f"{{what}}{with_it}. {lead}{semicolon}{follows}"


def _moved_up(advice: Advice, found: list[PointItem]) -> list[PointItem]:
    """The steps with what is due within weeks moved before the start, where work is short or starts soon."""
    return [replace(one, due=sooner(advice, one.due, one.about.get("early", ""))) for one in found]


def _weighty(advice: Advice) -> int:
    """How many steps that follow from answers have a place, however much people stated."""
    return sum(one.rank >= WEIGHTY for one in weightiest(advice, STEPS, 1))


def later(advice: Advice, as_of: str, most: int = MOST[STEPS], most_risks: int = MOST[RISKS]) -> list[Later]:
    """What was stated and is neither a first step nor a risk, the soonest first."""
    told = matters_in((*_first_ones(advice, as_of, most), *_stated_risks(advice, as_of, most_risks, most)))
    waiting = (
        one
        for one in _moved_up(advice, stated(advice, STEPS))
        if matter_of(one) not in told and one.rule != rule_of(UNKNOWN)  # that stands under what is not known
    )
    return sorted(_later(advice, one, as_of) for one in waiting)


def _later(advice: Advice, one: PointItem, as_of: str) -> Later:
    who = _who(advice, one, day_of(advice, one.due, as_of))
    due_on = day_of(advice, on_a_day_at_work(advice, one, who, as_of), as_of)
    what, (does, found, _) = _in_a_line(advice, one), one.text.partition(": {what}")
    if not found:
        return Later(due_on, who, what, one.about.get("day", ""))
    does = to_the_point(words.capital(filled(advice, does, one.about)), IN_THE_DIARY)
    does = f"{does}. {words.capital(filled(advice, '{lead}', one.about))}" if "{lead}" in one.text else does
    return Later(due_on, who, f"{what}. {does}", one.about.get("day", ""))


def _in_a_line(advice: Advice, one: PointItem) -> str:
    what, whom, day = (one.about.get(name, "") for name in ("what", "whom", "day"))
    if one.rule in _BEFORE:
        what = f"name who leads as {what} until {whom} is free"
    elif one.rule in _OF_PEOPLE:
        what = f"name who follows {whom} as {what}"
    elif one.rule == rule_of(ROLLS_OFF):
        what = f"have signed off what {whom} has made"
    behind = one.text.partition("{what}")[2].partition(";")[0] if what == one.about.get("what") else ""
    told = {found.isoformat() for found in days_in(what, advice.engagement.as_of)}
    behind = "" if day in told else behind
    said = filled(advice, f" {{what}}{behind}", {**one.about, "what": to_the_point(what, IN_A_STEP)}).strip(" .")
    has_day = not day or day in told or one.due.endswith(day) or _BRACES.search(behind)
    return said if has_day else f"{said} (by {words.date_words(day)})"


def _first_ones(advice: Advice, as_of: str, most: int) -> list[PointItem]:
    """Of the steps that were stated, those to begin with: what weighs most of what is due soon."""
    soon = [one for one in _moved_up(advice, stated(advice, STEPS)) if not _is_later(advice, one, as_of)]
    soon.sort(key=lambda one: -one.rank - URGENT * _is_next(one, as_of))
    return joined(soon)[: most - _weighty(advice)]


def _is_next(one: PointItem, as_of: str) -> bool:
    """Whether the day that counts comes within weeks, or does not hold, or money is not there."""
    if one.rule in WORKED_OUT:
        return True
    day = one.about.get("day", "")
    return bool(as_of and day) and as_of <= day < moved(datetime.date.fromisoformat(as_of), NEXT).isoformat()


def _is_later(advice: Advice, one: PointItem, as_of: str) -> bool:
    """Whether a step is due so long after the first day that it is none of the first steps."""
    first = as_of or first_day(advice)
    due_on = day_of(advice, one.due, as_of)
    if not (first and due_on):
        return False
    return datetime.date.fromisoformat(due_on) > moved(datetime.date.fromisoformat(first), FIRST_STEPS)


def dangers(advice: Advice, as_of: str, most: int | None = MOST[RISKS], steps: int = MOST[STEPS]) -> tuple[Danger, ...]:
    """The risks, the weightiest first: at most so many beside so many steps, or all."""
    typed = _stated_risks(advice, as_of, most, steps)
    beside = (
        None if most is None else max(min(FEWEST[RISKS], most) - len(typed), min(BESIDE_RISKS, most - len(typed)), 0)
    )
    return tuple(
        Danger(
            words.ended(filled(advice, one.text, _to_the_point(one, IN_A_RISK))),
            words.ended(words.capital(filled(advice, one.trigger, one.about))),
            _who(advice, one, one.about.get("check", "")),
            words.ended(words.capital(filled(advice, one.action, one.about))),
        )
        for one in (*typed, *weightiest(advice, RISKS, beside))
    )


def _stated_risks(advice: Advice, as_of: str, most: int | None, steps: int) -> list[PointItem]:
    """The risks that were stated, first those on what has no step; what has one is named in short."""
    typed = stated(advice, RISKS)
    if most is None:
        return typed
    told = matters_in(_first_ones(advice, as_of, steps))
    typed.sort(key=lambda one: -one.rank - UNSEEN * (matter_of(one) not in told))
    found = joined(_in_short(one) if matter_of(one) in told else one for one in typed)[:most]
    return sorted(found, key=lambda one: -one.rank)


def _to_the_point(one: PointItem, most: int) -> Mapping[str, str]:
    """What is known of a point, with what it is on as far as a line has room for it."""
    return {**one.about, "what": to_the_point(one.about["what"], most)} if "what" in one.about else one.about


def _in_short(one: PointItem) -> PointItem:
    return replace(one, about={**one.about, "what": in_short(one.about.get("what", "")), ALL: matter_of(one)})


def open_questions(advice: Advice, as_of: str, most: int = MOST[OPEN], steps: int = MOST[STEPS]) -> tuple[str, ...]:
    """What is not known: what people said so of and is no step, then assumptions that another answer would change."""
    told = matters_in(_first_ones(advice, as_of, steps))
    typed = [
        words.ended(words.capital(filled(advice, _by_whom(advice, one), one.about)))
        for one in stated(advice, OPEN)
        if matter_of(one) not in told
    ]
    room = max(min(most - len(typed), MOST_ASSUMED), 0 if typed else 1)
    assumed = [one for one in ranked(advice) if one != decides_first(advice)]  # that stands below the decision
    return (*typed, *(assumed_in_words(advice, one) for one in assumed[:room]))


def _by_whom(advice: Advice, one: PointItem) -> str:
    """What is not known, with whoever is there by the day on which it is found out."""
    who = f"{{{WHO}{PROJECT_MANAGER}}}"
    if who not in one.text:
        return one.text
    role, day = acting(advice, PROJECT_MANAGER), one.about.get("soon", "")
    return one.text.replace(who, _by_then(advice, role, day) if role in advice.names.roles else words.clean(role))


def work_of(advice: Advice) -> tuple[Work, ...]:
    """The days a week with the client and on plans, until delivery and after it, where there are any."""
    days, said = days_of_work(advice), advice.names.work_with_client
    until, after = (
        (days.get(CLIENT_UNTIL, 0), days.get(PLAN_UNTIL, 0)),
        (days.get(CLIENT_AFTER, 0), days.get(PLAN_AFTER, 0)),
    )
    ahead = f"Until {advice.names.go_live}" if goes_on(advice) else "Until delivery"
    found = (Work(ahead, *until, said), Work("Afterwards" if any(until) else "In the service", *after, said))
    return tuple(one for one in found if one.client or one.plan)


def leads_of_parts(advice: Advice) -> tuple[Seat, ...]:
    """Who leads a part of the work, as people stated it."""
    return tuple(
        Seat(
            "Lead of a part",
            said_owner(advice, one.about["owner"]) if "owner" in one.about else "to be named",
            f"until {words.date_words(one.about['day'])}" if "day" in one.about else "",
            words.ended(words.capital(filled(advice, one.text, one.about))),
        )
        for one in stated(advice, SEAT)
    )


def _who(advice: Advice, one: PointItem, day: str) -> str:
    """Who acts: whoever was named for it, else the holder of the role, or a stand-in until that one is free."""
    role = one.about.get(TAKER) or acting(advice, one.who)
    if role not in advice.names.roles:
        return words.capital(words.clean(role))
    return _by_then(advice, role, day)


def _by_then(advice: Advice, role: str, day: str) -> str:
    """Who does the role's part on a day (ISO 8601): its holder, or a stand-in until that one is free."""
    found = words.capital(who_acts(advice, role))
    if not day or free_from(advice, role) <= day:
        return found
    people = advice.engagement.people
    other = bridge(advice, role, day) or people.get("account_manager") or people.get(EXECUTIVE, "")
    return words.clean(other) if other else f"Stand-in for {found}"

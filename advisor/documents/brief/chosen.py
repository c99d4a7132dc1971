"""Which facts, steps, risks and open questions a brief has room for: what people stated, then what weighs most."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from advisor.advise.against import in_short
from advisor.advise.ahead import sooner
from advisor.advise.declined import declined
from advisor.advise.offered import name_of
from advisor.advise.offers import LITTLE, OFFER, few_days, is_little
from advisor.advise.owners import EXECUTIVE, acting
from advisor.advise.stated import SEAT, TAKER, UNKNOWN
from advisor.advise.stints import bridge, first_day, free_from, goes_on
from advisor.documents.brief.budgeted import budget_step
from advisor.documents.brief.content import Danger, Seat, Step, Work
from advisor.documents.brief.dates import GO_LIVE, day_of, due, order
from advisor.documents.brief.holding import days_told, filled, said_owner, to_oneself, who_acts
from advisor.documents.brief.joined import ALL, joined, matter_of, matters_in
from advisor.documents.brief.seat_days import days_of_seats, days_of_work
from advisor.documents.brief.sure import ranked
from advisor.documents.shared import words
from advisor.model.advice import Advice, Assumption, PointItem
from advisor.model.days import moved
from advisor.model.rules import CLIENT_AFTER, CLIENT_UNTIL, MODEL, PLAN_AFTER, PLAN_UNTIL, WORK_ASKS_FOR
from advisor.model.stated import BRIDGED, OF_PEOPLE, ROLLS_OFF, STARTS, rule_of

FACTS, STEPS, RISKS, OPEN = "fact", "step", "risk", UNKNOWN
Most = Mapping[str, int]
MOST: Most = MappingProxyType({FACTS: 5, STEPS: 8, RISKS: 7, OPEN: 5})
FEWEST: Most = MappingProxyType({FACTS: 4, STEPS: 5, RISKS: 4, OPEN: 1})  # below this, nothing is cut for length
NEXT, URGENT = datetime.timedelta(weeks=2), 3  # what is due so soon weighs so much more
MOST_BESIDE = 5  # steps up to which there are some that follow from answers
FIRST_STEPS = datetime.timedelta(weeks=6)  # what is due later is for when to look again
MOST_ASSUMED = 2  # lines on what was assumed, of which each would lead to another model
WEIGHTY = 90  # a step that follows from answers and ranks so high has a place, however much people stated
MOST_STATED_FACTS = 3
BESIDE_RISKS = 2  # of what follows from answers, up to the fewest
UNSEEN = 20  # a risk on what has no step weighs so much more
_BEFORE = frozenset((rule_of(STARTS), rule_of(BRIDGED)))
_OF_PEOPLE = frozenset(rule_of(kind) for kind in OF_PEOPLE)
WITHOUT = "without"  # why nobody else is needed
MOST_REFUSED = 2  # reasons against somebody else in particular
ON_PEOPLE = 5  # a fact on who leads or is offered weighs so much more
ARGUED = (FACTS, WITHOUT)  # of each, one line at least, whatever people typed
_MODELS = frozenset((MODEL, WORK_ASKS_FOR))  # what a fact argues for, not what it states


def facts(advice: Advice, most: int = MOST[FACTS]) -> tuple[str, ...]:
    """What speaks for the decision: as people typed it, from the days of work, and why nobody else is needed.

    What is assumed only fills up to the fewest, and is marked. Nothing is said of no days, nor of days twice.
    """
    few = is_little(advice) and len(days_of_seats(advice)) == 1
    none = {measure for measure, some in days_of_work(advice).items() if few or not some}
    typed = sorted(_stated(advice, FACTS), key=lambda one: -one.rank - ON_PEOPLE * _is_on_people(advice, one))
    typed = typed[: min(MOST_STATED_FACTS, max(most - len(ARGUED), 1))]
    others = [one for one in weightiest(advice, FACTS, None) if not days_told(advice, one.text) & none]
    refused = [words.ended(filled(advice, text, about)) for text, about in declined(advice)][:MOST_REFUSED]
    without = [one for one in weightiest(advice, WITHOUT, None) if not days_told(advice, one.text) & none][:1]
    if few and not refused:
        refused = [f"No second manager: {LITTLE.format(days=few_days(advice.paid_days))}."]
    without = [] if refused else without
    said = {measure for one in without for measure in days_told(advice, one.text)}
    days = [one for one in others if days_told(advice, one.text) and not days_told(advice, one.text) & said][:1]
    said |= {measure for one in days for measure in days_told(advice, one.text)}
    counted = [] if said or refused or few else [" ".join(one.said for one in work_of(advice))]
    rest = sorted(
        (one for one in others if one not in days and not days_told(advice, one.text) & said),
        key=lambda one: _is_open(advice, one),
    )
    told = [one for one in rest if not _is_open(advice, one)]
    argued = len(typed) + len(days) + len(counted) + len(without) + len(refused)
    fill = rest[: max(min(max(most - argued, 0), len(told)), FEWEST[FACTS] - argued)]
    lines = [_argued(advice, one) for one in (*typed, *fill, *days)]
    ends = (*refused, *(_argued(advice, one) for one in without))
    return tuple(text for text in dict.fromkeys((*lines, *counted, *ends)) if text)


def _is_on_people(advice: Advice, one: PointItem) -> bool:
    """Whether it speaks of somebody who leads by this advice, or who is offered."""
    said, people = one.about.get("what", ""), advice.engagement.people
    led = (people.get(role, "") for role in advice.split.overall)
    offered = (name_of(matter) for matter in advice.engagement.matters if matter.kind == OFFER)
    return any(name and (name in said or name.split()[0] in said.split()) for name in (*led, *offered))


def _argued(advice: Advice, one: PointItem) -> str:
    text = words.ended(words.capital(filled(advice, one.text, one.about)))
    return text if one.kind == WITHOUT else words.marked(text, _is_open(advice, one))


def _is_open(advice: Advice, one: PointItem) -> bool:
    """Whether it states something that nobody answered."""
    return any(name in advice.assumed or name in advice.unsure for name in one.because if name not in _MODELS)


def steps(advice: Advice, as_of: str, most: int = MOST[STEPS]) -> tuple[Step, ...]:
    """The first steps in the order in which they are due: what was stated, and what weighs most beside it."""
    money = budget_step(advice)
    stated = [*([money] if money else []), *_first_ones(advice, as_of, most)][:most]
    beside = _moved_up(advice, weightiest(advice, STEPS, max(min(MOST_BESIDE, most) - len(stated), _weighty(advice))))
    chosen = [*stated, *beside]
    return tuple(
        Step(
            _who(advice, one, day_of(advice, one.due, as_of)),
            filled(advice, words.ended(one.text), one.about),
            due(advice, filled(advice, one.due), as_of).replace(GO_LIVE, advice.names.go_live),
        )
        for one in sorted(chosen, key=lambda step: order(advice, step.due, as_of))
    )


def _moved_up(advice: Advice, found: list[PointItem]) -> list[PointItem]:
    """The steps with what is due within weeks moved before the start, where work is short or starts soon."""
    return [replace(one, due=sooner(advice, one.due, one.about.get("early", ""))) for one in found]


def _weighty(advice: Advice) -> int:
    """How many steps that follow from answers have a place, however much people stated."""
    return sum(one.rank >= WEIGHTY for one in weightiest(advice, STEPS, 1))


def later(advice: Advice, as_of: str, most: int = MOST[STEPS], most_risks: int = MOST[RISKS]) -> list[tuple[str, str]]:
    """What was stated and is neither a first step nor a risk, with the day on which to come back to it (ISO 8601)."""
    told = matters_in((*_first_ones(advice, as_of, most), *_stated_risks(advice, as_of, most_risks, most)))
    waiting = (
        one
        for one in _moved_up(advice, _stated(advice, STEPS))
        if matter_of(one) not in told and one.rule != rule_of(UNKNOWN)  # that stands under what is not known
    )
    return [(day_of(advice, one.due, as_of), _in_a_line(advice, one)) for one in waiting]


def _in_a_line(advice: Advice, one: PointItem) -> str:
    what, whom, day = (one.about.get(name, "") for name in ("what", "whom", "day"))
    if one.rule in _BEFORE:
        what = f"who leads as {what} until {whom} is free"
    elif one.rule in _OF_PEOPLE:
        what = f"who follows {whom} as {what}"
    elif one.rule == rule_of(ROLLS_OFF):
        what = f"what {whom} has not had signed off"
    what = filled(advice, " {what}", {"what": what}).strip(" .")
    return what if one.due.endswith(day) or not day else f"{what} (by {words.date_words(day)})"


def _first_ones(advice: Advice, as_of: str, most: int) -> list[PointItem]:
    """Of the steps that were stated, those to begin with: what weighs most of what is due soon."""
    soon = [one for one in _moved_up(advice, _stated(advice, STEPS)) if not _is_later(advice, one, as_of)]
    soon.sort(key=lambda one: -one.rank - URGENT * _is_next(advice, one, as_of))
    return joined(soon)[: most - _weighty(advice)]


def _is_next(advice: Advice, one: PointItem, as_of: str) -> bool:
    """Whether a step is due in the next two weeks."""
    due_on = day_of(advice, one.due, as_of)
    return bool(as_of and due_on) and due_on < moved(datetime.date.fromisoformat(as_of), NEXT).isoformat()


def _is_later(advice: Advice, one: PointItem, as_of: str) -> bool:
    """Whether a step is due so long after the first day that it is none of the first steps."""
    first = as_of or first_day(advice)
    due_on = day_of(advice, one.due, as_of)
    if not (first and due_on):
        return False
    return datetime.date.fromisoformat(due_on) > moved(datetime.date.fromisoformat(first), FIRST_STEPS)


def dangers(advice: Advice, as_of: str, most: int | None = MOST[RISKS], steps: int = MOST[STEPS]) -> tuple[Danger, ...]:
    """The risks, the weightiest first: at most so many beside so many steps, or all."""
    stated = _stated_risks(advice, as_of, most, steps)
    beside = (
        None if most is None else max(min(FEWEST[RISKS], most) - len(stated), min(BESIDE_RISKS, most - len(stated)), 0)
    )
    return tuple(
        Danger(
            words.ended(filled(advice, one.text, one.about)),
            words.ended(words.capital(filled(advice, one.trigger, one.about))),
            _who(advice, one, one.about.get("check", "")),
            words.ended(words.capital(filled(advice, one.action, one.about))),
        )
        for one in (*stated, *weightiest(advice, RISKS, beside))
    )


def _stated_risks(advice: Advice, as_of: str, most: int | None, steps: int) -> list[PointItem]:
    """The risks that were stated, first those on what has no step; what has one is named in short."""
    stated = _stated(advice, RISKS)
    if most is None:
        return stated
    told = matters_in(_first_ones(advice, as_of, steps))
    stated.sort(key=lambda one: -one.rank - UNSEEN * (matter_of(one) not in told))
    found = joined(_in_short(one) if matter_of(one) in told else one for one in stated)[:most]
    return sorted(found, key=lambda one: -one.rank)


def _in_short(one: PointItem) -> PointItem:
    return replace(one, about={**one.about, "what": in_short(one.about.get("what", "")), ALL: matter_of(one)})


def open_questions(advice: Advice, as_of: str, most: int = MOST[OPEN], steps: int = MOST[STEPS]) -> tuple[str, ...]:
    """What is not known: what people said so of and is no step, then assumptions that another answer would change."""
    told = matters_in(_first_ones(advice, as_of, steps))
    stated = [
        words.ended(words.capital(filled(advice, one.text, one.about)))
        for one in _stated(advice, OPEN)
        if matter_of(one) not in told
    ]
    room = max(min(most - len(stated), MOST_ASSUMED), 0 if stated else 1)
    return (*stated, *(_unknown(advice, one) for one in ranked(advice)[:room]))


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
        for one in _stated(advice, SEAT)
    )


def weightiest(advice: Advice, kind: str, most: int | None) -> list[PointItem]:
    """The weightiest points of a kind that follow from answers, each text once.

    Those that rest on an assumption come after the others of a rank.
    """
    found = {
        one.text: one
        for one in sorted(advice.points, key=lambda one: one.rank)
        if one.kind == kind and not one.about and not (kind == STEPS and to_oneself(advice, one.who, one.text))
    }
    ordered = sorted(found.values(), key=lambda one: (-one.rank, bool(words.assumes(advice, one.rule))))
    return ordered[:most]


def _stated(advice: Advice, kind: str) -> list[PointItem]:
    return sorted((one for one in advice.points if one.about and one.kind == kind), key=lambda one: -one.rank)


def _who(advice: Advice, one: PointItem, day: str) -> str:
    """Who acts: whoever was named for it, else the holder of the role, or a stand-in until that one is free."""
    role = one.about.get(TAKER) or acting(advice, one.who)
    if role not in advice.names.roles:
        return words.capital(words.clean(role))
    found = words.capital(who_acts(advice, role))
    if not day or free_from(advice, role) <= day:
        return found
    people = advice.engagement.people
    other = bridge(advice, role, day) or people.get("account_manager") or people.get(EXECUTIVE, "")
    return words.clean(other) if other else f"Stand-in for {found}"


def _unknown(advice: Advice, one: Assumption) -> str:
    asked, took = words.value_words(advice, one.question, one.answer)
    by_model: dict[str, list[str]] = {}
    for option, model in one.leads_to.items():
        if model != advice.recommendation.model:
            by_model.setdefault(model, []).append(f"“{words.value_words(advice, one.question, option)[1]}”")
    model = next((one for one in by_model if one == advice.recommendation.runner_up), next(iter(by_model), ""))
    if not model:
        return f"{asked} We assumed “{took}”."
    changes = f"if {words.listed(by_model[model], 'or')}, {words.lower_first(words.model_name(advice, model))}"
    return f"{asked} We assumed “{took}”; {changes}."

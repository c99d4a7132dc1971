"""Which facts, steps, risks and open questions a brief has room for: what people stated, then what weighs most."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from advisor.advise.stated import SEAT, UNKNOWN
from advisor.advise.stints import bridge, carrier, first_day, free_from
from advisor.documents.brief.content import Danger, Seat, Step
from advisor.documents.brief.dates import GO_LIVE, day_of, due, order
from advisor.documents.brief.holding import column_of, days_told, filled, said_owner, to_oneself, who_acts
from advisor.documents.brief.sure import ranked
from advisor.documents.brief.weeks import days_of_work
from advisor.documents.shared import words
from advisor.model.advice import Advice, Assumption, PointItem
from advisor.model.days import moved
from advisor.model.rules import DELIVERY_MANAGER, MODEL, WORK_ASKS_FOR
from advisor.model.stated import OF_PEOPLE, rule_of

FACTS, STEPS, RISKS, OPEN = "fact", "step", "risk", UNKNOWN
Most = Mapping[str, int]
MOST: Most = MappingProxyType({FACTS: 5, STEPS: 5, RISKS: 5, OPEN: 5})
FEWEST: Most = MappingProxyType({FACTS: 3, STEPS: 3, RISKS: 3, OPEN: 3})  # below this, nothing is cut for length
FIRST_STEPS = datetime.timedelta(weeks=8)  # what is due later is for when to look again
EXECUTIVE = "executive_sponsor"
BESIDE = 2  # of what follows from answers, however much people stated
MOST_STEPS = 8
MOST_STATED_RISKS, MOST_STATED_FACTS = 3, 3  # each has a step besides, but for facts as they were typed
_OF_PEOPLE = frozenset(rule_of(kind) for kind in OF_PEOPLE)
WORD_FOR_WORD = "{what}"
_MODELS = frozenset((MODEL, WORK_ASKS_FOR))  # what a fact argues for, not what it states


def facts(advice: Advice, most: int = MOST[FACTS]) -> tuple[str, ...]:
    """The weightiest facts that were told; what is assumed only fills up to the fewest, and is marked."""
    told: list[str] = []
    assumed: list[str] = []
    days = days_of_work(advice)
    said = {measure for measure, some in days.items() if not some}  # nothing is said of no days, nor of days twice
    stated = _stated(advice, FACTS)
    said_so = sum(one.text == WORD_FOR_WORD for one in stated)
    stated = stated[: max(said_so, MOST_STATED_FACTS)]
    most = _room(most, len(stated))
    for one in (*stated, *weightiest(advice, FACTS, None)):
        measures = days_told(advice, one.text)
        if measures & said:
            continue
        said |= measures if len(told) < most else set()
        open_ = any(name in advice.assumed or name in advice.unsure for name in one.because if name not in _MODELS)
        text = words.marked(words.ended(words.capital(filled(advice, one.text, one.about))), open_)
        (assumed if open_ else told).append(text)
    return (*told[:most], *assumed[: max(FEWEST[FACTS] - len(told), 0)])


def steps(advice: Advice, as_of: str, most: int = MOST[STEPS]) -> tuple[Step, ...]:
    """The first steps in the order in which they are due: all that were stated, and what weighs most beside them."""
    stated = _first_ones(advice, as_of)
    beside = min(_room(most, len(stated)), MOST_STEPS) - len(stated)
    chosen = [*stated, *weightiest(advice, STEPS, max(beside, 0))]
    return tuple(
        Step(
            _who(advice, one, day_of(advice, one.due, as_of)),
            filled(advice, words.ended(one.text), one.about),
            due(advice, filled(advice, one.due), as_of).replace(GO_LIVE, advice.names.go_live),
        )
        for one in sorted(chosen, key=lambda step: order(advice, step.due, as_of))
    )


def later(advice: Advice, as_of: str) -> list[str]:
    """When to come back to what was stated and is not yet due for weeks: `on 3 June 2027 for the cap of the squads`."""
    first = _first_ones(advice, as_of)
    waiting = (one for one in _together(_stated(advice, STEPS)) if one not in first)
    return [_in_a_line(one) for one in sorted(waiting, key=lambda one: (one.about.get("early", ""), one.about["what"]))]


def _in_a_line(one: PointItem) -> str:
    what, day, early = (one.about.get(name, "") for name in ("what", "day", "early"))
    when = f"on {words.date_words(early)}, ahead of {words.date_words(day)}" if early else "within four weeks"
    if one.rule in _OF_PEOPLE:
        what = f"who follows {one.about.get('whom', '')} as {what}"
    return f"{when}: {words.clean(what).rstrip('.')}"


def _first_ones(advice: Advice, as_of: str) -> list[PointItem]:
    """Of the steps that were stated, those to begin with: what weighs most of what is due soon."""
    soon = (one for one in _stated(advice, STEPS) if not _is_later(advice, one, as_of))
    return _together(list(soon))[:MOST_STEPS]


def _is_later(advice: Advice, one: PointItem, as_of: str) -> bool:
    """Whether a step is due so long after the first day that it is none of the first steps."""
    first = max(first_day(advice), as_of)
    due_on = day_of(advice, one.due, as_of)
    if not (first and due_on):
        return False
    return datetime.date.fromisoformat(due_on) > moved(datetime.date.fromisoformat(first), FIRST_STEPS)


def dangers(advice: Advice, most: int | None = MOST[RISKS]) -> tuple[Danger, ...]:
    """The risks, the weightiest first: at most so many, or all."""
    stated = _stated(advice, RISKS)
    if most is not None:
        one_of_a_kind = {one.rule: one for one in reversed(stated)}
        stated = [one for one in stated if one_of_a_kind[one.rule] is one][: min(MOST_STATED_RISKS, most)]
        most = _room(most, len(stated)) - len(stated)
    return tuple(
        Danger(
            words.ended(filled(advice, one.text, one.about)),
            words.ended(words.capital(filled(advice, one.trigger, one.about))),
            _who(advice, one, ""),
            words.ended(words.capital(filled(advice, one.action, one.about))),
        )
        for one in (*stated, *weightiest(advice, RISKS, most))
    )


def open_questions(advice: Advice, most: int = MOST[OPEN]) -> tuple[str, ...]:
    """What is not known: what people said so of, then assumptions with what another answer would change."""
    stated = [words.ended(words.capital(filled(advice, one.text, one.about))) for one in _stated(advice, OPEN)]
    return (*stated, *(_unknown(advice, one) for one in ranked(advice)[: _room(most, len(stated)) - len(stated)]))


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
    if "owner" in one.about:
        return said_owner(advice, one.about["owner"])
    role = carried_by(advice, column_of(advice, one.who))
    found = who_acts(advice, role)
    if not day or free_from(advice, role) <= day:
        return found
    other = bridge(advice, role) or bridge(advice, role, day)
    return words.clean(other) if other else f"Stand-in for {found}"


def carried_by(advice: Advice, role: str) -> str:
    """The role whose holder acts for one that nobody is paid or free for."""
    lacking = advice.recommendation
    if role in lacking.not_paid_for:
        return carrier(advice) or role
    stands_in = role == DELIVERY_MANAGER and lacking.not_available == (role,) and EXECUTIVE in advice.matrix.roles
    return EXECUTIVE if stands_in else role


def _together(stated: list[PointItem]) -> list[PointItem]:
    """One step for all matters of which the same is to be done by the same person on the same day."""
    found: dict[tuple[str, ...], PointItem] = {}
    for one in stated:
        filled_in = (one.about.get(name, "") for name in ("whom", "day", "early") if f"{{{name}}}" in one.text)
        key = (one.rule, one.text, one.who, one.due, one.about.get("owner", ""), *filled_in)
        there = found.get(key)
        what = one.about["what"] if there is None else f"{there.about['what'].rstrip('.')}; {one.about['what']}"
        found[key] = replace(one, about={**one.about, "what": what})
    return list(found.values())


def _room(most: int, stated: int) -> int:
    """How many lines there are room for, so that some of both kinds are there."""
    return max(most, stated + max(min(BESIDE, most - 2), 0))


def _unknown(advice: Advice, one: Assumption) -> str:
    asked, took = words.value_words(advice, one.question, one.answer)
    by_model: dict[str, list[str]] = {}
    for option, model in one.leads_to.items():
        if model != advice.recommendation.model:
            by_model.setdefault(model, []).append(f"“{words.value_words(advice, one.question, option)[1]}”")
    changes = [
        f"if {words.listed(options, 'or')}, {words.lower_first(words.model_name(advice, model))}"
        for model, options in by_model.items()
    ]
    return f"{asked} We assumed “{took}”; {'; '.join(changes)}."

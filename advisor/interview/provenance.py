"""Where answers come from: kept when they are given, and what is new since the rulebook that they were given under."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from advisor.catalog.answers import replacing
from advisor.interview.steps import steps_of
from advisor.model.engagement import AskedWith, Engagement, Origin
from advisor.model.person import Person
from advisor.model.questions import Asking

Told = TypeVar("Told", Engagement, Person)


@dataclass(frozen=True, slots=True)
class News:
    """What differs for the reader since the answers were last given: the rulebook was `version` then.

    `asked` are steps that are new and open, `gone` questions answered that are not asked any more, `reworded` those
    answered with an option that there is no longer. All are ids.
    """

    version: str
    asked: tuple[str, ...]
    gone: tuple[str, ...]
    reworded: tuple[str, ...]


def now() -> str:
    """The time, as files keep it."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def recorded(
    told: Told,
    catalog: Asking,
    answers: Mapping[str, str],
    how: str,
    when: str,
    notes: Mapping[str, str] | None = None,
    source: str = "",
) -> Told:
    """The engagement, or the person, with these answers in the rulebook's order; each that is new with its origin.

    `notes` are all notes by question, None to leave them as they are. `source` is the file that answers came from.
    """
    in_order = {one: answers[one] for one in catalog.questions if one in answers}
    given = {name for name, option in in_order.items() if told.answers.get(name) != option}
    # a list is one answer: what comes with one part of it comes with all
    for several in catalog.several.values():
        parts = set(several.parts.values())
        given |= parts if given & parts and parts <= in_order.keys() else set()
    kept = {name: one.note for name, one in told.origins.items() if one.note} if notes is None else notes
    origins = {}
    # what an earlier rulebook asked stays as it was given
    for question in dict.fromkeys((*catalog.questions, *told.origins)):
        option, note = in_order.get(question, ""), kept.get(question, "")
        before = told.origins.get(question)
        earlier = question in replacing(catalog) or (question in told.retired and not option)
        if earlier and before is not None:
            origins[question] = before
        elif question in given:
            origins[question] = Origin(option, how, when, catalog.digest, source, note)
        elif before is not None and before.option == option and (option or note):
            origins[question] = replace(before, note=note)
        elif note:
            origins[question] = Origin(option=option, note=note)
    known = dict.fromkeys((*catalog.questions, *catalog.several, *told.retired))
    asked_with = AskedWith(catalog.version, catalog.digest, tuple(known)) if given else told.asked_with
    retired = {name: one for name, one in told.retired.items() if name not in in_order}
    replaced = {name: one for name, one in told.replaced.items() if name in in_order and name not in given}
    return replace(told, answers=in_order, origins=origins, asked_with=asked_with, retired=retired, replaced=replaced)


def news(catalog: Asking, engagement: Engagement | Person) -> News | None:
    """What the rulebook asks otherwise than it did when the answers were given; None where it is the same one."""
    before = engagement.asked_with
    if before is None or before.digest == catalog.digest:
        return None
    return News(
        before.version,
        tuple(
            step.id
            for step in steps_of(catalog, catalog.questions)
            if not set(step.names) <= set(before.questions) and step.is_open(engagement.answers)
        ),
        tuple(one for one in engagement.retired if one not in catalog.questions),
        tuple(one for one in engagement.retired if one in catalog.questions),
    )

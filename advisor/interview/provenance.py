"""Where answers come from: kept when they are given, and what is new since the rulebook that they were given under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from advisor.model.advice import AskedWith, Engagement, Origin
from advisor.model.person import Person
from advisor.model.rulebook import Asking

Told = TypeVar("Told", Engagement, Person)


@dataclass(frozen=True, slots=True)
class News:
    """What differs for the reader since the answers were last given: the rulebook was `version` then.

    `asked` are questions that are new, `gone` those answered that are not asked any more, `reworded` those answered
    with an option that there is no longer. All are ids.
    """

    version: str
    asked: tuple[str, ...]
    gone: tuple[str, ...]
    reworded: tuple[str, ...]


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
    kept = {name: one.note for name, one in told.origins.items() if one.note} if notes is None else notes
    origins = {}
    # what an earlier rulebook asked stays as it was given
    for question in dict.fromkeys((*catalog.questions, *told.origins)):
        option, note = in_order.get(question, ""), kept.get(question, "")
        before = told.origins.get(question)
        if question in told.retired and not option and before is not None:
            origins[question] = before
        elif option and told.answers.get(question) != option:
            origins[question] = Origin(option, how, when, catalog.digest, source, note)
        elif before is not None and before.option == option and (option or note):
            origins[question] = replace(before, note=note)
        elif note:
            origins[question] = Origin(option=option, note=note)
    given = {name: one for name, one in in_order.items() if told.answers.get(name) != one}
    known = (*catalog.questions, *(one for one in told.retired if one not in catalog.questions))
    asked_with = AskedWith(catalog.version, catalog.digest, known) if given else told.asked_with
    retired = {name: one for name, one in told.retired.items() if name not in in_order}
    return replace(told, answers=in_order, origins=origins, asked_with=asked_with, retired=retired)


def news(catalog: Asking, engagement: Engagement | Person) -> News | None:
    """What the rulebook asks otherwise than it did when the answers were given; None where it is the same one."""
    before = engagement.asked_with
    if before is None or before.digest == catalog.digest:
        return None
    return News(
        before.version,
        tuple(one for one in catalog.questions if one not in before.questions),
        tuple(one for one in engagement.retired if one not in catalog.questions),
        tuple(one for one in engagement.retired if one in catalog.questions),
    )

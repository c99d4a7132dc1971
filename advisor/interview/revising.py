"""A saved file, changed: what was answered is exchanged, everything else stays as it was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic

from advisor.catalog.engagements import read_one
from advisor.catalog.people import read_one_person
from advisor.errors import InputError, OutputError
from advisor.interview.in_place import RECORDS, SECTIONS, put
from advisor.interview.provenance import Told
from advisor.interview.writing import asked_with_inline, dump_engagement, dump_person, inline, origin_inline
from advisor.model.advice import AskedWith, Engagement, Origin
from advisor.model.person import Person, PersonRules
from advisor.model.rulebook import Catalog

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Form(Generic[Told]):
    """A kind of file: the section of its head with the fields there, how it is read and written, and what is asked.

    Others cannot read what is `private`.
    """

    section: str
    head: tuple[str, ...]
    read: Callable[[bytes, str], Told]
    dump: Callable[[Told], str]
    questions: tuple[str, ...]
    private: bool = False


def engagement_form(catalog: Catalog) -> Form[Engagement]:
    """Files on engagements."""
    read = partial(read_one, catalog=catalog)
    return Form("engagement", ("id", "name", "client"), read, dump_engagement, tuple(catalog.questions))


def person_form(rules: PersonRules) -> Form[Person]:
    """Files on people."""
    read = partial(read_one_person, rules=rules)
    return Form("person", ("id", "name"), read, dump_person, tuple(rules.questions), private=True)


def revise(data: bytes, name: str, before: Told, after: Told, form: Form[Told]) -> bytes:
    """Return the file `data` with whatever differs between `before` and `after` changed in it, and nothing else.

    Comments and layout stay, and so does what somebody has written into the file since `before` was read from it.
    Raises InputError when the file can no longer be read, OutputError when its layout does not allow the change.
    """
    changes = _Changes.between(before, after, form.head)
    wanted = changes.made_to(form.read(data, name))
    revised = changes.written_into(data.decode("utf-8-sig"), name, form.section, form.head, form.questions).encode()
    revised = _BOM + revised if data.startswith(_BOM) else revised
    try:
        done = form.read(revised, name) == wanted
    except InputError:
        done = False
    # Not all that YAML allows can be changed piece by piece; better no change than one that says something else.
    if not done:
        hint = "write one 'question: option' on a line, as 'advisor new' does"
        raise OutputError(f"{name}: cannot be changed without touching the rest of it; {hint}")
    return revised


def overtaken(data: bytes, name: str, before: Told, after: Told, form: Form[Told]) -> tuple[str, ...]:
    """Where the file says neither what `before` said nor what `after` says, so that somebody's words have to go."""
    there = form.read(data, name)
    said = zip(_points(before, form), _points(there, form), _points(after, form), strict=True)
    return tuple(
        f"{field}: {others or 'nothing'} was written there meanwhile; it is {ours or 'nothing'} now"
        for (field, old), (_, others), (_, ours) in said
        if ours != old and others not in (old, ours)
    )


def _points(told: Told, form: Form[Told]) -> list[tuple[str, str]]:
    """All that people say, field by field."""
    origins: Mapping[str, Origin] = told.origins
    noted: dict[str, str] = {name: one.note for name, one in origins.items()}
    return [
        *((field, getattr(told, field)) for field in form.head),
        *((f"answers.{name}", told.answers.get(name, "")) for name in form.questions),
        *((f"provenance.{name}.note", noted.get(name, "")) for name in form.questions),
    ]


@dataclass(frozen=True, slots=True)
class _Changes:
    """New texts by field of the head, a new questionnaire, and options by question (empty: the answer is gone).

    Likewise where answers come from (None: no longer kept), and the rulebook that they were given under.
    """

    head: Mapping[str, str]
    questionnaire: str
    answers: Mapping[str, str]
    origins: Mapping[str, Origin | None]
    asked_with: AskedWith | None

    @classmethod
    def between(cls, before: Told, after: Told, fields: tuple[str, ...]) -> _Changes:
        head = {one: new for one in fields if (new := getattr(after, one)) != getattr(before, one)}
        answers = {one: new for one, new in after.answers.items() if before.answers.get(one) != new}
        gone = {one: "" for one in before.answers if one not in after.answers}
        asked = getattr(after, "questionnaire", "")  # of people there is one
        questionnaire = asked if asked != getattr(before, "questionnaire", "") else ""
        origins: dict[str, Origin | None] = {
            one: new for one, new in after.origins.items() if before.origins.get(one) != new
        }
        unknown: dict[str, Origin | None] = {one: None for one in before.origins if one not in after.origins}
        asked_with = after.asked_with if after.asked_with != before.asked_with else None
        return cls(head, questionnaire, answers | gone, origins | unknown, asked_with)

    def made_to(self, told: Told) -> Told:
        answers = {**told.answers, **self.answers}
        origins = {**told.origins, **self.origins}
        named: dict[str, Any] = {**self.head, **({"questionnaire": self.questionnaire} if self.questionnaire else {})}
        return replace(
            told,
            **named,
            answers={question: option for question, option in answers.items() if option},
            origins={question: origin for question, origin in origins.items() if origin is not None},
            asked_with=self.asked_with or told.asked_with,
            retired={one: option for one, option in told.retired.items() if one not in self.answers},
        )

    def written_into(
        self, text: str, name: str, section: str, fields: tuple[str, ...], questions: tuple[str, ...]
    ) -> str:
        for one, words in self.head.items():
            text = put(text, name, section, one, inline(words), fields)
        if self.questionnaire:
            text = put(text, name, "", "questionnaire", self.questionnaire, SECTIONS)
        for question, option in self.answers.items():
            text = put(text, name, "answers", question, option, questions)
        for question, origin in self.origins.items():
            written = origin_inline(origin) if origin is not None else ""
            text = put(text, name, "provenance", question, written, questions)
        if self.asked_with is not None:
            text = put(text, name, "", "asked_with", asked_with_inline(self.asked_with), RECORDS)
        return text

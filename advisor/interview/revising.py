"""A saved file, changed: what was answered is exchanged, everything else stays as it was typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Generic

from advisor.catalog.engagements import read_one
from advisor.catalog.people import read_one_person
from advisor.catalog.records import DATES, named_people
from advisor.errors import InputError, OutputError
from advisor.interview.in_place import RECORDS, SECTIONS, add_item, filled, put
from advisor.interview.lists import Entries, Written, answers_written, origins_written, touched
from advisor.interview.provenance import Told
from advisor.interview.writing import asked_with_inline, dump_engagement, dump_person, inline, matter_written
from advisor.model.engagement import AskedWith, Engagement, Origin
from advisor.model.person import Person, PersonRules
from advisor.model.questions import Asking, Several
from advisor.model.rulebook import Catalog
from advisor.model.rules import UNANSWERED
from advisor.model.stated import Matter

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Form(Generic[Told]):
    """A kind of file: the section of its head with the fields there, how it is read and written, and what is asked.

    `questions` are the questions in order, each behind those whose place it takes and each list before its parts;
    `several` are the lists; `earlier` has by question those whose place it takes. `more` are sections besides the
    answers, with what they may hold. Others cannot read what is `private`.
    """

    section: str
    head: tuple[str, ...]
    read: Callable[[bytes, str], Told]
    dump: Callable[[Told], str]
    questions: tuple[str, ...]
    earlier: Mapping[str, frozenset[str]]
    several: Mapping[str, Several] = field(default_factory=dict)
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    private: bool = False


def engagement_form(catalog: Catalog) -> Form[Engagement]:
    """Files on engagements."""
    read = partial(read_one, catalog=catalog)
    dump = partial(dump_engagement, several=catalog.several)
    questions = dict.fromkeys(
        name for one in catalog.questions.values() for name in (*one.replaces, one.part_of or one.id, one.id)
    )
    more = {"people": named_people(catalog), "dates": DATES}
    head = ("id", "name", "client")
    return Form("engagement", head, read, dump, tuple(questions), _earlier(catalog), catalog.several, more)


def person_form(rules: PersonRules) -> Form[Person]:
    """Files on people."""
    read = partial(read_one_person, rules=rules)
    return Form("person", ("id", "name"), read, dump_person, tuple(rules.questions), _earlier(rules), private=True)


def _earlier(catalog: Asking) -> dict[str, frozenset[str]]:
    return {question.id: frozenset(question.replaces) for question in catalog.questions.values()}


def revise(data: bytes, name: str, before: Told, after: Told, form: Form[Told]) -> bytes:
    """Return the file `data` with whatever differs between `before` and `after` changed in it, and nothing else.

    Comments and layout stay, and so does what somebody has written into the file since `before` was read from it.
    Raises InputError when the file can no longer be read, OutputError when its layout does not allow the change.
    """
    changes = _Changes.between(before, after, form)
    wanted = changes.made_to(form.read(data, name))
    revised = changes.written_into(data.decode("utf-8-sig"), name, wanted, form).encode()
    revised = _BOM + revised if data.startswith(_BOM) else revised
    try:
        done = form.read(revised, name) == wanted
    except InputError:
        done = False
    # Not all that YAML allows can be changed piece by piece; better no change than one that says something else.
    if not done:
        hint = "write one 'question: answer' on a line, as 'advisor new' does"
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
        *((f"{part}.{name}", getattr(told, part).get(name, "")) for part, names in form.more.items() for name in names),
        ("context", getattr(told, "context", "")),
    ]


@dataclass(frozen=True, slots=True)
class _Changes:
    """New texts by field of the head, a new questionnaire, and options by question (empty: the answer is gone).

    Likewise what other sections hold, a new paragraph of context (None: as it was), new matters, where answers come
    from (None: no longer kept), and the rulebook that they were given under.
    """

    head: Mapping[str, str]
    questionnaire: str
    answers: Mapping[str, str]
    more: Mapping[str, Mapping[str, str]]
    context: str | None
    matters: tuple[Matter, ...]
    origins: Mapping[str, Origin | None]
    asked_with: AskedWith | None

    @classmethod
    def between(cls, before: Told, after: Told, form: Form[Told]) -> _Changes:
        head = {one: new for one in form.head if (new := getattr(after, one)) != getattr(before, one)}
        answers = _differing(before.answers, after.answers)
        # an answer that was read from an earlier question, and is now given to this one
        answers |= {one: after.answers.get(one, "") for one in before.replaced if one not in after.replaced}
        asked = getattr(after, "questionnaire", "")  # of people there is one
        questionnaire = asked if asked != getattr(before, "questionnaire", "") else ""
        more = {one: _differing(getattr(before, one), getattr(after, one)) for one in form.more}
        context = getattr(after, "context", None)
        stated: tuple[Matter, ...] = getattr(after, "matters", ())
        matters = tuple(one for one in stated if one not in getattr(before, "matters", ()))
        origins: dict[str, Origin | None] = {
            one: new for one, new in after.origins.items() if before.origins.get(one) != new
        }
        unknown: dict[str, Origin | None] = {one: None for one in before.origins if one not in after.origins}
        asked_with = after.asked_with if after.asked_with != before.asked_with else None
        return cls(
            head,
            questionnaire,
            answers,
            {name: changed for name, changed in more.items() if changed},
            context if context != getattr(before, "context", None) else None,
            matters,
            origins | unknown,
            asked_with,
        )

    def made_to(self, told: Told) -> Told:
        origins = {**told.origins, **self.origins}
        named: dict[str, Any] = {**self.head, **({"questionnaire": self.questionnaire} if self.questionnaire else {})}
        named |= {name: _with(getattr(told, name), changed) for name, changed in self.more.items()}
        named |= {} if self.context is None else {"context": self.context}
        named |= {"matters": (*getattr(told, "matters", ()), *self.matters)} if self.matters else {}
        return replace(
            told,
            **named,
            answers=_with(told.answers, self.answers),
            origins={question: origin for question, origin in origins.items() if origin is not None},
            asked_with=self.asked_with or told.asked_with,
            retired={one: option for one, option in told.retired.items() if one not in self.answers},
            replaced={one: old for one, old in told.replaced.items() if one not in self.answers},
        )

    def written_into(self, text: str, name: str, wanted: Told, form: Form[Told]) -> str:
        for one, words in self.head.items():
            text = put(text, name, form.section, one, inline(words), form.head)
        if self.questionnaire:
            text = put(text, name, "", "questionnaire", self.questionnaire, SECTIONS)
        own = {one: option for one, option in wanted.answers.items() if one not in wanted.replaced}
        there = filled(text, name, "answers")
        # what stands there as an answer to an earlier question must not come back
        own |= {one: UNANSWERED for one, option in self.answers.items() if not option and there & form.earlier[one]}
        answers = answers_written(form.several, own)
        text = _put_entries(text, name, "answers", self.answers, answers, form)
        for section, changed in self.more.items():
            for one, words in changed.items():
                text = put(text, name, section, one, inline(words) if words else "", form.more[section])
        if self.context is not None:
            text = put(text, name, "", "context", inline(self.context) if self.context else "", SECTIONS)
        for matter in self.matters:
            text = add_item(text, name, "matters", inline(matter_written(matter)))
        text = _put_entries(text, name, "provenance", self.origins, origins_written(form.several, wanted.origins), form)
        if self.asked_with is not None:
            text = put(text, name, "", "asked_with", asked_with_inline(self.asked_with), RECORDS)
        return text


def _put_entries(
    text: str, name: str, section: str, changed: Collection[str], entries: Entries, form: Form[Told]
) -> str:
    """Write what has changed in a section: a list in one place where all its parts are known, else part by part."""
    alone, lists = touched(form.several, changed)

    def wrote(text: str, key: str, written: Written) -> str:
        return put(text, name, section, key, inline(written) if written != "" else "", form.questions)

    for question in alone:
        text = wrote(text, question, entries.single.get(question, ""))
    for one in lists:
        there = filled(text, name, section)
        parts = tuple(one.parts.values())
        if one.id in entries.lists and not there.issuperset(parts):
            for part in parts:
                text = wrote(text, part, "") if part in there else text
            text = wrote(text, one.id, entries.lists[one.id])
            continue
        text = wrote(text, one.id, "") if one.id in there else text
        for part in parts:
            text = wrote(text, part, entries.single.get(part, ""))
    return text


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """What is new, and an empty text for what is gone."""
    new = {one: text for one, text in after.items() if before.get(one) != text}
    return new | {one: "" for one in before if one not in after}


def _with(told: Mapping[str, str], changed: Mapping[str, str]) -> dict[str, str]:
    return {one: text for one, text in {**told, **changed}.items() if text}

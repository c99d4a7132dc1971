"""Engagement files: YAML or JSON to engagements, every mistake reported with its line and the nearest right word."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import yaml

from advisor.catalog.fields import Fields, Problems, is_null, kind_of, scalar
from advisor.catalog.plain import LONGEST_CONTEXT, line
from advisor.catalog.provenance import read_asked_with, read_origins
from advisor.catalog.records import DATES, accept, default_questionnaire, record_of
from advisor.catalog.source import Document, compose
from advisor.errors import InputError, Problem
from advisor.files import read_limited
from advisor.model.advice import AskedWith, Engagement, Origin
from advisor.model.rulebook import Asking, Catalog, Several
from advisor.model.rules import UNANSWERED

_BOOLEANS = {"true": "yes", "false": "no"}


def read_engagement(path: Path, catalog: Catalog) -> Engagement:
    """The one engagement in the file at `path`; InputError carries every problem in it."""
    return read_one(read_limited(path), str(path), catalog)


def read_one(data: bytes, name: str, catalog: Catalog) -> Engagement:
    """The one engagement in `data`, which messages call `name`; InputError carries every problem in it."""
    found = list(read_engagements(data, name, catalog))
    if not found:
        raise InputError([Problem(name, 1, "", "is empty; 'advisor new' writes one to fill in")])
    if len(found) > 1:
        many = f"holds {len(found)} documents; one engagement is read here (advisor batch reads them all)"
        raise InputError([Problem(name, 0, "", many)])
    if isinstance(found[0], InputError):
        raise found[0]
    return found[0]


def read_engagements(data: bytes, name: str, catalog: Catalog) -> Iterator[Engagement | InputError]:
    """Each document of a file as an engagement, or as its problems; raises InputError if none is readable."""
    return engagements_in(compose(data, name), name, catalog)


def engagements_in(
    documents: Iterable[Document], name: str, catalog: Catalog, default_id: str = ""
) -> Iterator[Engagement | InputError]:
    """Each of the documents, which come from the file `name`, as an engagement, or as its problems.

    An engagement without an id is called `default_id`, or else after the file.
    """
    called = default_id or id_from(name)
    earlier = 0
    for node, _ in documents:
        record = record_of(node)
        accepted = accept(record, catalog, called) if record is not None else None
        if accepted is not None:
            yield accepted
            continue
        problems = Problems(name, earlier=earlier)
        engagement = _engagement(node, problems, catalog, called)
        earlier += len(problems.found)
        yield InputError(problems.found) if problems.found else engagement


def _engagement(node: yaml.Node, problems: Problems, catalog: Catalog, called: str) -> Engagement:
    if not isinstance(node, yaml.MappingNode):
        problems.add(node, "", f"must be a mapping with engagement: and answers:, not {kind_of(node)}")
        return Engagement("", "", "", {}, {}, {})
    fields = Fields(node, "", problems)
    if "person" in fields and "engagement" not in fields:
        problems.add(node, "", "describes a person, not an engagement; advisor fit reads it")
        return Engagement("", "", "", {}, {}, {})
    head = section_of(fields, "engagement")
    engagement_id, name, client = called, "", ""
    if head is not None:
        engagement_id = line(head, "id") or engagement_id
        name, client = line(head, "name"), line(head, "client")
        head.finish()
    questionnaire = _questionnaire(fields, catalog)
    asked_with = read_asked_with(fields)
    origins = read_origins(fields, {*catalog.questions, *(asked_with.questions if asked_with is not None else ())})
    given = answers_in(fields, catalog, origins, asked_with)
    people = _people(fields, catalog)
    dates = _dates(fields)
    named = fields.get("rulebook")
    rulebook = "" if named is None or is_null(named) else scalar(named, "rulebook", problems)
    context = line(fields, "context", LONGEST_CONTEXT)
    fields.finish()
    return Engagement(
        engagement_id,
        name or engagement_id,
        client,
        given.answers,
        people,
        dates,
        questionnaire,
        rulebook,
        origins,
        asked_with,
        given.retired,
        given.replaced,
        context,
    )


def id_from(file: str) -> str:
    """The id of an engagement that its file gives none: the letters and digits of the file's name."""
    return re.sub(r"[^a-z0-9]+", "-", Path(file).stem.lower()).strip("-") or "engagement"


def section_of(fields: Fields, name: str, required: bool = False) -> Fields | None:
    """The mapping under `name`; None where nothing is filled in."""
    node = fields.get(name)
    return None if node is not None and is_null(node) else fields.inner(name, required)


def _questionnaire(fields: Fields, catalog: Catalog) -> str:
    node = fields.get("questionnaire")
    if node is None or is_null(node):
        return default_questionnaire(catalog)
    name = scalar(node, "questionnaire", fields.problems)
    if isinstance(node, yaml.ScalarNode) and name not in catalog.questionnaires:
        near = fields.problems.near(name, catalog.questionnaires) or f" (known: {', '.join(catalog.questionnaires)})"
        fields.problems.add(node, "questionnaire", f"{name[:80]!r} is no questionnaire{near}")
    return name


@dataclass(frozen=True, slots=True)
class Given:
    """Answers by question; those that an earlier rulebook asked for and this one does not; those that were given to an
    earlier question and are read as answers to this one.
    """

    answers: dict[str, str]
    retired: dict[str, str]
    replaced: dict[str, tuple[str, str]]


def answers_in(
    fields: Fields,
    catalog: Asking,
    origins: Mapping[str, Origin],
    asked_with: AskedWith | None,
    gaps: Collection[str] = ("", UNANSWERED),
) -> Given:
    """What is answered in a file. `gaps` are the words that may stand for no answer."""
    found = Given({}, {}, {})
    earlier: list[tuple[str, str]] = []
    several = catalog.several
    known = (*catalog.questions, *several)
    part = section_of(fields, "answers", required=True)
    for name, key, value in part.pairs() if part is not None else ():
        question = catalog.questions.get(name)
        where = f"answers.{name}"
        if name in several:
            _answer_several(several[name], value, where, fields.problems, found)
            continue
        read_as = replacing(catalog).get(name, ()) if question is None else ()
        if question is None and not read_as and (asked_with is None or name not in asked_with.questions):
            fields.problems.add(key, where, f"is no question{fields.problems.near(name, known)}")
            continue
        if is_null(value):
            continue
        given = scalar(value, where, fields.problems)
        options = question.option_ids if question is not None else tuple({old for _, old_ in read_as for old in old_})
        if given not in options:
            given = _BOOLEANS.get(given.lower(), given) if set(options) <= {"yes", "no"} else given
        if given in options:
            if question is None:
                earlier.append((name, given))
            elif name in found.answers:
                fields.problems.add(key, where, f"is answered under {question.part_of} too")
            else:
                found.answers[name] = given
        elif given in gaps or not isinstance(value, yaml.ScalarNode):
            continue
        elif question is None or _was_right(given, origins.get(name), catalog):
            found.retired[name] = given
        else:
            hint = fields.problems.near(given.lower(), options)
            fields.problems.add(value, where, f"{given[:80]!r} is none of {', '.join(options)}{hint}")
    for name, given in earlier:
        for question_id, read in replacing(catalog)[name]:
            if given in read and question_id not in found.answers:
                found.answers[question_id] = read[given]
                found.replaced[question_id] = (name, given)
    return found


def _answer_several(several: Several, node: yaml.Node, where: str, problems: Problems, found: Given) -> None:
    """A list of options as a yes or no for each; nothing where the list is left empty by `null`."""
    if is_null(node):
        return
    if not isinstance(node, yaml.SequenceNode):
        problems.add(
            node, where, f"must be a list of {', '.join(several.parts)}, such as [{next(iter(several.parts))}]"
        )
        return
    chosen: set[str] = set()
    for item in node.value:
        given = scalar(item, where, problems)
        if not isinstance(item, yaml.ScalarNode):
            continue
        if given not in several.parts:
            hint = problems.near(given.lower(), several.parts)
            problems.add(item, where, f"{given[:80]!r} is none of {', '.join(several.parts)}{hint}")
        elif given in chosen:
            problems.add(item, where, f"names {given!r} twice")
        chosen.add(given)
    for option, part in several.parts.items():
        if part in found.answers:
            problems.add(node, where, f"answers {part} too, which is answered by itself")
        found.answers[part] = "yes" if option in chosen else "no"


@lru_cache(maxsize=8)
def replacing(catalog: Asking) -> dict[str, list[tuple[str, Mapping[str, str]]]]:
    """By earlier question: the questions that take its place, each with how its options are read."""
    found: dict[str, list[tuple[str, Mapping[str, str]]]] = {}
    for question in catalog.questions.values():
        for old, read in question.replaces.items():
            found.setdefault(old, []).append((question.id, read))
    return found


def _was_right(given: str, origin: Origin | None, catalog: Asking) -> bool:
    """Whether the answer was given so under another rulebook."""
    return origin is not None and origin.option == given and origin.rulebook not in ("", catalog.digest)


def _people(fields: Fields, catalog: Catalog) -> dict[str, str]:
    people: dict[str, str] = {}
    part = section_of(fields, "people")
    for name, key, _ in part.pairs() if part is not None else ():
        known = named_people(catalog)
        if name not in known:
            hint = fields.problems.near(name, known) or f" (known: {', '.join(known)})"
            fields.problems.add(key, f"people.{name}", f"is no role and no party{hint}")
        elif part is not None:
            people[name] = line(part, name)
    return {role: name for role, name in people.items() if name}


def named_people(catalog: Catalog) -> tuple[str, ...]:
    """Who can be named in an engagement file: the roles, and the parties that can be there."""
    parties = (option for several in catalog.several.values() for option in several.parts)
    return tuple(dict.fromkeys((*catalog.roles, *parties)))


def _dates(fields: Fields) -> dict[str, str]:
    dates: dict[str, str] = {}
    part = section_of(fields, "dates")
    if part is None:
        return dates
    for name in DATES:
        node = part.get(name)
        if node is None or is_null(node):
            continue
        text = scalar(node, part.path(name), fields.problems)
        try:
            dates[name] = datetime.date.fromisoformat(text).isoformat()
        except ValueError:
            if isinstance(node, yaml.ScalarNode):
                fields.problems.add(node, part.path(name), f"{text[:80]!r} is no date; write it as 2027-01-31")
    part.finish()
    order = [(name, dates[name]) for name in DATES if name in dates]
    for (early, first), (late, second) in pairwise(order):
        if first > second:
            fields.problems.add(part.node, "dates", f"{early} ({first}) is after {late} ({second})")
    return dates

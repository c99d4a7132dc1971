"""Engagement files: YAML or JSON to engagements, every mistake reported with its line and the nearest right word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import yaml

from advisor.catalog.agreed import known_names, read_agreed
from advisor.catalog.amounts import read_money
from advisor.catalog.answers import answers_in, section_of
from advisor.catalog.fields import Fields, Problems, is_null, kind_of, scalar
from advisor.catalog.plain import LONGEST_CONTEXT, line
from advisor.catalog.provenance import read_asked_with, read_origins
from advisor.catalog.records import AS_OF, DATES, accept, default_questionnaire, named_people, record_of, role_called
from advisor.catalog.source import Document, compose
from advisor.catalog.stated import read_day, read_people, read_stated
from advisor.errors import InputError, Problem
from advisor.files import read_limited
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from advisor.model.stated import Stint


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
    engagement_id, name, client, asked_by = called, "", "", ""
    if head is not None:
        engagement_id = line(head, "id") or engagement_id
        name, client, asked_by = line(head, "name"), line(head, "client"), line(head, "for")
        head.finish()
    questionnaire = _questionnaire(fields, catalog)
    asked_with = read_asked_with(fields)
    origins = read_origins(fields, catalog, asked_with)
    given = answers_in(fields, catalog, origins, asked_with)
    people, times = _people(fields, catalog)
    dates, as_of = _dates(fields)
    named = fields.get("rulebook")
    rulebook = "" if named is None or is_null(named) else scalar(named, "rulebook", problems)
    context = line(fields, "context", LONGEST_CONTEXT)
    for_client = line(fields, "context_for_client", LONGEST_CONTEXT)
    money = read_money(fields)
    matters = read_stated(fields, catalog.matters)
    agreed = read_agreed(fields, catalog, known_names(people, times, matters), as_of)
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
        matters,
        times,
        as_of,
        for_client,
        agreed,
        money,
        asked_by,
    )


def id_from(file: str) -> str:
    """The id of an engagement that its file gives none: the letters and digits of the file's name."""
    return re.sub(r"[^a-z0-9]+", "-", Path(file).stem.lower()).strip("-") or "engagement"


def _questionnaire(fields: Fields, catalog: Catalog) -> str:
    node = fields.get("questionnaire")
    if node is None or is_null(node):
        return default_questionnaire(catalog)
    name = scalar(node, "questionnaire", fields.problems)
    if isinstance(node, yaml.ScalarNode) and name not in catalog.questionnaires:
        near = fields.problems.near(name, catalog.questionnaires) or f" (known: {', '.join(catalog.questionnaires)})"
        fields.problems.add(node, "questionnaire", f"{name[:80]!r} is no questionnaire{near}")
    return name


def _people(fields: Fields, catalog: Catalog) -> tuple[dict[str, str], dict[str, tuple[Stint, ...]]]:
    """Who holds which role, and how much time people have for it, where somebody said."""
    people: dict[str, str] = {}
    times: dict[str, tuple[Stint, ...]] = {}
    part = section_of(fields, "people")
    for name, key, node in part.pairs() if part is not None else ():
        role = role_called(catalog, name)
        if not role:
            known = named_people(catalog)
            near = fields.problems.near(name, (*known, *(one.name for one in catalog.roles.values())))
            hint = near or f" (known: {', '.join(known)})"
            fields.problems.add(key, f"people.{name}", f"is no role and no party{hint}")
        elif role in people:
            fields.problems.add(key, f"people.{name}", f"names the same role as another key ({role})")
        elif part is not None:
            stints = read_people(node, part, name)
            people[role] = stints[0].name if stints else ""
            if any(stint != Stint(stint.name) for stint in stints) or len(stints) > 1:
                times[role] = stints
    return (
        {role: name for role, name in people.items() if name},
        times,
    )


def _dates(fields: Fields) -> tuple[dict[str, str], str]:
    """The dates of the engagement, and the day as of which the file speaks."""
    dates: dict[str, str] = {}
    part = section_of(fields, "dates")
    if part is None:
        return dates, ""
    for name in DATES:
        if day := read_day(part, name):
            dates[name] = day
    as_of = read_day(part, AS_OF)
    part.finish()
    order = [(name, dates[name]) for name in DATES if name in dates]
    for (early, first), (late, second) in pairwise(order):
        if first > second:
            fields.problems.add(part.node, "dates", f"{early} ({first}) is after {late} ({second})")
    return dates, as_of

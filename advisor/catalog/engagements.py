"""Engagement files: YAML or JSON to engagements, every mistake reported with its line and the nearest right word."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import yaml

from advisor.catalog.fields import Fields, Problems, kind_of, scalar
from advisor.catalog.source import compose
from advisor.errors import InputError, Problem, did_you_mean
from advisor.files import read_limited
from advisor.model.advice import Engagement
from advisor.model.rulebook import UNANSWERED, Catalog

_DATES = ("start", "go_live", "end")
_BOOLEANS = {"true": "yes", "false": "no"}
_LONGEST_TEXT = 300
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ufffe\uffff]")


def read_engagement(path: Path, catalog: Catalog) -> Engagement:
    """The one engagement in the file at `path`; InputError carries every problem in it."""
    found = list(read_engagements(read_limited(path), str(path), catalog))
    if not found:
        raise InputError([Problem(str(path), 1, "", "is empty; 'advisor new' writes one to fill in")])
    if len(found) > 1:
        many = f"holds {len(found)} documents; one engagement is read here (advisor batch reads them all)"
        raise InputError([Problem(str(path), 0, "", many)])
    if isinstance(found[0], InputError):
        raise found[0]
    return found[0]


def read_engagements(data: bytes, name: str, catalog: Catalog) -> Iterator[Engagement | InputError]:
    """Each document of a file as an engagement, or as its problems; raises InputError if none is readable."""
    for node, _ in compose(data, name):
        problems = Problems(name)
        engagement = _engagement(node, problems, catalog)
        yield InputError(problems.found) if problems.found else engagement


def _engagement(node: yaml.Node, problems: Problems, catalog: Catalog) -> Engagement:
    if not isinstance(node, yaml.MappingNode):
        problems.add(node, "", f"must be a mapping with engagement: and answers:, not {kind_of(node)}")
        return Engagement("", "", "", {}, {}, {})
    fields = Fields(node, "", problems)
    head = fields.inner("engagement", required=False)
    stem = re.sub(r"[^a-z0-9]+", "-", Path(problems.file).stem.lower()).strip("-") or "engagement"
    engagement_id, name, client = stem, "", ""
    if head is not None:
        engagement_id = _line(head, "id") or stem
        name, client = _line(head, "name"), _line(head, "client")
        head.finish()
    questionnaire = fields.text("questionnaire", "engagement")
    if questionnaire not in catalog.questionnaires:
        near = did_you_mean(questionnaire, catalog.questionnaires) or f" (known: {', '.join(catalog.questionnaires)})"
        problems.add(node, "questionnaire", f"{questionnaire!r} is no questionnaire{near}")
    answers = _answers(fields, catalog)
    people = _people(fields, catalog)
    dates = _dates(fields)
    fields.finish()
    return Engagement(engagement_id, name or engagement_id, client, answers, people, dates, questionnaire)


def _line(fields: Fields, name: str) -> str:
    """A short text without control characters."""
    text = " ".join(fields.text(name, "").split())
    node = fields.get(name)
    if node is not None and (len(text) > _LONGEST_TEXT or _CONTROL.search(text)):
        fields.problems.add(node, fields.path(name), f"must be plain text of at most {_LONGEST_TEXT} characters")
    return text


def _answers(fields: Fields, catalog: Catalog) -> dict[str, str]:
    answers: dict[str, str] = {}
    part = fields.inner("answers")
    for name, key, value in part.pairs() if part is not None else ():
        question = catalog.questions.get(name)
        where = f"answers.{name}"
        given = scalar(value, where, fields.problems)
        if question is None:
            fields.problems.add(key, where, f"is no question{did_you_mean(name, catalog.questions)}")
            continue
        options = question.option_ids
        if given not in options:
            given = _BOOLEANS.get(given.lower(), given) if set(options) == {"yes", "no"} else given
        if given in options:
            answers[name] = given
        elif given not in ("", UNANSWERED) and isinstance(value, yaml.ScalarNode):
            hint = did_you_mean(given, options)
            fields.problems.add(value, where, f"{given[:80]!r} is none of {', '.join(options)}{hint}")
    return answers


def _people(fields: Fields, catalog: Catalog) -> dict[str, str]:
    people: dict[str, str] = {}
    part = fields.inner("people", required=False)
    for name, key, _ in part.pairs() if part is not None else ():
        if name not in catalog.roles:
            hint = did_you_mean(name, catalog.roles) or f" (roles: {', '.join(catalog.roles)})"
            fields.problems.add(key, f"people.{name}", f"is no role{hint}")
        elif part is not None:
            people[name] = _line(part, name)
    return {role: name for role, name in people.items() if name}


def _dates(fields: Fields) -> dict[str, str]:
    dates: dict[str, str] = {}
    part = fields.inner("dates", required=False)
    if part is None:
        return dates
    for name in _DATES:
        node = part.get(name)
        if node is None:
            continue
        text = scalar(node, part.path(name), fields.problems)
        try:
            dates[name] = datetime.date.fromisoformat(text).isoformat()
        except ValueError:
            fields.problems.add(node, part.path(name), f"{text!r} is no date; write it as 2027-01-31")
    part.finish()
    order = [(name, dates[name]) for name in _DATES if name in dates]
    for (early, first), (late, second) in pairwise(order):
        if first > second:
            fields.problems.add(part.node, "dates", f"{early} ({first}) is after {late} ({second})")
    return dates

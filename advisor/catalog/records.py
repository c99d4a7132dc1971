"""The quick way in: engagements that are as they should be; whatever is not is read again with care, to say why."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from advisor.catalog.fields import NULL
from advisor.catalog.plain import LONGEST_CONTEXT, is_plain
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog

DATES = ("start", "first_live", "go_live", "end")  # the first of several go-lives, and the last
AS_OF = "as_of"  # beside them: the day on which what the file says was so
_HEAD = frozenset({"id", "name", "client"})
_SECTIONS = frozenset({"engagement", "answers", "people", "dates", "questionnaire", "rulebook", "context"})
_NOTHING: Mapping[str, str] = {}


def default_questionnaire(catalog: Catalog) -> str:
    """The questionnaire of an engagement that names none: `engagement`, or else the first one of the rulebook."""
    return next(name for name in ("engagement", *catalog.questionnaires) if name in catalog.questionnaires)


@lru_cache(maxsize=8)
def named_people(catalog: Catalog) -> tuple[str, ...]:
    """Who can be named in an engagement file: the roles, and the parties that can be there."""
    parties = (option for several in catalog.several.values() for option in several.parts)
    return tuple(dict.fromkeys((*catalog.roles, *parties)))


def role_called(catalog: Catalog, name: str) -> str:
    """The role or party of that id, or the role that documents print so, in any case; empty where there is none."""
    if name in named_people(catalog):
        return name
    wanted = _as_said(name)
    return next((id for id, role in catalog.roles.items() if wanted in (_as_said(role.name), _as_said(id))), "")


def _as_said(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def record_of(node: yaml.Node) -> dict[str, Any] | None:
    """A document as texts by section and field; None for one that has more to it."""
    if not isinstance(node, yaml.MappingNode):
        return None
    record: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            return None
        if isinstance(value, yaml.MappingNode):
            fields: dict[str, str | list[str]] = {}
            for name, text in value.value:
                if not isinstance(name, yaml.ScalarNode):
                    return None
                if isinstance(text, yaml.ScalarNode) and text.tag != NULL:
                    fields[name.value] = text.value
                elif isinstance(text, yaml.SequenceNode) and all(
                    isinstance(one, yaml.ScalarNode) for one in text.value
                ):
                    fields[name.value] = [part.value for part in text.value]
                else:
                    return None
            if len(fields) != len(value.value):
                return None
            record[key.value] = fields
        elif isinstance(value, yaml.ScalarNode) and value.tag != NULL:
            record[key.value] = value.value
        else:
            return None
    return record if len(record) == len(node.value) else None


def accept(record: Mapping[str, Any], catalog: Catalog, default_id: str) -> Engagement | None:
    """The engagement in a document whose every section and field is known and right; None for any other.

    Never accepts what reading with care refuses, nor reads it differently.
    """
    answers = record.get("answers")
    head = record.get("engagement", _NOTHING)
    people = record.get("people", _NOTHING)
    dates = record.get("dates", _NOTHING)
    questionnaire = record.get("questionnaire")
    if not _SECTIONS.issuperset(record) or not isinstance(answers, dict):
        return None
    try:
        if not _HEAD.issuperset(head):
            return None
        known = _known(catalog)
        # The catalog's own texts, not those of each line: what is remembered of an advice holds on to its answers.
        answers = _apart(answers, catalog)
        answers = {question: known[question, option] for question, option in answers.items()}
        if questionnaire is None:
            questionnaire = default_questionnaire(catalog)
        elif questionnaire not in catalog.questionnaires:
            return None
        rulebook = record.get("rulebook", "")
        context = " ".join(record.get("context", "").split())
        named = {name: " ".join(text.split()) for name, text in head.items()}
        called = {role: " ".join(text.split()) for role, text in people.items()}
        if not (called.keys() <= set(named_people(catalog)) and isinstance(rulebook, str)):
            return None
        if not all(map(is_plain, named.values())) or not all(map(is_plain, called.values())):
            return None
        if not is_plain(context, LONGEST_CONTEXT):
            return None
        days = {name: datetime.date.fromisoformat(text) for name, text in dates.items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    order = [days[name] for name in DATES if name in days]
    if len(order) != len(days) or order != sorted(order):
        return None
    engagement_id = named.get("id") or default_id
    return Engagement(
        engagement_id,
        named.get("name") or engagement_id,
        named.get("client", ""),
        answers,
        {role: name for role, name in called.items() if name},
        {name: days[name].isoformat() for name in DATES if name in days},
        questionnaire,
        rulebook,
        context=context,
    )


def _apart(answers: Mapping[str, Any], catalog: Catalog) -> Mapping[str, str]:
    """Answers with a yes or no in place of each list; KeyError for a list that is not as it should be."""
    lists = [name for name, value in answers.items() if isinstance(value, list)]
    if not lists:
        return answers
    found = {name: value for name, value in answers.items() if name not in lists}
    for name in lists:
        several, chosen = catalog.several[name], set(answers[name])
        if (
            len(chosen) < len(answers[name])
            or not several.parts.keys() >= chosen
            or found.keys() & several.parts.values()
        ):
            raise KeyError(name)
        found |= {part: "yes" if option in chosen else "no" for option, part in several.parts.items()}
    return found


@lru_cache(maxsize=8)
def _known(catalog: Catalog) -> dict[tuple[str, str], str]:
    """Every question with every option that it has, and that option."""
    return {(question.id, one): one for question in catalog.questions.values() for one in question.option_ids}

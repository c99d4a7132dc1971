"""Usual answers, and how answers to earlier questions are read, from a question's YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from advisor.catalog.fields import Fields, Problems, items, scalar
from advisor.catalog.rules import complain, read_cites
from advisor.errors import did_you_mean
from advisor.model.questions import Alike, Question, Usual

NO, YES = "no", "yes"
_PRACTICE = "PRACTICE:"


def read_usual(
    fields: Fields, question: Question, earlier: Mapping[str, Question], claims: Mapping[str, object]
) -> Usual:
    """The usual answer to a question with one answer."""
    by, nodes = _by(fields, earlier)
    answers = {
        option: _option(node, fields.path(f"by.{option}"), fields.problems, question.option_ids)
        for option, node in nodes.items()
    }
    node = fields.need("answer")
    answer = _option(node, fields.path("answer"), fields.problems, question.option_ids) if node is not None else ""
    cites, practice = _reason(fields, claims)
    fields.finish()
    return Usual(answer, by, answers, cites, practice)


@dataclass(frozen=True, slots=True)
class UsualLists:
    """The options that are usually chosen together, by the option of an earlier question."""

    otherwise: frozenset[str]
    by: str
    lists: Mapping[str, frozenset[str]]
    cites: tuple[str, ...]
    practice: str

    def of(self, option: str) -> Usual:
        """Whether this option is usually chosen, as a yes or no."""
        answer = YES if option in self.otherwise else NO
        answers = {given: YES if option in chosen else NO for given, chosen in self.lists.items()}
        answers = {given: said for given, said in answers.items() if said != answer}
        return Usual(answer, self.by if answers else "", answers, self.cites, self.practice)


def read_usual_lists(
    fields: Fields, question: Question, earlier: Mapping[str, Question], claims: Mapping[str, object]
) -> UsualLists:
    """The usual answers to a question with several."""

    def chosen(node: yaml.Node, where: str) -> frozenset[str]:
        listed = items(node, where, fields.problems)
        return frozenset(_option(item, where, fields.problems, question.option_ids) for item in listed)

    by, nodes = _by(fields, earlier)
    lists = {option: chosen(node, fields.path(f"by.{option}")) for option, node in nodes.items()}
    node = fields.need("answer")
    otherwise = chosen(node, fields.path("answer")) if node is not None else frozenset()
    cites, practice = _reason(fields, claims)
    fields.finish()
    return UsualLists(otherwise, by, lists, cites, practice)


def read_replaces(fields: Fields, options: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """How answers to earlier questions are read: old question, old option, new option."""
    inner = fields.inner("replaces", required=False)
    found: dict[str, dict[str, str]] = {}
    for old, _, node in inner.pairs() if inner is not None else ():
        read = Fields(node, fields.path(f"replaces.{old}"), fields.problems)
        found[old] = {
            given: _option(value, read.path(given), fields.problems, options) for given, _, value in read.pairs()
        }
    return found


def read_alike(fields: Fields, options: tuple[str, ...], claims: Mapping[str, object]) -> tuple[Alike, ...]:
    """The options that no rule tells apart, each list with its reason."""
    found: list[Alike] = []
    for part in fields.each("alike", required=False):
        node = part.need("options")
        where = part.path("options")
        listed = items(node, where, part.problems) if node is not None else ()
        names = tuple(_option(item, where, part.problems, options) for item in listed)
        if node is not None and len(set(names)) < max(len(names), 2):
            part.problems.add(node, where, "must name two options or more, each once")
        found.append(Alike(names, *_reason(part, claims)))
        part.finish()
    return tuple(found)


def not_(option: str) -> str:
    """What says that an option of a question with several answers was not chosen."""
    return f"not_{option}"


def _reason(fields: Fields, claims: Mapping[str, object]) -> tuple[tuple[str, ...], str]:
    node = fields.get("reason")
    if not isinstance(node, yaml.ScalarNode):
        return read_cites(fields, claims, "reason")
    reason = str(node.value).removeprefix(_PRACTICE).strip()
    if not str(node.value).startswith(_PRACTICE) or not reason:
        complain(fields, "reason", "must be 'PRACTICE: why', or a list of claims and practices")
    return (), reason


def _by(fields: Fields, earlier: Mapping[str, Question]) -> tuple[str, dict[str, yaml.Node]]:
    """The earlier question that the usual answer hangs on, and what stands under each of its options."""
    inner = fields.inner("by", required=False)
    named = list(inner.pairs()) if inner is not None else []
    if inner is None or len(named) != 1:
        if inner is not None:
            inner.problems.add(inner.node, inner.where, "must name one earlier question")
        return "", {}
    ((name, key, node),) = named
    if name not in earlier:
        inner.problems.add(key, inner.path(name), f"is no earlier question{did_you_mean(name, earlier)}")
        return "", {}
    options = Fields(node, inner.path(name), inner.problems)
    found: dict[str, yaml.Node] = {}
    for option, option_key, value in options.pairs():
        if option not in earlier[name].option_ids:
            near = did_you_mean(option, earlier[name].option_ids)
            options.problems.add(option_key, options.path(option), f"is no option of {name}{near}")
        found[option] = value
    return name, found


def _option(node: yaml.Node, where: str, problems: Problems, options: tuple[str, ...]) -> str:
    value = scalar(node, where, problems)
    if isinstance(node, yaml.ScalarNode) and value not in options:
        problems.add(node, where, f"{value!r} is none of {', '.join(options)}{did_you_mean(value, options)}")
    return value

"""The answers in a file: options, lists of them, and what was answered to questions that an earlier rulebook asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import yaml

from advisor.catalog.fields import Fields, Problems, is_null, kind_of, scalar
from advisor.catalog.usual import NO, YES
from advisor.model.engagement import AskedWith, Origin
from advisor.model.questions import Asking, Question, Several
from advisor.model.rules import UNANSWERED

_BOOLEANS = {"true": YES, "false": NO}


@dataclass(frozen=True, slots=True)
class Given:
    """Answers by question; those that an earlier rulebook asked for and this one does not; those that were given to an
    earlier question and are read as answers to this one.

    `opened` are questions that the file says are unanswered, whatever was said to an earlier one.
    """

    answers: dict[str, str] = field(default_factory=dict)
    retired: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, tuple[str, str]] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)


def section_of(fields: Fields, name: str, required: bool = False) -> Fields | None:
    """The mapping under `name`; None where nothing is filled in."""
    node = fields.get(name)
    return None if node is not None and is_null(node) else fields.inner(name, required)


def answers_in(
    fields: Fields,
    catalog: Asking,
    origins: Mapping[str, Origin],
    asked_with: AskedWith | None,
    gaps: Collection[str] = ("", UNANSWERED),
) -> Given:
    """What is answered in a file. `gaps` are the words that may stand for no answer."""
    found = Given()
    earlier: list[tuple[str, str]] = []
    known = (*catalog.questions, *catalog.several)
    asked_then = asked_with.questions if asked_with is not None else ()
    part = section_of(fields, "answers", required=True)
    for name, key, value in part.pairs() if part is not None else ():
        where, problems = f"answers.{name}", fields.problems
        if is_null(value) and (name in known or name in replacing(catalog) or name in asked_then):
            continue
        if name in catalog.several:
            _answer_several(catalog.several[name], value, where, problems, found)
        elif name in catalog.questions:
            given = _one_of(catalog.questions[name].option_ids, value, where, problems)
            if given is None:
                continue
            if given in gaps:
                found.opened.update([name] if given == UNANSWERED else [])
            elif given not in catalog.questions[name].option_ids and _was_right(given, origins.get(name), catalog):
                found.retired[name] = given
            elif _is_option(given, catalog.questions[name].option_ids, value, where, problems):
                _take(catalog.questions[name], given, key, where, problems, found)
        elif name in replacing(catalog):
            options = tuple(dict.fromkeys(old for _, read in replacing(catalog)[name] for old in read))
            given = _one_of(options, value, where, problems)
            if given is None or given in gaps:
                continue
            if given in options:
                earlier.append((name, given))
            elif name in asked_then:
                found.retired[name] = given
            else:
                now = ", ".join(dict.fromkeys(_put_as(catalog, one) for one, _ in replacing(catalog)[name]))
                _is_option(given, options, value, where, problems, f"; {now} is asked instead")
        elif name in asked_then:
            found.retired[name] = _as_text(value, where, problems)
        else:
            problems.add(key, where, f"is no question{problems.near(name, known)}")
    for name, given in earlier:
        for question_id, read in replacing(catalog)[name]:
            if given in read and question_id not in found.answers and question_id not in found.opened:
                found.answers[question_id] = read[given]
                found.replaced[question_id] = (name, given)
    return found


@lru_cache(maxsize=8)
def replacing(catalog: Asking) -> Mapping[str, list[tuple[str, Mapping[str, str]]]]:
    """By earlier question: the questions that take its place, each with how its options are read."""
    found: dict[str, list[tuple[str, Mapping[str, str]]]] = {}
    for question in catalog.questions.values():
        for old, read in question.replaces.items():
            found.setdefault(old, []).append((question.id, read))
    return found


def _put_as(catalog: Asking, question_id: str) -> str:
    """What the question is put as: itself, or the list that it is part of."""
    return catalog.questions[question_id].part_of or question_id


def _one_of(options: Iterable[str], node: yaml.Node, where: str, problems: Problems) -> str | None:
    """The one answer that stands there; None, and a problem, for several or something else."""
    if not isinstance(node, yaml.ScalarNode):
        problems.add(node, where, f"takes one answer of {', '.join(options)}, not {kind_of(node)}")
        return None
    given = str(node.value)
    return _BOOLEANS.get(given.lower(), given) if set(options) <= {YES, NO} else given


def _is_option(
    given: str, options: Collection[str], node: yaml.Node, where: str, problems: Problems, more: str = ""
) -> bool:
    if given not in options:
        hint = problems.near(given.lower(), options)
        problems.add(node, where, f"{given[:80]!r} is none of {', '.join(options)}{hint}{more}")
    return given in options


def _take(question: Question, given: str, key: yaml.Node, where: str, problems: Problems, found: Given) -> None:
    if question.id in found.answers:
        problems.add(key, where, f"is answered under {question.part_of} too; keep one of the two")
    found.answers[question.id] = given


def _answer_several(several: Several, node: yaml.Node, where: str, problems: Problems, found: Given) -> None:
    """A list of options as a yes or no for each."""
    if not isinstance(node, yaml.SequenceNode):
        given = str(node.value) if isinstance(node, yaml.ScalarNode) else ""
        if given in ("", UNANSWERED):
            return
        as_list = f"write [{given}]" if given in several.parts else "[] for none of them"
        hint = "" if given in several.parts else problems.near(given.lower(), several.parts)
        message = f"must be a list of any of {', '.join(several.parts)}, not {kind_of(node)}{hint}; {as_list}"
        problems.add(node, where, message)
        return
    chosen: set[str] = set()
    for item in node.value:
        given = scalar(item, where, problems)
        if not isinstance(item, yaml.ScalarNode):
            continue
        if given in chosen:
            problems.add(item, where, f"names {given[:80]!r} twice")
        elif _is_option(given, several.parts, item, where, problems):
            chosen.add(given)
    for option, part in several.parts.items():
        if part in found.answers:
            problems.add(node, where, f"answers {part} too, which is answered by itself; keep one of the two")
        found.answers[part] = YES if option in chosen else NO


def _as_text(node: yaml.Node, where: str, problems: Problems) -> str:
    """An answer to a question that is not asked any more; a list of them as one text."""
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(scalar(item, where, problems) for item in node.value)
    return scalar(node, where, problems)


def _was_right(given: str, origin: Origin | None, catalog: Asking) -> bool:
    """Whether the answer was given so under another rulebook."""
    return origin is not None and origin.option == given and origin.rulebook not in ("", catalog.digest)

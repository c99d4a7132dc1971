"""Scenarios on people: what was seen of somebody in YAML, with what a head of delivery expects of the fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.catalog.fields import Fields, Problems, scalar
from advisor.catalog.people import FOLDER, NOT_SEEN, read_person
from advisor.catalog.source import compose
from advisor.errors import InputError, Problem
from advisor.files import read_limited
from advisor.model.advice import Advice
from advisor.model.fit import Fit
from advisor.model.person import Person, PersonRules
from advisor.model.rulebook import Catalog
from advisor.model.rules import Source

SECTION = "people"
ALL = "all"  # in place of a competency: every one of them

_TEXTS = ("status", "result")
_LISTS = ("candidates", "fires", "silent", "look_next")
_MAPPINGS = ("fits", "findings", "holds")
_LISTS_BY_ROLE = ("strengths", "gaps", "engagement_gaps", "not_seen")


@dataclass(frozen=True, slots=True)
class PersonScenario:
    """A title that a head of delivery can sign, a person, the advice on an engagement if any, and what is expected."""

    title: str
    person: Person
    advice: Advice | None
    expect: Mapping[str, object]
    source: Source


def is_on_people(path: Path) -> bool:
    """Whether the file holds scenarios on people rather than on engagements."""
    try:
        documents = compose(read_limited(path), str(path))
    except InputError:
        return False  # whoever reads it next says why
    mappings = (node for node, _ in documents if isinstance(node, yaml.MappingNode))
    return any(key.value == SECTION for node in mappings for key, _ in node.value)


def read_person_scenarios(path: Path, examples: Path, catalog: Catalog, rules: PersonRules) -> list[PersonScenario]:
    """The scenarios in a file; `like` names a person in `examples/people`, `engagement` an engagement in `examples`.

    `all` gives every competency the same step, `engagement_answers` change the engagement. Raises InputError with every
    problem.
    """
    documents = compose(read_limited(path), str(path))
    if len(documents) != 1:
        raise InputError([Problem(str(path), 1, "", "must hold one YAML document")])
    problems = Problems(str(path))
    fields = Fields(documents[0][0], "", problems)
    found = [_scenario(part, examples, catalog, rules) for part in fields.each(SECTION)]
    fields.finish()
    problems.raise_if_any()
    return found


def _scenario(fields: Fields, examples: Path, catalog: Catalog, rules: PersonRules) -> PersonScenario:
    title = fields.text("title")
    answers: dict[str, str] = {}
    like = fields.text("like", "")
    if like:
        try:
            answers.update(read_person(examples / FOLDER / f"{like}.yaml", rules).answers)
        except InputError as error:
            fields.problems.add(fields.node, fields.path("like"), str(error))
    advice = _advice(fields, examples, catalog)
    part = fields.inner("answers", required=False)
    for name, key, value in part.pairs() if part is not None else ():
        step = scalar(value, name, fields.problems)
        if name not in (ALL, *rules.questions):
            fields.problems.add(key, name, f"is no competency{fields.problems.near(name, rules.questions)}")
        elif step not in (NOT_SEEN, *rules.steps):
            fields.problems.add(value, name, f"{step!r} is no step{fields.problems.near(step, rules.steps)}")
        else:
            answers |= dict.fromkeys(rules.questions if name == ALL else (name,), step)
    expect = fields.inner("expect")
    expected = _expected(expect) if expect is not None else {}
    fields.finish()
    seen = {name: step for name, step in answers.items() if step != NOT_SEEN}
    return PersonScenario(title, Person("scenario", title, seen), advice, expected, fields.source)


def _advice(fields: Fields, examples: Path, catalog: Catalog) -> Advice | None:
    """The advice on the engagement that the scenario names, with other answers where it gives some."""
    name = fields.text("engagement", "")
    part = fields.inner("engagement_answers", required=False)
    changed: dict[str, str] = {}
    for key, node, value in part.pairs() if part is not None else ():
        changed[key] = scalar(value, key, fields.problems)
        if key not in catalog.questions or changed[key] not in catalog.questions[key].option_ids:
            fields.problems.add(node, key, "is no question with that option")
    if not name or fields.problems.found:
        return None
    try:
        engagement = read_engagement(examples / f"{name}.yaml", catalog)
    except InputError as error:
        fields.problems.add(fields.node, fields.path("engagement"), str(error))
        return None
    return advise(catalog, replace(engagement, answers={**engagement.answers, **changed}))


def _expected(fields: Fields) -> Mapping[str, object]:
    expected: dict[str, object] = {name: fields.text(name) for name in _TEXTS if name in fields}
    expected |= {name: fields.texts(name) for name in _LISTS if name in fields}
    for name in _MAPPINGS:
        part = fields.inner(name, required=False)
        if part is not None:
            expected[name] = {key: scalar(value, key, part.problems) for key, _, value in part.pairs()}
    for name in _LISTS_BY_ROLE:
        part = fields.inner(name, required=False)
        if part is not None:
            expected[name] = {key: part.texts(key) for key, _, _ in part.pairs()}
    fields.finish()
    if not expected:
        fields.problems.add(fields.node, fields.where, "expects nothing")
    return expected


def person_failures(scenario: PersonScenario, fit: Fit) -> Iterator[str]:
    """Yield a line for each expectation that the fit does not meet."""
    for name, wanted in scenario.expect.items():
        got = _ACTUAL[name](fit)
        for what, want, found in _compared(name, wanted, got):
            if want != found:
                told = f"{what} is {found or 'nothing'}, expected {want or 'nothing'}"
                yield f"{scenario.source}: {scenario.title}: {told}"


def spoke(fit: Fit) -> frozenset[str]:
    """The rules that a fit shows: those behind results and fits, and those that carry a role."""
    shown = [one.rule for one in fit.reasons]
    for role in fit.roles:
        shown += [one.rule for one in role.reasons]
        shown += [one.rule for one in role.strengths]
    return frozenset(shown)


_ACTUAL: Mapping[str, Callable[[Fit], object]] = {
    "status": lambda fit: fit.status,
    "result": lambda fit: fit.result or "",
    "candidates": lambda fit: fit.candidates,
    "look_next": lambda fit: tuple(one.competency for one in fit.settle),
    "fires": spoke,
    "silent": spoke,
    "fits": lambda fit: {role.role: role.fit for role in fit.roles},
    "findings": lambda fit: {one.id: one.value for one in fit.findings},
    "strengths": lambda fit: {role.role: tuple(one.competency for one in role.strengths) for role in fit.roles},
    "gaps": lambda fit: {role.role: tuple(one.competency for one in role.gaps) for role in fit.roles},
    "not_seen": lambda fit: {role.role: tuple(one.competency for one in role.not_seen) for role in fit.roles},
    "holds": lambda fit: {one.role: one.holds for one in fit.engagement.roles} if fit.engagement else {},
    "engagement_gaps": lambda fit: (
        {one.role: tuple(gap.competency for gap in one.gaps) for one in fit.engagement.roles} if fit.engagement else {}
    ),
}


def _compared(name: str, wanted: object, got: object) -> Iterator[tuple[str, object, object]]:
    if isinstance(got, frozenset) and isinstance(wanted, tuple):
        for item in wanted:
            want = "absent" if name == "silent" else "there"
            yield f"{name} {item}", want, "there" if item in got else "absent"
    elif isinstance(got, dict) and isinstance(wanted, dict):
        for key, value in wanted.items():
            yield f"{name} {key}", value, got.get(key, "")
    else:
        yield name, wanted, got

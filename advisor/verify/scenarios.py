"""Scenarios: engagements in YAML with what a delivery director expects of the advice, and whether it comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from advisor.advise.reading import read_answers
from advisor.catalog.answers import answers_in
from advisor.catalog.engagements import read_engagement
from advisor.catalog.fields import Fields, Problems, items, scalar, whole_number
from advisor.catalog.source import compose
from advisor.errors import InputError, Problem
from advisor.files import read_limited
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from advisor.model.rules import DELIVERY_MANAGER, NOT_ASKED, PROJECT_MANAGER, Source

Expected = Mapping[str, object]

_TEXT = ("status", "model", "asks_for")
_LISTS = (
    "unstaffed",
    "not_available",
    "not_paid_for",
    "candidates",
    "left_out",
    "present",
    "absent",
    "guardrails",
    "no_guardrails",
    "fires",
    "silent",
    "unanswered",
    "assumptions",
    "no_assumptions",
)
_ROWS = ("left_out", "present", "absent", "cells")
_TEXTS_BY_NAME = ("findings", "levels", "assumed", "leads")
_NUMBERS = ("points", "scores")
_PERCENT = "share_percent"
_USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A title that a person can sign, an engagement, and what is expected of its advice."""

    title: str
    engagement: Engagement
    expect: Expected
    source: Source


def read_scenarios(path: Path, examples: Path, catalog: Catalog) -> list[Scenario]:
    """The scenarios in a file. Raises InputError with every problem.

    `like` names an engagement file in `examples`, and `open` the questions of it to leave unanswered; `like: usual`
    answers whatever is not answered as usual.
    """
    documents = compose(read_limited(path), str(path))
    if len(documents) != 1:
        raise InputError([Problem(str(path), 1, "", "must hold one YAML document")])
    problems = Problems(str(path))
    fields = Fields(documents[0][0], "", problems)
    found = [_scenario(part, examples, catalog) for part in fields.each("scenarios")]
    fields.finish()
    problems.raise_if_any()
    return found


def _scenario(fields: Fields, examples: Path, catalog: Catalog) -> Scenario:
    title = fields.text("title")
    answers: dict[str, str] = {}
    like = fields.text("like", "")
    if like and like != _USUAL:
        try:
            answers.update(read_engagement(examples / f"{like}.yaml", catalog).answers)
        except InputError as error:
            fields.problems.add(fields.node, fields.path("like"), str(error))
    known = {*catalog.questions, *catalog.several}
    for name in fields.texts("open", required=False):
        if name not in known:
            fields.problems.add(
                fields.node, fields.path("open"), f"{name!r} is no question{fields.problems.near(name, known)}"
            )
        several = catalog.several.get(name)
        for part in several.parts.values() if several is not None else (name,):
            answers.pop(part, None)
    if "answers" in fields:
        answers |= answers_in(fields, catalog, {}, None, gaps=()).answers
    if like == _USUAL:
        answers = {name: value for name, value in read_answers(catalog, answers).values.items() if value != NOT_ASKED}
    expect = fields.inner("expect")
    expected = _expected(expect) if expect is not None else {}
    if expect is not None:
        _check_rows(expected, expect, catalog)
    fields.finish()
    return Scenario(title, Engagement("scenario", title, "", answers, {}, {}), expected, fields.source)


def _check_rows(expected: Expected, fields: Fields, catalog: Catalog) -> None:
    """A row that does not exist is in no matrix, so a slip of the pen would never be noticed."""
    rows = {row.id for row in catalog.rows}
    for name in _ROWS:
        found = expected.get(name, ())
        for row in found if isinstance(found, tuple | dict) else ():
            if row not in rows:
                fields.problems.add(
                    fields.node, fields.path(name), f"{row!r} is no row{fields.problems.near(row, rows)}"
                )


def _expected(fields: Fields) -> Expected:
    expected: dict[str, object] = {}
    for name in _TEXT:
        if name in fields:
            expected[name] = fields.text(name)
    for name in _LISTS:
        if name in fields:
            expected[name] = fields.texts(name)
    for name in (*_TEXTS_BY_NAME, *_NUMBERS):
        part = fields.inner(name, required=False)
        if part is not None:
            expected[name] = {key: _number_or_text(name, value, part) for key, _, value in part.pairs()}
    for name in ("cells", "shares"):
        part = fields.inner(name, required=False)
        if part is not None:
            inner = {key: Fields(value, part.path(key), part.problems) for key, _, value in part.pairs()}
            expected[name] = {
                key: {k: _number_or_text(name, v, one) for k, _, v in one.pairs()} for key, one in inner.items()
            }
    percent = fields.get(_PERCENT)
    if percent is not None:
        expected[_PERCENT] = whole_number(percent, fields.path(_PERCENT), fields.problems)
    part = fields.inner("competencies", required=False)
    if part is not None:
        expected["competencies"] = {
            key: tuple(scalar(item, key, part.problems) for item in items(value, key, part.problems))
            for key, _, value in part.pairs()
        }
    fields.finish()
    if not expected:
        fields.problems.add(fields.node, fields.where, "expects nothing")
    return expected


def _number_or_text(name: str, node: yaml.Node, fields: Fields) -> str | int:
    if name in (*_NUMBERS, "shares"):
        return whole_number(node, fields.where, fields.problems)
    return scalar(node, fields.where, fields.problems)


def failures(scenario: Scenario, advice: Advice) -> Iterator[str]:
    """Yield a line for each expectation that the advice does not meet."""
    actual = _actual(advice)
    for name, wanted in scenario.expect.items():
        for what, want, got in _compare(name, wanted, actual):
            if want != got:
                yield f"{scenario.source}: {scenario.title}: {what} is {got or 'nothing'}, expected {want or 'nothing'}"


def _actual(advice: Advice) -> dict[str, object]:
    one = advice.recommendation
    return {
        "status": one.status,
        "model": one.model,
        "asks_for": one.asks_for,
        _PERCENT: int(one.share * 100),
        "unstaffed": one.unstaffed,
        "not_available": one.not_available,
        "not_paid_for": one.not_paid_for,
        "candidates": one.candidates,
        "unanswered": advice.unanswered,
        "assumed": advice.assumed,
        "assumptions": {item.question for item in one.assumptions},
        "no_assumptions": {item.question for item in one.assumptions},
        "levels": {item.measure: item.level for item in advice.levels},
        "findings": {item.id: item.value for item in advice.findings} | {"orientation": advice.orientation.band},
        "leads": {line.phase: line.lead for line in advice.split.phases},
        "shares": {line.phase: line.shares for line in advice.split.phases} | {"overall": advice.split.overall},
        "points": {item.measure: item.points for item in advice.levels}
        | {DELIVERY_MANAGER: advice.orientation.delivery_manager, PROJECT_MANAGER: advice.orientation.project_manager},
        "scores": {item.id: item.points for item in advice.findings if item.points is not None},
        "cells": {row.id: {cell.role: cell.letters for cell in row.cells} for row in advice.matrix.activities},
        "competencies": {one.role: tuple(item.id for item in one.competencies) for one in advice.profiles},
        "present": {row.id for row in advice.matrix.activities},
        "absent": {row.id for row in advice.matrix.activities},
        "left_out": {row.id for row in advice.matrix.left_out},
        "guardrails": {item.id for item in advice.guardrails},
        "no_guardrails": {item.id for item in advice.guardrails},
        "fires": advice.fired,
        "silent": advice.fired,
    }


def _compare(name: str, wanted: object, actual: Mapping[str, object]) -> Iterator[tuple[str, object, object]]:
    got = actual[name]
    if isinstance(got, set | frozenset) and isinstance(wanted, tuple):
        absent = name in ("no_guardrails", "no_assumptions", "silent", "absent")
        for item in wanted:
            there = item in got
            yield f"{name} {item}", "absent" if absent else "there", "there" if there else "absent"
    elif isinstance(got, dict) and isinstance(wanted, dict):
        for key, value in wanted.items():
            if isinstance(value, dict):
                inner = got.get(key)
                for part, want in value.items():
                    yield f"{name} {key}.{part}", want, inner.get(part, "") if inner is not None else "no such row"
            elif isinstance(value, tuple):
                for item in value:
                    yield f"{name} {key} {item}", "there", "there" if item in got.get(key, ()) else "absent"
            else:
                yield f"{name} {key}", value, got.get(key, "")
    else:
        yield name, wanted, got

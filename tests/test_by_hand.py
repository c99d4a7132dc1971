"""Advice is checked from the handbook's text alone, as its reader would with a pencil: points, findings, the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import pytest

from advisor.advise import advise, conclude
from advisor.advise.session import Session, reference_session
from advisor.catalog.engagements import read_engagement
from advisor.documents.handbook.handbook import handbook as written
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES
from tests.strategies import engagement, random_answers

MODEL, ASKS, ORIENTATION = "recommendation", "work-asks-for", "orientation"  # by the handbook's anchors
GAPS = {"is not asked": "not_asked"}
Conditions = list[tuple[str, set[str]]]


class Handbook:
    """What `advisor rules docs` writes, read with nothing else at hand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[str, dict[str, str]] = {}  # id by label, by question or finding
        self.asked_when: dict[str, Conditions] = {}
        self.usual: dict[str, tuple[str, dict[tuple[str, str], str]]] = {}
        self.bands: dict[str, list[tuple[int, str]]] = {}
        self.otherwise: dict[str, str] = {}
        for id, body in self._entries("Questions", "Points of each answer"):
            self.values[id] = dict(re.findall(r"^- (.+?) `(\w+)`$", body, re.M))
            if asked := re.search(r"^\*\*Asked only\*\* when (.*); otherwise", body, re.M):
                self.asked_when[id] = [
                    (before, {self.values[before][one] for one in _labels(labels)})
                    for before, labels in re.findall(r"\(#question-(\w+)\) is answered (.*?)(?= and \[|$)", asked[1])
                ]
            if usual := re.search(r"^\*\*Usually\*\* “(.+?)”(.*)$", body, re.M):
                others = re.findall(r"; but “(.+?)” where \[.*?\]\(#question-(\w+)\) is “(.+?)”", usual[2])
                self.usual[id] = (
                    self.values[id][usual[1]],
                    {(by, self.values[by][given]): self.values[id][label] for label, by, given in others},
                )
        self.questions = tuple(self.usual)
        for id, body in (*self._entries("Topics", "Levels of work"), *self._entries("Orientation", "What the client")):
            self.values[id] = dict(re.findall(r"^(?:- |\| )(.+?) `(\w+)`", body, re.M))
            for value, points in re.findall(r"^\| .+? `(\w+)` +\| (.+?) *\|$", body, re.M):
                self.bands.setdefault(id, []).append((_least(points), value))
            if when := re.search("“(.+?)” when no rule speaks", body):
                self.otherwise[id] = self.values[id][when[1]]
        body = self._section("Levels of work", "Orientation")
        levels = re.findall(r"^\| (.+?) `(\w+)` +\| (.+?) +\| [\d.]+ to [\d.]+ +\|$", body, re.M)
        self.levels = [(_least(points), level) for _, level, points in levels]
        self.measures = re.findall(r"^### .+? `(\w+)`$", body, re.M)
        self.values |= {name: {label: level for label, level, _ in levels} for name in self.measures}
        for id, start, end in (
            ("client_need", "What the client side needs", "What the plan side needs"),
            ("plan_need", "What the plan side needs", "What the work asks for"),
        ):
            values = re.findall(r"^### (.+?) `(\w+)`$", self._section(start, end), re.M)
            self.values[id] = {label[0].lower() + label[1:]: value for label, value in values}
        models = dict(re.findall(r"^### (.+?) `(\w+)`$", self._section("Engagement models", "Phases"), re.M))
        self.values |= {MODEL: models, ASKS: models}

    def _section(self, start: str, end: str) -> str:
        return self.text[self.text.index(f"\n## {start}") : self.text.index(f"\n## {end}")]

    def _entries(self, start: str, end: str) -> list[tuple[str, str]]:
        found = re.findall(r"\n##+ .+? `(\w+)`\n(.*?)(?=\n##|\n<a id|\Z)", self._section(start, end), re.S)
        return [(id, body) for id, body in found if re.search(r"^(- |\| )", body, re.M)]

    @cached_property
    def topics(self) -> list[tuple[str, Conditions, str]]:
        return list(self._rules("Topics", "Levels of work"))

    @cached_property
    def steps(self) -> dict[str, list[tuple[str, Conditions, str]]]:
        return {
            "client_need": list(self._rules("What the client side needs", "What the plan side needs")),
            "plan_need": list(self._rules("What the plan side needs", "What the work asks for")),
            ASKS: list(self._rules("What the work asks for", "What to staff")),
            MODEL: list(self._rules("What to staff", "How sure it is")),
        }

    def _rules(self, start: str, end: str) -> Iterator[tuple[str, Conditions, str]]:
        for id, body in re.findall(r'^- <a id="(\w+)"></a>When (.*)$', self._section(start, end), re.M):
            # labels may hold a colon, so what stands between quotation marks is out of sight while the rule is cut
            cut = re.sub("“.*?”", lambda label: "x" * len(label[0]), body).index(": ")
            yield id, [self._condition(one) for one in body[:cut].split("; and ")], body[cut + 2 :]

    def _condition(self, text: str) -> tuple[str, set[str]]:
        [(id, rest)] = re.findall(r"\(#(?:question-|finding-)?([\w-]+)\) (.*)$", text)
        allowed = {self.values[id][label] for label in _labels(rest)}
        bare = re.sub("“.*?”", "", rest)
        if "whatever" in bare:
            allowed |= set(self.values[id].values())
        return id, allowed | {gap for words, gap in GAPS.items() if words in bare}

    @cached_property
    def caps(self) -> dict[str, list[tuple[str, Conditions]]]:
        """The caps of each measure: the level, and when."""
        found: dict[str, list[tuple[str, Conditions]]] = {}
        for name, body in self._entries("Levels of work", "Orientation"):
            for label, when in re.findall(r"^- at most \*\*“(.+?)”\*\* when (.*)$", body, re.M):
                conditions = [self._condition(one) for one in when.split("; and ")]
                found.setdefault(name, []).append((self.values[name][label], conditions))
        return found

    def read(self, answers: Mapping[str, str]) -> dict[str, str]:
        """What is read for each question: the answer, the usual one, or that it is not asked."""
        read: dict[str, str] = {}
        for id in self.questions:
            hidden = any(read[before] not in wanted for before, wanted in self.asked_when.get(id, ()))
            usual, others = self.usual[id]
            assumed = next((value for (by, given), value in others.items() if read[by] == given), usual)
            read[id] = "not_asked" if hidden else answers.get(id, assumed)
        return read

    def level(self, measure: str, points: int, known: Mapping[str, str]) -> tuple[str, int]:
        """The level that the points reach below the caps that hold, and the points that count."""
        order = [level for _, level in self.levels]
        reached = [max(at for at, (low, _) in enumerate(self.levels) if low <= points or not at)]
        reached += [
            order.index(level)
            for level, when in self.caps.get(measure, ())
            if all(known[name] in allowed for name, allowed in when)
        ]
        at = min(reached)
        top = self.levels[at + 1][0] - 1 if at + 1 < len(self.levels) else points
        return order[at], max(min(points, top), 0)

    def advise(self, answers: Mapping[str, str]) -> tuple[dict[str, str], dict[str, int], list[str]]:
        """Every finding, the points behind each and of each side, the rules that spoke; all questions answered."""
        known = self.read(answers) | self.otherwise
        points = dict.fromkeys((*self.bands, *self.measures), 0)
        spoke = []
        for id, conditions, then in self.topics:
            if all(known[name] in allowed for name, allowed in conditions):
                spoke.append(id)
                for more, measure in re.findall(r"\*\*([+−]\d+) points? for\*\* \[.*?\]\(#finding-(\w+)\)", then):
                    points[measure] += int(more.replace("−", "-"))
                for more, finding in re.findall(r"\*\*\+(\d+) towards\*\* \[.*?\]\(#finding-(\w+)\)", then):
                    points[finding] += int(more)
                for finding, label in re.findall(r"\(#finding-(\w+)\) is \*\*“(.+?)”\*\*", then):
                    known[finding] = self.values[finding][label]
        for measure in self.measures:
            known[measure], points[measure] = self.level(measure, points[measure], known)
        points[ORIENTATION] = sum(
            points[name] if name.startswith("client") else -points[name] for name in self.measures
        )
        for finding, bands in self.bands.items():
            known[finding] = [value for low, value in bands if low <= points[finding]][-1]
        for step, rules in self.steps.items():
            [(id, label)] = [
                (id, re.findall(r" is \*\*“(.+?)”\*\*", then)[0])
                for id, conditions, then in rules
                if all(known[name] in allowed for name, allowed in conditions)
            ]
            known[step] = self.values[step][label]
            spoke.append(id)
        return known, points, spoke


def _least(points: str) -> int:
    """The lowest number of a band: `16 to 27`, `28 or more`, `0 or less`."""
    return -1000 if points.endswith("or less") else int(points.split()[0].replace("−", "-"))


def _labels(text: str) -> list[str]:
    return re.findall("“(.+?)”", text)


@pytest.fixture(scope="module")
def handbook(catalog: Catalog) -> Handbook:
    return Handbook(written(catalog))


@pytest.fixture(scope="module")
def session(catalog: Catalog) -> Session:
    return reference_session(catalog)


def test_the_handbook_is_read_whole(catalog: Catalog, handbook: Handbook) -> None:
    """Every question, option, finding and rule up to the model is found in the text."""
    assert {id: set(handbook.values[id].values()) for id in catalog.questions} == {
        one.id: set(one.option_ids) for one in catalog.questions.values()
    }
    assert len(handbook.topics) == sum(len(topic.table.rules) for topic in catalog.topics)
    assert [len(rules) for rules in handbook.steps.values()] == [len(step.table.rules) for step in catalog.steps]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_pencil_comes_to_the_same(catalog: Catalog, session: Session, handbook: Handbook, path: Path) -> None:
    """What is read, points, levels, findings, rules and the model of an example are those of the advice."""
    compare(catalog, session, handbook, read_engagement(path, catalog).answers)


@pytest.mark.parametrize("seed", range(30))
def test_the_pencil_assumes_what_is_usual(catalog: Catalog, session: Session, handbook: Handbook, seed: int) -> None:
    """With some, most or all answers missing, the handbook's usual answers lead to the same advice."""
    compare(catalog, session, handbook, random_answers(catalog, seed, missing=seed / 29))


def compare(catalog: Catalog, session: Session, handbook: Handbook, answers: Mapping[str, str]) -> None:
    known, points, spoke = handbook.advise(answers)
    advice = advise(catalog, engagement(answers), session)
    state = conclude(catalog, answers, session)
    assert {id: known[id] for id in handbook.questions} == dict(state.reading.values)
    assert {one.id: known[one.id] for one in advice.findings} == {one.id: one.value for one in advice.findings}
    scored = {one.id: one.points for one in advice.findings if one.points is not None}
    assert {id: points[id] for id in scored} == scored
    assert [(known[one.measure], points[one.measure]) for one in advice.levels] == [
        (one.level, one.points) for one in advice.levels
    ]
    assert known[ORIENTATION] == advice.orientation.band
    assert {id: known[id] for id in state.verdict.needs} == state.verdict.needs
    assert (known[ASKS], known[MODEL]) == (state.verdict.asks_for, advice.recommendation.model)
    decided = {rule.id for topic in catalog.topics for rule in topic.table.rules}
    decided |= {rule.id for step in catalog.steps for rule in step.table.rules}
    assert set(spoke) == advice.fired & decided

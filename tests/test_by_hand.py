"""Advice is checked from the handbook's text alone, as its reader would with a pencil: points, findings, the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import pytest

from advisor.advise.session import Session, reference_session
from advisor.catalog.engagements import read_engagement
from advisor.explain import explain
from advisor.explain.values import Change, Story
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, REPOSITORY

MODEL, ASKS, ORIENTATION = "recommendation", "work-asks-for", "orientation"  # by the handbook's anchors
GAPS = {"is not answered": "unanswered", "is not asked": "not_asked", "is not known yet": "unknown"}
Conditions = list[tuple[str, set[str]]]


class Handbook:
    """What `docs/rulebook.md` says, read with nothing else at hand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[str, dict[str, str]] = {}  # id by label, by question or finding
        self.asked_when: dict[str, tuple[str, set[str]]] = {}
        self.bands: dict[str, list[tuple[int, str]]] = {}
        self.otherwise: dict[str, str] = {}
        for id, body in self._entries("Questions", "Points of each answer"):
            self.values[id] = dict(re.findall(r"^- (.+?) `(\w+)`$", body, re.M))
            if when := re.search(r"\*\*Asked only\*\* when \[.*?\]\(#question-(\w+)\) is answered (.*?)\. While", body):
                self.asked_when[id] = when[1], {self.values[when[1]][one] for one in _labels(when[2])}
        self.questions = tuple(self.values)
        for id, body in (*self._entries("Topics", "Orientation"), *self._entries("Orientation", "What the work")):
            self.values[id] = dict(re.findall(r"^(?:- |\| )(.+?) `(\w+)`", body, re.M))
            for value, points in re.findall(r"^\| .+? `(\w+)` +\| (.+?) *\|$", body, re.M):
                low = -1000 if points.endswith("or less") else int(points.split()[0].replace("−", "-"))
                self.bands.setdefault(id, []).append((low, value))
            if when := re.search("“(.+?)” when no rule speaks", body):
                self.otherwise[id] = self.values[id][when[1]]
        models = dict(re.findall(r"^### (.+?) `(\w+)`$", self._section("Engagement models", "Phases"), re.M))
        self.values |= {MODEL: models, ASKS: models}

    def _section(self, start: str, end: str) -> str:
        return self.text[self.text.index(f"\n## {start}") : self.text.index(f"\n## {end}")]

    def _entries(self, start: str, end: str) -> list[tuple[str, str]]:
        found = re.findall(r"\n##+ .+? `(\w+)`\n(.*?)(?=\n##|\n<a id|\Z)", self._section(start, end), re.S)
        return [(id, body) for id, body in found if re.search(r"^(- |\| )", body, re.M)]

    @cached_property
    def topics(self) -> list[tuple[str, Conditions, str]]:
        return list(self._rules("Topics", "Orientation"))

    @cached_property
    def steps(self) -> dict[str, list[tuple[str, Conditions, str]]]:
        return {
            ASKS: list(self._rules("What the work asks for", "What to staff")),
            MODEL: list(self._rules("What to staff", "Engagement models")),
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

    def read(self, answers: Mapping[str, str]) -> dict[str, str]:
        """What is read for each question: the answer, or why there is none."""
        read: dict[str, str] = {}
        for id in self.questions:
            before, wanted = self.asked_when.get(id, ("", set()))
            hidden = before and read[before] != "unanswered" and read[before] not in wanted
            read[id] = "not_asked" if hidden else answers.get(id, "unanswered")
        return read

    def gaps(self, answers: Mapping[str, str]) -> set[str]:
        """Questions without an answer that some rule up to the model reads."""
        rules = (*self.topics, *(rule for rules in self.steps.values() for rule in rules))
        matter = {name for _, conditions, _ in rules for name, _ in conditions}
        return {name for name, value in self.read(answers).items() if value == "unanswered" and name in matter}

    def advise(self, answers: Mapping[str, str]) -> tuple[dict[str, str], dict[str, int], list[str]]:
        """Every finding, the points behind each and of each side, the rules that spoke; all questions answered."""
        known = self.read(answers) | self.otherwise
        points = dict.fromkeys((*self.bands, "delivery", "project"), 0)
        spoke = []
        for id, conditions, then in self.topics:
            if all(known[name] in allowed for name, allowed in conditions):
                spoke.append(id)
                for more, side in re.findall(r"\*\*\+(\d+) points? for the (\w+) manager\*\*", then):
                    points[side] += int(more)
                for more, finding in re.findall(r"\*\*\+(\d+) towards\*\* \[.*?\]\(#finding-(\w+)\)", then):
                    points[finding] += int(more)
                for finding, label in re.findall(r"\(#finding-(\w+)\) is \*\*“(.+?)”\*\*", then):
                    known[finding] = self.values[finding][label]
        points[ORIENTATION] = points["delivery"] - points["project"]
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


def _labels(text: str) -> list[str]:
    return re.findall("“(.+?)”", text)


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    return Handbook((REPOSITORY / "docs" / "rulebook.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def session(catalog: Catalog) -> Session:
    return reference_session(catalog)


def test_the_handbook_is_read_whole(catalog: Catalog, handbook: Handbook) -> None:
    """Every question, option, finding and rule up to the model is found in the text."""
    assert {id: set(handbook.values[id].values()) for id in catalog.questions} == {
        one.id: set(one.option_ids) for one in catalog.questions.values()
    }
    assert len(handbook.topics) == sum(len(topic.table.rules) for topic in catalog.topics)
    assert [len(rules) for rules in handbook.steps.values()] == [
        len(step.table.rules) for step in (catalog.asks_for, catalog.recommend)
    ]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_pencil_comes_to_the_same(catalog: Catalog, session: Session, handbook: Handbook, path: Path) -> None:
    """Points, findings, rules, the model and what each single answer would lead to are those of the explanation."""
    engagement = read_engagement(path, catalog)
    explained = explain(catalog, engagement, depth=1, session=session)
    assert isinstance(explained.body, Story)
    story = explained.body
    if story.changes is None:
        assert handbook.gaps(engagement.answers)
        return
    known, points, spoke = handbook.advise(engagement.answers)
    origins = [one for topic in story.topics for one in topic.findings]
    assert {one.finding: one.value for one in origins} == {one.finding: known[one.finding] for one in origins}
    scored = [one for one in origins if one.points is not None]
    assert {one.finding: one.points for one in scored} == {one.finding: points[one.finding] for one in scored}
    assert (story.leaning.lead, story.leaning.band) == (points[ORIENTATION], known[ORIENTATION])
    sides = (story.leaning.delivery_manager, story.leaning.project_manager)
    assert [sum(one.points for one in side) for side in sides] == [points["delivery"], points["project"]]
    looks = [look for topic in story.topics for look in topic.rules]
    assert {look.rule for look in (*looks, *story.decision.asking, *story.decision.staffing)} == set(spoke)
    assert explained.advice.recommendation.model == known[MODEL]

    told = {one.changes[0]: one.candidates for one in story.changes.sets}
    for question in handbook.questions:
        for option in handbook.values[question].values():
            changed = {**engagement.answers, question: option}
            if not handbook.gaps(changed):  # else there is no one answer, and the pencil would have to try them all
                model = handbook.advise(changed)[0][MODEL]
                expected = (model,) if model != known[MODEL] else None
                assert told.get(Change(question, option)) == expected

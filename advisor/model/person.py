"""Rules on people: what a colleague was seen to do, how each role's fit follows from it, and ways to grow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.model.engagement import AskedWith, Origin
from advisor.model.findings import Claim, Finding, Topic
from advisor.model.questions import Question, Questionnaire, Several
from advisor.model.rulebook import Competency
from advisor.model.rules import Rule, Source, Table


@dataclass(frozen=True, slots=True)
class Person:
    """What one colleague was seen to do: steps by competency; what is missing was not seen.

    `origins`, `asked_with`, `retired` and `replaced` are as an engagement has them.
    """

    id: str
    name: str
    answers: Mapping[str, str]
    origins: Mapping[str, Origin] = field(default_factory=dict)
    asked_with: AskedWith | None = None
    retired: Mapping[str, str] = field(default_factory=dict)
    replaced: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def origin(self, question: str) -> Origin | None:
        """Where the answer to the question comes from; None where that was not kept, or another was typed since."""
        found = self.origins.get(question)
        return found if found is not None and found.option == self.answers.get(question, "") else None


@dataclass(frozen=True, slots=True)
class Growth:
    """A competency in a few words, what to look at where it was not seen, and a way to the next step, by step."""

    competency: str
    about: str
    not_seen: str
    ways: Mapping[str, str]
    source: Source


@dataclass(frozen=True, slots=True)
class FitStep:
    """The rules that conclude one role's fit: `conclusion` is a table over the findings, and its one finding."""

    role: str
    name: str
    conclusion: Topic

    @property
    def finding(self) -> Finding:
        return self.conclusion.findings[0]


@dataclass(frozen=True, slots=True, eq=False)
class PersonRules:
    """All that fit is concluded from, checked as a whole; the digest is of these files alone.

    A competency carries from the step `carries_from` on; `needs` are steps by rule of an engagement's profile where an
    engagement asks for less or more. Each question is called after the competency that it asks for.
    """

    title: str
    version: str
    digest: str
    claims: Mapping[str, Claim]
    claims_from: str
    competencies: Mapping[str, Competency]
    questionnaire: Questionnaire
    questions: Mapping[str, Question]
    topics: tuple[Topic, ...]
    fits: tuple[FitStep, ...]
    result: Topic
    growth: Mapping[str, Growth]
    carries_from: str
    needs: Mapping[str, str]
    most_gaps: int
    too_little_above: int
    findings: Mapping[str, Finding]

    @property
    def several(self) -> Mapping[str, Several]:
        """No question on people has several answers."""
        return {}

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of every question, from least to most."""
        return next(iter(self.questions.values())).option_ids

    @property
    def step_words(self) -> Mapping[str, str]:
        """Each step inside a sentence, by its id: `alone`, `under pressure`; what stands before the example of it."""
        options = next(iter(self.questions.values())).options
        return {one.id: one.label.partition(": ")[0].lower() for one in options}

    def tables(self) -> tuple[Table, ...]:
        """Every table, in the order in which fit is concluded."""
        return (
            *(topic.table for topic in self.topics),
            *(one.conclusion.table for one in self.fits),
            self.result.table,
        )

    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for table in self.tables() for rule in table.rules)

    def topics_of(self, step: FitStep) -> tuple[Topic, ...]:
        """The topics whose findings a role's fit reads."""
        return tuple(
            topic for topic in self.topics if any(one.id in step.conclusion.table.names for one in topic.findings)
        )

    def asked_for(self, step: FitStep) -> tuple[str, ...]:
        """The competencies that a role's fit rests on, in the order of the questionnaire."""
        read = {name for topic in self.topics_of(step) for name in topic.table.names}
        return tuple(name for name in self.questions if name in read)

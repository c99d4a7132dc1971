"""What a questionnaire asks: questions, their options and usual answers, and lists of any number of answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from advisor.model.findings import Claim, Finding, Topic
from advisor.model.rules import NOWHERE, Condition, Source, Table


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Usual:
    """What a senior colleague takes for granted where nobody said otherwise, and why.

    `by` is an earlier question whose options in `answers` have a usual answer of their own.
    """

    answer: str
    by: str
    answers: Mapping[str, str]
    cites: tuple[str, ...]
    practice: str

    def given(self, values: Mapping[str, str]) -> str:
        """The usual answer, given the earlier ones."""
        return self.answers.get(values[self.by], self.answer) if self.by else self.answer


@dataclass(frozen=True, slots=True)
class Alike:
    """Options that no rule tells apart, and why they are options all the same."""

    options: tuple[str, ...]
    cites: tuple[str, ...]
    practice: str


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked, of whom it matters to (`why`, claims) and when (`when`).

    `usual` is assumed where nothing is answered; questions on people have none. `part_of` names the question with
    several answers of which this yes or no is one. `replaces` says how answers to earlier questions are read as
    answers to this one: old question, old option, new option. `alike` are options that nothing is to tell apart.
    """

    id: str
    section: str
    text: str
    help: str
    why: str
    cites: tuple[str, ...]
    practice: str
    options: tuple[Option, ...]
    ordered: bool
    when: tuple[Condition, ...]
    source: Source
    usual: Usual | None = None
    part_of: str = ""
    replaces: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    alike: tuple[Alike, ...] = ()

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    @property
    def hangs(self) -> bool:
        """Whether other answers decide that it is asked, or what is usual for it."""
        return bool(self.when) or (self.usual is not None and bool(self.usual.by))

    def label(self, option_id: str) -> str:
        return next((option.label for option in self.options if option.id == option_id), option_id)


@dataclass(frozen=True, slots=True)
class Several:
    """A question with any number of answers; rules read each of its `parts` as a yes or no."""

    id: str
    section: str
    text: str
    help: str
    why: str
    labels: Mapping[str, str]
    parts: Mapping[str, str]
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A selection of the questions, in the order in which they are asked.

    `opening` is said before the first of them; `unanswered` is what a missing answer is called, where it has a name of
    its own (`not seen`).
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    opening: str = ""
    unanswered: str = ""


class Asking(Protocol):
    """What a rulebook on engagements and one on people have in common: questions, topics that read them, claims.

    Compared by identity, as results are cached for one at a time.
    """

    @property
    def version(self) -> str: ...

    @property
    def digest(self) -> str: ...

    @property
    def claims(self) -> Mapping[str, Claim]: ...

    @property
    def questions(self) -> Mapping[str, Question]: ...

    @property
    def several(self) -> Mapping[str, Several]: ...

    @property
    def topics(self) -> tuple[Topic, ...]: ...

    @property
    def findings(self) -> Mapping[str, Finding]: ...

    def tables(self) -> tuple[Table, ...]: ...

    def __hash__(self) -> int: ...

"""What the rulebook is made of besides its rules: claims, questions, findings, roles, models, rows, and the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from advisor.model.load import LoadPolicy
from advisor.model.rules import NOWHERE, Condition, Rule, Source, Table


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of the source article, restated."""

    id: str
    section: str
    text: str
    bears_on: str
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Band:
    """A value of a scored finding and the fewest points that reach it."""

    value: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A named value that a topic yields: concluded by rules (`otherwise` when none speaks) or banded by points."""

    id: str
    text: str
    labels: Mapping[str, str]
    ordered: bool
    otherwise: str
    bands: tuple[Band, ...]
    source: Source = NOWHERE

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.labels)


@dataclass(frozen=True, slots=True)
class Topic:
    """A table and the findings that it yields."""

    table: Table
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked, of whom it matters to (`why`, claims) and when (`when`)."""

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

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    def label(self, option_id: str) -> str:
        return next((option.label for option in self.options if option.id == option_id), option_id)


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


@dataclass(frozen=True, slots=True)
class Role:
    """A column of the matrix; `may_answer_for` lists the rows whose A it may hold (empty: all of them)."""

    id: str
    name: str
    manager: bool
    may_answer_for: tuple[str, ...]
    absent_when: tuple[Condition, ...]
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the engagement; `weight` is its part of the overall split."""

    id: str
    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class EngagementModel:
    """One of the ways to staff an engagement; `shares` give each staffed manager's part of each phase, in percent."""

    id: str
    name: str
    title: str
    summary: str
    watch: str
    staffs: tuple[str, ...]
    shares: Mapping[str, Mapping[str, int]]
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Row:
    """One activity of the matrix and the rules that give its letters."""

    id: str
    name: str
    phase: str
    cites: tuple[str, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Competency:
    """Something to look for in a person, from the article's skills and environment sections."""

    id: str
    text: str
    cites: tuple[str, ...]


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
    def topics(self) -> tuple[Topic, ...]: ...

    @property
    def findings(self) -> Mapping[str, Finding]: ...

    def tables(self) -> tuple[Table, ...]: ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """Everything the product reads before it can advise: questionnaires and rulebook, checked as a whole.

    `monotone` are questions and the side whose points more of it must never lower, as (question, role); `claims_from`
    is what documents call the source of the claims; `load` is a policy on managers' time that no advice depends on, and
    no part of the digest.
    Compared by identity: results are cached for one catalog at a time.
    """

    title: str
    version: str
    digest: str
    claims: Mapping[str, Claim]
    questions: Mapping[str, Question]
    questionnaires: Mapping[str, Questionnaire]
    roles: Mapping[str, Role]
    phases: tuple[Phase, ...]
    models: Mapping[str, EngagementModel]
    competencies: Mapping[str, Competency]
    topics: tuple[Topic, ...]
    bands: tuple[Band, ...]
    asks_for: Topic
    recommend: Topic
    too_little_above: int
    monotone: tuple[tuple[str, str], ...]
    split: Table
    phase_rules: Table
    rows: tuple[Row, ...]
    guardrails: tuple[Table, ...]
    profiles: tuple[Table, ...]
    role_sense: Table
    findings: Mapping[str, Finding] = field(default_factory=dict)
    claims_from: str = "the source article"
    load: LoadPolicy | None = None

    def tables(self) -> tuple[Table, ...]:
        """Every table of the rulebook, in the order in which advice is reached."""
        return (
            *(topic.table for topic in self.topics),
            self.asks_for.table,
            self.recommend.table,
            self.split,
            self.phase_rules,
            *(row.table for row in self.rows),
            *self.guardrails,
            *self.profiles,
            self.role_sense,
        )

    @property
    def managers(self) -> frozenset[str]:
        """The roles that lead where a model staffs them, and are not there where it does not."""
        return frozenset(role.id for role in self.roles.values() if role.manager)

    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for table in self.tables() for rule in table.rules)

"""What the rulebook is made of besides its rules: claims, questions, findings, roles, models, rows, and the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from advisor.model.findings import Band, Claim, Finding, Topic
from advisor.model.load import LoadPolicy
from advisor.model.questions import Question, Questionnaire, Several
from advisor.model.rules import NOWHERE, Condition, Rule, Source, Table
from advisor.model.stated import MatterKinds


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that a measure's level can be while these conditions hold."""

    level: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Least:
    """The fewest days a week that a measure's work takes while these conditions hold, once there is any."""

    days: float
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the four sums of evidence: its levels by points, what caps them, and the days a week that a level takes.

    `days` are (fewest, most) days a week by level.
    """

    finding: Finding
    caps: tuple[Cap, ...]
    days: Mapping[str, tuple[float, float]]
    least: tuple[Least, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A column of the matrix; `may_answer_for` lists the rows whose A it may hold (empty: all of them).

    The role is not there where every condition of one of `absent_when` holds. Its R, C and I then fall to the first of
    `falls_to` that is there, its A to the first of `answers_to`; where none is, the letter is dropped. Whoever is named
    for one of the parties in `also` holds it where nobody is named for the role itself.
    """

    id: str
    name: str
    manager: bool
    may_answer_for: tuple[str, ...]
    absent_when: tuple[tuple[Condition, ...], ...]
    source: Source = NOWHERE
    falls_to: tuple[str, ...] = ()
    answers_to: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReaderWords:
    """What documents say in place of words of the rules, by question and option, and which words are of one subject."""

    by_question: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    subjects: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the engagement; `weight` is its part of the overall split."""

    id: str
    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class StandsIn:
    """While these phases last, `who` holds the letters of `role` in every row that names no model for them."""

    role: str
    who: str
    phases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EngagementModel:
    """One of the ways to staff an engagement; `shares` give each staffed manager's part of each phase, in percent.

    `only_when` must hold wherever the steps lead to it, which the proof shows. `column` heads the one column of a
    person who holds every role that the model staffs; the first of these roles gives it its id. `headline` is the
    decision with the people and their days in it, as `{project_manager leads}`; without one, briefs print the title.
    """

    id: str
    name: str
    title: str
    summary: str
    watch: str
    staffs: tuple[str, ...]
    shares: Mapping[str, Mapping[str, int]]
    source: Source = NOWHERE
    only_when: tuple[Condition, ...] = ()
    column: str = ""
    stands_in: StandsIn | None = None
    headline: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The managers with a column of their own."""
        return self.staffs[:1] if self.column else self.staffs


@dataclass(frozen=True, slots=True)
class Row:
    """One activity of the matrix and the rules that give its letters.

    `rank` (1 to 100) says how much it matters in a short matrix. Where its phase is past, it goes on in the first of
    `continues_in` that is not. A row that is `inside` is for the firm alone. `rests_on` are
    questions that it is about: where none of them is answered, it ranks lower.
    """

    id: str
    name: str
    phase: str
    cites: tuple[str, ...]
    table: Table
    rank: int = 50
    continues_in: tuple[str, ...] = ()
    inside: bool = False
    rests_on: tuple[str, ...] = ()

    @property
    def phases(self) -> tuple[str, ...]:
        """The phases that it can stand in, the first choice first."""
        return (self.phase, *self.continues_in)


@dataclass(frozen=True, slots=True)
class Competency:
    """Something to look for in a person, from the article's skills and environment sections."""

    id: str
    text: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutlookPolicy:
    """How much more a usual answer counts than any other, and the share of the outlook from which a model is likely."""

    usual_counts: int
    likely_from: Fraction


@dataclass(frozen=True, slots=True)
class CanStaff:
    """Who is free, and how many the engagement pays for, where a finding has some value."""

    free: tuple[str, ...]
    paid: int


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """Everything the product reads before it can advise: questionnaires and rulebook, checked as a whole.

    `measures` are the four sums by id, and `needs` the tables that read their levels. `monotone` are questions and the
    side whose measures more of it must never lower, as (question, role); `can_staff` says by finding and value what it
    means in people and money. `claims_from` is what documents call the source of the claims; `load` is a policy on
    managers' time that no advice depends on, and no part of the digest.
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
    measures: Mapping[str, Measure]
    needs: tuple[Topic, ...]
    asks_for: Topic
    recommend: Topic
    outlook: OutlookPolicy
    monotone: tuple[tuple[str, str], ...]
    split: Table
    phase_rules: Table
    rows: tuple[Row, ...]
    guardrails: tuple[Table, ...]
    points: tuple[Table, ...]
    profiles: tuple[Table, ...]
    role_sense: Table
    findings: Mapping[str, Finding] = field(default_factory=dict)
    several: Mapping[str, Several] = field(default_factory=dict)
    claims_from: str = "the source article"
    load: LoadPolicy | None = None
    can_staff: Mapping[str, Mapping[str, CanStaff]] = field(default_factory=dict)
    a_and_r: bool = True  # whether one cell may hold both
    paid_days: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    words: ReaderWords = field(default_factory=ReaderWords)
    matters: MatterKinds = field(default_factory=dict)
    papers: tuple[Table, ...] = ()  # of the documents beside the matrix; no advice depends on them

    @property
    def steps(self) -> tuple[Topic, ...]:
        """From levels to the model, in order: what each side needs, what the work asks for, what to staff."""
        return (*self.needs, self.asks_for, self.recommend)

    def tables(self) -> tuple[Table, ...]:
        """Every table of the rulebook, in the order in which advice is reached."""
        return (
            *(topic.table for topic in (*self.topics, *self.steps)),
            self.split,
            self.phase_rules,
            *(row.table for row in self.rows),
            *self.guardrails,
            *self.points,
            *self.profiles,
            self.role_sense,
            *self.papers,
        )

    @property
    def managers(self) -> frozenset[str]:
        """The roles that lead where a model staffs them, and are not there where it does not."""
        return frozenset(role.id for role in self.roles.values() if role.manager)

    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for table in self.tables() for rule in table.rules)

"""What an explanation is made of, as frozen values: rules looked at, where findings came from, sets of changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.model.rulebook import Band, Claim
from advisor.model.rules import Effect

HOLDS = "holds"
FAILS = "fails"
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of a rule against this engagement: `held` is holds, fails, or open while answers could decide it.

    `allowed` are the values that would do and `possible` the ones that are left, both in the rulebook's order.
    """

    variable: str
    allowed: tuple[str, ...]
    value: str
    possible: tuple[str, ...]
    held: str


@dataclass(frozen=True, slots=True)
class RuleLook:
    """A rule held against this engagement; it `speaks` when all its checks hold."""

    rule: str
    table: str
    says: str
    claims: tuple[str, ...]
    practice: str
    checks: tuple[Check, ...]
    effects: tuple[Effect, ...]
    speaks: bool

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.held != HOLDS)

    @property
    def fails(self) -> bool:
        return any(check.held == FAILS for check in self.checks)


@dataclass(frozen=True, slots=True)
class Tally:
    """One rule's points in a sum, and the sum so far."""

    rule: str
    says: str
    claims: tuple[str, ...]
    read: Mapping[str, str]
    points: int
    total: int


@dataclass(frozen=True, slots=True)
class Origin:
    """How a finding came to its value: by `rules` that concluded it, by points, or because no rule spoke.

    `read` are the answers behind it, of every rule that had a part in it.
    """

    finding: str
    value: str
    possible: tuple[str, ...]
    read: Mapping[str, str]
    rules: tuple[str, ...]
    tally: tuple[Tally, ...]
    points: int | None
    bands: tuple[Band, ...]
    otherwise: bool


@dataclass(frozen=True, slots=True)
class TopicStory:
    """One topic: the answers that it reads, the rules that spoke, the findings that came of it."""

    topic: str
    title: str
    answers: Mapping[str, str]
    rules: tuple[RuleLook, ...]
    findings: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Leaning:
    """The evidence: each side's points one by one, the lead, and the band that it falls in."""

    delivery_manager: tuple[Tally, ...]
    project_manager: tuple[Tally, ...]
    lead: int
    band: str
    possible: tuple[str, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One question answered with this option instead."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Answers that together lead to `candidates`: one model when that settles it."""

    changes: tuple[Change, ...]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The smallest sets of answers that end this recommendation; complete up to `depth` answers.

    `tried` counts, size by size, the sets that were weighed; `holds_under` is the largest number of answers of which no
    change at all matters.
    """

    depth: int
    tried: tuple[int, ...]
    sets: tuple[ChangeSet, ...]
    holds_under: int


@dataclass(frozen=True, slots=True)
class Way:
    """What it takes to settle on a model: the smallest sets, or an example where none is small enough."""

    model: str
    sets: tuple[ChangeSet, ...]
    example: ChangeSet | None


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The question to answer next: what each option leaves possible, and how many models that is on average."""

    question: str
    expected: float
    options: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What is still open: the models left, what each needs, and the question that would settle most."""

    candidates: tuple[str, ...]
    unanswered: tuple[str, ...]
    depth: int
    ways: tuple[Way, ...]
    ask_next: NextQuestion | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The rules of the two steps that speak, or while answers are missing all that still may, with their outcome."""

    asking: tuple[RuleLook, ...]
    staffing: tuple[RuleLook, ...]
    margin: int | None
    runner_up: str | None
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The whole explanation of one engagement's recommendation."""

    decision: Decision
    changes: Changes | None
    unknowns: Unknowns | None
    topics: tuple[TopicStory, ...]
    leaning: Leaning
    set_aside: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ModelWay:
    """A rule that would recommend the model; `asking` are those that would first have to ask for what it builds on."""

    staffing: RuleLook
    asking: tuple[RuleLook, ...]
    failing: int


@dataclass(frozen=True, slots=True)
class ModelWhy:
    """Why this model, or why not: every way to it, the nearest first, and the smallest sets of answers to get there."""

    model: str
    chosen: bool
    possible: bool
    ways: tuple[ModelWay, ...]
    origins: tuple[Origin, ...]
    sets: tuple[ChangeSet, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class FindingWhy:
    """Where a finding comes from, the rules that would say otherwise, and single answers that would change it."""

    origin: Origin
    leaning: Leaning | None
    rules: tuple[RuleLook, ...]
    others: tuple[RuleLook, ...]
    moves: Mapping[str, tuple[Change, ...]]
    matters_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleWhy:
    """One rule, guardrails among them: whether it spoke, on what, and the claims behind it.

    `shut` says why it could not be heard although its conditions hold: its row or phase is left out.
    """

    look: RuleLook
    guardrail: bool
    shut: str
    claims: tuple[Claim, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class RowWhy:
    """One row: its letters with their rules, the rules that were silent; or why it is left out."""

    row: str
    name: str
    phase: str
    letters: Mapping[str, str]
    spoke: tuple[RuleLook, ...]
    silent: tuple[RuleLook, ...]
    left_out: str
    out_by: tuple[RuleLook, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class CellWhy:
    """One cell: its letters and the rule that gave them, and the rules that would give others (or the wanted one).

    `absent` says why the role has no column here.
    """

    row: RowWhy
    role: str
    letters: str
    wanted: str
    given_by: RuleLook | None
    others: tuple[RuleLook, ...]
    absent: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class QuestionWhy:
    """One question: its answer, the rules that read it, and what each other answer alone would lead to."""

    question: str
    value: str
    asked_when: tuple[Check, ...]
    rules: tuple[RuleLook, ...]
    silent: tuple[RuleLook, ...]
    instead: Mapping[str, tuple[str, ...]]


Body = Story | ModelWhy | FindingWhy | RuleWhy | RowWhy | CellWhy | QuestionWhy

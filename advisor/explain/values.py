"""What explanations are made of, as frozen values: rules looked at, where findings came from, sets of changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from advisor.model.findings import Band
from advisor.model.rules import Effect

HOLDS = "holds"
FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Check:
    """One condition against this engagement: the values that would do, in the rulebook's order, and the one it has."""

    variable: str
    allowed: tuple[str, ...]
    value: str
    held: str


@dataclass(frozen=True, slots=True)
class RuleLook:
    """A rule held against this engagement; it `speaks` when all its checks hold.

    `assuming` are the questions nobody answered with another answer to which it would not speak.
    """

    rule: str
    table: str
    says: str
    claims: tuple[str, ...]
    practice: str
    checks: tuple[Check, ...]
    effects: tuple[Effect, ...]
    speaks: bool
    assuming: tuple[str, ...]

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.held == FAILS)


@dataclass(frozen=True, slots=True)
class Tally:
    """One rule's points in a sum, and the sum so far."""

    rule: str
    says: str
    claims: tuple[str, ...]
    read: Mapping[str, str]
    points: int
    total: int
    assuming: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CapLook:
    """The most that a level can be while these conditions hold, and whether they do."""

    level: str
    checks: tuple[Check, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """How a finding, a level or the outcome of a step came to its value: by rules, by points, or as no rule spoke.

    `read` are the answers and findings behind it. `counted` are the points that count towards a level once it is
    capped, `days` the days a week that it takes. `sums` are the points of each kind of work that a lead is made of.
    """

    finding: str
    value: str
    read: Mapping[str, str]
    assuming: tuple[str, ...]
    rules: tuple[str, ...] = ()
    tally: tuple[Tally, ...] = ()
    points: int | None = None
    counted: int | None = None
    bands: tuple[Band, ...] = ()
    caps: tuple[CapLook, ...] = ()
    days: tuple[float, float] | None = None
    sums: Mapping[str, int] | None = None
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class TopicStory:
    """One topic: the answers that it reads, the rules that spoke, the findings that came of it."""

    topic: str
    title: str
    answers: Mapping[str, str]
    rules: tuple[RuleLook, ...]
    findings: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class StepStory:
    """One step from levels to the model: the rules that spoke, and what they concluded."""

    step: str
    title: str
    finding: str
    value: str
    rules: tuple[RuleLook, ...]


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One question answered with this option instead."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Answers that together lead to `model`; none of them can be spared."""

    changes: tuple[Change, ...]
    model: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The smallest sets of answers that lead to another model; complete up to `depth` answers.

    `tried` counts, size by size, the sets that were weighed; `holds_under` is the largest number of answers of which no
    change at all matters.
    """

    depth: int
    tried: tuple[int, ...]
    sets: tuple[ChangeSet, ...]
    holds_under: int


@dataclass(frozen=True, slots=True)
class RowMove:
    """What single answers do to a row, all else as it is: the letters that change by role, empty ones taken away.

    Where they leave the row out, `left_out` says why; where they bring it in, `letters` are all that it has.
    """

    letters: Mapping[str, str]
    left_out: str
    answers: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Deciding:
    """An open question that moves the share of the recommended model: that share by option, and how far it moves."""

    question: str
    moves: Fraction
    shares: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure the recommendation is: its share, that of every model that can come out, and what decides."""

    status: str
    share: Fraction
    shares: Mapping[str, Fraction]
    decides: tuple[Deciding, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """What an answer leads to, all else as it is; `levels` are those that it changes."""

    model: str
    not_available: tuple[str, ...]
    not_paid_for: tuple[str, ...]
    levels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Assumed:
    """A question that nobody answered and that matters: what was taken, why that is usual, what others lead to."""

    question: str
    answer: str
    reason: str
    claims: tuple[str, ...]
    leads_to: Mapping[str, Lead]

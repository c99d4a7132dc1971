"""The explanations themselves, as frozen values: the whole story, or why one thing is as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from advisor.explain.values import (
    Assumed,
    Change,
    Changes,
    ChangeSet,
    Check,
    Lead,
    Origin,
    RowMove,
    RuleLook,
    StepStory,
    Sure,
    TopicStory,
)
from advisor.model.agreed import Agreement
from advisor.model.findings import Claim


@dataclass(frozen=True, slots=True)
class Story:
    """The whole explanation of one engagement's recommendation; `quiet` are assumptions that change no lead."""

    decision: tuple[StepStory, ...]
    sure: Sure
    changes: Changes
    assumptions: tuple[Assumed, ...]
    quiet: tuple[str, ...]
    topics: tuple[TopicStory, ...]
    levels: tuple[Origin, ...]
    leaning: Origin
    set_aside: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ModelWay:
    """A rule that would recommend the model; `asking` are those that would first have to ask for what it builds on."""

    staffing: RuleLook
    asking: tuple[RuleLook, ...]
    failing: int


@dataclass(frozen=True, slots=True)
class ModelWhy:
    """Why this model, or why not: every way to it, the nearest first, and the smallest sets of answers to get there.

    `share` is how much of what the open questions can still lead to is this model.
    """

    model: str
    chosen: bool
    share: Fraction
    ways: tuple[ModelWay, ...]
    origins: tuple[Origin, ...]
    sets: tuple[ChangeSet, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class FindingWhy:
    """Where a finding or level comes from, rules that would say otherwise, single answers that would change it."""

    origin: Origin
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
    """One row: its letters with their rules, the rules that were silent; or why it is left out.

    `moves` are single answers that would change it, those that move the A first; none are looked for with a cell.
    `agreed` is what people agreed of the row, `ruled` the letters that the rules give those roles.
    """

    row: str
    name: str
    phase: str
    letters: Mapping[str, str]
    spoke: tuple[RuleLook, ...]
    silent: tuple[RuleLook, ...]
    left_out: str
    out_by: tuple[RuleLook, ...]
    origins: tuple[Origin, ...]
    moves: tuple[RowMove, ...] = ()
    agreed: Agreement | None = None
    ruled: Mapping[str, str] = field(default_factory=dict)


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
class RoleWhy:
    """One role: whether it has a column, how much work of its kind there is, and its letters by row.

    `lacks` says what keeps a staffed manager from being there: not_available, not_paid_for, or nothing.
    """

    role: str
    absent: str
    lacks: str
    levels: tuple[Origin, ...]
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class QuestionWhy:
    """One question: its answer or what was assumed and why, the rules that read it, what each other answer leads to."""

    question: str
    value: str
    assumed: bool
    reason: str
    claims: tuple[str, ...]
    asked_when: tuple[Check, ...]
    rules: tuple[RuleLook, ...]
    silent: tuple[RuleLook, ...]
    instead: Mapping[str, Lead]


@dataclass(frozen=True, slots=True)
class SeveralWhy:
    """A question with several answers: each of its options as a question of its own."""

    question: str
    parts: tuple[QuestionWhy, ...]


Body = Story | ModelWhy | FindingWhy | RuleWhy | RowWhy | CellWhy | RoleWhy | QuestionWhy | SeveralWhy

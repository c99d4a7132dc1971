"""The fit of one person as it comes out: for each role, for an engagement, with what carries it and how to grow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.model.advice import FindingValue, Reason
from advisor.model.findings import Claim
from advisor.model.person import Person

SETTLED, OPEN, TOO_LITTLE_SEEN = "settled", "open", "too_little_seen"


@dataclass(frozen=True, slots=True)
class Seen:
    """One competency and the step seen of it: its id and the sentence for it; both empty where nothing was seen."""

    competency: str
    about: str
    text: str
    step: str
    label: str


@dataclass(frozen=True, slots=True)
class Strength:
    """A competency that carries a role, in the words of the rule that says so."""

    competency: str
    about: str
    rule: str
    says: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A competency seen below the step that is needed, and one way to take the next step.

    `because` says what of an engagement asks for it, empty for a role as such.
    """

    competency: str
    about: str
    text: str
    step: str
    needs: str
    close: str
    claims: tuple[str, ...]
    because: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """A competency that was not seen, and what to look at to see it."""

    competency: str
    about: str
    text: str
    look: str


@dataclass(frozen=True, slots=True)
class RoleFit:
    """One role: its fit (`unknown` while it is open between several `possible` values), and why.

    `gaps` are those that matter most; `more_gaps` counts the others. `labels` are the words for all values of the fit.
    """

    role: str
    name: str
    fit: str
    label: str
    labels: Mapping[str, str]
    possible: tuple[str, ...]
    reasons: tuple[Reason, ...]
    strengths: tuple[Strength, ...]
    gaps: tuple[Gap, ...]
    more_gaps: int
    not_seen: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class LookedFor:
    """One thing that an engagement looks for in whoever takes a role, and what was seen of it.

    `met` is met, gap, not_seen, or not_asked where no question asks for it.
    """

    competency: str
    text: str
    because: str
    needs: str
    step: str
    met: str


@dataclass(frozen=True, slots=True)
class EngagementRole:
    """One role of an engagement held against a person; `holds` is met, gaps, or open where too little was seen."""

    role: str
    name: str
    holds: str
    looked_for: tuple[LookedFor, ...]
    gaps: tuple[Gap, ...]
    not_seen: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class EngagementFit:
    """A person held against an engagement's profile: one entry for each role that its model staffs."""

    id: str
    name: str
    client: str
    model: str
    model_name: str
    settled: bool
    roles: tuple[EngagementRole, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """Everything that is said about one person; `steps` are the words for the ids of steps.

    `result` is too_little_seen while more of `candidates` remain than can be named; None while it is open.
    """

    person: Person
    status: str
    result: str | None
    candidates: tuple[str, ...]
    title: str
    reasons: tuple[Reason, ...]
    roles: tuple[RoleFit, ...]
    findings: tuple[FindingValue, ...]
    seen: tuple[Seen, ...]
    settle: tuple[Look, ...]
    engagement: EngagementFit | None
    steps: Mapping[str, str]
    claims: Mapping[str, Claim]
    claims_from: str
    version: str
    digest: str

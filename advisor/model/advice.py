"""What comes out: the advice on one engagement, as frozen values that documents are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain

from advisor.model.engagement import Engagement
from advisor.model.findings import Claim
from advisor.model.matrix import Matrix, Split
from advisor.model.questions import Several
from advisor.model.rulebook import Phase, ReaderWords, Role
from advisor.model.rules import Passage
from advisor.model.stated import Stint


@dataclass(frozen=True, slots=True)
class Reading:
    """Answers as the rules read them: every question has an option or `not_asked`; on people, also `unanswered`.

    `unanswered` are the questions that were asked and not answered, whose usual answer was taken.
    """

    values: Mapping[str, str]
    unanswered: tuple[str, ...]
    set_aside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A rule that fired on answers and gave points: what it says, why it spoke and whom it favours.

    `points` are those of the favoured side; `measures` all that the rule gave, by measure.
    """

    rule: str
    says: str
    claims: tuple[str, ...]
    because: Mapping[str, str]
    favours: str
    points: int
    measures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LevelItem:
    """How much work of one kind there is: the points that count, the level they reach, and its days a week.

    `days` lies between the fewest and the most, by how far the points go past the level's first; in halves.
    """

    measure: str
    points: int
    level: str
    text: str
    label: str
    fewest_days: float
    most_days: float
    days: float = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that spoke for the recommendation, with the findings that it read."""

    rule: str
    says: str
    claims: tuple[str, ...]
    because: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Assumption:
    """A question that nobody answered and that matters: what was taken as its answer, and what another would change.

    `leads_to` are the models that other answers lead to while all else stays, by option; `moves` is the share of the
    outlook on that question that they have.
    """

    question: str
    answer: str
    leads_to: Mapping[str, str]
    moves: Fraction


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Which model, and how sure it is.

    `status` is settled (no open answer can change the model), likely or leaning; `share` is the weight of all ways to
    answer what is open that lead to this model, and `shares` that of every model that any of them leads to, in the
    rulebook's order. `runner_up` is the other model with the largest share. `not_available` are roles that nobody is
    free for, `not_paid_for` those that the money does not reach; `unstaffed` is both. `assumptions` are those that
    matter, the weightiest first; `more_assumptions` counts the rest.
    """

    status: str
    model: str
    share: Fraction
    shares: Mapping[str, Fraction]
    asks_for: str
    not_available: tuple[str, ...]
    not_paid_for: tuple[str, ...]
    title: str
    summary: str
    watch: str
    runner_up: str | None
    reasons: tuple[Reason, ...]
    assumptions: tuple[Assumption, ...] = ()
    more_assumptions: int = 0
    headline: str = ""

    @property
    def unstaffed(self) -> tuple[str, ...]:
        """The roles of the model that nobody can be put into as things stand."""
        return tuple(dict.fromkeys(self.not_available + self.not_paid_for))

    @property
    def candidates(self) -> tuple[str, ...]:
        """The models that are still possible, in the rulebook's order."""
        return tuple(self.shares)


@dataclass(frozen=True, slots=True)
class Orientation:
    """Points on each side, until delivery and after it together, and the band that their difference falls in."""

    delivery_manager: int
    project_manager: int
    band: str


@dataclass(frozen=True, slots=True)
class ProfileItem:
    """A competency to look for, what about this engagement asks for it, and the rule that says so."""

    id: str
    text: str
    claims: tuple[str, ...]
    because: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What to look for in the person who takes one staffed role, the most telling first."""

    role: str
    competencies: tuple[ProfileItem, ...]


@dataclass(frozen=True, slots=True)
class GuardrailItem:
    """Advice on a risk that the recommendation carries."""

    id: str
    text: str
    rule: str
    claims: tuple[str, ...]
    because: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PointItem:
    """A sentence for the brief and the rule that gave it; fields as those of a Point.

    `about` is what was typed of the matter that it is on, by placeholder; empty for what follows from answers.
    """

    kind: str
    text: str
    rank: int
    who: str
    trigger: str
    action: str
    due: str
    rule: str
    says: str
    claims: tuple[str, ...]
    because: Mapping[str, str]
    inside: bool = False
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PassageItem:
    """A passage of a document beside the matrix, and the rule that gave it."""

    passage: Passage
    rule: str
    says: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonGap:
    """A guardrail on the person named for a role: what was seen of a competency below what is needed, or not at all.

    For the firm alone: no client, and no document that others can read, gets to see it.
    """

    person: str
    role: str
    competency: str
    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleSense:
    """What "delivery manager" means where the reader works, how that fits the columns, and the rules that say so."""

    means: str
    note: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingValue:
    """A finding's value in this engagement with the words for it; `points` so far, where it is banded by points."""

    id: str
    value: str
    text: str
    label: str
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """The words for ids that a document needs, so that no writer has to see the catalog.

    `several` are the questions with any number of answers; each of their parts is a question of its own. `columns` are
    headings of the matrix that differ from the role's name, by model and role. `words` are what readers say for ours.
    `seats` are people who have a column of their own in a brief, by its id.
    """

    roles: Mapping[str, Role]
    phases: tuple[Phase, ...]
    models: Mapping[str, str]
    questions: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    claims: Mapping[str, Claim]
    bands: Mapping[str, str]
    claims_from: str = "the source article"
    several: Mapping[str, Several] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: ReaderWords = field(default_factory=ReaderWords)
    client: str = "the client"
    client_label: str = "Client:"
    work_with_client: str = "client work"
    go_live: str = "go-live"
    seats: Mapping[str, tuple[Stint, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything the product says about one engagement; `spoke` are the rules behind all but the matrix, by id.

    `assumed` is what was taken as the answer to each question that nobody answered, `assuming` the questions among
    them on which a rule that spoke rests, by rule, and `unsure` those on which the value of a finding
    rests, by finding. `paid_days` a week are paid for, where somebody said so; `summed` says of a copy
    without the money that its days are sold in all, and no week of them is cut. `people_gaps` are there only where
    somebody brought in what was seen of the people named, `passages` only for a document that is made of them.
    """

    engagement: Engagement
    recommendation: Recommendation
    orientation: Orientation
    levels: tuple[LevelItem, ...]
    findings: tuple[FindingValue, ...]
    split: Split
    matrix: Matrix
    evidence: tuple[EvidenceItem, ...]
    profiles: tuple[Profile, ...]
    guardrails: tuple[GuardrailItem, ...]
    assumed: Mapping[str, str]
    set_aside: tuple[str, ...]
    role_sense: RoleSense
    version: str
    digest: str
    names: Names
    spoke: tuple[tuple[str, ...], ...] = ()
    people_gaps: tuple[PersonGap, ...] = ()
    points: tuple[PointItem, ...] = ()
    paid_days: float = 0
    summed: bool = False
    assuming: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    passages: tuple[PassageItem, ...] = ()

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The questions that nobody answered, in the order in which they are asked."""
        return tuple(self.assumed)

    @property
    def fired(self) -> frozenset[str]:
        """The ids of all rules that spoke."""
        rows = (row.rules for row in self.matrix.activities)
        return frozenset(chain(*self.spoke, *rows, (one.rule for one in self.matrix.left_out)))

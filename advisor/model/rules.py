"""Rules and tables: variables with finite values, conditions on them, what follows, and the words for gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

UNANSWERED = "unanswered"
NOT_ASKED = "not_asked"
UNKNOWN = "unknown"
GAPS = frozenset({UNANSWERED, NOT_ASKED, UNKNOWN})

MODEL = "model"
WORK_ASKS_FOR = "work_asks_for"
ORIENTATION = "orientation"
LONE_MANAGER = "manager"  # in letters: whoever leads alone
HANDOVER = "handover"  # the model whose two roles follow one another
COMBINED = "combined"  # the one model whose two roles are one person

POINTS = ("fact", "without", "between", "step", "risk", "review")

PAPERS = ("charter", "annex", "transition", "posting")
# Parts of the documents beside the matrix, and the fields that a passage in each has besides its text and rank.
PARTS: Mapping[str, tuple[str, ...]] = {
    "charter_purpose": ("of",),
    "charter_alone": ("of",),
    "charter_ask": ("of", "who"),
    "charter_measure": ("of",),
    "charter_stand_in": ("of",),
    "annex_escalation": ("label", "who", "to", "by"),
    "annex_escalation_rule": (),
    "annex_change": ("label", "who", "to", "by"),
    "annex_change_rule": (),
    "annex_acceptance": ("label", "who", "to", "by"),
    "annex_acceptance_rule": (),
    "transition_not_here": (),
    "transition_opening": (),
    "transition_step": ("who", "by"),
    "transition_accept": ("who", "to"),
    "transition_hand_over": ("who", "to"),
    "transition_hypercare": (),
    "transition_exit": (),
    "posting_opening": ("of",),
    "posting_duty": ("of",),
    "posting_offer": ("of",),
}

DELIVERY_MANAGER = "delivery_manager"
PROJECT_MANAGER = "project_manager"
SIDES = (DELIVERY_MANAGER, PROJECT_MANAGER)  # whom evidence can speak for, whatever a rulebook calls them

# What evidence gives points to: work with the client and work on plans, each until delivery and after it.
CLIENT_UNTIL = "client_until"
CLIENT_AFTER = "client_after"
PLAN_UNTIL = "plan_until"
PLAN_AFTER = "plan_after"
MEASURES = {
    CLIENT_UNTIL: DELIVERY_MANAGER,
    CLIENT_AFTER: DELIVERY_MANAGER,
    PLAN_UNTIL: PROJECT_MANAGER,
    PLAN_AFTER: PROJECT_MANAGER,
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a piece of the rulebook stands, for error messages."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


NOWHERE = Source("", 0)


@dataclass(frozen=True, slots=True)
class Variable:
    """Something a table reads: a question, a finding or the model, with its finite values.

    `values` are the settled ones, from least to most where `ordered`; `gaps` are the ways of not being settled.
    """

    id: str
    values: tuple[str, ...]
    gaps: tuple[str, ...] = ()
    ordered: bool = False

    @property
    def domain(self) -> tuple[str, ...]:
        return self.values + self.gaps


@dataclass(frozen=True, slots=True)
class Condition:
    """`variable` is one of `allowed`; `asked` keeps the wording of the file (`at_least weekly`) for explanations."""

    variable: str
    allowed: frozenset[str]
    asked: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Points for one of the four measures; fewer than none where somebody who is already there takes work away."""

    measure: str
    points: int

    @property
    def favours(self) -> str:
        """The manager whose work the measure is."""
        return MEASURES[self.measure]


@dataclass(frozen=True, slots=True)
class Score:
    """Points towards a finding that is banded by its total."""

    finding: str
    points: int


@dataclass(frozen=True, slots=True)
class Conclude:
    """A finding takes this value."""

    finding: str
    value: str


@dataclass(frozen=True, slots=True)
class Unstaffed:
    """Roles of the recommended model that nobody is free for or, with `unpaid`, that nobody pays for."""

    roles: tuple[str, ...]
    unpaid: bool = False


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters for cells of the row that the rule stands in, by role; an empty text clears the cell."""

    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Leave out the row that the rule stands in, or whole phases, for this reason."""

    reason: str
    phases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """Move points of the split towards one manager in these phases."""

    to: str
    points: int
    phases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guardrail:
    """Advice on a risk that the recommendation carries."""

    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence for the brief: `kind` is one of POINTS, `rank` (1 to 100) decides which of a kind are printed.

    A risk has a trigger, an owner (a role) and what the owner does then; a step who takes it and by when.
    What is `inside` is for the firm alone.
    """

    kind: str
    text: str
    rank: int
    who: str = ""
    trigger: str = ""
    action: str = ""
    due: str = ""
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or a line of a table, of a document beside the matrix: `part` is one of PARTS.

    `of` is the role that it is about, `label` what heads the line, `who` acts, `to` whom it goes to or who agrees,
    `by` is when. What ranks highest (1 to 100) comes first.
    """

    part: str
    text: str
    rank: int
    of: str = ""
    label: str = ""
    who: str = ""
    to: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """A competency to look for in the person who takes the role."""

    role: str
    competency: str


@dataclass(frozen=True, slots=True)
class Sense:
    """Which sense of "delivery manager" the reader uses, and how their titles fit the columns."""

    note: str


Effect = (
    Evidence | Score | Conclude | Unstaffed | Letters | LeaveOut | Shift | Guardrail | Point | Passage | Look | Sense
)


@dataclass(frozen=True, slots=True)
class Rule:
    """When all conditions hold, all effects follow; `cites` are claim ids, `practice` the reason of a practice rule.

    `excludes` are ids of rules that must never speak beside it in one advice.
    """

    id: str
    says: str
    cites: tuple[str, ...]
    practice: str
    when: tuple[Condition, ...]
    effects: tuple[Effect, ...]
    source: Source
    excludes: tuple[str, ...] = ()

    @property
    def grounds(self) -> tuple[str, ...]:
        """Claim ids, and PRACTICE where the rule goes beyond the article."""
        return self.cites + (("PRACTICE",) if self.practice else ())

    @property
    def silent(self) -> bool:
        """Whether all that it does is to leave out a row of other engagements, which nobody needs to be told."""
        return any(isinstance(one, LeaveOut) and not one.reason for one in self.effects)


def excluding(rules: Iterable[Rule]) -> tuple[tuple[Rule, Rule], ...]:
    """Pairs of rules that must never speak in one advice, each once: who says so, and whom it excludes."""
    known = {rule.id: rule for rule in rules}
    pairs: dict[frozenset[str], tuple[Rule, Rule]] = {}
    for rule in known.values():
        for other in rule.excludes:
            if other in known:  # a rulebook of one's own may have dropped it
                pairs.setdefault(frozenset({rule.id, other}), (rule, known[other]))
    return tuple(pairs.values())


@dataclass(frozen=True, slots=True)
class Table:
    """Rules over a small finite domain: the product of what it reads is at most 20,000 combinations."""

    id: str
    title: str
    reads: tuple[Variable, ...]
    rules: tuple[Rule, ...]
    source: Source

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(variable.id for variable in self.reads)

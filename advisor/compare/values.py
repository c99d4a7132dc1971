"""What a comparison is made of, as frozen values: what was lined up with what, and where the two matrices differ."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.model.advice import Advice
from advisor.model.found import FoundMatrix
from advisor.model.matrix import ActivityRow, LeftOut
from advisor.model.wordings import Wordings

# How a row or role was lined up, the surest first; MAPPED is what the user wrote, PERHAPS that it may be
# one of ours and is not counted as such, ALONE that it goes with none.
MAPPED, SURE, LIKELY, PERHAPS, ALONE = HOW = ("mapping", "sure", "likely", "perhaps", "none")

HOW_WORDS = {MAPPED: "by your mapping", SURE: "sure", LIKELY: "likely", PERHAPS: "perhaps", ALONE: "not lined up"}

# What differs, the weightiest first.
ACCOUNTABLE, RESPONSIBLE, NOT_RESPONSIBLE, CONSULTED, INFORMED = KINDS = (
    "accountable",
    "responsible",
    "not_responsible",
    "consulted",
    "informed",
)


@dataclass(frozen=True, slots=True)
class Lined:
    """One of their rows or roles, by its place in their matrix, and those of ours that it is; none for `how` ALONE.

    `score` is from 0 to 100, None for what the mapping says; `by` is the wording of ours that was nearest. For one that
    goes alone, `near` is the id of ours that came nearest and `score` how near, `near` empty where nothing did.
    """

    at: int
    ours: tuple[str, ...]
    how: str
    score: int | None = None
    by: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """One party on both sides: columns of theirs (places in their matrix) and roles of ours, one of them maybe none.

    `name` is what theirs calls it, or else the role's name; `staffed` says whether the engagement has such a role.
    """

    name: str
    theirs: tuple[int, ...]
    ours: tuple[str, ...]
    our_name: str
    staffed: bool

    @property
    def both(self) -> bool:
        """Whether both matrices have it, so that its letters can be held against each other."""
        return bool(self.theirs) and self.staffed


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in one of their rows: what they have, what the advice has, and why.

    `kind` is one of KINDS. `seat` is the party that it is about: for `accountable` the one that should answer, None
    where the role has no column in theirs and none is known; `others` are those who answer in theirs instead, and
    `others_should` the letters that the advice gives each of them. `has`
    and `should` are letters, joined by `/`. `rule` is empty where no rule gives the role a letter here.
    """

    kind: str
    row: int
    activity: str
    seat: Seat
    has: str
    should: str
    others: tuple[Seat, ...] = ()
    others_should: tuple[str, ...] = ()
    says: str = ""
    rule: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """How much of the matrix one party has, in percent, theirs and ours; None on a side that does not have it.

    `accountable` is its part of all As, `rows` the part of all rows in which it has A or R.
    """

    seat: Seat
    accountable: tuple[int | None, int | None]
    rows: tuple[int | None, int | None]
    overloaded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingRole:
    """A role that only one of the two has, and the rows in which it holds A, or R without A."""

    seat: Seat
    accountable: int
    responsible: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A matrix held against the advice on an engagement.

    `agreed` are their rows in which the same party answers. `lacking` are rows of ours that theirs does not have;
    `needless` are rows of theirs that the engagement does not need, with the reason; `unknown` are rows of theirs that
    are none of ours, listed and not judged. `roles_theirs` are roles that the engagement does not staff or that are
    none of ours, `roles_ours` those that their matrix does not have. `notes` say what was not compared and why.
    """

    matrix: FoundMatrix
    advice: Advice
    wordings: Wordings
    rows: tuple[Lined, ...]
    roles: tuple[Lined, ...]
    seats: tuple[Seat, ...]
    agreed: tuple[int, ...]
    differences: tuple[Difference, ...]
    lacking: tuple[ActivityRow, ...]
    needless: tuple[tuple[int, LeftOut], ...]
    unknown: tuple[int, ...]
    loads: tuple[Load, ...]
    roles_theirs: tuple[MissingRole, ...]
    roles_ours: tuple[MissingRole, ...]
    notes: tuple[str, ...] = ()

    @property
    def compared(self) -> int:
        """How many of their rows were held against a row of ours."""
        needed = {row.id for row in self.advice.matrix.activities}
        return sum(any(one in needed for one in row.ours) for row in self.rows)

    def of_kind(self, kind: str) -> tuple[Difference, ...]:
        return tuple(one for one in self.differences if one.kind == kind)

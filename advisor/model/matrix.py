"""Who leads which phase, and the responsibility matrix, as frozen values that documents are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.model.agreed import Agreement
from advisor.model.stated import Matter


@dataclass(frozen=True, slots=True)
class PhaseSplit:
    """Who leads one phase and each staffed manager's share of it, in percent adding to 100."""

    phase: str
    lead: str
    shares: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Split:
    """Shares overall and phase by phase; a stated policy, not a measurement."""

    overall: Mapping[str, int]
    phases: tuple[PhaseSplit, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The letters of one role in one row, and the rule that gave them.

    `held_for` are roles that are not there and whose letters these are. Where people `agreed` on other letters than
    the rules give, `ruled` are those of the rules; either may be empty.
    """

    role: str
    letters: str
    rule: str
    says: str
    claims: tuple[str, ...]
    held_for: tuple[str, ...] = ()
    agreed: Agreement | None = None
    ruled: str = ""

    @property
    def by_rules(self) -> str:
        """The letters that the rules give, whatever people agreed."""
        return self.letters if self.agreed is None else self.ruled


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One row of the matrix; `rules` and `claims` are all that decided it, `rank` (1 to 100) how much it matters.

    What is `inside` is for the firm alone. `matter` is what people stated, where the row is made of that,
    and `in_place_of` the row of the rulebook that is the same.
    """

    id: str
    name: str
    phase: str
    cells: tuple[Cell, ...]
    rules: tuple[str, ...]
    claims: tuple[str, ...]
    rank: int = 50
    inside: bool = False
    rests_on: tuple[str, ...] = ()
    matter: Matter | None = None
    in_place_of: str = ""

    def letters(self, role: str) -> str:
        return next((cell.letters for cell in self.cells if cell.role == role), "")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that this engagement does not need, and why."""

    id: str
    name: str
    phase: str
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Columns (role ids), rows in phase order, and what was left out."""

    roles: tuple[str, ...]
    activities: tuple[ActivityRow, ...]
    left_out: tuple[LeftOut, ...]

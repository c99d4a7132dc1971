"""What lint works with: checks and policies as data, waivers, findings with their places, counts to check by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.model.found import FoundMatrix

ERROR, WARNING, INFO, OFF = "error", "warning", "info", "off"
SEVERITIES = (ERROR, WARNING, INFO, OFF)

# A and R in one cell may be forbidden, which is an error, or allowed, which is only counted.
FORBIDDEN, ALLOWED = "forbidden", "allowed"
TOGETHER = "a_and_r_in_one_cell"

USED, UNUSED, EXPIRED = "used", "unused", "expired"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that lint looks at: what is wrong, why it matters, how to mend it, and where that is from.

    `severity` and `limits` are those of the usual policy; `practice` says why where the check goes beyond the article.
    """

    id: str
    title: str
    severity: str
    why: str
    mend: str
    cites: tuple[str, ...]
    practice: str = ""
    limits: Mapping[str, int] | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Claim ids, and last `PRACTICE` where the check goes beyond them."""
        return (*self.cites, "PRACTICE") if self.practice else self.cites


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that somebody decided to live with.

    Empty `matrix`, `table`, `row` and `role` stand for any; `until` is the last day (ISO), empty for no end.
    """

    check: str
    reason: str
    file: str
    line: int
    matrix: str = ""
    table: str = ""
    row: str = ""
    role: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """How severe each check is, its limits, the words it goes by, and the findings that are waived."""

    id: str
    title: str
    severities: Mapping[str, str]
    limits: Mapping[str, Mapping[str, int]]
    words: Mapping[str, tuple[str, ...]]
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a matrix; `row` and `role` are named where it is about one, `place` where a person looks."""

    check: str
    severity: str
    place: str
    message: str
    row: str = ""
    role: str = ""
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What anybody can count again in the file. `letters` are cells that hold each letter; the rest are rows."""

    roles: int
    rows: int
    letters: Mapping[str, int]
    one_accountable: int
    no_accountable: int
    several_accountable: int
    no_responsible: int
    both_in_one_cell: int


@dataclass(frozen=True, slots=True)
class Linted:
    """One matrix with all that was found, in the order of the checks and then of the matrix."""

    matrix: FoundMatrix
    counts: Counts
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()

    def of(self, severity: str) -> tuple[Finding, ...]:
        """Findings of a severity that are not waived."""
        return tuple(one for one in self.findings if one.severity == severity and one.waiver is None)

    @property
    def waived(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.waiver is not None)


@dataclass(frozen=True, slots=True)
class Review:
    """Several matrices under one policy; each waiver with what became of it and how many findings it covers."""

    policy: Policy
    checks: Mapping[str, Check]
    matrices: tuple[Linted, ...]
    waivers: tuple[tuple[Waiver, str, int], ...] = ()
    today: str = ""

    def count(self, severity: str) -> int:
        """Findings of a severity in all matrices that are not waived."""
        return sum(len(one.of(severity)) for one in self.matrices)

    @property
    def waived(self) -> int:
        return sum(len(one.waived) for one in self.matrices)

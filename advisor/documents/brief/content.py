"""What a brief says, as values in the order in which it says it; every writer lays out these and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.documents.brief.weeks import days_in_week
from advisor.documents.shared.people import Column
from advisor.documents.shared.view import PhaseRows


@dataclass(frozen=True, slots=True)
class Seat:
    """One role: who holds it, how many days a week from when to when, and what it answers for."""

    role: str
    person: str
    time: str
    answers_for: str


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps: who takes it and by when."""

    who: str
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class Danger:
    """A risk: what shows that it is happening, who acts then, and how."""

    what: str
    trigger: str
    owner: str
    action: str


@dataclass(frozen=True, slots=True)
class Work:
    """How much of the two kinds of work one stretch holds: days a week with the client, and on plans."""

    when: str
    client: float
    plan: float
    with_client: str = "client work"

    @property
    def said(self) -> str:
        """`Until go-live, client work takes 3 days a week and plan work 4 days a week.`; nothing is said of none."""
        parts = [(self.with_client, self.client), ("plan work", self.plan)]
        first, *more = (f"{what} takes {days_in_week(days)}" for what, days in parts if days)
        return f"{self.when}, {' and '.join((first, *(one.replace(' takes', '') for one in more)))}."


@dataclass(frozen=True, slots=True)
class Brief:
    """One brief; lists are in the order of their weight. What a client may not see is empty in a client's copy."""

    decision: str
    staffing: str
    sure: str
    facts: tuple[str, ...]
    work: tuple[Work, ...]
    seats: tuple[Seat, ...]
    steps: tuple[Step, ...]
    dangers: tuple[Danger, ...]
    unknown: tuple[str, ...]
    role_names: str
    columns: tuple[Column, ...]
    phases: tuple[PhaseRows, ...]
    more_rows: int
    signatories: tuple[Column, ...]
    agreed_by: str
    look_again: tuple[str, ...]

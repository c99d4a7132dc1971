"""What was signed, what is no longer so and why, and what falls due: the values of a review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.advise.standing import Key, Standing
from advisor.errors import Problem
from advisor.model.advice import Advice
from advisor.model.agreed import Agreement

# Kinds of causes, and of days that fall due.
ANSWER, RULE, AGREED, STATED, LED = "answer", "rule", "agreed", "stated", "led"
SIGNED, DATE, LEAVES, MATTER, LOOK = "signed", "date", "leaves", "matter", "look"
STAGE = "stage"  # the question that says how far the work has come


@dataclass(frozen=True, slots=True)
class Signed:
    """A sign-off: who signed on which day, until when it holds, and all that was signed.

    `answers` are what was answered then, `names` those of the rows, `agreed` letters that people had set themselves.
    """

    file: str
    id: str
    on: str
    by: tuple[str, ...]
    until: str
    version: str
    digest: str
    standing: Standing
    names: Mapping[str, str]
    answers: Mapping[str, str]
    people: Mapping[str, str]
    agreed: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is no longer as signed.

    `about` is a question (ANSWER), a rule or nothing (RULE), a row (AGREED); STATED is what the file states besides
    answers, LED that the model is another one. `was` and `now` are options, empty where there was none.
    """

    kind: str
    about: str = ""
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is no longer as signed: what it was and is, empty where it was not or is no more.

    It has `moved_on` where it is only gone because the work has come further.
    """

    key: Key
    was: str
    now: str
    causes: tuple[Cause, ...]
    moved_on: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A day (ISO 8601) on which something falls due: its kind, what it is about, and whom it concerns.

    `about` is a row (AGREED), the name of a date, a role (LEAVES), or text: what a MATTER is, when to LOOK again.
    """

    day: str
    kind: str
    about: str
    who: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One engagement as it stands on a day, beside what was signed.

    `misfits` are agreements that cannot hold any more, `idle` those whose letters the rules now give. `holders` are
    roles whose holder is another one now, with both names.
    """

    file: str
    today: str
    advice: Advice
    signed: Signed | None
    changes: tuple[Change, ...] = ()
    holders: tuple[tuple[str, str, str], ...] = ()
    misfits: tuple[Problem, ...] = ()
    idle: tuple[Agreement, ...] = ()
    overdue: tuple[Due, ...] = ()
    coming: tuple[Due, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether all is as it was signed but for what is done since, and nothing is overdue."""
        changed = any(not one.moved_on for one in self.changes)
        return not (changed or self.holders or self.misfits or self.overdue)

"""What people state of an engagement beside their answers: matters to see to, and the time that people have for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.model.rules import Point, Rule

# Kinds of matter that follow from days: from the time that people have for a role, and from fixed days of one week.
STARTS, BRIDGED, LEAVES, RELIEVED = OF_PEOPLE = ("starts", "bridged", "leaves", "relieved")
COLLIDE = "collide"
DERIVED = (*OF_PEOPLE, COLLIDE)
TYPED = frozenset({"what", "whom", "owner", "day", "early"})  # placeholders for what was typed of a matter


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to see to: its kind, what it is, whom it concerns, who takes it, and the day (ISO 8601) that counts."""

    kind: str
    what: str
    who: str = ""
    owner: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Stint:
    """The time that somebody has for a role: the most days a week (None: not said), from and until when (ISO 8601).

    `rate` is what a day costs, such as `EUR 640` or `640`; empty where nobody said.
    """

    name: str = ""
    days: float | None = None
    start: str = ""
    until: str = ""
    rate: str = ""


@dataclass(frozen=True, slots=True)
class MatterKind:
    """What a kind of matter becomes in the brief; its texts hold `{what}`, `{whom}`, `{day}` and `{early}`.

    `asks` is the question that people answer, empty where the kind follows from the time of a person. The step is due
    `ahead` weeks before the day that counts, which is `{early}`. `unknown` is a line for what is not known, `seat` for
    what its owner answers for, `row` the rule with the letters of the row that the matter becomes.
    """

    id: str
    asks: str
    says: str
    claims: tuple[str, ...]
    points: tuple[Point, ...]
    ahead: int = 0
    unknown: str = ""
    seat: str = ""
    row: Rule | None = None


MatterKinds = Mapping[str, MatterKind]


def rule_of(kind: str) -> str:
    """The id under which documents cite a kind of matter."""
    return f"matter_{kind}"

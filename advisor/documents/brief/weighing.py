"""What weighs most of the points of an advice: those that follow from answers, and those that people stated."""

from __future__ import annotations

from advisor.documents.brief.holding import to_oneself
from advisor.documents.shared import words
from advisor.model.advice import Advice, PointItem
from advisor.model.stated import BEHIND, FROZEN, LATE, OVERRUN, PROMISED, RUNS_OUT, rule_of

STEPS = "step"
WORKED_OUT = frozenset(
    rule_of(kind) for kind in (LATE, OVERRUN, FROZEN, BEHIND, RUNS_OUT, PROMISED)
)  # what follows from days or money, and nobody typed


def weightiest(advice: Advice, kind: str, most: int | None) -> list[PointItem]:
    """The weightiest points of a kind that follow from answers, each text once.

    Those that rest on an assumption come after the others of a rank.
    """
    found = {
        one.text: one
        for one in sorted(advice.points, key=lambda one: one.rank)
        if one.kind == kind and not one.about and not (kind == STEPS and to_oneself(advice, one.who, one.text))
    }
    ordered = sorted(found.values(), key=lambda one: (-one.rank, bool(words.assumes(advice, one.rule))))
    return ordered[:most]


def stated(advice: Advice, kind: str) -> list[PointItem]:
    """The points of a kind that people stated, the weightiest first."""
    return sorted((one for one in advice.points if one.about and one.kind == kind), key=lambda one: -one.rank)

"""Before and after: what other answers would change in the recommendation, the split, the matrix and the guardrails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from advisor.model.advice import Advice


@dataclass(frozen=True, slots=True)
class Side:
    """The advice in short, before or after."""

    status: str
    share: Fraction
    model: str
    title: str
    not_available: tuple[str, ...]
    not_paid_for: tuple[str, ...]
    levels: Mapping[str, str]
    band: str
    points: Mapping[str, int]
    overall: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that differs; empty letters for none."""

    row: str
    name: str
    role: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that only one of the two has; `reason` says why it is left out."""

    row: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides and all that differs; `answers`, `assumed` and `findings` map to before and after.

    `assumed` are open questions of which something else is assumed, as the usual answer hangs on one that was changed.
    """

    answers: Mapping[str, tuple[str, str]]
    assumed: Mapping[str, tuple[str, str]]
    set_aside: tuple[str, ...]
    before: Side
    after: Side
    phases: Mapping[str, tuple[Mapping[str, int], Mapping[str, int]]]
    findings: Mapping[str, tuple[str, str]]
    cells: tuple[CellChange, ...]
    rows_gained: tuple[RowChange, ...]
    rows_lost: tuple[RowChange, ...]
    guardrails_gained: Mapping[str, str]
    guardrails_lost: Mapping[str, str]


def compare(before: Advice, after: Advice, answers: Mapping[str, tuple[str, str]]) -> Comparison:
    """What changes between two pieces of advice that differ by these answers."""
    old, new = ({row.id: row for row in advice.matrix.activities} for advice in (before, after))
    roles = tuple(dict.fromkeys((*before.matrix.roles, *after.matrix.roles)))
    cells = tuple(
        CellChange(row.id, row.name, role, row.letters(role), new[row.id].letters(role))
        for row in old.values()
        if row.id in new
        for role in roles
        if row.letters(role) != new[row.id].letters(role)
    )
    first, second = ({one.id: one.text for one in advice.guardrails} for advice in (before, after))
    was, now = ({one.id: one.value for one in advice.findings} for advice in (before, after))
    splits = [{one.phase: one.shares for one in advice.split.phases} for advice in (before, after)]
    shares = {phase: (splits[0].get(phase, {}), splits[1].get(phase, {})) for phase in {**splits[0], **splits[1]}}
    return Comparison(
        answers,
        {
            name: (value, after.assumed[name])
            for name, value in before.assumed.items()
            if after.assumed.get(name, value) != value
        },
        tuple(name for name in after.set_aside if name not in before.set_aside),
        _side(before),
        _side(after),
        {phase: both for phase, both in shares.items() if both[0] != both[1]},
        {name: (value, now[name]) for name, value in was.items() if value != now[name]},
        cells,
        _only_in(after, before),
        _only_in(before, after),
        {id: text for id, text in second.items() if id not in first},
        {id: text for id, text in first.items() if id not in second},
    )


def _only_in(advice: Advice, other: Advice) -> tuple[RowChange, ...]:
    reasons = {out.id: out.reason for out in other.matrix.left_out}
    there = {row.id for row in other.matrix.activities}
    return tuple(
        RowChange(row.id, row.name, reasons.get(row.id, "")) for row in advice.matrix.activities if row.id not in there
    )


def _side(advice: Advice) -> Side:
    recommendation, orientation = advice.recommendation, advice.orientation
    return Side(
        recommendation.status,
        recommendation.share,
        recommendation.model,
        recommendation.title,
        recommendation.not_available,
        recommendation.not_paid_for,
        {one.measure: one.level for one in advice.levels},
        orientation.band,
        {"delivery_manager": orientation.delivery_manager, "project_manager": orientation.project_manager},
        advice.split.overall,
    )

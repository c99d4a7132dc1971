"""Who leads each phase, and each staffed manager's share of it: base shares of the model, moved by rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.errors import Contradiction
from advisor.model.matrix import PhaseSplit, Split
from advisor.model.rulebook import EngagementModel, Phase
from advisor.model.rules import Rule, Shift


def build_split(model: EngagementModel, phases: Iterable[Phase], fired: Iterable[Rule]) -> Split:
    """Shares in percent for each of `phases` and overall, weighted by phase; every set of shares adds to 100."""
    shifts = [(rule, one) for rule in fired for one in rule.effects if isinstance(one, Shift)]
    lines: list[PhaseSplit] = []
    totals = dict.fromkeys(model.staffs, 0)
    for phase in phases:
        shares = dict(model.shares[phase.id])
        for rule, shift in shifts:
            if phase.id in shift.phases:
                _move(shares, shift, rule, model)
        lead = max(model.staffs, key=lambda role: (shares[role], model.shares[phase.id][role]))
        lines.append(PhaseSplit(phase.id, lead, shares))
        for role, share in shares.items():
            totals[role] += share * phase.weight
    return Split(_percent(totals), tuple(lines))


def _move(shares: dict[str, int], shift: Shift, rule: Rule, model: EngagementModel) -> None:
    others = [role for role in shares if role != shift.to]
    if shift.to not in shares or len(others) != 1:
        raise Contradiction(
            f"split: {rule.id} moves shares to {shift.to}, who is not one of two managers in {model.id}"
        )
    if shift.points > shares[others[0]]:
        raise Contradiction(f"split: {rule.id} moves {shift.points} points where {others[0]} has {shares[others[0]]}")
    shares[shift.to] += shift.points
    shares[others[0]] -= shift.points


def _percent(totals: Mapping[str, int]) -> dict[str, int]:
    """Whole percents in proportion to `totals`, by largest remainder, adding to 100 (or nothing where all are 0)."""
    whole = sum(totals.values())
    if not whole:
        return {}
    shares = {role: total * 100 // whole for role, total in totals.items()}
    by_remainder = sorted(totals, key=lambda role: -(totals[role] * 100 % whole))
    for role in by_remainder[: 100 - sum(shares.values())]:
        shares[role] += 1
    return shares

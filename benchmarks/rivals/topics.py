"""What the rules of topics and recommendation do, told apart once so that every carrier reads them alike."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.model.rulebook import Band
from advisor.model.rules import DELIVERY_MANAGER, Conclude, Evidence, Rule, Score


@dataclass(frozen=True, slots=True)
class Doing:
    """The delivery manager's points less the project manager's, points towards findings, and values concluded."""

    lead: int
    scores: tuple[tuple[str, int], ...]
    concludes: tuple[tuple[str, str], ...]


def doing(rule: Rule) -> Doing:
    """What the rule does when it fires."""
    points = [one for one in rule.effects if isinstance(one, Evidence)]
    return Doing(
        sum(one.points if one.favours == DELIVERY_MANAGER else -one.points for one in points),
        tuple((one.finding, one.points) for one in rule.effects if isinstance(one, Score)),
        tuple((one.finding, one.value) for one in rule.effects if isinstance(one, Conclude)),
    )


def downwards(bands: tuple[Band, ...]) -> tuple[tuple[int, str], ...]:
    """The bands from the highest on, the lowest without a limit last."""
    return tuple((band.at_least, band.value) for band in reversed(bands))

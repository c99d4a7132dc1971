"""From points to levels: how much client work and plan work there is, until delivery and after it."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from advisor import reference
from advisor.advise.findings import band_of
from advisor.model.advice import LevelItem
from advisor.model.rulebook import Measure

LAST_WIDTH = 12  # points over which the days of the highest level rise, as it has no next one
ROUNDED_DOWN = 0.25  # of a half day: less than this is not worth a further half


def level_of(measure: Measure, points: int, values: Mapping[str, str]) -> str:
    """The level that these points reach, or the lowest of the caps whose conditions hold."""
    order = measure.finding.values
    reached = [band_of(measure.finding.bands, points)]
    reached += [cap.level for cap in measure.caps if reference.met(cap.when, values)]
    return min(reached, key=order.index)


def level_item(measure: Measure, points: int, values: Mapping[str, str]) -> LevelItem:
    """The level with the points that count towards it: those above a cap do not."""
    level = level_of(measure, points, values)
    bands = measure.finding.bands
    at = measure.finding.values.index(level)
    counted = max(points, 0)
    if at + 1 < len(bands):
        counted = min(counted, max(bands[at + 1].at_least - 1, 0))
    fewest, most = measure.days[level]
    first = bands[at].at_least if at else 0
    width = bands[at + 1].at_least - first if at + 1 < len(bands) else LAST_WIDTH
    days = fewest + (most - fewest) * min(max(counted - first, 0) / max(width - 1, 1), 1)
    halves = ceil(days * 2 - ROUNDED_DOWN) / 2
    if at:
        least = [one.days for one in measure.least if reference.met(one.when, values)]
        halves = min(max([halves, *least]), most)  # never outside the level, which is what the model follows from
    found = measure.finding
    return LevelItem(found.id, counted, level, found.text, found.labels[level], fewest, most, halves)

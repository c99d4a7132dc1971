"""From answers to findings, levels and verdict: everything that the matrix and the rest of an advice rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.advise.findings import TopicResult, band_of
from advisor.advise.levels import level_item
from advisor.advise.reading import read_answers
from advisor.advise.recommendation import Verdict
from advisor.advise.session import Session
from advisor.model.advice import LevelItem, Reading
from advisor.model.rulebook import Catalog
from advisor.model.rules import DELIVERY_MANAGER, MEASURES, MODEL, ORIENTATION, WORK_ASKS_FOR


@dataclass(frozen=True, slots=True)
class State:
    """How one set of answers reads: what the topics yield, levels, verdict, and a value for all that tables read.

    `sides` are the points that count, the delivery manager's and the project manager's.
    """

    reading: Reading
    topics: tuple[TopicResult, ...]
    levels: tuple[LevelItem, ...]
    sides: tuple[int, int]
    verdict: Verdict
    values: Mapping[str, str]


def conclude(catalog: Catalog, answers: Mapping[str, str], session: Session) -> State:
    """Go from answers to verdict; what is not answered is taken as usual."""
    reading = read_answers(catalog, answers)
    topics = session.topics(reading.values)
    values = {**reading.values}
    points = dict.fromkeys(MEASURES, 0)
    for topic in topics:
        values |= topic.values
        for name, more in topic.points.items():
            points[name] += more
    levels = tuple([level_item(measure, points[name], values) for name, measure in catalog.measures.items()])
    client = sum([one.points for one in levels if MEASURES[one.measure] == DELIVERY_MANAGER])
    plan = sum([one.points for one in levels if MEASURES[one.measure] != DELIVERY_MANAGER])
    for one in levels:
        values[one.measure] = one.level
    values[ORIENTATION] = band_of(catalog.bands, client - plan)
    verdict = session.verdicts(values)
    values |= verdict.needs
    values[WORK_ASKS_FOR] = verdict.asks_for
    values[MODEL] = verdict.model
    return State(reading, topics, levels, (client, plan), verdict, values)

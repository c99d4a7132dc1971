"""From answers to findings and verdict: everything that the matrix and the rest of an advice rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.advise.findings import TopicResult, add_up, band_of, settled
from advisor.advise.outlook import outlook_for
from advisor.advise.reading import read_answers
from advisor.advise.recommendation import Verdict, consider
from advisor.advise.session import Session
from advisor.model.advice import Reading
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL, ORIENTATION, WORK_ASKS_FOR


@dataclass(frozen=True, slots=True)
class State:
    """How one set of answers reads: what the topics yield, the verdict, and a value for all that later tables read.

    `possible` is what the two steps of the recommendation read may still be. `values` holds the model only when there
    is one.
    """

    reading: Reading
    topics: tuple[TopicResult, ...]
    possible: Mapping[str, tuple[str, ...]]
    verdict: Verdict
    values: Mapping[str, str]


def conclude(catalog: Catalog, answers: Mapping[str, str], session: Session) -> State:
    """Go from answers to findings and verdict: everything that the matrix and the rest of the advice rest on."""
    reading = read_answers(catalog, answers)
    topics = tuple(session.topic(catalog, topic, reading.values) for topic in catalog.topics)
    chances = _chances_of(catalog, reading, topics)
    verdict = consider(
        catalog, chances, lambda models: outlook_for(catalog, session.what_if).left(reading.values, models)
    )
    values = dict(reading.values)
    values |= {name: settled(tuple(found)) for name, found in chances.items() if name in catalog.findings}
    if verdict.leading is not None:
        values |= {MODEL: verdict.leading.model, WORK_ASKS_FOR: verdict.leading.asks_for}
    return State(reading, topics, {name: tuple(found) for name, found in chances.items()}, verdict, values)


def _chances_of(catalog: Catalog, reading: Reading, topics: tuple[TopicResult, ...]) -> dict[str, Mapping[str, float]]:
    """How likely each value of each finding, of the orientation and of each question read directly is."""
    chances = {name: found for topic in topics for name, found in topic.chances.items()}
    leads: Mapping[int, float] = {0: 1.0}
    for topic in topics:
        leads = add_up(leads, topic.leads)
    banded = dict.fromkeys((band.value for band in catalog.bands), 0.0)
    for lead, chance in leads.items():
        banded[band_of(catalog.bands, lead)] += chance
    chances[ORIENTATION] = {band: chance for band, chance in banded.items() if chance}
    for variable in (*catalog.asks_for.table.reads, *catalog.recommend.table.reads):
        if variable.id in reading.values:
            given = reading.values[variable.id]
            open_values = (given,) if given in variable.values else variable.values
            chances[variable.id] = dict.fromkeys(open_values, 1 / len(open_values))
    return chances

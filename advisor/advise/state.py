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
from advisor.model.rules import GAPS, MODEL, ORIENTATION, WORK_ASKS_FOR


@dataclass(frozen=True, slots=True)
class State:
    """How one set of answers reads: what the topics yield, the verdict, and a value for all that later tables read.

    `possible` is what the two steps of the recommendation read may still be. `values` holds the model only when there
    is one. `closed` says that no missing answer can change a finding or the orientation.
    """

    reading: Reading
    topics: tuple[TopicResult, ...]
    possible: Mapping[str, tuple[str, ...]]
    verdict: Verdict
    values: Mapping[str, str]
    closed: bool


def conclude(catalog: Catalog, answers: Mapping[str, str], session: Session) -> State:
    """Go from answers to findings and verdict: everything that the matrix and the rest of the advice rest on."""
    reading = read_answers(catalog, answers)
    topics = session.topics(reading.values)
    values = {**reading.values}
    possible: dict[str, tuple[str, ...]] = {}
    for topic in topics:
        values |= topic.values
        possible |= topic.possible
    lead = _lead(topics)
    direct = {name: reading.values[name] for name in session.direct}
    closed = lead is not None and GAPS.isdisjoint(direct.values())
    if lead is not None and closed:
        values[ORIENTATION] = band_of(catalog.bands, lead)
        verdict = session.verdicts(values)
        possible |= {name: (values[name],) for name in (ORIENTATION, *direct)}
    else:
        chances = _chances_of(catalog, reading, topics)
        possible = {name: tuple(found) for name, found in chances.items()}
        values[ORIENTATION] = settled(possible[ORIENTATION])
        verdict = consider(
            catalog, chances, lambda models: outlook_for(catalog, session.what_if).left(reading.values, models)
        )
    if verdict.leading is not None:
        values[MODEL] = verdict.leading.model
        values[WORK_ASKS_FOR] = verdict.leading.asks_for
    return State(reading, topics, possible, verdict, values, closed)


def _lead(topics: tuple[TopicResult, ...]) -> int | None:
    """The one lead that all topics add up to; None while missing answers can change a finding or the lead."""
    total = 0
    for topic in topics:
        if topic.lead is None:
            return None
        total += topic.lead
    return total


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

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

    `values` holds the model only when there is one; `direct` are the questions that the two steps of the recommendation
    read themselves. `closed` says that no missing answer can change a finding or the orientation.
    """

    reading: Reading
    topics: tuple[TopicResult, ...]
    verdict: Verdict
    values: Mapping[str, str]
    closed: bool
    direct: tuple[str, ...]
    chances: Mapping[str, Mapping[str, float]]

    @property
    def possible(self) -> Mapping[str, tuple[str, ...]]:
        """What each finding, the orientation and each question read directly may still be."""
        if not self.closed:
            return {name: tuple(found) for name, found in self.chances.items()}
        possible = {name: left for topic in self.topics for name, left in topic.possible.items()}
        return possible | {name: (self.values[name],) for name in (ORIENTATION, *self.direct)}


def conclude(catalog: Catalog, answers: Mapping[str, str], session: Session) -> State:
    """Go from answers to findings and verdict: everything that the matrix and the rest of the advice rest on."""
    reading = read_answers(catalog, answers)
    topics = session.topics(reading.values)
    values = {**reading.values}
    for topic in topics:
        values |= topic.values
    lead = _lead(topics)
    closed = lead is not None and GAPS.isdisjoint([values[name] for name in session.direct])
    chances: Mapping[str, Mapping[str, float]] = {}
    if lead is not None and closed:
        values[ORIENTATION] = band_of(catalog.bands, lead)
        verdict = session.verdicts(values)
    else:
        chances = _chances_of(catalog, reading, topics)
        values[ORIENTATION] = settled(tuple(chances[ORIENTATION]))
        verdict = consider(
            catalog, chances, lambda models: outlook_for(catalog, session.what_if).left(reading.values, models)
        )
    if verdict.leading is not None:
        values[MODEL] = verdict.leading.model
        values[WORK_ASKS_FOR] = verdict.leading.asks_for
    return State(reading, topics, verdict, values, closed, session.direct, chances)


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

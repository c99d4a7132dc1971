"""Which models a set of answers leaves possible, from the rules' conditions alone: quick enough to try thousands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.advise import chances_of
from advisor.advise.findings import TopicResult, band_of
from advisor.advise.reading import read_answers
from advisor.advise.recommendation import concluded, variables, ways
from advisor.advise.session import Session
from advisor.explain.values import Change
from advisor.model.advice import Reading
from advisor.model.rulebook import Catalog, Topic
from advisor.model.rules import MODEL, ORIENTATION, Variable

Possible = Mapping[str, tuple[str, ...]]


def orientations(catalog: Catalog, parts: Iterable[frozenset[int]]) -> tuple[str, ...]:
    """The bands that the leads of all parts can add up to."""
    leads = {0}
    for part in parts:
        leads = {lead + more for lead in leads for more in part}
    reached = {band_of(catalog.bands, lead) for lead in leads}
    return tuple(band.value for band in catalog.bands if band.value in reached)


def possible_values(catalog: Catalog, reading: Reading, topics: Iterable[TopicResult]) -> dict[str, tuple[str, ...]]:
    """What each finding, the orientation and each question that the two steps read may still be."""
    return {name: tuple(values) for name, values in chances_of(catalog, reading, tuple(topics)).items()}


def _read_directly(catalog: Catalog) -> tuple[Variable, ...]:
    return tuple(one for one in variables(catalog) if one.id in catalog.questions)


def _direct(catalog: Catalog, values: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {
        one.id: (values[one.id],) if values[one.id] in one.values else one.values for one in _read_directly(catalog)
    }


def candidates(catalog: Catalog, possible: Possible) -> tuple[str, ...]:
    """The models that remain, in the rulebook's order."""
    seen = {concluded(staffing, MODEL) for _, staffing, _ in ways(catalog, possible)}
    return tuple(model for model in catalog.models if model in seen)


class Space:
    """One engagement's answers and all single changes to them; tells quickly what any set of changes leads to.

    `changes` hold only those that the recommendation can depend on: what no topic reads cannot matter. A topic is asked
    again only for changes to questions that it rests on, and models are worked out once for all changes that leave the
    same findings possible.
    """

    def __init__(
        self, catalog: Catalog, answers: Mapping[str, str], session: Session, questions: Iterable[str] | None = None
    ) -> None:
        self._catalog, self._answers, self._session = catalog, answers, session
        wanted = {one.id for one in variables(catalog)}
        self._topics: tuple[Topic | None, ...] = (*catalog.topics, None)
        rests = [self._closure(topic.table.names) for topic in catalog.topics]
        rests.append(self._closure(one.id for one in _read_directly(catalog)))
        self._matter = [
            tuple(one.id for one in topic.findings if one.id in wanted) if topic else () for topic in self._topics
        ]
        self.questions = tuple(catalog.questions if questions is None else questions)
        self.changes = tuple(
            Change(name, option)
            for name in self.questions
            for option in catalog.questions[name].option_ids
            if answers.get(name) != option and any(name in rest for rest in rests)
        )
        self.question_of = tuple(self.questions.index(one.question) for one in self.changes)
        self._touches = [
            frozenset(part for part, rest in enumerate(rests) if one.question in rest) for one in self.changes
        ]
        self._known: list[dict[tuple[int, ...], tuple[Possible, frozenset[int]]]] = [{} for _ in self._topics]
        self._bands: dict[tuple[frozenset[int], ...], tuple[str, ...]] = {}
        self._models: dict[tuple[object, ...], tuple[str, ...]] = {}

    def counts(self, depth: int) -> tuple[int, ...]:
        """How many sets of one, two ... changes there are, those that cannot matter included."""
        sums = [1] + [0] * depth
        for name in self.questions:
            options = sum(option != self._answers.get(name) for option in self._catalog.questions[name].option_ids)
            for size in range(depth, 0, -1):
                sums[size] += sums[size - 1] * options
        return tuple(sums[1:])

    def answers_with(self, chosen: Iterable[int]) -> dict[str, str]:
        """The answers, changed."""
        return {**self._answers, **{self.changes[one].question: self.changes[one].option for one in chosen}}

    def outcome(self, chosen: tuple[int, ...]) -> tuple[str, ...]:
        """The models that remain when these changes (ascending positions in `changes`) are made."""
        parts, bands = self._with(chosen)
        key = (*[tuple(part.values()) for part in parts], bands)
        models = self._models.get(key)
        if models is None:
            possible: dict[str, tuple[str, ...]] = {ORIENTATION: bands}
            for part in parts:
                possible |= part
            models = self._models[key] = candidates(self._catalog, possible)
        return models

    def bands(self, chosen: tuple[int, ...]) -> tuple[str, ...]:
        """The bands of the orientation that remain."""
        return self._with(chosen)[1]

    def _with(self, chosen: tuple[int, ...]) -> tuple[list[Possible], tuple[str, ...]]:
        parts: list[Possible] = []
        leads: list[frozenset[int]] = []
        for part, known in enumerate(self._known):
            mine = tuple([one for one in chosen if part in self._touches[one]])
            result = known.get(mine)
            if result is None:
                result = known[mine] = self._part(part, mine)
            parts.append(result[0])
            leads.append(result[1])
        key = tuple(leads)
        bands = self._bands.get(key)
        if bands is None:
            bands = self._bands[key] = orientations(self._catalog, leads)
        return parts, bands

    def _part(self, part: int, mine: tuple[int, ...]) -> tuple[Possible, frozenset[int]]:
        values = read_answers(self._catalog, self.answers_with(mine)).values
        topic = self._topics[part]
        if topic is None:
            return _direct(self._catalog, values), frozenset({0})
        result = self._session.topic(self._catalog, topic, values)
        return {name: result.possible[name] for name in self._matter[part]}, frozenset(result.leads)

    def _closure(self, names: Iterable[str]) -> frozenset[str]:
        """The questions and those that decide whether they are asked, and whether those are."""
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += [one.variable for one in self._catalog.questions[name].when]
        return frozenset(seen)

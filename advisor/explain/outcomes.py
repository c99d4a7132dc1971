"""Which models any changes of the answers leave possible, as the advice would say: quick enough to try thousands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.advise.findings import band_of
from advisor.advise.outlook import outlook_for
from advisor.advise.reading import hiding, read_answers
from advisor.advise.recommendation import concluded, variables, ways
from advisor.advise.session import Session
from advisor.explain.values import Change
from advisor.model.rulebook import Catalog, Topic
from advisor.model.rules import MODEL, ORIENTATION, Variable

SEEN = 1_000  # completions by chance that spare going through all of them

Possible = Mapping[str, tuple[str, ...]]


def orientations(catalog: Catalog, parts: Iterable[frozenset[int]]) -> tuple[str, ...]:
    """The bands that the leads of all parts can add up to."""
    leads = {0}
    for part in parts:
        leads = {lead + more for lead in leads for more in part}
    reached = {band_of(catalog.bands, lead) for lead in leads}
    return tuple(band.value for band in catalog.bands if band.value in reached)


def _read_directly(catalog: Catalog) -> tuple[Variable, ...]:
    return tuple(one for one in variables(catalog) if one.id in catalog.questions)


def _direct(catalog: Catalog, values: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {
        one.id: (values[one.id],) if values[one.id] in one.values else one.values for one in _read_directly(catalog)
    }


def _freely_combined(catalog: Catalog, possible: Possible) -> tuple[str, ...]:
    """The models that these values lead to, each combined with each, in the rulebook's order."""
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
        self._outlook = outlook_for(catalog, session.what_if)
        wanted = {one.id for one in variables(catalog)}
        self._topics: tuple[Topic | None, ...] = (*catalog.topics, None)
        rests = [hiding(catalog, topic.table.names) for topic in catalog.topics]
        rests.append(hiding(catalog, [one.id for one in _read_directly(catalog)]))
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
        # completions of the answers by chance, as bits: which hold a change, and which lead to a model
        self._with_change = [0] * len(self.changes)
        self._to_model: dict[str, int] = {}
        places = [(tuple(catalog.questions).index(one.question), one.option) for one in self.changes]
        for bit, (values, model) in enumerate(self._outlook.sample(answers, SEEN)):
            self._to_model[model] = self._to_model.get(model, 0) | 1 << bit
            for one, (place, option) in enumerate(places):
                if values[place] == option:
                    self._with_change[one] |= 1 << bit
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
            models = self._models[key] = _freely_combined(self._catalog, possible)
        if len(models) == 1 or self._seen(chosen) == len(models):
            return models
        left = self._outlook.left(self.answers_with(chosen), models)
        return tuple([model for model in models if model in left])

    def is_open(self, chosen: tuple[int, ...]) -> bool:
        """Whether more than one model surely remains when these changes are made: quicker told than which."""
        return self._seen(chosen) > 1

    def _seen(self, chosen: tuple[int, ...]) -> int:
        """How many models completions by chance lead to that agree with the changes."""
        agreeing = -1
        for one in chosen:
            agreeing &= self._with_change[one]
        return sum(bool(agreeing & leading) for leading in self._to_model.values())

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
        result = self._session.topic(topic.table.id, values)
        return {name: result.possible[name] for name in self._matter[part]}, frozenset(result.leads)

"""Which model any changes of the answers lead to, as the advice would say: quick enough to try hundred thousands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.advise.levels import level_of
from advisor.advise.reading import read_answers
from advisor.advise.recommendation import variables
from advisor.advise.session import Session
from advisor.explain.values import Change
from advisor.model.rulebook import Catalog
from advisor.model.rules import MEASURES

Yield = tuple[tuple[tuple[str, str], ...], tuple[tuple[str, int], ...]]  # findings that matter, and points by measure


class Space:
    """One engagement's answers and all single changes to them; tells quickly which model any set of changes leads to.

    `changes` hold only those that the model can depend on. A topic is asked again only for changes to questions that it
    rests on, and a model worked out once for all changes after which the topics yield the same.
    """

    def __init__(self, catalog: Catalog, answers: Mapping[str, str], session: Session) -> None:
        self._catalog, self._answers, self._session = catalog, answers, session
        caps = (one.variable for measure in catalog.measures.values() for cap in measure.caps for one in cap.when)
        self._wanted = {*(one.id for one in variables(catalog)), *caps}
        self._direct = tuple(name for name in catalog.questions if name in self._wanted)
        self._topics = catalog.topics
        rests = [_rests_on(catalog, names) for names in (*(one.table.names for one in self._topics), self._direct)]
        assumed = read_answers(catalog, answers)
        self.changes = tuple(
            Change(name, option)
            for name, question in catalog.questions.items()
            if any(name in rest for rest in rests)
            for option in question.option_ids
            if option != answers.get(name)
            # What was assumed is a change only where other answers could have something else assumed.
            and (name not in assumed.unanswered or option != assumed.values[name] or _hangs(catalog, name))
        )
        self.question_of = tuple(one.question for one in self.changes)
        self._touches = [tuple(part for part, rest in enumerate(rests) if one.question in rest) for one in self.changes]
        self._seen: list[dict[tuple[int, ...], int]] = [{} for _ in rests]
        self._numbers: dict[Yield, int] = {}
        self._yields: list[Yield] = []
        self._models: dict[tuple[int, ...], str] = {}
        self._as_it_is = [self._part(part, ()) for part in range(len(rests))]

    def counts(self, depth: int) -> tuple[int, ...]:
        """How many sets of one, two ... changes there are."""
        sums = [1] + [0] * depth
        for name in dict.fromkeys(self.question_of):
            options = self.question_of.count(name)
            for size in range(depth, 0, -1):
                sums[size] += sums[size - 1] * options
        return tuple(sums[1:])

    def answers_with(self, chosen: Iterable[int]) -> dict[str, str]:
        """The answers, changed."""
        return {**self._answers, **{self.changes[one].question: self.changes[one].option for one in chosen}}

    def model(self, chosen: tuple[int, ...]) -> str:
        """The model when these changes (ascending positions in `changes`) are made."""
        parts = [*self._as_it_is]
        for part in {part for one in chosen for part in self._touches[one]}:
            parts[part] = self._part(part, tuple([one for one in chosen if part in self._touches[one]]))
        key = tuple(parts)
        model = self._models.get(key)
        if model is None:
            model = self._models[key] = self._decided(key)
        return model

    def _part(self, part: int, mine: tuple[int, ...]) -> int:
        """The number of what a topic (or, last, the questions that are read as they are) yields after changes to it."""
        known = self._seen[part].get(mine)
        if known is None:
            values = read_answers(self._catalog, self.answers_with(mine)).values
            found: Yield = (tuple([(name, values[name]) for name in self._direct]), ())
            if part < len(self._topics):
                result = self._session.topic(self._topics[part].table.id, values)
                matter = [(name, value) for name, value in result.values.items() if name in self._wanted]
                found = (tuple(matter), tuple(sorted(result.points.items())))
            known = self._seen[part][mine] = self._numbers.setdefault(found, len(self._yields))
            if known == len(self._yields):
                self._yields.append(found)
        return known

    def _decided(self, parts: tuple[int, ...]) -> str:
        values: dict[str, str] = {}
        points = dict.fromkeys(MEASURES, 0)
        for number in parts:
            found, given = self._yields[number]
            values |= found
            for name, more in given:
                points[name] += more
        levels = {name: level_of(measure, points[name], values) for name, measure in self._catalog.measures.items()}
        return self._session.verdicts(values | levels).model


def _rests_on(catalog: Catalog, names: Iterable[str]) -> frozenset[str]:
    """These questions, those on which it hangs whether they are asked and what is usual, and so on upwards."""
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [one.variable for one in catalog.questions[name].when]
            usual = catalog.questions[name].usual
            waiting += [usual.by] if usual is not None and usual.by else []
    return frozenset(seen)


def _hangs(catalog: Catalog, name: str) -> bool:
    usual = catalog.questions[name].usual
    return usual is not None and bool(usual.by)

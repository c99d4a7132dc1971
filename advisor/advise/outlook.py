"""Which models can still come out: every way in which the open questions could be answered, by chance or in full."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, reduce
from itertools import chain, product
from math import prod
from operator import itemgetter, or_
from typing import TypeVar

from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import band_of, points_for
from advisor.advise.memo import MOST_REMEMBERED
from advisor.advise.parts import Part, parts
from advisor.advise.recommendation import asked_for, staffed
from advisor.model.rulebook import Catalog
from advisor.model.rules import DELIVERY_MANAGER, NOT_ASKED, ORIENTATION, UNANSWERED, WORK_ASKS_FOR, Conclude, Evidence

MOST_SHARED = 1_024  # ways to answer the questions that topics share, up to which all are tried
SOON = 50  # completions by chance before all ways are gone through
MOST_COMBINATIONS = 12_000  # combinations of findings that are tried before we say that we cannot tell

Completed = tuple[str, ...]  # a value for every question, in the catalog's order
Findings = tuple[str, ...]
Key = TypeVar("Key")
Value = TypeVar("Value")
# The findings that a part can yield together, each with the leads that go with it, as bits.
Yields = dict[Findings, int]


class Outlook:
    """The models that answers can lead to; remembers what each part of the rulebook yields."""

    def __init__(self, catalog: Catalog, what_if: Evaluator) -> None:
        self._catalog = catalog
        self._what_if = what_if
        self._questions = tuple(catalog.questions.values())
        self._at = {question.id: at for at, question in enumerate(self._questions)}
        self._hidden_by = tuple(
            tuple((self._at[one.variable], one.allowed) for one in question.when) for question in self._questions
        )
        # late parts last, so that what they give stands last too
        self._parts = tuple(sorted(parts(catalog), key=lambda part: part.late))
        self._names = (*(name for part in self._parts for name in part.gives), ORIENTATION)
        self._first = _picker(self._names, catalog.asks_for.table.names)
        self._second = _picker(self._names, catalog.recommend.table.names)
        self._lowest = sum(part.lowest for part in self._parts)
        self._one: list[dict[Completed, tuple[Findings, int]]] = [{} for _ in self._parts]
        self._all: list[dict[Completed, Yields]] = [{} for _ in self._parts]
        self._asked: dict[object, str] = {}
        self._models: dict[object, str] = {}
        self._bands: dict[int, tuple[str, ...]] = {}
        self._further: dict[tuple[Findings, str, tuple[Findings, ...]], frozenset[str]] = {}
        self._left: dict[tuple[Completed, frozenset[str]], frozenset[str]] = {}

    def left(self, answers: Mapping[str, str], models: Iterable[str]) -> frozenset[str]:
        """Those of `models` that some way of answering what is open may lead to; all where too many are to be tried.

        `models` lack none that can be reached. The same answers always leave the same models: chance only spares the
        search where it soon finds that each of them is reached.
        """
        given = self._given(answers)
        key = (tuple(given), frozenset(models))
        found = self._left.get(key)
        if found is None:
            found = self._search(answers, key[1])
            _keep(self._left, key, found)
        return found

    def _search(self, answers: Mapping[str, str], models: frozenset[str]) -> frozenset[str]:
        unseen = set(models)
        for _, model in self.sample(answers, SOON):
            unseen.discard(model)
            if not unseen:
                return models
        possible = self._possible(self._given(answers), models)
        return models if possible is None else models & possible

    def sample(self, answers: Mapping[str, str], count: int) -> Iterator[tuple[Completed, str]]:
        """Complete the answers `count` times by chance, every option as likely as any other: each with its model."""
        chance = random.Random(len(answers)).random
        given = self._given(answers)
        for _ in range(count):
            values: list[str] = []
            for question, value, hiders in zip(self._questions, given, self._hidden_by, strict=True):
                if any(values[at] not in allowed for at, allowed in hiders):
                    values.append(NOT_ASKED)
                elif value == UNANSWERED:
                    options = question.options
                    values.append(options[int(chance() * len(options))].id)
                else:
                    values.append(value)
            completed = tuple(values)
            yield completed, self.model(completed)

    def model(self, completed: Completed) -> str:
        """The model that complete answers lead to."""
        findings: Findings = ()
        lead = self._lowest
        for at, part in enumerate(self._parts):
            more, bit = self._outcome(at, tuple([completed[one] for one in part.reads]))
            findings += more
            lead += bit
        return self._model(findings, band_of(self._catalog.bands, lead))

    def _possible(self, given: list[str], wanted: frozenset[str]) -> frozenset[str] | None:
        """The models that some way of answering what is open may lead to, or all wanted; None: too many to try.

        Never lacks one that is reached. Parts that only the second step reads go with any lead of theirs, so that one
        may be named that is not.
        """
        every = self._shared_yields(given)
        if every is None:
            return None
        models: set[str] = set()
        for yields in every:
            early = [one for one, part in zip(yields, self._parts, strict=True) if not part.late]
            late = [one for one, part in zip(yields, self._parts, strict=True) if part.late]
            leads = 1
            for one in late:
                leads = _sums(leads, reduce(or_, one.values()))
            later = tuple(tuple(chain(*ones)) for ones in product(*late))
            for findings, mask in _together(early, leads):
                for band in self._reached(mask):
                    models |= self._models_of(findings, band, later)
                if models >= wanted:
                    return wanted
        return frozenset(models)

    def _shared_yields(self, given: list[str]) -> list[list[Yields]] | None:
        """What the parts yield for each way to answer the shared questions, like ones once; None: too many to try."""
        found: list[list[Yields]] = []
        seen: set[tuple[frozenset[tuple[Findings, int]], ...]] = set()
        tried = 0
        for ways, values in enumerate(self._shared_filled(given)):
            if ways >= MOST_SHARED:
                return None
            yields = [
                self._yields(at, tuple([values[one] for one in part.reads])) for at, part in enumerate(self._parts)
            ]
            alike = tuple([frozenset(one.items()) for one in yields])
            if alike in seen:
                continue
            seen.add(alike)
            found.append(yields)
            tried += prod(len(one) for one, part in zip(yields, self._parts, strict=True) if not part.late)
            if tried > MOST_COMBINATIONS:
                return None
        return found

    def spread(self, answers: Mapping[str, str]) -> dict[str, int]:
        """How much each open question may still move, by what the parts that read it can yield."""
        given = self._given(answers)
        found: dict[str, int] = {}
        for at, part in enumerate(self._parts):
            yields = self._yields(at, tuple([given[one] for one in part.reads]))
            weight = 10 * len(yields) + max(leads.bit_count() for leads in yields.values())
            for one in part.reads:
                name = self._questions[one].id
                found[name] = found.get(name, 0) + weight
        return found

    def _given(self, answers: Mapping[str, str]) -> list[str]:
        return [answers.get(question.id, UNANSWERED) for question in self._questions]

    def _outcome(self, at: int, key: Completed) -> tuple[Findings, int]:
        """What a part yields on complete answers: its findings, and its lead above the lowest."""
        found = self._one[at].get(key)
        if found is None:
            found = self._work_out(self._parts[at], key)
            _keep(self._one[at], key, found)
        return found

    def _work_out(self, part: Part, key: Completed) -> tuple[Findings, int]:
        values = {self._questions[at].id: value for at, value in zip(part.reads, key, strict=True)}
        topic = part.topic
        if topic is None:
            return tuple(values[name] for name in part.gives), 0
        fired = self._what_if.rules(topic.table, values)
        effects = [one for rule in fired for one in rule.effects]
        concluded = {one.finding: one.value for one in effects if isinstance(one, Conclude)}
        findings = {
            one.id: band_of(one.bands, points_for(one, fired)) if one.bands else concluded.get(one.id, one.otherwise)
            for one in topic.findings
        }
        lead = sum(
            one.points if one.favours == DELIVERY_MANAGER else -one.points
            for one in effects
            if isinstance(one, Evidence)
        )
        return tuple(findings[name] for name in part.gives), lead - part.lowest

    def _yields(self, at: int, key: Completed) -> Yields:
        """All that a part can yield, whatever is answered to its open questions."""
        known = self._all[at]
        found = known.get(key)
        if found is not None:
            return found
        part = self._parts[at]
        filled = list(key)
        found = {}
        for place, position in enumerate(part.reads):
            hiders = self._hidden_by[position]
            if any(filled[part.reads.index(one)] not in allowed for one, allowed in hiders):
                filled[place] = NOT_ASKED
            elif filled[place] == UNANSWERED:
                for option in self._questions[position].option_ids:
                    more = self._yields(at, (*filled[:place], option, *filled[place + 1 :]))
                    for findings, leads in more.items():
                        found[findings] = found.get(findings, 0) | leads
                break
        else:
            findings, lead = self._outcome(at, tuple(filled))
            found[findings] = 1 << lead
        _keep(known, key, found)
        return found

    def _shared_filled(self, given: list[str]) -> Iterator[list[str]]:
        """The answers with every way to answer the open questions on which several parts depend."""
        shared = [
            at
            for at, value in enumerate(given)
            if value == UNANSWERED and sum(at in part.reads for part in self._parts) > 1
        ]

        def fill(values: list[str], rest: list[int]) -> Iterator[list[str]]:
            if not rest:
                yield values
                return
            at = rest[0]
            if any(values[one] not in allowed for one, allowed in self._hidden_by[at]):
                yield from fill([*values[:at], NOT_ASKED, *values[at + 1 :]], rest[1:])
                return
            for option in self._questions[at].option_ids:
                yield from fill([*values[:at], option, *values[at + 1 :]], rest[1:])

        return fill(given, shared)

    def _reached(self, leads: int) -> tuple[str, ...]:
        found = self._bands.get(leads)
        if found is None:
            bits = (at for at in range(leads.bit_length()) if leads >> at & 1)
            found = tuple(dict.fromkeys(band_of(self._catalog.bands, at + self._lowest) for at in bits))
            _keep(self._bands, leads, found)
        return found

    def _models_of(self, findings: Findings, band: str, later: tuple[Findings, ...]) -> frozenset[str]:
        key = (findings, band, later)
        found = self._further.get(key)
        if found is None:
            found = frozenset(self._model(findings + one, band) for one in later)
            _keep(self._further, key, found)
        return found

    def _model(self, findings: Findings, band: str) -> str:
        given = (*findings, band)
        first = self._first(given)
        asks_for = self._asked.get(first)
        if asks_for is None:
            asks_for = asked_for(self._catalog, self._values(given), self._what_if)[0]
            _keep(self._asked, first, asks_for)
        second = (asks_for, self._second(given))
        found = self._models.get(second)
        if found is None:
            found = staffed(self._catalog, {**self._values(given), WORK_ASKS_FOR: asks_for}, self._what_if)[0]
            _keep(self._models, second, found)
        return found

    def _values(self, given: Findings) -> dict[str, str]:
        return dict(zip(self._names, given, strict=True))


def _picker(names: Findings, read: Findings) -> Callable[[Findings], object]:
    """What takes, from values in the order of `names`, those that a table reads (but for the first step's result)."""
    return itemgetter(*(names.index(name) for name in read if name != WORK_ASKS_FOR))


def _together(yields: list[Yields], leads: int) -> Iterator[tuple[Findings, int]]:
    """All findings that the parts can yield together, each with the leads (as bits) that go with it."""
    found: list[tuple[Findings, int]] = [((), leads)]
    for one in yields:
        found = [(findings + more, _sums(sum_, mask)) for findings, sum_ in found for more, mask in one.items()]
    return iter(found)


@lru_cache(maxsize=200_000)
def _sums(one: int, other: int) -> int:
    """The bits of every sum of a bit of the one and a bit of the other."""
    if one.bit_count() > other.bit_count():
        one, other = other, one
    total, at = 0, 0
    while one:
        if one & 1:
            total |= other << at
        one >>= 1
        at += 1
    return total


def _keep(known: dict[Key, Value], key: Key, value: Value) -> None:
    """Remember, starting anew when there is too much."""
    if len(known) >= MOST_REMEMBERED:
        known.clear()
    known[key] = value


@lru_cache(maxsize=4)
def outlook_for(catalog: Catalog, what_if: Evaluator) -> Outlook:
    """The one outlook that all questions on this catalog share."""
    return Outlook(catalog, what_if)

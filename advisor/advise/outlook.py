"""Which models can still come out: every way in which the open questions could be answered, by chance or in full."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial, reduce
from itertools import chain, product
from math import prod
from operator import or_

from advisor.advise.combining import Completed, Findings, Yields, keep, picker, places, sums, together
from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import band_of, points_for
from advisor.advise.parts import Part, parts
from advisor.advise.recommendation import asked_for, staffed
from advisor.model.rulebook import Catalog
from advisor.model.rules import DELIVERY_MANAGER, NOT_ASKED, ORIENTATION, UNANSWERED, WORK_ASKS_FOR, Conclude, Evidence

MOST_SHARED = 1_024  # ways to answer the questions that topics share, up to which all are tried
SOON = 50  # completions that are gone through; where there are more, so many by chance before all are reckoned with
MOST_COMBINATIONS = 12_000  # combinations of findings that are tried before we say that we cannot tell


class Outlook:
    """The models that answers can lead to; remembers what each part of the rulebook yields."""

    def __init__(self, catalog: Catalog, what_if: Evaluator) -> None:
        self._catalog = catalog
        self._what_if = what_if
        self._questions = tuple(catalog.questions.values())
        self._at = {question.id: at for at, question in enumerate(self._questions)}
        self._options = tuple(question.option_ids for question in self._questions)
        self._hidden_by = tuple(
            tuple((self._at[one.variable], one.allowed) for one in question.when) for question in self._questions
        )
        self._hidden = tuple((at, hiders) for at, hiders in enumerate(self._hidden_by) if hiders)
        # late parts last, so that what they give stands last too
        self._parts = tuple(sorted(parts(catalog), key=lambda part: part.late))
        self._keys = tuple(places(part.reads) for part in self._parts)
        self._names = (ORIENTATION, *(name for part in self._parts for name in part.gives))
        early = (ORIENTATION, *(name for part in self._parts if not part.late for name in part.gives))
        self._first = picker(early, catalog.asks_for.table.names)
        self._second_early = picker(early, catalog.recommend.table.names)
        self._second = picker(self._names, catalog.recommend.table.names)
        self._lowest = sum(part.lowest for part in self._parts)
        self._band = lru_cache(maxsize=1_024)(partial(band_of, catalog.bands))
        self._one: list[dict[Completed, tuple[Findings, int]]] = [{} for _ in self._parts]
        self._all: list[dict[Completed, Yields]] = [{} for _ in self._parts]
        self._asked: dict[object, str] = {}
        self._models: dict[object, str] = {}
        self._bands: dict[int, tuple[str, ...]] = {}
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
            keep(self._left, key, found)
        return found

    def _search(self, answers: Mapping[str, str], models: frozenset[str]) -> frozenset[str]:
        unseen = set(models)
        given = self._given(answers)
        if prod([len(self._options[at]) for at, value in enumerate(given) if value == UNANSWERED]) <= SOON:
            for completed in self._completions(given):
                unseen.discard(self.model(completed))
                if not unseen:
                    break
            return models - unseen
        for _, model in self.sample(answers, SOON):
            unseen.discard(model)
            if not unseen:
                return models
        possible = self._possible(given, models)
        return models if possible is None else models & possible

    def sample(self, answers: Mapping[str, str], count: int) -> Iterator[tuple[Completed, str]]:
        """Complete the answers `count` times by chance, every option as likely as any other: each with its model."""
        chance = random.Random(len(answers)).random
        given = self._given(answers)
        moving = [
            (at, self._options[at] if value == UNANSWERED else (), self._hidden_by[at])
            for at, value in enumerate(given)
            if value == UNANSWERED or self._hidden_by[at]
        ]
        for _ in range(count):
            values = given.copy()
            for at, options, hiders in moving:
                for one, allowed in hiders:
                    if values[one] not in allowed:
                        values[at] = NOT_ASKED
                        break
                else:
                    if options:
                        values[at] = options[int(chance() * len(options))]
            completed = tuple(values)
            yield completed, self.model(completed)

    def _completions(self, given: list[str]) -> Iterator[Completed]:
        """Every way to answer what is open, with skip logic followed; some of them more than once."""
        open_ = [at for at, value in enumerate(given) if value == UNANSWERED]
        for options in product(*(self._options[at] for at in open_)):
            values = list(given)
            for at, option in zip(open_, options, strict=True):
                values[at] = option
            for at, hiders in self._hidden:
                if any(values[one] not in allowed for one, allowed in hiders):
                    values[at] = NOT_ASKED
            yield tuple(values)

    def model(self, completed: Completed) -> str:
        """The model that complete answers lead to."""
        findings: Findings = ()
        lead = self._lowest
        for at, key_of in enumerate(self._keys):
            key = key_of(completed)
            more, bit = self._one[at].get(key) or self._outcome(at, key)
            findings += more
            lead += bit
        given = (self._band(lead), *findings)
        return self._model(self._asks_for(given), given)

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
                leads = sums(leads, reduce(or_, one.values()))
            # One of all that are alike to the second step, which reads little of what the early parts give.
            told: dict[object, tuple[str, Findings]] = {}
            for findings, mask in together(early, leads):
                for band in self._reached(mask):
                    so_far = (band, *findings)
                    asks_for = self._asks_for(so_far)
                    told.setdefault((asks_for, self._second_early(so_far)), (asks_for, so_far))
            later = [tuple(chain(*ones)) for ones in product(*late)]
            models.update(self._model(asks_for, first + one) for asks_for, first in told.values() for one in later)
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
            yields = [self._yields(at, key_of(values)) for at, key_of in enumerate(self._keys)]
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
            yields = self._yields(at, self._keys[at](given))
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
            keep(self._one[at], key, found)
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
                for option in self._options[position]:
                    more = self._yields(at, (*filled[:place], option, *filled[place + 1 :]))
                    for findings, leads in more.items():
                        found[findings] = found.get(findings, 0) | leads
                break
        else:
            findings, lead = self._outcome(at, tuple(filled))
            found[findings] = 1 << lead
        keep(known, key, found)
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
            for option in self._options[at]:
                yield from fill([*values[:at], option, *values[at + 1 :]], rest[1:])

        return fill(given, shared)

    def _reached(self, leads: int) -> tuple[str, ...]:
        found = self._bands.get(leads)
        if found is None:
            bits = (at for at in range(leads.bit_length()) if leads >> at & 1)
            found = tuple(dict.fromkeys(self._band(at + self._lowest) for at in bits))
            keep(self._bands, leads, found)
        return found

    def _asks_for(self, given: Findings) -> str:
        """What the first step gives on the orientation and what the early parts give; more is ignored."""
        key = self._first(given)
        found = self._asked.get(key)
        if found is None:
            found = asked_for(self._catalog, self._values(given), self._what_if)[0]
            keep(self._asked, key, found)
        return found

    def _model(self, asks_for: str, given: Findings) -> str:
        """What the second step gives on that, the orientation and what all parts give."""
        key = (asks_for, self._second(given))
        found = self._models.get(key)
        if found is None:
            found = staffed(self._catalog, {**self._values(given), WORK_ASKS_FOR: asks_for}, self._what_if)[0]
            keep(self._models, key, found)
        return found

    def _values(self, given: Findings) -> dict[str, str]:
        return dict(zip(self._names, given, strict=False))


@lru_cache(maxsize=4)
def outlook_for(catalog: Catalog, what_if: Evaluator) -> Outlook:
    """The one outlook that all questions on this catalog share."""
    return Outlook(catalog, what_if)

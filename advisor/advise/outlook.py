"""What the open questions could still lead to: the exact weight of each model over all ways to answer them.

Every option of an open question has a weight; the usual one counts several times any other. Weights are multiplied and
added group by group and block by block (see blocks.py), never sampled. Only the questions on which skip logic or usual
answers hang are gone through one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache, partial
from math import prod
from typing import NamedTuple, TypeVar

from advisor import reference
from advisor.advise.blocks import Key, structure_of
from advisor.advise.evaluator import Evaluator
from advisor.advise.memo import Remembered
from advisor.advise.recommendation import one_value
from advisor.advise.sums import Adding, End, Given, Known, Sums, Told, Values, tell
from advisor.model.rulebook import Catalog
from advisor.model.rules import NOT_ASKED

_MOST_KEPT = 1_500  # shares
_MOST_BLOCKS = 400
_MOST_STEPS = 20_000  # levels of sums, and what is still needed after a block

Name = TypeVar("Name")
Kept = TypeVar("Kept")


class Look(NamedTuple):
    """The weight of each model that can come out, and the same by option for each open question that can matter."""

    models: Mapping[str, int]
    answers: Mapping[str, Mapping[str, Mapping[str, int]]]


class Outlook:
    """Looks ahead on one catalog; remembers what blocks of questions yield."""

    def __init__(self, catalog: Catalog, what_if: Evaluator) -> None:
        self._catalog = catalog
        self._what_if = what_if
        self._structure = structure_of(catalog)
        self._usual_counts = catalog.outlook.usual_counts
        self._models = tuple(catalog.models)
        # A model's part of packed weights: as much as the weights of all questions multiplied can come to.
        self._bits = prod(
            len(question.options) + self._usual_counts for question in catalog.questions.values()
        ).bit_length()
        self._given: Given = {}
        self._blocks: dict[object, dict[Known, int]] = {}
        stages = range(len(self._structure.stages))
        self._reached = [Remembered(partial(self._reach, at), _MOST_STEPS) for at in stages]
        self._banded = [Remembered(block.banded, _MOST_STEPS) for block in self._structure.blocks]
        self._shares: dict[Known, dict[str, Fraction]] = {}

    def shares(self, answers: Values) -> dict[str, Fraction]:
        """The share of each model that some way to answer what is open leads to, in the rulebook's order."""
        known = tuple([answers.get(name, "") for name in self._structure.questions])
        found = self._shares.get(known)
        if found is None:
            totals = dict.fromkeys(self._models, 0)
            adding = self._adding(answers)
            remembered: dict[object, dict[Known, int]] = {}
            for roots, weight in adding.ways(self._structure.common, {}):
                yields = [
                    self._yields(at, roots, answers, adding, remembered) for at in range(len(self._structure.blocks))
                ]
                for (model,), more in self._forward(yields)[-1].items():
                    totals[model] += weight * more
            whole = sum(totals.values())
            found = {model: Fraction(weight, whole) for model, weight in totals.items() if weight}
            _keep(self._shares, known, found, _MOST_KEPT)
        return found

    def look(self, answers: Values) -> Look:
        """The weights of the models, all told and by each option of each open question that can matter."""
        adding = self._adding(answers)
        follows: dict[tuple[int, int, Key], tuple[End, dict[Known, int]]] = {}
        local: Told = {}
        whole = 0
        remembered: dict[object, dict[Known, int]] = {}
        for roots, weight in adding.ways(self._structure.common, {}):
            ends = [list(adding.ends(block, roots)) for block in self._structure.blocks]
            yields = [self._together(at, here, remembered) for at, here in enumerate(ends)]
            forward = self._forward(yields)
            backward = self._backward(yields, forward)
            whole += weight * backward[0][()]
            for question in self._structure.common:
                if question.id not in answers and roots[question.id] != NOT_ASKED:
                    tell(local, question.id, roots[question.id], weight * backward[0][()])
            for at, block in enumerate(self._structure.blocks):
                ahead = self._ahead(at, yields[at], forward[at], backward[at + 1])
                for end in ends[at]:
                    more = weight * end.weight
                    _, summed = follows.setdefault((at, end.last.place, end.fixed), (end, {}))
                    here = 0
                    for values, chance in self._values(at, end, remembered).items():
                        packed = more * ahead[values]
                        summed[values] = summed.get(values, 0) + packed
                        here += chance * packed
                    for question in block.roots:
                        if question.id not in answers and end.roots[question.id] != NOT_ASKED:
                            tell(local, question.id, end.roots[question.id], here)
        for (at, _, _), (end, summed) in follows.items():
            adding.ahead(end, self._by_sum(at, end, summed))
        told = {**adding.told(), **local}
        return Look(
            self._unpacked(whole),
            {name: {option: self._unpacked(packed) for option, packed in by.items()} for name, by in told.items()},
        )

    def _adding(self, answers: Values) -> Adding:
        return Adding(answers, self._usual_counts, self._given)

    # ---------------------------------------------------------------- from sums to the values of a block

    def _yields(
        self, at: int, roots: Values, answers: Values, adding: Adding, remembered: dict[object, dict[Known, int]]
    ) -> dict[Known, int]:
        """The weight of every set of values that a block can have."""
        block = self._structure.blocks[at]
        key = (at, *[roots[name] for name in block.above], *[answers.get(name, "") for name in block.questions])
        known = self._blocks.get(key)
        if known is None:
            known = self._together(at, adding.ends(block, roots), remembered)
            _keep(self._blocks, key, known, _MOST_BLOCKS)
        return known

    def _together(self, at: int, ends: Iterable[End], remembered: dict[object, dict[Known, int]]) -> dict[Known, int]:
        found: dict[Known, int] = {}
        for end in ends:
            for values, weight in self._values(at, end, remembered).items():
                found[values] = found.get(values, 0) + end.weight * weight
        return found

    def _values(self, at: int, end: End, remembered: dict[object, dict[Known, int]]) -> dict[Known, int]:
        """The weight of every set of values at one end."""
        key = (at, end.last.place, end.fixed)
        found = remembered.get(key)
        if found is None:
            found = remembered[key] = {}
            banded, (offset, concluded) = self._banded[at], end.fixed
            for findings, totals in end.last.sums.items():
                by_band: dict[Known, int] = {}
                for total, weight in totals.items():
                    band = banded[total + offset]
                    by_band[band] = by_band.get(band, 0) + weight
                for band, weight in by_band.items():
                    found[band + findings + concluded] = weight
        return found

    def _by_sum(self, at: int, end: End, by_values: Mapping[Known, int]) -> Sums:
        """What is known by values, by the sums that come to them."""
        banded, (offset, concluded) = self._banded[at], end.fixed
        found: Sums = {}
        for findings, totals in end.last.sums.items():
            more = findings + concluded
            size = len(self._structure.blocks[at].sums)
            by_band = {values[:size]: packed for values, packed in by_values.items() if values[size:] == more}
            found[findings] = {total: by_band[banded[total + offset]] for total in totals}
        return found

    # ---------------------------------------------------------------- from blocks to models

    def _forward(self, yields: list[dict[Known, int]]) -> list[dict[Known, int]]:
        """What is known before the first block and after each, with weights: in the end, the model alone."""
        every: list[dict[Known, int]] = [{(): 1}]
        for at, block in enumerate(yields):
            found: dict[Known, int] = {}
            reached = self._reached[at]
            for known, weight in every[-1].items():
                for values, chance in block.items():
                    key = reached[known, values]
                    found[key] = found.get(key, 0) + weight * chance
            every.append(found)
        return every

    def _backward(self, yields: list[dict[Known, int]], forward: list[dict[Known, int]]) -> list[dict[Known, int]]:
        """The packed weights of the models by what is known before each block and after the last."""
        last: dict[Known, int] = {(model,): 1 << (self._bits * at) for at, model in enumerate(self._models)}
        every = [last]
        for at in range(len(yields) - 1, -1, -1):
            reached, after, block = self._reached[at], every[0], yields[at].items()
            every.insert(
                0,
                {
                    known: sum([chance * after[reached[known, values]] for values, chance in block])
                    for known in forward[at]
                },
            )
        return every

    def _ahead(
        self, at: int, yields: Mapping[Known, int], before: Mapping[Known, int], after: Mapping[Known, int]
    ) -> dict[Known, int]:
        """The packed weights of the models by what a block yields, over all that is known before it."""
        reached = self._reached[at]
        return {
            values: sum([more * after[reached[known, values]] for known, more in before.items()]) for values in yields
        }

    def _reach(self, at: int, place: tuple[Known, Known]) -> Known:
        """What is still needed once block `at` is known too."""
        known, values = place
        stage = self._structure.stages[at]
        every = dict(zip(stage.names, known + values, strict=True))
        for name in stage.capped:
            measure = self._catalog.measures[name]
            caps = [cap.level for cap in measure.caps if reference.met(cap.when, every)]
            every[name] = min([every[name], *caps], key=measure.finding.values.index)
        for step in stage.steps:
            every[step.findings[0].id] = one_value(step, self._what_if.rules(step.table, every))
        return tuple([every[name] for name in stage.kept])

    def _unpacked(self, packed: int) -> dict[str, int]:
        mask = (1 << self._bits) - 1
        weights = {model: (packed >> (self._bits * at)) & mask for at, model in enumerate(self._models)}
        return {model: weight for model, weight in weights.items() if weight}


def _keep(known: dict[Name, Kept], key: Name, value: Kept, most: int) -> None:
    """Remember, starting anew when there is too much."""
    if len(known) >= most:
        known.clear()
    known[key] = value


@lru_cache(maxsize=4)
def outlook_for(catalog: Catalog, what_if: Evaluator) -> Outlook:
    """The one outlook that all questions on this catalog share."""
    return Outlook(catalog, what_if)

"""What the open questions could still lead to: the exact weight of each model over all ways to answer them.

Every option of an open question has a weight; the usual one counts several times any other. Weights are multiplied and
added group by group and block by block (see blocks.py), never sampled. Only the questions on which skip logic or usual
answers hang are gone through one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import prod
from typing import NamedTuple, TypeVar

from advisor import reference
from advisor.advise.blocks import Block, Group, Key, structure_of
from advisor.advise.evaluator import Evaluator
from advisor.advise.recommendation import one_value
from advisor.model.rulebook import Catalog, Question
from advisor.model.rules import NOT_ASKED

_MOST_KEPT = 1_500  # shares
_MOST_BLOCKS = 400
_MOST_STEPS = 20_000  # levels of sums, and what is still needed after a block

Values = Mapping[str, str]
Known = tuple[str, ...]
Sums = dict[Key, int]
Name = TypeVar("Name")
Kept = TypeVar("Kept")


class Look(NamedTuple):
    """The weight of each model that can come out, and the same by option for each open question that can matter."""

    models: Mapping[str, int]
    answers: Mapping[str, Mapping[str, Mapping[str, int]]]


class _Added(NamedTuple):
    """What some groups come to; equal places mean equal sums."""

    place: int
    sums: Sums


class _Shared:
    """What one look ahead has worked out so far: alike ways to answer the roots mostly lead to the same sums."""

    def __init__(self) -> None:
        self.gives: dict[object, _Added] = {}
        self.same: dict[object, _Added] = {}
        self.added: dict[tuple[int, int], _Added] = {}
        self.banded: dict[tuple[int, Key], dict[Known, int]] = {}
        self.places = 0

    def place(self) -> int:
        """A place that nothing has yet."""
        self.places += 1
        return self.places


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
        self._blocks: dict[object, dict[Known, int]] = {}
        self._reached: list[dict[tuple[Known, Known], Known]] = [{} for _ in self._structure.blocks]
        self._banded: dict[object, Known] = {}
        self._shares: dict[Known, dict[str, Fraction]] = {}

    def shares(self, answers: Values) -> dict[str, Fraction]:
        """The share of each model that some way to answer what is open leads to, in the rulebook's order."""
        known = tuple([answers.get(name, "") for name in self._structure.questions])
        found = self._shares.get(known)
        if found is None:
            totals = dict.fromkeys(self._models, 0)
            shared = _Shared()
            for roots, weight in self._ways(self._structure.common, {}, answers):
                for (model,), more in self._forward(self._yields(roots, answers, shared))[-1].items():
                    totals[model] += weight * more
            whole = sum(totals.values())
            found = {model: Fraction(weight, whole) for model, weight in totals.items() if weight}
            _keep(self._shares, known, found)
        return found

    def look(self, answers: Values) -> Look:
        """The weights of the models, all told and by each option of each open question that can matter."""
        told: dict[str, dict[str, int]] = {}
        shared = _Shared()
        whole = 0
        for roots, weight in self._ways(self._structure.common, {}, answers):
            yields = self._yields(roots, answers, shared)
            forward = self._forward(yields)
            backward = self._backward(yields, forward)
            here = weight * backward[0][()]
            whole += here
            for at, block in enumerate(self._structure.blocks):
                ahead = {
                    values: sum(
                        [more * backward[at + 1][self._reach(at, known, values)] for known, more in forward[at].items()]
                    )
                    for values in yields[at]
                }
                self._through(block, ahead, roots, answers, weight, told, shared)
            for question in self._structure.common:
                if question.id not in answers and roots[question.id] != NOT_ASKED:
                    _add(told, question.id, roots[question.id], here)
        return Look(
            self._unpacked(whole),
            {name: {option: self._unpacked(packed) for option, packed in by.items()} for name, by in told.items()},
        )

    # ---------------------------------------------------------------- how questions can be answered, with weights

    def _ways(self, roots: tuple[Question, ...], above: Values, answers: Values) -> Iterator[tuple[Values, int]]:
        """Every way to answer `roots`, in the order in which they are asked and below those `above`."""
        ways: list[tuple[dict[str, str], int]] = [({**above}, 1)]
        for question in roots:
            ways = [
                ({**values, question.id: option}, weight * more)
                for values, weight in ways
                for option, more in self._options(question, values, answers)
            ]
        return iter(ways)

    def _options(self, question: Question, values: Values, answers: Values) -> list[tuple[str, int]]:
        """The values that a question can have; their weights always add to the same, even where it is not asked."""
        given = answers.get(question.id)
        if not reference.met(question.when, values):
            return [(NOT_ASKED, 1 if given is not None else len(question.options) - 1 + self._usual_counts)]
        if given is not None:
            return [(given, 1)]
        usual = question.usual.given(values) if question.usual is not None else ""
        return [(option, self._usual_counts if option == usual else 1) for option in question.option_ids]

    def _group(self, group: Group, roots: Values, answers: Values) -> Iterator[tuple[dict[str, str], Key, int]]:
        """Every way to answer the questions of a group: the answers, what they give, and their weight."""
        options = [self._options(question, roots, answers) for question in group.questions]
        names = [question.id for question in group.questions]
        for chosen in product(*options):
            values = dict(zip(names, [value for value, _ in chosen], strict=True))
            weight = 1
            for _, more in chosen:
                weight *= more
            yield values, group.given({**roots, **values}), weight

    # ---------------------------------------------------------------- within a block

    def _yields(self, roots: Values, answers: Values, shared: _Shared) -> list[dict[Known, int]]:
        """For each block, the weight of every set of values that it can have."""
        found = []
        for at, block in enumerate(self._structure.blocks):
            key = (at, *[roots[name] for name in block.above], *[answers.get(name, "") for name in block.questions])
            known = self._blocks.get(key)
            if known is None:
                known = {}
                for local, weight in self._ways(block.roots, roots, answers):
                    last = self._sums(block, local, answers, shared)[-1]
                    for values, more in self._banded_sums(block, last, _fixed(block, local), shared).items():
                        known[values] = known.get(values, 0) + weight * more
                _keep(self._blocks, key, known, _MOST_BLOCKS)
            found.append(known)
        return found

    def _banded_sums(self, block: Block, last: _Added, fixed: Key, shared: _Shared) -> dict[Known, int]:
        found = shared.banded.get((last.place, fixed))
        if found is None:
            found = shared.banded[last.place, fixed] = {}
            for state, weight in last.sums.items():
                values = self._read(block, state, fixed)
                found[values] = found.get(values, 0) + weight
        return found

    def _read(self, block: Block, key: Key, fixed: Key) -> Known:
        """The values of a block's names that sums and findings come to, levels without their caps."""
        place = (block.names, key[0] + fixed[0])
        banded = self._banded.get(place)
        if banded is None:
            banded = block.banded(place[1])
            _keep(self._banded, place, banded, _MOST_STEPS)
        return banded + key[1] + fixed[1]

    def _sums(self, block: Block, roots: Values, answers: Values, shared: _Shared) -> list[_Added]:
        """What the groups of a block come to: before the first of them, and after each."""
        every = [_Added(0, {block.start: 1})]
        for group in block.groups:
            gives = self._gives(group, roots, answers, shared)
            before = every[-1]
            added = shared.added.get((before.place, gives.place))
            if added is None:
                sums: Sums = {}
                for (total, findings), weight in before.sums.items():
                    for (more, concluded), chance in gives.sums.items():
                        key = (total + more, findings + concluded)
                        sums[key] = sums.get(key, 0) + weight * chance
                added = shared.added[before.place, gives.place] = _Added(shared.place(), sums)
            every.append(added)
        return every

    def _gives(self, group: Group, roots: Values, answers: Values, shared: _Shared) -> _Added:
        """What a group gives, with weights; the same object where it gives the same."""
        key = (group.name, *[roots[name] for name in group.roots])
        found = shared.gives.get(key)
        if found is None:
            gives: Sums = {}
            for _, give, weight in self._group(group, roots, answers):
                gives[give] = gives.get(give, 0) + weight
            same = (group.name, frozenset(gives.items()))
            found = shared.same.get(same)
            if found is None:
                found = shared.same[same] = _Added(shared.place(), gives)
            shared.gives[key] = found
        return found

    def _through(
        self,
        block: Block,
        ahead: Mapping[Known, int],
        roots: Values,
        answers: Values,
        weight: int,
        told: dict[str, dict[str, int]],
        shared: _Shared,
    ) -> None:
        """Add to `told` the packed weights of the models by each option of each open question of the block."""
        for local, more in self._ways(block.roots, roots, answers):
            every = self._sums(block, local, answers, shared)
            fixed = _fixed(block, local)
            behind = {state: ahead[self._read(block, state, fixed)] for state in every[-1].sums}
            for at in range(len(block.groups) - 1, -1, -1):
                behind = self._back(block.groups[at], every[at].sums, behind, local, answers, weight * more, told)
            for question in block.roots:
                if question.id not in answers and local[question.id] != NOT_ASKED:
                    _add(told, question.id, local[question.id], weight * more * behind[block.start])

    def _back(
        self,
        group: Group,
        before: Mapping[Key, int],
        behind: Mapping[Key, int],
        roots: Values,
        answers: Values,
        weight: int,
        told: dict[str, dict[str, int]],
    ) -> dict[Key, int]:
        """Packed weights of the models by what was summed up before the group, from those after it."""
        gives: dict[Key, int] = {}
        ways = list(self._group(group, roots, answers))
        for _, key, chance in ways:
            gives[key] = gives.get(key, 0) + chance
        found = dict.fromkeys(before, 0)
        reached = dict.fromkeys(gives, 0)
        for state, so_far in before.items():
            for give, chance in gives.items():
                after = behind[state[0] + give[0], state[1] + give[1]]
                found[state] += chance * after
                reached[give] += so_far * after
        for values, give, chance in ways:
            for name, value in values.items():
                if name not in answers and value != NOT_ASKED:
                    _add(told, name, value, weight * chance * reached[give])
        return found

    # ---------------------------------------------------------------- from blocks to models

    def _forward(self, yields: list[dict[Known, int]]) -> list[dict[Known, int]]:
        """What is known before the first block and after each, with weights: in the end, the model alone."""
        every: list[dict[Known, int]] = [{(): 1}]
        for at, block in enumerate(yields):
            found: dict[Known, int] = {}
            for known, weight in every[-1].items():
                for values, chance in block.items():
                    key = self._reach(at, known, values)
                    found[key] = found.get(key, 0) + weight * chance
            every.append(found)
        return every

    def _backward(self, yields: list[dict[Known, int]], forward: list[dict[Known, int]]) -> list[dict[Known, int]]:
        """The packed weights of the models by what is known before each block and after the last."""
        last: dict[Known, int] = {(model,): 1 << (self._bits * at) for at, model in enumerate(self._models)}
        every = [last]
        for at in range(len(yields) - 1, -1, -1):
            found: dict[Known, int] = {}
            for known in forward[at]:
                found[known] = sum(
                    [chance * every[0][self._reach(at, known, values)] for values, chance in yields[at].items()]
                )
            every.insert(0, found)
        return every

    def _reach(self, at: int, known: Known, values: Known) -> Known:
        """What is still needed once block `at` is known too."""
        remembered = self._reached[at]
        found = remembered.get((known, values))
        if found is None:
            stage = self._structure.stages[at]
            every = dict(zip(stage.names, known + values, strict=True))
            for name in stage.capped:
                measure = self._catalog.measures[name]
                caps = [cap.level for cap in measure.caps if reference.met(cap.when, every)]
                every[name] = min([every[name], *caps], key=measure.finding.values.index)
            for step in stage.steps:
                every[step.findings[0].id] = one_value(step, self._what_if.rules(step.table, every))
            found = tuple([every[name] for name in stage.kept])
            _keep(remembered, (known, values), found, _MOST_STEPS)
        return found

    def _unpacked(self, packed: int) -> dict[str, int]:
        mask = (1 << self._bits) - 1
        weights = {model: (packed >> (self._bits * at)) & mask for at, model in enumerate(self._models)}
        return {model: weight for model, weight in weights.items() if weight}


def _fixed(block: Block, roots: Values) -> Key:
    """What the groups give that hang on roots alone."""
    given = [group.given(roots) for group in block.fixed]
    return sum([total for total, _ in given]), tuple([value for _, found in given for value in found])


def _add(told: dict[str, dict[str, int]], question: str, option: str, packed: int) -> None:
    by = told.setdefault(question, {})
    by[option] = by.get(option, 0) + packed


def _keep(known: dict[Name, Kept], key: Name, value: Kept, most: int = _MOST_KEPT) -> None:
    """Remember, starting anew when there is too much."""
    if len(known) >= most:
        known.clear()
    known[key] = value


@lru_cache(maxsize=4)
def outlook_for(catalog: Catalog, what_if: Evaluator) -> Outlook:
    """The one outlook that all questions on this catalog share."""
    return Outlook(catalog, what_if)

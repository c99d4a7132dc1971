"""What the open questions of one block come to, with weights: added up group by group, and walked back again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import NamedTuple

from advisor import reference
from advisor.advise.blocks import Block, Group, Key
from advisor.model.questions import Question
from advisor.model.rules import NOT_ASKED

Values = Mapping[str, str]
Known = tuple[str, ...]
Sums = dict[Known, dict[int, int]]  # by the findings concluded so far: the weight of each packed sum
Told = dict[str, dict[str, int]]  # packed weights of the models, by question and option
Given = dict[tuple[str, Known], Key]  # what groups give, by what their rules read


class Gives(NamedTuple):
    """Every way to answer a group, and the weight of each thing that it can give."""

    place: int
    questions: tuple[Question, ...]
    ways: tuple[tuple[Known, Key, int], ...]
    chances: dict[Key, int]


class Added(NamedTuple):
    """What groups come to: `gives` added to `before`. Of all that one look ahead adds, equal places mean equal sums."""

    place: int
    sums: Sums
    before: Added | None = None
    gives: Gives | None = None


class End(NamedTuple):
    """One way to answer the roots of a block: what its groups then come to, and what is added whatever is answered."""

    roots: Values
    weight: int
    last: Added
    fixed: Key


class Adding:
    """One look ahead on these answers; what alike ways to answer the roots have in common is worked out once."""

    def __init__(self, answers: Values, usual_counts: int, given: Given) -> None:
        self._answers = answers
        self._usual_counts = usual_counts
        self._given = given
        self._places = count(1)
        self._gives: dict[object, Gives] = {}
        self._same: dict[object, Gives] = {}
        self._added: dict[tuple[int, int], Added] = {}
        self._behind: dict[int, Sums] = {}

    # ---------------------------------------------------------------- how questions can be answered, with weights

    def ways(self, questions: Iterable[Question], above: Values) -> list[tuple[dict[str, str], int]]:
        """Every way to answer these questions, in the order in which they are asked and below those `above`."""
        found: list[tuple[dict[str, str], int]] = [({**above}, 1)]
        for question in questions:
            found = [
                ({**values, question.id: option}, weight * more)
                for values, weight in found
                for option, more in self._options(question, values)
            ]
        return found

    def _options(self, question: Question, values: Values) -> list[tuple[str, int]]:
        """The values that a question can have; their weights always add to the same, even where it is not asked."""
        given = self._answers.get(question.id)
        if not reference.met(question.when, values):
            return [(NOT_ASKED, 1 if given is not None else len(question.options) - 1 + self._usual_counts)]
        if given is not None:
            return [(given, 1)]
        usual = question.usual.given(values) if question.usual is not None else ""
        return [(option, self._usual_counts if option == usual else 1) for option in question.option_ids]

    # ---------------------------------------------------------------- forward

    def ends(self, block: Block, roots: Values) -> Iterator[End]:
        """Where each way to answer the block's own roots ends."""
        for local, weight in self.ways(block.roots, roots):
            last = Added(0, {(): {block.start: 1}})
            for group in block.groups:
                last = self._plus(last, self._gives_of(group, local))
            yield End(local, weight, last, block.given(local))

    def _plus(self, before: Added, gives: Gives) -> Added:
        found = self._added.get((before.place, gives.place))
        if found is None:
            sums: Sums = {}
            for (more, concluded), chance in gives.chances.items():
                for findings, totals in before.sums.items():
                    into = sums.setdefault(findings + concluded, {})
                    for total, weight in totals.items():
                        into[total + more] = into.get(total + more, 0) + weight * chance
            found = self._added[before.place, gives.place] = Added(next(self._places), sums, before, gives)
        return found

    def _gives_of(self, group: Group, roots: Values) -> Gives:
        """What a group gives, with weights; the same object where it is answered in the same ways."""
        key = (group.name, *[roots[name] for name in group.roots])
        found = self._gives.get(key)
        if found is None:
            ways = tuple(
                (tuple([values[question.id] for question in group.questions]), self._key(group, values), weight)
                for values, weight in self.ways(group.questions, {name: roots[name] for name in group.roots})
            )
            found = self._same.get((group.name, ways))
            if found is None:
                chances: dict[Key, int] = {}
                for _, give, weight in ways:
                    chances[give] = chances.get(give, 0) + weight
                found = self._same[group.name, ways] = Gives(next(self._places), group.questions, ways, chances)
            self._gives[key] = found
        return found

    def _key(self, group: Group, values: Values) -> Key:
        place = (group.name, tuple([values[name] for name in group.reads]))
        found = self._given.get(place)
        if found is None:
            found = self._given[place] = group.given(values)
        return found

    # ---------------------------------------------------------------- backward

    def ahead(self, end: End, ahead: Sums) -> None:
        """Note what follows on the sums of an end: the packed weights of the models, summed over all ways."""
        noted = self._behind.setdefault(end.last.place, {})
        for findings, totals in ahead.items():
            into = noted.setdefault(findings, {})
            for total, packed in totals.items():
                into[total] = into.get(total, 0) + packed

    def told(self) -> Told:
        """The packed weights of the models by each option of each open question of the groups, from what was noted."""
        told: Told = {}
        for added in reversed(self._added.values()):
            behind = self._behind.pop(added.place, None)
            if behind is None or added.before is None or added.gives is None:
                continue
            reached: dict[Key, int] = {}
            noted = self._behind.setdefault(added.before.place, {})
            for (more, concluded), chance in added.gives.chances.items():
                through = 0
                for findings, totals in added.before.sums.items():
                    after = behind[findings + concluded]
                    into = noted.setdefault(findings, {})
                    for total, so_far in totals.items():
                        packed = after[total + more]
                        into[total] = into.get(total, 0) + chance * packed
                        through += so_far * packed
                reached[more, concluded] = through
            self._tell(added.gives, reached, told)
        return told

    def _tell(self, gives: Gives, reached: Mapping[Key, int], told: Told) -> None:
        for values, give, chance in gives.ways:
            for question, value in zip(gives.questions, values, strict=True):
                if question.id not in self._answers and value != NOT_ASKED:
                    tell(told, question.id, value, chance * reached[give])


def tell(told: Told, question: str, option: str, packed: int) -> None:
    """Add to what is told of an option."""
    by = told.setdefault(question, {})
    by[option] = by.get(option, 0) + packed

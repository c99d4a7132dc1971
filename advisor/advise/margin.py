"""How firmly a settled model stands: the fewest single steps of findings that lead to another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise

from advisor.advise.memo import MOST_REMEMBERED
from advisor.advise.recommendation import Possible, concluded, variables, ways
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL, Variable

FURTHEST = 3  # single steps of findings up to which we look for what would change the model


@dataclass(frozen=True, slots=True)
class Margin:
    """The fewest single steps of findings that lead to another model, and which; None where none was found.

    `steps` are the findings to move, with the values to move them to.
    """

    distance: int | None
    runner_up: str | None
    steps: tuple[tuple[str, str], ...]


class Margins:
    """How many single steps of findings lead to another model, remembered for each set of values still possible."""

    def __init__(self, catalog: Catalog) -> None:
        self._variables = variables(catalog)
        every = {one.id: one.values for one in self._variables}
        # What each pair of rules, one of each step, asks of the findings, model by model in the rulebook's order.
        regions: dict[str, list[dict[str, tuple[str, ...]]]] = {model: [] for model in catalog.models}
        for _, staffing, allowed in ways(catalog, every):
            asked = {name: values for name, values in allowed.items() if values != every[name]}
            regions[concluded(staffing, MODEL)].append(asked)
        self._regions = [asked for found in regions.values() for asked in found]
        ends = list(accumulate(len(found) for found in regions.values()))
        self._models = [(model, slice(*pair)) for model, pair in zip(regions, pairwise((0, *ends)), strict=True)]
        # How far each region is, one byte a region, for the values that one finding may have: added up, as one number,
        # they are the distances of all regions at once.
        self._far: dict[tuple[str, tuple[str, ...]], int] = {}
        self._known: dict[tuple[tuple[str, ...], ...], Margin] = {}

    def of(self, possible: Mapping[str, tuple[str, ...]], model: str) -> Margin:
        """The fewest steps from any of the findings still possible to another model than the settled one.

        A step moves one finding to the next value up or down, or to any other value where values have no order. What
        is unknown counts as whatever is nearest to the other model, so that completing the answers never lessens the
        margin. It is one at least: combinations that lead elsewhere are such that no answers give. It has no distance
        when nothing within FURTHEST steps changes the model.
        """
        key = tuple([possible[one.id] for one in self._variables])
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            found = self._known[key] = self._nearest(possible, model)
        return found

    def _nearest(self, possible: Mapping[str, tuple[str, ...]], model: str) -> Margin:
        far = sum([self._apart(one, possible[one.id]) for one in self._variables]).to_bytes(len(self._regions))
        near = {other: min(far[part], default=FURTHEST + 1) for other, part in self._models if other != model}
        distance = max(1, min(near.values(), default=FURTHEST + 1))
        if distance > FURTHEST:
            return Margin(None, None, ())
        runner_up = next(other for other, found in near.items() if found <= distance)
        part = dict(self._models)[runner_up]
        regions = zip(far[part], self._regions[part], strict=True)
        moves = (self._moves(possible, asked) for steps, asked in regions if steps <= distance)
        # A region in which we stand already, though no answers lead there, comes behind those of one step.
        best = min(moves, key=lambda steps: [at for at, _, count in steps for _ in range(count)] or [len(possible)])
        return Margin(distance, runner_up, tuple((self._variables[at].id, value) for at, value, _ in best))

    def _moves(self, possible: Possible, asked: Possible) -> list[tuple[int, str, int]]:
        """The findings to move into a region, by number, each with its new value and how many steps that is."""
        return [
            (at, *_nearest_value(one, possible[one.id], asked[one.id]))
            for at, one in enumerate(self._variables)
            if one.id in asked and not set(asked[one.id]) & set(possible[one.id])
        ]

    def _apart(self, variable: Variable, now: tuple[str, ...]) -> int:
        """How many steps each region is from what this finding may be now, a byte for each."""
        key = (variable.id, now)
        found = self._far.get(key)
        if found is None:
            steps = (_nearest_value(variable, now, asked.get(variable.id, now))[1] for asked in self._regions)
            found = self._far[key] = int.from_bytes(bytes(steps))
        return found


def _nearest_value(variable: Variable, now: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, int]:
    """The wanted value that is fewest steps from what is possible now, and how many."""
    if not variable.ordered:
        return wanted[0], int(set(wanted).isdisjoint(now))
    at = [variable.values.index(one) for one in now]
    return min(
        ((value, min(abs(variable.values.index(value) - one) for one in at)) for value in wanted),
        key=lambda one: one[1],
    )

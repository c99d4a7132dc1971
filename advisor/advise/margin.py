"""How firmly a settled model stands: the fewest single steps of findings that lead to another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.advise.evaluator import MOST_REMEMBERED
from advisor.advise.recommendation import concluded, variables, ways
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
        self._variables = {one.id: one for one in variables(catalog)}
        self._order = list(catalog.models)
        every = {name: one.values for name, one in self._variables.items()}
        # what the two steps conclude, each with the values that this asks of some findings
        self._regions = [
            (
                concluded(staffing, MODEL),
                tuple((name, values) for name, values in allowed.items() if values != every[name]),
            )
            for _, staffing, allowed in ways(catalog, every)
        ]
        self._known: dict[tuple[tuple[str, ...], ...], Margin] = {}

    def of(self, possible: Mapping[str, tuple[str, ...]], model: str) -> Margin:
        """The fewest steps from any of the findings still possible to another model than the settled one.

        A step moves one finding to the next value up or down, or to any other value where values have no order. What
        is unknown counts as whatever is nearest to the other model, so that completing the answers never lessens the
        margin. It is one at least: combinations that lead elsewhere are such that no answers give. It has no distance
        when nothing within FURTHEST steps changes the model.
        """
        key = tuple(possible[name] for name in self._variables)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            found = self._known[key] = self._nearest(possible, model)
        return found

    def _nearest(self, possible: Mapping[str, tuple[str, ...]], model: str) -> Margin:
        found: list[tuple[int, int, bool, tuple[int, ...], tuple[tuple[str, str], ...]]] = []
        places = {name: at for at, name in enumerate(self._variables)}
        for other, asked in self._regions:
            if other == model:
                continue
            moves = [
                (name, *_nearest_value(self._variables[name], possible[name], values))
                for name, values in asked
                if not set(values) & set(possible[name])
            ]
            distance = sum(far for _, _, far in moves)
            if distance <= FURTHEST:
                steps = tuple((name, value) for name, value, _ in moves)
                path = tuple(place for name, _, far in moves for place in [places[name]] * far)
                found.append((max(distance, 1), self._order.index(other), not steps, path, steps))
        if not found:
            return Margin(None, None, ())
        distance, rank, _, _, steps = min(found, key=lambda one: one[:4])
        return Margin(distance, self._order[rank], steps)


def _nearest_value(variable: Variable, now: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, int]:
    """The wanted value that is fewest steps from what is possible now, and how many."""
    if not variable.ordered:
        return wanted[0], 1
    at = [variable.values.index(one) for one in now]
    return min(
        ((value, min(abs(variable.values.index(value) - one) for one in at)) for value in wanted),
        key=lambda one: one[1],
    )

"""Which answers would change the recommendation, and which would lead to a certain model: complete, not sampled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations

from advisor.advise.session import Session
from advisor.explain.outcomes import Space
from advisor.explain.values import Changes, ChangeSet
from advisor.model.rulebook import Catalog

DEPTH = 2


def minimal_sets(space: Space, depth: int, does_it: Callable[[str], bool]) -> tuple[ChangeSet, ...]:
    """Every set of at most `depth` changes whose model does it while that of no proper part of it does."""
    found: set[tuple[int, ...]] = set()
    sets: list[ChangeSet] = []
    alive = list(range(len(space.changes)))
    for size in range(1, depth + 1):
        for chosen in combinations(alive, size):
            if len({space.question_of[one] for one in chosen}) < size:
                continue
            if any(part in found for less in range(2, size) for part in combinations(chosen, less)):
                continue
            model = space.model(chosen)
            if does_it(model):
                found.add(chosen)
                sets.append(ChangeSet(tuple(space.changes[one] for one in chosen), model))
        if size == 1:
            alive = [one for one in alive if (one,) not in found]
    return tuple(sets)


def what_would_change(catalog: Catalog, answers: Mapping[str, str], session: Session, depth: int = DEPTH) -> Changes:
    """The smallest sets of answers that lead to another model."""
    space = Space(catalog, answers, session)
    now = space.model(())
    sets = minimal_sets(space, depth, lambda model: model != now)
    smallest = min((len(one.changes) for one in sets), default=depth + 1)
    return Changes(depth, space.counts(depth), sets, smallest - 1)


def ways_to(
    catalog: Catalog, answers: Mapping[str, str], session: Session, model: str, depth: int = DEPTH
) -> tuple[ChangeSet, ...]:
    """The smallest sets of answers that lead to this model."""
    return minimal_sets(Space(catalog, answers, session), depth, lambda found: found == model)

"""What would change the recommendation, what would settle it, which question to answer next: complete, not sampled."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, islice

from advisor.advise.reading import read_answers
from advisor.advise.session import Session
from advisor.explain.outcomes import Space
from advisor.explain.values import Changes, ChangeSet, NextQuestion, Unknowns, Way
from advisor.model.rulebook import Catalog

DEPTH = 2
DEEPEST = 3
_AFFORDABLE = 30_000  # sets of one size that are still weighed when no smaller set settles on a model
_TRIES = 600  # random completions before an example of a model is given up


def by_size(
    space: Space, does_it: Callable[[tuple[str, ...]], bool], settling: bool = False
) -> Iterator[tuple[ChangeSet, ...]]:
    """For one change, two, three ...: every set whose outcome does it while that of no proper part of it does.

    `settling` says that only an outcome of one model can do it.
    """
    found: set[tuple[int, ...]] = set()
    alive = list(range(len(space.changes)))
    for size in range(1, len(set(space.question_of)) + 1):
        sets: list[ChangeSet] = []
        for chosen in combinations(alive, size):
            if len({space.question_of[one] for one in chosen}) < size:
                continue
            if any(part in found for less in range(2, size) for part in combinations(chosen, less)):
                continue
            if settling and space.is_open(chosen):
                continue
            outcome = space.outcome(chosen)
            if does_it(outcome):
                found.add(chosen)
                sets.append(ChangeSet(tuple(space.changes[one] for one in chosen), outcome))
        yield tuple(sets)
        if size == 1:
            alive = [one for one in alive if (one,) not in found]


def minimal_sets(
    space: Space, depth: int, does_it: Callable[[tuple[str, ...]], bool], settling: bool = False
) -> tuple[ChangeSet, ...]:
    """Every set of at most `depth` changes whose outcome does it while that of no proper part of it does."""
    return tuple(one for sets in islice(by_size(space, does_it, settling), depth) for one in sets)


def what_would_change(catalog: Catalog, answers: Mapping[str, str], session: Session, depth: int = DEPTH) -> Changes:
    """The smallest sets of answers that lead away from a settled recommendation, or leave it open."""
    space = Space(catalog, answers, session)
    now = space.outcome(())
    sets = minimal_sets(space, depth, lambda outcome: outcome != now)
    smallest = min((len(one.changes) for one in sets), default=depth + 1)
    return Changes(depth, space.counts(depth), sets, smallest - 1)


def ways_to(
    catalog: Catalog,
    answers: Mapping[str, str],
    session: Session,
    model: str,
    depth: int = DEPTH,
    questions: Iterable[str] | None = None,
) -> tuple[ChangeSet, ...]:
    """The smallest sets of answers (to these questions, or to any) that settle on this model."""
    return minimal_sets(
        Space(catalog, answers, session, questions), depth, lambda outcome: outcome == (model,), settling=True
    )


def unknowns(catalog: Catalog, answers: Mapping[str, str], session: Session, depth: int = DEPTH) -> Unknowns:
    """What the unanswered questions leave open, and which answers to them would settle it."""
    asked = read_answers(catalog, answers).unanswered
    # Answers may also bring up questions: those that hang on one that is open count as asked already.
    space = Space(catalog, answers, session, asked)
    left = space.outcome(())
    if len(left) < 2:
        return Unknowns(left, asked, depth, (), None)
    settling, searched = _settling(space, left, depth)
    few = len(left) <= catalog.too_little_above
    ways = []
    for model in left:
        sets = tuple(one for one in settling if one.candidates == (model,))
        ways.append(Way(model, sets, _example(space, model) if few and not sets else None))
    return Unknowns(left, asked, searched, tuple(ways), _ask_next(space, left))


def _settling(space: Space, left: tuple[str, ...], depth: int) -> tuple[list[ChangeSet], int]:
    """Sets of answers that settle, and up to how many answers all are found: `depth`, or more while that is cheap."""
    settling: list[ChangeSet] = []
    reached: set[tuple[str, ...]] = set()
    searched = 0
    counts = space.counts(len(space.questions))
    for size, sets in enumerate(by_size(space, lambda outcome: len(outcome) == 1, settling=True), start=1):
        # Beyond the depth that was asked for, only what the models still without a set need.
        settling += [one for one in sets if size <= depth or one.candidates not in reached]
        reached |= {one.candidates for one in sets}
        searched = size
        if size >= depth and (len(reached) == len(left) or size == len(counts) or counts[size] > _AFFORDABLE):
            break
    return settling, searched


def _ask_next(space: Space, left: tuple[str, ...]) -> NextQuestion | None:
    """The question with the fewest models left on average over its options; the first asked among equals."""
    best: NextQuestion | None = None
    for name in space.questions:
        mine = [one for one, change in enumerate(space.changes) if change.question == name]
        if not mine:
            continue
        outcomes = {space.changes[one].option: space.outcome((one,)) for one in mine}
        expected = sum(len(outcome) for outcome in outcomes.values()) / len(outcomes)
        if expected < len(left) and (best is None or expected < best.expected):
            best = NextQuestion(name, expected, outcomes)
    return best


def _example(space: Space, model: str) -> ChangeSet | None:
    """Answers that settle on the model, none of which can be spared; None when chance finds none."""
    chance = random.Random(1)
    names = sorted(set(space.question_of))
    options = [[one for one, name in enumerate(space.question_of) if name == wanted] for wanted in names]
    for _ in range(_TRIES):
        chosen = tuple(chance.choice(option) for option in options)
        if space.outcome(chosen) != (model,):
            continue
        for one in chosen:
            fewer = tuple(other for other in chosen if other != one)
            if space.outcome(fewer) == (model,):
                chosen = fewer
        return ChangeSet(tuple(space.changes[one] for one in chosen), (model,))
    return None

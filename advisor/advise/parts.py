"""What the rulebook falls into between answers and recommendation: topics, and questions that it reads itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.advise.reading import hiding
from advisor.advise.recommendation import variables
from advisor.model.rulebook import Catalog, Topic
from advisor.model.rules import DELIVERY_MANAGER, Evidence


@dataclass(frozen=True, slots=True)
class Part:
    """A topic, or a question that the recommendation reads itself: what it depends on, and which findings it gives.

    `reads` are positions of questions; `lowest` is the smallest lead that it can give. A late part gives only what the
    second step of the recommendation reads.
    """

    topic: Topic | None
    reads: tuple[int, ...]
    gives: tuple[str, ...]
    lowest: int
    late: bool


def parts(catalog: Catalog) -> Iterator[Part]:
    """Every topic, and every question that the recommendation reads itself."""
    read = [one.id for one in variables(catalog)]
    first = set(catalog.asks_for.table.names)
    for topic in catalog.topics:
        gives = tuple(one.id for one in topic.findings if one.id in read)
        against = [
            one.points
            for rule in topic.table.rules
            for one in rule.effects
            if isinstance(one, Evidence) and one.favours != DELIVERY_MANAGER
        ]
        late = bool(gives) and first.isdisjoint(gives)
        yield Part(topic, _positions(catalog, topic.table.names), gives, -sum(against), late)
    for name in read:
        if name in catalog.questions:
            yield Part(None, _positions(catalog, (name,)), (name,), 0, name not in first)


def _positions(catalog: Catalog, names: Iterable[str]) -> tuple[int, ...]:
    """Where the questions stand, and those that decide whether they are asked."""
    wanted = hiding(catalog, names)
    return tuple(at for at, name in enumerate(catalog.questions) if name in wanted)

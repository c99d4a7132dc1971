"""What parts of the rulebook yield, put together: findings side by side, and every sum of their leads, as bits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TypeVar

from advisor.advise.memo import MOST_REMEMBERED

Completed = tuple[str, ...]  # a value for every question, in the catalog's order
Findings = tuple[str, ...]
# The findings that a part can yield together, each with the leads that go with it, as bits.
Yields = dict[Findings, int]
Key = TypeVar("Key")
Value = TypeVar("Value")


def picker(names: Findings, read: Findings) -> Callable[[Findings], object]:
    """What takes, from values in the order of `names`, those of them that a table reads."""
    places = [names.index(name) for name in read if name in names]
    return itemgetter(*places) if places else lambda _: ()


def places(reads: tuple[int, ...]) -> Callable[[Sequence[str]], Completed]:
    """What takes the values in those places."""
    return itemgetter(*reads) if len(reads) > 1 else lambda values: tuple([values[at] for at in reads])


def together(yields: list[Yields], leads: int) -> Iterator[tuple[Findings, int]]:
    """All findings that the parts can yield together, each with the leads (as bits) that go with it."""
    found: list[tuple[Findings, int]] = [((), leads)]
    for one in yields:
        found = [(findings + more, sums(sum_, mask)) for findings, sum_ in found for more, mask in one.items()]
    return iter(found)


@lru_cache(maxsize=5_000)
def sums(one: int, other: int) -> int:
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


def keep(known: dict[Key, Value], key: Key, value: Value) -> None:
    """Remember, starting anew when there is too much."""
    if len(known) >= MOST_REMEMBERED:
        known.clear()
    known[key] = value

"""What every combination of values makes the rules of a table fire: dense arrays, and the file that holds them.

A combination's place is a number by mixed radix: the first variable counts most, values count in the order of their
domain. A file holds tables by a print of all that matching depends on, so that it can be incomplete but never stale.
"""

from __future__ import annotations

import itertools
import json
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sized
from hashlib import blake2b
from math import prod
from typing import NamedTuple

from advisor import engine
from advisor.errors import BrokenInvariant
from advisor.model.rules import Rule, Table

# The format's version, and the engine whose word it is.
_HEAD = f"advisor/outcomes-1 {engine.MEASURED}\n".encode()
_CHECKSUM = 16
LARGEST = 5_000_000  # bytes of a file, and combinations in it; ours have 30,000 and 233,000
_MOST_UNPACKED = 5 * LARGEST
_MOST_IN_A_BYTE = 256  # outcomes; of a table that has more, each combination takes two bytes


class Outcomes(NamedTuple):
    """Of one table: each set of rules that fires together (bit by position), and which of them each combination has."""

    distinct: tuple[int, ...]
    places: array[int]


Known = Mapping[str, Outcomes]  # by the table's print


def count(table: Table) -> int:
    """How many combinations there are of the values that the table reads."""
    return prod(len(variable.domain) for variable in table.reads)


def combinations(table: Table) -> Iterator[dict[str, str]]:
    """Every combination of the values that the table reads, gaps included, by its place."""
    names = table.names
    for values in itertools.product(*(variable.domain for variable in table.reads)):
        yield dict(zip(names, values, strict=True))


def print_of(table: Table) -> str:
    """What tells tables apart that match differently: their values and their conditions, in order."""
    matched = (
        [(variable.id, variable.domain) for variable in table.reads],
        [[(one.variable, sorted(one.allowed)) for one in rule.when] for rule in table.rules],
    )
    return blake2b(repr(matched).encode(), digest_size=16).hexdigest()


def gathered(fired: Iterable[tuple[int, ...]]) -> Outcomes:
    """The outcomes of a table from what fires on each combination, by its place."""
    distinct: dict[int, int] = {}
    places = [distinct.setdefault(sum(1 << one for one in rules), len(distinct)) for rules in fired]
    return Outcomes(tuple(distinct), array(_kind(distinct), places))


def positions(outcome: int) -> tuple[int, ...]:
    """The rules of an outcome, ascending."""
    found = []
    while outcome:
        last = outcome & -outcome
        found.append(last.bit_length() - 1)
        outcome ^= last
    return tuple(found)


class Dense:
    """The rules of a table that fire on values, looked up."""

    __slots__ = ("_distinct", "_fired", "_places", "_rules", "_steps", "_table")

    def __init__(self, table: Table, found: Outcomes) -> None:
        self._table = table.id
        self._rules = table.rules
        self._places = found.places
        self._distinct = found.distinct
        self._fired: list[tuple[Rule, ...] | None] = [None] * len(found.distinct)
        self._steps: list[tuple[str, dict[str, int]]] = []
        width = 1
        for variable in reversed(table.reads):
            self._steps.append((variable.id, {value: at * width for at, value in enumerate(variable.domain)}))
            width *= len(variable.domain)

    def __call__(self, values: Mapping[str, str]) -> tuple[Rule, ...]:
        place = 0
        for name, steps in self._steps:
            value = values[name]
            if value not in steps:
                raise BrokenInvariant(f"{self._table}: {name} has no value {value!r}")
            place += steps[value]
        at = self._places[place]
        fired = self._fired[at]
        if fired is None:
            fired = self._fired[at] = tuple([self._rules[one] for one in positions(self._distinct[at])])
        return fired


def packed(known: Known) -> bytes:
    """The outcomes as a file: a head, a checksum, and all tables compressed."""
    head = {name: [len(one.places), *one.distinct] for name, one in known.items()}
    places = b"".join([_in_file_order(one.places).tobytes() for one in known.values()])
    body = zlib.compress(json.dumps(head, separators=(",", ":")).encode() + b"\n" + places, 9)
    return _HEAD + blake2b(body, digest_size=_CHECKSUM).digest() + body


def unpacked(data: bytes) -> Known:
    """The outcomes in a file that `packed` made; ValueError says why it is none."""
    if not data.startswith(_HEAD):
        raise ValueError("is of another version, or none of ours")
    at = len(_HEAD) + _CHECKSUM
    if blake2b(data[at:], digest_size=_CHECKSUM).digest() != data[len(_HEAD) : at]:
        raise ValueError("is damaged")
    inflating = zlib.decompressobj()
    head, _, places = inflating.decompress(data[at:], _MOST_UNPACKED).partition(b"\n")
    if inflating.unconsumed_tail:
        raise ValueError("is larger than any that we write")
    known: dict[str, Outcomes] = {}
    at = 0
    for name, (many, *distinct) in json.loads(head).items():
        found = array(_kind(distinct))
        size = many * found.itemsize
        found.frombytes(places[at : at + size])
        known[name] = Outcomes(tuple(distinct), _in_file_order(found))
        at += size
    return known


def _kind(distinct: Sized) -> str:
    return "B" if len(distinct) <= _MOST_IN_A_BYTE else "H"


def _in_file_order(places: array[int]) -> array[int]:
    """The same with low bytes first, as in the file, or back from there."""
    if sys.byteorder == "big":
        places = places[:]
        places.byteswap()
    return places

"""Many engagements: read from files of any kind, evaluated in processes that may die, returned in input order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from advisor.errors import Problem

__all__ = ["Chunk", "Evaluate", "Item"]


@dataclass(frozen=True, slots=True)
class Item:
    """What is evaluated as one: a file in YAML or JSON, or some lines of a longer one, each an engagement in JSON.

    `source` is the file as messages call it, `place` what documents on it are named after. `lines` are the numbers of
    the lines in `data`, as the reader of the source counts them; none for a whole file. `problems` are what is wrong
    with the source already.
    """

    source: str
    place: str
    data: bytes
    lines: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()

    def apart(self) -> list[Item]:
        """Its lines as items of their own, to find the one that does harm."""
        pieces = self.data.split(b"\n")
        return [Item(self.source, self.place, piece, (line,)) for line, piece in zip(self.lines, pieces, strict=False)]


Chunk = tuple[Item, ...]  # what a worker is given at once
Result = TypeVar("Result")
Evaluate = Callable[[Item], Result]

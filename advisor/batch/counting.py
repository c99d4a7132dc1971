"""What a worker does with one item for a portfolio: each engagement in it becomes a line to be counted."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from advisor.batch import Item
from advisor.batch.work import advised
from advisor.catalog.own import catalog_at
from advisor.errors import InputError, Problem
from advisor.portfolio.lines import book_of, line_of
from advisor.portfolio.values import Book, Line


class Counted(NamedTuple):
    """The lines of one item, and the problems of each engagement, file or line that gave none."""

    lines: tuple[Line, ...]
    failed: tuple[tuple[Problem, ...], ...] = ()


def count_item(item: Item, rulebook: Path | None = None) -> Counted:
    """The lines of one item in its order. Raises BrokenInvariant when the product contradicts itself."""
    lines: list[Line] = []
    failed: list[tuple[Problem, ...]] = []
    for one in advised(item, rulebook):
        if isinstance(one.found, InputError):
            failed.append(one.found.problems)
        else:
            source = f"{item.source}:{one.line}" if one.line else item.source
            lines.append(line_of(one.found, source, _book(one.folder)))
    return Counted(tuple(lines), tuple(failed))


def stopped(_: Item, problem: Problem) -> Counted:
    """What an item comes to that no worker survives."""
    return Counted((), ((problem,),))


@lru_cache(maxsize=8)
def _book(folder: Path | None) -> Book:
    return book_of(catalog_at(folder))

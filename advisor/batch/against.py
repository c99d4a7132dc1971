"""What a worker does with one item where two rulebooks are compared: each engagement in it by the one and the other."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from advisor.batch import Item
from advisor.batch.work import advised
from advisor.documents.papers.changes import Changed, changed
from advisor.errors import InputError, Problem


class Compared(NamedTuple):
    """The engagements of one item, changed or not, and the problems of those that one side cannot read."""

    found: tuple[Changed, ...]
    failed: tuple[Problem, ...] = ()


def compare_item(item: Item, rulebook: Path | None, against: Path) -> Compared:
    """The item's engagements by `rulebook` (or the one that they name, or ours) and by the one in `against`."""
    found: list[Changed] = []
    failed: list[Problem] = []
    for before, after in zip(advised(item, rulebook), advised(item, against), strict=False):
        source = f"{item.source}:{before.line}" if before.line else item.source
        if isinstance(before.found, InputError):
            failed += before.found.problems
        elif isinstance(after.found, InputError):
            failed += [
                Problem(one.file, one.line, one.field, f"by {against}: {one.message}") for one in after.found.problems
            ]
        else:
            found.append(changed(before.found, after.found, source))
    return Compared(tuple(found), tuple(failed))


def stopped(_: Item, problem: Problem) -> Compared:
    """What an item comes to that no worker survives."""
    return Compared((), (problem,))

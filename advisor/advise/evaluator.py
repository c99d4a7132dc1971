"""Fires tables through the rules engine, checks each new result against the reference, and remembers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from advisor import engine, reference
from advisor.advise.memo import Memo
from advisor.errors import BrokenInvariant
from advisor.model.rules import Rule, Table

Fire = Callable[[Table, Mapping[str, str]], tuple[int, ...]]


def checked(table: Table, values: Mapping[str, str]) -> tuple[int, ...]:
    """The engine's result, once the reference evaluator has agreed to it; BrokenInvariant names the rules otherwise."""
    fired = engine.fire(table, values)
    expected = reference.fire(table, values)
    if fired != expected:
        odd = ", ".join(table.rules[position].id for position in sorted(set(fired) ^ set(expected)))
        where = ", ".join(f"{name}={values[name]}" for name in table.names)
        raise BrokenInvariant(f"{table.id}: engine and reference evaluator differ on {odd} at {where}")
    return fired


class Evaluator:
    """Results of one catalog's tables by the values that they read.

    `fire` decides; it is the checked engine for advice, and the reference alone for what-if questions.
    """

    def __init__(self, fire: Fire = checked) -> None:
        self._fire = fire
        self._fired: dict[str, Memo[tuple[Rule, ...]]] = {}

    def without(self, table_id: str) -> Evaluator:
        """An evaluator that shares all that is remembered except for one table, which is to be changed."""
        other = Evaluator(self._fire)
        other._fired = self._fired.copy()  # at once, as other threads may add to it
        other._fired.pop(table_id, None)
        return other

    def rules(self, table: Table, values: Mapping[str, str]) -> tuple[Rule, ...]:
        """The rules of `table` that fire on `values`, in file order."""
        known = self._fired.get(table.id)
        if known is None:
            known = self._fired[table.id] = Memo(table.names, partial(self._ask, table))
        return known(values)

    def _ask(self, table: Table, values: Mapping[str, str]) -> tuple[Rule, ...]:
        return tuple(table.rules[position] for position in self._fire(table, values))

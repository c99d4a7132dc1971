"""Fires tables through the rules engine, each result checked by the reference, beforehand or when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from advisor import engine, reference
from advisor.advise.memo import Memo
from advisor.advise.outcomes import Dense, Known, print_of
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

    `fire` decides; it is the checked engine for advice, and the reference alone for what-if questions. Neither is asked
    about a table that is `known` as it is.
    """

    def __init__(self, fire: Fire = checked, known: Known | None = None) -> None:
        self._fire = fire
        self._known = known or {}
        self._fired: dict[str, Callable[[Mapping[str, str]], tuple[Rule, ...]]] = {}

    def without(self, table_id: str) -> Evaluator:
        """An evaluator that shares all that is remembered except for one table, which is to be changed."""
        other = Evaluator(self._fire, self._known)
        other._fired = self._fired.copy()  # at once, as other threads may add to it
        other._fired.pop(table_id, None)
        return other

    def rules(self, table: Table, values: Mapping[str, str]) -> tuple[Rule, ...]:
        """The rules of `table` that fire on `values`, in file order."""
        fired = self._fired.get(table.id)
        if fired is None:
            found = self._known.get(print_of(table)) if self._known else None
            fired = self._fired[table.id] = (
                Dense(table, found) if found is not None else Memo(table.names, partial(self._ask, table))
            )
        return fired(values)

    def _ask(self, table: Table, values: Mapping[str, str]) -> tuple[Rule, ...]:
        return tuple(table.rules[position] for position in self._fire(table, values))

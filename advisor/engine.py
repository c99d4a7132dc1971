"""The one file that knows durable-rules: fires the rules of a table inside the fence that keeps the engine right.

Measured of durable-rules 2.0.28 and kept here: flat conjunctions over distinct variables; any-of spelt out as several
engine rules; one fact an evaluation, one session at a time, cleaned up after its catch-all fired; one thread at a time;
small rulesets, so many at once as memory allows; actions that only tell their rule's number. See docs/adr/0001.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.catalog.fence import CATCH_ALL, MOST_RULESETS, RULES_IN_A_RULESET, faults
from advisor.errors import BrokenInvariant, EngineRefusal, MissingEngine
from advisor.model.rules import Rule, Table

MEASURED = "durable-rules 2.0.28"  # another may fire otherwise, so what this one fired is not kept for it
_SESSION = "advice"
_MEND = (
    "durable-rules cannot be imported here; run: CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject "
    "pip install --no-cache-dir --force-reinstall durable-rules"
)

Values = Mapping[str, str]


def fire(table: Table, values: Values) -> tuple[int, ...]:
    """Return the positions of the table's rules that fire on `values`, ascending.

    `values` holds a value of its domain for each variable that the table reads; more is ignored. Threads may call this
    at the same time, and fork meanwhile: they take turns. Raises BrokenInvariant when a value is outside its domain or
    the engine loses its catch-all, EngineRefusal when the engine cannot hold the table, MissingEngine when
    durable-rules cannot be imported.
    """
    fact = {}
    for variable in table.reads:
        value = values[variable.id]
        if value not in variable.domain:
            raise BrokenInvariant(f"{table.id}: {variable.id} has no value {value!r}")
        fact[variable.id] = value
    with _TURN:
        return _engine().fire(table, fact)


# The engine keeps what it is at in memory of its own, which a second thread would find half done; and so would the
# child of a fork in the midst of it, which has that memory but not the thread that was at work.
_TURN = threading.RLock()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_TURN.acquire, after_in_parent=_TURN.release, after_in_child=_TURN.release)


@dataclass(slots=True)
class _Compiled:
    """The rulesets that hold a table's rules, none once they are gone; and the last fact that they were given."""

    rulesets: tuple[Any, ...]
    used: int = 0


class _Engine:
    """The engine's rulesets, one such collection a process. Those unused for longest make room for others."""

    def __init__(self, module: Any) -> None:
        self.module = module
        self.known: dict[tuple[object, ...], _Compiled] = {}
        self.last: dict[str, tuple[Table, _Compiled]] = {}
        self.count = 0  # of rulesets there are
        self.named = 0  # of rulesets there were
        self.facts = 0

    def fire(self, table: Table, fact: dict[str, str]) -> tuple[int, ...]:
        noted: set[int] = set()
        compiled = self.compiled(table)
        try:
            for ruleset in compiled.rulesets:
                self.facts += 1
                fired = set(self.actions(ruleset, {"id": self.facts, "sid": _SESSION, CATCH_ALL: 1, **fact}))
                if _NO_RULE not in fired:
                    raise BrokenInvariant(f"{table.id}: the rules engine dropped an evaluation of {fact}")
                ruleset.delete_state(_SESSION)
                noted |= fired
        except BaseException:
            # A session that is not over cannot be deleted: that frees memory in use. Nor may another begin beside it.
            self.forget(compiled)
            raise
        compiled.used = self.facts
        noted.discard(_NO_RULE)
        return tuple(sorted(noted))

    def actions(self, ruleset: Any, fact: dict[str, Any]) -> Iterator[int]:
        """Assert the fact and take the actions that follow, each by the number of its rule.

        The package's own loop does the same, but writes the session's state back after each action: four times the
        work, for a state that nobody keeps.
        """
        core, handle = self.module.durable_rules_engine, ruleset._handle
        state = ruleset.assert_fact(fact)
        begun = core.start_action_for_state(handle, state)
        message = begun[1] if begun else None
        while message:
            (name,) = json.loads(message)
            yield int(name.rpartition("_")[2]) if name != CATCH_ALL else _NO_RULE
            message = core.complete_and_start_action(handle, state)

    def compiled(self, table: Table) -> _Compiled:
        """The rulesets that hold the table's rules; tables that match alike share them."""
        last = self.last.get(table.id)
        # To compare all conditions takes as long as to fire them.
        if last is not None and last[0] is table and last[1].rulesets:
            return last[1]
        key = (
            table.id,
            *((variable.id, variable.domain) for variable in table.reads),
            *(rule.when for rule in table.rules),
        )
        known = self.known.get(key)
        if known is None:
            check_fence(table)
            known = self.known[key] = _Compiled(tuple([self.register(chunk) for chunk in _chunks(table.rules)]))
            self.make_room(known)
        self.last[table.id] = table, known
        return known

    def register(self, chunk: list[tuple[int, dict[str, str]]]) -> Any:
        rules = {f"e{number}_{rule}": engine_rule(where) for number, (rule, where) in enumerate(chunk)}
        rules[CATCH_ALL] = engine_rule({CATCH_ALL: 1})
        self.named += 1
        try:
            # No host: it would only start two timer threads, which race with cleaning up.
            made = self.module.Ruleset(f"r{self.named}", None, rules)
        except Exception as error:  # it raises no other kind, whatever it lacks
            raise EngineRefusal(f"the rules engine takes no more rules: {error or type(error).__name__}") from None
        self.count += 1
        return made

    def make_room(self, newest: _Compiled) -> None:
        """Delete the rulesets unused for longest, while there are more than a process should hold."""
        while self.count > MOST_RULESETS and len(self.known) > 1:
            oldest = min((one for one in self.known.values() if one is not newest), key=lambda one: one.used)
            rulesets = oldest.rulesets
            self.forget(oldest)
            for ruleset in rulesets:
                self.module.durable_rules_engine.delete_ruleset(ruleset._handle)

    def forget(self, compiled: _Compiled) -> None:
        """Never ask these rulesets again."""
        self.count -= len(compiled.rulesets)
        self.known = {key: one for key, one in self.known.items() if one is not compiled}
        compiled.rulesets = ()


def engine_rule(where: Mapping[str, str | int]) -> dict[str, object]:
    """A flat conjunction as the engine is given it; what it does is told by its name alone."""
    conditions = [{name: value} for name, value in where.items()]
    pattern: object = conditions[0] if len(conditions) == 1 else {"$and": conditions}
    return {"all": [{"m": pattern}], "run": _noted}


def _noted(_closure: object) -> None:
    """The action of every rule, which is never called: its name is read instead."""


_NO_RULE = -1
_the_engine: _Engine | None = None


def _engine() -> _Engine:
    global _the_engine
    if _the_engine is None:
        _the_engine = _Engine(_imported())
    return _the_engine


def _imported() -> Any:
    """The engine's module; where its extension was built plainly on Python 3.13 or later, it is bound lazily.

    The one name that Python has dropped is used by callbacks that are never set, so binding it late is enough.
    """
    flags = sys.getdlopenflags() if hasattr(sys, "getdlopenflags") else None
    try:
        if flags is not None:
            sys.setdlopenflags(os.RTLD_LAZY)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            from durable import engine as durable
    except ImportError as error:
        raise MissingEngine(f"{_MEND} ({error})") from None
    finally:
        if flags is not None:
            sys.setdlopenflags(flags)
    return durable


def _chunks(rules: tuple[Rule, ...]) -> Iterator[list[tuple[int, dict[str, str]]]]:
    """Engine rules of one table as (position of the rule, flat conjunction), in rulesets of a safe size."""
    flat = [(position, one) for position, rule in enumerate(rules) for one in expand(rule)]
    for start in range(0, len(flat), RULES_IN_A_RULESET):
        yield flat[start : start + RULES_IN_A_RULESET]
    if not flat:
        yield []


def expand(rule: Rule) -> Iterator[dict[str, str]]:
    """The flat conjunctions, over distinct variables, that together mean the rule's conditions."""
    names = [condition.variable for condition in rule.when]
    for values in itertools.product(*(sorted(condition.allowed) for condition in rule.when)):
        yield dict(zip(names, values, strict=True))


def check_fence(table: Table) -> None:
    """Raise BrokenInvariant where a table would take the engine outside what is known to be safe."""
    for fault in faults(table):
        raise BrokenInvariant(f"{table.id}: {fault}")

"""The one file that knows durable-rules: fires the rules of a table inside the fence that keeps the engine right.

Measured of durable-rules 2.0.28 and kept here: flat conjunctions over distinct variables; any-of spelt out as several
engine rules; one fact an evaluation, one session at a time, cleaned up after its catch-all fired; small rulesets,
built once a process; actions that only tell their rule's number. See docs/adr/0001.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from advisor.errors import BrokenInvariant, MissingEngine
from advisor.model.rules import Rule, Table

MOST_ENGINE_RULES = 55  # a ruleset, catch-all included; the engine's pending stack holds 64
MOST_RULESETS = 2_000  # a process; the engine never frees one
LONGEST = 63
_SESSION = "advice"
_CATCH_ALL = "every"
_MEND = (
    "durable-rules cannot be imported here; run: CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject "
    "pip install --no-cache-dir --force-reinstall durable-rules"
)

Values = Mapping[str, str]


def fire(table: Table, values: Values) -> tuple[int, ...]:
    """Return the positions of the table's rules that fire on `values`, ascending.

    `values` holds a value of its domain for each variable that the table reads; more is ignored. Raises
    BrokenInvariant when a value is outside its domain or the engine loses its catch-all, MissingEngine when
    durable-rules cannot be imported.
    """
    fact = {}
    for variable in table.reads:
        value = values[variable.id]
        if value not in variable.domain:
            raise BrokenInvariant(f"{table.id}: {variable.id} has no value {value!r}")
        fact[variable.id] = value
    return _engine().fire(table, fact)


class _Engine:
    """The engine's rulesets; one such collection a process, since rulesets can't be freed."""

    def __init__(self, module: Any) -> None:
        self.module = module
        self.rulesets: dict[tuple[object, ...], tuple[Any, ...]] = {}
        self.last: dict[str, tuple[Table, tuple[Any, ...]]] = {}
        self.count = 0
        self.facts = 0

    def fire(self, table: Table, fact: dict[str, str]) -> tuple[int, ...]:
        noted: set[int] = set()
        for ruleset in self.compiled(table):
            self.facts += 1
            fired = set(self.actions(ruleset, {"id": self.facts, "sid": _SESSION, _CATCH_ALL: 1, **fact}))
            if _NO_RULE not in fired:
                # Deleting a session that never fired frees memory that is in use, so it stays; the process must end.
                raise BrokenInvariant(f"{table.id}: the rules engine dropped an evaluation of {fact}")
            ruleset.delete_state(_SESSION)
            noted |= fired
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
            yield int(name.rpartition("_")[2]) if name != _CATCH_ALL else _NO_RULE
            message = core.complete_and_start_action(handle, state)

    def compiled(self, table: Table) -> tuple[Any, ...]:
        """The rulesets that hold the table's rules; tables that match alike share them."""
        last = self.last.get(table.id)
        if last is not None and last[0] is table:  # to compare all conditions takes as long as to fire them
            return last[1]
        key = (
            table.id,
            *((variable.id, variable.domain) for variable in table.reads),
            *(rule.when for rule in table.rules),
        )
        if key not in self.rulesets:
            check_fence(table)
            self.rulesets[key] = tuple(self.register(chunk) for chunk in _chunks(table.rules))
        self.last[table.id] = table, self.rulesets[key]
        return self.rulesets[key]

    def register(self, chunk: list[tuple[int, dict[str, str]]]) -> Any:
        if self.count >= MOST_RULESETS:
            raise BrokenInvariant(f"more than {MOST_RULESETS} rulesets in one process; start a new one")
        self.count += 1
        rules = {f"e{number}_{rule}": engine_rule(where) for number, (rule, where) in enumerate(chunk)}
        rules[_CATCH_ALL] = engine_rule({_CATCH_ALL: 1})
        # No host: it would only start two timer threads, which race with cleaning up.
        return self.module.Ruleset(f"r{self.count}", None, rules)


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
    size = MOST_ENGINE_RULES - 1
    for start in range(0, len(flat), size):
        yield flat[start : start + size]
    if not flat:
        yield []


def expand(rule: Rule) -> Iterator[dict[str, str]]:
    """The flat conjunctions, over distinct variables, that together mean the rule's conditions."""
    names = [condition.variable for condition in rule.when]
    for values in itertools.product(*(sorted(condition.allowed) for condition in rule.when)):
        yield dict(zip(names, values, strict=True))


def check_fence(table: Table) -> None:
    """Raise BrokenInvariant where a table would take the engine outside what is known to be safe."""
    names = [variable.id for variable in table.reads] + [_CATCH_ALL]
    words = {word for variable in table.reads for word in (variable.id, *variable.domain)} | {"id", "sid", _CATCH_ALL}
    hashes: dict[int, str] = {}
    for word in sorted(words):
        if not (word.isascii() and word.replace("_", "a").isalnum() and word == word.lower() and len(word) <= LONGEST):
            raise BrokenInvariant(f"{table.id}: {word!r} is no word that the rules engine can be given")
        other = hashes.setdefault(fnv1a(word), word)
        if other != word:
            raise BrokenInvariant(f"{table.id}: the rules engine cannot tell {other!r} from {word!r}; rename one")
    for rule in table.rules:
        read = [condition.variable for condition in rule.when]
        if not rule.when or len(set(read)) < len(read) or not set(read) <= set(names):
            raise BrokenInvariant(f"{table.id}: {rule.id} must have conditions, on distinct variables that are read")
        if any(not condition.allowed for condition in rule.when):
            raise BrokenInvariant(f"{table.id}: {rule.id} has a condition that nothing meets")


def fnv1a(word: str) -> int:
    """The 32-bit FNV-1a hash by which the engine compares names and texts."""
    value = 0x811C9DC5
    for byte in word.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value

"""The fence around the rules engine, as far as tables can leave it: its words, the shape of its rules, their number."""

from __future__ import annotations

import math
from collections.abc import Iterator

from advisor.model.rules import Rule, Table

LONGEST = 63  # letters of a name or a value
RULES_IN_A_RULESET = 54  # beside the catch-all; the engine's pending stack holds 64
MOST_IN_A_TABLE = 100  # rulesets; the widest table that ships has nine
MOST_RULESETS = 500  # at once in a process, and of a rulebook; each takes half a megabyte, and some 410 ship
CATCH_ALL = "every"  # what each fact carries beside the table's variables


def faults(table: Table) -> Iterator[str]:
    """What would take the engine outside of what is known to be safe, if anything."""
    names = [variable.id for variable in table.reads] + [CATCH_ALL]
    for word in _words(table):
        if not (word.isascii() and word.replace("_", "a").isalnum() and word == word.lower() and len(word) <= LONGEST):
            yield f"{word!r} is no word that the rules engine can be given"
    for rule in table.rules:
        read = [condition.variable for condition in rule.when]
        if not rule.when or len(set(read)) < len(read) or not set(read) <= set(names):
            yield f"{rule.id} must have conditions, on distinct variables that are read"
        if any(not condition.allowed for condition in rule.when):
            yield f"{rule.id} has a condition that nothing meets"
    yield from hidden_faults(table)


def hidden_faults(table: Table) -> Iterator[str]:
    """Those that a table may have though each of its words and rules is right: alike to the engine, or too many."""
    hashes: dict[int, str] = {}
    for word in _words(table):
        other = hashes.setdefault(fnv1a(word), word)
        if other != word:
            yield f"the rules engine cannot tell {other!r} from {word!r}; rename one"
    if rulesets(table) > MOST_IN_A_TABLE:
        count, most = _spelt_out(table), MOST_IN_A_TABLE * RULES_IN_A_RULESET
        widest = max(table.rules, key=_width).id
        yield f"its rules allow {count:,} combinations of values, and {most:,} are possible; begin with {widest}"


def rulesets(table: Table) -> int:
    """How many rulesets the table takes."""
    return max(1, -(-_spelt_out(table) // RULES_IN_A_RULESET))


def fnv1a(word: str) -> int:
    """The 32-bit FNV-1a hash by which the engine compares names and texts."""
    value = 0x811C9DC5
    for byte in word.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def _words(table: Table) -> list[str]:
    said = (word for variable in table.reads for word in (variable.id, *variable.domain))
    return sorted({*said, "id", "sid", CATCH_ALL})


def _spelt_out(table: Table) -> int:
    """How many flat conjunctions the engine is given for the rules."""
    return sum(map(_width, table.rules))


def _width(rule: Rule) -> int:
    return math.prod(len(condition.allowed) for condition in rule.when)

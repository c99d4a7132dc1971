"""Soak, boundary: random tables fire alike in engine and reference; what lies outside the fence is refused."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from advisor import engine, reference
from advisor.advise.outcomes import combinations
from advisor.catalog.fence import fnv1a
from advisor.errors import BrokenInvariant
from advisor.model.rules import UNANSWERED, Condition, Rule, Source, Table, Variable
from benchmarks.soak_crew import Outcome, Terms, Try, Wrong, memory, work_off

HERE = Source("soak", 1)
TABLES_A_PROCESS = 25  # so that memory is measured before any has to be freed
MOST_CASES = 600  # a table; smaller tables are tried in full
MOST_ENGINE_RULES = 3_500  # a table, once any-of is spelt out: 65 rulesets
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"
COLLIDING = (("costarring", "liquid"), ("declinate", "macallums"), ("altarage", "zinke"))
UNFIT = (
    *("Red", "rot grün", "x" * 64, "a-b", "1.5", "", "$s", "красный", "a b", "a\0", "😀", "a.b", "²", "ａ", "a\n"),
    *("$and", "{}", "[1]", '"', "\\", "A", "ß", "é", "x" * 70_000),
)


def run(count: int, seed: int, processes: int) -> Outcome:
    """Try so many tables."""
    terms = Terms(processes, chunk=TABLES_A_PROCESS, slow=60.0, patience=120.0, fresh=True)
    found = work_off(make, count, seed, terms)
    failures = [f"table {number}: {message}" for number, message in found.failures]
    counts = {name: f"{int(number):,}" for name, number in found.counts.items()}
    line = (
        f"{counts.get('tables', 0)} tables with {counts.get('rules', 0)} rules ({counts.get('rulesets', 0)} rulesets): "
        f"{counts.get('evaluations', 0)} evaluations, {counts.get('firings', 0)} firings, none missing or wrong; "
        f"{counts.get('refused', 0)} tables and {counts.get('values', 0)} values outside the fence refused; "
        f"{count / found.seconds:,.1f} tables a second; a process held {found.peak:.0f} MiB at most"
    )
    if found.failures:
        line = line.replace("none missing or wrong", f"{len(found.failures)} tables wrong")
    return Outcome("boundary", line, tuple(failures))


def make(seed: int) -> Try:
    """Tries table by number."""

    def try_one(number: int) -> Mapping[str, float]:
        chance = random.Random(f"{seed}:{number}")
        if number % 5 == 4:
            return _refused(chance, number)
        return _fires_alike(random_table(chance, number), chance)

    return try_one


def _fires_alike(table: Table, chance: random.Random) -> dict[str, float]:
    before, rulesets = memory(), engine._engine().named
    cases = list(_cases(table, chance))
    engine.fire(table, cases[0])
    compiled, evaluations, firings = memory(), 0, 0
    for values in cases:
        fired = engine.fire(table, values)
        expected = reference.fire(table, values)
        if fired != expected:
            raise Wrong(f"engine {fired}, reference {expected} on {values} of {_shown(table)}")
        evaluations, firings = evaluations + 1, firings + len(fired)
    if memory() - compiled > 16:
        raise Wrong(f"memory went from {before:.0f} to {compiled:.0f} MiB, and to {memory():.0f} by firing")
    for name in table.names:
        _expect_refusal(table, {**cases[0], name: "nowhere"})
    built = engine._engine().named - rulesets
    counts = {"tables": 1, "rules": len(table.rules), "rulesets": built, "values": len(table.names)}
    return {**counts, "evaluations": evaluations, "firings": firings}


def _cases(table: Table, chance: random.Random) -> Iterator[dict[str, str]]:
    size = 1
    for one in table.reads:
        size *= len(one.domain)
    if size <= MOST_CASES:
        yield from combinations(table)
        return
    for _ in range(MOST_CASES):
        yield {one.id: chance.choice(one.domain) for one in table.reads}


def random_table(chance: random.Random, number: int) -> Table:
    """A table as odd as the fence allows: any number of rules, wide any-of conditions, long or look-alike words."""
    words = _words(chance)
    sizes = [chance.choice((2, 2, 3, 4, 5, 9, 25)) for _ in range(chance.randint(1, 6))]
    reads: list[Variable] = []
    combined = 1
    for size in sizes:
        combined *= size + 1
        if combined <= 20_000:
            values = tuple(next(words) for _ in range(size))
            reads.append(Variable(next(words), values, (UNANSWERED,), False))
    wide = chance.random() < 0.3
    rules: list[Rule] = []
    spelt_out = 0
    for position in range(chance.choice((1, 3, 14, 54, 55, 120))):
        rule = _rule(f"rule_{position}", reads, wide, chance)
        width = 1
        for condition in rule.when:
            width *= len(condition.allowed)
        spelt_out += width
        if spelt_out > MOST_ENGINE_RULES:
            break
        rules.append(rule)
    return Table(f"table_{number}", "", tuple(reads), tuple(rules), HERE)


def _rule(name: str, reads: list[Variable], wide: bool, chance: random.Random) -> Rule:
    chosen = chance.sample(reads, chance.randint(1, len(reads)))
    when = []
    for one in chosen:
        most = len(one.domain) if wide else min(3, len(one.domain))
        when.append(Condition(one.id, frozenset(chance.sample(one.domain, chance.randint(1, most))), ""))
    return Rule(name, "", (), "", tuple(when), (), HERE)


def _words(chance: random.Random) -> Iterator[str]:
    """Words that no two of collide: very short, very long, or different in one character only."""
    taken = {fnv1a(word) for word in ("id", "sid", "every", UNANSWERED)}
    stem = "".join(chance.choices(LETTERS, k=60))
    while True:
        kind = chance.randrange(3)
        if kind == 0:
            word = chance.choice(LETTERS[:26]) + "".join(chance.choices(LETTERS, k=chance.randrange(12)))
        elif kind == 1:
            word = chance.choice(LETTERS[:26]) + stem + "".join(chance.choices(LETTERS, k=2))
        else:
            word = chance.choice(("v", "value", "item")) + str(chance.randrange(1_000))
        if fnv1a(word) not in taken:
            taken.add(fnv1a(word))
            yield word


def _refused(chance: random.Random, number: int) -> dict[str, float]:
    """A good table with one thing in it that the engine gets wrong or dies of: refused before the engine sees it."""
    good = random_table(chance, number)
    first, reads, rules = good.reads[0], good.reads, good.rules
    one = Condition(first.id, frozenset(first.values[:1]), "")
    deed = chance.randrange(6)
    if deed == 0:
        reads = (Variable(first.id, (*first.values, chance.choice(UNFIT)), first.gaps), *reads[1:])
    elif deed == 1:
        reads = (*reads, Variable(chance.choice(UNFIT), ("a", "b")))
    elif deed == 2:
        reads = (*reads, Variable("colliding_words", chance.choice(COLLIDING)))
    elif deed == 3:
        rules = (*rules, Rule("bad", "", (), "", (), (), HERE))
    elif deed == 4:
        other = Condition(first.id, frozenset(first.values[1:2]), "")
        rules = (*rules, Rule("bad", "", (), "", (one, other), (), HERE))
    else:
        nothing = Condition(first.id, frozenset(), "")
        rules = (*rules, Rule("bad", "", (), "", (nothing,), (), HERE))
    bad = Table(good.id, "", reads, rules, HERE)
    built = engine._engine().named
    _expect_refusal(bad, {one.id: one.domain[0] for one in reads})
    if engine._engine().named != built:
        raise Wrong(f"a ruleset was built of {_shown(bad)}")
    return {"refused": 1}


def _expect_refusal(table: Table, values: Mapping[str, str]) -> None:
    try:
        engine.fire(table, values)
    except BrokenInvariant:
        return
    raise Wrong(f"{dict(values)} of {_shown(table)} was not refused")


def _shown(table: Table) -> str:
    """The table in short, enough to build it again."""
    reads = {one.id: one.domain for one in table.reads}
    rules = {rule.id: {one.variable: sorted(one.allowed) for one in rule.when} for rule in table.rules}
    return f"{reads} {rules}"[:1_500]

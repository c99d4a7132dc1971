"""The fence around durable-rules, line by line, and that inside it the engine is right."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from advisor import engine, reference
from advisor.advise.evaluator import Evaluator, checked
from advisor.advise.outcomes import combinations
from advisor.catalog import fence
from advisor.errors import BrokenInvariant
from advisor.model.rulebook import Catalog
from advisor.model.rules import UNANSWERED, Condition, Rule, Source, Table, Variable

HERE = Source("test", 1)


def variable(name: str, *values: str) -> Variable:
    return Variable(name, values, (UNANSWERED,))


def rule(name: str, **when: str | tuple[str, ...]) -> Rule:
    conditions = tuple(
        Condition(on, frozenset((allowed,) if isinstance(allowed, str) else allowed), "")
        for on, allowed in when.items()
    )
    return Rule(name, "", (), "", conditions, (), HERE)


def table(name: str, reads: tuple[Variable, ...], *rules: Rule) -> Table:
    return Table(name, "", reads, rules, HERE)


COLOURS = variable("colour", "red", "green", "blue")
SIZES = variable("size", "small", "large")
SIMPLE = table(
    "simple",
    (COLOURS, SIZES),
    rule("reddish", colour="red"),
    rule("any_two", colour=("red", "blue"), size=("small", "large")),
    rule("not_said", size=UNANSWERED),
)


def random_table(seed: int) -> Table:
    """Six variables with two to five values, about fourteen rules with any-of conditions: the shape of a topic."""
    chance = random.Random(seed)
    reads = tuple(
        variable(f"v{number}", *(f"v{number}_{letter}" for letter in "abcde"[: chance.randint(2, 5)]))
        for number in range(6)
    )
    rules = []
    for number in range(14):
        chosen = chance.sample(reads, chance.randint(1, 4))
        when = {
            one.id: tuple(chance.sample(one.domain, chance.randint(1, min(3, len(one.domain) - 1)))) for one in chosen
        }
        rules.append(rule(f"rule_{number}", **when))
    return table(f"random_{seed}", reads, *rules)


def sample(reads: tuple[Variable, ...], seed: int, count: int) -> Iterator[dict[str, str]]:
    chance = random.Random(seed)
    for _ in range(count):
        yield {one.id: chance.choice(one.domain) for one in reads}


def test_rules_fire_on_any_of_their_values_and_on_a_missing_answer() -> None:
    """Any-of and `unanswered` conditions mean what they say, and each rule is reported once."""
    assert engine.fire(SIMPLE, {"colour": "red", "size": "small"}) == (0, 1)
    assert engine.fire(SIMPLE, {"colour": "blue", "size": "large"}) == (1,)
    assert engine.fire(SIMPLE, {"colour": "green", "size": UNANSWERED}) == (2,)
    assert engine.fire(SIMPLE, {"colour": "green", "size": "large"}) == ()


@pytest.mark.parametrize("seed", range(12))
def test_engine_and_reference_agree_on_random_tables(seed: int) -> None:
    """Tables of the shape of a topic fire the same rules in both evaluators."""
    made = random_table(seed)
    for values in sample(made.reads, seed, 150):
        assert engine.fire(made, values) == reference.fire(made, values)


def test_engine_and_reference_agree_on_the_shipped_rulebook(catalog: Catalog) -> None:
    """Every shipped table fires the same rules in both evaluators, on a sample of its whole domain."""
    for shipped in catalog.tables():
        cases = list(combinations(shipped))
        for values in random.Random(shipped.id).sample(cases, min(60, len(cases))):
            assert engine.fire(shipped, values) == reference.fire(shipped, values), (shipped.id, values)


def test_a_difference_between_the_two_is_an_internal_error_that_names_the_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A result that only one evaluator gives never leaves the house."""
    monkeypatch.setattr(engine, "fire", lambda table, values: (1,))
    with pytest.raises(BrokenInvariant, match=r"simple: engine and reference evaluator differ on reddish .*colour=red"):
        checked(SIMPLE, {"colour": "red", "size": "small"})


def test_as_many_rules_are_not_the_same_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine that fires one rule where the reference fires another differs from it, though each fires one."""
    monkeypatch.setattr(engine, "fire", lambda table, values: (1,))
    with pytest.raises(BrokenInvariant, match=r"evaluator differ on any_two, not_said at colour=green"):
        checked(SIMPLE, {"colour": "green", "size": UNANSWERED})


def test_the_engine_is_asked_once_for_each_set_of_answers_that_a_table_reads() -> None:
    """A result is remembered by what the table reads; other answers make no difference."""
    asked: list[dict[str, str]] = []

    def counting(one: Table, values: Mapping[str, str]) -> tuple[int, ...]:
        asked.append(dict(values))
        return checked(one, values)

    evaluator = Evaluator(counting)
    for weather in ("sun", "rain", "sun"):
        assert [one.id for one in evaluator.rules(SIMPLE, {"colour": "red", "size": "small", "weather": weather})] == [
            "reddish",
            "any_two",
        ]
    assert len(asked) == 1


def test_the_engine_starts_no_thread() -> None:
    """The timer threads of the package's host race with cleaning up; without a host there are none."""
    before = threading.active_count()
    engine.fire(SIMPLE, {"colour": "red", "size": "small"})
    assert threading.active_count() == before
    assert "durable.lang" not in sys.modules


def test_engine_rules_are_flat_conjunctions_over_distinct_variables() -> None:
    """No alternative, negation or nesting reaches the engine: any-of is spelt out."""
    spelt_out = list(engine.expand(SIMPLE.rules[1]))
    assert len(spelt_out) == 4
    assert all(set(one) == {"colour", "size"} for one in spelt_out)
    compiled = engine.engine_rule({"colour": "red", "size": "small"})
    assert compiled["all"] == [{"m": {"$and": [{"colour": "red"}, {"size": "small"}]}}]
    assert engine.engine_rule({"colour": "red"})["all"] == [{"m": {"colour": "red"}}]


def test_two_conditions_on_one_variable_are_refused() -> None:
    """The engine loses half of such firings."""
    twice = Rule("twice", "", (), "", (*rule("a", colour="red").when, *rule("b", colour="blue").when), (), HERE)
    with pytest.raises(BrokenInvariant, match="twice must have conditions, on distinct variables"):
        engine.check_fence(table("t", (COLOURS,), twice))


def test_a_rule_without_conditions_is_refused() -> None:
    """An empty conjunction hangs the engine."""
    with pytest.raises(BrokenInvariant, match="always must have conditions"):
        engine.check_fence(table("t", (COLOURS,), Rule("always", "", (), "", (), (), HERE)))


def test_large_tables_are_spread_over_rulesets_of_a_safe_size() -> None:
    """A table of hundreds of engine rules agrees with the reference: the pending stack never overflows."""
    reads = tuple(variable(f"w{number}", *(f"w{number}_{letter}" for letter in "abcde")) for number in range(4))
    wide = [rule(f"wide_{n}", **{one.id: one.values[n % 2 : n % 2 + 4] for one in reads[:3]}) for n in range(6)]
    large = table("large", reads, *wide)
    assert sum(1 for one in large.rules for _ in engine.expand(one)) == 6 * 64
    chunks = list(engine._chunks(large.rules))
    assert max(map(len, chunks)) < 60
    for values in sample(reads, 1, 300):
        assert engine.fire(large, values) == reference.fire(large, values)


def test_all_rules_of_a_full_ruleset_can_fire_at_once() -> None:
    """Fifty-four firings and the catch-all fit the engine's pending stack."""
    many = table("many", (COLOURS,), *(rule(f"same_{number}", colour="red") for number in range(54)))
    assert engine.fire(many, {"colour": "red"}) == tuple(range(54))


def test_every_ruleset_has_a_catch_all_and_a_lost_one_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fact that matches nothing would raise and free memory in use; if the catch-all stays away, advice stops."""
    nothing = table("nothing", (COLOURS,), rule("red_only", colour="red"))
    assert engine.fire(nothing, {"colour": "blue"}) == ()
    monkeypatch.setattr(engine._engine(), "actions", lambda ruleset, fact: iter(()))
    with pytest.raises(BrokenInvariant, match="nothing: the rules engine dropped an evaluation"):
        engine.fire(nothing, {"colour": "red"})


@pytest.mark.parametrize("word", ["Red", "rot grün", "x" * 64, "a-b", "1.5", "", "$s", "красный"])
def test_only_plain_words_reach_the_engine(word: str) -> None:
    """Other texts are matched wrongly or stop the process."""
    with pytest.raises(BrokenInvariant, match="is no word that the rules engine can be given"):
        engine.check_fence(table("t", (variable("colour", "red", word),), rule("r", colour="red")))


def test_values_outside_the_domain_never_reach_the_engine() -> None:
    """What was not validated is an internal error, not a fact."""
    with pytest.raises(BrokenInvariant, match="simple: colour has no value 'pink'"):
        engine.fire(SIMPLE, {"colour": "pink", "size": "small"})


def test_words_that_the_engine_cannot_tell_apart_are_refused() -> None:
    """The engine compares 32-bit hashes; two words with one hash would match each other."""
    assert fence.fnv1a("costarring") == fence.fnv1a("liquid")
    with pytest.raises(BrokenInvariant, match="cannot tell 'costarring' from 'liquid'"):
        engine.check_fence(table("t", (variable("film", "costarring", "liquid"),), rule("r", film="liquid")))


def test_rulesets_are_built_once_and_those_unused_for_longest_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process holds so many rulesets and no more; a table whose rulesets had to go is right when it comes back."""
    first, second, third = (
        table(name, (COLOURS, SIZES), rule(f"{name}_red", colour="red"), rule(f"{name}_small", size="small"))
        for name in ("first", "second", "third")
    )
    red = {"colour": "red", "size": "large"}
    held = engine._engine()
    engine.fire(first, red)
    count, named = held.count, held.named
    for values in combinations(first):
        engine.fire(first, values)
    assert (held.count, held.named) == (count, named)
    monkeypatch.setattr(engine, "MOST_RULESETS", 2)
    for one in (second, first, third):  # the second is the one unused for longest
        assert engine.fire(one, red) == (0,)
    assert held.count == 2 and held.named == named + 2
    engine.fire(first, red)
    assert held.named == named + 2
    assert engine.fire(second, {"colour": "green", "size": "small"}) == (1,)
    assert held.named == named + 3


def test_memory_stays_flat_over_many_tables() -> None:
    """Rulesets that made room are freed: thousands of tables take no more than the last few hundred."""
    code = (
        "from advisor import engine, reference; from tests.test_engine import random_table, sample\n"
        "engine.MOST_RULESETS = 20\n"
        "def once(seed):\n"
        "    made = random_table(seed)\n"
        "    for values in sample(made.reads, seed, 3):\n"
        "        assert engine.fire(made, values) == reference.fire(made, values)\n"
        "def size(): return int(open('/proc/self/statm').read().split()[1]) * 4\n"
        "for seed in range(100): once(seed)\n"
        "before = size()\n"
        "for seed in range(100, 500): once(seed)\n"
        "print(size() - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 20_000, f"{done.stdout} KiB more after 400 tables"


def test_an_evaluation_that_is_broken_off_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the midst of one leaves a session half done; the next evaluation begins with rulesets of its own."""
    broken = table("broken_off", (COLOURS, SIZES), rule("r", colour="red"), rule("s", size="small"))
    engine.fire(broken, {"colour": "green", "size": "large"})
    held = engine._engine()
    whole = type(held).actions

    def interrupted(ruleset: object, fact: dict[str, object]) -> Iterator[int]:
        for number in whole(held, ruleset, fact):
            yield number
            raise KeyboardInterrupt

    monkeypatch.setattr(held, "actions", interrupted)
    with pytest.raises(KeyboardInterrupt):
        engine.fire(broken, {"colour": "red", "size": "small"})
    monkeypatch.undo()
    for values in combinations(broken):
        assert engine.fire(broken, values) == reference.fire(broken, values)


def test_memory_stays_flat_over_many_evaluations() -> None:
    """Each evaluation cleans up its session; one left behind would cost about a megabyte."""
    cases = list(combinations(SIMPLE))
    for values in cases * 20:
        engine.fire(SIMPLE, values)
    before = kibibytes()
    for number in range(5_000):
        engine.fire(SIMPLE, cases[number % len(cases)])
    grown = kibibytes() - before
    assert grown < 20_000, f"{grown} KiB more after 5,000 evaluations"


def kibibytes() -> int:
    """KiB that this process holds now; where the system does not say so, the most that it ever held."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize() // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_a_missing_engine_is_one_sentence_with_the_command_that_mends_it() -> None:
    """Where durable-rules cannot be imported, advice ends with what to run, not with a traceback."""
    code = (
        "import sys; sys.modules['durable'] = None; sys.argv = ['advisor', 'advise', 'examples/acme-portal.yaml'];"
        "from advisor.cli import main; main()"
    )
    environment = {**os.environ, "ADVISOR_NO_CACHE": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 1
    assert "durable-rules cannot be imported here; run: CPPFLAGS=" in done.stderr
    assert "Traceback" not in done.stderr

"""Compiled tables say what the engine says, whatever became of the file, and change no byte of any result."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from advisor import engine, reference
from advisor.advise import advise, compiled, outcomes
from advisor.advise.evaluator import Evaluator
from advisor.advise.outcomes import Dense, combinations, packed, print_of, unpacked
from advisor.advise.session import Session, session_for
from advisor.batch.work import _quickly
from advisor.catalog.load import load_rulebook
from advisor.catalog.person import person_rules
from advisor.cli import compiling
from advisor.documents.advice.as_json import advice_as_dict
from advisor.model.engagement import Engagement
from advisor.model.questions import Asking
from advisor.model.rulebook import Catalog
from advisor.model.rules import Condition, Rule, Source, Table, Variable
from advisor.verify.mutate import with_table
from tests.conftest import REPOSITORY
from tools.engagements import generate_lines

SMALL = Path(__file__).parent / "small"
HERE = Source("test", 1)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and nothing that ships."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(compiled, "shipped", dict)
    return tmp_path / "cache" / "role-advisor"


def kept(rulebook: Asking) -> Path:
    """The rulebook, compiled; and where to."""
    to = compiled.kept_at(rulebook)
    assert to is not None
    compiled.keep(rulebook, to)
    return to


@pytest.mark.parametrize("people", [False, True])
def test_what_is_compiled_is_what_both_evaluators_say(catalog: Catalog, people: bool) -> None:
    """On some combinations of each table; compiling goes through all of them with both."""
    chance = random.Random(5)
    tables = person_rules().tables() if people else catalog.tables()
    known = compiled.known_for(person_rules() if people else catalog)
    for table in tables:
        dense = Dense(table, known[print_of(table)])
        every = list(combinations(table))
        for values in chance.sample(every, min(len(every), 200)):
            assert dense(values) == tuple(table.rules[at] for at in reference.fire(table, values))
        for values in chance.sample(every, min(len(every), 5)):
            assert dense(values) == tuple(table.rules[at] for at in engine.fire(table, values))


def test_results_are_the_same_bytes_with_and_without(catalog: Catalog) -> None:
    """What is fired when it is needed, and what was fired beforehand; 20,000 engagements are a soak of their own."""
    fired = Session(catalog, Evaluator(), session_for(catalog).what_if)
    for name, line in generate_lines(4, 17):
        engagement = _quickly(line.encode(), catalog, name)
        assert engagement is not None
        by_engine, looked_up = (json.dumps(advice_as_dict(advise(catalog, engagement, one))) for one in (fired, None))
        assert by_engine == looked_up


def table_of(distinct: int) -> Table:
    """A table with as many outcomes as values, one rule for each bit of a value's number."""
    values = tuple(f"v{number}" for number in range(distinct))
    rules = tuple(
        Rule(
            f"bit_{bit}",
            "",
            (),
            "",
            (Condition("v", frozenset(v for at, v in enumerate(values) if at >> bit & 1), ""),),
            (),
            HERE,
        )
        for bit in range((distinct - 1).bit_length())
    )
    return Table("wide", "", (Variable("v", values), Variable("w", ("one", "two"))), rules, HERE)


@pytest.mark.parametrize("distinct", [2, 256, 257, 1_000])
def test_a_file_gives_back_what_was_packed(distinct: int) -> None:
    """Also where a table has more outcomes than a byte can tell apart, and beside other tables."""
    tables = [table_of(distinct), table_of(3), Table("nothing", "", (), (), HERE)]
    known = compiled.compiled(tables, fire=reference.fire)
    again = unpacked(packed(known))
    assert again == known
    for table in tables:
        dense = Dense(table, again[print_of(table)])
        for values in combinations(table):
            assert dense(values) == tuple(table.rules[at] for at in reference.fire(table, values))


def test_a_compiled_rulebook_asks_the_engine_no_more(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for advice, nor to compile it again after a rule was changed, but for that rule's table."""
    small = load_rulebook(SMALL)
    assert kept(small).parent == cache
    table = small.topics[0].table
    changed = with_table(small, replace(table, rules=table.rules[1:]))
    asked = []

    def fire(one: Table, values: Mapping[str, str]) -> tuple[int, ...]:
        asked.append(one.id)
        return reference.fire(one, values)

    monkeypatch.setattr(engine, "fire", fire)
    advise(small, Engagement("", "", "", {}, {}, {}))
    assert not asked and not compiled.missing(small)
    assert [one.rules for one in compiled.missing(changed).values()] == [table.rules[1:]]
    kept(replace(changed, digest="changed"))
    assert set(asked) == {table.id} and len(asked) == outcomes.count(table)
    assert not compiled.missing(replace(changed, digest="changed"))


@pytest.mark.parametrize(
    ("bend", "said"),
    [
        (lambda data: data[:-1], "is damaged"),
        (lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:], "is damaged"),
        (lambda data: data[:-1] + b"!", "is damaged"),
        (lambda data: data.replace(b"outcomes-1", b"outcomes-0"), "is of another version"),
        (lambda data: data.replace(engine.MEASURED.encode(), b"durable-rules 9"), "is of another version"),
        (lambda data: b"", "is of another version"),
        (lambda data: bytes(outcomes.LARGEST + 1), "is larger than"),
    ],
)
@pytest.mark.usefixtures("cache")
def test_a_file_that_is_no_good_is_said_and_not_used(bend: Callable[[bytes], bytes], said: str) -> None:
    """Advice is fired as it would be without one, and compiling makes it anew."""
    small = load_rulebook(SMALL)
    to = kept(small)
    good = to.read_bytes()
    to.write_bytes(bend(good))
    with pytest.warns(compiled.Unusable, match=said):
        assert not compiled.known_for(small)
    assert kept(small).read_bytes() == good


def test_no_more_is_kept_than_a_file_holds(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is beyond is fired each time; and of the rulebooks compiled last, a few."""
    small = load_rulebook(SMALL)
    sizes = [outcomes.count(table) for table in small.tables()]
    monkeypatch.setattr(compiled, "LARGEST", max(sizes) * 2)
    held = [outcomes.count(table) for table in compiled.missing(small).values()]
    assert max(sizes) < sum(held) <= max(sizes) * 2 < sum(sizes)
    monkeypatch.setattr(compiled, "LARGEST", outcomes.LARGEST)
    monkeypatch.setattr(compiled, "_MOST_FILES", 2)
    for digest in ("a", "b", "c"):
        kept(replace(small, digest=digest))
    assert {path.stem for path in cache.iterdir()} == {"b", "c"}


def commands(cache: Path, folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """`advisor`, in a process of its own, with this cache folder."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "advisor", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_the_command_says_what_it_did_and_what_is_wrong(tmp_path: Path) -> None:
    """It compiles once; a damaged file is one line on standard error, and the advice is the same."""
    (tmp_path / "a.yaml").write_text("engagement: {id: a, name: A, client: C}\nanswers: {}\n", encoding="utf-8")
    advice = ("advise", "--rulebook", SMALL, "a.yaml")
    cache = tmp_path / "cache"
    without = commands(cache, tmp_path, *advice)
    assert without.returncode == 0 and not without.stderr and not cache.exists()
    first = commands(cache, tmp_path, "rules", "compile", "--rulebook", SMALL)
    assert "compiling 15 tables, 159 combinations" in first.stdout and "wrote" in first.stdout
    (file,) = (cache / "role-advisor").iterdir()
    assert file.stat().st_mode & 0o77 == 0
    assert "compiled already" in commands(cache, tmp_path, "rules", "compile", "--rulebook", SMALL).stdout
    with_file = commands(cache, tmp_path, *advice)
    assert (with_file.stdout, with_file.stderr) == (without.stdout, "")
    file.write_bytes(b"damaged")
    damaged = commands(cache, tmp_path, *advice)
    assert (damaged.returncode, damaged.stdout) == (0, without.stdout)
    assert damaged.stderr.count("\n") == 1 and f"{file}: is of another version" in damaged.stderr


def test_a_large_batch_compiles_first_unless_it_must_not(tmp_path: Path) -> None:
    """The same bytes either way, and from several processes."""
    line = json.dumps({"engagement": {"id": "a", "name": "A", "client": "C"}, "answers": {}})
    (tmp_path / "book.jsonl").write_text(f"{line}\n" * (compiling.MANY + 1), encoding="utf-8")
    (tmp_path / "few.jsonl").write_text(f"{line}\n" * compiling.MANY, encoding="utf-8")
    cache = tmp_path / "cache"
    batch = ("batch", "--rulebook", SMALL)
    few = commands(cache, tmp_path, *batch, "few.jsonl")
    without = commands(cache, tmp_path, *batch, "--no-cache", "book.jsonl", "-o", "without")
    assert few.returncode == without.returncode == 0 and not cache.exists()
    with_it = commands(cache, tmp_path, *batch, "book.jsonl", "-o", "with")
    assert "compiling 15 tables" in with_it.stderr and "compiling" not in few.stderr + without.stderr
    assert (tmp_path / "with" / "results.jsonl").read_bytes() == (tmp_path / "without" / "results.jsonl").read_bytes()
    (file,) = (cache / "role-advisor").iterdir()
    file.write_bytes(b"damaged")
    again = commands(cache, tmp_path, *batch, "few.jsonl", "--jobs", "2")
    assert again.returncode == 0 and "Unusable" not in again.stderr


def test_where_it_cannot_be_kept_a_batch_goes_on(tmp_path: Path) -> None:
    """A cache folder that is a file is said once."""
    line = json.dumps({"engagement": {"id": "a", "name": "A", "client": "C"}, "answers": {}})
    (tmp_path / "book.jsonl").write_text(f"{line}\n" * (compiling.MANY + 1), encoding="utf-8")
    (tmp_path / "cache").write_text("", encoding="utf-8")
    done = commands(tmp_path / "cache", tmp_path, "batch", "--rulebook", SMALL, "book.jsonl")
    assert done.returncode == 0 and "not compiled: " in done.stderr
    refused = commands(tmp_path / "cache", tmp_path, "rules", "compile", "--rulebook", SMALL)
    assert refused.returncode == 1 and "cannot be written" in refused.stderr


def test_a_cache_that_nobody_wants_is_not_written(tmp_path: Path) -> None:
    """The command says why it has nowhere to write to."""
    environment = {**os.environ, compiled.NO_CACHE: "1", "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "advisor", "rules", "compile", "--rulebook", str(SMALL)]
    none = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert none.returncode == 1 and compiled.NO_CACHE in none.stderr

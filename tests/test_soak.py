"""A small sample, always the same, of the soak in benchmarks/: hostile input, stray kills and full disks cost nothing.

`python benchmarks/soak.py` runs it in full. Below it stand the mistakes that it has found.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from advisor.catalog import source
from advisor.catalog.engagements import read_engagements
from advisor.catalog.load import load_rulebook
from advisor.catalog.source import MOST_VALUES
from advisor.errors import InputError
from advisor.model.rulebook import Catalog
from tests.conftest import REPOSITORY

BENCHMARKS = REPOSITORY / "benchmarks"
SEED = 2027
# Not "batch" and "workers": that a run is killed, resumed or loses a worker is in test_batch.py, test_batch_pool.py and
# test_cluster.py.
SAMPLE = {
    "documents": 200,
    "readers": 120,
    "rulebooks": 4,
    "templates": 12,
    "logos": 20,
    "answers": 10,
    "boundary": 10,
    "threads": 60,
    "interview": 2,
    "serve": 1,
    "disk": 1,
}


@pytest.mark.slow
@pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="the soak is not part of the source distribution")
@pytest.mark.parametrize(("part", "count"), SAMPLE.items(), ids=list(SAMPLE))
def test_sample(part: str, count: int) -> None:
    """Nothing in the sample breaks a promise."""
    outcome = importlib.import_module(f"benchmarks.soak_{part}").run(count, SEED, 2)
    assert not outcome.failures, "\n".join(outcome.failures)


class TestFloods:
    """Files within the limit of two megabytes that took up to twenty seconds and most of a gigabyte to refuse."""

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("[" + "a," * (MOST_VALUES + 1) + "]", 1),
            ("{" + "?," * (MOST_VALUES + 1) + "}", 1),
            ("- a\n" * (MOST_VALUES + 1), MOST_VALUES),
            ("answers: {}\n---\n" * 100_000, 133_333),
        ],
        ids=["flow", "keys without values", "lines", "documents"],
    )
    def test_more_values_than_anybody_writes(self, catalog: Catalog, text: str, line: int) -> None:
        """A file of very many values is refused before it is taken apart."""
        with pytest.raises(InputError) as caught:
            list(read_engagements(text.encode(), "e.yaml", catalog))
        assert str(caught.value) == f"e.yaml:{line}: holds more than 200,000 values"

    @pytest.mark.parametrize("between", ["", "---\nanswers:\n"], ids=["one document", "many documents"])
    def test_more_mistakes_than_anybody_reads(self, catalog: Catalog, between: str) -> None:
        """Every mistake is named, but the nearest right word only for the first thousand of a file."""
        text = "answers:\n" + "".join(
            f"{between if number % 100 == 99 else ''} client_contac{number}: weekly\n" for number in range(60_000)
        )
        before = time.process_time()
        refused = list(read_engagements(text.encode(), "e.yaml", catalog))
        assert time.process_time() - before < 10
        problems = [problem for one in refused if isinstance(one, InputError) for problem in one.problems]
        hints = [problem for problem in problems if "did you mean client_contact?" in problem.message]
        assert (len(problems), len(hints)) == (60_000, 1_000)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("*" + "x" * 50_000, f"e.yaml:1: uses an alias (*{'x' * 80}); write the value out"),
        ("!" + "x" * 50_000 + "!y z", "e.yaml:1: is not readable as YAML: found undefined tag handle"),
    ],
    ids=["alias", "tag"],
)
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_long_names_are_not_repeated(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, loader: str, text: str, problem: str
) -> None:
    """A name as long as the file is not repeated in full by the message that refuses it."""
    monkeypatch.setattr(source, "_Loader", getattr(yaml, loader))
    with pytest.raises(InputError) as caught:
        list(read_engagements(text.encode(), "e.yaml", catalog))
    assert str(caught.value).startswith(problem)
    assert len(str(caught.value)) < 300


def test_odd_options_are_listed_as_text(tmp_path: Path) -> None:
    """Where a rulebook's own option is no usable word, a message that lists it stays one line of text."""
    (tmp_path / "rulebook.yaml").write_text("extends: standard\ntitle: Own\nversion: 1\n", encoding="utf-8")
    (tmp_path / "questionnaires").mkdir()
    shipped = (BENCHMARKS.parent / "questionnaires/engagement.yaml").read_text(encoding="utf-8")
    odd = shipped.replace("      daily:", '      "da\\nily\\e[31m":')
    assert odd != shipped
    (tmp_path / "questionnaires/engagement.yaml").write_text(odd, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_rulebook(tmp_path)
    assert any(
        "'daily' is none of at_milestones, monthly, weekly, da?ily?[31m" in one.message for one in caught.value.problems
    )
    assert all(str(problem).isprintable() for problem in caught.value.problems)


def test_every_run_says_the_same() -> None:
    """With much open, models are ordered by weight and then by the rulebook, not by how a run orders sets."""
    command = [sys.executable, "-m", "advisor", "advise", "examples/first-meeting-open.yaml", "--format", "json"]
    said = {
        subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            cwd=REPOSITORY,
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("0", "2", "5")
    }
    assert len(said) == 1

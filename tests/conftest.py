"""What all tests share: the shipped catalog, loaded once, the examples, and a way to run the command line."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from advisor.advise.compiled import keep, kept_at, missing
from advisor.batch import Chunk, pool
from advisor.catalog import folders, load_catalog
from advisor.catalog.person import person_rules
from advisor.catalog.source import Document, compose
from advisor.cli import main
from advisor.errors import AdvisorError, InputError
from advisor.model.rulebook import Catalog

# A run holds dozens of rulebooks, nearly all for good: going through them for garbage again and again only takes time.
gc.set_threshold(100_000, 50, 100)

REPOSITORY = Path(__file__).resolve().parent.parent
EXAMPLES = REPOSITORY / "examples"


@lru_cache(maxsize=200)
def _composed(data: bytes) -> list[Document]:
    return compose(data, "")


def _compose_once(data: bytes, name: str) -> list[Document]:
    """The nodes of a rulebook's file, which is nearly always one that was read before; a wrong one is read by name."""
    try:
        return _composed(data)
    except InputError:
        return compose(data, name)


def pytest_configure(config: pytest.Config) -> None:
    """Compile the shipped rulebook once, before any test, for all processes of this run and of later ones."""
    folders.compose = _compose_once  # type: ignore[attr-defined]
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for what runs in the background
    os.environ.setdefault("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip"))  # where what was built before is found
    os.environ["XDG_CACHE_HOME"] = str(REPOSITORY / ".cache")
    if not hasattr(config, "workerinput"):
        for rulebook in (load_catalog(), person_rules()):
            if (to := kept_at(rulebook)) and missing(rulebook):
                keep(rulebook, to)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The rulebook and questionnaires that ship with the product."""
    return load_catalog()


@pytest.fixture(scope="module")
def in_one_process() -> Iterator[None]:
    """Many engagements are worked out in this process: for tests of what comes of it, which need no worker to start."""

    def evaluated(given: Iterable[Chunk], evaluate: Any, stopped: Any, jobs: int = 1) -> Iterator[Any]:
        for chunk in given:
            results = pool.results_of(chunk, evaluate)
            if isinstance(results, AdvisorError):
                raise results
            yield chunk, [[one] for one in results]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "evaluated", evaluated)
        yield


@dataclass(frozen=True)
class Outcome:
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `advisor` with these arguments in an empty folder, within this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def with_arguments(*arguments: str | Path, stdin: bytes | None = None) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["advisor", *map(str, arguments)])
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Outcome(ended.value.code, said.out, said.err)

    return with_arguments

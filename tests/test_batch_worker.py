"""The worker behind a batch: a file that kills or hangs the rules engine costs that file and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from advisor.batch import Done, Failed, Result
from advisor.batch.work import evaluate_file
from advisor.batch.worker import Evaluate, evaluate_files
from advisor.errors import BrokenInvariant, MissingEngine, Problem
from tests.conftest import EXAMPLES

STOPPED = "stopped the rules engine twice; left out"


# Workers are processes of their own, which find these functions by name; each call leaves a line in `tries`.


def note(path: Path, rulebook: Path | None) -> list[Result]:
    """Succeed on every file."""
    with (path.parent / "tries").open("a", encoding="utf-8") as tries:
        tries.write(f"{path.name} {os.getpid()}\n")
    return [Done(str(path), "{}", path.stem, "paired", "settled")]


def abort(path: Path, rulebook: Path | None) -> list[Result]:
    """Die on the file `bad`, as the engine's C code may."""
    done = note(path, rulebook)
    if path.name == "bad":
        os.abort()
    return done


def abort_once(path: Path, rulebook: Path | None) -> list[Result]:
    """Die on the first file that is ever tried."""
    done = note(path, rulebook)
    if len(tries(path.parent)) == 1:
        os.abort()
    return done


def hang(path: Path, rulebook: Path | None) -> list[Result]:
    """Never come back from the file `bad`."""
    done = note(path, rulebook)
    while path.name == "bad":
        time.sleep(1)
    return done


def contradict(path: Path, rulebook: Path | None) -> list[Result]:
    """Find on the file `bad` that the product contradicts itself."""
    done = note(path, rulebook)
    if path.name == "bad":
        raise BrokenInvariant("engine and reference differ")
    return done


def stumble(path: Path, rulebook: Path | None) -> list[Result]:
    """Make a mistake that nobody foresaw."""
    return [note(path, rulebook)[len(path.name)]]


def without_engine(path: Path, rulebook: Path | None) -> list[Result]:
    """Miss the rules engine."""
    raise MissingEngine("durable-rules cannot be imported here")


def tries(folder: Path) -> list[tuple[str, str]]:
    """The files that were tried, in order, each with the process that tried it."""
    lines = (folder / "tries").read_text(encoding="utf-8").splitlines()
    return [(name, process) for name, process in (line.split() for line in lines)]


def run(folder: Path, evaluate: Evaluate, patience: float = 60) -> list[Result]:
    return list(evaluate_files([folder / name for name in ("first", "bad", "last")], evaluate, patience=patience))


def good(folder: Path, name: str) -> Done:
    return Done(str(folder / name), "{}", name, "paired", "settled")


def test_results_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    """One worker does all files, and its results come in the order in which they were asked for."""
    assert run(tmp_path, note) == [good(tmp_path, name) for name in ("first", "bad", "last")]
    assert [name for name, _ in tries(tmp_path)] == ["first", "bad", "last"]
    assert len({process for _, process in tries(tmp_path)}) == 1
    assert str(os.getpid()) not in {process for _, process in tries(tmp_path)}


@pytest.mark.parametrize(("evaluate", "patience"), [(abort, 60), (hang, 4)], ids=["dies", "hangs"])
def test_a_file_that_stops_the_worker(tmp_path: Path, evaluate: Evaluate, patience: float) -> None:
    """A file on which the worker dies or hangs is tried once more and then reported; the others are done."""
    bad = str(tmp_path / "bad")
    assert run(tmp_path, evaluate, patience) == [
        good(tmp_path, "first"),
        Failed(bad, (Problem(bad, 0, "", STOPPED),)),
        good(tmp_path, "last"),
    ]
    assert [name for name, _ in tries(tmp_path)] == ["first", "bad", "bad", "last"]
    assert len({process for _, process in tries(tmp_path)}) == 3


def test_a_worker_that_stops_by_chance(tmp_path: Path) -> None:
    """A file that does well when it is tried again is not reported."""
    assert run(tmp_path, abort_once) == [good(tmp_path, name) for name in ("first", "bad", "last")]
    assert [name for name, _ in tries(tmp_path)] == ["first", "first", "bad", "last"]


def test_a_product_that_contradicts_itself(tmp_path: Path) -> None:
    """A contradiction ends the run, with the file that showed it: no result after it could be trusted."""
    with pytest.raises(BrokenInvariant) as caught:
        run(tmp_path, contradict)
    assert str(caught.value) == f"{tmp_path / 'bad'}: engine and reference differ"
    assert [name for name, _ in tries(tmp_path)] == ["first", "bad"]


def test_a_mistake_that_nobody_foresaw(tmp_path: Path) -> None:
    """Any other error is internal too, and names the file and the line of code."""
    with pytest.raises(BrokenInvariant) as caught:
        run(tmp_path, stumble)
    assert str(caught.value).startswith(f"{tmp_path / 'first'}: Traceback")
    assert "in stumble" in str(caught.value)
    assert str(caught.value).endswith("IndexError: list index out of range")


def test_without_a_rules_engine(tmp_path: Path) -> None:
    """A missing rules engine is reported as what it is, not as a fault of the product or of the file."""
    with pytest.raises(MissingEngine) as caught:
        run(tmp_path, without_engine)
    assert str(caught.value) == "durable-rules cannot be imported here"


def test_nothing_to_do(tmp_path: Path) -> None:
    """Without files there are no results, and no worker."""
    assert list(evaluate_files([], note)) == []


class TestOneFile:
    def test_a_good_file(self) -> None:
        """A file with one engagement gives one result, with the advice as a line of JSON."""
        (done,) = evaluate_file(EXAMPLES / "acme-portal.yaml")
        assert isinstance(done, Done)
        assert (done.engagement, done.status) == ("acme-portal", "settled")
        assert done.line.startswith('{"schema": "advisor/advice-1"')
        assert "\n" not in done.line

    def test_several_documents(self, tmp_path: Path) -> None:
        """Each document of a file has its own result, and a mistake in one does not spoil the others."""
        file = tmp_path / "many.yaml"
        file.write_text("answers: {}\n---\nanswers: {risk: hihg}\n---\nanswers: {risk: high}\n", encoding="utf-8")
        first, bad, last = evaluate_file(file)
        assert isinstance(first, Done)
        assert isinstance(last, Done)
        assert isinstance(bad, Failed)
        assert [str(one) for one in bad.problems] == [
            f"{file}:3: answers.risk: 'hihg' is none of low, medium, high (did you mean high?)"
        ]

    @pytest.mark.parametrize(
        ("text", "problem"),
        [("", ":1: is empty; 'advisor new' writes one to fill in"), (None, ": no such file")],
        ids=["empty", "missing"],
    )
    def test_no_engagement(self, tmp_path: Path, text: str | None, problem: str) -> None:
        """A file without an engagement is a failure with its reason, never silence."""
        file = tmp_path / "none.yaml"
        if text is not None:
            file.write_text(text, encoding="utf-8")
        (failed,) = evaluate_file(file)
        assert isinstance(failed, Failed)
        assert [str(one) for one in failed.problems] == [f"{file}{problem}"]

    def test_a_contradiction_is_not_a_mistake_of_the_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A contradiction of the product is passed on; it is no reason to call the file bad."""

        def broken(*_: object) -> None:
            raise BrokenInvariant("broken")

        monkeypatch.setattr("advisor.batch.work.advise", broken)
        with pytest.raises(BrokenInvariant):
            evaluate_file(EXAMPLES / "acme-portal.yaml")

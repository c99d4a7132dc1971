"""The processes behind a batch: what kills or hangs the rules engine costs that file or line and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from advisor.batch import Evaluate, Item
from advisor.batch.pool import chunks, evaluated
from advisor.errors import BrokenInvariant, MissingEngine, Problem

STOPPED = "stopped the rules engine twice; left out"


# Workers are processes of their own, which find these functions by name; each call leaves a line in `tries`.


def note(item: Item) -> str:
    """Succeed on every item."""
    path = Path(item.source)
    with (path.parent / "tries").open("a", encoding="utf-8") as tries:
        tries.write(f"{path.name} {os.getpid()}\n")
    return f"{path.name} {item.data.decode()}".strip()


def abort(item: Item) -> str:
    """Die on the file `bad`, as the engine's C code may, and on the line `bad`."""
    done = note(item)
    if Path(item.source).name == "bad" or b"bad" in item.data:
        os.abort()
    return done


def abort_once(item: Item) -> str:
    """Die on the first file that is ever tried."""
    done = note(item)
    if len(tries(Path(item.source).parent)) == 1:
        os.abort()
    return done


def hang(item: Item) -> str:
    """Never come back from the file `bad`."""
    done = note(item)
    while Path(item.source).name == "bad":
        time.sleep(1)
    return done


def slow(item: Item) -> str:
    """Take longer over the file `first` than over the others."""
    time.sleep(1.0 if Path(item.source).name == "first" else 0.0)
    return note(item)


def steady(item: Item) -> str:
    """Take half of the patience of its test over each file."""
    time.sleep(1.6)
    return note(item)


def steady_then_abort(item: Item) -> str:
    """Take longer over the first file than a worker is silent, and die on the second."""
    return abort(item) if Path(item.source).name != "first" else steady(item)


def contradict(item: Item) -> str:
    """Find on the file `bad` that the product contradicts itself."""
    done = note(item)
    if Path(item.source).name == "bad":
        raise BrokenInvariant("engine and reference differ")
    return done


def stumble(item: Item) -> str:
    """Make a mistake that nobody foresaw."""
    return note(item)[1000]


def without_engine(item: Item) -> str:
    """Miss the rules engine."""
    raise MissingEngine("durable-rules cannot be imported here")


def stopped(item: Item, problem: Problem) -> str:
    return str(problem)


def tries(folder: Path) -> list[tuple[str, str]]:
    """The files that were tried, in order, each with the process that tried it."""
    lines = (folder / "tries").read_text(encoding="utf-8").splitlines()
    return [(name, process) for name, process in (line.split() for line in lines)]


def run(
    folder: Path, evaluate: Evaluate[str], patience: float = 60, jobs: int = 1, together: bool = True
) -> list[list[str]]:
    """The results of the files first, bad and last, given to a worker together or one by one."""
    items = [Item(str(folder / name), name, b"") for name in ("first", "bad", "last")]
    given = chunks(items) if together else [(item,) for item in items]
    return [one for _, found in evaluated(given, evaluate, stopped, jobs, patience) for one in found]


def test_results_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    """One worker does all files, and its results come in the order in which they were asked for."""
    assert run(tmp_path, note) == [["first"], ["bad"], ["last"]]
    assert [name for name, _ in tries(tmp_path)] == ["first", "bad", "last"]
    assert len({process for _, process in tries(tmp_path)}) == 1
    assert str(os.getpid()) not in {process for _, process in tries(tmp_path)}


def test_several_workers(tmp_path: Path) -> None:
    """Results of several workers come in the order of the files too, whoever is done first."""
    assert run(tmp_path, slow, jobs=3, together=False) == [["first"], ["bad"], ["last"]]
    assert [name for name, _ in tries(tmp_path)][-1] == "first"
    assert len({process for _, process in tries(tmp_path)}) == 3


@pytest.mark.parametrize("together", [True, False], ids=["together", "one by one"])
@pytest.mark.parametrize(("evaluate", "patience"), [(abort, 60), (hang, 4)], ids=["dies", "hangs"])
def test_a_file_that_stops_the_worker(tmp_path: Path, evaluate: Evaluate[str], patience: float, together: bool) -> None:
    """A file on which the worker dies or hangs is tried once more alone and then reported; the others are done."""
    bad = tmp_path / "bad"
    assert run(tmp_path, evaluate, patience, together=together) == [["first"], [f"{bad}: {STOPPED}"], ["last"]]
    assert [name for name, _ in tries(tmp_path)].count("bad") == 2


def test_a_chunk_that_takes_long(tmp_path: Path) -> None:
    """A worker that goes on is let go on, however long all that it was given takes: nothing is tried twice."""
    assert run(tmp_path, steady, patience=3.2) == [["first"], ["bad"], ["last"]]
    assert [name for name, _ in tries(tmp_path)] == ["first", "bad", "last"]


def test_a_chunk_that_is_half_done(tmp_path: Path) -> None:
    """What a worker has told before it dies is not done again."""
    assert run(tmp_path, steady_then_abort)[0] == ["first"]
    assert [name for name, _ in tries(tmp_path)] == ["first", "bad", "bad", "last"]


def test_a_line_that_stops_the_worker(tmp_path: Path) -> None:
    """Of the lines of a file, the one that kills a worker is left out, with its number; the others are done."""
    item = Item(str(tmp_path / "lines"), "lines", b"one\ntwo\nbad\nfour", (1, 2, 4, 5))
    ((_, (found,)),) = evaluated([(item,)], abort, stopped)
    assert found == ["lines one", "lines two", f"{tmp_path / 'lines'}:4: {STOPPED}", "lines four"]


def test_a_worker_that_stops_by_chance(tmp_path: Path) -> None:
    """A file that does well when it is tried again is not reported."""
    assert run(tmp_path, abort_once) == [["first"], ["bad"], ["last"]]


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
    assert str(caught.value).endswith("IndexError: string index out of range")


def test_without_a_rules_engine(tmp_path: Path) -> None:
    """A missing rules engine is reported as what it is, not as a fault of the product or of the file."""
    with pytest.raises(MissingEngine) as caught:
        run(tmp_path, without_engine)
    assert str(caught.value) == "durable-rules cannot be imported here"


def test_nothing_to_do() -> None:
    """Without files there are no results, and no worker."""
    assert list(evaluated([], note, stopped)) == []

"""Processes of their own for the rules engine: an item that kills or hangs one is reported, and the rest go on."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import threading
import time
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from advisor.advise.compiled import Unusable
from advisor.batch import Chunk, Evaluate, Item
from advisor.errors import (
    AdvisorError,
    BrokenInvariant,
    EngineRefusal,
    MissingEngine,
    MissingExtra,
    OutputError,
    Problem,
)

PATIENCE = 60.0  # seconds for an item; most take a thousandth of one, the first of another rulebook two or three
MOST_ITEMS, MOST_BYTES = 32, 100_000  # of a chunk
_AHEAD = 3  # chunks for each worker that are read before they are needed
_SILENT = 1.0  # seconds after which a worker sends what it has done so far, for all to see that it goes on

Result = TypeVar("Result")
Stopped = Callable[[Item, Problem], Result]  # makes the result of an item that no worker survives


def chunks(items: Iterable[Item | None]) -> Iterator[Chunk]:
    """Items in their order, as many together as make a message worth sending; None sends what is there, if any."""
    chunk: list[Item] = []
    size = 0
    for item in items:
        if item is None:
            yield tuple(chunk)
            chunk, size = [], 0
            continue
        chunk.append(item)
        size += len(item.data)
        if len(chunk) >= MOST_ITEMS or size >= MOST_BYTES:
            yield tuple(chunk)
            chunk, size = [], 0
    if chunk:
        yield tuple(chunk)


def evaluated(
    given: Iterable[Chunk],
    evaluate: Evaluate[Result],
    stopped: Stopped[Result],
    jobs: int = 1,
    patience: float = PATIENCE,
) -> Iterator[tuple[Chunk, list[list[Result]]]]:
    """Yield each chunk, in order, with the results of each of its items: one, or several where lines were taken apart.

    When a worker dies on a chunk, or takes longer than `patience` seconds over an item, what it has not done of the
    chunk is tried once more, each item alone, and lines one by one; what stops a worker again gets the result that
    `stopped` makes. Workers are started as they are needed, `jobs` at the most. Raises BrokenInvariant when a worker
    reports that the product contradicts itself, MissingEngine when it has no rules engine to ask, MissingExtra when it
    lacks what writes a document, and OutputError when none can be started.
    """
    waiting: deque[_Task[Result]] = deque()
    workers: list[_Worker[Result]] = []
    coming = iter(given)
    try:
        while True:
            _hand_out(waiting, workers, evaluate, jobs)
            while waiting and waiting[0].done:
                first = waiting.popleft()
                yield first.chunk, first.results
            chunk = next(coming, None) if len(waiting) < _AHEAD * jobs else None
            if chunk is not None:
                waiting.append(_Task(chunk, taken=not chunk))
            elif waiting:
                _collect(workers, stopped, patience)
            else:
                return
    finally:
        for worker in workers:
            worker.close()


@dataclass(slots=True)
class _Task(Generic[Result]):
    """A chunk, whether somebody has it, and the results that are there: of its first items, in the end of all."""

    chunk: Chunk
    taken: bool = False
    results: list[list[Result]] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return len(self.results) == len(self.chunk)


def _hand_out(
    waiting: Iterable[_Task[Result]], workers: list[_Worker[Result]], evaluate: Evaluate[Result], jobs: int
) -> None:
    for task in waiting:
        if task.taken:
            continue
        idle = next((worker for worker in workers if worker.task is None), None)
        if idle is None:
            if len(workers) >= jobs:
                return
            idle = _Worker(evaluate)
            workers.append(idle)
        task.taken = True
        idle.give(task)


def _collect(workers: list[_Worker[Result]], stopped: Stopped[Result], patience: float) -> None:
    """Wait for one worker at least, and take what is there."""
    busy = {worker.pipe: worker for worker in workers if worker.task is not None and worker.pipe is not None}
    ready = wait(list(busy), patience) or list(busy)  # none within the patience: all of them hang
    for pipe in ready:
        worker = busy[pipe]  # type: ignore[index]
        if worker.begins():
            continue
        task = worker.task
        assert task is not None
        found = worker.results(0)
        if found is None:
            task.results += [worker.alone(item, stopped, patience) for item in task.chunk[len(task.results) :]]
        else:
            task.results += [[one] for one in found]
        if task.done:
            worker.task = None


class _Worker(Generic[Result]):
    """One spawned process and the pipe to it."""

    def __init__(self, evaluate: Evaluate[Result]) -> None:
        self._evaluate = evaluate
        self._process: multiprocessing.process.BaseProcess | None = None
        self.pipe: Connection | None = None
        self.task: _Task[Result] | None = None
        self._begun = False
        self._start()

    def give(self, task: _Task[Result]) -> None:
        self.task = task
        self._send(task.chunk)

    def begins(self, patience: float = 0) -> bool:
        """Whether the worker has begun just now, and still has to work; OutputError when it could not begin."""
        assert self.pipe is not None and self._process is not None
        if self._begun:
            return False
        with contextlib.suppress(EOFError, OSError):
            if self.pipe.poll(patience):
                self.pipe.recv()
                self._begun = True
                return True
        self._process.join(1)
        code = self._process.exitcode
        ended = "it says nothing" if code is None else f"it ended with {code}"
        raise OutputError(f"a process to work in cannot be started here: {ended}; what was done is kept for --resume")

    def results(self, patience: float) -> list[Result] | None:
        """Results of the next items that were sent, as far as it is; None when the worker died or hung."""
        assert self.pipe is not None
        try:
            if not self.pipe.poll(patience):
                return None
            answer = self.pipe.recv()
        except (EOFError, OSError):
            return None
        if isinstance(answer, AdvisorError):
            raise answer
        results: list[Result] = answer
        return results

    def alone(self, item: Item, stopped: Stopped[Result], patience: float) -> list[Result]:
        """Results of one item in a fresh process, or of each of its lines if need be."""
        self._restart()
        self._send((item,))
        self.begins(patience)
        found = self.results(patience)
        if found is not None:
            return found
        if len(item.lines) > 1:
            return [one for line in item.apart() for one in self.alone(line, stopped, patience)]
        self._restart()
        line = item.lines[0] if item.lines else 0
        return [stopped(item, Problem(item.source, line, "", "stopped the rules engine twice; left out"))]

    def _send(self, chunk: Chunk) -> None:
        assert self.pipe is not None
        with contextlib.suppress(OSError):  # a worker that is gone is noticed when its results are waited for
            self.pipe.send(chunk)

    def _restart(self) -> None:
        self.close()
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._evaluate), daemon=True)
        self._begun = False
        try:
            with _without_interrupts():
                self._process.start()
        except OSError as error:
            self._process = None
            raise OutputError(f"a process to work in cannot be started here: {error.strerror or error}") from None
        theirs.close()

    def close(self) -> None:
        if self.pipe is not None:
            self.pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self.pipe = self._process = None


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let a process started inside ignore Ctrl-C: whoever started it ends it, and it has nothing to say."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(pipe: Connection, evaluate: Evaluate[Result]) -> None:
    """Answer each chunk with its results, or with an error that ends the run, until the pipe closes."""
    # What advices share is kept and never freed: to look through it for garbage every moment is time lost.
    gc.set_threshold(100_000, 20, 50)
    warnings.simplefilter("ignore", Unusable)  # said by whoever started this process
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        pipe.send(None)  # whoever waits can tell a worker that its work kills from one that cannot even begin
        while True:
            for part in _parts_of(pipe.recv(), evaluate):
                pipe.send(part)


def _parts_of(chunk: Chunk, evaluate: Evaluate[Result]) -> Iterator[list[Result] | AdvisorError]:
    """The results of the chunk: at once where they come quickly, else again and again what there is."""
    results: list[Result] = []
    begun = time.monotonic()
    for item in chunk:
        found = results_of((item,), evaluate)
        if isinstance(found, AdvisorError):
            yield found
            return
        results += found
        if time.monotonic() - begun > _SILENT:
            yield results
            results, begun = [], time.monotonic()
    if results:
        yield results


def results_of(chunk: Chunk, evaluate: Evaluate[Result]) -> list[Result] | AdvisorError:
    """The result of each item, or the error that ends the run, naming the source that brought it."""
    results: list[Result] = []
    for item in chunk:
        try:
            results.append(evaluate(item))
        except (EngineRefusal, MissingEngine, MissingExtra) as error:
            return error
        except AdvisorError as error:
            return BrokenInvariant(f"{item.source}: {error}")
        except Exception:  # an unforeseen one ends the run too, but with the name of the file that brought it
            return BrokenInvariant(f"{item.source}: {traceback.format_exc(limit=-2).strip()}")
    return results

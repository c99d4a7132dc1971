"""A process of its own for the rules engine: a file that kills or hangs it is reported, and the rest go on."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from advisor.batch import Failed, Result
from advisor.errors import AdvisorError, BrokenInvariant, MissingEngine, Problem

PATIENCE = 60.0  # seconds for one file; advice takes milliseconds

Evaluate = Callable[[Path, Path | None], list[Result]]


def evaluate_files(
    paths: Iterable[Path], evaluate: Evaluate, rulebook: Path | None = None, patience: float = PATIENCE
) -> Iterator[Result]:
    """Yield the results of each file, in order; `evaluate` is given each path and the rulebook's folder, if any.

    A file on which the worker dies, or takes longer than `patience` seconds, is tried once more in a fresh worker
    and then reported as failed. Raises BrokenInvariant when a worker reports that the product contradicts itself, and
    MissingEngine when it has no rules engine to ask.
    """
    worker = _Worker(evaluate, rulebook)
    try:
        for path in paths:
            results = worker.results(path, patience)
            if results is None:
                worker.close()
                worker = _Worker(evaluate, rulebook)
                results = worker.results(path, patience)
            if results is None:
                worker.close()
                worker = _Worker(evaluate, rulebook)
                results = [Failed(str(path), (Problem(str(path), 0, "", "stopped the rules engine twice; left out"),))]
            yield from results
    finally:
        worker.close()


class _Worker:
    """One spawned process and the pipe to it; started with the first file."""

    def __init__(self, evaluate: Evaluate, rulebook: Path | None) -> None:
        self._evaluate = evaluate
        self._rulebook = rulebook
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def results(self, path: Path, patience: float) -> list[Result] | None:
        """Results for the file, or None when the worker died or hung."""
        if self._pipe is None:
            self._start()
        assert self._pipe is not None
        try:
            self._pipe.send(path)
            if not self._pipe.poll(patience):
                return None
            answer = self._pipe.recv()
        except (EOFError, OSError):
            return None
        if isinstance(answer, AdvisorError):
            raise answer
        results: list[Result] = answer
        return results

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._evaluate, self._rulebook), daemon=True)
        with _without_interrupts():
            self._process.start()
        theirs.close()

    def close(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._pipe = self._process = None


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


def _serve(pipe: Connection, evaluate: Evaluate, rulebook: Path | None) -> None:
    """Answer each path with its results, or with an error that ends the run, until the pipe closes."""
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            path = pipe.recv()
            try:
                pipe.send(evaluate(path, rulebook))
            except MissingEngine as error:
                pipe.send(error)
            except AdvisorError as error:
                pipe.send(BrokenInvariant(f"{path}: {error}"))
            except Exception:  # an unforeseen one ends the run too, but with the name of the file that brought it
                pipe.send(BrokenInvariant(f"{path}: {traceback.format_exc(limit=-2).strip()}"))

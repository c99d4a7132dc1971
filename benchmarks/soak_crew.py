"""Worker processes for the soak: every case is numbered, so that a crash or a hang names the case that caused it."""

from __future__ import annotations

import multiprocessing
import os
import re
import resource
import signal
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

FAILURES = Path(__file__).resolve().parent / "failures"

Try = Callable[[int], Mapping[str, float]]
Make = Callable[[int], Try]


class Wrong(Exception):
    """A promise of the product does not hold for the case that is being tried."""


@dataclass(slots=True)
class Tally:
    """What came of the cases tried so far; `memory` is MiB per worker, chunk by chunk, `peak` the most of any."""

    counts: dict[str, float] = field(default_factory=dict)
    failures: list[tuple[int, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, 0)
    memory: dict[int, list[float]] = field(default_factory=dict)
    peak: float = 0.0
    seconds: float = 0.0

    def count(self, counts: Mapping[str, float]) -> None:
        for name, number in counts.items():
            self.counts[name] = self.counts.get(name, 0) + number

    def add(self, other: Tally) -> None:
        self.count(other.counts)
        self.failures.extend(other.failures)
        self.slowest = max(self.slowest, other.slowest)
        self.peak = max(self.peak, other.peak)
        for worker, readings in other.memory.items():
            self.memory.setdefault(worker, []).extend(readings)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One part of the soak in one line, and what failed in it."""

    part: str
    line: str
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """How cases are worked off: in chunks by so many processes; a case may take `slow` seconds of a processor.

    After `patience` seconds by the clock its process is killed. With `fresh`, each chunk gets a process of its own.
    """

    processes: int = 2
    chunk: int = 100
    slow: float = 5.0
    patience: float = 60.0
    fresh: bool = False


def work_off(make: Make, count: int, seed: int, terms: Terms) -> Tally:
    """Try the cases 0 to `count` with what `make` returns for the seed, which is called once in each process."""
    total, started = Tally(), time.monotonic()
    chunks = deque(range(start, min(start + terms.chunk, count)) for start in range(0, count, terms.chunk))
    hands: list[_Hand] = []
    try:
        while chunks or hands:
            while chunks and len(hands) < terms.processes:
                hands.append(_Hand(make, seed, terms))
            idle = [hand for hand in hands if hand.chunk is None]
            for hand in idle:
                if chunks:
                    hand.give(chunks.popleft())
                else:
                    hands.remove(hand)
                    hand.close()
            wait([hand.pipe for hand in hands], timeout=1.0)
            for hand in list(hands):
                done, rest = hand.look()
                total.add(done)
                chunks.extendleft(reversed(rest))
                if not hand.alive:
                    hands.remove(hand)
    finally:
        for hand in hands:
            hand.close()
    total.failures.sort()
    total.seconds = time.monotonic() - started
    return total


class _Hand:
    """One process and the chunk it works on."""

    _last = 0

    def __init__(self, make: Make, seed: int, terms: Terms) -> None:
        context = multiprocessing.get_context("spawn")
        self.terms = terms
        self.chunk: range | None = None
        self.alive = True
        self.pipe, theirs = context.Pipe()
        # [the case being tried, when it was begun (0: none is)]: survives the process, so that it can be named
        self._at = context.RawArray("d", [-1.0, 0.0])
        _Hand._last += 1
        self._process = context.Process(target=_serve, args=(theirs, self._at, make, seed, terms.slow, _Hand._last))
        self._process.start()
        theirs.close()

    def give(self, chunk: range) -> None:
        self.chunk = chunk
        self.pipe.send(chunk)

    def look(self) -> tuple[Tally, list[range]]:
        """What is done by now, and which cases somebody else has to try because this process is no more."""
        tried, begun = int(self._at[0]), self._at[1]
        if self.pipe.poll():
            try:
                done: Tally = self.pipe.recv()
            except (EOFError, OSError):
                return self._died()
            self.chunk = None
            if self.terms.fresh:
                self.close()
            return done, []
        if begun and time.monotonic() - begun > self.terms.patience:
            self._process.kill()
            return self._died(f"case {tried} was not done after {self.terms.patience:.0f} s; its process was killed")
        return Tally(), []

    def _died(self, reason: str = "") -> tuple[Tally, list[range]]:
        self._process.join()
        code = self._process.exitcode or 0
        tried, chunk = int(self._at[0]), self.chunk
        self.close()
        if tried < 0 or chunk is None:
            raise RuntimeError(f"a worker of the soak ended by itself, exit code {code}")
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        done = Tally(failures=[(tried, reason or f"took the process down: {how}")])
        # what the chunk had done before is lost with the process, and done again
        return done, [one for one in (range(chunk.start, tried), range(tried + 1, chunk.stop)) if one]

    def close(self) -> None:
        self.alive = False
        self.pipe.close()
        if self._process.is_alive():
            self._process.join(5)
            self._process.kill()
        self._process.join()
        self._process.close()


def _serve(pipe: Connection, at: Any, make: Make, seed: int, slow: float, name: int) -> None:
    try_one = make(seed)
    while True:
        try:
            chunk: range = pipe.recv()
        except EOFError:
            return
        tally = Tally()
        for number in chunk:
            at[0], at[1] = number, time.monotonic()
            before = time.process_time()
            try:
                tally.count(try_one(number))
            except Exception as error:
                tally.failures.append((number, f"{type(error).__name__}: {error}"[:2_000]))
            taken = time.process_time() - before
            tally.slowest = max(tally.slowest, (taken, number))
            if taken > slow:
                tally.failures.append((number, f"took {taken:.1f} s of a processor"))
        at[1] = 0.0  # none is being tried
        tally.memory[name] = [memory()]
        tally.peak = peak()
        try:
            pipe.send(tally)
        except OSError:  # whoever asked is gone
            return


def memory() -> float:
    """MiB that this process holds now (at most so far, where the system does not say)."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak() -> float:
    """MiB that this process ever held, without what its parent held when it was started, which ru_maxrss counts."""
    status = Path("/proc/self/status")
    if status.exists() and (most := re.search(r"VmHWM:\s+(\d+)", status.read_text())):
        return int(most[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def keep(part: str, seed: int, number: int, data: bytes, suffix: str = ".yaml") -> Path:
    """Save what a failing case read, for a look; returns where."""
    FAILURES.mkdir(exist_ok=True)
    file = FAILURES / f"{part}-{seed}-{number}{suffix}"
    file.write_bytes(data)
    return file

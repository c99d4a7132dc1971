"""The same work on other machines: chunks go to the workers of a Dask scheduler that is there already."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

import advisor
from advisor.batch import Chunk, Evaluate, Item
from advisor.batch.pool import Stopped, results_of
from advisor.errors import AdvisorError, MissingExtra, OutputError, Problem

_AHEAD = 3  # chunks for each thread of the cluster
_WAIT = 30  # seconds for the scheduler to answer
_ONE = threading.Lock()  # more threads of a worker would only wait for each other's turn with the rules engine

_GONE = "the Dask scheduler or its workers give no answer"

Result = TypeVar("Result")
Said = TypeVar("Said")


def evaluated_on(
    address: str, given: Iterable[Chunk], evaluate: Evaluate[Result], stopped: Stopped[Result]
) -> Iterator[tuple[Chunk, list[list[Result]]]]:
    """Yield each chunk, in order, with the results of its items, from the workers of the scheduler at `address`.

    A worker that dies is the cluster's to replace; a chunk that kills one after the other is tried again item by item,
    then line by line, and what still does so gets the result that `stopped` makes. Raises OutputError when no scheduler
    answers or it is gone later, or a worker has another version of the product, MissingExtra without the package, and
    whatever ends a run on one machine.
    """
    try:
        from distributed import Client
    except ImportError:
        raise MissingExtra("Work on a cluster", "distributed", "cluster") from None
    with _Cluster(address, partial(Client, address, timeout=_WAIT, set_as_default=False)) as cluster:
        cluster.check()
        most = _AHEAD * max(1, cluster.ask(lambda client: sum(client.nthreads().values())))
        waiting: deque[tuple[Chunk, Any]] = deque()
        coming = iter(given)
        while True:
            chunk = next(coming, None) if len(waiting) < most else None
            if chunk is not None:
                waiting.append((chunk, cluster.submit(chunk, evaluate) if chunk else None))
            elif not waiting:
                return
            while waiting and (len(waiting) >= most or chunk is None or _ready(waiting[0][1])):
                first, future = waiting.popleft()
                found = cluster.result(future) if future is not None else []
                if found is None:
                    yield first, [cluster.alone(item, evaluate, stopped) for item in first]
                else:
                    yield first, [[one] for one in found]
                if chunk is None and waiting:
                    break


def _ready(future: Any) -> bool:
    return future is None or bool(future.done())


class _Cluster:
    """A scheduler and its workers; whatever goes wrong in speaking with them is an OutputError with the address."""

    def __init__(self, address: str, connect: Callable[[], Any]) -> None:
        self._address = address
        self._client = _within(_WAIT + 5, connect, f"{address}: no Dask scheduler answers there")

    def __enter__(self) -> _Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OutputError):
            self.ask(lambda client: client.close(timeout=2))

    def ask(self, call: Callable[[Any], Said]) -> Said:
        """What a call of the client gives, which must not take longer than the scheduler has to answer."""
        return _within(_WAIT + 5, lambda: call(self._client), f"{self._address}: {_GONE}")

    def check(self) -> None:
        """Raise OutputError unless each worker has this version of the product, and there is one."""
        try:
            self._client.wait_for_workers(1, timeout=_WAIT)
        except TimeoutError:
            raise OutputError(f"{self._address}: the scheduler has no workers") from None
        for worker, version in self.ask(lambda client: client.run(_version)).items():
            if version != advisor.__version__:
                has = f"version {version}" if version else "nothing"
                raise OutputError(f"{worker}: has {has} of role-advisor installed; this is {advisor.__version__}")

    def submit(self, chunk: Chunk, evaluate: Evaluate[Any]) -> Any:
        return self.ask(lambda client: client.submit(_evaluate, chunk, evaluate, pure=False))

    def result(self, future: Any) -> Any:
        """The results, or None when workers died of the chunk; raises what ends the run."""
        from distributed import KilledWorker

        deserted = False
        while True:
            try:
                found = future.result(timeout=_WAIT)
            except KilledWorker:
                return None
            except TimeoutError:  # slow work, or nobody there?
                there = self.ask(lambda client: client.sync(client.scheduler.identity))["workers"]
                if deserted and not there:
                    raise OutputError(f"{self._address}: the scheduler has no workers any more") from None
                deserted = not there
            except (Exception, asyncio.CancelledError) as error:
                raise OutputError(f"{self._address}: {_GONE} ({_reason(error)})") from None
            else:
                if isinstance(found, AdvisorError):
                    raise found
                return found

    def alone(self, item: Item, evaluate: Evaluate[Result], stopped: Stopped[Result]) -> list[Result]:
        found = self.result(self.submit((item,), evaluate))
        if found is not None:
            results: list[Result] = found
            return results
        if len(item.lines) > 1:
            return [one for line in item.apart() for one in self.alone(line, evaluate, stopped)]
        line = item.lines[0] if item.lines else 0
        return [stopped(item, Problem(item.source, line, "", "stopped the rules engine again and again; left out"))]


def _within(seconds: float, call: Callable[[], Said], wrong: str) -> Said:
    """What the call gives; OutputError, which begins as told, when it fails or takes longer."""
    said: list[Said] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            said.append(call())
        except BaseException as error:  # asyncio's cancellation is no Exception
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if said:
        return said[0]
    raise OutputError(f"{wrong} ({_reason(failed[0]) if failed else 'it says nothing'})")


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__


def _version() -> str:
    import advisor as theirs

    return theirs.__version__


def _evaluate(chunk: Chunk, evaluate: Evaluate[Result]) -> list[Result] | AdvisorError:
    """What a worker of the cluster runs."""
    with _ONE:
        return results_of(chunk, evaluate)

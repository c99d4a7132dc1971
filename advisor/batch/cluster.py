"""The same work on other machines: chunks go to the workers of a Dask scheduler that is there already."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import advisor
from advisor.batch import Chunk, Evaluate, Item
from advisor.batch.pool import Stopped, results_of
from advisor.errors import AdvisorError, MissingExtra, OutputError, Problem

_AHEAD = 3  # chunks for each thread of the cluster
_WAIT = 30  # seconds for the scheduler to answer
_ENGINE = threading.Lock()  # the rules engine takes one question at a time; a worker may have several threads

Result = TypeVar("Result")


def evaluated_on(
    address: str, given: Iterable[Chunk], evaluate: Evaluate[Result], stopped: Stopped[Result]
) -> Iterator[tuple[Chunk, list[list[Result]]]]:
    """Yield each chunk, in order, with the results of its items, from the workers of the scheduler at `address`.

    A worker that dies is the cluster's to replace; a chunk that kills one after the other is tried again item by item,
    then line by line, and what still does so gets the result that `stopped` makes. Raises OutputError when no scheduler
    answers or a worker has another version of the product, MissingExtra without the package, and whatever ends a run on
    one machine.
    """
    try:
        from distributed import Client
    except ImportError:
        raise MissingExtra("Work on a cluster", "distributed", "cluster") from None
    try:
        client: Any = Client(address, timeout=_WAIT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise OutputError(f"{address}: no Dask scheduler answers there ({error})") from None
    with client:
        _check(client, address)
        most = _AHEAD * max(1, sum(client.nthreads().values()))
        waiting: deque[tuple[Chunk, Any]] = deque()
        coming = iter(given)
        while True:
            chunk = next(coming, None) if len(waiting) < most else None
            if chunk is not None:
                waiting.append((chunk, _submit(client, chunk, evaluate) if chunk else None))
            elif not waiting:
                return
            while waiting and (len(waiting) >= most or chunk is None or _ready(waiting[0][1])):
                first, future = waiting.popleft()
                found = _result(future) if future is not None else []
                if found is None:
                    yield first, [_alone(client, item, evaluate, stopped) for item in first]
                else:
                    yield first, [[one] for one in found]
                if chunk is None and waiting:
                    break


def _ready(future: Any) -> bool:
    return future is None or bool(future.done())


def _check(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_WAIT)
    except TimeoutError:
        raise OutputError(f"{address}: the scheduler has no workers") from None
    for worker, version in client.run(_version).items():
        if version != advisor.__version__:
            has = f"version {version}" if version else "nothing"
            raise OutputError(f"{worker}: has {has} of role-advisor installed; this is {advisor.__version__}")


def _version() -> str:
    import advisor as theirs

    return theirs.__version__


def _submit(client: Any, chunk: Chunk, evaluate: Evaluate[Any]) -> Any:
    return client.submit(_evaluate, chunk, evaluate, pure=False)


def _evaluate(chunk: Chunk, evaluate: Evaluate[Result]) -> list[Result] | AdvisorError:
    """What a worker of the cluster runs."""
    with _ENGINE:
        return results_of(chunk, evaluate)


def _result(future: Any) -> Any:
    """The results, or None when workers died of the chunk; raises what ends the run."""
    from distributed import KilledWorker

    try:
        found = future.result()
    except KilledWorker:
        return None
    if isinstance(found, AdvisorError):
        raise found
    return found


def _alone(client: Any, item: Item, evaluate: Evaluate[Result], stopped: Stopped[Result]) -> list[Result]:
    found = _result(_submit(client, (item,), evaluate))
    if found is not None:
        results: list[Result] = found
        return results
    if len(item.lines) > 1:
        return [one for line in item.apart() for one in _alone(client, line, evaluate, stopped)]
    line = item.lines[0] if item.lines else 0
    return [stopped(item, Problem(item.source, line, "", "stopped the rules engine again and again; left out"))]

"""SIGINT that nothing around can swallow: it is raised at once, and again where somebody is about to be waited for."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_noted = False


@contextmanager
def kept(tell: Callable[[], None] | None = None) -> Iterator[None]:
    """Keep in mind that SIGINT came, as an exception raised in a weak reference's callback, say, is dropped by Python.

    With `tell`, nothing is raised at once: it is called, and KeyboardInterrupt is raised at the end.
    """
    global _noted
    if threading.current_thread() is not threading.main_thread():  # others are sent no signals
        yield
        return

    def note(*_: object) -> None:
        global _noted
        _noted = True
        if tell is None:
            raise KeyboardInterrupt
        tell()

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        came, _noted = _noted, _noted and tell is not None
        if came and tell is not None:
            raise KeyboardInterrupt


def came() -> bool:
    """Whether SIGINT came, and whoever keeps it in mind has not ended yet."""
    return _noted

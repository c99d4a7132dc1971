"""How far a batch is: on a terminal a bar with rate and time left, in a pipe nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import click

_EVERY = 0.1  # seconds between two drawings


class Progress:
    """Follows a batch by the bytes it has read; problems are told above the bar."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._count = 0
        self._read = 0
        self._shown = 0
        self._began = self._drawn = time.monotonic()
        self._bar: Any = None
        if sys.stderr.isatty():
            total = 0
            for path in files:
                with suppress(OSError):
                    total += path.stat().st_size
            self._bar = click.progressbar(
                length=max(total, 1), label="Evaluating", file=sys.stderr, item_show_func=self._rate, show_pos=False
            )

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._draw()
            self._bar.__exit__(kind, error, trace)

    def read(self, count: int) -> None:
        """So many bytes more have been read."""
        self._read += count

    def done(self, count: int) -> None:
        """So many engagements more are done, or have failed."""
        self._count += count
        if self._bar is not None and time.monotonic() - self._drawn > _EVERY:
            self._draw()

    def say(self, text: str) -> None:
        """Tell a problem, on a line of its own."""
        if self._bar is not None:
            click.echo("\r\x1b[K", nl=False, err=True)
        click.echo(text, err=True)

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        self._bar.update(self._read - self._shown, self._count)
        self._shown = self._read

    def _rate(self, _: object) -> str:
        seconds = max(time.monotonic() - self._began, 0.001)
        return f"{self._count:,} done, {self._count / seconds:,.0f} a second"

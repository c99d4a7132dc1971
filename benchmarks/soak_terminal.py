"""A pseudo-terminal with `advisor ask` in it: what is on the screen, what is typed, and how the process ends."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.soak_crew import Wrong

REPOSITORY = Path(__file__).resolve().parent.parent
PATIENCE = 30.0
_PROMPT = re.compile(r"(?:^|\n)> $")


class Terminal:
    """A process that believes that somebody sits before it; `screen` is what it showed since something was typed."""

    def __init__(self, arguments: Sequence[str], rows: int) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 120, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "advisor", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=REPOSITORY,
            env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"},
            start_new_session=True,
        )
        os.close(slave)
        self.screen = ""
        self._open = True

    def type(self, text: str) -> None:
        self.screen = ""
        os.write(self._master, text.encode())

    def wait_for_prompt(self) -> bool:
        """Read until something is asked: True; or until the process has ended: False."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            if _PROMPT.search(self.screen):
                return True
            if not self._read(0.5):
                return False
        raise Wrong(f"nothing was asked within {PATIENCE:.0f} s; the screen ends in {self.screen[-500:]!r}")

    def kill(self) -> None:
        """End the process where it stands; `screen` then holds all that it showed before."""
        self.process.kill()
        self.process.wait()
        while self._read(0.2):
            pass
        self.close()

    def hang_up(self) -> int:
        """Take the terminal away, as a lost connection does; the exit code of the process, which must end by itself."""
        os.close(self._master)
        self._open = False
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise Wrong(f"went on for {PATIENCE:.0f} s after its terminal was gone") from None

    def ended(self) -> int:
        """The exit code of a process that ends by itself."""
        code = self.process.wait(PATIENCE)
        self.close()
        return code

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self._open:
            os.close(self._master)
            self._open = False

    def _read(self, seconds: float) -> bool:
        """Add what is shown within so many seconds; False when the other end is closed, or shows nothing any more."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return self.process.poll() is None
        try:
            data = os.read(self._master, 65_536)
        except OSError:  # how Linux says that nobody has the terminal open
            return False
        self.screen += data.decode("utf-8", "replace").replace("\r", "")
        return bool(data)

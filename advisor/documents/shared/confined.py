"""A process of its own, within limits, for work on what a stranger may have written: it can only answer with bytes."""

from __future__ import annotations

import contextlib
import importlib
import json
import math
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from tempfile import TemporaryFile

from advisor.errors import InputError, OutputError, Problem

SECONDS = 5  # of a processor, where nothing else is said
PATIENCE = 30.0  # seconds by the clock
MEMORY = 1_000_000_000  # bytes
LONGEST = 50_000_000  # bytes of an answer
MOST_SAID = 1_000  # characters of a problem
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from advisor.documents.shared import confined as it; it.serve()"
)
_DONE, _WRONG = b"+", b"-"
# Python loads these when they are first needed, which is too late where no file can be opened.
_LATE = (
    *("difflib", "jinja2.debug", "linecache", "pprint", "textwrap", "tokenize", "traceback", "unicodedata"),
    *(f"encodings.{one}" for one in ("ascii", "cp437", "latin_1", "unicode_escape", "utf_16", "utf_8_sig")),
)

Work = Callable[[], bytes]


def confined(function: str, job: object, name: str, doing: str = "fill in", seconds: int | None = None) -> bytes:
    """What is made of `job` by the work that `function` (`module:function`) gets ready, in a process of its own.

    The function is called with the job while everything can still be loaded, and must not look at what strangers
    wrote; the work that it returns can open no file and no connection, start nothing, and has so many `seconds` of a
    processor and so much memory. Messages call the work `doing`.
    Where there are no such limits (Windows; on macOS, for memory) the clock and the size of the answer are what holds.

    Raises InputError, which speaks of `name`, for what the work finds wrong and when it needs more than it may have;
    OutputError when the process cannot be started.
    """
    seconds = SECONDS if seconds is None else seconds
    command = [sys.executable, "-I", "-c", _START, json.dumps(sys.path)]
    with TemporaryFile() as given, TemporaryFile() as made:
        try:
            pickle.dump((function, job, name, doing, seconds), given)
            given.seek(0)
            done = subprocess.run(
                command, stdin=given, stdout=made, stderr=subprocess.DEVNULL, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise _refused(name, f"takes more than {PATIENCE:.0f} s to {doing}") from None
        except OSError as error:
            raise OutputError(f"{name}: no process could be started to fill it in: {error.strerror or error}") from None
        made.seek(0)
        answer = made.read(LONGEST + 2)
    if done.returncode == 0 and answer:
        return result(answer)
    raise _refused(name, _ending(done.returncode, doing, seconds))


def result(answer: bytes) -> bytes:
    """What the work has made, out of its answer; InputError with the problems that it found instead."""
    if answer[:1] == _DONE:
        return answer[1:]
    raise InputError(
        Problem(str(file), int(line), str(field), _printable(str(message)))
        for file, line, field, message in json.loads(answer[1:])
    )


def _printable(text: str) -> str:
    """The text on one line, since it quotes what strangers wrote."""
    return "".join(one if one.isprintable() else "?" for one in " ".join(text.split()))[:MOST_SAID]


def _refused(name: str, message: str) -> InputError:
    return InputError([Problem(name, 0, "", message)])


def _ending(code: int, doing: str, seconds: int) -> str:
    if -code in (getattr(signal, "SIGXCPU", 0), getattr(signal, "SIGKILL", 0)):
        return f"takes more than {seconds} s to {doing}"
    how = f"signal {-code}" if code < 0 else f"exit code {code}"
    return f"brought down its process ({how}): too much to {doing}"


def serve() -> None:
    """The process's own side: read the job, get ready, shut the doors, work, answer."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    function, job, name, doing, seconds = pickle.load(sys.stdin.buffer)
    module, _, called = function.partition(":")
    for late in _LATE:
        importlib.import_module(late)
    work: Work = getattr(importlib.import_module(module), called)(job)
    _shut(seconds)
    with answer:
        answer.write(worked(work, name, doing))


def worked(work: Work, name: str, doing: str = "fill in") -> bytes:
    """Do the work; the answer says in its first byte whether what it made follows, or the problems that it found."""
    try:
        made = work()
        if len(made) <= LONGEST:
            return _DONE + made
        problems = [Problem(name, 0, "", f"makes a document of more than {LONGEST // 1_000_000} MB")]
    except InputError as error:
        problems = list(error.problems)
    except MemoryError:
        problems = [Problem(name, 0, "", f"needs more than {MEMORY // 1_000_000:,} MB of memory to {doing}")]
    return _WRONG + json.dumps([(one.file, one.line, one.field, one.message) for one in problems]).encode()


def _shut(seconds: int) -> None:
    """Take from this process what the work has no need of; what is running or open already stays."""
    try:
        import resource
    except ImportError:  # Windows
        return
    used = math.ceil(time.process_time())
    for what, soft, hard in (
        ("RLIMIT_CORE", 0, 0),
        ("RLIMIT_CPU", used + seconds, used + seconds + 2),
        ("RLIMIT_FSIZE", LONGEST + 1, LONGEST + 1),
        ("RLIMIT_AS", MEMORY, MEMORY),
        ("RLIMIT_NPROC", 0, 0),
        ("RLIMIT_NOFILE", 0, 0),
    ):
        with contextlib.suppress(AttributeError, ValueError, OSError):  # not every system has every limit
            resource.setrlimit(getattr(resource, what), (soft, hard))

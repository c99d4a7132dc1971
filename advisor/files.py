"""Reading with limits and replacing files whole: the only two ways in which the product touches the disk."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from advisor.errors import AdvisorError, InputError, OutputError, Problem

LARGEST = 2_000_000


def read_limited(path: Path, limit: int = LARGEST) -> bytes:
    """Return the bytes of a file of at most `limit` bytes; InputError says why one cannot be read."""
    with opened(path) as stream:
        try:
            return read_stream(stream, str(path), limit)
        except OSError as error:
            raise _unreadable(path, error) from None


def opened(path: Path) -> io.BufferedReader:
    """A file to read from; InputError says why it cannot be opened."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise InputError([Problem(str(path), 0, "", "is a folder; a file is needed")])
        if not stat.S_ISREG(mode):  # reading a pipe or a device may never end
            raise InputError([Problem(str(path), 0, "", "is a pipe or a device; a file is needed")])
        return path.open("rb")
    except FileNotFoundError:
        raise InputError([Problem(str(path), 0, "", "no such file")]) from None
    except OSError as error:
        raise _unreadable(path, error) from None
    except ValueError:
        raise InputError([Problem(repr(str(path)), 0, "", "is not a usable path")]) from None


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError([Problem(str(path), 0, "", f"cannot be read: {error.strerror or error}")])


def read_stream(stream: BinaryIO, name: str, limit: int = LARGEST) -> bytes:
    """Return what is left in a stream, at most `limit` bytes; InputError when there is more."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError([Problem(name, 0, "", f"is larger than {limit:,} bytes")])
    return data


@contextlib.contextmanager
def reading(file: str, fault: str) -> Iterator[None]:
    """Around each library that reads what a user gave: whatever it raises is a fault of the file, an InputError.

    Which exceptions a library knows is its own affair and changes with it, so none is listed.
    """
    try:
        yield
    except (AdvisorError, MemoryError):
        raise
    except Exception as error:
        raise InputError([Problem(file, 0, "", fault)]) from error


def is_folder(path: Path) -> bool:
    """Whether there is a folder at `path`; a path that the system refuses is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def write_atomically(path: Path, data: str | bytes, private: bool = False) -> None:
    """Replace `path` with `data` in one step; whatever goes wrong, the old file stays whole.

    A `private` file is readable by its owner only, whoever could read the one before. Raises OutputError naming the
    path and what the system said.
    """
    _replace(path, data, private)


def rewrite(path: Path, change: Callable[[bytes | None], str | bytes | None], private: bool = False) -> None:
    """Replace `path` by what `change` makes of its bytes, or of None where there is no file; None leaves it as it is.

    Nothing is lost to others who do the same meanwhile: they wait for their turn, where the system can keep a lock. An
    edit by anything else is seen until the very moment of replacing, and `change` is asked again for what then stands
    there. Raises OutputError as `write_atomically` does, also when others never let go, InputError when the file cannot
    be read, and whatever `change` raises.
    """
    with _turn(path):
        for _ in range(_MOST_ATTEMPTS):
            there = _there(path)
            wanted = change(there)
            if wanted is None or _replace(path, wanted, private, partial(_holds, path, there)):
                return
    raise OutputError(f"{path}: cannot be written: something else changes it all the time")


@contextlib.contextmanager
def alone(folder: Path, patience: float = 0) -> Iterator[None]:
    """Be the only one inside with this folder; raises BlockingIOError when others are, for longer than the patience.

    Where the system has no such lock (Windows, some network drives), all are let in.
    """
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise
                time.sleep(_BETWEEN)
            except OSError:
                break
        yield
    finally:
        os.close(handle)


_MOST_ATTEMPTS = 20
_PATIENCE, _BETWEEN = 60.0, 0.01  # seconds for others to finish, and between two looks whether they have


@contextlib.contextmanager
def _turn(path: Path) -> Iterator[None]:
    """Be the only one of us who rewrites files in that folder; it is there afterwards."""
    try:
        folder = _target(path).parent
        _make_folder(folder)
    except OSError as error:
        raise _unwritable(path, error) from None
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(alone(folder, _PATIENCE))
        except BlockingIOError:
            raise OutputError(f"{path}: cannot be written: somebody else is writing there; try again") from None
        yield


def _there(path: Path) -> bytes | None:
    return read_limited(path) if path.exists() else None


def _holds(path: Path, there: bytes | None) -> bool:
    return _there(path) == there


def _target(path: Path) -> Path:
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _replace(path: Path, data: str | bytes, private: bool, still: Callable[[], bool] = lambda: True) -> bool:
    """Write beside the file and put that in its place, if it is `still` to be; whether it was."""
    # The name of a file may hold bytes that are no text; a document that mentions it is written all the same.
    raw = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    beside = None
    try:
        target = _target(path)
        if target.exists() and not target.is_file():
            kind = "a folder" if target.is_dir() else "a pipe or a device"
            raise OutputError(f"{path}: cannot be written: it is {kind}")
        _make_folder(target.parent)
        mode = None if private or not target.exists() else target.stat().st_mode & 0o7777
        beside = target.parent / f".{target.name[:40]}.{os.urandom(6).hex()}.part"
        # A new file gets the rights that this user gives new files; until it has those of the old one, nobody else any.
        rights = 0o666 if mode is None and not private else 0o600
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), rights)
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            beside.chmod(mode)
        if not still():
            return False
        os.replace(beside, target)
        return True
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        if beside is not None:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path}: cannot be written: {error.strerror or error}")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise NotADirectoryError(None, "a part of its path is a file, not a folder") from None

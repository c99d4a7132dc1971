"""Reading with limits and replacing files whole: the only two ways in which the product touches the disk."""

from __future__ import annotations

import contextlib
import io
import os
import stat
from collections.abc import Iterator
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
    import tempfile  # many runs write nothing, and it takes two milliseconds

    # The name of a file may hold bytes that are no text; a document that mentions it is written all the same.
    raw = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    name = ""
    try:
        target = Path(os.path.realpath(path)) if path.is_symlink() else path
        if target.exists() and not target.is_file():
            kind = "a folder" if target.is_dir() else "a pipe or a device"
            raise OutputError(f"{path}: cannot be written: it is {kind}")
        _make_folder(target.parent)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:80]}.", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o600 if private else _mode(target))
        os.replace(name, target)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        if name:
            Path(name).unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise NotADirectoryError(None, "a part of its path is a file, not a folder") from None


def _mode(target: Path) -> int:
    return target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

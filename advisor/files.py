"""Reading with limits and replacing files whole: the only two ways in which the product touches the disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from advisor.errors import InputError, OutputError, Problem

LARGEST = 2_000_000


def read_limited(path: Path, limit: int = LARGEST) -> bytes:
    """Return the bytes of a file of at most `limit` bytes; InputError says why one cannot be read."""
    try:
        if path.is_dir():
            raise InputError([Problem(str(path), 0, "", "is a folder; a file is needed")])
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise InputError([Problem(str(path), 0, "", "no such file")]) from None
    except OSError as error:
        raise InputError([Problem(str(path), 0, "", f"cannot be read: {error.strerror or error}")]) from None
    except ValueError as error:
        raise InputError([Problem(repr(str(path)), 0, "", f"is not a usable path: {error}")]) from None
    if len(data) > limit:
        raise InputError([Problem(str(path), 0, "", f"is larger than {limit:,} bytes")])
    return data


def write_atomically(path: Path, data: str | bytes) -> None:
    """Replace `path` with `data` in one step; whatever goes wrong, the old file stays whole.

    Raises OutputError naming the path and what the system said.
    """
    raw = data.encode("utf-8") if isinstance(data, str) else data
    target = path.resolve() if path.is_symlink() else path
    name = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:80]}.", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        if name:
            Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""The one folder that is served: which files are in it by name, and making, copying, renaming, removing them."""

from __future__ import annotations

import contextlib
import datetime
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from advisor.documents.shared.typed import identifier
from advisor.errors import AdvisorError
from advisor.files import alone, rewrite

SUFFIXES = (".yaml", ".yml")
TRASH = ".trash"
MOST_FILES = 5_000
_LONGEST = 200  # bytes of a name
_PATIENCE = 10.0


class NotHere(AdvisorError):
    """There is no such file in the folder, or none that may be shown."""

    def __init__(self, name: str) -> None:
        shown = "".join(one if one.isprintable() else "?" for one in name)[:_LONGEST]
        super().__init__(f"There is no engagement file {shown!r} in this folder any more.")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder whose engagement files lie directly in it; links, and what lies deeper, are not shown."""

    path: Path

    def names(self) -> list[str]:
        """The engagement files in it, by name."""
        return sorted(_plain_files(self.path), key=str.casefold)[:MOST_FILES]

    def removed(self) -> list[str]:
        """What was removed and can be put back, the last first."""
        return sorted(_plain_files(self.path / TRASH), reverse=True)[:MOST_FILES] if self._has_trash() else []

    def file(self, name: str) -> Path:
        """Where the file of that name lies; NotHere unless it is a plain file directly in the folder."""
        if not is_name(name) or not _is_plain(self.path / name):
            raise NotHere(name)
        return self.path / name

    def begin(self, title: str, data: bytes) -> str:
        """A new file with this in it, called after the title; its name."""
        written = False

        def write(there: bytes | None) -> bytes | None:
            nonlocal written
            written = there is None
            return data if written else None

        for name in _free_names(identifier(title, Path())):
            if not os.path.lexists(self.path / name):
                rewrite(self.path / name, write)
                if written:
                    return name
        raise AdvisorError("Too many files are called so; choose another name.")

    def rename(self, name: str, wanted: str) -> str:
        """Call a file after what is `wanted`; its name then."""
        path = self.file(name)
        slug = identifier(wanted.strip().removesuffix(path.suffix), Path())
        to = self.path / f"{slug}{path.suffix}"
        with _turn(self.path):
            if to.name == name:
                return name
            if os.path.lexists(to):
                raise AdvisorError(f"There is a file {to.name} already; choose another name.")
            self.file(name).rename(to)
        return to.name

    def remove(self, name: str) -> str:
        """Put a file into the trash; what it is called there."""
        self.file(name)
        trash = self.path / TRASH
        with _turn(self.path):
            if not self._has_trash():
                if os.path.lexists(trash):
                    raise AdvisorError(f"{TRASH} is no folder of its own, so nothing can be put there.")
                trash.mkdir(mode=0o700)
            path = self.file(name)
            when = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S%f")
            to = trash / f"{when}-{name}"
            path.replace(to)
        return to.name

    def put_back(self, name: str) -> str:
        """Take a file out of the trash again; its name then, another one where its own is taken."""
        trash = self.path / TRASH
        if not self._has_trash() or not is_name(name) or not _is_plain(trash / name):
            raise NotHere(name)
        stem, suffix = Path(called_before(name)).stem, Path(name).suffix
        with _turn(self.path):
            for to in _free_names(stem, suffix):
                if not os.path.lexists(self.path / to):
                    (trash / name).rename(self.path / to)
                    return to
        raise AdvisorError("Too many files are called so; rename one of them first.")

    def _has_trash(self) -> bool:
        try:
            return stat.S_ISDIR((self.path / TRASH).lstat().st_mode)
        except OSError:
            return False


def called_before(name: str) -> str:
    """What a file in the trash was called in the folder."""
    return name.partition("-")[2] or name


def is_name(name: str) -> bool:
    """Whether it can be the name of an engagement file: no path, nothing hidden, no sign that a system reads."""
    return (
        name.isprintable()
        and not name.startswith(".")
        and not set(name) & set("/\\:")
        and name.endswith(SUFFIXES)
        and len(name.encode("utf-8", "replace")) <= _LONGEST
    )


def _plain_files(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as found:
        for one in found:
            if is_name(one.name) and one.is_file(follow_symlinks=False):
                yield one.name


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def _free_names(stem: str, suffix: str = ".yaml") -> Iterator[str]:
    yield f"{stem}{suffix}"
    yield from (f"{stem}-{number}{suffix}" for number in range(2, 1_000))


@contextlib.contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Be the only one of us who moves files in the folder."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(alone(folder, _PATIENCE))
        except BlockingIOError:
            raise AdvisorError("Somebody else is writing in this folder; try again.") from None
        yield

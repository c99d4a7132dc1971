"""What a batch has done so far, kept so that a run that was stopped goes on where it was, and gives the same bytes.

Below the folder of results, `.batch/N` holds what run N has written: each output file as far as it got, and a journal
with one line for each item that is in them in full. A finished run has moved its outputs to where they belong; its
journal stays, for a later run to take over what has not changed.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from advisor.batch import Item
from advisor.batch.finding import JOURNAL
from advisor.batch.report import Report
from advisor.documents.shared.reports import Case, Issue
from advisor.errors import OutputError, Problem
from advisor.files import alone

_FILE = "journal.jsonl"


def key_of(item: Item, options: str) -> str:
    """What an item is known by: its source, its content, and all that was asked for."""
    digest = blake2b(digest_size=16)
    for part in (options, item.source, item.place, repr(item.lines), repr(item.problems)):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    digest.update(item.data)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where an earlier run keeps what it wrote on an item: its line in the journal, and its part of each output."""

    journal: Path
    at: int
    outputs: dict[str, tuple[Path, int]]


class Journal:
    """One run's outputs, as they grow, and what earlier runs wrote."""

    def __init__(self, folder: Path, outputs: Mapping[str, str], resume: bool) -> None:
        """Begin a run that writes `outputs` (each with its first line, or nothing) into `folder`.

        With `resume`, what earlier runs wrote can be taken over. Raises OutputError when nothing can be written there,
        or another run does so.
        """
        self._folder = folder
        self._outputs = dict(outputs)
        self._kept: dict[str, _Kept] = {}
        self._open: dict[Path, BinaryIO] = {}
        self._streams: dict[str, BinaryIO] = {}
        with self._writing():
            (folder / JOURNAL).mkdir(parents=True, exist_ok=True)
        self._held = contextlib.ExitStack()
        try:
            self._held.enter_context(alone(folder / JOURNAL))
        except BlockingIOError:
            raise OutputError(f"{folder}: another batch is writing there; wait for it, or choose another -o") from None
        earlier = sorted(int(one.name) for one in (folder / JOURNAL).glob("[0-9]*")) if resume else []
        for number in earlier:
            self._look_through(folder / JOURNAL / str(number))
        self._mine = folder / JOURNAL / str(max(earlier, default=0) + 1)
        with self._writing():
            if not resume:
                for one in (folder / JOURNAL).iterdir():
                    shutil.rmtree(one)
            self._mine.mkdir()
            for name, head in {**self._outputs, _FILE: ""}.items():
                self._streams[name] = (self._mine / name).open("wb")
                self._streams[name].write(head.encode())

    def earlier(self, key: str, usable: Callable[[Report], bool]) -> Report | None:
        """What an earlier run wrote on the item, if all of it is still there and `usable`."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        try:
            record = json.loads(self._at(kept.journal, kept.at).readline())
            output = {}
            for name, (size, check) in record["output"].items():
                data = self._at(*kept.outputs[name]).read(size)
                if len(data) != size or crc32(data) != check:
                    return None
                output[name] = data.decode()
        except (OSError, ValueError, KeyError):
            return None
        report = Report(
            output,
            record["counts"],
            tuple(Problem(**one) for one in record["problems"]),
            tuple(Case(one["name"], tuple(Issue(**issue) for issue in one["issues"])) for one in record["cases"]),
            record["rulebooks"],
            tuple(record["documents"]),
        )
        return report if usable(report) else None

    def add(self, key: str, report: Report) -> None:
        """Write what an item came to."""
        sizes: dict[str, tuple[int, int]] = {}
        with self._writing():
            for name, text in report.output.items():
                data = text.encode("utf-8", "backslashreplace")
                self._streams[name].write(data)
                sizes[name] = len(data), crc32(data)
            record = {
                "key": key,
                "output": sizes,
                "counts": report.counts,
                "problems": [asdict(one) for one in report.problems],
                "cases": [asdict(one) for one in report.cases],
                "rulebooks": report.rulebooks,
                "documents": report.documents,
            }
            self._streams[_FILE].write(json.dumps(record).encode() + b"\n")

    def flush(self) -> None:
        """Hand what was added to the system, the journal last: it names nothing that would not outlive this process."""
        with self._writing():
            for stream in self._streams.values():
                stream.flush()

    def finish(self) -> None:
        """Move the outputs to where they belong; the journal stays, for a later run."""
        with self._writing():
            for name, stream in self._streams.items():
                stream.flush()
                os.fsync(stream.fileno())
                stream.close()
                if name != _FILE:
                    os.replace(self._mine / name, self._folder / name)
            for other in (self._folder / JOURNAL).iterdir():
                if other != self._mine:
                    shutil.rmtree(other, ignore_errors=True)

    def close(self) -> None:
        """Let go of the folder and of all files; what was added stays."""
        self._held.close()
        for stream in (*self._streams.values(), *self._open.values()):
            with contextlib.suppress(OSError):
                stream.close()

    def _look_through(self, run: Path) -> None:
        """Note where each item of an earlier run stands; its outputs lie beside its journal, or where they belong."""
        outputs = {name: (run / name if (run / name).exists() else self._folder / name) for name in self._outputs}
        ends = {name: len(head.encode()) for name, head in self._outputs.items()}
        try:
            with (run / _FILE).open("rb") as journal:
                at = 0
                for line in journal:
                    record = json.loads(line)
                    places = {name: (outputs[name], ends[name]) for name in record["output"]}
                    self._kept[record["key"]] = _Kept(run / _FILE, at, places)
                    for name, (size, _) in record["output"].items():
                        ends[name] += size
                    at += len(line)
        except (OSError, ValueError, KeyError, TypeError):
            return  # a line that was cut off, or of other outputs: what follows it cannot be told

    def _at(self, path: Path, place: int) -> BinaryIO:
        stream = self._open.get(path)
        if stream is None:
            stream = self._open[path] = path.open("rb")
        stream.seek(place)
        return stream

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (FileExistsError, NotADirectoryError):
            wrong = "a part of its path is a file, not a folder"
            raise OutputError(f"{self._folder / next(iter(self._outputs))}: cannot be written: {wrong}") from None
        except OSError as error:
            raise OutputError(f"{self._folder}: cannot be written: {error.strerror or error}") from None

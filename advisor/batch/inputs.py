"""From files to items: whole files in YAML or JSON, and JSON Lines, CSV and Excel line by line, however long."""

from __future__ import annotations

import codecs
import contextlib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from advisor.batch import Item
from advisor.batch.tables import csv_records, excel_records
from advisor.errors import InputError, Problem
from advisor.files import LARGEST, opened, read_limited, read_stream
from advisor.model.rulebook import Catalog

MOST_LINES, MOST_BYTES = 200, 400_000  # of one item
KINDS = ("yaml", "jsonl", "csv")  # what standard input may be
STANDARD_INPUT = "-"
_NAME, _PLACE = "standard input", "engagement"
_NAMED = re.compile(rb'"rulebook"\s*:\s*"[^"]*"')  # what a line of JSON says of its rulebook
_KINDS = {".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".jsonl": "jsonl", ".ndjson": "jsonl"}

Record = tuple[int, bytes]  # the number of a line, and an engagement as a line of JSON without its end
Read = Callable[[int], None]  # is told how many bytes were read


def items(
    files: Iterable[tuple[Path, str]],
    catalog: Callable[[], Catalog],
    kind: str = "",
    standard_input: BinaryIO | None = None,
    read: Read = lambda count: None,
) -> Iterator[Item]:
    """The items of each file, in order; one that cannot be read is an item with nothing but its problems.

    `catalog` gives the rulebook that heads of tables are held against. `kind` says what standard input (the path `-`)
    holds; without it, JSON Lines when its first line is a whole object, and YAML otherwise.
    """
    for path, place in files:
        name = str(path)
        try:
            if name == STANDARD_INPUT:
                stream = _buffered(standard_input or io.BytesIO())
                yield from _items(stream, _NAME, _PLACE, kind or _kind_of(stream), catalog, read)
                continue
            form = _KINDS.get(path.suffix.lower(), "yaml")
            if form == "yaml":
                data = read_limited(path)
                read(len(data))
                yield Item(name, place, data)
                continue
            with opened(path) as stream:
                yield from _items(stream, name, place, form, catalog, read)
        except InputError as error:
            yield Item(name, place, b"", (), error.problems)
        except UnicodeError:
            yield Item(name, place, b"", (), (Problem(name, 0, "", "is not UTF-8 text; save it as UTF-8"),))
        except OSError as error:
            yield Item(name, place, b"", (), (Problem(name, 0, "", f"cannot be read: {error.strerror or error}"),))


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]


def _items(
    stream: io.BufferedReader, name: str, place: str, kind: str, catalog: Callable[[], Catalog], read: Read
) -> Iterator[Item]:
    if kind == "yaml":
        data = read_stream(stream, name)
        read(len(data))
        yield Item(name, place, data)
    elif kind == "jsonl":
        yield from _grouped(_json_lines(stream, name, read), name, place)
    elif kind == "csv":
        with _as_text(stream, "") as text:
            yield from _grouped(csv_records(text, name, catalog(), read), name, place)
    else:
        yield from _grouped(excel_records(stream, name, catalog(), read), name, place)


@contextlib.contextmanager
def _as_text(stream: io.BufferedReader, newline: str) -> Iterator[io.TextIOWrapper]:
    text = io.TextIOWrapper(stream, encoding=_encoding(stream), newline=newline)
    try:
        yield text
    finally:
        text.detach()


def _kind_of(stream: io.BufferedReader) -> str:
    first = stream.peek(1).lstrip().split(b"\n", 1)[0].rstrip()
    return "jsonl" if first.startswith(b"{") and (first.endswith(b"}") or b"\n" not in stream.peek(1)) else "yaml"


def _encoding(stream: io.BufferedReader) -> str:
    start = stream.peek(2)[:2]
    return "utf-16" if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def _grouped(records: Iterable[Record | InputError], name: str, place: str) -> Iterator[Item]:
    """Records in items of a limited size; what is wrong with a line is an item of its own, in its place.

    So are lines that name another rulebook than those before: to read one takes as long as thousands of lines.
    """
    lines: list[int] = []
    texts: list[bytes] = []
    size, before = 0, b""
    for record in records:
        wrong = isinstance(record, InputError)
        named = b"" if isinstance(record, InputError) else _rulebook(record[1])
        if lines and (wrong or len(lines) >= MOST_LINES or size > MOST_BYTES or named != before):
            yield Item(name, place, b"\n".join(texts), tuple(lines))
            lines, texts, size = [], [], 0
        if isinstance(record, InputError):
            yield Item(name, place, b"", (), record.problems)
        else:
            before = named
            lines.append(record[0])
            texts.append(record[1])
            size += len(record[1])
    if lines:
        yield Item(name, place, b"\n".join(texts), tuple(lines))


def _rulebook(line: bytes) -> bytes:
    found = _NAMED.search(line) if b'"rulebook"' in line else None
    return found.group() if found is not None else b""


def _json_lines(stream: io.BufferedReader, name: str, read: Read) -> Iterator[Record | InputError]:
    if _encoding(stream) == "utf-16":
        with _as_text(stream, "\n") as text:
            yield from _lines(lambda limit: text.readline(limit).encode(), name, read)
        return
    if stream.peek(3)[:3] == codecs.BOM_UTF8:
        stream.read(3)
    yield from _lines(stream.readline, name, read)


def _lines(readline: Callable[[int], bytes], name: str, read: Read) -> Iterator[Record | InputError]:
    number = 0
    while line := readline(LARGEST + 1):
        number += 1
        read(len(line))
        if len(line) > LARGEST:
            while line and not line.endswith(b"\n"):
                line = readline(LARGEST)
                read(len(line))
            yield InputError([Problem(name, number, "", f"is a line of more than {LARGEST:,} bytes")])
            continue
        record = line.strip()
        if record:
            yield number, record

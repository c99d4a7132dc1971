"""Tables of engagements, one a row and one column a question: CSV and Excel, each row as a line of JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from advisor.catalog.answers import replacing
from advisor.catalog.records import DATES, named_people
from advisor.errors import InputError, Problem, did_you_mean
from advisor.files import read_stream
from advisor.model.rulebook import Catalog

_HEAD = ("id", "name", "client")
_DELIMITERS = ",;\t"
_LONGEST_CELL = 10_000


def columns(catalog: Catalog) -> tuple[str, ...]:
    """The head of a table: the engagement, one column a question, people by role, dates.

    A question with several answers has one column, whose cells hold any number of options.
    """
    people = (f"people.{role}" for role in catalog.roles)
    parts = {part for several in catalog.several.values() for part in several.parts.values()}
    questions = (name for name in catalog.questions if name not in parts)
    return (*_HEAD, *questions, *catalog.several, *people, *(f"dates.{name}" for name in DATES))


def csv_records(
    text: Iterable[str], name: str, catalog: Catalog, read: Callable[[int], None]
) -> Iterator[tuple[int, bytes] | InputError]:
    """Each row of a CSV as the number of its first line and an engagement in JSON.

    Cells are separated as the head is: by comma, semicolon or tab. Raises InputError for a head that is none.
    """
    csv.field_size_limit(_LONGEST_CELL)
    lines = _counted(text, read)
    first = next(lines, "")
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(_again(first, lines), delimiter=delimiter, strict=True)
    place = 1
    head: _Head | None = None
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise InputError([Problem(name, rows.line_num, "", f"is not readable as CSV: {error}")]) from None
        if row is None:
            return
        if any(cell.strip() for cell in row):
            if head is None:
                head = _Head(row, place, name, catalog)
            else:
                yield head.record(row, place)
        place = rows.line_num + 1


def excel_records(
    stream: io.BufferedReader, name: str, catalog: Catalog, read: Callable[[int], None]
) -> Iterator[tuple[int, bytes] | InputError]:
    """Each row of a workbook's first sheet as its number and an engagement in JSON.

    Raises InputError for what is no workbook, or asks for more than a row can hold.
    """
    from advisor.batch.workbook import LARGEST, sheet_rows  # few batches are workbooks

    data = read_stream(stream, name, LARGEST)
    head: _Head | None = None
    try:
        for number, row in sheet_rows(data, name):
            if head is None:
                head = _Head(row, number, name, catalog)
            else:
                yield head.record(row, number)
    finally:
        read(len(data))


class _Head:
    """The head of a table: which field each column holds."""

    def __init__(self, names: Sequence[str], line: int, file: str, catalog: Catalog) -> None:
        known = columns(catalog)
        parts = {part for several in catalog.several.values() for part in several.parts.values()}
        taken = {*known, *parts, *replacing(catalog), *(f"people.{name}" for name in named_people(catalog))}
        problems: list[Problem] = []
        self._file = file
        self._several = frozenset(catalog.several)
        self._fields: list[tuple[str, str]] = []
        seen: set[str] = set()
        width = max((at for at, name in enumerate(names, start=1) if name.strip()), default=0)
        nameless = [at for at, name in enumerate(names[:width], start=1) if not name.strip()]
        if nameless:
            more = f"; nor have {len(nameless) - 1:,} more before column {width}" if len(nameless) > 1 else ""
            problems.append(Problem(file, line, f"column {nameless[0]}", f"has no name{more}"))
        for at, given in enumerate(names[:width], start=1):
            name = given.strip()
            if name and name not in taken:
                near = did_you_mean(name, known) or "; 'advisor new --format csv' writes a head"
                problems.append(Problem(file, line, f"column {at}", f"{name[:80]!r} is no column{near}"))
            elif name in seen and name:
                problems.append(Problem(file, line, f"column {at}", f"{name!r} is there twice"))
            seen.add(name)
            section, _, field = name.rpartition(".")
            self._fields.append((section or ("engagement" if name in _HEAD else "answers"), field))
        if problems:
            raise InputError(problems)

    def record(self, row: Sequence[str], line: int) -> tuple[int, bytes] | InputError:
        """The row as an engagement in JSON; empty cells are left out."""
        if any(cell.strip() for cell in row[len(self._fields) :]):
            much = f"has {len(row)} cells where the head has {len(self._fields)}"
            return InputError([Problem(self._file, line, "", much)])
        record: dict[str, dict[str, str | list[str]]] = {"answers": {}}
        for (section, field), cell in zip(self._fields, row, strict=False):
            text = cell.strip()
            if text:
                several = section == "answers" and field in self._several
                record.setdefault(section, {})[field] = _options(text) if several else text
        return line, json.dumps(record, ensure_ascii=True).encode()


def _options(text: str) -> list[str]:
    """The options in one cell; `none` says that there are none."""
    options = [one for one in re.split(r"[\s,;]+", text) if one]
    return [] if options == ["none"] else options


def _counted(text: Iterable[str], read: Callable[[int], None]) -> Iterator[str]:
    for line in text:
        read(len(line))
        yield line


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest

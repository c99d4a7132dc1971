"""Plans in text with letters written in: CSV and Markdown, of which all else stays byte for byte."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from advisor.documents.fill.edits import RowEdit, TableEdit
from advisor.documents.matrix.csv_table import defused
from advisor.documents.shared.markdown import escape
from advisor.errors import InputError, Problem
from advisor.matrices.plain import delimiter_of

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BAR = re.compile(r"(?<!\\)\|")
_PLAIN = RowEdit({}, ())


def csv_copy(data: bytes, edits: Sequence[TableEdit], file: str) -> bytes:
    """The CSV with its table edited; a row that gets nothing keeps its bytes, but for empty cells at its end."""
    mark, encoding, text = _decoded(data, file)
    (edit,) = edits
    delimiter = delimiter_of(text)
    records = list(_records(text, delimiter, file))
    width = max(len(spans) for number, _, spans, _ in records if number >= edit.heading)
    out = []
    for number, raw, spans, end in records:
        row = edit.rows.get(number, _PLAIN)
        if number < edit.heading or not any(raw[first:last].strip(' "') for first, last in spans):
            out.append(raw + end)
            continue
        texts = edit.headings if number == edit.heading else row.added or ("",) * len(edit.headings)
        for column, said in sorted(row.cells.items(), reverse=True):
            if column <= len(spans):
                first, last = spans[column - 1]
                raw = f"{raw[:first]}{_csv_cell(said, delimiter)}{raw[last:]}"
        missing = max([width - len(spans), 0])
        out.append(raw + delimiter * missing + "".join(delimiter + _csv_cell(one, delimiter) for one in texts) + end)
    return mark + "".join(out).encode(encoding, "replace")


def markdown_copy(data: bytes, edits: Sequence[TableEdit], file: str) -> bytes:
    """The Markdown with its tables edited; lines outside of them keep their bytes."""
    mark, encoding, text = _decoded(data, file)
    lines = text.splitlines(keepends=True)
    for edit in edits:
        last = max(edit.rows, default=edit.heading)
        while last < len(lines) and "|" in lines[last] and lines[last].strip():
            last += 1
        width = max(len(_cells(lines[at])) for at in range(edit.heading - 1, last))
        for at in range(edit.heading - 1, last):
            number = at + 1
            if number == edit.heading:
                texts: Iterable[str] = map(escape, edit.headings)
            elif number == edit.heading + 1:
                texts = (":---:" if column < edit.letters else "---" for column in range(len(edit.headings)))
            else:
                row = edit.rows.get(number, _PLAIN)
                lines[at] = _with_cells(lines[at], row)
                texts = map(escape, row.added or ("",) * len(edit.headings))
            fill = "---" if number == edit.heading + 1 else ""
            lines[at] = _with_more(lines[at], width, fill, texts)
    return mark + "".join(lines).encode(encoding, "replace")


def _decoded(data: bytes, file: str) -> tuple[bytes, str, str]:
    """The mark at the beginning, the encoding and the text; InputError where the bytes would not come back."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            tried: Iterable[str] = (encoding,)
            break
    else:
        wide = "utf-16-be" if data[::2].count(b"\0") > data[1::2].count(b"\0") else "utf-16-le"
        mark, tried = b"", (wide,) if b"\0" in data else ("utf-8", "cp1252")
    for encoding in tried:
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return mark, encoding, text
    raise InputError([Problem(file, 0, "", "has characters that cannot be read; save it as UTF-8")])


def _records(text: str, delimiter: str, file: str) -> Iterator[tuple[int, str, list[tuple[int, int]], str]]:
    """Each record as it stands: its first line, its text, where its cells are in it, and what ends it."""
    used: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            used.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=delimiter)
    number = 1
    for cells in reader:
        whole = "".join(used)
        used.clear()
        raw = whole[: -2 if whole.endswith("\r\n") else -1] if whole.endswith(("\r", "\n")) else whole
        spans = _spans(raw, delimiter)
        said = number == 1 and raw == f"sep={delimiter}"
        if not said and len(spans) != len(cells) and cells:
            raise InputError([Problem(file, number, "", "has a quotation mark where none can be; save it as CSV anew")])
        yield number, raw, [] if said else spans, whole[len(raw) :]
        number = reader.line_num + 1


def _spans(raw: str, delimiter: str) -> list[tuple[int, int]]:
    """Where each cell of a record begins and ends, quotation marks included."""
    found, start = [], 0
    opened = quoted = False  # the cell opened with a quotation mark; none has closed it yet
    for at, one in enumerate(raw):
        if quoted:
            quoted = one != '"'
        elif one == '"' and (at == start or (opened and raw[at - 1] == '"')):
            opened = quoted = True  # two of them within a quoted cell are one of its text
        elif one == delimiter:
            found.append((start, at))
            start, opened = at + 1, False
    return [*found, (start, len(raw))] if not quoted else []


def _csv_cell(text: str, delimiter: str) -> str:
    """The text as a cell, in quotation marks where it needs them, and never a formula."""
    (safe,) = defused([text])
    return '"{}"'.format(safe.replace('"', '""')) if set(safe) & {delimiter, '"', "\n", "\r"} else safe


def _cells(line: str) -> list[tuple[int, int]]:
    """Where the text between the bars of a line begins and ends."""
    bars = [match.start() for match in _BAR.finditer(line.rstrip())]
    edges = [*([] if bars and not line[: bars[0]].strip() else [-1]), *bars]
    if not bars or line[bars[-1] + 1 :].strip():
        edges.append(len(line.rstrip()))
    return [(first + 1, last) for first, last in pairwise(edges)]


def _with_cells(line: str, row: RowEdit) -> str:
    """The line with letters in cells that were empty, as wide as before where they fit."""
    places = _cells(line)
    for column, text in sorted(row.cells.items(), reverse=True):
        if column <= len(places):
            first, last = places[column - 1]
            line = line[:first] + f" {text} ".ljust(last - first) + line[last:]
    return line


def _with_more(line: str, width: int, fill: str, texts: Iterable[str]) -> str:
    """The line with further cells behind its own, of which it has `width` then."""
    bare = line.rstrip()
    end = line[len(bare.rstrip("\r\n")) :] if bare == line else line[len(bare) :]
    closed = bare.endswith("|") and not bare.endswith("\\|")
    more = [*[fill] * (width - len(_cells(line))), *texts]
    return bare + ("" if closed else " |") + "".join(f" {one} |" for one in more)[: None if closed else -2] + end

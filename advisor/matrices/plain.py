"""Tables in text: CSV and TSV, and the pipe tables of Markdown; bytes to text with the encoding that they are in."""

from __future__ import annotations

import csv
import html
import io
import re
from itertools import islice

from advisor.errors import InputError, Problem
from advisor.files import reading
from advisor.matrices.budget import Budget
from advisor.matrices.grid import Grid, Places, Sparse, clean

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_TRIED = 200  # lines that tell by what the cells are separated
_LONGEST_CELL = 20_000
_LONGEST_LINE = 20_000
_SAID = re.compile(r"sep=([^\r\n\"])\r?\n")
_DASHES = re.compile(r":?-+:?")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_STRONG_LINE = re.compile(r"\s{0,3}(?:\*\*|__)([^*_].*)(?:\*\*|__):?$")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_RAISED = re.compile(r"<sup>\s*[\d*]+\s*</sup>|\[\^[^\[\]]{1,20}\]", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_STRUCK = re.compile(r"~~[^~]+~~")
_MARKERS = re.compile(r"\*\*|__|~~|`+|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")


def decoded(data: bytes, file: str) -> tuple[str, str]:
    """The text, and the encoding where it had to be guessed; InputError for bytes that are no text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), ""
    head = data[:2000]
    if head.count(b"\0") > len(head) // 4:
        even = head[::2].count(b"\0") > head[1::2].count(b"\0")
        return data.decode("utf-16-be" if even else "utf-16-le", "replace"), "UTF-16"
    if b"\0" in data:
        raise InputError([Problem(file, 0, "", "is no text, and no workbook or document that is known here")])
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "Windows-1252, as it is no UTF-8"


def csv_grid(text: str, budget: Budget) -> Grid:
    """The one table of a CSV, TSV or the like."""
    said = _SAID.match(text)
    delimiter = delimiter_of(text)
    name = _DELIMITERS.get(delimiter, repr(delimiter))
    table = Sparse(budget, "table 1")
    csv.field_size_limit(_LONGEST_CELL)
    starts: dict[int, int] = {}
    with reading(budget.file, "is not readable as CSV"):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        at = 1
        try:
            for row, cells in enumerate(reader, start=1):
                if cells and not (said and at == 1):
                    starts[row] = at
                    for column, cell in enumerate(cells, start=1):
                        table.put(row, column, cell)
                at = reader.line_num + 1
        except csv.Error as error:
            raise InputError([Problem(budget.file, reader.line_num, "", f"is not readable as CSV: {error}")]) from None
    return table.grid(Places.LINE, taken=(f"cells are separated by {name}",), lines=starts)


def delimiter_of(text: str) -> str:
    """What separates the cells of a CSV: what its first line says, or else what fits best."""
    said = _SAID.match(text)
    return said[1] if said else _delimiter(list(islice(io.StringIO(text, newline=""), _TRIED)))


def _delimiter(lines: list[str]) -> str:
    """What separates cells: what gives the most rows of the same number of cells."""

    def score(delimiter: str) -> tuple[int, int]:
        try:
            counts = [len(row) for row in csv.reader(lines, delimiter=delimiter) if any(cell.strip() for cell in row)]
        except csv.Error:
            return 0, 0
        wide = [count for count in counts if count > 1]
        best = max(set(wide), key=wide.count, default=0)
        return wide.count(best), best

    return max(_DELIMITERS, key=score)


def markdown_grids(text: str, budget: Budget) -> list[tuple[int, Grid]]:
    """Each pipe table of the text with the line it starts on; one in a block of code too, which is said."""
    lines = text.splitlines()
    found: list[tuple[int, Grid]] = []
    heading = fence = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        if match := _FENCE.match(line):
            fence = "" if fence and match[1].startswith(fence) else fence or match[1]
        elif text_of := _heading(line):
            heading = inline(text_of, budget.file)
        elif "|" in line and at + 1 < len(lines) and _is_rule(lines[at + 1]):
            end = at + 2
            while end < len(lines) and lines[end].strip() and "|" in lines[end]:
                end += 1
            remarks = ("a block of code holds it",) if fence else ()
            found.append((at, _pipe_table(lines, at, end, budget, heading, remarks)))
            at = end
            continue
        at += 1
    return found


def _heading(line: str) -> str:
    """The text of a line that is a heading, or set in bold as a whole; nothing for any other."""
    if len(line) > _LONGEST_LINE:
        return ""
    line = line.rstrip()
    if match := _HEADING.match(line):
        return line[match.end() :].rstrip("#").strip()
    match = _STRONG_LINE.match(line)
    return match[1] if match else ""


def _is_rule(line: str) -> bool:
    """Whether a line is nothing but dashes, colons and bars between them, or plus signs as in Org."""
    line = line.strip()
    if not set(line) <= set("|:-+ \t") or "-" not in line or not ("|" in line or ":" in line):
        return False
    cells = line.removeprefix("|").removesuffix("|").replace("+", "|").split("|")
    return all(_DASHES.fullmatch(cell.strip()) for cell in cells)


def _pipe_table(lines: list[str], start: int, end: int, budget: Budget, heading: str, taken: tuple[str, ...]) -> Grid:
    table = Sparse(budget, "")
    numbers = (start, *range(start + 2, end))
    for row, at in enumerate(numbers, start=1):
        cells = _cells(lines[at])
        for column, cell in enumerate(cells, start=1):
            if cell:
                left, count = _STRUCK.subn("", cell)
                table.struck += count
                table.put(row, column, inline(left, budget.file))
        first = next((cell.strip() for cell in cells if cell.strip()), "")
        if first.startswith(("**", "__", "<b>", "<strong>")):
            table.strong.add(row)
    return table.grid(Places.LINE, heading, taken=taken, lines={row: at + 1 for row, at in enumerate(numbers, start=1)})


def _cells(line: str) -> list[str]:
    """The cells of a row, parted at bars that are not escaped."""
    line = line.strip()
    line = line.removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [cell.replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)]


def inline(text: str, file: str) -> str:
    """A piece of Markdown as it reads: no emphasis, links by their words, no marks of footnotes."""
    text = _BREAK.sub("\n", _RAISED.sub("", text.strip()))
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub("", text)
    bare = _ESCAPED.sub(r"\1", _MARKERS.sub("", text))
    with reading(file, "holds a character reference (&#...;) that stands for no character"):
        return clean(html.unescape(bare if bare.strip() else text))

"""Tables of AsciiDoc, between two lines of `|===`, or of `,===` and `:===`."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import islice

from advisor.matrices.budget import MOST_COLUMNS
from advisor.matrices.markup_cells import MOST_CELLS, Cell, Row, cell_of, count_of, shown

_LONGEST_TITLE = 300
_MOST_DOWN = 50  # rows that a cell goes over
_TITLE = re.compile(r"(?:={1,6}|\.(?=[^\s.]))\s*(.+)")
_RULE = re.compile(r"([|,:])={3,}\s*$")
_FORMAT = re.compile(r"format\s*=\s*[\"']?(csv|tsv|dsv)\b")
_PARTED = {"csv": ",", "tsv": "\t", "dsv": ":", ",": ",", ":": ":"}
# What may stand before a cell's bar: `2+`, `.3+`, `3*`, how it is aligned, and its style.
_BAR = re.compile(
    r"(?:^|(?<=\s))(?:(\d{1,4})?(?:\.(\d{1,4}))?([+*]))?([<^>]?(?:\.[<^>])?)([a-z])?(?<!\\)\|", re.MULTILINE
)
_COLS = re.compile(r"cols\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^,\]]*))")


def asciidoc_title(lines: Sequence[str], at: int) -> str:
    """The heading or the table's title that a line is, or nothing."""
    match = _TITLE.fullmatch(lines[at].rstrip()[:_LONGEST_TITLE])
    return shown(match[1]) if match and not set(match[1]) <= {"="} else ""


def asciidoc_table(lines: Sequence[str], at: int) -> tuple[list[Row], int] | None:
    """The table that a line opens, as many columns wide as its `cols` or its first line has."""
    rule = lines[at][0]
    ends = (one for one in range(at + 1, len(lines)) if lines[one][:1] == rule and _RULE.match(lines[one]))
    end = next(ends, len(lines))
    inside = [line for line in lines[at + 1 : end] if not line.startswith("//")]
    if parted := _PARTED.get(rule) or _format(lines[max(at - 3, 0) : at]):
        try:
            read = csv.reader(inside, delimiter=parted)
            return [[cell_of(cell) for cell in row] for row in islice(read, MOST_CELLS) if row], end + 1
        except csv.Error:
            return None
    first = next((line for line in inside if line.strip()), "")
    wide = _columns(lines[max(at - 3, 0) : at]) or sum(cell.across for cell in _cells(first))
    if not wide:
        return None
    rows: list[Row] = [[]]
    room = [wide]  # of each row, without what cells from above take
    for cell in _cells("\n".join(inside)):
        if len(rows) > MOST_CELLS:
            break
        while room[0] <= 0:
            rows.append([])
            room.pop(0)
            room = room or [wide]
        for down in range(min(cell.down, _MOST_DOWN)):
            if down >= len(room):
                room.append(wide)
            room[down] -= cell.across
        rows[-1].append(cell)
    return rows, end + 1


def _format(above: Sequence[str]) -> str:
    """What parts the cells by the line of attributes over a table, where that is no bar."""
    said = (_FORMAT.search(line) for line in above if line.startswith("["))
    return next((_PARTED[one[1]] for one in said if one), "")


def _columns(above: Sequence[str]) -> int:
    """How many columns the line of attributes over a table gives it."""
    for line in above:
        if line.startswith("[") and (match := _COLS.search(line)):
            said = next(filter(None, match.groups()), "")
            parts = [part.strip() for part in re.split(r"[,;]", said) if part.strip()]
            times = (re.match(r"(\d{1,4})\*", part) for part in parts)
            return min(sum(count_of(one[1]) if one else 1 for one in times), MOST_COLUMNS)
    return 0


def _cells(text: str) -> list[Cell]:
    bars = list(_BAR.finditer(text))
    out: list[Cell] = []
    for bar, end in islice(zip(bars, [*(one.start() for one in bars[1:]), len(text)], strict=False), MOST_CELLS):
        said = text[bar.end() : end].strip().replace("\\|", "|")
        strong = bar[5] in ("h", "s")
        if bar[3] == "*":
            out += [cell_of(said, strong)] * min(count_of(bar[1]), 50)
        else:
            out.append(cell_of(said, strong, count_of(bar[1]), count_of(bar[2])))
    return out

"""Tables of reStructuredText: drawn as a grid or with rules, and the directives `list-table` and `csv-table`."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import pairwise

from advisor.matrices.markup_cells import LONGEST, MOST_CELLS, Cell, Row, cell_of, shown

_BORDER = re.compile(r"\s*\+(?:[-=]+\+)+\s*$")
_RULE = re.compile(r"={2,}(?:\s+={2,})*\s*$")
_UNDERLINE = re.compile(r"([=\-~^\"'*+#`:.])\1{2,}\s*$")
_DIRECTIVE = re.compile(r"\s*\.\. (list-table|csv-table)::\s*(.*)")
_ITEM = re.compile(r"(\s*)([*+-])\s+(?:([*+-])(?:\s+|$))?(.*)")
_MOST_COLUMNS = 200
_MOST_PIECES = 500_000  # of lines, as they are cut at the edges of a grid
Found = tuple[list[Row], int]


def restructured_title(lines: Sequence[str], at: int) -> str:
    """The title that a line is, told by the line under it, or that of a table's directive."""
    if match := re.match(r"\s*\.\. (?:list-table|csv-table|table)::\s*(.+)", lines[at]):
        return shown(match[1])
    below = lines[at + 1] if at + 1 < len(lines) else ""
    named = lines[at].strip() and lines[at][0].isalnum() and not _UNDERLINE.match(lines[at])
    return (
        shown(lines[at]) if named and _UNDERLINE.match(below) and len(below.strip()) >= len(lines[at].strip()) else ""
    )


def restructured_table(lines: Sequence[str], at: int) -> Found | None:
    """The table that a line opens."""
    if match := _DIRECTIVE.match(lines[at]):
        return _list_table(lines, at) if match[1] == "list-table" else _csv_table(lines, at)
    return _grid_table(lines, at) if lines[at].lstrip().startswith("+") else _ruled_table(lines, at)


def _grid_table(lines: Sequence[str], at: int) -> Found | None:
    """A table drawn with `+---+`; a border that is left out between two cells makes them one."""
    end = at
    while end < min(len(lines), at + MOST_CELLS) and lines[end].strip()[:1] in ("+", "|") and lines[end].strip():
        end += 1
    inside = [line.strip() for line in lines[at:end]]
    edges = sorted({place for line in inside if _BORDER.match(line) for place, one in enumerate(line) if one == "+"})
    if len(edges) > _MOST_COLUMNS:
        return None
    inside = inside[: _MOST_PIECES // max(1, len(edges))]
    rows: list[Row] = []
    texts: list[list[str]] = [[] for _ in edges[1:]]
    joined: set[int] = set()  # edges that no line of the row draws
    for line in inside[1:]:
        if line.startswith("+") and set(line) <= set("-=+"):
            rows.append(_grid_row(texts, joined))
            if len(rows) * len(edges[1:]) >= MOST_CELLS:
                break
            texts, joined = [[] for _ in edges[1:]], set()
            continue
        for part, (left, right) in enumerate(pairwise(edges)):
            drawn = line[right : right + 1] in ("|", "+", "")
            texts[part].append(line[left + 1 : right + (not drawn)])
            if not drawn:
                joined.add(part)
    return rows, end


def _grid_row(texts: Sequence[Sequence[str]], joined: set[int]) -> Row:
    row: Row = []
    waiting: list[Sequence[str]] = []
    for part, text in enumerate(texts):
        waiting.append(text)
        if part not in joined:
            lines = ["".join(pieces).strip(" |") for pieces in zip(*waiting, strict=False)]
            row.append(cell_of("\n".join(line for line in lines if line), across=len(waiting)))
            waiting = []
    return row


def _ruled_table(lines: Sequence[str], at: int) -> Found | None:
    """A table between rules of `====`, which say how wide each column is."""
    indent = len(lines[at]) - len(lines[at].lstrip())
    rule = lines[at][indent:].rstrip()
    starts = [match.start() for match in re.finditer(r"=+", rule)]
    if len(starts) > _MOST_COLUMNS:
        return None
    rows: list[Row] = []
    rules = 0
    end = at + 1
    while end < min(len(lines), at + MOST_CELLS) and len(rows) * len(starts) <= MOST_CELLS:
        line = lines[end][indent:]
        end += 1
        if _RULE.match(line):
            rules += 1
            if rules > 1 or not lines[end : end + 1] or not lines[end].strip():
                break
        elif line.strip() and not set(line.strip()) <= set("- "):
            cells = [
                line[start : (starts[part + 1] if part + 1 < len(starts) else None)].strip()
                for part, start in enumerate(starts)
            ]
            if rows and not cells[0] and any(cells) and len(rows[-1]) == len(cells):
                rows[-1] = [
                    Cell(f"{cell.text}\n{shown(more)}" if more else cell.text, cell.strong)
                    for cell, more in zip(rows[-1], cells, strict=True)
                ]
            else:
                rows.append([cell_of(cell if cell != "\\" else "") for cell in cells])
    return rows, end


def _inside(lines: Sequence[str], at: int) -> tuple[list[str], list[str], int]:
    """The options of a directive, what stands in it, and where it ends."""
    indent = len(lines[at]) - len(lines[at].lstrip())
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > indent):
        end += 1
    inside = [line for line in lines[at + 1 : end] if line.strip()]
    options = [line.strip() for line in inside if re.match(r"\s*:[\w-]+:", line)]
    return options, [line for line in inside if not re.match(r"\s*:[\w-]+:(\s|$)", line)], end


def _list_table(lines: Sequence[str], at: int) -> Found:
    _, inside, end = _inside(lines, at)
    rows: list[list[str]] = []
    for line in inside:
        match = _ITEM.match(line)
        if match and match[3]:
            rows.append([match[4]])
        elif match and rows:
            rows[-1].append(match[4])
        elif rows and line.strip() in ("-", "*"):
            rows[-1].append("")
        elif rows and len(rows[-1][-1]) < LONGEST:
            rows[-1][-1] = f"{rows[-1][-1]} {line.strip()}"
    return [[cell_of(text) for text in row] for row in rows], end


def _csv_table(lines: Sequence[str], at: int) -> Found | None:
    options, inside, end = _inside(lines, at)
    head = [option.partition(":header:")[2].strip() for option in options if option.startswith(":header:")]
    try:
        rows = list(csv.reader([*head, *(line.strip() for line in inside)], skipinitialspace=True))
    except csv.Error:
        return None
    return [[cell_of(text) for text in row] for row in rows if row], end

"""Tables of wikis: Confluence and Jira, MediaWiki, DokuWiki, Creole, Textile."""

from __future__ import annotations

import re
from collections.abc import Sequence

from advisor.matrices.markup_cells import LONGEST, Cell, Row, cell_of, count_of, shown

_LONGEST_TITLE = 300
_MOST_BROKEN = 20  # lines of one row
_TITLE = re.compile(r"\s*(?:h[1-6]\.\s+(.+)|(={2,6})\s*(.+?)\s*={2,6}\s*$)")
_KEPT = re.compile(r"\[[^\[\]]*\]|\{[^{}]*\}")  # links and macros, whose bars part no cells
_ATTRIBUTES = re.compile(r"\s*(?:[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s|\"'=]+)(?:\s+|$))+$")
_SPAN = re.compile(r"(col|row)span\s*=\s*[\"']?(\d{1,4})", re.IGNORECASE)
_TEXTILE = re.compile(r"(_)?((?:[\\/]\d{1,4}|[<>=^~])*)(?:\([^)]*\)|\{[^}]*\})*\.\s")


def wiki_title(lines: Sequence[str], at: int) -> str:
    """The heading that a line is, or nothing."""
    match = _TITLE.match(lines[at]) if len(lines[at]) < _LONGEST_TITLE else None
    return shown(match[1] or match[3]) if match else ""


def _parted(line: str, pattern: str) -> list[str]:
    """The line parted where the pattern is, but for links and macros."""
    kept = _KEPT.sub(lambda match: match[0].replace("|", "\0").replace("^", "\1"), line)
    return [part.replace("\0", "|").replace("\1", "^") for part in re.split(pattern, kept)]


def bar_table(lines: Sequence[str], at: int) -> tuple[list[Row], int] | None:
    """`||Task||PM||` and under it `|Agree|A|`; a cell with a heading's bars is set in bold."""
    rows: list[Row] = []
    while at < len(lines) and lines[at].lstrip().startswith("|"):
        line = lines[at].strip()
        for _ in range(_MOST_BROKEN):
            if line.endswith("|") or lines[at + 1 : at + 2] == [] or lines[at + 1].strip()[:1] in ("", "|"):
                break
            at += 1
            line = f"{line}\n{lines[at].strip()}"  # a cell of several lines
        parts = _parted(line, r"(\|\|?)")
        cells = list(zip(parts[1::2], parts[2::2], strict=True))
        if cells and not cells[-1][1].strip():
            cells.pop()
        rows.append([cell_of(text, bars == "||") for bars, text in cells])
        at += 1
    return rows, at


def doku_table(lines: Sequence[str], at: int) -> tuple[list[Row], int] | None:
    """`^ Task ^ PM ^` and under it `| Agree | A |`."""
    rows: list[Row] = []
    while at < len(lines) and lines[at].lstrip()[:1] in ("^", "|") and lines[at].strip()[1:]:
        parts = _parted(lines[at].strip(), r"([|^])")
        cells = list(zip(parts[1::2], parts[2::2], strict=True))
        if cells and not cells[-1][1]:
            cells.pop()
        rows.append([cell_of(text if text.strip() != ":::" else "", mark == "^") for mark, text in cells])
        at += 1
    return rows, at


def creole_table(lines: Sequence[str], at: int) -> tuple[list[Row], int] | None:
    """`|=Task|=PM|` and under it `|Agree|A|`."""
    rows: list[Row] = []
    while at < len(lines) and lines[at].lstrip().startswith("|"):
        parts = _parted(lines[at].strip(), r"\|")[1:]
        if parts and not parts[-1].strip():
            parts.pop()
        rows.append([cell_of(part.removeprefix("="), part.startswith("=")) for part in parts])
        at += 1
    return rows, at


def textile_table(lines: Sequence[str], at: int) -> tuple[list[Row], int] | None:
    """`|_. Task |_. PM |` and under it `|Agree|A|`; `\\2.` and `/2.` open cells over several columns and rows."""
    rows: list[Row] = []
    while at < len(lines) and lines[at].lstrip().startswith("|"):
        parts = _parted(lines[at].strip(), r"\|")[1:]
        if parts and not parts[-1].strip():
            parts.pop()
        row: Row = []
        for part in parts:
            match = _TEXTILE.match(part)
            spans = dict(re.findall(r"([\\/])(\d+)", match[2])) if match else {}
            text = part[match.end() :] if match else part
            row.append(cell_of(text, bool(match and match[1]), count_of(spans.get("\\")), count_of(spans.get("/"))))
        rows.append(row)
        at += 1
    return rows, at


def media_table(lines: Sequence[str], at: int) -> tuple[list[Row], int] | None:
    """`{|`, rows parted by `|-`, headings by `!`, cells by `|` on lines of their own or `||` on one."""
    rows: list[Row] = [[]]
    at += 1
    texts: list[tuple[str, bool]] = []

    def close() -> None:
        rows[-1].extend(_media_cell(text, strong) for text, strong in texts)
        texts.clear()

    while at < len(lines):
        line = lines[at].strip()
        at += 1
        if line.startswith("|}"):
            break
        if line.startswith("|+"):
            continue
        if line.startswith("|-"):
            close()
            rows.append([])
        elif line[:1] in ("|", "!"):
            strong = line[0] == "!"
            texts += [(part, strong) for part in _parted(line[1:], r"\|\||!!" if strong else r"\|\|")]
        elif texts and len(texts[-1][0]) < LONGEST:
            texts[-1] = (f"{texts[-1][0]}\n{line}", texts[-1][1])
    close()
    return rows, at


def _media_cell(text: str, strong: bool) -> Cell:
    parts = _parted(text, r"\|")
    if len(parts) > 1 and len(parts[0]) < _LONGEST_TITLE and _ATTRIBUTES.match(parts[0]):
        spans = {kind.lower(): number for kind, number in _SPAN.findall(parts[0])}
        return cell_of("|".join(parts[1:]), strong, count_of(spans.get("col")), count_of(spans.get("row")))
    return cell_of(text, strong)

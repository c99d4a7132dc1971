"""Tables in the markup of wikis and manuals, rewritten as HTML, so that spans and headings are read in one place."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisor.errors import InputError, Problem
from advisor.matrices.asciidoc import asciidoc_table, asciidoc_title
from advisor.matrices.budget import Budget
from advisor.matrices.grid import Grid
from advisor.matrices.markup_cells import MOST_CELLS, Cell, Row
from advisor.matrices.restructured import restructured_table, restructured_title
from advisor.matrices.web import web_grids
from advisor.matrices.wikis import (
    bar_table,
    creole_table,
    doku_table,
    media_table,
    textile_table,
    wiki_title,
)

_LONGEST_LINE = 20_000
Reader = Callable[[Sequence[str], int], tuple[list[Row], int] | None]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of markup: what each of its tables starts with, how one is read, and how a heading is."""

    name: str
    opens: re.Pattern[str]
    read: Reader
    title: Callable[[Sequence[str], int], str]


_KINDS = (
    _Kind("Confluence or Jira", re.compile(r"\s*\|\|.*\|\|"), bar_table, wiki_title),
    _Kind("MediaWiki", re.compile(r"\s*:*\{\|"), media_table, wiki_title),
    _Kind("DokuWiki", re.compile(r"\s*\^.*[\^|]\s*$"), doku_table, wiki_title),
    _Kind("Creole", re.compile(r"\s*\|=[^=|\s].*\|=|\s*\|=\s.*\|="), creole_table, wiki_title),
    _Kind("Textile", re.compile(r"\s*\|_[^|]*\.[^|]*\|"), textile_table, wiki_title),
    _Kind("AsciiDoc", re.compile(r"[|,:]={3,}\s*$"), asciidoc_table, asciidoc_title),
    _Kind(
        "reStructuredText",
        re.compile(r"\s*(?:\+(?:-+\+)+\s*$|={2,}(?:\s+={2,})+\s*$|\.\. (?:list-table|csv-table)::)"),
        restructured_table,
        restructured_title,
    ),
)


def markup_grids(text: str, budget: Budget) -> tuple[list[Grid], str]:
    """The tables of the first kind of markup that has some, and what the kind is called."""
    lines = [line[:_LONGEST_LINE] for line in text.splitlines()]
    for kind in _KINDS:
        if any(kind.opens.match(line) for line in lines):
            page = "".join(_page(kind, lines, budget.file))
            if "<table" in page:
                return web_grids(page, budget), kind.name
    return [], ""


def _page(kind: _Kind, lines: Sequence[str], file: str) -> Iterator[str]:
    at = 0
    while at < len(lines):
        if kind.opens.match(lines[at]) and (found := kind.read(lines, at)) is not None:
            rows, end = found
            if len(rows) > MOST_CELLS or sum(map(len, rows)) >= MOST_CELLS:
                much = f"has a table in markup of {MOST_CELLS:,} cells or more, which no matrix has"
                raise InputError([Problem(file, at + 1, "", much)])
            yield _table(rows)
            at = max(end, at + 1)
            continue
        if title := kind.title(lines, at):
            yield f"<h2>{html.escape(title)}</h2>"
        at += 1


def _table(rows: Iterable[Row]) -> str:
    inner = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows if row)
    return f"<table>{inner}</table>"


def _cell(cell: Cell) -> str:
    text = html.escape(cell.text).replace("\n", "<br>")
    text = f"<b>{text}</b>" if cell.strong else text
    return f'<td colspan="{cell.across}" rowspan="{cell.down}">{text}</td>'

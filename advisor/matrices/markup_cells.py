"""A cell of a table in markup, and its text without the marks of emphasis, links and macros that wikis have."""

from __future__ import annotations

import re
from dataclasses import dataclass

from advisor.matrices.budget import MOST_COLUMNS
from advisor.matrices.grid import number_in

LONGEST = 2_000  # of a cell that is looked at for marks
MOST_CELLS = 20_000  # of a table in markup, and lines that it may have
_MACRO = re.compile(r"\{status:(?:[^{}]*[:|])?title=([^|{}]*)[^{}]*\}", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{[^{}|]*\|([^{}|]*)[^{}]*\}\}")
_MONO = re.compile(r"\{\{([^{}|]*)\}\}")
_BRACES = re.compile(r"\{/?[a-zA-Z][^{}|]*\}")
_LINKS = (re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]"), re.compile(r"\[([^\[\]|]*)\|[^\[\]]*\]"))
_TICKS = (("(/)", "✓"), ("(x)", "✗"), ("(*)", "•"))
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BREAK = re.compile(r"<br\s*/?>|\\\\(?:\s|$)", re.IGNORECASE)
_ROLE = re.compile(r":[a-z-]{1,20}:`([^`<]*)[^`]*`")
_MARKS = re.compile(r"'''?|\*\*|__|//|``|(?<![\w*])[*_+`](?=\S)|(?<=\S)[*_+`](?![\w*])")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, whether it is set in bold, and over how many columns and rows it goes."""

    text: str
    strong: bool = False
    across: int = 1
    down: int = 1


Row = list[Cell]


def cell_of(text: str, strong: bool = False, across: int = 1, down: int = 1) -> Cell:
    """The cell of a text in markup."""
    text = text.strip()
    strong = strong or (text[:1] in "*'" and text[-1:] in "*'" and len(text) > 2)
    return Cell(shown(text), strong, across, down)


def shown(text: str) -> str:
    """A text in markup as it reads; one too long for a cell of a matrix stays as it is."""
    if len(text) > LONGEST:
        return text.strip()
    for mark, tick in _TICKS:
        text = text.replace(mark, tick)
    text = _BREAK.sub("\n", text)
    text = _MONO.sub(r"\1", _TEMPLATE.sub(r"\1", _MACRO.sub(r"\1", text)))
    for link in _LINKS:
        text = link.sub(r"\1", text)
    text = _TAG.sub("", _ROLE.sub(r"\1", _BRACES.sub("", text)))
    bare = _MARKS.sub("", text).strip()
    return bare or text.strip()


def count_of(text: str | None) -> int:
    """A span as somebody wrote it, within what a table can have."""
    number = number_in(text or "1")
    return min(max(number or 1, 1), MOST_COLUMNS)

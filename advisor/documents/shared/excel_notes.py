"""The XML of comments in a workbook: their texts, and the boxes that they are shown in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from advisor.documents.shared.words import clean

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
AUTHOR = "advisor"

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LINE = 44  # characters of a comment's line; the box is as high as its lines
_WIDE, _GAP = 300, 15  # pixels of the box, and from the cell to it
_COLUMN = 64  # pixels of a column that nobody has made wider


def comments_part(notes: Mapping[str, str]) -> str:
    """The part that holds the comments of a sheet, by cell."""
    each = "".join(comment(cell, text, 0) for cell, text in notes.items())
    return (
        f'{XML}<comments xmlns="{MAIN}"><authors><author>{AUTHOR}</author></authors>'
        f"<commentList>{each}</commentList></comments>"
    )


def comment(cell: str, text: str, author: int) -> str:
    """One comment, by the author of that number."""
    return f'<comment xmlns="{MAIN}" ref={quoteattr(cell)} authorId="{author}"><text>{run(text)}</text></comment>'


def run(text: str) -> str:
    """The text as a run of a comment; lines stay lines."""
    lines = "\n".join(clean(line) for line in text.split("\n"))
    kept = "".join(one for one in lines if one not in "\ufffe\uffff")
    look = '<rPr><sz val="9"/><rFont val="Tahoma"/></rPr>'
    return f'<r xmlns="{MAIN}">{look}<t xml:space="preserve">{escape(kept)}</t></r>'


def drawing_part(shapes: str) -> str:
    """The part that holds the boxes of a sheet's comments."""
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel">'
        '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
        '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
        '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
        f"{shapes}</xml>"
    )


def shape(cell: str, text: str, number: int, widths: Mapping[int, int]) -> str:
    """The box of a comment, hidden until somebody points at the cell; `widths` are pixels of columns, from 1."""
    column, row = (number - 1 for number in place_of(cell))
    right, rest = column + 1, _WIDE + _GAP
    while rest > (width := max(widths.get(right + 1, _COLUMN), 1)):
        right, rest = right + 1, rest - width
    top = max(row - 1, 0)
    lines = sum(1 + len(line) // _LINE for line in text.split("\n"))
    anchor = f"{column + 1}, {_GAP}, {top}, 10, {right}, {rest}, {top + max(4, lines)}, 4"
    return (
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202" '
        'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def is_cell(text: str) -> bool:
    """Whether the text names a cell, such as `C7`."""
    return _REFERENCE.fullmatch(text) is not None


def place_of(cell: str) -> tuple[int, int]:
    """Column and row of a cell, counted from 1."""
    match = _REFERENCE.fullmatch(cell)
    if match is None:
        raise KeyError(cell)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(match[2])

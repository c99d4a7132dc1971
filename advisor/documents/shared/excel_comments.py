"""Comments put into a workbook that somebody else made: parts are added, all that is in it stays as it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from advisor.documents.shared.excel_notes import (
    AUTHOR,
    MAIN,
    comment,
    comments_part,
    drawing_part,
    is_cell,
    place_of,
    run,
    shape,
)
from advisor.documents.shared.excel_parts import RELATIONS, Element, Parts, attribute, local, within
from advisor.files import reading
from advisor.matrices.budget import Bound, Budget

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_LAST_COLUMN = 16_384
_FIRST_SHAPE = 50_000  # numbers of shapes from here on are seldom taken
# What may follow the reference to drawings of comments in a sheet; it goes before the first of them.
_AFTER = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)


def with_comments(data: bytes, notes: Mapping[str, Mapping[str, str]], file: str) -> bytes:
    """The workbook with the notes as comments, by sheet and cell (`C7`); what has a comment already keeps it too.

    Raises InputError for what is no workbook of the usual kind, or unpacks into more than MOST_UNPACKED bytes.
    """
    with reading(file, "is no workbook that comments could be added to"):
        parts = Parts(data, file)
        add_comments(parts, notes)
        return parts.packed()


def add_comments(parts: Parts, notes: Mapping[str, Mapping[str, str]]) -> None:
    """The same to a workbook whose parts are being changed."""
    for name, part in parts.sheets().items():
        if wanted := notes.get(name, {}):
            _annotate(parts, part, wanted)


def _annotate(parts: Parts, part: str, notes: Mapping[str, str]) -> None:
    sheet = parts.sheet(part)
    notes = _at_anchors(notes, sheet, parts.budget)
    relations = {kind: target for kind, target, _ in parts.relations(part)}
    by_id = {id: target for _, target, id in parts.relations(part)}
    drawn = within(sheet, "legacyDrawing")
    drawing = by_id[attribute(drawn[0], "id")] if drawn else ""
    told = relations.get("comments", "")
    before = _comment(parts, told, notes) if told else set()
    if not told:
        told = parts.free("xl/comments{}.xml")
        parts.add(told, _COMMENTS_TYPE, comments_part(notes))
        parts.relate(part, "comments", told)
    widths = _widths(sheet, parts.budget)
    vml = parts.read(drawing) if drawing else b""
    number = _FIRST_SHAPE + vml.count(b"<v:shape ")
    fresh = [(cell, text) for cell, text in notes.items() if cell not in before]
    shapes = "".join(shape(cell, text, number + at, widths) for at, (cell, text) in enumerate(fresh))
    if drawing:
        parts.replace(drawing, vml[: vml.rindex(b"</xml>")] + shapes.encode() + vml[vml.rindex(b"</xml>") :])
        return
    drawing = parts.free("xl/drawings/vmlDrawing{}.vml")
    parts.add(drawing, "", drawing_part(shapes))
    id = parts.relate(part, "vmlDrawing", drawing)
    after = [one.start for one in sheet.inner if local(one.name) in _AFTER]
    said = f'<legacyDrawing xmlns="{MAIN}" xmlns:r="{RELATIONS}" r:id="{id}"/>'
    parts.insert(part, [(after[0] if after else sheet.end, said)])


def _comment(parts: Parts, part: str, notes: Mapping[str, str]) -> set[str]:
    """Add to the comments that a sheet has; returns the cells that had one."""
    root = parts.parsed(part)
    authors, listed = within(root, "authors")[0], within(root, "commentList")[0]
    there = {one.found.get("ref", ""): one for one in listed.inner}
    author = len(authors.inner)
    inserts = [(authors.end, f'<author xmlns="{MAIN}">{AUTHOR}</author>')]
    for cell, text in notes.items():
        if cell in there:
            inserts.append((within(there[cell], "text")[0].end, run(f"\n\n{text}")))
        else:
            inserts.append((listed.end, comment(cell, text, author)))
    if authors.start == authors.end or listed.start == listed.end:
        raise parts.error(f"has an empty list of comments ({part}); save it in Excel once")
    parts.insert(part, inserts)
    return set(there)


def _at_anchors(notes: Mapping[str, str], sheet: Element, budget: Budget) -> dict[str, str]:
    """The notes by the cell that is shown: of merged ones that is the first, which alone can have a comment."""
    anchors: dict[str, str] = {}
    by_row = sorted((row, column, cell) for cell in notes for column, row in (place_of(cell),))
    for one in within(sheet, "mergeCells", "mergeCell"):
        corners = [place_of(cell) for cell in one.found.get("ref", "").split(":") if is_cell(cell)]
        if len(corners) < 2:
            continue
        (left, top), (right, bottom) = corners
        touched = by_row[bisect_left(by_row, (top,)) : bisect_right(by_row, (bottom, _LAST_COLUMN + 1))]
        budget.spend(Bound.LOOKS, 1 + len(touched))
        anchor = one.found["ref"].partition(":")[0]
        anchors |= {cell: anchor for _, column, cell in touched if left <= column <= right}
    found: dict[str, str] = {}
    for cell, text in notes.items():
        at = anchors.get(cell, cell)
        found[at] = f"{found[at]}\n\n{text}" if at in found else text
    return found


def _widths(sheet: Element, budget: Budget) -> dict[int, int]:
    """Pixels of the columns that have a width of their own, counted from 1."""
    found: dict[int, int] = {}
    for one in within(sheet, "cols", "col"):
        try:
            first, last = int(one.found.get("min", "")), min(int(one.found.get("max", "")), _LAST_COLUMN)
            pixels = 0 if one.found.get("hidden") in ("1", "true") else int(float(one.found.get("width", "9")) * 7 + 5)
        except (ValueError, OverflowError):
            continue
        budget.spend(Bound.LOOKS, max(0, last - first + 1))
        found |= dict.fromkeys(range(first, last + 1), pixels)
    return found

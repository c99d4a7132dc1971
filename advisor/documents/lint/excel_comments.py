"""Comments put into a workbook that somebody else made: parts are added, all that is in it stays as it is."""

from __future__ import annotations

import io
import posixpath
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from advisor.documents.shared.excel_notes import (
    AUTHOR,
    MAIN,
    XML,
    comment,
    comments_part,
    drawing_part,
    is_cell,
    place_of,
    run,
    shape,
)
from advisor.errors import InputError, Problem
from advisor.files import reading
from advisor.matrices.budget import Bound, Budget

MOST_UNPACKED = 100_000_000  # bytes of all parts, which are packed again
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
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


@dataclass(slots=True)
class _Element:
    """An element of a part: where its start tag and its end tag begin; the same where it closes itself."""

    name: str
    found: Mapping[str, str]
    start: int
    inner: list[_Element] = field(default_factory=list)
    end: int = 0


def with_comments(data: bytes, notes: Mapping[str, Mapping[str, str]], file: str) -> bytes:
    """The workbook with the notes as comments, by sheet and cell (`C7`); what has a comment already keeps it too.

    Raises InputError for what is no workbook of the usual kind, or unpacks into more than MOST_UNPACKED bytes.
    """
    with reading(file, "is no workbook that comments could be added to"):
        return _Workbook(data, file).write(notes)


def _error(file: str, message: str) -> InputError:
    return InputError([Problem(file, 0, "", message)])


class _Workbook:
    """The parts of a workbook, the changed and the new ones apart."""

    def __init__(self, data: bytes, file: str) -> None:
        self._file = file
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        if sum(info.file_size for info in self._archive.infolist()) > MOST_UNPACKED:
            raise _error(file, f"unpacks into more than {MOST_UNPACKED // 1_000_000} MB; comments are not added")
        self._names = {info.filename.lstrip("/"): info.filename for info in self._archive.infolist()}
        self._kept: dict[str, bytes] = {}
        self._changed: dict[str, bytes] = {}
        self._budget = Budget(file)

    def write(self, notes: Mapping[str, Mapping[str, str]]) -> bytes:
        main = next(target for kind, target, _ in self._relations("") if kind == "officeDocument")
        targets = {id: target for _, target, id in self._relations(main)}
        for sheet in _within(self._parsed(main), "sheets", "sheet"):
            wanted = notes.get(sheet.found.get("name", ""), {})
            if wanted:
                self._annotate(targets[_attribute(sheet, "id")], wanted)
        return self._packed()

    def _annotate(self, part: str, notes: Mapping[str, str]) -> None:
        sheet = self._parsed(part)
        if not sheet.name.startswith(f"{MAIN} "):
            raise _error(self._file, "is a Strict Open XML workbook; save it as an ordinary one (.xlsx) first")
        notes = _at_anchors(notes, sheet, self._budget)
        relations = {kind: target for kind, target, _ in self._relations(part)}
        by_id = {id: target for _, target, id in self._relations(part)}
        drawn = _within(sheet, "legacyDrawing")
        drawing = by_id[_attribute(drawn[0], "id")] if drawn else ""
        told = relations.get("comments", "")
        before = self._comment(told, notes) if told else set()
        if not told:
            told = self._free("xl/comments{}.xml")
            self._add(told, _COMMENTS_TYPE, comments_part(notes))
            self._relate(part, "comments", told)
        widths = _widths(sheet, self._budget)
        vml = self._read(drawing) if drawing else b""
        number = _FIRST_SHAPE + vml.count(b"<v:shape ")
        fresh = [(cell, text) for cell, text in notes.items() if cell not in before]
        shapes = "".join(shape(cell, text, number + at, widths) for at, (cell, text) in enumerate(fresh))
        if drawing:
            self._changed[drawing] = vml[: vml.rindex(b"</xml>")] + shapes.encode() + vml[vml.rindex(b"</xml>") :]
            return
        drawing = self._free("xl/drawings/vmlDrawing{}.vml")
        self._add(drawing, "", drawing_part(shapes))
        id = self._relate(part, "vmlDrawing", drawing)
        after = [one.start for one in sheet.inner if _local(one.name) in _AFTER]
        said = f'<legacyDrawing xmlns="{MAIN}" xmlns:r="{_RELATIONS}" r:id="{id}"/>'
        self._insert(part, [(after[0] if after else sheet.end, said)])

    def _comment(self, part: str, notes: Mapping[str, str]) -> set[str]:
        """Add to the comments that a sheet has; returns the cells that had one."""
        root = self._parsed(part)
        authors, listed = _within(root, "authors")[0], _within(root, "commentList")[0]
        there = {one.found.get("ref", ""): one for one in listed.inner}
        author = len(authors.inner)
        inserts = [(authors.end, f'<author xmlns="{MAIN}">{AUTHOR}</author>')]
        for cell, text in notes.items():
            if cell in there:
                inserts.append((_within(there[cell], "text")[0].end, run(f"\n\n{text}")))
            else:
                inserts.append((listed.end, comment(cell, text, author)))
        if authors.start == authors.end or listed.start == listed.end:
            raise _error(self._file, f"has an empty list of comments ({part}); save it in Excel once")
        self._insert(part, inserts)
        return set(there)

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """Kind, part and id of what belongs to a part; of the whole file for an empty name."""
        path = _relations_of(part)
        if path not in self._names and path not in self._changed:
            return []
        found = []
        for one in self._parsed(path).inner:
            target = one.found.get("Target", "")
            joined = target[1:] if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
            kind = one.found.get("Type", "").rpartition("/")[2]
            found.append((kind, posixpath.normpath(joined), one.found.get("Id", "")))
        return found

    def _relate(self, part: str, kind: str, target: str) -> str:
        path = _relations_of(part)
        id = f"rIdAdvisor{1 + sum(one[2].startswith('rIdAdvisor') for one in self._relations(part))}"
        said = (
            f'<Relationship xmlns="{_PACKAGE}/relationships" Id="{id}" Type="{_RELATIONS}/{kind}" Target="/{target}"/>'
        )
        if path not in self._names and path not in self._changed:
            self._changed[path] = f'{XML}<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'.encode()
        self._append(path, said)
        return id

    def _add(self, part: str, kind: str, text: str) -> None:
        self._changed[part] = text.encode()
        types = "[Content_Types].xml"
        if kind:
            said = f'<Override xmlns="{_PACKAGE}/content-types" PartName="/{part}" ContentType="{kind}"/>'
            self._append(types, said)
        elif not any(one.found.get("Extension", "").lower() == "vml" for one in self._parsed(types).inner):
            said = f'<Default xmlns="{_PACKAGE}/content-types" Extension="vml" ContentType="{_VML_TYPE}"/>'
            self._append(types, said)

    def _append(self, part: str, text: str) -> None:
        """Put the text last into the root of a part."""
        root = self._parsed(part)
        if root.start == root.end:
            raise _error(self._file, f"has an empty part ({part})")
        self._insert(part, [(root.end, text)])

    def _insert(self, part: str, inserts: list[tuple[int, str]]) -> None:
        """Put each text where it belongs, in one go; those of one place stand in their order."""
        data = self._read(part)
        pieces, before = [], 0
        for at, text in sorted(inserts, key=lambda one: one[0]):
            pieces += [data[before:at], text.encode()]
            before = at
        self._changed[part] = b"".join((*pieces, data[before:]))

    def _free(self, pattern: str) -> str:
        taken = {name.lower() for name in (*self._names, *self._changed)}
        return next(name for at in range(1, 100_000) if (name := pattern.format(at)).lower() not in taken)

    def _read(self, part: str) -> bytes:
        if part in self._changed:
            return self._changed[part]
        if part not in self._kept:
            info = self._archive.getinfo(self._names[part])
            self._budget.spend(Bound.UNPACKED, info.file_size)
            self._kept[part] = self._archive.read(info)
        return self._kept[part]

    def _parsed(self, part: str) -> _Element:
        return _parsed(self._read(part), self._budget)

    def _packed(self) -> bytes:
        stream = io.BytesIO()
        new = dict(self._changed)
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
            for info in self._archive.infolist():
                part = info.filename.lstrip("/")
                data = new.pop(part) if part in new else self._archive.read(info)
                copy = zipfile.ZipInfo(info.filename, info.date_time)
                copy.external_attr, copy.compress_type = info.external_attr, zipfile.ZIP_DEFLATED
                out.writestr(copy, data)
            for part, data in new.items():
                # The same workbook and findings give the same bytes, so the time of the run must not be in them.
                copy = zipfile.ZipInfo(part, (2000, 1, 1, 0, 0, 0))
                copy.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(copy, data)
        return stream.getvalue()


def _parsed(data: bytes, budget: Budget) -> _Element:
    """The elements of a part with their offsets; cells of a sheet, of which there may be many, are left out."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise expat.ExpatError("is no UTF-8")
    open_ones: list[_Element] = []
    roots: list[_Element] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, found: dict[str, str]) -> None:
        budget.spend(Bound.PIECES)
        one = _Element(name, found, parser.CurrentByteIndex)
        if not open_ones:
            roots.append(one)
        elif _local(open_ones[-1].name) not in ("sheetData", "row", "c"):
            open_ones[-1].inner.append(one)
        open_ones.append(one)

    def end(_: str) -> None:
        open_ones.pop().end = parser.CurrentByteIndex

    def doctype(*_: object) -> None:
        raise expat.ExpatError("declares a DTD")

    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, doctype
    parser.Parse(data, True)
    return roots[0]


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _within(root: _Element, *names: str) -> list[_Element]:
    """The elements that a path of names leads to."""
    found = [root]
    for name in names:
        found = [inner for one in found for inner in one.inner if _local(inner.name) == name]
    return found


def _attribute(one: _Element, name: str) -> str:
    return next(value for key, value in one.found.items() if _local(key) == name)


def _at_anchors(notes: Mapping[str, str], sheet: _Element, budget: Budget) -> dict[str, str]:
    """The notes by the cell that is shown: of merged ones that is the first, which alone can have a comment."""
    anchors: dict[str, str] = {}
    by_row = sorted((row, column, cell) for cell in notes for column, row in (place_of(cell),))
    for one in _within(sheet, "mergeCells", "mergeCell"):
        corners = [place_of(cell) for cell in one.found.get("ref", "").split(":") if is_cell(cell)]
        if len(corners) < 2:
            continue
        (left, top), (right, bottom) = corners
        within = by_row[bisect_left(by_row, (top,)) : bisect_right(by_row, (bottom, _LAST_COLUMN + 1))]
        budget.spend(Bound.LOOKS, 1 + len(within))
        anchor = one.found["ref"].partition(":")[0]
        anchors |= {cell: anchor for _, column, cell in within if left <= column <= right}
    found: dict[str, str] = {}
    for cell, text in notes.items():
        at = anchors.get(cell, cell)
        found[at] = f"{found[at]}\n\n{text}" if at in found else text
    return found


def _widths(sheet: _Element, budget: Budget) -> dict[int, int]:
    """Pixels of the columns that have a width of their own, counted from 1."""
    found: dict[int, int] = {}
    for one in _within(sheet, "cols", "col"):
        try:
            first, last = int(one.found.get("min", "")), min(int(one.found.get("max", "")), _LAST_COLUMN)
            pixels = 0 if one.found.get("hidden") in ("1", "true") else int(float(one.found.get("width", "9")) * 7 + 5)
        except (ValueError, OverflowError):
            continue
        budget.spend(Bound.LOOKS, max(0, last - first + 1))
        found |= dict.fromkeys(range(first, last + 1), pixels)
    return found


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")

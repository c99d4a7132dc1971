"""A workbook that somebody else made, changed part by part: whatever is not changed stays byte for byte."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from advisor.documents.shared.excel_notes import MAIN, XML
from advisor.errors import InputError, Problem
from advisor.matrices.budget import Bound, Budget

MOST_UNPACKED = 100_000_000  # bytes of all parts, which are packed again
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


@dataclass(slots=True)
class Element:
    """An element of a part: where its start tag and its end tag begin; the same where it closes itself."""

    name: str
    found: Mapping[str, str]
    start: int
    inner: list[Element] = field(default_factory=list)
    end: int = 0


class Parts:
    """The parts of a workbook, the changed and the new ones apart."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        if sum(info.file_size for info in self._archive.infolist()) > MOST_UNPACKED:
            raise self.error(f"unpacks into more than {MOST_UNPACKED // 1_000_000} MB; nothing is added to it")
        self._names = {info.filename.lstrip("/"): info.filename for info in self._archive.infolist()}
        self._kept: dict[str, bytes] = {}
        self._changed: dict[str, bytes] = {}
        self.budget = Budget(file)

    def sheets(self) -> dict[str, str]:
        """The part of each sheet, by the sheet's name."""
        main = self.main()
        targets = {id: target for _, target, id in self.relations(main)}
        listed = within(self.parsed(main), "sheets", "sheet")
        return {one.found.get("name", ""): targets[attribute(one, "id")] for one in listed}

    def main(self) -> str:
        """The part that names the sheets."""
        return next(target for kind, target, _ in self.relations("") if kind == "officeDocument")

    def sheet(self, part: str) -> Element:
        """The elements of a sheet's part; InputError where it is of a kind that is seldom used."""
        sheet = self.parsed(part)
        if not sheet.name.startswith(f"{MAIN} "):
            raise self.error("is a Strict Open XML workbook; save it as an ordinary one (.xlsx) first")
        return sheet

    def error(self, message: str) -> InputError:
        return InputError([Problem(self.file, 0, "", message)])

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """Kind, part and id of what belongs to a part; of the whole file for an empty name."""
        path = _relations_of(part)
        if path not in self._names and path not in self._changed:
            return []
        found = []
        for one in self.parsed(path).inner:
            target = one.found.get("Target", "")
            joined = target[1:] if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
            kind = one.found.get("Type", "").rpartition("/")[2]
            found.append((kind, posixpath.normpath(joined), one.found.get("Id", "")))
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Say that a part belongs to another; returns the id by which that one names it."""
        path = _relations_of(part)
        id = f"rIdAdvisor{1 + sum(one[2].startswith('rIdAdvisor') for one in self.relations(part))}"
        said = (
            f'<Relationship xmlns="{_PACKAGE}/relationships" Id="{id}" Type="{RELATIONS}/{kind}" Target="/{target}"/>'
        )
        if path not in self._names and path not in self._changed:
            self._changed[path] = f'{XML}<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'.encode()
        self.append(path, said)
        return id

    def add(self, part: str, kind: str, text: str) -> None:
        """Add a part of a kind; without a kind it is the drawing of comments."""
        self._changed[part] = text.encode()
        types = "[Content_Types].xml"
        if kind:
            said = f'<Override xmlns="{_PACKAGE}/content-types" PartName="/{part}" ContentType="{kind}"/>'
            self.append(types, said)
        elif not any(one.found.get("Extension", "").lower() == "vml" for one in self.parsed(types).inner):
            said = f'<Default xmlns="{_PACKAGE}/content-types" Extension="vml" ContentType="{_VML_TYPE}"/>'
            self.append(types, said)

    def append(self, part: str, text: str) -> None:
        """Put the text last into the root of a part."""
        root = self.parsed(part)
        if root.start == root.end:
            raise self.error(f"has an empty part ({part})")
        self.insert(part, [(root.end, text)])

    def insert(self, part: str, inserts: list[tuple[int, str]]) -> None:
        """Put each text where it belongs, in one go; those of one place stand in their order."""
        data = self.read(part)
        pieces, before = [], 0
        for at, text in sorted(inserts, key=lambda one: one[0]):
            pieces += [data[before:at], text.encode()]
            before = at
        self._changed[part] = b"".join((*pieces, data[before:]))

    def replace(self, part: str, data: bytes) -> None:
        """Put other bytes in the place of a part."""
        self._changed[part] = data

    def free(self, pattern: str) -> str:
        """The first name of the pattern that no part has."""
        taken = {name.lower() for name in (*self._names, *self._changed)}
        return next(name for at in range(1, 100_000) if (name := pattern.format(at)).lower() not in taken)

    def read(self, part: str) -> bytes:
        if part in self._changed:
            return self._changed[part]
        if part not in self._kept:
            info = self._archive.getinfo(self._names[part])
            self.budget.spend(Bound.UNPACKED, info.file_size)
            self._kept[part] = self._archive.read(info)
        return self._kept[part]

    def parsed(self, part: str) -> Element:
        return _parsed(self.read(part), self.budget)

    def packed(self) -> bytes:
        """The workbook as it is now; the same changes to the same workbook give the same bytes."""
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
                # The time of the run must not be in it.
                copy = zipfile.ZipInfo(part, (2000, 1, 1, 0, 0, 0))
                copy.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(copy, data)
        return stream.getvalue()


def _parsed(data: bytes, budget: Budget) -> Element:
    """The elements of a part with their offsets; cells of a sheet, of which there may be many, are left out."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise expat.ExpatError("is no UTF-8")
    open_ones: list[Element] = []
    roots: list[Element] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, found: dict[str, str]) -> None:
        budget.spend(Bound.PIECES)
        one = Element(name, found, parser.CurrentByteIndex)
        if not open_ones:
            roots.append(one)
        elif local(open_ones[-1].name) not in ("sheetData", "row", "c"):
            open_ones[-1].inner.append(one)
        open_ones.append(one)

    def end(_: str) -> None:
        open_ones.pop().end = parser.CurrentByteIndex

    def doctype(*_: object) -> None:
        raise expat.ExpatError("declares a DTD")

    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, doctype
    parser.Parse(data, True)
    return roots[0]


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2]


def within(root: Element, *names: str) -> list[Element]:
    """The elements that a path of names leads to."""
    found = [root]
    for name in names:
        found = [inner for one in found for inner in one.inner if local(inner.name) == name]
    return found


def attribute(one: Element, name: str) -> str:
    """The attribute of that name, whatever its namespace."""
    return next(value for key, value in one.found.items() if local(key) == name)


def behind(data: bytes, at: int) -> int:
    """The place behind the tag that begins there."""
    found = _TAG.match(data, at)
    if found is None:
        raise expat.ExpatError("has no tag where one should be")
    return found.end()


def behind_all(data: bytes, start: int, end: int) -> int:
    """The place behind an element whose start tag and end tag begin there, or which closes itself."""
    opened = behind(data, start)
    return opened if data[opened - 2 : opened] == b"/>" else behind(data, end)


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")

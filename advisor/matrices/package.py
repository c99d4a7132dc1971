"""Office files, which are zip archives of XML: opened with limits, and read as events without entities or DTDs."""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from advisor.errors import InputError, Problem

MOST_UNPACKED = 60_000_000  # bytes of one part; a matrix takes some thousand
_MOST_PARTS = 20_000
_DEEPEST = 400
_CHUNK = 1 << 16
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, OSError)

# ("start", tag, attributes), ("end", tag, {}) or ("text", text, {}); tags and attributes without their namespaces.
Event = tuple[str, str, Mapping[str, str]]


class Package:
    """An Office file; `main` is the name of its main part, whose folder others are named from."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {info.filename.lstrip("/"): info for info in self._archive.infolist()}
        except _BROKEN:
            raise self.error("is a damaged zip archive, no workbook or document that can be read") from None
        if len(self._parts) > _MOST_PARTS:
            raise self.error(f"is an archive of more than {_MOST_PARTS:,} parts; no workbook or document has as many")
        self.main = ""
        if "_rels/.rels" in self._parts:
            kinds = {kind: part for _, kind, part in self._relations("_rels/.rels", "")}
            self.main = kinds.get("officeDocument", "")

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def error(self, message: str) -> InputError:
        return InputError([Problem(self.file, 0, "", message)])

    def start(self, part: str) -> bytes:
        """The first bytes of a part, enough to know what it is."""
        try:
            with self._archive.open(self._parts[part]) as stream:
                return stream.read(200)
        except (KeyError, *_BROKEN):
            return b""

    def relations(self) -> dict[str, tuple[str, str]]:
        """What belongs to the main part, by its id there: what it is (`worksheet`, `styles`) and its part."""
        folder, name = posixpath.split(self.main)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        return {id_: (kind, target) for id_, kind, target in self._relations(part, folder)}

    def _relations(self, part: str, folder: str) -> Iterator[tuple[str, str, str]]:
        if part not in self._parts:
            return
        for kind, tag, found in self.events(part):
            if kind == "start" and tag == "Relationship" and found.get("TargetMode") != "External":
                target = found.get("Target", "")
                target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                yield found.get("Id", ""), found.get("Type", "").rpartition("/")[2], target

    def events(self, part: str) -> Iterator[Event]:
        """The XML of a part; InputError when it is too large, declares a DTD or is no XML."""
        info = self._parts.get(part)
        if info is None:
            raise self.error(f"lacks its part {part[:80]}; it is damaged")
        if info.file_size > MOST_UNPACKED:
            raise self.error(
                f"unpacks into more than {MOST_UNPACKED // 1_000_000} MB ({part[:80]}); no matrix is as large"
            )
        reader = _Reader()
        try:
            with self._archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    yield from reader.feed(chunk)
                yield from reader.feed(b"", last=True)
        except _Refused as refused:
            raise self.error(f"{refused} ({part[:80]}); Office files have none: it is not read") from None
        except expat.ExpatError as error:
            raise self.error(
                f"holds XML that cannot be read ({part[:80]}, line {error.lineno}); it is damaged"
            ) from None
        except _BROKEN:
            raise self.error(f"is damaged, or protected: {part[:80]} cannot be unpacked") from None


class _Refused(Exception):
    """XML that asks for what is not given."""


class _Reader:
    """Expat, with its events in a list."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._depth = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, data: bytes, last: bool = False) -> list[Event]:
        self._events = []
        self._parser.Parse(data, last)
        return self._events

    def _start(self, tag: str, found: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Refused(f"holds XML nested more than {_DEEPEST} deep")
        plain = {name.rpartition(" ")[2]: value for name, value in found.items()} if found else found
        self._events.append(("start", tag.rpartition(" ")[2], plain))

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._events.append(("end", tag.rpartition(" ")[2], {}))

    def _text(self, text: str) -> None:
        self._events.append(("text", text, {}))

    def _doctype(self, *_: object) -> None:
        raise _Refused("holds XML with a DTD, by which entities are declared")

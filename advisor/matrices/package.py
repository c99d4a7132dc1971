"""Office files, which are zip archives of XML: opened with limits, and read as events without entities or DTDs."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from advisor.errors import InputError, Problem
from advisor.files import reading
from advisor.matrices.budget import Bound, Budget

_MOST_PARTS = 20_000
_DEEPEST = 400
_CHUNK = 1 << 16
_LONGEST_TAG = 1_000_000  # bytes of a tag or comment; expat goes through it again with each chunk
_MOST_NAMES = 500  # to be remembered; the formats have some hundred
_ENTRY = b"PK\x01\x02"  # opens each entry of a zip's directory

# ("start", tag, attributes), ("end", tag, {}) or ("text", text, {}); tags and attributes without their namespaces.
Event = tuple[str, str, Mapping[str, str]]
_NOTHING: Mapping[str, str] = {}


class Package:
    """An Office file; `main` is the name of its main part, whose folder others are named from."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self.budget = budget
        if data.count(_ENTRY) > _MOST_PARTS:
            raise self.error(f"is an archive of more than {_MOST_PARTS:,} parts; no workbook or document has as many")
        with reading(budget.file, "is a damaged zip archive, no workbook or document that can be read"):
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {info.filename.lstrip("/"): info for info in self._archive.infolist()}
        self.main = ""
        if "_rels/.rels" in self._parts:
            kinds = {kind: part for _, kind, part in self._relations("_rels/.rels", "")}
            self.main = kinds.get("officeDocument", "")

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def error(self, message: str) -> InputError:
        return InputError([Problem(self.budget.file, 0, "", message)])

    def start(self, part: str) -> bytes:
        """The first bytes of a part, enough to know what it is."""
        if part not in self._parts:
            return b""
        fault = f"is damaged, or protected: {part[:80]} cannot be unpacked"
        with reading(self.budget.file, fault), self._archive.open(self._parts[part]) as stream:
            return stream.read(200)

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
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.error(f"has a part ({part[:80]}) packed as Office packs none; save it again in Office")
        reader = _Reader(self.budget)
        with reading(self.budget.file, f"is damaged, or protected: {part[:80]} cannot be unpacked or read"):
            try:
                with self._archive.open(info) as stream:
                    while chunk := stream.read(_CHUNK):
                        self.budget.spend(Bound.UNPACKED, len(chunk))
                        yield from reader.feed(chunk)
                    yield from reader.feed(b"", last=True)
            except _Refused as refused:
                raise self.error(f"{refused} ({part[:80]}); Office files have none: it is not read") from None
            except expat.ExpatError as error:
                raise self.error(
                    f"holds XML that cannot be read ({part[:80]}, line {error.lineno}); it is damaged"
                ) from None


class _Refused(Exception):
    """XML that asks for what is not given."""


class _Reader:
    """Expat, with its events in a list."""

    def __init__(self, budget: Budget) -> None:
        self._events: list[Event] = []
        self._budget = budget
        self._names: dict[str, str] = {}
        self._depth = self._fed = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, data: bytes, last: bool = False) -> list[Event]:
        self._events = []
        self._parser.Parse(data, last)
        self._fed += len(data)
        if self._fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
            raise _Refused(f"holds a tag or comment of more than {_LONGEST_TAG:,} bytes")
        self._budget.spend(Bound.PIECES, len(self._events))
        return self._events

    def _start(self, tag: str, found: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Refused(f"holds XML nested more than {_DEEPEST} deep")
        plain = {self._names.get(name) or self._plain(name): value for name, value in found.items()} if found else found
        self._events.append(("start", self._names.get(tag) or self._plain(tag), plain))

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._events.append(("end", self._names.get(tag) or self._plain(tag), _NOTHING))

    def _text(self, text: str) -> None:
        self._events.append(("text", text, _NOTHING))

    def _plain(self, name: str) -> str:
        """The name without its namespace."""
        found = name.rpartition(" ")[2]
        if len(self._names) < _MOST_NAMES:
            self._names[name] = found
        return found

    def _doctype(self, *_: object) -> None:
        raise _Refused("holds XML with a DTD, by which entities are declared")

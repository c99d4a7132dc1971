"""Styles for cells that are added to a workbook: those of the cell beside it, with letters in the middle."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from advisor.documents.shared.excel_notes import MAIN
from advisor.documents.shared.excel_parts import Parts, behind, within

_MOST = 64_000  # styles, as Excel has them


class Styles:
    """The styles of a workbook, to which some are added as they are asked for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._part = next((target for kind, target, _ in parts.relations(parts.main()) if kind == "styles"), "")
        listed = within(parts.parsed(self._part), "cellXfs") if self._part else []
        self._listed = listed[0] if listed else None
        self._there = len(self._listed.inner) if self._listed is not None else 0
        self._added: dict[tuple[int, bool, bool], str] = {}

    def like(self, style: int, centred: bool, heading: bool) -> int:
        """The number of a style like that of the number, as text in the middle or at the left, and wrapped."""
        if self._listed is None or style >= self._there or self._there + len(self._added) >= _MOST:
            return style
        key = (style, centred, heading)
        if key not in self._added:
            found = self._listed.inner[style].found
            kept = {**found, "numFmtId": "0", "applyAlignment": "1"}
            kept.pop("quotePrefix", None)
            said = "".join(f" {name}={quoteattr(value)}" for name, value in kept.items() if " " not in name)
            across = "center" if centred else "left"
            place = f'<alignment horizontal="{across}" vertical="{"center" if heading else "top"}" wrapText="1"/>'
            self._added[key] = f'<xf xmlns="{MAIN}"{said}>{place}</xf>'
        return self._there + list(self._added).index(key)

    def write(self) -> None:
        """Put what was asked for into the workbook."""
        if self._listed is None or not self._added:
            return
        data = self._parts.read(self._part)
        start, end = self._listed.start, self._listed.end
        opened = data[start : behind(data, start)]
        name = opened[1:].split(None, 1)[0].split(b">")[0]
        count = f' count="{self._there + len(self._added)}">'.encode()
        head = b"<" + name + count
        inside = data[start + len(opened) : end] + "".join(self._added.values()).encode()
        self._parts.replace(self._part, data[:start] + head + inside + data[end:])

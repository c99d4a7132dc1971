"""One field of a YAML text exchanged or added where it belongs; not a character changes elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from advisor.catalog.source import compose

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_Entry = tuple[yaml.Node, yaml.Node]


def put(text: str, name: str, section: str, key: str, written: str, order: Sequence[str]) -> str:
    """Return `text` with `key` of the mapping `section` (of the whole, when empty) holding what is `written`.

    Where nothing is written, the key stays and holds nothing. A new key comes after the nearest of those that are
    before it in `order`. There are layouts, rare ones, that this cannot change, so the caller reads the result back.
    """
    root = compose(text.encode("utf-8"), name)[0][0]
    home = _entry(root, section)
    if section and home is None:
        return put(text, name, "", section, f"{{{key}: {written}}}", (section,))
    above, mapping = home or (None, root)
    there = _entry(mapping, key)
    if there is not None:
        return _exchanged(text, there[1], written)
    if not written or not isinstance(mapping, yaml.MappingNode):
        return text
    line = f"{key}: {written}"
    before = next((one for other in order[order.index(key) :: -1] if (one := _entry(mapping, other))), None)
    if not mapping.flow_style:
        return _new_line(text, mapping, before[1] if before else above, line)
    inside = text[mapping.start_mark.index + 1 : mapping.end_mark.index - 1]
    if above is not None and isinstance(root, yaml.MappingNode) and not root.flow_style and not inside.strip():
        return _first_line(text, root, mapping, line)
    return _new_item(text, mapping, before[1] if before else None, line)


def _entry(mapping: yaml.Node, key: str) -> _Entry | None:
    entries: list[_Entry] = mapping.value if isinstance(mapping, yaml.MappingNode) else []
    return next((one for one in entries if one[0].value == key), None)


def _exchanged(text: str, old: yaml.Node, written: str) -> str:
    start, end = old.start_mark.index, _end(text, old)
    # A block of text may have a comment beside its first line, which would be lost.
    if isinstance(old, yaml.ScalarNode) and old.style in ("|", ">"):
        return text
    if written:
        space = " " if start == end and text[start - 1] == ":" else ""
        return f"{text[:start]}{space}{written}{text[end:]}"
    return text[:start].rstrip(" \t") + text[end:]


def _new_line(text: str, mapping: yaml.Node, above: yaml.Node | None, line: str) -> str:
    """Add a line to a block mapping, right below the node `above`; without one, on top."""
    indent = " " * mapping.start_mark.column
    if above is None:
        at = mapping.start_mark.index
        return f"{text[:at]}{line}{_line_break(text)}{indent}{text[at:]}"
    at = _end_of_line(text, _end(text, above))
    return f"{text[:at]}{_line_break(text)}{indent}{line}{text[at:]}"


def _first_line(text: str, root: yaml.Node, mapping: yaml.Node, line: str) -> str:
    """Make a block of an empty `{}`, since one answer a line reads better."""
    start, end = mapping.start_mark.index, mapping.end_mark.index
    at = _end_of_line(text, end)
    indent = " " * (root.start_mark.column + 2)
    return f"{text[:start].rstrip(' ')}{text[end:at]}{_line_break(text)}{indent}{line}{text[at:]}"


def _new_item(text: str, mapping: yaml.Node, before: yaml.Node | None, item: str) -> str:
    """Add an item to a mapping in braces."""
    if before is not None:
        at = _end(text, before)
        space = " " if text[at - 1] == ":" else ""
        return f"{text[:at]}{space}, {item}{text[at:]}"
    at = mapping.start_mark.index + 1
    return f"{text[:at]}{item}{', ' if mapping.value else ''}{text[at:]}"


def _end(text: str, node: yaml.Node) -> int:
    """Where the last character of the node's own text ends; the marks of some nodes stand after what follows."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    start = int(node.start_mark.index)
    return start + len(text[start : node.end_mark.index].rstrip(" \t\r\n"))


def _end_of_line(text: str, at: int) -> int:
    found = _BREAK.search(text, at)
    return found.start() if found else len(text)


def _line_break(text: str) -> str:
    found = _BREAK.search(text)
    return found.group() if found else "\n"

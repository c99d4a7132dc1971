"""One field of a YAML text exchanged or added where it belongs; not a character changes elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from advisor.catalog.fields import is_null
from advisor.catalog.source import compose

SECTIONS = (
    "engagement",
    "person",
    "questionnaire",
    "rulebook",
    "answers",
    "people",
    "dates",
    "money",
    "context",
    "context_for_client",
    "matters",
    "agreed",
)
RECORDS = ("provenance", "asked_with")  # kept by the product, so they stand below all that people write
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
# Escapes that are read as less than they are long would shift all places behind them.
_HALF_PAIR = re.compile(r"\\u[dD][0-9a-fA-F]{3}")
_Entry = tuple[yaml.Node, yaml.Node]


def put(text: str, name: str, section: str, key: str, written: str, order: Sequence[str]) -> str:
    """Return `text` with `key` of the mapping `section` (of the whole, when empty) holding what is `written`.

    Where nothing is written, the key stays and holds nothing. A new key comes after the nearest of those that are
    before it in `order`. There are layouts, rare ones, that this cannot change, so the caller reads the result back.
    """
    root = compose(_HALF_PAIR.sub(r"\\u0020", text).encode("utf-8"), name)[0][0]
    if not isinstance(root, yaml.MappingNode):
        return text
    home = _entry(root, section)
    if not root.flow_style and (section or key) in RECORDS and _entry(root, section or key) is None:
        entry = f"{section}:{_line_below(text, root)}{key}: {written}" if section else f"{key}: {written}"
        return _last(text, root, entry) if written else text
    if section and home is None:
        return _new(text, root, None, section, f"{{{key}: {written}}}", SECTIONS)
    above, mapping = home or (None, root)
    there = _entry(mapping, key)
    if there is not None:
        return _exchanged(text, there[1], written)
    if not written:
        return text
    if above is not None and _nothing_in(text, mapping):
        return _first(text, root, mapping, f"{key}: {written}")
    return _new(text, mapping, above, key, written, order) if isinstance(mapping, yaml.MappingNode) else text


def add_item(text: str, name: str, key: str, written: str) -> str:
    """Return `text` with what is `written` as a further item of the list under `key`, at the top of the file."""
    root = compose(_HALF_PAIR.sub(r"\\u0020", text).encode("utf-8"), name)[0][0]
    there = _entry(root, key)
    items = there[1] if there is not None else None
    if not isinstance(items, yaml.SequenceNode) or not items.value:
        return put(text, name, "", key, f"[{written}]", SECTIONS)
    if items.flow_style:
        at = items.end_mark.index - 1
        return f"{text[:at]}, {written}{text[at:]}"
    at = _end_of_line(text, _end(text, items))
    return f"{text[:at]}{_line_break(text)}{' ' * items.start_mark.column}- {written}{text[at:]}"


def filled(text: str, name: str, section: str) -> frozenset[str]:
    """The keys of the mapping `section` that hold something."""
    root = compose(text.encode("utf-8"), name)[0][0]
    home = _entry(root, section)
    entries: list[_Entry] = home[1].value if home is not None and isinstance(home[1], yaml.MappingNode) else []
    return frozenset(str(key.value) for key, value in entries if not is_null(value))


def _entry(mapping: yaml.Node, key: str) -> _Entry | None:
    entries: list[_Entry] = mapping.value if isinstance(mapping, yaml.MappingNode) else []
    return next((one for one in entries if one[0].value == key), None)


def _nothing_in(text: str, node: yaml.Node) -> bool:
    """Whether the node is `{}`, `null` or nothing at all."""
    inside = text[node.start_mark.index : node.end_mark.index]
    return is_null(node) or not inside.strip("{} ")


def _exchanged(text: str, old: yaml.Node, written: str) -> str:
    start, end = old.start_mark.index, _end(text, old)
    # A block of text may have a comment beside its first line, which would be lost.
    if isinstance(old, yaml.ScalarNode) and old.style in ("|", ">"):
        return text
    if written:
        space = " " if text[start - 1] == ":" else ""
        return f"{text[:start]}{space}{written}{text[end:]}"
    in_line = text[end : end + 1] in (",", "}")  # where a colon must not touch what follows
    return (text[:start] if in_line else text[:start].rstrip(" \t")) + text[end:]


def _first(text: str, root: yaml.MappingNode, nothing: yaml.Node, line: str) -> str:
    """Put the first field into a section; on a line of its own where the file is made of lines."""
    if root.flow_style:
        return _exchanged(text, nothing, f"{{{line}}}")
    at = _end_of_line(text, _end(text, nothing))
    return f"{_exchanged(text[:at], nothing, '')}{_line_below(text, root)}{line}{text[at:]}"


def _last(text: str, root: yaml.MappingNode, entry: str) -> str:
    """Add to the end of the file, below the comments there."""
    at = root.end_mark.index
    line = _line_break(text)
    above = "" if text[:at].endswith(("\n", "\r")) else line
    return f"{text[:at]}{above}{line}{' ' * root.start_mark.column}{entry}{line}{text[at:]}"


def _new(
    text: str, mapping: yaml.MappingNode, above: yaml.Node | None, key: str, written: str, order: Sequence[str]
) -> str:
    """Add a field to a mapping, in which `above` is its own key: as a line below another, or as an item in braces."""
    earlier = (_entry(mapping, one) for one in reversed(order[: order.index(key)]))
    before = next((one[1] for one in earlier if one is not None), None)
    field = f"{key}: {written}"
    if mapping.flow_style:
        if before is None:
            at = mapping.start_mark.index + 1
            return f"{text[:at]}{field}{', ' if mapping.value else ''}{text[at:]}"
        at = _end(text, before)
        space = " " if text[at - 1] == ":" else ""
        return f"{text[:at]}{space}, {field}{text[at:]}"
    indent = " " * mapping.start_mark.column
    beside = before or above
    if beside is None:
        at = mapping.start_mark.index
        return f"{text[:at]}{field}{_line_break(text)}{indent}{text[at:]}"
    at = _end_of_line(text, _end(text, beside))
    return f"{text[:at]}{_line_break(text)}{indent}{field}{text[at:]}"


def _end(text: str, node: yaml.Node) -> int:
    """Where the last character of the node's own text ends; the marks of some nodes stand after what follows."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    start = int(node.start_mark.index)
    return start + len(text[start : node.end_mark.index].rstrip(" \t\r\n"))


def _end_of_line(text: str, at: int) -> int:
    found = _BREAK.search(text, at)
    return found.start() if found else len(text)


def _line_below(text: str, root: yaml.MappingNode) -> str:
    """What starts a line that is one step further in than the sections."""
    return _line_break(text) + " " * (root.start_mark.column + 2)


def _line_break(text: str) -> str:
    found = _BREAK.search(text)
    return found.group() if found else "\n"

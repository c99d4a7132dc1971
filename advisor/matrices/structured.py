"""Matrices in JSON and YAML: lists of entries and mappings, as tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import yaml

from advisor.catalog.source import DEEPEST, MOST_VALUES, compose
from advisor.errors import InputError, Problem
from advisor.files import reading
from advisor.matrices.budget import Budget
from advisor.matrices.grid import Grid, Places, Sparse
from advisor.matrices.vocabulary import heading_kind, is_in

_LONGEST_LETTERS = 12  # `Responsible` and the like
_ALIKE = 0.5  # how much of their columns two groups of entries share that are one table
_LETTERS = re.compile(r"[A-Z](?:\W*[A-Z]){0,3}|[A-Za-z]{6,}(?:ed|ble|er|s|t)")
Value = str | list["Value"] | dict[str, "Value"]
Found = tuple[tuple[str, ...], dict[str, str] | list[list[str]]]  # keys, and the entry or drawn table under them


@dataclass(slots=True)
class _Group:
    """Entries that stand together, by the keys over them."""

    over: tuple[str, ...]
    entries: list[dict[str, str]] = field(default_factory=list)

    @property
    def columns(self) -> dict[str, None]:
        return {name: None for entry in self.entries for name in entry}


def json_value(text: str, file: str) -> Value:
    """What JSON holds, or lines of it; InputError for what is none."""
    with reading(file, "is not readable as JSON"):
        try:
            found = json.loads(text, object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str)
        except json.JSONDecodeError as error:
            if error.msg != "Extra data":
                raise InputError([Problem(file, error.lineno, "", f"is not readable as JSON: {error.msg}")]) from None
            lines = (line for line in text.splitlines() if line.strip())
            found = [json.loads(line, object_pairs_hook=_object, parse_int=str, parse_float=str) for line in lines]
        return _plain(found, file, [MOST_VALUES])


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    out: dict[str, object] = {}
    for key, value in pairs:
        out[f"{key} ({len(out)})" if key in out else key] = value
    return out


def yaml_value(data: bytes, file: str) -> Value:
    """What YAML holds, several documents as a list; InputError for aliases and what is none."""
    documents = [_of_node(root) for root, _ in compose(data, file)]
    return documents[0] if len(documents) == 1 else documents


def _of_node(node: yaml.Node) -> Value:
    if isinstance(node, yaml.MappingNode):
        return {_text_of(key): _of_node(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_of_node(one) for one in node.value]
    return _text_of(node)


def _text_of(node: yaml.Node) -> str:
    return "" if node.tag.endswith(":null") or not isinstance(node, yaml.ScalarNode) else str(node.value)


def _plain(value: object, file: str, left: list[int], deep: int = 0) -> Value:
    left[0] -= 1
    if left[0] < 0 or deep > DEEPEST:
        much = (
            f"holds more than {MOST_VALUES:,} values" if left[0] < 0 else f"is nested more than {DEEPEST} levels deep"
        )
        raise InputError([Problem(file, 0, "", much)])
    if isinstance(value, dict):
        return {str(key): _plain(one, file, left, deep + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, file, left, deep + 1) for one in value]
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def structured_grids(value: Value, budget: Budget) -> list[Grid]:
    """The tables of what a file holds: drawn ones as they are, entries under the keys that they have."""
    groups: dict[tuple[str, ...], _Group] = {}
    grids: list[Grid] = []
    for over, found in _walk(value, ()):
        if isinstance(found, list):
            grids.append(_drawn(found, over, len(grids) + 1, budget))
        else:
            groups.setdefault(over, _Group(over)).entries.append(found)
    for same in _alike(list(groups.values())):
        grids.append(_table(same, len(grids) + 1, budget))
    return grids


def _walk(value: Value, over: tuple[str, ...], key: str = "") -> Iterator[Found]:
    """Each entry with the keys over it; `key` is what names an entry of a mapping."""
    if isinstance(value, list):
        inner = (*over, key) if key else over
        if len(value) > 1 and all(isinstance(one, list) and one and all(map(_is_text, one)) for one in value):
            yield inner, [[_text(cell) for cell in row] for row in value if isinstance(row, list)]
            return
        for one in value:
            if isinstance(one, dict) and (entry := _entry(one)) is not None:
                yield inner, entry
            elif isinstance(one, dict):
                yield from _inside(one, inner)
            elif isinstance(one, list):
                yield from _walk(one, inner)
    elif isinstance(value, dict):
        if (drawn := _headed(value)) is not None:
            yield (*over, key) if key else over, drawn
            return
        entry = _entry(value) if key and _is_one(value) else None
        if entry is not None:
            yield over, {"": key, **entry}
        else:
            for name, one in value.items():
                yield from _walk(one, (*over, key) if key else over, name)


def _is_one(value: dict[str, Value]) -> bool:
    """Whether a mapping is one entry, and not several under their names."""
    nested = [name for name, one in value.items() if isinstance(one, dict)]
    plain = len(nested) < len(value)
    return len(nested) < 2 and (
        plain or any(is_in(name, "letter_headings") or heading_kind(name) == "role" for name in nested)
    )


def _inside(entry: dict[str, Value], over: tuple[str, ...]) -> Iterator[Found]:
    """What an entry holds that has others in it, under the first text that it has."""
    name = next((one for one in entry.values() if isinstance(one, str) and one and not one.isdigit()), "")
    for one in entry.values():
        if isinstance(one, (dict, list)) and not _is_text(one):
            yield from _walk(one, (*over, name) if name else over)


def _entry(value: dict[str, Value]) -> dict[str, str] | None:
    """A mapping as one row; None where it has entries of its own in it."""
    out: dict[str, str] = {}
    for key, one in value.items():
        if _is_text(one):
            out[key] = _text(one)
        elif isinstance(one, dict) and all(map(_is_text, one.values())):
            out |= {name: _text(letters) for name, letters in one.items()}
        elif isinstance(one, list) and (pairs := _pairs(one)) is not None:
            for name, letters in pairs:
                out[name] = f"{out[name]}, {letters}" if name in out else letters
        else:
            return None
    return out or None


def _pairs(value: Sequence[Value]) -> list[tuple[str, str]] | None:
    """A list of roles with their letters, such as `- {role: PM, letter: A}`."""
    out = []
    for one in value:
        if not (isinstance(one, dict) and all(map(_is_text, one.values()))):
            return None
        texts = [_text(part) for part in one.values()]
        texts = [*one, *texts] if len(texts) == 1 else texts
        if len(texts) != 2 or not any(map(_lettered, texts)):
            return None
        out.append((texts[0], texts[1]) if _lettered(texts[1]) else (texts[1], texts[0]))
    return out or None


def _lettered(text: str) -> bool:
    return len(text) <= _LONGEST_LETTERS and _LETTERS.fullmatch(text) is not None


def _headed(value: dict[str, Value]) -> list[list[str]] | None:
    """Rows beside a list of what heads them, and maybe one of what names them."""
    lists = [one for one in value.values() if isinstance(one, list) and one]
    rows = next(
        (one for one in lists if all(isinstance(row, list) and row and all(map(_is_text, row)) for row in one)), None
    )
    if rows is None:
        return None
    body = [[_text(cell) for cell in row] for row in rows if isinstance(row, list)]
    names = [[_text(one) for one in texts] for texts in lists if all(isinstance(one, str) for one in texts)]
    wide = len(body[0])
    head = next((one for one in names if len(one) in (wide, wide + 1)), None)
    if head is None:
        return None
    down = next((one for one in names if one is not head and len(one) == len(body)), None)
    if down is not None and len(head) == wide:
        return [["", *head], *([name, *row] for name, row in zip(down, body, strict=True))]
    return [head, *body]


def _is_text(value: Value) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(one for one in value if isinstance(one, str))


def _alike(groups: list[_Group]) -> list[list[_Group]]:
    """Groups of entries that have most of their columns in common, such as those of phases, together."""
    out: list[list[_Group]] = []
    for group in groups:
        here = set(group.columns)
        last = set(out[-1][0].columns) if out else set()
        if out and out[-1][0].over[:-1] == group.over[:-1] and len(here & last) >= _ALIKE * min(len(here), len(last)):
            out[-1].append(group)
        else:
            out.append([group])
    return out


def _table(groups: Sequence[_Group], number: int, budget: Budget) -> Grid:
    phased = len(groups) > 1
    columns = list(dict.fromkeys(name for group in groups for name in group.columns))
    rows = [
        [" ".join(group.over[-1:]) if phased else "", *(entry.get(name, "") for name in columns)]
        for group in groups
        for entry in group.entries
    ]
    heading = " ".join(groups[0].over[-1:]) if not phased else ""
    return _grid([["Phase" if phased else "", *columns], *rows], heading, number, budget)


def _drawn(rows: list[list[str]], over: tuple[str, ...], number: int, budget: Budget) -> Grid:
    return _grid(rows, " ".join(over[-1:]), number, budget)


def _grid(rows: list[list[str]], heading: str, number: int, budget: Budget) -> Grid:
    table = Sparse(budget, f"table {number}")
    for at, row in enumerate(rows):
        for column, text in enumerate(row, start=1):
            table.put(at, column, text)
    return replace(table.grid(Places.ENTRY, heading), gaps=frozenset())

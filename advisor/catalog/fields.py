"""Typed access to the fields of a YAML mapping: every problem is collected with its line, none stops the reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import yaml

from advisor.errors import InputError, Problem, did_you_mean
from advisor.model.rulebook import Source


@dataclass(slots=True)
class Problems:
    """What is wrong with one file so far."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(self, node: yaml.Node, where: str, message: str) -> None:
        self.found.append(Problem(self.file, node.start_mark.line + 1, where, message))

    def raise_if_any(self) -> None:
        if self.found:
            raise InputError(self.found)


class Fields:
    """One mapping of a file; asking for a field marks it known, `finish` reports the rest as unknown."""

    def __init__(self, node: yaml.Node, where: str, problems: Problems) -> None:
        self.node = node
        self.where = where
        self.problems = problems
        self._asked: list[str] = []
        self._entries: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        if not isinstance(node, yaml.MappingNode):
            problems.add(node, where, f"must be a mapping of fields, not {kind_of(node)}")
            return
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name in self._entries:
                problems.add(key, self.path(name), "is given twice")
            else:
                self._entries[name] = (key, value)

    @property
    def source(self) -> Source:
        return Source(self.problems.file, self.node.start_mark.line + 1)

    def path(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def get(self, name: str) -> yaml.Node | None:
        self._asked.append(name)
        entry = self._entries.get(name)
        return entry[1] if entry else None

    def need(self, name: str) -> yaml.Node | None:
        node = self.get(name)
        if node is None and isinstance(self.node, yaml.MappingNode):
            self.problems.add(self.node, self.path(name), "is missing")
        return node

    def text(self, name: str, default: str | None = None) -> str:
        """The field as the text that the file shows; missing is a problem unless `default` is given."""
        node = self.need(name) if default is None else self.get(name)
        return scalar(node, self.path(name), self.problems) if node is not None else default or ""

    def number(self, name: str, default: int | None = None) -> int:
        node = self.need(name) if default is None else self.get(name)
        return whole_number(node, self.path(name), self.problems) if node is not None else default or 0

    def flag(self, name: str) -> bool:
        node = self.get(name)
        if node is None:
            return False
        value = scalar(node, self.path(name), self.problems)
        if value not in ("true", "false"):
            self.problems.add(node, self.path(name), f"must be true or false, not {value!r}")
        return value == "true"

    def texts(self, name: str, required: bool = True) -> tuple[str, ...]:
        node = self.need(name) if required else self.get(name)
        if node is None:
            return ()
        return tuple(
            scalar(item, self.path(name), self.problems) for item in items(node, self.path(name), self.problems)
        )

    def each(self, name: str, required: bool = True) -> Iterator[Fields]:
        """The mappings of a list, each named by its id where it has one."""
        node = self.need(name) if required else self.get(name)
        if node is None:
            return
        for number, item in enumerate(items(node, self.path(name), self.problems), start=1):
            yield Fields(item, f"{self.path(name)}[{name_of(item) or number}]", self.problems)

    def inner(self, name: str, required: bool = True) -> Fields | None:
        node = self.need(name) if required else self.get(name)
        return Fields(node, self.path(name), self.problems) if node is not None else None

    def pairs(self) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """Every field as (name, key node, value node), all of them known from now on."""
        self._asked.extend(self._entries)
        for name, (key, value) in self._entries.items():
            yield name, key, value

    def finish(self) -> None:
        for name, (key, _) in self._entries.items():
            if name not in self._asked:
                known = ", ".join(dict.fromkeys(self._asked))
                hint = did_you_mean(name, self._asked) or f" (known here: {known})"
                self.problems.add(key, self.path(name), f"is no field that is known here{hint}")


def kind_of(node: yaml.Node) -> str:
    """What the node is, in words for a message."""
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a single value"


def name_of(node: yaml.Node) -> str:
    """The id of a mapping that has one."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == "id" and isinstance(value, yaml.ScalarNode):
                return str(value.value)
    return ""


def scalar(node: yaml.Node, where: str, problems: Problems) -> str:
    """The node as the text that the file shows; anything but a single value is a problem."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    problems.add(node, where, f"must be a single value, not {kind_of(node)}")
    return ""


def whole_number(node: yaml.Node, where: str, problems: Problems) -> int:
    """The node as a whole number of at most seven digits."""
    text = scalar(node, where, problems)
    digits = text[1:] if text.startswith("-") else text
    if digits.isascii() and digits.isdigit() and len(digits) < 8:
        return int(text)
    problems.add(node, where, f"must be a whole number, not {text!r}")
    return 0


def items(node: yaml.Node, where: str, problems: Problems) -> Iterable[yaml.Node]:
    """The items of a list."""
    if isinstance(node, yaml.SequenceNode):
        return tuple(node.value)
    problems.add(node, where, f"must be a list, not {kind_of(node)}")
    return ()

"""Typed access to the fields of a YAML mapping: every problem is collected with its line, none stops the reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import yaml

from advisor.errors import InputError, Problem, did_you_mean
from advisor.model.rules import Source

NULL = "tag:yaml.org,2002:null"
_LONGEST_FIELD = 120
_LONGEST_MESSAGE = 2_000  # it may quote what stands in the file, which may be as long as the file
_DECIMAL = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?")
_MOST_HINTS = 1_000  # a file; to find the nearest word takes longer than all the rest of reading


@dataclass(slots=True)
class Problems:
    """What is wrong with one file so far, or with one document of it, after `earlier` problems in those before."""

    file: str
    found: list[Problem] = field(default_factory=list)
    earlier: int = 0

    def add(self, node: yaml.Node, where: str, message: str) -> None:
        # What stands in a file may be odd, and options of a questionnaire are listed; on a screen it must stay text.
        shown, message = _printable(where), _printable(message)
        shown = shown if len(shown) <= _LONGEST_FIELD else f"{shown[:_LONGEST_FIELD]}..."
        if len(message) > _LONGEST_MESSAGE:
            message = f"{message[: _LONGEST_MESSAGE // 2]}...{message[-_LONGEST_MESSAGE // 2 :]}"
        self.found.append(Problem(self.file, node.start_mark.line + 1, shown, message))

    def near(self, given: str, known: Iterable[str]) -> str:
        """A hint at the known name nearest to what was given, while hints are few enough to be of use."""
        return did_you_mean(given, known) if self.earlier + len(self.found) < _MOST_HINTS else ""

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
        """The field as the text that the file shows; missing or empty is a problem unless `default` is given."""
        node = self.need(name) if default is None else self.get(name)
        if node is None:
            return default or ""
        return (filled if default is None else scalar)(node, self.path(name), self.problems)

    def number(self, name: str, least: int | None = None) -> int:
        node = self.need(name)
        return whole_number(node, self.path(name), self.problems, least) if node is not None else 0

    def decimals(self, name: str, count: int) -> tuple[float, ...]:
        """A list of `count` numbers of none or more, such as 0.5."""
        texts = self.texts(name)
        node = self.get(name)
        if node is None:
            return (0.0,) * count
        if len(texts) != count or not all(_DECIMAL.fullmatch(text) for text in texts):
            self.problems.add(node, self.path(name), f"must be {count} numbers such as 0.5 or 3")
            return (0.0,) * count
        return tuple(float(text) for text in texts)

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

    def nodes(self, name: str) -> Iterable[yaml.Node]:
        """The items of a list as they stand."""
        node = self.need(name)
        return items(node, self.path(name), self.problems) if node is not None else ()

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
                hint = self.problems.near(name, self._asked) or f" (known here: {known})"
                self.problems.add(key, self.path(name), f"is no field that is known here{hint}")


def _printable(text: str) -> str:
    return text if text.isprintable() else "".join(one if one.isprintable() else "?" for one in text)


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


def filled(node: yaml.Node, where: str, problems: Problems) -> str:
    """The node as a text that says something."""
    text = scalar(node, where, problems)
    if isinstance(node, yaml.ScalarNode) and not text.strip():
        problems.add(node, where, "is empty")
    return text


def is_null(node: yaml.Node) -> bool:
    """Whether nothing stands there, or the word that YAML and JSON have for nothing."""
    return isinstance(node, yaml.ScalarNode) and node.tag == NULL


def whole_number(node: yaml.Node, where: str, problems: Problems, least: int | None = None) -> int:
    """The node as a whole number of at most seven digits, `least` or more."""
    text = scalar(node, where, problems)
    digits = text[1:] if text.startswith("-") else text
    if digits.isascii() and digits.isdigit() and len(digits) < 8 and (least is None or int(text) >= least):
        return int(text)
    if isinstance(node, yaml.ScalarNode):
        wanted = "a whole number" if least is None else f"a whole number of at least {least}"
        problems.add(node, where, f"must be {wanted}, not {text!r}")
    return 0


def items(node: yaml.Node, where: str, problems: Problems) -> Iterable[yaml.Node]:
    """The items of a list."""
    if isinstance(node, yaml.SequenceNode):
        return tuple(node.value)
    problems.add(node, where, f"must be a list, not {kind_of(node)}")
    return ()

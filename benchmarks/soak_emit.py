"""Trees of texts as YAML in every style that YAML knows, well formed or a little off."""

from __future__ import annotations

import json
import random
from typing import Any

import yaml

from benchmarks.soak_oddities import BREAKS, HEADS, TAGS, TAILS

Node = Any  # a str, a list of nodes (a sequence), or a Map


class Map(list[tuple[Node, Node]]):
    """A mapping as its pairs, so that a key may stand twice, or be no text."""


def tree_of(text: str) -> Node:
    """The document as texts, sequences and maps; nothing is guessed at, so `no` stays `no`."""
    return _plain(yaml.load(text, Loader=yaml.BaseLoader))


def _plain(value: object) -> Node:
    if isinstance(value, dict):
        return Map((_plain(key), _plain(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return str(value)


class Emitter:
    """Writes a tree; `wild` is how often, from 0 to 1, something is done that a careful writer would not do."""

    def __init__(self, chance: random.Random, wild: float) -> None:
        self.chance = chance
        self.wild = wild
        self.line_break = chance.choice(BREAKS)

    def document(self, node: Node) -> str:
        """The whole text, with or without what may stand around a document."""
        style = self.chance.random()
        if style < 0.15:
            text = self.as_json(node)
        elif style < 0.3:
            text = self.flow(node)
        else:
            text = self.block(node, 0).lstrip("\n")
        if self.odd():
            text = self.chance.choice(HEADS) + text
        if self.odd():
            text += self.chance.choice(TAILS)
        return text.replace("\n", self.line_break) if self.odd() else text

    def odd(self, scale: float = 1.0) -> bool:
        return self.chance.random() < self.wild * scale

    def as_json(self, node: Node) -> str:
        """JSON as programs write it; keys that stand twice are gone, and texts that look like values are values."""
        return json.dumps(self._value(node), indent=self.chance.choice((None, 2, "\t")), ensure_ascii=self.odd(5))

    def _value(self, node: Node) -> Any:
        if isinstance(node, Map):
            return {key if isinstance(key, str) else "?": self._value(inner) for key, inner in node}
        if isinstance(node, list):
            return [self._value(inner) for inner in node]
        known: dict[str, object] = {"": None, "null": None, "yes": True, "no": False, "1": 1, "1e400": 1e400}
        return known.get(node, node) if self.odd(5) else node

    def flow(self, node: Node) -> str:
        """On one line, in brackets and braces."""
        if isinstance(node, Map):
            inner = ", ".join(f"{self.flow(key)}: {self.flow(value)}" for key, value in node)
            return f"{self._marks()}{{{inner}{',' if self.odd() else ''}}}"
        if isinstance(node, list):
            inner = ", ".join(self.flow(value) for value in node)
            return f"{self._marks()}[{inner}{',' if self.odd() else ''}]"
        return self._marks() + self.scalar(node)

    def block(self, node: Node, indent: int) -> str:
        """Line by line; what is empty, and now and then something else, goes in braces."""
        if not isinstance(node, list) or not node or self.odd():
            return " " + self.flow(node) if not isinstance(node, str) else " " + self.text_block(node, indent)
        step = indent + (self.chance.choice((0, 1, 3, 4, 8)) if self.odd(0.3) else 2)
        pad = ("\t" if self.odd(0.1) else " ") * (indent + (self.chance.choice((-1, 1)) if self.odd(0.05) else 0))
        lines = [self._marks()]
        for one in node:
            if isinstance(node, Map):
                key, value = one
                if self.odd(0.3) or isinstance(key, list):
                    lines.append(f"{pad}?{self.block(key, step)}\n{pad}:{self.block(value, step)}")
                else:
                    lines.append(f"{pad}{self._marks()}{self.scalar(key)}:{self.block(value, step)}{self._comment()}")
            else:
                lines.append(f"{pad}-{self.block(one, step)}{self._comment()}")
        return "\n".join(lines)

    def text_block(self, text: str, indent: int) -> str:
        """A text as a block of its own, or like any other."""
        if not self.odd(0.5):
            return self._marks() + self.scalar(text)
        head = self.chance.choice("|>") + self.chance.choice(("", "-", "+", "2", "9", "0", "-2"))
        return head + "\n" + "\n".join(" " * (indent + 1) + line for line in text.split("\n"))

    def scalar(self, text: str) -> str:
        """A text, quoted or not; not always where it should be."""
        if not self.odd() and text.replace("_", "a").replace("-", "a").replace(" ", "a").isalnum():
            return text
        if self.odd(3):
            return text
        if self.chance.random() < 0.6:
            return json.dumps(text, ensure_ascii=self.odd())
        return "'" + text.replace("'", "''") + "'"

    def _marks(self) -> str:
        """An anchor, an alias or a tag."""
        if not self.odd(0.15):
            return ""
        return self.chance.choice(("&a ", "*a ", "&a &b ", *(f"{tag} " for tag in self.chance.sample(TAGS, 3))))

    def _comment(self) -> str:
        return self.chance.choice(("  # a comment", " #", "\n# left\n", "\n\n", " \t")) if self.odd(0.3) else ""

"""Hostile documents by number, always the same for one seed: engagement files bent, broken, bloated and cut."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from advisor.catalog.blank import blank_engagement
from advisor.model.rulebook import Catalog
from benchmarks import soak_oddities as odd
from benchmarks.soak_emit import Emitter, Map, Node, tree_of

REPOSITORY = Path(__file__).resolve().parent.parent


class Hostile:
    """Makes documents from the shipped examples and the blank questionnaires."""

    def __init__(self, catalog: Catalog, seed: int) -> None:
        self.seed = seed
        examples = sorted((REPOSITORY / "examples").glob("*.yaml"))
        blanks = [
            blank_engagement(one, "blank", "Blank", "", catalog.several) for one in catalog.questionnaires.values()
        ]
        self.texts = [*(file.read_text(encoding="utf-8") for file in examples), *blanks]
        self.trees = [tree_of(text) for text in self.texts]
        options = [option for question in catalog.questions.values() for option in question.option_ids]
        self.words = [*catalog.questions, *catalog.roles, *options, *odd.FIELDS]
        self.kinds: list[tuple[Callable[[random.Random], bytes], int]] = [
            (self.tree, 40),
            (self.text, 26),
            (self.truncated, 10),
            (self.no_text, 10),
            (self.nested, 8),
            (self.several, 5),
        ]
        self.rare: list[Callable[[random.Random], bytes]] = [self.bloated, self.flood]

    def document(self, number: int, rare: float = 0.002) -> bytes:
        """Document `number`; so `rare` are large ones, slow to read, and one in 1,000 is as large as can be."""
        chance = random.Random(f"{self.seed}:{number}")
        if rare and number % 1_000 == 999:
            return _flood(odd.FLOODS[number // 1_000 % len(odd.FLOODS)], odd.LARGEST - 200)
        if chance.random() < rare:
            return chance.choice(self.rare)(chance)
        makes, weights = zip(*self.kinds, strict=True)
        return bytes(chance.choices(makes, weights)[0](chance))

    def tree(self, chance: random.Random) -> bytes:
        """An example with its parts changed, moved, doubled or lost, written in any style."""
        node = self.change(chance.choice(self.trees), chance, chance.choice((0, 0, 0, 1, 1, 2, 6)))
        return _encoded(Emitter(chance, chance.choice((0.0, 0.0, 0.005, 0.03, 0.2))).document(node))

    def change(self, node: Node, chance: random.Random, times: int) -> Node:
        """A copy of the tree with so many changes somewhere in it."""
        copy = _copy(node)
        for _ in range(times):
            home = chance.choice(list(_collections(copy)) or [copy])
            if not isinstance(home, list):
                return self.odd_node(chance)
            self._change_one(home, chance)
        return copy

    def _change_one(self, home: list[Node], chance: random.Random) -> None:
        at = chance.randrange(len(home)) if home else 0
        deed = chance.randrange(8)
        if not home or deed == 0:
            one = self.odd_node(chance)
            home.insert(at, (one, self.odd_node(chance)) if isinstance(home, Map) else one)
        elif deed == 1:
            del home[at]
        elif deed == 2:
            home.append(home[at])
        elif deed == 3:
            chance.shuffle(home)
        elif isinstance(home, Map):
            key, value = home[at]
            if deed == 4:
                home[at] = (self.odd_node(chance), value)
            elif deed == 5:
                home[at] = (value, key)
            elif deed == 6:
                home[at] = (key, chance.choice(([value], Map([(key, value)]), [], Map())))
            else:
                home[at] = (key, self.odd_node(chance))
        else:
            home[at] = self.odd_node(chance)

    def odd_node(self, chance: random.Random) -> Node:
        """Something that hardly belongs where it is put."""
        kind = chance.random()
        if kind < 0.45:
            return chance.choice(odd.TEXTS)
        if kind < 0.7:
            return chance.choice(self.words)
        if kind < 0.8:
            return _typo(chance.choice(self.words), chance)
        if kind < 0.9:
            return [self.odd_node(chance) for _ in range(chance.randrange(3))]
        if kind < 0.98:
            return Map((self.odd_node(chance), self.odd_node(chance)) for _ in range(chance.randrange(3)))
        return chance.choice(self.trees)

    def text(self, chance: random.Random) -> bytes:
        """An example's own text with characters, lines and pieces of YAML put in, taken out, doubled or exchanged."""
        return _encoded(self.scratch(chance.choice(self.texts), chance))

    def scratch(self, text: str, chance: random.Random) -> str:
        """The text with one to ten such changes."""
        for _ in range(chance.choice((1, 1, 2, 3, 10))):
            at = chance.randrange(len(text) + 1)
            end = min(len(text), at + chance.choice((1, 1, 2, 5, 40, 400)))
            deed = chance.randrange(7)
            if deed < 3:
                text = text[:at] + chance.choice(odd.NASTY) + text[at:]
            elif deed == 3:
                text = text[:at] + text[end:]
            elif deed == 4:
                text = text[:end] + text[at:end] + text[end:]
            elif deed == 5:
                text = text[:at] + chance.choice(odd.TEXTS) + text[end:]
            else:
                lines = text.splitlines(keepends=True)
                line = chance.randrange(len(lines) + 1)
                text = "".join((*lines[:line], chance.choice(("  ", " ", "\t", "- ")), *lines[line:]))
        return text

    def truncated(self, chance: random.Random) -> bytes:
        """The beginning, the end or the middle of an example, cut at any byte."""
        data = self.tree(chance) if chance.random() < 0.3 else chance.choice(self.texts).encode()
        at, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
        return chance.choice((data[:at], data[at:], data[at:end]))

    def no_text(self, chance: random.Random) -> bytes:
        """Bytes that are no text, text in another encoding, or an example with some bytes overwritten."""
        deed = chance.randrange(4)
        if deed == 0:
            return chance.randbytes(chance.choice((1, 4, 64, 1_000)))
        if deed == 1:
            return bytes(chance.choices(odd.BYTES, k=chance.randrange(1, 200)))
        if deed == 2:
            return chance.choice(self.texts).encode(chance.choice(odd.ENCODINGS), "replace")
        data = bytearray(chance.choice(self.texts).encode())
        for _ in range(chance.choice((1, 2, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data)

    def nested(self, chance: random.Random) -> bytes:
        """Nesting from just allowed to far too deep, in one style or a mixture, whole or left open."""
        deep = chance.choice((5, 30, 39, 40, 41, 42, 59, 60, 61, 79, 80, 81, 200, 1_000, 20_000, 150_000))
        if chance.random() < 0.3:  # by indentation
            piece = chance.choice(("-", "?", "a:", "- a:", "- -", "? -"))
            step, end = chance.choice((1, 1, 2)), chance.choice(odd.BREAK_MARKS)
            text = end.join(" " * (depth * step) + piece for depth in range(min(deep, 1_200)))
        else:
            pieces = chance.choices(odd.OPENINGS, k=chance.choice((1, 1, 2, 3)))
            text = "".join(chance.choice(pieces) for _ in range(deep))
        if chance.random() < 0.5:
            text += "x" + "".join({"[": "]", "{": "}"}.get(one, "") for one in reversed(text))
        return _encoded(chance.choice(odd.BEFORE_NESTING) + text)

    def several(self, chance: random.Random) -> bytes:
        """Several documents in one file, or halves of two in one."""
        parts = [self.document(chance.randrange(10**9), 0.0) for _ in range(chance.choice((2, 2, 3, 8)))]
        if chance.random() < 0.3:
            return parts[0][: chance.randrange(len(parts[0]) + 1)] + parts[1][chance.randrange(len(parts[1]) + 1) :]
        return chance.choice((b"\n---\n", b"\n...\n---\n", b"\n--- ", b"\r---\r", b"\n")).join(parts)

    def bloated(self, chance: random.Random) -> bytes:
        """One thing of up to two megabytes: a text, a key, a comment, white space, an escape, a number."""
        size = chance.choice((70_000, 500_000, odd.LARGEST - 200, odd.LARGEST + 1))
        unit, (before, after) = chance.choice(odd.BLOATED_BY), chance.choice(odd.BLOATED_IN)
        return (before + unit * (size // len(unit.encode())) + after).encode()[: odd.LARGEST + 10]

    def flood(self, chance: random.Random) -> bytes:
        """Very many things in one file of up to two megabytes: keys, documents, items, anchors, tags, mistakes."""
        return _flood(chance.choice(odd.FLOODS), chance.choice((50_000, 300_000, odd.LARGEST - 200)))


def _flood(of: tuple[str, str, str], size: int) -> bytes:
    before, unit, after = of
    parts, length, number = [before], len(before), 0
    while length < size:
        parts.append(unit.replace("%", str(number)))
        length, number = length + len(parts[-1].encode()), number + 1
    return "".join((*parts, after)).encode()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _copy(node: Node) -> Node:
    if isinstance(node, Map):
        return Map((_copy(key), _copy(value)) for key, value in node)
    return [_copy(value) for value in node] if isinstance(node, list) else node


def _collections(node: Node) -> list[Node]:
    """The tree's maps and sequences, itself included."""
    if not isinstance(node, list):
        return []
    inner = [part for one in node for part in (one if isinstance(node, Map) else (one,))]
    return [node, *(found for part in inner for found in _collections(part))]


def _typo(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    wrong = (word[:at] + word[at + 1 :], word[:at] + word[at].upper() + word[at:], word + "s", word.upper())
    return chance.choice(wrong)

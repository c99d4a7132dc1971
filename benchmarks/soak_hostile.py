"""Hostile documents by number: engagement files bent, broken, bloated and cut, the same for the same seed and number."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from advisor.catalog.blank import blank_engagement
from advisor.model.rulebook import Catalog
from benchmarks.soak_emit import TAGS, Emitter, Map, Node, tree_of

REPOSITORY = Path(__file__).resolve().parent.parent
LARGEST = 2_000_000

ODD_TEXTS = (
    *("null", "~", "", " ", "true", "False", "yes", "no", "on", "1", "0", "-0", "0x1F", "1_000", "1e400", ".inf", ".nan"),
    *("2027-01-31", "2027-02-30", "0000-00-00", "10000-01-01", "2027-W01-1", "20270131", "2027-01-31T00:00:00Z", "12:30"),
    *("=", "<<", "*", "&a", "!", "%", "@", "`", "?", "-", ":", "|", ">", "'", '"', "\\", "#", "---", "...", "{", "[", "}"),
    *("unanswered", "not_asked", "unknown", "every", "id", "sid", "manager", "Weekly", "weekly ", "we\u0435kly"),
    *("\u200bweekly", "e\u0301", "\u202eevil", "😀", "\ufeff", "\x00", "\x1b[31m", "\x85", "\u2028", "\uffff", "\ud83d"),
    *("\\ud83d\\ude00", "\\ud83d", "\\x00", "\\U00110000", "\t", "a: b", "- a", "a #b", "# a", "٣", "²", "Ⅷ", "９"),
    *("x" * 64, "x" * 300, "x" * 301, "9" * 5_000, "a\nb", "a\r\nb", "{{ x }}", "${HOME}", "%s%n", "../../etc/passwd"),
    *("<script>alert(1)</script>", "=cmd|' /C calc'!A0", "'; DROP TABLE x; --", "__class__", "NaN", "Infinity"),
)
NASTY = (
    *("*a", "&a ", "<<: ", "<<: *a\n", "- ", "? ", ": ", "[", "]", "{", "}", ",", "|\n", ">-\n", "|9\n", "'", '"', "\t"),
    *("\0", "\ufeff", "\u2028", "\u2029", "\x85", "\r", "\x1b", "\x7f", "\ufffe", "\n", "\n\n", " ", "  ", "\\", "\\u"),
    *("---\n", "\n---\n", "...\n", "%YAML 1.1\n", "%TAG ! tag:x,2000:\n", "# ", " #", "@", "`", "!", "!!", "%", "=", "~"),
    *("\\ud83d", "\\ud83d\\ude00", '"\\ud83d\\ude00"', "null", "true", "2027-01-31", "answers:\n", "engagement: {}\n"),
    *(f"{tag} " for tag in TAGS),
)
ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7", "cp037", "utf-8-sig")


class Hostile:
    """Makes documents from the shipped examples and the blank questionnaires."""

    def __init__(self, catalog: Catalog, seed: int) -> None:
        self.seed = seed
        examples = sorted((REPOSITORY / "examples").glob("*.yaml"))
        blanks = [blank_engagement(one, "blank", "Blank", "") for one in catalog.questionnaires.values()]
        self.texts = [*(file.read_text(encoding="utf-8") for file in examples), *blanks]
        self.trees = [tree_of(text) for text in self.texts]
        options = [option for question in catalog.questions.values() for option in question.option_ids]
        self.words = [*catalog.questions, *catalog.roles, *options, "answers", "engagement", "people", "dates", "name"]
        self.kinds: list[tuple[Callable[[random.Random], bytes], int]] = [
            (self.tree, 40),
            (self.text, 26),
            (self.truncated, 10),
            (self.bytes, 10),
            (self.nested, 8),
            (self.several, 5),
        ]
        self.rare: list[Callable[[random.Random], bytes]] = [self.bloated, self.flood]

    def document(self, number: int, rare: float = 0.002) -> bytes:
        """Document `number`; large ones, which take a hundred times as long to read, come only as often as `rare`."""
        chance = random.Random(f"{self.seed}:{number}")
        if chance.random() < rare:
            return chance.choice(self.rare)(chance)
        makes, weights = zip(*self.kinds, strict=True)
        return bytes(chance.choices(makes, weights)[0](chance))

    def tree(self, chance: random.Random) -> bytes:
        """An example with its parts changed, moved, doubled or lost, written in any style."""
        node = self.change(chance.choice(self.trees), chance, chance.choice((0, 0, 1, 1, 2, 6)))
        return _encoded(Emitter(chance, chance.choice((0.0, 0.005, 0.03, 0.2))).document(node))

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
            home.insert(at, (self.odd_node(chance), self.odd_node(chance)) if isinstance(home, Map) else self.odd_node(chance))
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
            return chance.choice(ODD_TEXTS)
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
                text = text[:at] + chance.choice(NASTY) + text[at:]
            elif deed == 3:
                text = text[:at] + text[end:]
            elif deed == 4:
                text = text[:end] + text[at:end] + text[end:]
            elif deed == 5:
                text = text[:at] + chance.choice(ODD_TEXTS) + text[end:]
            else:
                lines = text.splitlines(keepends=True)
                line = chance.randrange(len(lines) + 1)
                lines.insert(line, chance.choice(("  ", " ", "\t", "- ")) + (lines.pop(line) if line < len(lines) else "\n"))
                text = "".join(lines)
        return text

    def truncated(self, chance: random.Random) -> bytes:
        """The beginning, the end or the middle of an example, cut at any byte."""
        data = self.tree(chance) if chance.random() < 0.3 else chance.choice(self.texts).encode()
        at, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
        return chance.choice((data[:at], data[at:], data[at:end]))

    def bytes(self, chance: random.Random) -> bytes:
        """Bytes that are no text, text in another encoding, or an example with some bytes overwritten."""
        deed = chance.randrange(4)
        if deed == 0:
            return chance.randbytes(chance.choice((1, 4, 64, 1_000)))
        if deed == 1:
            return bytes(chance.choices(b" \n\t-?:,[]{}&*!|>'\"%@`#ab01~=<\\\0\xc3\xff\xef\xbb\xbf", k=chance.randrange(1, 200)))
        if deed == 2:
            return chance.choice(self.texts).encode(chance.choice(ENCODINGS), "replace")
        data = bytearray(chance.choice(self.texts).encode())
        for _ in range(chance.choice((1, 2, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data)

    def nested(self, chance: random.Random) -> bytes:
        """Nesting from just allowed to far too deep, in one style or a mixture, whole or left open."""
        deep = chance.choice((5, 30, 39, 40, 41, 42, 59, 60, 61, 79, 80, 81, 200, 1_000, 20_000))
        opening = ("[", "{a: ", "{? ", "- ", "? ", "[[", "[{", "- - ", "? - ", "- [", "[\n", "{\n", "- !a ", "- &a ", "[ #\n")
        units = chance.choices(opening, k=chance.choice((1, 1, 2, 3)))
        if chance.random() < 0.3:  # by indentation
            chunk = chance.choice(("-", "?", "a:", "- a:", "- -", "? -"))
            end = chance.choice(BREAK_MARKS)
            text = end.join(" " * (depth * chance.choice((1, 1, 2))) + chunk for depth in range(min(deep, 1_200)))
        else:
            text = "".join(chance.choice(units) for _ in range(deep))
        if chance.random() < 0.5:
            text += "x" + "".join({"[": "]", "{": "}"}.get(one, "") for one in reversed(text))
        head = chance.choice(("", "answers: ", "answers:\n  risk: ", "# a\r", "# a\x85", "engagement:\n  name: ", "a: b\n---\n"))
        return _encoded(head + text)

    def several(self, chance: random.Random) -> bytes:
        """Several documents in one file, or halves of two in one."""
        parts = [self.document(chance.randrange(10**9), 0.0) for _ in range(chance.choice((2, 2, 3, 8)))]
        if chance.random() < 0.3:
            return parts[0][: chance.randrange(len(parts[0]) + 1)] + parts[1][chance.randrange(len(parts[1]) + 1) :]
        return chance.choice((b"\n---\n", b"\n...\n---\n", b"\n--- ", b"\r---\r", b"\n")).join(parts)

    def bloated(self, chance: random.Random) -> bytes:
        """One thing of up to two megabytes: a text, a key, a comment, white space, an escape, a number."""
        size = chance.choice((70_000, 500_000, LARGEST - 200, LARGEST + 1))
        unit = chance.choice(("x", "9", " ", "\n", "\r", "\t", "😀", "\\", "\\n", "''", "\\ud83d\\ude00", "a: ", "a ", "#", "-", "?"))
        body = unit * (size // len(unit.encode()))
        before, after = chance.choice((("answers:\n  risk: ", "\n"), ('{"engagement": {"name": "', '"}}'), ("# ", "\nanswers: {}\n")))
        if chance.random() < 0.5:
            before, after = chance.choice((("answers:\n  ? ", "\n  : x"), ("answers:\n  risk: |\n   ", ""), ("", ""), ("&", " a"), ("!", " a")))
        return (before + body + after).encode()[: LARGEST + 10]

    def flood(self, chance: random.Random) -> bytes:
        """Very many things in one file of up to two megabytes: keys, documents, items, anchors, tags, mistakes."""
        before, unit, after = chance.choice(FLOODS)
        size = chance.choice((50_000, 300_000, LARGEST - 200))
        parts, length, number = [before], len(before), 0
        while length < size:
            parts.append(unit.replace("%", str(number)))
            length, number = length + len(parts[-1].encode()), number + 1
        return "".join((*parts, after)).encode()


BREAK_MARKS = ("\n", "\n", "\r", "\r\n", "\x85", "\u2028", "\n\n", " # c\n")
FLOODS = (
    ("answers:\n", " client_contac%: a\n", ""),
    ("answers:\n", " k%:\n", ""),
    ("answers:\n", " risk: lo%\n", ""),
    ("answers:\n", " &a% k%: !!int x\n", ""),
    ("answers: {}\npeople:\n", " delivery_manage%: x\n", ""),
    ("", "answerz%: x\n", ""),
    ("", "---\na%\n", ""),
    ("", "answers: {}\n---\n", ""),
    ("", "answers: {client_contact: weekl%}\n---\n", ""),
    ("", "{a: b, c: d, e: f, engagement: [x%]}\n---\n", ""),
    ("", "---\n", ""),
    ("", "# comment %\n", "answers: {}"),
    ("", "- a%\n", ""),
    ("answers: {", "a,", "}"),
    ("answers: [", "[],", "]"),
    ("[" * 30, "a,", "]" * 30),
    ("[", "[a],", "]"),
    ("{", "?,", "}"),
    ("# * &\n[", "x,", "]"),
    ("", "a%: &b [*b]\n", ""),
    ("answers:\n", " &a% x%: *a%\n", ""),
    ("answers:\n", " <<: {risk: low}\n", ""),
    ('{"answers": {', '"k%": null,', '"x": 1}}'),
)


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
    return chance.choice((word[:at] + word[at + 1 :], word[:at] + word[at].upper() + word[at:], word + "s", word.upper()))

"""Lists in a text that say who has which letter (`R: x, A: y`, or `PM: A/R`), as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from advisor.matrices.budget import Budget
from advisor.matrices.cells import letter_of_heading, read_cell
from advisor.matrices.grid import Grid, Places, Sparse, flat
from advisor.matrices.headings import names_a_role, share
from advisor.matrices.plain import inline
from advisor.matrices.vocabulary import Vocabulary

_LINE = re.compile(r"(\s*)(#{1,6}\s+|(?:[-*+•–]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?)?(.*)")
_KEY = re.compile(r"(?:^|(?<=[\s(\[,;|/]))([^\W\d_][^\W_]*(?:\s?\([A-Z]\))?)\s*(?::|=|\s[–—-]\s|→)\s*")
_PART = re.compile(r"\s*[;,|]\s*(?![^()]*\))|\s+(?=[^\s=]+=)")
_HELD = re.compile(r"(.{2,80}?)\s*(?:[:=→]|\s[–—-]\s|\(|\[)\s*([^()\[\]:=]{1,40})[)\]]?\.?$")
_LONGEST, _LONGEST_NAME = 500, 150
_FEWEST = 3
_MOST_LINES = 5_000  # of a text that is looked through for lists


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing that a list says: under which headings, in which line, and who has which letter."""

    over: tuple[str, ...]
    line: int
    key: str
    value: str


@dataclass(slots=True)
class _Outline:
    """The headings and list items that stand over a line, by how deep they are."""

    levels: list[tuple[int, str]] = field(default_factory=list)

    def put(self, depth: int, text: str) -> None:
        """A heading or an item, which ends all that are as deep or deeper."""
        self.cut(depth)
        self.levels.append((depth, text))

    def cut(self, depth: int) -> None:
        while self.levels and self.levels[-1][0] >= depth:
            self.levels.pop()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.levels)


def list_grid(text: str, known: Vocabulary, budget: Budget) -> Grid | None:
    """The lists of the text as one table in the letters of a vocabulary; None where they say too little."""
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        return None
    keyed: list[_Item] = []
    held: list[_Item] = []
    outline = _Outline()
    for at, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line[: _LONGEST + 1])
        if match is None or len(line) > _LONGEST or not (said := inline(match[3], budget.file)):
            continue
        mark = (match[2] or "").strip()
        depth = mark.count("#") if mark.startswith("#") else 10 + len(match[1].expandtabs(4)) + bool(mark)
        before, found = _keyed(said, known)
        if found:
            outline.cut(depth + (not before and not mark))  # a line of text may be the title of those under it
            over = (*outline.names, before) if before else outline.names
            keyed += [_Item(over, at, key, value) for key, value in found]
            if before:
                outline.put(depth, before)
            continue
        before, pairs = _held(said, known)
        if pairs and (before or outline.names):
            outline.cut(depth)
            over = (*outline.names, before) if before else outline.names
            held += [_Item(over, at, role, letters) for role, letters in pairs]
        elif len(said) <= _LONGEST_NAME:
            if match[3].strip().startswith(("**", "__")) and not mark:
                depth = 9
            outline.put(depth, said.rstrip(" :.–—-"))
    keyed = [item for item in keyed if item.over]
    if len(keyed) >= max(_FEWEST, len(held)) and {"R", "A"} & {letter_of_heading(one.key, known) for one in keyed}:
        return _by_letter(keyed, known, budget)
    return _by_role(held, budget) if len(held) >= _FEWEST else None


def _keyed(said: str, known: Vocabulary) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first letter of a line, and each letter with the names behind it."""
    keys = [match for match in _KEY.finditer(said) if letter_of_heading(match[1], known)]
    if not keys:
        return "", []
    ends = [*(match.start() for match in keys[1:]), len(said)]
    found = [
        (match[1], said[match.end() : end].strip(" ,;|/.([–—-") if end < len(said) else said[match.end() :].strip())
        for match, end in zip(keys, ends, strict=True)
    ]
    before = said[: keys[0].start()].strip(" ,;|:([–—-→")
    if before and (opened := re.search(r"[(\[]\s*$", said[: keys[0].start()])):
        found[-1] = (found[-1][0], found[-1][1].removesuffix(")" if opened[0][0] == "(" else "]"))
    return before, [(key, value) for key, value in found if value]


def _held(said: str, known: Vocabulary) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first role of a line, and each role with its letters; none where a part has no letter."""
    before = ""
    parts = [part for part in _PART.split(said) if part]
    if len(parts) > 1 and (match := re.match(r"(.{3,}?)\s*(?::|\s[–—-])\s+(.+)", parts[0])):
        if _pair(match[2], known):
            before, parts[0] = match[1], match[2]
    pairs = [_pair(part, known) for part in parts]
    return (before, [pair for pair in pairs if pair]) if all(pairs) else ("", [])


def _pair(part: str, known: Vocabulary) -> tuple[str, str] | None:
    match = _HELD.fullmatch(part.strip())
    if match is None:
        return None
    reading = read_cell(match[2], known)
    return (match[1].strip(), match[2]) if reading.strict and reading.letters and not reading.unread else None


def _by_letter(items: Sequence[_Item], known: Vocabulary, budget: Budget) -> Grid:
    heads: dict[str, str] = {}
    names: dict[tuple[str, ...], dict[str, list[str]]] = {}
    lines: dict[tuple[str, ...], int] = {}
    for item in items:
        letter = letter_of_heading(item.key, known)
        heads.setdefault(letter, item.key)
        names.setdefault(item.over, {}).setdefault(letter, []).append(item.value)
        lines.setdefault(item.over, item.line)
    phased = _phased(names)
    rows = ([*_named(over, phased), *(", ".join(had.get(one, ())) for one in heads)] for over, had in names.items())
    return _grid(["Phase", "Activity", *heads.values()], rows, list(lines.values()), budget)


def _by_role(items: Sequence[_Item], budget: Budget) -> Grid:
    overs = dict.fromkeys(item.over for item in items)
    inner = [over[-1] for over in overs]
    turned = share(inner, names_a_role) > share([item.key for item in items], names_a_role)
    head = ["Phase", "Role", "Activity", "RACI"] if turned else ["Phase", "Activity", "Role", "RACI"]
    phased = _phased(overs)
    items = sorted(items, key=lambda item: bool(_named(item.over, phased)[0]))  # a phase holds until the next one
    rows = ([*_named(item.over, phased), item.key, item.value] for item in items)
    return _grid(head, rows, [item.line for item in items], budget)


def _phased(overs: Iterable[tuple[str, ...]]) -> bool:
    """Whether the headings over activities are phases, and not one title over all of them."""
    return len({over[-2] if len(over) > 1 else "" for over in overs}) > 1


def _named(over: tuple[str, ...], phased: bool) -> list[str]:
    """The phase and the activity: the innermost heading, and the one over it."""
    return [over[-2] if len(over) > 1 and phased else "", over[-1]]


def _grid(head: list[str], rows: Iterator[list[str]], lines: list[int], budget: Budget) -> Grid:
    table = Sparse(budget, "the lists")
    for at, row in enumerate([head, *rows], start=1):
        for column, cell in enumerate(row, start=1):
            table.put(at, column, flat(cell) if at > 1 else cell)
    numbers = dict(enumerate([lines[0], *lines], start=1))
    grid = table.grid(Places.LINE, taken=("lists are read as a table",), lines=numbers)
    return replace(grid, columns=(0,) * grid.width)

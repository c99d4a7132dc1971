"""Which scheme of letters a matrix is in: no letter is taken for one of another scheme."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from advisor.matrices.by_role import Part
from advisor.matrices.grid import Grid, flat
from advisor.matrices.headings import defines_letter
from advisor.matrices.vocabulary import Vocabulary, words

OTHER = "its letters are of a scheme that is not known"
_FEW = 0.25  # of all letters may be unknown ones before the scheme is another
_LONGEST = 60
_EXPLAINED = 3  # letters that make a legend
_MEANING = re.compile(
    r"(?:^|(?<=[\s(\[,;|*]))([A-Z])\*{0,2}\s{0,3}(?:=|:|\s[–—-])\s{0,3}\*{0,2}"
    r"([^\W\d_][\w’'-]{0,30}(?: [^\W\d_]{1,30}){0,2})"
)

Legend = Mapping[str, frozenset[str]]


def legend_of(grids: Sequence[Grid], text: str) -> Legend:
    """What a file says that its letters stand for, by the words of all schemes; nothing where it has no legend."""
    found: dict[str, frozenset[str]] = {}
    for letter, said in _meanings(grids, text):
        first = re.findall(r"[\w’'-]+", said.lower())
        tried = [" ".join(first[:length]) for length in (3, 2, 1)]
        for one in words().vocabularies.values():
            stands_for = next((one.words[word] for word in tried if word in one.words), None)
            if stands_for is not None:
                found[letter] = found.get(letter, frozenset()) | {stands_for}
    return found if len(found) >= _EXPLAINED or (found and any(map(_is_legend, grids))) else {}


def _is_legend(grid: Grid) -> bool:
    """Whether a row of the table says in its cells what the letters stand for, whatever the words."""
    return any(sum(defines_letter(text) for text in row) >= _EXPLAINED for row in grid.rows)


def _meanings(grids: Iterable[Grid], text: str) -> Iterator[tuple[str, str]]:
    for match in _MEANING.finditer(text):
        yield match[1], match[2]
    for grid in grids:
        for row in grid.rows:
            for at, cell in enumerate(row):
                if len(cell) == 1 and cell.isupper() and at + 1 < len(row) and len(row[at + 1]) > 3:
                    yield cell, row[at + 1][:_LONGEST]
                elif 3 < len(cell) < 1000:
                    yield from (match.groups() for match in _MEANING.finditer(cell))  # type: ignore[misc]


def likely(grid: Grid, known: Sequence[Vocabulary], legend: Legend) -> set[str]:
    """The ids of the schemes of which the grid shows a sign and that the legend does not contradict."""
    text = "\n".join(text for row in grid.rows for text in row if 0 < len(text) <= _LONGEST)
    return {one.id for one in known if not (one.needs and one.lacks(text)) and not contradicted(one, legend)}


def contradicted(known: Vocabulary, legend: Legend) -> str:
    """The letters to which the legend gives another meaning than the scheme."""
    return ", ".join(
        letter for letter, meant in legend.items() if letter in known.letters and known.letters[letter] not in meant
    )


def foreign_letters(part: Part) -> Counter[str]:
    """Single letters that the scheme does not explain, with how often each of them comes."""
    unread = (one for row in part.rows for cell in row.cells for one in cell.unread.split())
    return Counter(one.upper() for one in unread if len(one) == 1 and one.isalpha())


def other_scheme(part: Part, known: Vocabulary) -> str:
    """Why the letters are not those of the scheme; nothing where they are, but for a few."""
    foreign = foreign_letters(part)
    read = Counter(letter for row in part.rows for cell in row.cells for letter in cell.letters)
    many = foreign.total() >= _FEW * (foreign.total() + read.total())
    often = [letter for letter, count in foreign.items() if count > 1]
    in_most = max(foreign.values(), default=0) * 2 > max(len(part.rows), 4)
    lacking = not (read["R"] and read["A"])
    if not foreign or not (known.needs or in_most or (many and (len(often) > 1 or lacking))):
        return ""
    return _said(f"{known.name} has no {_some(foreign)}")


def unknown_scheme(grid: Grid, legend: Legend) -> str:
    """That a grid looks like a matrix in letters that no scheme explains, or that its legend gives another meaning."""
    cells = [flat(text) for row in grid.rows[1:] for text in row[1:] if text]
    single = Counter(text for text in cells if len(text) == 1 and text.isalpha() and text.isupper())
    if len(single) < 2 or single.total() < 4 or single.total() * 2 < len(cells):
        return ""
    explained = [one for one in words().vocabularies.values() if set(one.needs) <= set(single) <= set(one.letters)]
    if any(not contradicted(one, legend) for one in explained):
        return ""
    if explained:
        return _said("its legend gives other meanings to " + contradicted(words().vocabularies["raci"], legend))
    return _said(f"it has {_some(single)}")


def _some(letters: Iterable[str]) -> str:
    return ", ".join(sorted(letters)[:10])


def _said(what: str) -> str:
    known = ", ".join(id for id, one in words().vocabularies.items() if one.letters)
    return (
        f"{OTHER}: {what}, and nothing is guessed; say what each letter means (words: in a --map), "
        f"or choose --vocabulary {known}"
    )


def said_of(known: Vocabulary) -> str:
    """How the letters are read, each with what it stands for where that is another letter."""
    plain = f"letters are read as {known.name}"
    if not known.needs:
        return plain
    pairs = ", ".join(
        f"{letter} is {stands_for or 'nobody'}" for letter, stands_for in known.letters.items() if letter != stands_for
    )
    return f"{plain}: {pairs}"

"""The words that matrices are written in, from `rules/matrices/vocabularies.yaml`, and a cell's text read by them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from advisor.catalog.fields import Fields, Problems
from advisor.catalog.folders import data_folder
from advisor.catalog.source import compose
from advisor.errors import InputError, did_you_mean
from advisor.files import read_limited
from advisor.matrices.grid import flat

_FILE = "matrices/vocabularies.yaml"
_LISTS = (
    "nothing", "ticks", "no_ticks", "nobody", "left_out", "held_by", "phase_words", "phase_names", "footnotes", "sums",
    "role_words", "activity_words",
)  # fmt: skip
# A footnote's mark behind a letter: ¹, *, †, [2], (3), ^1.
_MARK = re.compile(r"(?:[*†‡§¹²³⁰⁴-⁹°]+|\[\d{1,2}\]|\(\d{1,2}\)|\^\d{1,2})+$")
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_PARTS = re.compile(r"[\s/,;&+|\\·•–—\-→:=.]+|\band\b|\bund\b|\bet\b|\by\b", re.IGNORECASE)
_LONGEST = 200  # a cell of letters is short; nothing longer is tried


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What letters and words stand for; `name` is what people call the scheme, `letters` are in capitals."""

    id: str
    name: str
    letters: Mapping[str, str]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that the file says; `headings` gives for each kind of column the words that head one."""

    vocabularies: Mapping[str, Vocabulary]
    headings: Mapping[str, frozenset[str]]
    lists: Mapping[str, frozenset[str]]
    lookalikes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell's text as letters; `strict` says that it holds letters only, known or not, or a remark set in brackets."""

    letters: tuple[str, ...] = ()
    unread: str = ""
    remark: str = ""
    lookalikes: str = ""
    strict: bool = False
    nothing: bool = False


@cache
def words() -> Words:
    """The shipped words; InputError when the file is damaged."""
    shown = f"rules/{_FILE}"
    (root, _), *_ = compose(read_limited(data_folder("rules") / _FILE), shown)
    problems = Problems(shown)
    fields = Fields(root, "", problems)
    found = {}
    for part in fields.each("vocabularies"):
        one = _vocabulary(part)
        found[one.id] = one
    headings = {}
    if (inner := fields.inner("headings")) is not None:
        headings = {
            kind: frozenset(inner.texts(kind)) for kind in ("activity", "role", "phase", "number", "other", "status")
        }
        inner.finish()
    lookalikes: dict[str, str] = {}
    if (inner := fields.inner("lookalikes")) is not None:
        for letter, _, _ in tuple(inner.pairs()):
            lookalikes |= dict.fromkeys(inner.text(letter), letter)
    lists = {name: frozenset(fields.texts(name)) for name in _LISTS}
    fields.finish()
    problems.raise_if_any()
    return Words(found, headings, lists, lookalikes)


def _vocabulary(part: Fields) -> Vocabulary:
    letters: dict[str, str] = {}
    spoken: dict[str, str] = {}
    if (inner := part.inner("letters")) is not None:
        letters = {name: inner.text(name) for name, _, _ in inner.pairs()}
    if (inner := part.inner("words")) is not None:
        for letter, _, _ in tuple(inner.pairs()):
            spoken |= dict.fromkeys(inner.texts(letter), letter)
    one = Vocabulary(part.text("id"), part.text("name"), letters, spoken)
    part.finish()
    return one


def vocabulary(name: str) -> Vocabulary:
    """The vocabulary of that id, RASIC and the like being other spellings; InputError for one that is not known."""
    from advisor.errors import Problem

    known = words().vocabularies
    given = name.strip().lower()
    if given in known:
        return known[given]
    for one in known.values():
        if one.letters and sorted(one.letters) == sorted(given.upper()):
            return one
    near = did_you_mean(given, known) or f" (known: {', '.join(known)})"
    raise InputError([Problem("--vocabulary", 0, "", f"no vocabulary {name!r}{near}")])


def with_words(base: Vocabulary, more: Mapping[str, str]) -> Vocabulary:
    """The vocabulary with words of one's own, each standing for a letter of LETTERS, or for nothing when empty."""
    if not more:
        return base
    letters = {text.upper(): letter for text, letter in more.items() if len(text) == 1}
    spoken = {text.lower(): letter for text, letter in more.items()}
    return replace(base, letters={**base.letters, **letters}, words={**base.words, **spoken})


def plain_letters(text: str) -> tuple[str, str]:
    """The text with characters that only look like Latin letters replaced, and those characters."""
    known = words().lookalikes
    found: dict[str, None] = {}
    out = []
    for one in text:
        if one.isascii():
            out.append(one)
            continue
        like = known.get(one)
        if like is None:
            folded = unicodedata.normalize("NFKC", one)
            # Superscript digits and ligatures are no look-alikes of a letter.
            like = folded if len(folded) == 1 and folded.isascii() and folded.isalpha() else None
        if like is not None:
            found[one] = None
        out.append(like or one)
    return "".join(out), "".join(found)


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(one.lower() for one in words().lists[name])


def is_in(text: str, name: str) -> bool:
    """Whether the whole text stands in one of the file's lists."""
    return text.strip().lower() in _folded(name)


def opens_with(text: str, name: str) -> bool:
    """Whether the text starts with an entry of one of the file's lists, as a word of its own."""
    low = flat(text).lower()
    return any(
        low.startswith(one) and (len(low) == len(one) or not one[-1].isalnum() or not low[len(one)].isalnum())
        for one in _folded(name)
    )


def read_cell(text: str, known: Vocabulary) -> Reading:
    """What the cell says in one vocabulary; case, order, separators and a footnote's mark do not matter."""
    return _read_cell(flat(text), known.id, tuple(known.letters.items()), tuple(known.words.items()))


@cache
def _tables(
    letters: tuple[tuple[str, str], ...], spoken: tuple[tuple[str, str], ...]
) -> tuple[dict[str, str], dict[str, str]]:
    return dict(letters), dict(spoken)


def _read_cell(text: str, _: str, letters: tuple[tuple[str, str], ...], spoken: tuple[tuple[str, str], ...]) -> Reading:
    if not text or is_in(text, "nothing"):
        return Reading(nothing=bool(text))
    if len(text) > _LONGEST:
        return Reading(unread=text)
    return _Cell(text, *_tables(letters, spoken)).read()


class _Cell:
    """One text on its way to letters."""

    def __init__(self, text: str, letters: Mapping[str, str], spoken: Mapping[str, str]) -> None:
        self.letters, self.spoken = letters, spoken
        self.text, self.alike = self._latin(text)
        self.found: dict[str, None] = {}

    def _latin(self, text: str) -> tuple[str, str]:
        # A word of another script is that word; only where all of it could be letters do look-alikes count.
        latin, alike = plain_letters(text)
        return (latin, alike) if alike and not any(not one.isascii() and one.isalpha() for one in latin) else (text, "")

    def read(self) -> Reading:
        remarks: list[str] = []

        def bracketed(match: re.Match[str]) -> str:
            inside = match[1].strip()
            if not inside or inside.isdigit():
                return " "
            letters = self._all(inside)
            if letters is None:
                remarks.append(inside)
                return " "
            return f" {inside} "

        whole = self._word(self.text)
        if whole is not None:
            self._take(whole)
            return self._result("", "", True)
        bare = _MARK.sub("", _BRACKETS.sub(bracketed, self.text)).strip(" *_`'\"")
        if not bare and remarks:
            return Reading(unread=self.text)
        letters = self._all(bare)
        if letters is not None:
            self._take(letters)
            return self._result("", "; ".join(remarks), True)
        return self._some(bare, remarks)

    def _some(self, bare: str, remarks: list[str]) -> Reading:
        """Letters and something else: what opens the cell counts, a remark in words may follow."""
        parts = [_MARK.sub("", part).strip("*_`'\"") for part in _PARTS.split(bare)]
        parts = [part for part in parts if part]
        unread: list[str] = []
        rest: list[str] = []
        for part in parts:
            letters = self._part(part) if not rest else None
            if letters is not None:
                self._take(letters)
            elif self.found and (rest or len(part) > 3 or (len(part) > 1 and part.islower())):
                rest.append(part)
            else:
                unread.append(part)
        if not self.found:
            return Reading(unread=self.text)
        if rest:
            remarks.insert(0, bare[bare.find(rest[0]) :])
        # `R, A, Q` is a cell of letters too, one of them not known.
        return self._result(" ".join(unread), "; ".join(remarks), not rest and all(len(part) < 3 for part in unread))

    def _result(self, unread: str, remark: str, strict: bool) -> Reading:
        letters = tuple(self.found)
        return Reading(letters, unread, remark, self.alike if letters else "", strict, not letters and not unread)

    def _take(self, letters: tuple[str, ...]) -> None:
        self.found |= dict.fromkeys(one for one in letters if one)

    def _all(self, text: str) -> tuple[str, ...] | None:
        """The letters of a text in which each part is a letter or a word."""
        if (whole := self._word(text)) is not None:
            return whole
        out: list[str] = []
        for part in _PARTS.split(text):
            if part := _MARK.sub("", part).strip("*_`'\""):
                letters = self._part(part)
                if letters is None:
                    return None
                out.extend(letters)
        return tuple(out) if out else None

    def _part(self, part: str) -> tuple[str, ...] | None:
        if (whole := self._word(part)) is not None:
            return whole
        capitals = part.upper()
        if len(set(capitals)) != len(capitals) or any(one not in self.letters for one in capitals):
            return None
        # Three letters and more in small ones are a word that happens to be made of them.
        return tuple(self.letters[one] for one in capitals) if len(part) < 3 or part.isupper() else None

    def _word(self, text: str) -> tuple[str, ...] | None:
        low = text.lower().strip(" .:")
        if low in self.spoken:
            return (self.spoken[low],)
        if len(low) == 1 and low.upper() in self.letters:
            return (self.letters[low.upper()],)
        return None


def letter_of_heading(text: str, known: Vocabulary) -> str:
    """The one letter that a heading such as `R`, `Responsible` or `A - Accountable (approves)` stands for."""
    reading = read_cell(_BRACKETS.sub(" ", flat(text)) if "(" in text else text, known)
    if len(reading.letters) == 1 and not reading.unread and (reading.strict or not reading.remark):
        return reading.letters[0]
    return ""


def heading_kind(text: str) -> str:
    """What kind of column a heading says it is: a key of `headings`, or nothing."""
    low = " ".join(re.sub(r"[*_:`]+", " ", flat(text).lower()).split())
    lists = words().headings
    kinds = ("activity", "phase", "number", "status", "other", "role")
    if not low or (whole := next((kind for kind in kinds if low in lists[kind]), "")):
        return whole if low else ""
    # `Task ↓ / Role →`: what the arrow down stands at is what the column holds; else what comes first.
    parts = [part for part in re.split(r"\s*[/\\|,&]\s*|\s+and\s+|\s*(?:→|->|×|\bvs\.?)\s*", low) if part]
    parts.sort(key=lambda part: "↓" not in part)
    first = re.sub(r"[^\w#%. ]+", " ", parts[0]).split() if parts else []
    if not first:
        return ""
    joined = " ".join(first)
    tried = (joined, first[-1], first[0]) if len(first) < 4 else (joined, first[-1])
    return next((kind for one in tried for kind in kinds if one in lists[kind]), "")

"""A cell's text, or a heading's, as letters of one vocabulary: in any case, order and company."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from advisor.matrices.grid import flat
from advisor.matrices.vocabulary import Vocabulary, is_in, words

# A footnote's mark behind a letter: ¹, *, †, [2], (3), ^1, or a number that was raised before it was copied.
_MARK = re.compile(r"(?:(?<=^[^\W\d_])\d|[*†‡§¹²³⁰⁴-⁹°]|\[\d{1,2}\]|\(\d{1,2}\)|\^\d{1,2})+$")
_BRACKETS = re.compile(r"[(\[{（]([^()\[\]{}（）]*)[)\]}）]")
_PARTS = re.compile(r"[\s/,;&+|\\·•–—\-→:=.・、，；：／]+|\band\b|\bund\b|\bet\b|\by\b", re.IGNORECASE)
# Somebody's name that opens with an initial: `D. Osei`.
_NAME = re.compile(r"(?:[^\W\d_]\. ?){1,3}([^\W\d_]\w+)(?:[ '’-][^\W\d_]\w+)?")
# Letters in boxes and circles: the first of each run from A to Z, capitals and small ones.
_BOXED = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6, 0x1F110, 0x24B6, 0x24D0, 0x249C)
_UNBOXED = {first + at: chr(65 + at) for first in _BOXED for at in range(26)} | dict.fromkeys((0xFE0F, 0x20E3, 0x200D))
_EMOJI = re.compile(r":[a-z][a-z0-9_+-]*:")  # as GitHub and Slack write them
_SHORT = 3  # an unknown letter or two; what is longer is a word
_MOST_WORDS = 4  # of a heading that stands for a letter
_LONGEST = 200  # a cell of letters is short; nothing longer is tried


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell's text as letters; `strict` says that it holds letters only, known or not, or a remark set in brackets."""

    letters: tuple[str, ...] = ()
    unread: str = ""
    remark: str = ""
    lookalikes: str = ""
    strict: bool = False
    nothing: bool = False


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


def undecorated(text: str) -> str:
    """The text without dots, boxes and other symbols round its letters; a text of nothing but symbols stays."""
    if text.isascii():
        return _EMOJI.sub(" ", text).strip() or text if ":" in text else text
    bare = "".join(
        " " if unicodedata.category(one) == "So" or "■" <= one <= "◿" else one for one in text.translate(_UNBOXED)
    )
    return flat(bare) or text


def read_cell(text: str, known: Vocabulary) -> Reading:
    """What the cell says in one vocabulary; case, order, separators and a footnote's mark do not matter."""
    text = flat(text)
    if not text or is_in(text, "nothing"):
        return Reading(nothing=bool(text))
    text = undecorated(text)
    if len(text) > _LONGEST or not known.may_hold(text):
        return Reading(unread=text)
    return _Cell(text, known.letters, known.words).read()


class _Cell:
    """One text on its way to letters."""

    def __init__(self, text: str, letters: Mapping[str, str], spoken: Mapping[str, str]) -> None:
        self.letters, self.spoken = letters, spoken
        self.text, self.alike = self._latin(text)
        self.found: dict[str, None] = {}

    def _latin(self, text: str) -> tuple[str, str]:
        if text.isascii():
            return text, ""
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
        if self._is_name():
            return Reading(unread=self.text)
        bare = _MARK.sub("", _BRACKETS.sub(bracketed, self.text)).strip(" *_`'\"")
        if not bare and remarks:
            return Reading(unread=self.text)
        letters = self._all(bare)
        if letters is not None:
            self._take(letters)
            return self._result("", "; ".join(remarks), True)
        return self._some(bare, remarks)

    def _is_name(self) -> bool:
        """Whether it is a person's name; `R. Responsible` explains a letter."""
        named = _NAME.fullmatch(self.text)
        return named is not None and named[1].istitle() and named[1].lower() not in self.spoken

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
            elif part.isdigit() or (len(part) > _SHORT and not self.found):
                return Reading(unread=self.text)  # a number such as A.5, or a sentence with a word of ours in it
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
    """The one letter that a heading such as `R`, `Responsible`, `A - Accountable` or `role_responsible` stands for."""
    text = flat(text[:_LONGEST]).replace("_", " ")
    if not known.may_hold(text):
        return ""
    reading = read_cell(_BRACKETS.sub(" ", text), known)
    if len(reading.letters) == 1 and not reading.unread and (reading.strict or not reading.remark):
        return reading.letters[0]
    parts = text.lower().split()
    if len(parts) > _MOST_WORDS or "(" in text or not known.letters:
        return ""
    found = {known.words[part] for part in parts if part in known.words}
    return found.pop() if len(found) == 1 else ""

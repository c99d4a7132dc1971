"""How alike two wordings are: words in common, weighed by how much they tell apart, near ones counting less."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor.catalog.wordings import ACTIVITIES
from advisor.errors import MissingExtra
from advisor.model.wordings import Wordings

SAME = 100
_ANOTHER = 98  # the same words as another wording of ours: only its own name is the same
_LITTLE = 0.2
_UNKNOWN_IN = 2  # a word of theirs that no wording of ours has tells as much as one that two activities have
_NEAREST = 0.9  # as Jaro and Winkler count; and the first letters have to agree (review, renew; test, text)
_FIRST = 4
_LONGEST = 300  # characters of a row's or role's name
_PART = 0.94  # and of one that rests on the only word of a wording, among others of theirs
_ALONE = 0.7  # what is left of a likeness that rests on one word of a wording of several
_SUFFIXED = re.compile(r"([A-Z]{2,4})-([A-Z]{1,2})")  # `PM-T` is an abbreviation of its own, and no `PM`
_NUMBERED = re.compile(r"^\W*\d+(?:\.\d+)*[.):]?\s+")


def plain(text: str) -> str:
    """Lower case, one space between words, nothing but letters and digits; without a number at the head."""
    said = _NUMBERED.sub("", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(re.findall(r"[^\W_]+", said))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a text is to one id, from 0 to 100, and the wording of it that is nearest."""

    id: str
    score: int
    by: str
    close: int = 0  # how near the text is to our own name, by its letters; of equal scores the nearer wins


class _Text:
    """A text of theirs on its way to a likeness: words of ours near to each of its own, and what all of them weigh."""

    def __init__(self, near: Mapping[str, Mapping[str, float]], weight: float, telling: int, known: int) -> None:
        self.near, self.weight, self.telling, self.known = near, weight, telling, known
        self._best: dict[str, float] = {}
        for found in near.values():
            for word, value in found.items():
                self._best[word] = max(value, self._best.get(word, 0.0))

    def near_to(self, word: str) -> float:
        """How near any word of the text comes to one of ours."""
        return self._best.get(word, 0.0)


class Words:
    """Wordings by id, each id's own name first, ready to be held against texts; `kind` is activities or roles.

    Raises MissingExtra without RapidFuzz.
    """

    def __init__(self, known: Mapping[str, Sequence[str]], wordings: Wordings, kind: str) -> None:
        try:
            from rapidfuzz import distance
        except ImportError:
            raise MissingExtra("Lining up a matrix with ours", "RapidFuzz", "compare") from None
        self._likeness = distance.JaroWinkler.normalized_similarity
        self._alike = {plain(other): word for other, word in wordings.alike.items()}
        longest = sorted(map(re.escape, self._alike), key=lambda one: (-len(one), one))
        self._alike_words = re.compile(rf"\b(?:{'|'.join(longest)})\b") if longest else None
        self._objects = kind == ACTIVITIES  # a role's other words say which of them it is
        self._silent = {plain(one) for one in wordings.silent}
        self._little = {plain(one) for one in wordings.little.get(kind, ())}
        self._phrases = [
            (id, text, words, at == 0)
            for id, texts in known.items()
            for at, text in enumerate(texts)
            if (words := self.words(text))
        ]
        self._names = {id: plain(texts[0]) for id, texts in known.items()}
        users: dict[str, set[str]] = {}
        for id, _, words, _ in self._phrases:
            for word in words:
                users.setdefault(word, set()).add(id)
        self._having: dict[str, list[int]] = {}
        self._sets: dict[frozenset[str], list[int]] = {}
        for at, (_, _, words, _) in enumerate(self._phrases):
            self._sets.setdefault(frozenset(words), []).append(at)
            for word in self._telling(words):
                self._having.setdefault(word, []).append(at)
        whole = math.log(1 + len(known))
        self._weights = {
            word: _LITTLE if word in self._little else math.log(1 + len(known) / len(ids)) / whole
            for word, ids in users.items()
        }
        self._unknown = math.log(1 + len(known) / _UNKNOWN_IN) / whole if known else 1.0
        self._of_phrase = [sum(map(self._weight, words)) for _, _, words, _ in self._phrases]
        self._telling_in = [len(self._telling(words)) for _, _, words, _ in self._phrases]
        self._by_opening: dict[str, list[str]] = {}
        for word in self._weights:
            self._by_opening.setdefault(word[:_FIRST], []).append(word)
        self._near_words: dict[str, Mapping[str, float]] = {}
        self._held: dict[str, dict[str, Likeness]] = {}

    def words(self, text: str) -> tuple[str, ...]:
        """The words that tell something, each once, those alike made one."""
        said = plain(_SUFFIXED.sub(r"\1\2", text) if _SUFFIXED.fullmatch(text.strip()) else text)
        if self._alike_words is not None:
            said = self._alike_words.sub(lambda found: self._alike[found[0]], said)
        return tuple(dict.fromkeys(word for word in said.split() if word not in self._silent))

    def held_against(self, text: str) -> dict[str, Likeness]:
        """The likeness to each id that the text shares a telling word with; SAME only for the name itself.

        Of a text that is longer than any name, the beginning counts.
        """
        text = text[:_LONGEST]
        if text not in self._held:
            self._held[text] = self._hold_against(text)
        return self._held[text]

    def _hold_against(self, text: str) -> dict[str, Likeness]:
        theirs = self.words(text)
        told = self._telling(theirs)
        near = {word: found for word in theirs if (found := self._near(word))}
        shared = {other for word in told for other in near.get(word, ())}
        text_of = _Text(near, sum(map(self._weight, theirs)), len(told), sum(word in self._weights for word in told))
        best: dict[str, Likeness] = {}
        for at in sorted({at for word in shared for at in self._having.get(word, ())} | self._same(theirs)):
            id, wording, ours, name = self._phrases[at]
            if set(ours) == set(theirs):
                score = SAME if name and plain(wording) == plain(text) else _ANOTHER
            else:
                score = min(_ANOTHER - 1, self._score(at, text_of))
            if id not in best or score > best[id].score:
                best[id] = Likeness(id, score, wording, round(100 * self._likeness(plain(text), self._names[id])))
        return best

    def _same(self, theirs: tuple[str, ...]) -> set[int]:
        """Wordings of the very same words, be they little ones."""
        return set(self._sets.get(frozenset(theirs), ())) if theirs else set()

    def _score(self, at: int, theirs: _Text) -> int:
        """The mean of how much of the words of a wording of ours theirs has, and of theirs ours."""
        ours, of_ours, mine = self._phrases[at][2], self._of_phrase[at], self._telling_in[at]
        shared = back = 0.0
        for word in ours:
            shared += self._weights[word] * theirs.near_to(word)
        for one, near in theirs.near.items():
            back += self._weight(one) * max((near[word] for word in ours if word in near), default=0.0)
        alone = theirs.telling == 1 < mine or self._other_thing(ours, theirs)
        rest = _ALONE if alone else _PART if mine == 1 < theirs.telling else 1
        return round(50 * (shared / of_ours + back / theirs.weight) * rest)

    def _other_thing(self, ours: tuple[str, ...], theirs: _Text) -> bool:
        """Whether one telling word is shared and another of theirs names a thing that none of ours does."""
        shared = sum(1 for word in self._telling(ours) if theirs.near_to(word))
        return self._objects and shared == 1 and theirs.telling > max(1, theirs.known)

    def _telling(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word for word in words if word not in self._little)

    def _weight(self, word: str) -> float:
        return self._weights.get(word, _LITTLE if word in self._little else self._unknown)

    def _near(self, word: str) -> Mapping[str, float]:
        """Words of ours that are nearly this one: other endings, slips of the pen."""
        found = self._near_words.get(word)
        if found is None:
            found = {word: 1.0} if word in self._weights else {}
            if len(word) >= _FIRST and word not in self._little:
                for other in self._by_opening.get(word[:_FIRST], ()):
                    score = self._likeness(word, other, score_cutoff=_NEAREST)
                    found |= {other: score * score} if score else {}
            self._near_words[word] = found
        return found

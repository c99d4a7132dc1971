"""Whether two texts are about the same: by words without endings, and by words that the rules give one subject."""

from __future__ import annotations

import re
from functools import lru_cache

Subjects = tuple[tuple[str, ...], ...]
_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = ("ings", "ing", "ers", "er", "ors", "or", "ments", "ment", "ies", "es", "ed", "s", "e", "y")
_FEWEST_LETTERS = 3  # of a word without its ending
_NOT_MEANT = frozenset(
    _WORD.findall(
        "the and for with from over not all any out our their they who what which where when has have had that "
        "this than does done new old work two three four five six seven plan change person client clients "
        "business day days one its own are was into each per more most delivery delivers manager managers manage "
        "team supplier suppliers lead"
    )
)
SAME_WORD, SAME_SUBJECT = 3, 2  # how much each tells of two texts


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about, without their endings."""
    found = (word for word in _WORD.findall(text) if word == "IT" or len(word) >= _FEWEST_LETTERS)
    return frozenset(_stem(word.casefold()) for word in found if word.casefold() not in _NOT_MEANT)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _FEWEST_LETTERS:
            return word[: -len(ending)]
    return word


def alike(one: str, other: str, subjects: Subjects) -> int:
    """How much two texts are about the same; 0 where nothing says so."""
    first, second = stems(one), stems(other)
    same = subjects_of(one, subjects) & subjects_of(other, subjects)
    return SAME_WORD * len(first & second) + SAME_SUBJECT * len(same)


@lru_cache(maxsize=4096)
def subjects_of(text: str, subjects: Subjects) -> frozenset[int]:
    """The places of the subjects that a text has a word of."""
    found = stems(text)
    return frozenset(at for at, words in enumerate(subjects) if any(stems(word) & found for word in words))

"""Lists of words as one question to a text: does it hold any of them?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBER = re.compile(r"v?\d+|[a-z]")
_AFTER_A_VERB = frozenset({"a", "all", "an", "any", "each", "every", "its", "new", "our", "the", "their", "your"})
_NOTHING = re.compile(r"(?!)")
_ENDINGS = ("ing", "tion", "tions", "sion", "sions", "ance", "ances", "ment", "ments", "ysis", "yses")
_SHORTEST = 5  # letters of a word that an ending makes a noun of doing


def words_of(text: str) -> list[str]:
    """The words of a text in small letters; punctuation is left out."""
    return _WORD.findall(text.casefold())


def pattern(words: Iterable[str], whole: bool = False) -> re.Pattern[str]:
    """What finds any of the words, or only a text that is one of them; stars and spaces as in `words.yaml`."""
    each = [re.escape(one.casefold()).replace(r"\*", r".*" if whole else r"[^\W_]*") for one in words]
    each = [one.replace(r"\ ", r"[\s\-/]+") for one in each]
    if not each:
        return _NOTHING
    joined = "|".join(sorted(each, key=len, reverse=True))
    return re.compile(rf"\s*(?:{joined})\s*\Z" if whole else rf"(?<![^\W_])(?:{joined})(?![^\W_])")


class Words:
    """The lists of a policy, each compiled once."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        found = {name: pattern(words, name in ("broad", "groups")) for name, words in lists.items()}
        self._found = found
        single = {name: {word for word in words if " " not in word} for name, words in lists.items()}
        self._acts, self._plain = single["acts"], single["plain"]
        self.first_names = frozenset(lists["first_names"])

    def any(self, name: str, text: str) -> bool:
        """Whether the text holds a word of the list (`broad`, `groups`: is one of it)."""
        look = self._found[name]
        folded = text.casefold()
        return (look.match(folded) if name in ("broad", "groups") else look.search(folded)) is not None

    def is_client(self, role: str) -> bool:
        return self.any("client", role) and not self.any("not_client", role)

    def is_support(self, role: str) -> bool:
        return self.any("support", role) and not self.any("not_support", role)

    def acts(self, text: str) -> bool:
        """Whether the text names something that is done."""
        return any(self._acts_word(word) for word in words_of(text)) or self.any("acts", text)

    def is_thing(self, text: str) -> bool:
        """Whether the last word names a thing, numbers and asides left out, and no other what is done with it."""
        words = [word for word in words_of(_ASIDE.sub(" ", text)) if word == "a" or not _NUMBER.fullmatch(word)]
        # “Shred the documents”: what stands before an article is a verb, known or not.
        return (
            bool(words)
            and self.any("things", words[-1])
            and not _AFTER_A_VERB.intersection(words[1:2])
            and not self.acts(text)
        )

    def _acts_word(self, word: str) -> bool:
        if not self._acts.isdisjoint(_bases(word)):
            return True
        if len(word) > _SHORTEST and word.endswith(_ENDINGS):
            return not self.any("things", word)
        return False

    def is_plain(self, text: str) -> bool:
        """Whether the text holds a word that shows that it is English."""
        words = words_of(text)
        return any(word in self._plain or not self._acts.isdisjoint(_bases(word)) for word in words)


def _bases(word: str) -> Iterable[str]:
    """The word, and what it may be a form of: `approves`, `approved`, `approving`, `planned`, `carries`."""
    yield word
    for ending in ("s", "es", "d", "ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            yield stem
            if ending in ("ed", "ing"):
                yield stem + "e"
                if len(stem) > 2 and stem[-1] == stem[-2]:
                    yield stem[:-1]
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"

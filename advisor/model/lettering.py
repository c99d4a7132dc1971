"""The letters that a matrix is printed in, and what they mean: RACI, RASCI, DACI or a house's own."""

from __future__ import annotations

from dataclasses import dataclass

BOTH = "A/R"


@dataclass(frozen=True, slots=True)
class Sign:
    """One letter as it is printed: what it stands for (A, R, S, C or I), its word, and what such a role does.

    Where the word says it all, `does` is empty.
    """

    stands_for: str
    letter: str
    word: str
    does: str = ""

    @property
    def said(self) -> str:
        return self.does or f"{self.word[:1].lower()}{self.word[1:]}"


@dataclass(frozen=True, slots=True)
class Lettering:
    """How cells are printed, in the order of its legend; `key` says it in one sentence.

    A cell's kind is A, R, A/R, S, C or I. `others` is the kind of those who do the work beside the one who leads it;
    where it is R, they keep theirs. A house's own letters have no `id`.
    """

    id: str
    name: str
    others: str
    signs: tuple[Sign, ...]
    key: str

    @property
    def one_lead(self) -> bool:
        """Whether each row has exactly one R, that of whoever leads the work."""
        return self.others != "R"

    def printed(self, kind: str) -> str:
        """The letters of a cell of this kind; nothing for an empty one."""
        return "/".join(one.letter for one in self.signs_of(kind))

    def meaning(self, kind: str) -> str:
        """The words for the letters of a cell of this kind."""
        words = [one.word for one in self.signs_of(kind)]
        return " and ".join([*words[:1], *(f"{word[:1].lower()}{word[1:]}" for word in words[1:])])

    def signs_of(self, kind: str) -> list[Sign]:
        """The letters of a cell of this kind, in the order of the legend."""
        wanted = kind.split("/")
        return [one for one in self.signs if one.stands_for in wanted]

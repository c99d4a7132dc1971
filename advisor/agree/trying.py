"""What hangs on answers that differ: combinations of what people said, tried, and what moves between neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod

from advisor.advise import advise
from advisor.advise.standing import KINDS, Standing, differing, standing_of
from advisor.agree.values import Moved
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog

MOST_TRIED = 4_096
Choice = tuple[str, ...]  # an option for each open question


class Trials:
    """Every combination of what people said to the open questions, or those near what each says where there are many.

    Only combinations whose neighbour, with another answer to one question, is there too can tell what hangs on it.
    """

    def __init__(
        self, catalog: Catalog, base: Engagement, options: Mapping[str, Sequence[str]], around: Iterable[Choice]
    ) -> None:
        self._catalog = catalog
        self._base = replace(base, agreed=(), matters=(), times={})
        self.questions = tuple(options)
        self._options = tuple(tuple(some) for some in options.values())
        self.every = prod(map(len, self._options)) <= MOST_TRIED
        self._known: dict[Choice, Standing] = {}
        self._same: dict[tuple[object, ...], Standing] = {}  # many combinations come to one and the same
        self._kinds: dict[tuple[int, int], Counter[str]] = {}
        self.contexts = tuple(product(*self._options)) if self.every else tuple(dict.fromkeys(self._near(around)))

    @property
    def tried(self) -> int:
        """How many combinations have been worked out."""
        return len(self._known)

    def _near(self, around: Iterable[Choice]) -> Iterable[Choice]:
        """What each person says, and what most say with one question answered otherwise."""
        first, *others = around
        yield first
        for at, some in enumerate(self._options):
            yield from (self._with(first, at, one) for one in some)
        yield from others

    @staticmethod
    def _with(choice: Choice, at: int, option: str) -> Choice:
        return (*choice[:at], option, *choice[at + 1 :])

    def at(self, choice: Choice) -> Standing:
        """What holds when the open questions are answered so."""
        if choice not in self._known:
            answers = {**self._base.answers, **dict(zip(self.questions, choice, strict=True))}
            found = standing_of(advise(self._catalog, replace(self._base, answers=answers)))
            self._known[choice] = self._same.setdefault(tuple(found.items()), found)
        return self._known[choice]

    def moved(self, choice: Choice, question: str, option: str) -> tuple[Moved, ...]:
        """What another answer to one question changes."""
        was, now = self.at(choice), self.at(self._with(choice, self.questions.index(question), option))
        return tuple(Moved(key, was.get(key, ""), now.get(key, "")) for key in differing(was, now))

    def weights(self) -> dict[str, tuple[int, ...]]:
        """How much each question changes of each kind, over all combinations tried."""
        found = {question: Counter[str]() for question in self.questions}
        for choice in self.contexts:
            for at, question in enumerate(self.questions):
                for option in self._options[at]:
                    # where all is tried, each pair of neighbours is met twice
                    if option != choice[at] and not (self.every and option < choice[at]):
                        found[question] += self._between(self.at(choice), self.at(self._with(choice, at, option)))
        return {question: tuple(counts[kind] for kind in KINDS) for question, counts in found.items()}

    def _between(self, was: Standing, now: Standing) -> Counter[str]:
        """How much of each kind is another."""
        key = (id(was), id(now))
        if key not in self._kinds:
            self._kinds[key] = Counter(kind for kind, _ in differing(was, now)) if was is not now else Counter()
        return self._kinds[key]

    def closed_by(self, question: str, option: str, mattering: Sequence[str]) -> tuple[str, ...]:
        """The other questions that change nothing any more once this one is decided; none unless all is tried."""
        if not self.every:
            return ()
        at = self.questions.index(question)
        left = [choice for choice in self.contexts if choice[at] == option]
        return tuple(one for one in mattering if one != question and not self._matters(one, left))

    def _matters(self, question: str, where: Iterable[Choice]) -> bool:
        at = self.questions.index(question)
        return any(
            self.at(choice) is not self.at(self._with(choice, at, option))
            for choice in where
            for option in self._options[at]
            if option > choice[at]
        )

"""Functions of a few named values, worked out once for each set of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any, Generic, TypeVar

# Tables are finite, but what is built on several of them grows with the engagements seen; past this it starts anew.
MOST_REMEMBERED = 1_500

Key = TypeVar("Key")
Found = TypeVar("Found")


class Memo(Generic[Found]):
    """`work` on a mapping of values, of which it reads those in `names` only; each result is kept and shared."""

    __slots__ = ("_most", "key", "known", "work")

    def __init__(self, names: Iterable[str], work: Callable[[Mapping[str, str]], Found], most: int = 0) -> None:
        wanted = tuple(dict.fromkeys(names))
        self.key: Callable[[Mapping[str, str]], Any] = itemgetter(*wanted) if wanted else _nothing
        self.work = work
        self._most = most or MOST_REMEMBERED
        self.known: dict[Any, Found] = {}

    def __len__(self) -> int:
        return len(self.known)

    def __call__(self, values: Mapping[str, str]) -> Found:
        key = self.key(values)
        found = self.known.get(key)
        if found is None:
            if len(self.known) >= self._most:
                self.known.clear()
            found = self.known[key] = self.work(values)
        return found


def _nothing(_: Mapping[str, str]) -> str:
    return ""


class Remembered(dict[Key, Found]):
    """`work` by the key that it is asked for; a plain dictionary otherwise, for loops in which a call would tell."""

    __slots__ = ("_most", "_work")

    def __init__(self, work: Callable[[Key], Found], most: int) -> None:
        super().__init__()
        self._work = work
        self._most = most

    def __missing__(self, key: Key) -> Found:
        if len(self) >= self._most:
            self.clear()
        found = self[key] = self._work(key)
        return found

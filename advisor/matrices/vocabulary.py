"""The words that matrices are written in, as `rules/matrices/vocabularies.yaml` has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from advisor.catalog.fields import Fields, Problems
from advisor.catalog.folders import data_folder
from advisor.catalog.source import compose
from advisor.errors import InputError, did_you_mean
from advisor.files import read_limited
from advisor.matrices.grid import flat

_FILE = "matrices/vocabularies.yaml"
_LISTS = (
    "nothing", "ticks", "no_ticks", "nobody", "left_out", "held_by", "phase_words", "phase_names", "footnotes", "sums",
    "role_words", "work_words", "activity_words", "letter_headings", "task_headings",
)  # fmt: skip
_LONGEST_HEADING = 200


@dataclass(frozen=True)  # no slots, for what is worked out once
class Vocabulary:
    """What letters and words stand for; `name` is what people call the scheme, `letters` are in capitals.

    `needs` are letters and `own` words without which a matrix is not in this scheme.
    """

    id: str
    name: str
    letters: Mapping[str, str]
    words: Mapping[str, str]
    needs: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    @cached_property
    def _any(self) -> re.Pattern[str]:
        """What a text must hold to be read as anything at all."""
        letters = f"[{re.escape(''.join(self.letters))}]{{1,{len(self.letters)}}}|" if self.letters else ""
        spoken = "|".join(map(re.escape, self.words))
        return re.compile(rf"(?<![^\W_])(?:{letters}{spoken})(?![^\W\d_])", re.IGNORECASE)

    def lacks(self, text: str) -> bool:
        """Whether lines of text show no sign of this scheme: the letters that it needs, or a word of its own alone."""
        letters = all(re.search(rf"(?<![^\W_]){letter}(?![^\W_])", text, re.IGNORECASE) for letter in self.needs)
        alone = rf"^(?:{'|'.join(map(re.escape, self.own))})$"
        return not letters and not (self.own and re.search(alone, text, re.IGNORECASE | re.MULTILINE))

    def may_hold(self, text: str) -> bool:
        """Whether it is worth while to read the text; other scripts may hold letters that only look like ours."""
        return not text.isascii() or self._any.search(text) is not None


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that the file says; `headings` gives for each kind of column the words that head one."""

    vocabularies: Mapping[str, Vocabulary]
    headings: Mapping[str, frozenset[str]]
    lists: Mapping[str, frozenset[str]]
    lookalikes: Mapping[str, str]


@cache
def words() -> Words:
    """The shipped words; InputError when the file is damaged."""
    shown = f"rules/{_FILE}"
    (root, _), *_ = compose(read_limited(data_folder("rules") / _FILE), shown)
    problems = Problems(shown)
    fields = Fields(root, "", problems)
    found: dict[str, Vocabulary] = {}
    for part in fields.each("vocabularies"):
        one = _vocabulary(part, found)
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


def _vocabulary(part: Fields, earlier: Mapping[str, Vocabulary]) -> Vocabulary:
    letters: dict[str, str] = {}
    like = part.text("like", "")
    spoken: dict[str, str] = dict(earlier[like].words) if like in earlier else {}
    if (inner := part.inner("letters")) is not None:
        letters = {name: _stands_for(inner.text(name)) for name, _, _ in inner.pairs()}
    if (inner := part.inner("words")) is not None:
        for letter, _, _ in tuple(inner.pairs()):
            spoken |= dict.fromkeys(inner.texts(letter), _stands_for(letter))
    id, name = part.text("id"), part.text("name")
    needs = tuple(part.texts("needs")) if "needs" in part else ()
    part.finish()
    own = tuple(word for word in spoken if len(needs) == 1 and word not in next(iter(earlier.values())).words)
    return Vocabulary(id, name, letters, spoken, needs, own)


def _stands_for(letter: str) -> str:
    """A letter of LETTERS, or nothing for one that says that nobody has anything."""
    return "" if letter == "none" else letter


@cache
def all_letters() -> frozenset[str]:
    """The letters of all schemes."""
    return frozenset(letter for one in words().vocabularies.values() for letter in one.letters)


def vocabulary_called(name: str) -> Vocabulary | None:
    """The vocabulary of that id, RASIC and the like being other spellings; None for one that is not known."""
    known = words().vocabularies
    given = name.strip().lower()
    spelled = (one for one in known.values() if one.letters and sorted(one.letters) == sorted(given.upper()))
    return known[given] if given in known else next(spelled, None)


def vocabulary(name: str) -> Vocabulary:
    """The vocabulary of that id or spelling; InputError for one that is not known."""
    from advisor.errors import Problem

    found = vocabulary_called(name)
    if found is not None:
        return found
    given, known = name.strip().lower(), words().vocabularies
    near = did_you_mean(given, known) or f" (known: {', '.join(known)})"
    raise InputError([Problem("--vocabulary", 0, "", f"no vocabulary {name!r}{near}")])


def with_words(base: Vocabulary, more: Mapping[str, str]) -> Vocabulary:
    """The vocabulary with words of one's own, each standing for a letter of LETTERS, or for nothing when empty."""
    if not more:
        return base
    letters = {text.upper(): letter for text, letter in more.items() if len(text) == 1}
    spoken = {text.lower(): letter for text, letter in more.items()}
    return replace(base, letters={**base.letters, **letters}, words={**base.words, **spoken})


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


def heads_something_else(text: str) -> bool:
    """Whether a heading is one of those that no role is called by: `Notes`, `Due date`, `ID`."""
    low = flat(text[:_LONGEST_HEADING]).lower()
    return any(low in words().headings[kind] for kind in ("other", "number", "status"))


def heading_kind(text: str) -> str:
    """What kind of column a heading says it is: a key of `headings`, or nothing."""
    low = " ".join(re.sub(r"[*_:`]+", " ", flat(text[:_LONGEST_HEADING]).lower()).split())
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

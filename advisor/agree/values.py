"""Several people's answers on one engagement: where they differ, what hangs on it, and what all agree on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.advise.standing import Key
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's answers: what the person is called, the file, and what it says."""

    name: str
    file: str
    engagement: Engagement


@dataclass(frozen=True, slots=True)
class Said:
    """What was said to one question: who chose which option, who said nothing, and notes by name."""

    question: str
    options: Mapping[str, tuple[str, ...]]
    silent: tuple[str, ...]
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that another answer changes; empty where it was not or is no more."""

    key: Key
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Point:
    """A question on which answers differ and something hangs.

    `most` is what most say; `effects` by each other option, while all else is as most say: nothing, where it matters
    only together with other points. `kinds` are what it can change at all. `closes` are, by option, the questions of
    other points that no longer matter once it is decided so.
    """

    said: Said
    most: str
    kinds: tuple[str, ...]
    effects: Mapping[str, tuple[Moved, ...]]
    closes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Besides:
    """Something beside the answers that people state differently: what it is, and who says what."""

    about: str
    said: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Meeting:
    """All that several people's answers come to; `points` in the order in which to settle them.

    `idle` are questions on which they differ and nothing hangs, `by_some` those that only some answered and nobody
    otherwise. `advice` is that on what most say, `models` what each one's own answers lead to. `rows` are
    the names of all rows. `tried` combinations of what was said were tried, `every` says whether these were all.
    `agreed` is what all agree on.
    """

    voices: tuple[Voice, ...]
    points: tuple[Point, ...]
    idle: tuple[Said, ...]
    by_some: tuple[Said, ...]
    besides: tuple[Besides, ...]
    asked: int
    advice: Advice
    models: Mapping[str, str]
    rows: Mapping[str, str]
    tried: int
    every: bool
    agreed: Engagement

"""What firms call the activities and roles of a rulebook, and from when two wordings count as one: data, and policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinedUp:
    """The scores, from 0 to 100, from which a wording is surely, likely or perhaps the same as another."""

    sure: int
    likely: int
    perhaps: int


@dataclass(frozen=True, slots=True)
class Overload:
    """When a matrix gives one role too much: shares in percent, and how many points above ours they have to be."""

    share_of_accountable: int
    share_of_rows: int
    above_ours: int
    fewest_rows: int


@dataclass(frozen=True, slots=True)
class Wordings:
    """Other words for activities and roles by id, beside the names that the rulebook gives them.

    `alike` leads from a word or words to the one that stands for them; `silent` words are passed over,
    `little` ones, by `activities` and `roles`,
    tell little apart.
    Roles in `teams` may have several columns of a matrix.
    """

    version: str
    policy_version: str
    alike: Mapping[str, str]
    silent: frozenset[str]
    little: Mapping[str, frozenset[str]]
    activities: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, tuple[str, ...]]
    teams: frozenset[str]
    lined_up: LinedUp
    overload: Overload

"""What rules conclude: claims that they cite, findings with their values and bands, and the topics that yield them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.model.rules import NOWHERE, Source, Table


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of the source article, restated."""

    id: str
    section: str
    text: str
    bears_on: str
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Band:
    """A value of a scored finding and the fewest points that reach it."""

    value: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A named value that a topic yields: concluded by rules (`otherwise` when none speaks) or banded by points."""

    id: str
    text: str
    labels: Mapping[str, str]
    ordered: bool
    otherwise: str
    bands: tuple[Band, ...]
    source: Source = NOWHERE

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.labels)


@dataclass(frozen=True, slots=True)
class Topic:
    """A table and the findings that it yields."""

    table: Table
    findings: tuple[Finding, ...]

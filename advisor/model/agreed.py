"""What people agreed on the matrix: a row whose letters they set themselves, with who, why and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.model.rules import NOWHERE, Source

AGREED = "agreed"  # stands for the rule of a letter that people set themselves
NONE = "none"  # what a file says where a role is to have no letter


@dataclass(frozen=True, slots=True)
class Agreement:
    """The letters of one row by role (empty for none) that people agreed; `on` and `until` are days in ISO 8601.

    `source` is where it stands; two that say the same are equal wherever they stand.
    """

    row: str
    letters: Mapping[str, str]
    by: tuple[str, ...]
    why: str
    on: str = ""
    until: str = ""
    source: Source = field(default=NOWHERE, compare=False)

    def expired(self, today: str) -> bool:
        """Whether its last day is past."""
        return bool(self.until) and self.until < today

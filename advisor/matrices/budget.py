"""What one file may ask for in all its parts, sheets and tables: what is expanded or repeated counts each time."""

from __future__ import annotations

from enum import Enum

from advisor.errors import InputError, Problem

MOST_COLUMNS = 2_000  # of one table


_SO = "a matrix that people read has far fewer (of a workbook, --sheet reads one sheet alone)"


class Bound(Enum):
    """How much there may be of something, and what it is called. A matrix that people read needs a hundredth of it."""

    UNPACKED = 50_000_000, "bytes once unpacked"
    PIECES = 1_500_000, "pieces of XML: where an element opens, where it ends, and each text"
    TAGS = 300_000, "tags of HTML"
    TABLES = 500, "sheets and tables"
    FILLED = 50_000, "filled cells"
    CHARACTERS = 5_000_000, "characters in cells, those that cells share counted for each"
    MERGED = 50_000, "merged cells"
    CELLS = 500_000, "cells, empty ones and each part of merged cells included"
    LOOKS = 3_000_000, "cells to look at, each as often as it might be part of another matrix"

    @property
    def most(self) -> int:
        return self.value[0]


class Budget:
    """Counts what is spent on one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._left: dict[Bound, int] = {}
        self.renew()

    def renew(self) -> None:
        """Start again, as for another file."""
        self._left = {bound: bound.most for bound in Bound}

    def spend(self, bound: Bound, amount: int = 1) -> None:
        """Take so much from what is left of it; InputError that names the bound once nothing is."""
        self._left[bound] -= amount
        if self._left[bound] < 0:
            most, what = bound.value
            raise InputError([Problem(self.file, 0, "", f"has more than {most:,} {what}; {_SO}")])

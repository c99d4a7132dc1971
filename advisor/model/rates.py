"""What is left of something and how fast it goes, as people write them: `268 points`, `34 every 2 weeks`."""

from __future__ import annotations

import re
from typing import NamedTuple

from advisor.model.days import WEEKS_IN_A_MONTH

_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d{1,7})(?P<part>\.\d{1,2})?"
_UNIT = r"(?: (?P<unit>[a-z][a-z -]*?))?"
_LEFT = re.compile(rf"(?P<money>[A-Z]{{3}} ?|[€£$] ?)?{_NUMBER}{_UNIT}")
_SPANS = {"day": 1 / 5, "week": 1.0, "fortnight": 2.0, "month": WEEKS_IN_A_MONTH}
_PACE = re.compile(
    rf"(?P<money>[A-Z]{{3}} ?|[€£$] ?)?{_NUMBER}{_UNIT} (?:an?|per|each|every)"
    rf"(?: (?P<times>\d{{1,2}}))? (?P<span>{'|'.join(_SPANS)})s?"
)


class Left(NamedTuple):
    """An amount of something: how many, and of what; `money` is a currency before the number."""

    number: float
    unit: str = ""
    money: str = ""

    def in_words(self, other: float | None = None) -> str:
        """`268 points`, `GBP 46,360`; or another number of the same."""
        number = self.number if other is None else other
        said = f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"
        return f"{self.money}{said} {self.unit}".strip()


def left_of(text: str) -> Left | None:
    """What is left; None where the text is no number with its unit, or nothing is left."""
    found = _LEFT.fullmatch(text)
    number = _number(found) if found else 0.0
    return Left(number, found["unit"] or "", found["money"] or "") if found and number else None


def weekly(text: str) -> float | None:
    """How many of it go in a week; None where the text is no pace."""
    found = _PACE.fullmatch(text)
    if found is None or not _number(found) or found["times"] == "0":
        return None
    return _number(found) / (int(found["times"] or 1) * _SPANS[found["span"]])


def _number(found: re.Match[str]) -> float:
    return float(f"{found['number'].replace(',', '')}{found['part'] or ''}")

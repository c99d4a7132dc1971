"""What an engagement is sold or budgeted for, as far as its file says: the whole, and what of it is for managing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts as `EUR 9500`, empty where nobody said.

    `price` is for the whole work, `managing` the part of it that is for managing until go-live, and `days` how many
    days of managing that is in all. `rate` is what a day costs of a manager who has none of their own, and
    `afterwards` what comes in a month after go-live. `extra` is the most that can be put in beyond that, in all.
    `spent` is what the whole has cost so far, and `forecast` what it is now expected to cost in the end.
    """

    price: str = ""
    managing: str = ""
    days: float | None = None
    rate: str = ""
    afterwards: str = ""
    extra: str = ""
    spent: str = ""
    forecast: str = ""


def amount_of(typed: str) -> float:
    """The number in `EUR 4800`."""
    return float(typed.rpartition(" ")[2])


def unit_of(typed: str) -> str:
    """The currency of `EUR 4800`; empty where there is none."""
    return typed.rpartition(" ")[0]


def in_words(typed: str, amount: float | None = None) -> str:
    """`EUR 4800` as `EUR 4,800`; or another amount in the same currency."""
    unit = unit_of(typed)
    return f"{unit}{' ' if unit.isalpha() else ''}{amount_of(typed) if amount is None else amount:,.0f}"

"""Money and days in all as engagement files write them, and what the whole engagement is sold or budgeted for."""

from __future__ import annotations

import re

from advisor.catalog.answers import section_of
from advisor.catalog.fields import Fields
from advisor.catalog.plain import line
from advisor.model.money import Money, unit_of

AMOUNTS = ("price", "managing", "rate", "afterwards", "extra", "spent", "forecast")
MONEY, DAYS = "money", "days"
_AMOUNT = re.compile(r"([A-Z]{3}|[€£$]|) ?([1-9][0-9]{0,2}(?:,[0-9]{3}){1,2}|[1-9][0-9]{0,6})")
_NOTHING = re.compile(r"(?:[A-Z]{3}|[€£$]|) ?0(?:[.,]0+)?")
_IN_ALL = re.compile(r"(?!0+(?:\.0)?$)[0-9]{1,3}(?:\.[05])?")


def read_money(fields: Fields) -> Money | None:
    """What the engagement is sold or budgeted for; None where nobody said."""
    part = section_of(fields, MONEY)
    if part is None:
        return None
    amounts = {name: read_amount(part, name) for name in AMOUNTS}
    found = Money(**amounts, days=read_days_in_all(part, DAYS))
    units = sorted({unit_of(text) for text in amounts.values() if text})
    if len(units) > 1:
        part.problems.add(
            part.node, MONEY, f"has {' and '.join(one or 'no currency' for one in units)}; use one currency"
        )
    part.finish()
    return found if found != Money() else None


def read_amount(fields: Fields, name: str) -> str:
    """Money with the currency before the amount: `EUR 9,500` as `EUR 9500`."""
    text = line(fields, name)
    found = _AMOUNT.fullmatch(text)
    if text and found is None:
        node, what = fields.get(name), "day rate" if name == "rate" else "amount of money"
        nothing = _NOTHING.fullmatch(text)
        said = "is nothing; leave it out" if nothing else f"is no {what}; write it as EUR 640"
        fields.problems.add(node or fields.node, fields.path(name), f"{text[:80]!r} {said}")
    return f"{found[1]} {found[2].replace(',', '')}".strip() if found is not None else ""


def read_days_in_all(fields: Fields, name: str) -> float | None:
    """A number of days, in halves; None where nothing is filled in."""
    text = line(fields, name)
    if not text:
        return None
    if _IN_ALL.fullmatch(text):
        return float(text)
    node = fields.get(name)
    fields.problems.add(
        node or fields.node, fields.path(name), f"{text[:80]!r} is no number of days, such as 10 or 7.5"
    )
    return None

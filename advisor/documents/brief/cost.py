"""What a manager's days cost, where the engagement file gives a day rate: in total until delivery, a month after it."""

from __future__ import annotations

from advisor.advise.stints import first_day, free_from, free_until, grows, of_holder
from advisor.model.advice import Advice
from advisor.model.days import WEEKS_IN_A_MONTH, weeks_between
from advisor.model.money import amount_of, unit_of
from advisor.model.money import in_words as money
from advisor.model.stated import Stint

_FIGURES = 2  # that count: days a week are a policy, so more would only look exact


def cost_of(advice: Advice, role: str, until: float, after: float) -> str:
    """`about EUR 36,000 until go-live, then EUR 2,400 a month`; a week's cost where no dates are known to count from.

    `until` and `after` are days a week. Empty without a day rate, or where nothing is left to pay.
    """
    rated = next((one for one in of_holder(advice, role) if one.rate), None)
    if rated is None:
        return ""
    if rated.total:
        return _in_all(rated, rated.total)
    unit, amount = unit_of(rated.rate), amount_of(rated.rate)
    lead = f"{unit} " if unit else ""
    live = advice.names.go_live
    parts = []
    days = days_held(advice, role, until)
    if days:
        parts.append(f"{lead}{rounded(days * amount):,.0f} until {live}")
    elif until:
        parts.append(f"{lead}{rounded(until * amount):,.0f} a week{f' until {live}' if after else ''}")
    if after:
        parts.append(f"{'then ' if parts else ''}{lead}{rounded(after * WEEKS_IN_A_MONTH * amount):,.0f} a month")
    return f"about {', '.join(parts)}" if parts else ""


def _in_all(rated: Stint, total: float) -> str:
    """`GBP 3,800 for 10 days, sold for GBP 6,000: GBP 2,200 to spare`."""
    unit, rate = unit_of(rated.rate), amount_of(rated.rate)
    said = f"{money(rated.rate, total * rate)} for {total:g} days"
    if not rated.price or unit_of(rated.price) != unit:
        return said
    left = amount_of(rated.price) - total * rate
    return (
        f"{said}, sold for {money(rated.price)}: {money(rated.rate, abs(left))} {'to spare' if left >= 0 else 'short'}"
    )


def days_held(advice: Advice, role: str, until: float) -> float:
    """The days in all from the first on which the role is held to go-live, of so many a week; 0 where none is known.

    Whoever has fewer days at first gives no more than those.
    """
    begins, live = first_day(advice), advice.engagement.dates.get("go_live", "")
    if not grows(advice, role) or not (begins and live):
        return until * weeks_held(advice, role)
    spans = [(max(one.start, begins), min(one.until or live, live), one.days or 0.0) for one in grows(advice, role)]
    return sum(min(days, until) * weeks_between(start, end) for start, end, days in spans if start < end)


def weeks_held(advice: Advice, role: str) -> float:
    """The weeks from the first day on which the role is held to go-live; 0 where that is not known."""
    start = max(first_day(advice), free_from(advice, role))
    live = advice.engagement.dates.get("go_live", "")
    end = min((day for day in (live, free_until(advice, role)) if day), default="")
    if not (start and live and start < end):
        return 0.0
    return weeks_between(start, end)


def rounded(amount: float, figures: int = _FIGURES) -> float:
    """The amount to as many figures as count."""
    digits = max(len(str(int(abs(amount)))) - figures, 0)
    return round(amount, -digits)

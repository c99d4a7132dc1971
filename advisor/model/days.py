"""Days counted forwards and back, within the calendar: a file may say 9999-12-31 for what has no end."""

from __future__ import annotations

from datetime import date, timedelta


def moved(day: date, by: timedelta) -> date:
    """The day so much later or earlier; the calendar's last or first where that lies beyond it."""
    return date.fromordinal(min(max(day.toordinal() + by.days, date.min.toordinal()), date.max.toordinal()))

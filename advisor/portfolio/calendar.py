"""Demand by month and quarter, from the engagements that have dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from statistics import median_low

from advisor.portfolio.timing import days_in, load_days, month_id
from advisor.portfolio.values import FULL_TIME, Calendar, Entries, Entry, Load, Named, Period

# Ten years are shown, from five before the middle one of all starts: a slip of the pen moves no calendar.
BEFORE = 60
SHOWN = 120

_Days = dict[tuple[int, Named], list[tuple[Entry, int]]]


def calendar_of(entries: Entries, roles: tuple[Named, ...]) -> Calendar:
    """The calendar of the roles whose time is stated, in whole quarters without a gap."""
    stated = {role.role for entry in entries for role in entry.line.roles if role.mean is not None}
    roles = tuple(role for role in roles if role in stated)
    known = [entry for entry in entries if any(role.mean is not None for role in entry.line.roles)]
    timed = {entry.number: _by_month(entry) for entry in known}
    starts = sorted(min(month for month, _ in found) for found in timed.values() if found)
    undated = tuple(entry for entry in known if not timed[entry.number])
    if not starts:
        return Calendar((), (), undated, ())
    first = max(starts[0], median_low(starts) - BEFORE) // 3 * 3
    last = min(max(month for found in timed.values() for month, _ in found), first + SHOWN - 1) // 3 * 3 + 2
    days: _Days = {}
    outside = []
    for entry in known:
        found = timed[entry.number]
        if any(not first <= month <= last for month, _ in found):
            outside.append(entry)
        for (month, role), load in found.items():
            days.setdefault((month, role), []).append((entry, load))
    months = range(first, last + 1)
    return Calendar(
        tuple(_period(month_id(month), [month], days, roles) for month in months),
        tuple(
            _period(f"{month // 12:04}-Q{month % 12 // 3 + 1}", range(month, month + 3), days, roles)
            for month in months[::3]
        ),
        undated,
        tuple(outside),
    )


def _by_month(entry: Entry) -> Counter[tuple[int, Named]]:
    """Loads times days by month and role."""
    found: Counter[tuple[int, Named]] = Counter()
    for role in entry.line.roles:
        for month, load in load_days(role.spans).items():
            found[month, role.role] += load
    return found


def _period(id: str, months: Iterable[int], days: _Days, roles: tuple[Named, ...]) -> Period:
    months = tuple(months)
    length = sum(days_in(month) for month in months)
    loads = []
    for role in roles:
        parts = [part for month in months for part in days.get((month, role), ())]
        entries = {entry.number: entry for entry, _ in parts}
        fte = sum(load for _, load in parts) / (FULL_TIME * length)
        loads.append(Load(role, fte, tuple(entries[number] for number in sorted(entries))))
    return Period(id, tuple(loads))

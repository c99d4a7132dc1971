"""Steps and risks of which the same is said, put into one: what they are on stands side by side behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from advisor.advise.clauses import in_short
from advisor.advise.stated import TAKER
from advisor.documents.brief.holding import DAYS
from advisor.model.advice import PointItem

TOGETHER, ALL, BETWEEN = "; ", "all", "\n"  # between matters that are one; and which matters they are
MOST_TOGETHER, MORE = 3, "more"  # matters of one sentence
_WHAT, _LEAD = "{what}", "{lead}"  # how long something takes is said of that alone
_BRACES = re.compile(r"\{([a-z_]+)\}")


def joined(points: Iterable[PointItem]) -> list[PointItem]:
    """The points, the weightiest first, with those put into one that say the same of a few matters.

    A step is due, and a risk is looked at, on the first of its days.
    """
    found: dict[tuple[str, ...], PointItem] = {}
    for one in points:
        key = _key(one)
        while key in found and len(matters_in([found[key]])) >= MOST_TOGETHER:
            key = (*key, MORE)
        there = found.get(key)
        found[key] = _both(there, one) if there else replace(one, about={ALL: matter_of(one), **one.about})
    return [found[key] for key in sorted(found, key=lambda key: key.count(MORE))]  # something of each kind first


def _both(there: PointItem, one: PointItem) -> PointItem:
    """The first point, on what the other is on as well."""
    whole = there.about[ALL]
    said = TOGETHER.join((there.about.get("what", "") if BETWEEN in whole else _item(there), _item(one)))
    days = {
        name: min(there.about[name], one.about.get(name, there.about[name]))
        for name in _named(there.trigger)
        if name in DAYS and name in there.about
    }
    about = {**there.about, **days, "what": said, ALL: f"{whole}{BETWEEN}{one.about.get(ALL, matter_of(one))}"}
    due = min(there.due, one.due) if there.due.startswith("by 2") else there.due
    return replace(there, text=f"{there.text.partition(_WHAT)[0]}{_WHAT}", due=due, about=about)


def _item(one: PointItem) -> str:
    """What a point is on, in short, with what stands behind it."""
    behind = one.text.partition(_WHAT)[2].rstrip(".")
    return in_short(one.about.get("what", "")) + _BRACES.sub(lambda found: one.about.get(found[1], found[0]), behind)


def matter_of(one: PointItem) -> str:
    """What tells the matter apart that a point is on."""
    return " ".join((one.rule, *(one.about.get(name, "") for name in ("what", "whom", "day"))))


def matters_in(points: Iterable[PointItem]) -> frozenset[str]:
    """Every matter that these points are on, as `joined` has put them together."""
    return frozenset(matter for one in points for matter in one.about.get(ALL, matter_of(one)).split(BETWEEN))


def _key(one: PointItem) -> tuple[str, ...]:
    """What is alike where the same is said: by whom, and every sentence but what it is on and when that shows."""
    if f": {_WHAT}" not in one.text or _LEAD in one.text or "what" not in one.about:
        return (one.rule, one.text, *sorted(one.about.values()))
    lead = one.text.partition(_WHAT)[0]
    shown = _BRACES.sub("", one.trigger)
    filled_in = (one.about.get(name, "") for name in _named(f"{lead} {one.action}"))
    return (one.rule, one.kind, lead, shown, one.action, one.about.get(TAKER, ""), *filled_in)


def _named(text: str) -> list[str]:
    return _BRACES.findall(text)

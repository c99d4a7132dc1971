"""Where one delivery manager could cover several engagements of a client: who, and by which loads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from advisor.model.rules import DELIVERY_MANAGER
from advisor.portfolio.people import key_of
from advisor.portfolio.timing import Busy, busiest
from advisor.portfolio.values import FULL_TIME, Cover, Entries, Entry, Named, Sharing, Staffed

_Part = tuple[Entry, Staffed]


def sharing_of(entries: Entries) -> tuple[Sharing, ...]:
    """What can be shared among the engagements of one client; nothing where one person has them all already.

    Engagements are taken by load, the largest first, and each joins the first person who has room in every month; one
    that takes more than a person joins nobody. Each named person is proposed once, where they have most already.
    """
    wanted: dict[Named, list[_Part]] = {}
    for entry in entries:
        for role in entry.line.roles:
            if role.role.id == DELIVERY_MANAGER:
                wanted.setdefault(role.role, []).append((entry, role))
    return tuple(one for role, parts in wanted.items() for one in _shared(role, parts))


def _shared(role: Named, parts: list[_Part]) -> list[Sharing]:
    named = {key_of(part.person): part.person for _, part in reversed(parts) if part.person}
    unnamed = sum(not part.person for _, part in parts)
    if len(parts) < 2 or (len(named) == 1 and not unnamed):
        return []
    groups = _packed(parts)
    covers: list[Cover] = []
    for group in groups:
        if len(group) > 1:
            covers.append(_cover(group, {key_of(cover.person) for cover in covers}))
    if not covers:
        return []
    alone = [entry for group in groups if len(group) == 1 for entry, _ in group]
    client = parts[0][0].line.client
    people = tuple(dict.fromkeys(named[key_of(part.person)] for _, part in parts if part.person))
    return [Sharing(client, role, tuple(entry for entry, _ in parts), people, unnamed, tuple(covers), _in_order(alone))]


def _packed(parts: list[_Part]) -> list[list[_Part]]:
    """Parts in groups of at most one person's full time; without stated loads all are one group."""
    if any(part.mean is None for _, part in parts):
        return [parts]
    groups: list[tuple[Busy, list[_Part]]] = []
    loads = [(Busy([part]), (entry, part)) for entry, part in parts]
    for busy, one in sorted(loads, key=lambda load: (-load[0].highest, load[1][0].number)):
        for taken, group in groups:
            if busy.highest <= 1 and taken.has_room(busy):
                taken.take(busy)
                group.append(one)
                break
        else:
            groups.append((busy, [one]))
    return [sorted(group, key=lambda part: part[0].number) for _, group in groups]


def _cover(group: Sequence[_Part], taken: set[str]) -> Cover:
    known = all(part.mean is not None for _, part in group)
    highest, month = busiest(part for _, part in group) if known else (None, "")
    counted = Counter(key_of(part.person) for _, part in group if part.person and key_of(part.person) not in taken)
    key, on = counted.most_common(1)[0] if counted else ("", 0)
    person = next((part.person for _, part in group if part.person and key_of(part.person) == key), "")
    mean = sum(part.mean or 0 for _, part in group) / FULL_TIME if known else None
    return Cover(tuple(entry for entry, _ in group), mean, highest, month, person, on)


def _in_order(entries: list[Entry]) -> Entries:
    return tuple(sorted(entries, key=lambda entry: entry.number))

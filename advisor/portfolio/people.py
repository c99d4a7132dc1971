"""People: who is named for how much, over all engagements, and who is named for a role that is not needed."""

from __future__ import annotations

import unicodedata

from advisor.portfolio.timing import busiest
from advisor.portfolio.values import FULL_TIME, Entries, Entry, Named, Person, Spare, Staffed


def key_of(name: str) -> str:
    """What makes two spellings of a name one: neither capitals nor spaces nor how letters are composed count."""
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


def people_of(entries: Entries) -> tuple[Person, ...]:
    """Everybody who is named for a role that is staffed, the busiest first; the same name is the same person."""
    held: dict[str, list[tuple[Entry, Staffed]]] = {}
    for entry in entries:
        for role in entry.line.roles:
            if role.person:
                held.setdefault(key_of(role.person), []).append((entry, role))
    return tuple(sorted((_person(parts) for parts in held.values()), key=_order))


def _order(person: Person) -> tuple[float, str]:
    return (-(person.busiest or 0.0), key_of(person.name))


def _person(parts: list[tuple[Entry, Staffed]]) -> Person:
    known = [(entry, role) for entry, role in parts if role.mean is not None]
    highest, month = busiest(role for _, role in known) if known else (None, "")
    limits = [entry.line.book.load.overload for entry, _ in known if entry.line.book.load is not None]
    return Person(
        name=parts[0][1].person,
        parts=tuple((entry, role.role, fte(role.mean)) for entry, role in parts),
        mean=sum(role.mean or 0 for _, role in known) / FULL_TIME if known else None,
        busiest=highest,
        month=month,
        overloaded=highest is not None and highest > min(limits) / 100,
    )


def fte(load: int | None) -> float | None:
    """A load in persons."""
    return None if load is None else load / FULL_TIME


def spare_of(entries: Entries) -> tuple[Spare, ...]:
    """People whom the recommendation has no role for, in the order in which they are met."""
    found: dict[tuple[str, Named], list[Entry]] = {}
    names: dict[str, str] = {}
    for entry in entries:
        for role, person in entry.line.spare:
            names.setdefault(key_of(person), person)
            found.setdefault((key_of(person), role), []).append(entry)
    return tuple(Spare(names[key], role, tuple(group)) for (key, role), group in found.items())

"""Lines to a portfolio: each figure is counted once, from the lines alone, and keeps the engagements behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from advisor.portfolio.calendar import calendar_of
from advisor.portfolio.people import key_of, people_of, spare_of
from advisor.portfolio.sharing import sharing_of
from advisor.portfolio.values import (
    FULL_TIME,
    Book,
    Client,
    Demand,
    Entries,
    Entry,
    Figure,
    Line,
    Load,
    Named,
    Portfolio,
    Risks,
    Staffed,
    Warned,
)

STATUSES = (Named("settled", "Firm"), Named("likely", "Likely"), Named("leaning", "Leaning"))


def summarise(lines: Iterable[Line]) -> Portfolio:
    """The portfolio of these lines, which keep their order; the same lines always give the same portfolio."""
    entries = _entries(lines)
    books = _grouped(entries, lambda entry: entry.line.book.digest)
    known = tuple((found[0].line.book, found) for found in books.values())
    ids = Counter(entry.line.id for entry in entries)
    clients = _grouped((one for one in entries if one.line.client), lambda entry: key_of(entry.line.client))
    return Portfolio(
        entries=entries,
        statuses=tuple(
            Figure(one, tuple(entry for entry in entries if entry.line.status == one.id)) for one in STATUSES
        ),
        models=tuple(
            Figure(model, tuple(entry for entry in entries if entry.line.model == model))
            for model in _named(known, lambda book: book.models)
        ),
        demand=_demand(entries, known),
        calendar=calendar_of(entries, _managers(entries, known)),
        assumed=_where(entries, lambda line: line.assumed),
        without_load=_where(entries, lambda line: bool(line.roles) and line.book.load is None),
        risks=_risks(entries, known),
        sharing=tuple(
            sorted(
                (one for found in clients.values() for one in sharing_of(found)),
                key=lambda one: (-len(one.entries), key_of(one.client), one.role.name),
            )
        ),
        clients=_clients(clients, entries, _managers(entries, known)),
        without_client=_where(entries, lambda line: not line.client),
        people=people_of(entries),
        spare=spare_of(entries),
        books=known,
        twice=tuple(entry for entry in entries if ids[entry.line.id] > 1),
    )


def _entries(lines: Iterable[Line]) -> Entries:
    """Numbered, and each with an id of its own: the second `acme` becomes `acme (2)`."""
    given: Counter[str] = Counter()
    taken: set[str] = set()
    found = []
    for number, line in enumerate(lines, start=1):
        given[line.id] += 1
        ref = line.id if given[line.id] == 1 and line.id not in taken else f"{line.id} ({given[line.id]})"
        while ref in taken:
            given[line.id] += 1
            ref = f"{line.id} ({given[line.id]})"
        taken.add(ref)
        found.append(Entry(number, ref, line))
    return tuple(found)


def _where(entries: Iterable[Entry], holds: Callable[[Line], bool]) -> Entries:
    return tuple(entry for entry in entries if holds(entry.line))


def _grouped(entries: Iterable[Entry], key: Callable[[Entry], str]) -> dict[str, Entries]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(key(entry), []).append(entry)
    return {name: tuple(one) for name, one in found.items()}


def _named(books: tuple[tuple[Book, Entries], ...], what: Callable[[Book], Iterable[Named]]) -> tuple[Named, ...]:
    """What the rulebooks name, each once, in their order."""
    return tuple(dict.fromkeys(one for book, _ in books for one in what(book)))


def _managers(entries: Entries, books: tuple[tuple[Book, Entries], ...]) -> tuple[Named, ...]:
    """The managers' roles that any engagement staffs."""
    staffed = {role.role for entry in entries for role in entry.line.roles}
    return tuple(role for role in _named(books, lambda book: book.managers) if role in staffed)


def _load(of: Named, parts: Iterable[tuple[Entry, int | None]]) -> Load:
    """The sum of loads with the entries that have a part in it; those of which none is stated add nothing."""
    kept = tuple(parts)
    known = [load for _, load in kept if load is not None]
    fte = sum(known) / FULL_TIME if known or not kept else None
    return Load(of, fte, tuple(entry for entry, _ in kept))


def _demand(entries: Entries, books: tuple[tuple[Book, Entries], ...]) -> tuple[Demand, ...]:
    phases = _named(books, lambda book: (Named(phase.id, phase.name) for phase in book.phases))
    found = []
    for role in _managers(entries, books):
        held = [(entry, one) for entry in entries for one in entry.line.roles if one.role == role]
        found.append(
            Demand(
                role=role,
                total=_mean(role, held, lambda line, one: True),
                phases=tuple(
                    _load(phase, [(entry, load) for entry, one in held for of, load in one.phases if of == phase])
                    for phase in phases
                ),
                still_open=_mean(role, held, lambda line, one: line.status != "settled"),
                unnamed=_mean(role, held, lambda line, one: not one.person),
                unstaffed=Figure(role, tuple(entry for entry, one in held if one.unstaffed)),
                unpaid=Figure(role, tuple(entry for entry, one in held if one.unpaid)),
            )
        )
    return tuple(found)


def _mean(role: Named, held: list[tuple[Entry, Staffed]], holds: Callable[[Line, Staffed], bool]) -> Load:
    return _load(role, [(entry, one.mean) for entry, one in held if holds(entry.line, one)])


def _risks(entries: Entries, books: tuple[tuple[Book, Entries], ...]) -> Risks:
    fired: dict[Warned, list[Entry]] = {}
    for entry in entries:
        for warned in dict.fromkeys(entry.line.guardrails):
            fired.setdefault(warned, []).append(entry)
    guardrails = sorted(fired.items(), key=lambda one: (-len(one[1]), one[0].id, one[0].text))
    managers = _managers(entries, books)
    counted = [(len(dict.fromkeys(entry.line.guardrails)), entry) for entry in entries]
    return Risks(
        guardrails=tuple((warned, Figure(Named(warned.id, warned.id), tuple(found))) for warned, found in guardrails),
        unstaffed=_lacking(entries, managers, lambda one: one.unstaffed),
        unpaid=_lacking(entries, managers, lambda one: one.unpaid),
        leaning=_where(entries, lambda line: line.status == "leaning"),
        most=tuple(sorted((one for one in counted if one[0]), key=lambda one: (-one[0], one[1].number))),
        clear=_where(entries, lambda line: not line.guardrails and line.status == "settled"),
    )


def _lacking(entries: Entries, roles: Iterable[Named], lacks: Callable[[Staffed], bool]) -> tuple[Figure, ...]:
    """By role, the engagements in which somebody is lacking for it; roles without any left out."""
    held = [(entry, one.role) for entry in entries for one in entry.line.roles if lacks(one)]
    found = (Figure(role, tuple(entry for entry, one in held if one == role)) for role in roles)
    return tuple(one for one in found if one.count)


def _clients(clients: dict[str, Entries], entries: Entries, roles: tuple[Named, ...]) -> tuple[Client, ...]:
    found = []
    for group in clients.values():
        loads = (
            _load(role, [(entry, one.mean) for entry in group for one in entry.line.roles if one.role == role])
            for role in roles
        )
        found.append(Client(group[0].line.client, group, len(group) / len(entries), tuple(loads)))
    return tuple(sorted(found, key=lambda one: (-len(one.entries), key_of(one.name))))

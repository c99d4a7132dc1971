"""The section `agreed` of an engagement file: rows of the matrix whose letters people set themselves."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

import yaml

from advisor.catalog.fields import Fields, is_null, items, scalar
from advisor.catalog.plain import line, plain_line
from advisor.catalog.records import role_called
from advisor.catalog.stated import read_day
from advisor.model.agreed import NONE, Agreement
from advisor.model.rulebook import Catalog
from advisor.model.stated import Matter, Stint

MOST_AGREED = 100
MOST_WHO = 12
_SOMEBODY_ELSE = re.compile(r".+ \(.+\)")  # whom the file does not name, with who that is
_OTHERWISE = "; name them under people:, write a role, or say who they are, as in: A. Name (head of finance)"


def letters_known(catalog: Catalog) -> tuple[str, ...]:
    """What can be set: the letters that rules give, and none."""
    return ("A", "R", *(("A/R",) if catalog.a_and_r else ()), "C", "I", NONE)


def known_names(
    people: Mapping[str, str], times: Mapping[str, tuple[Stint, ...]], matters: Iterable[Matter]
) -> tuple[str, ...]:
    """Everybody whom an engagement file names: who holds a role or could, and who has a part in a matter."""
    could = (stint.name for stints in times.values() for stint in stints)
    told = (name for one in matters for name in (one.who, one.owner))
    return tuple(dict.fromkeys(name for name in (*people.values(), *could, *told) if name))


def stands_alone(name: str) -> bool:
    """Whether a name says in brackets who that is, as it must of somebody whom the file does not name."""
    return bool(_SOMEBODY_ELSE.fullmatch(name))


def row_called(catalog: Catalog, name: str) -> str:
    """The row of that id, or the only one that is printed so, in any case; empty where there is none."""
    if any(row.id == name for row in catalog.rows):
        return name
    named = [row.id for row in catalog.rows if row.name.casefold() == name.casefold()]
    return named[0] if len(named) == 1 else ""


def read_agreed(fields: Fields, catalog: Catalog, names: Collection[str], as_of: str) -> tuple[Agreement, ...]:
    """The list under `agreed:`, in its order, a row at most once; `names` are the people that the file knows."""
    node = fields.get("agreed")
    if node is None or is_null(node):
        return ()
    listed = list(items(node, "agreed", fields.problems))
    if len(listed) > MOST_AGREED:
        fields.problems.add(node, "agreed", f"holds {len(listed)} rows; at most {MOST_AGREED} are read")
        return ()
    found: dict[str, Agreement] = {}
    for at, one in enumerate(listed, start=1):
        agreement = _agreement(Fields(one, f"agreed[{at}]", fields.problems), catalog, names, as_of)
        if agreement.row in found:
            first = found[agreement.row].source.line
            message = f"{agreement.row} is agreed twice (first on line {first}); put all its letters into one entry"
            fields.problems.add(one, f"agreed[{at}].row", message)
        elif agreement.row:
            found[agreement.row] = agreement
    return tuple(found.values())


def _agreement(fields: Fields, catalog: Catalog, names: Collection[str], as_of: str) -> Agreement:
    row, letters, by = _row(fields, catalog), _letters(fields, catalog), _by(fields, catalog, names)
    why, on, until = line(fields, "why"), read_day(fields, "on"), read_day(fields, "until")
    if isinstance(fields.node, yaml.MappingNode):
        if not why:
            fields.problems.add(fields.node, fields.path("why"), "says nothing; a later reader needs the reason")
        if on and until and until < on:
            fields.problems.add(fields.node, fields.where, f"on ({on}) is after until ({until})")
        if as_of and until and until < as_of:
            past = f"was agreed until {until}, which is past on {as_of} (dates.as_of); agree it anew or take it out"
            fields.problems.add(fields.node, fields.path("until"), past)
    fields.finish()
    return Agreement(row, letters, by, why, on, until, fields.source)


def _row(fields: Fields, catalog: Catalog) -> str:
    node = fields.need("row")
    name = line(fields, "row")
    found = row_called(catalog, name) if name else ""
    if node is not None and not found:
        known = (*(row.id for row in catalog.rows), *(row.name for row in catalog.rows))
        near = fields.problems.near(name, known) or "; 'advisor rules list' shows all"
        fields.problems.add(node, fields.path("row"), f"{name[:80]!r} is no row of the matrix{near}")
    return found


def _letters(fields: Fields, catalog: Catalog) -> dict[str, str]:
    found: dict[str, str] = {}
    part = fields.inner("letters")
    known = letters_known(catalog)
    for name, key, node in part.pairs() if part is not None else ():
        where = f"{fields.path('letters')}.{name}"
        role, letters = role_called(catalog, name), scalar(node, where, fields.problems)
        if role not in catalog.roles:
            roles = (*catalog.roles, *(one.name for one in catalog.roles.values()))
            near = fields.problems.near(name, roles) or f" (known: {', '.join(catalog.roles)})"
            fields.problems.add(key, where, f"is no role of the matrix{near}")
        elif role in found:
            fields.problems.add(key, where, f"names the same role as another key ({role})")
        if isinstance(node, yaml.ScalarNode) and letters not in known:
            near = fields.problems.near(letters.upper(), known)
            fields.problems.add(node, where, f"{letters[:80]!r} is none of {', '.join(known)}{near}")
        found[role] = "" if letters == NONE else letters
    if part is not None and isinstance(part.node, yaml.MappingNode) and not found:
        fields.problems.add(part.node, part.where, "sets no letter; write {role: letter}")
    return found


def _by(fields: Fields, catalog: Catalog, names: Collection[str]) -> tuple[str, ...]:
    """Who agreed: people whom the file names, roles, or others with who they are in brackets; one, or a list."""
    node = fields.need("by")
    if node is None:
        return ()
    where = fields.path("by")
    listed = tuple(node.value) if isinstance(node, yaml.SequenceNode) else (node,)
    found: list[str] = []
    for one in listed[:MOST_WHO]:
        name = plain_line(one, where, fields.problems)
        if name in names or name in catalog.roles or stands_alone(name):
            found.append(name)
        elif isinstance(one, yaml.ScalarNode):
            near = fields.problems.near(name, (*names, *catalog.roles)) or _OTHERWISE
            fields.problems.add(one, where, f"{name[:80]!r} is nobody whom the file names{near}")
    if not listed or len(listed) > MOST_WHO:
        fields.problems.add(node, where, f"must name one to {MOST_WHO} people")
    return tuple(dict.fromkeys(found))

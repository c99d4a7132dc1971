"""Where the answers of an engagement file come from: its sections `provenance` and `asked_with`."""

from __future__ import annotations

import datetime
from dataclasses import replace

import yaml

from advisor.catalog.answers import replacing
from advisor.catalog.fields import Fields, is_null
from advisor.catalog.plain import line
from advisor.model.engagement import HOW, AskedWith, Origin
from advisor.model.questions import Asking, Several

_REST = ("how", "when", "rulebook", "from", "note")


def read_asked_with(fields: Fields) -> AskedWith | None:
    """The rulebook that the answers were last given under, where the file says so."""
    node = fields.get("asked_with")
    if node is None or is_null(node):
        return None
    part = Fields(node, "asked_with", fields.problems)
    found = AskedWith(part.text("version"), part.text("digest"), part.texts("questions"))
    part.finish()
    return found


def read_origins(fields: Fields, catalog: Asking, asked_with: AskedWith | None) -> dict[str, Origin]:
    """Where each answer comes from, by question: one of the catalog's, of an earlier one, or of those asked then."""
    node = fields.get("provenance")
    if node is None or is_null(node):
        return {}
    part = Fields(node, "provenance", fields.problems)
    questions = {*catalog.questions, *replacing(catalog), *(asked_with.questions if asked_with is not None else ())}
    found: dict[str, Origin] = {}
    for name, key, value in part.pairs():
        if name in catalog.several:
            if not is_null(value):
                found |= _origins(value, part.path(name), part, catalog.several[name])
        elif name not in questions:
            near = part.problems.near(name, (*questions, *catalog.several))
            part.problems.add(key, part.path(name), f"is no question{near}")
        elif not is_null(value):
            found[name] = _origin(value, part.path(name), part)
    return found


def _origin(node: yaml.Node, where: str, part: Fields) -> Origin:
    fields = Fields(node, where, part.problems)
    option = line(fields, "option")
    return _came(fields, part, option)


def _origins(node: yaml.Node, where: str, part: Fields, several: Several) -> dict[str, Origin]:
    """Where the parts of a list come from, which was given as a whole."""
    fields = Fields(node, where, part.problems)
    options = fields.get("option")
    chosen = fields.texts("option") if options is not None and not is_null(options) else None
    for option in chosen or ():
        if option not in several.parts and options is not None:
            near = part.problems.near(option, several.parts)
            message = f"{option[:80]!r} is none of {', '.join(several.parts)}{near}"
            part.problems.add(options, fields.path("option"), message)
    came = _came(fields, part, "")
    said = {option: "" if chosen is None else "yes" if option in chosen else "no" for option in several.parts}
    return {name: replace(came, option=said[option]) for option, name in several.parts.items()}


def _came(fields: Fields, part: Fields, option: str) -> Origin:
    """How and when an answer came; the rest of its record."""
    said = {name: line(fields, name) for name in _REST}
    fields.get("option")
    fields.finish()
    how = fields.get("how")
    if said["how"] and said["how"] not in HOW and how is not None:
        hint = part.problems.near(said["how"], HOW)
        part.problems.add(how, fields.path("how"), f"{said['how'][:80]!r} is none of {', '.join(HOW)}{hint}")
    when = fields.get("when")
    if said["when"] and when is not None and not _is_time(said["when"]):
        message = f"{said['when'][:80]!r} is no time; write it as 2027-01-31T09:30:00Z"
        part.problems.add(when, fields.path("when"), message)
    return Origin(option, said["how"], said["when"], said["rulebook"], said["from"], said["note"])


def _is_time(text: str) -> bool:
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True

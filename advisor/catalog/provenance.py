"""Where the answers of an engagement file come from: its sections `provenance` and `asked_with`."""

from __future__ import annotations

import datetime
from collections.abc import Collection

import yaml

from advisor.catalog.fields import Fields, is_null
from advisor.catalog.plain import line
from advisor.model.advice import HOW, AskedWith, Origin

_ORIGIN = ("option", "how", "when", "rulebook", "from", "note")


def read_asked_with(fields: Fields) -> AskedWith | None:
    """The rulebook that the answers were last given under, where the file says so."""
    node = fields.get("asked_with")
    if node is None or is_null(node):
        return None
    part = Fields(node, "asked_with", fields.problems)
    found = AskedWith(part.text("version"), part.text("digest"), part.texts("questions"))
    part.finish()
    return found


def read_origins(fields: Fields, questions: Collection[str]) -> dict[str, Origin]:
    """Where each answer comes from, by question: one of `questions`."""
    node = fields.get("provenance")
    if node is None or is_null(node):
        return {}
    part = Fields(node, "provenance", fields.problems)
    found: dict[str, Origin] = {}
    for name, key, value in part.pairs():
        if name not in questions:
            part.problems.add(key, part.path(name), f"is no question{part.problems.near(name, questions)}")
        elif not is_null(value):
            found[name] = _origin(value, part.path(name), part)
    return found


def _origin(node: yaml.Node, where: str, part: Fields) -> Origin:
    fields = Fields(node, where, part.problems)
    said = {name: line(fields, name) for name in _ORIGIN}
    fields.finish()
    how = fields.get("how")
    if said["how"] and said["how"] not in HOW and how is not None:
        hint = part.problems.near(said["how"], HOW)
        part.problems.add(how, fields.path("how"), f"{said['how'][:80]!r} is none of {', '.join(HOW)}{hint}")
    when = fields.get("when")
    if said["when"] and when is not None and not _is_time(said["when"]):
        message = f"{said['when'][:80]!r} is no time; write it as 2027-01-31T09:30:00Z"
        part.problems.add(when, fields.path("when"), message)
    return Origin(said["option"], said["how"], said["when"], said["rulebook"], said["from"], said["note"])


def _is_time(text: str) -> bool:
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True

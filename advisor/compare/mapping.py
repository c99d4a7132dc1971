"""What is lined up with what, as a file that people correct: written with the confidence, read with line numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import yaml

from advisor.catalog.fields import Fields, Problems, items, scalar
from advisor.catalog.source import compose
from advisor.compare.values import ALONE, PERHAPS, Lined
from advisor.errors import InputError, Problem, did_you_mean
from advisor.model.found import FoundMatrix

NONE = "none"
_HEAD = """\
# How a matrix is lined up with ours, row by row and role by role: correct it, keep it, and give it back with --mapping.
# What stands here wins. Rows and roles that do not stand here are lined up anew, so the matrix may grow.
# `none` says that we have no such activity or role. Several rows may be the same activity, and a role several of ours:
# is: [delivery_manager, project_manager]. The number says how alike the words are, of 100.
"""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What one of their rows or roles is of ours, none where `ours` is empty; `phase` tells rows of one name apart."""

    text: str
    phase: str
    ours: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class LiningUp:
    """A mapping file as read."""

    file: str
    activities: tuple[Mapped, ...]
    roles: tuple[Mapped, ...]


def key(text: str) -> str:
    """What has to be the same in two texts for them to be the same row or role."""
    return " ".join(text.casefold().split())


def read_mapping(data: bytes, name: str, activities: Iterable[str], roles: Iterable[str]) -> LiningUp:
    """The mapping file `name`, by the ids that the rulebook has. Raises InputError with every problem found."""
    documents = compose(data, name)
    if len(documents) != 1 or not isinstance(documents[0][0], yaml.MappingNode):
        raise InputError([Problem(name, 1, "", "must hold one mapping, with activities and roles")])
    fields = Fields(documents[0][0], "", Problems(name))
    found = LiningUp(
        name,
        _entries(fields, "activities", "row", "activity", tuple(activities)),
        _entries(fields, "roles", "role", "role", tuple(roles)),
    )
    fields.finish()
    fields.problems.raise_if_any()
    return found


def _entries(fields: Fields, name: str, called: str, what: str, known: tuple[str, ...]) -> tuple[Mapped, ...]:
    found = []
    for part in fields.each(name, required=False):
        text = part.text(called)
        phase = part.text("phase", "") if called == "row" else ""
        node = part.need("is")
        ids: list[str] = []
        if node is not None:
            where = part.path("is")
            for one in items(node, where, part.problems) if isinstance(node, yaml.SequenceNode) else (node,):
                id = scalar(one, where, part.problems)
                if id == NONE and not isinstance(node, yaml.SequenceNode):
                    continue
                if id in known:
                    ids.append(id)
                elif isinstance(one, yaml.ScalarNode):
                    near = did_you_mean(id, (*known, NONE)) or f" (say {NONE} where we have no such {what})"
                    part.problems.add(one, where, f"{id!r} is no {what} of the rulebook{near}")
            if len(ids) > 1 and called == "row":
                part.problems.add(node, where, "a row is one activity of ours, or none")
        part.finish()
        found.append(Mapped(text, phase, tuple(dict.fromkeys(ids)), part.source.line))
    return tuple(found)


def mapping_text(
    matrix: FoundMatrix,
    rows: Iterable[Lined],
    roles: Iterable[Lined],
    activity_names: Mapping[str, str],
    role_names: Mapping[str, str],
    least: int,
) -> str:
    """The mapping file for what was lined up; read back, it lines the same matrix up in the same way.

    `least` is the score from which wordings count as one.
    """
    rows = tuple(rows)
    times: dict[str, int] = {}
    for row in matrix.rows:
        times[key(row.activity)] = times.get(key(row.activity), 0) + 1
    lines = [_HEAD, "activities:"]
    for one in rows:
        row = matrix.rows[one.at]
        phase = f", phase: {_quoted(row.phase)}" if times[key(row.activity)] > 1 and row.phase else ""
        lines.append(_line("row", row.activity, phase, one, activity_names, least))
    if not rows:
        lines[-1] += " []"
    taken = {id for one in rows for id in one.ours}
    lacking = [f"#   {id}: {_comment(name)}" for id, name in activity_names.items() if id not in taken]
    if lacking:
        lines += ["# None of their rows is one of these:", *lacking]
    lines.append("roles:")
    for at, one in enumerate(roles):
        lines.append(_line("role", label(matrix, at), "", one, role_names, least))
    if not matrix.roles:
        lines[-1] += " []"
    return "\n".join(lines) + "\n"


def label(matrix: FoundMatrix, role: int) -> str:
    """What a role of theirs is called: by its name, or by the people in it where it has none."""
    found = matrix.roles[role]
    return found.name or ", ".join(found.people) or found.place


def _line(called: str, text: str, phase: str, one: Lined, names: Mapping[str, str], least: int) -> str:
    ours = NONE if not one.ours else one.ours[0] if len(one.ours) == 1 else f"[{', '.join(one.ours)}]"
    return f"  - {{{called}: {_quoted(text)}{phase}, is: {ours}}}  # {_comment(_why(one, names, least))}"


def _why(one: Lined, names: Mapping[str, str], least: int) -> str:
    if one.score is None:
        return "by the mapping file"
    if one.how == PERHAPS:
        return f"{one.score}, perhaps {one.near}: {names[one.near]!r}"
    if one.how != ALONE:
        return f"{one.score}, {one.how}: as {one.by!r}"
    if not one.near:
        return "nothing is near"
    why = "not enough" if one.score < least else "taken by what is nearer"
    return f"{one.score}, {why}: {names[one.near]!r} ({one.near})"


def _quoted(text: str) -> str:
    """The text in double quotes as YAML has them, whatever is in it."""
    return re.sub(
        "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]",
        lambda found: f"\\U{ord(found[0]):08x}",
        json.dumps(text, ensure_ascii=False),
    )


def _comment(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)

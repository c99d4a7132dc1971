"""What somebody says about a matrix where the guess is wrong: options, and a map file in YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from advisor.catalog.fields import Fields, Problems, items, scalar
from advisor.catalog.source import compose
from advisor.errors import InputError, Problem
from advisor.files import read_limited
from advisor.matrices.budget import MOST_COLUMNS
from advisor.model.found import LETTERS

_MOST_WORDS = 200
_NOTHING = ("none", "nothing", "-", "")


@dataclass(frozen=True, slots=True)
class Map:
    """Which row or column of a table is what, and what a role or a word means.

    Rows and columns are named as the file counts them (`7`, `C`), columns by their heading too; what is empty is found.
    With roles in rows, `heading` names columns, and the other fields of columns name rows.
    """

    file: str = ""
    vocabulary: str = ""
    sheet: str = ""
    table: str = ""
    turned: bool | None = None
    heading: tuple[str, ...] = ()
    activity: str = ""
    phase: str = ""
    roles: tuple[str, ...] = ()
    ignore_columns: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    ignore_rows: tuple[str, ...] = ()
    last: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns_told(self) -> bool:
        """Whether anything is said of columns."""
        return bool(self.activity or self.phase or self.roles or self.ignore_columns)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user says: the sheet's name or number, the table's number or name, a map, the vocabulary's id."""

    sheet: str = ""
    table: str = ""
    map: Map | None = None
    vocabulary: str = ""


def read_map(path: Path) -> Map:
    """The map in a YAML file; InputError with every problem of it."""
    return map_of(read_limited(path), str(path))


def map_of(data: bytes, name: str) -> Map:
    """The map in YAML text; InputError with every problem of it."""
    documents = compose(data, name)
    if len(documents) != 1:
        raise InputError([Problem(name, 1, "", f"must hold one YAML document, not {len(documents)}")])
    problems = Problems(name)
    fields = Fields(documents[0][0], "", problems)
    columns = fields.inner("columns", required=False)
    rows = fields.inner("rows", required=False)
    found = Map(
        name,
        fields.text("vocabulary", ""),
        fields.text("sheet", ""),
        fields.text("table", ""),
        _turned(fields),
        _some(fields, "heading"),
        columns.text("activity", "") if columns else "",
        columns.text("phase", "") if columns else "",
        _some(columns, "roles"),
        _some(columns, "ignore"),
        _some(rows, "phases"),
        _some(rows, "activities"),
        _some(rows, "ignore"),
        rows.text("last", "") if rows else "",
        _words(fields, "words"),
        _pairs(fields, "roles"),
    )
    for part in (columns, rows, fields):
        if part is not None:
            part.finish()
    problems.raise_if_any()
    return found


def _turned(fields: Fields) -> bool | None:
    text = fields.text("roles_in", "")
    node = fields.get("roles_in")
    if node is not None and text not in ("rows", "columns"):
        fields.problems.add(node, fields.path("roles_in"), f"must be rows or columns, not {text!r}")
    return text == "rows" if text else None


def _some(fields: Fields | None, name: str) -> tuple[str, ...]:
    """One value or a list of them."""
    node = fields.get(name) if fields is not None else None
    if fields is None or node is None:
        return ()
    if isinstance(node, yaml.ScalarNode):
        return (scalar(node, fields.path(name), fields.problems),)
    found = list(items(node, fields.path(name), fields.problems))
    if len(found) > MOST_COLUMNS:
        fields.problems.add(node, fields.path(name), f"names more than {MOST_COLUMNS:,} rows or columns")
        return ()
    return tuple(scalar(one, fields.path(name), fields.problems) for one in found)


def _pairs(fields: Fields, name: str) -> dict[str, str]:
    inner = fields.inner(name, required=False)
    if inner is None:
        return {}
    return {key: scalar(node, inner.path(key), inner.problems) for key, _, node in inner.pairs()}


def _words(fields: Fields, name: str) -> dict[str, str]:
    """Words and the letters they stand for; `none` for a word that means nothing."""
    inner = fields.inner(name, required=False)
    if inner is None:
        return {}
    out: dict[str, str] = {}
    for word, key, node in inner.pairs():
        if len(out) >= _MOST_WORDS:
            inner.problems.add(key, inner.path(word), f"is one of more than {_MOST_WORDS} words")
            break
        letter = scalar(node, inner.path(word), inner.problems).strip()
        if letter.lower() in _NOTHING:
            out[word] = ""
        elif letter.upper() in LETTERS and len(letter) == 1:
            out[word] = letter.upper()
        else:
            known = ", ".join(LETTERS)
            inner.problems.add(node, inner.path(word), f"must be one of {known}, or none, not {letter!r}")
    return out

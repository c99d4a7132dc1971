"""The words that firms use for activities and roles, `compare/` of a rulebook: read only by those who compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from advisor.catalog.fields import Fields, Problems
from advisor.catalog.folders import data_folder
from advisor.catalog.rules import complain
from advisor.catalog.source import compose
from advisor.errors import InputError, Problem
from advisor.files import read_limited
from advisor.model.rulebook import Catalog
from advisor.model.wordings import LinedUp, Overload, Wordings

SYNONYMS, POLICY = "compare/synonyms.yaml", "compare/policy.yaml"
ACTIVITIES, ROLES = "activities", "roles"
_Words = dict[str, tuple[str, ...]]


def read_wordings(catalog: Catalog, folder: Path | None = None) -> Wordings:
    """The shipped wordings as far as the rulebook has such ids, and over them those in `folder`, a rulebook of one's
    own.

    A wording may belong to one id only. Raises InputError with every problem found, each with file and line.
    """
    shipped = _Part(data_folder("rules"), "rules", catalog, own=False)
    parts = [shipped]
    if folder is not None and (folder / SYNONYMS).exists():
        parts.append(_Part(folder, str(folder), catalog, own=True))
    activities: _Words = {}
    roles: _Words = {}
    teams: set[str] = set()
    alike: dict[str, str] = {}
    silent: set[str] = set()
    little: dict[str, frozenset[str]] = {}
    for part in parts:
        activities |= part.activities
        teams = {one for one in teams if one not in part.roles} | part.teams
        roles |= part.roles
        alike |= part.alike
        silent |= part.silent
        little |= part.little
    top = folder if folder is not None and (folder / POLICY).exists() else None
    policy = _mapping(top or data_folder("rules"), str(top) if top else "rules", POLICY)
    lined_up, overload = _policy(policy)
    version = policy.text("version")
    policy.finish()
    problems = [one for each in (*(part.fields for part in parts), policy) for one in each.problems.found]
    if problems:
        raise InputError(problems)
    return Wordings(
        parts[-1].version,
        version,
        alike,
        frozenset(silent),
        little,
        activities,
        roles,
        frozenset(teams),
        lined_up,
        overload,
    )


class _Part:
    """One file of wordings; what the rulebook does not have is a problem in one's own file, and passed over in ours."""

    def __init__(self, folder: Path, shown: str, catalog: Catalog, own: bool) -> None:
        self.fields = fields = _mapping(folder, shown, SYNONYMS)
        self.own = own
        self.version = fields.text("version")
        part = fields.inner("alike", required=False)
        self.alike = {other: word for word in _names(part) for other in (part.texts(word) if part else ())}
        self.silent = set(fields.texts("silent", required=False))
        little = fields.inner("little", required=False)
        self.little = {
            kind: frozenset(little.texts(kind, required=False))
            for kind in (ACTIVITIES, ROLES)
            if little and kind in little
        }
        if little is not None:
            little.finish()
        self.teams: set[str] = set()
        self.activities = self._words(ACTIVITIES, "activity", [row.id for row in catalog.rows])
        self.roles = self._words(ROLES, "role", catalog.roles)
        fields.finish()

    def _words(self, name: str, what: str, known: Iterable[str]) -> _Words:
        found: _Words = {}
        taken: dict[str, str] = {}
        known = tuple(known)
        for part in self.fields.each(name, required=not self.own):
            id, words = part.text("is"), part.texts("words")
            if part.flag("several") and id in known:
                self.teams.add(id)
            part.finish()
            if self.own and id not in known:
                complain(part, "is", f"{id!r} is no {what} of this rulebook{part.problems.near(id, known)}")
            if id in found:
                complain(part, "is", f"{id!r} is given twice")
            for word in words:
                before = taken.setdefault(" ".join(word.casefold().split()), id)
                if before != id:
                    complain(part, "words", f"{word!r} is a wording of {before} already; it can belong to one only")
            found[id] = words
        return {id: words for id, words in found.items() if id in known}


def _policy(fields: Fields) -> tuple[LinedUp, Overload]:
    scores, shares = fields.inner("lined_up"), fields.inner("overload")
    lined_up = LinedUp(*_numbers(scores, ("sure", "likely", "perhaps")).values())
    overload = Overload(
        *_numbers(shares, ("share_of_accountable", "share_of_rows", "above_ours", "fewest_rows")).values()
    )
    if scores is not None and not 100 >= lined_up.sure >= lined_up.likely >= lined_up.perhaps >= 1:
        complain(fields, "lined_up", "must fall from sure over likely to perhaps, within 100 and 1")
    return lined_up, overload


def _numbers(part: Fields | None, names: tuple[str, ...]) -> Mapping[str, int]:
    found = {name: part.number(name, least=0) if part is not None else 0 for name in names}
    if part is not None:
        part.finish()
    return found


def _names(part: Fields | None) -> tuple[str, ...]:
    return tuple(name for name, _, _ in part.pairs()) if part is not None else ()


def _mapping(folder: Path, shown: str, name: str) -> Fields:
    file = f"{shown}/{name}"
    documents = compose(read_limited(folder / name), file)
    if len(documents) != 1 or not isinstance(documents[0][0], yaml.MappingNode):
        raise InputError([Problem(file, 1, "", "must hold one mapping")])
    return Fields(documents[0][0], "", Problems(file))

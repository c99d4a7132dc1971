"""What is wrong with the roles: columns that are empty, twice there, overloaded, or not held by one role."""

from __future__ import annotations

import re
from collections import defaultdict

from advisor.lint.look import Look, name_of, some
from advisor.lint.words import words_of
from advisor.model.found import ACCOUNTABLE, INFORMED, RESPONSIBLE, FoundRole

Column = tuple[frozenset[str], ...]

_INITIAL = re.compile(r"[A-Z]\.\s?(?:[A-Z]\.\s?)?[A-Z][^\W\d_]+(?:-[A-Z][^\W\d_]+)?")
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Miss)\.?\s+[A-Z][^\W\d_]+.*")
_PARTS = re.compile(r"\s*[/&+]\s*|\s+and\s+")
_HELD = re.compile(r"([^()]+)\s*\(([^()]+)\)")
_NAMED = re.compile(r"[A-ZÀ-Þ][^\W\d_A-Z]+")
_ASIDE = re.compile(r"\([^()]*\)")


def check_columns(look: Look) -> None:
    """Every check that looks at one role at a time, or at two of them."""
    columns = [
        tuple(frozenset(cells[at].letters) for cells in (row.cells for row in look.matrix.rows))
        for at in range(len(look.matrix.roles))
    ]
    for at, (role, column) in enumerate(zip(look.matrix.roles, columns, strict=True)):
        _check_column(look, at, role, column)
        _check_name(look, role, sum(ACCOUNTABLE in letters for letters in column))
    _check_load(look, columns)
    _check_same(look, columns)


def _check_column(look: Look, at: int, role: FoundRole, column: Column) -> None:
    filled = [letters for letters in column if letters]
    if not filled and not any(row.cells[at].unread for row in look.matrix.rows):
        look.note("empty_column", role.place, f"{name_of(role)} has no letter in any row", role=role.name)
    if len(filled) >= look.limit("only_informed", "least") and all(letters == {INFORMED} for letters in filled):
        look.note("only_informed", role.place, f"{name_of(role)} has {len(filled)} Is and nothing else", role=role.name)


def _check_name(look: Look, role: FoundRole, accountable: int) -> None:
    if _is_person(look, role.name):
        look.note("person_for_role", role.place, f"{role.name} is a person, not a role", role=role.name)
    if not accountable:
        return
    rows = "1 row" if accountable == 1 else f"{accountable} rows"
    if look.words.any("groups", role.name):
        look.note("group_answers", role.place, f"{name_of(role)} has A in {rows}", role=role.name)
    elif len(role.people) > 1 or _are_people(look, role.name):
        said = f"{name_of(role)} names two people and has A in {rows}"
        look.note("two_roles_in_column", role.place, said, role=role.name)
    elif len(role.people) != 1 and _is_two(look, role.name):
        look.note("two_roles_in_column", role.place, f"{name_of(role)} has A in {rows}", role=role.name)


def _is_person(look: Look, name: str) -> bool:
    if _INITIAL.fullmatch(name.strip()) or _TITLED.fullmatch(name.strip()):
        return True
    words = words_of(name)
    if not 1 <= len(words) <= 3 or words[0] not in look.words.first_names:
        return False
    return not any(look.words.any("role_words", word) or look.words.any("short_roles", word) for word in words)


def _are_people(look: Look, name: str) -> bool:
    """Whether a name is that of two people, alone or in brackets behind a role: `Ann / Ben`, `PM (Cy & Di)`."""
    inside = _HELD.fullmatch(name.strip())
    parts = [part.strip() for part in _PARTS.split(inside[2] if inside else name) if part.strip()]
    if len(parts) < 2:
        return False
    people = sum(_is_person(look, part) or _may_be_name(look, part) for part in parts)
    known = any(_is_person(look, part) for part in parts)
    return people == len(parts) and (known or inside is not None)


def _may_be_name(look: Look, text: str) -> bool:
    """Whether a text may be a first name: one word with a capital and small letters that says nothing else."""
    lists = ("role_words", "short_roles", "titles", "client", "support", "things", "acts")
    return _NAMED.fullmatch(text) is not None and not any(look.words.any(one, text) for one in lists)


def _is_two(look: Look, name: str) -> bool:
    """Whether each side of a slash, plus or `and` is a role by itself: `PM / Sponsor`, not `UX/UI designer`."""
    parts = [part.strip() for part in _PARTS.split(_ASIDE.sub("", name)) if part.strip()]
    return len(parts) > 1 and all(
        look.words.any("titles", part) or look.words.any("short_roles", part) for part in parts
    )


def _check_load(look: Look, columns: list[Column]) -> None:
    """The share of all As that one role has, and of all cells with A or R."""
    answers = [sum(ACCOUNTABLE in letters for letters in column) for column in columns]
    works = [sum(bool({ACCOUNTABLE, RESPONSIBLE} & letters) for letters in column) for column in columns]
    if len(columns) < 3 or len(look.matrix.rows) < look.limit("overloaded_role", "least"):
        return
    for role, answer, work in zip(look.matrix.roles, answers, works, strict=True):
        said = []
        if answer * 100 > look.limit("overloaded_role", "accountable_percent") * sum(answers):
            said.append(f"{answer} of {sum(answers)} As")
        if work * 100 > look.limit("overloaded_role", "working_percent") * sum(works):
            said.append(f"{work} of {sum(works)} cells with A or R")
        if said:
            look.note("overloaded_role", role.place, f"{name_of(role)} has {some(said)}", role=role.name)


def _check_same(look: Look, columns: list[Column]) -> None:
    """Roles of one name, and roles with the same letters in every row."""
    named: dict[tuple[str, ...], list[FoundRole]] = defaultdict(list)
    lettered: dict[Column, list[FoundRole]] = defaultdict(list)
    for role, column in zip(look.matrix.roles, columns, strict=True):
        if words_of(role.name):
            named[(role.group, *words_of(role.name))].append(role)
        does = any({ACCOUNTABLE, RESPONSIBLE} & letters for letters in column)
        if does and sum(bool(letters) for letters in column) >= look.limit("twin_roles", "least"):
            lettered[column].append(role)
    twice = [same for same in named.values() if len(same) > 1]
    for same in twice:
        others = some([role.place for role in same[:-1]])
        look.note(
            "duplicate_role", same[-1].place, f"{name_of(same[-1])} has a column at {others} too", role=same[-1].name
        )
    for same in lettered.values():
        if len(same) > 1 and same not in twice:
            names = some([name_of(role) for role in same])
            look.note("twin_roles", same[0].place, f"{names} have the same letters in every row", role=same[0].name)

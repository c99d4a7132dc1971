"""What a word on the command line means: an id, or a name as documents print it, of anything that can be explained."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from advisor.catalog.wordings import read_wordings
from advisor.errors import InputError, Problem, did_you_mean
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL

LETTERS = ("R", "A", "C", "I", "A/R")
_LONGEST, _MOST_HINTS, _MOST_NAMED = 100, 3, 10

Names = Mapping[str, Mapping[str, str]]  # printed name by id, by kind


class Meant(NamedTuple):
    """The kind of thing and its id, the key that names it, and the keys of others of the same id.

    The id of a cell is `row:role` or `row:role=letters`.
    """

    kind: str
    id: str
    key: str
    also: tuple[str, ...] = ()


def what_is_meant(catalog: Catalog, key: str) -> Meant:
    """What `key` names; InputError where that is nothing (with the nearest name) or several things (with all).

    An id goes before a printed name, that before what firms call a row or role, and a kind in front
    (`guardrail:no_owner`) tells things of one id apart.
    """
    if not key:
        return Meant("story", "", "")
    kinds = _kinds(catalog)
    found = _named(kinds, key) or _called(catalog, kinds, key)
    if found is not None:
        return found
    before, colon, rest = key.partition(":")
    kind = _folded(before)
    if colon and kind in kinds:
        inner = _named({kind: kinds[kind]}, rest.strip())
        if inner is None:
            raise _unknown(key, f"{rest.strip()[:_LONGEST]!r} is no {kind}{_near(rest, {kind: kinds[kind]})}")
        return Meant(kind, inner.id, f"{kind}:{inner.id}")
    if colon:
        return _cell(kinds, key)
    raise _unknown(
        key, f"is no model, finding, level, row, cell (row:role), role, question, guardrail or rule{_near(key, kinds)}"
    )


def _named(kinds: Names, key: str) -> Meant | None:
    exact = [kind for kind, names in kinds.items() if key in names]
    if exact:
        return Meant(exact[0], key, key, tuple(f"{kind}:{key}" for kind in exact[1:]))
    wanted = _folded(key)
    if not wanted:
        return None
    printed = [(kind, id) for kind, names in kinds.items() for id, name in names.items() if _folded(name) == wanted]
    found = printed or [(kind, id) for kind, names in kinds.items() for id in names if _folded(id) == wanted]
    if len(found) > 1:
        named = [f"{kind}:{id}" for kind, id in found]
        more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
        raise _unknown(key, f"names several things: {', '.join(named[:_MOST_NAMED])}{more}")
    for kind, id in found:
        alone = sum(id in names for names in kinds.values()) == 1
        return Meant(kind, id, id if alone else f"{kind}:{id}")
    return None


def _called(catalog: Catalog, kinds: Names, key: str) -> Meant | None:
    """The row or role that firms call so, by the wordings that matrices are compared by."""
    wanted = _folded(key)
    for kind, known in _names_of_firms(catalog).items():
        if wanted in known:
            return _named({kind: kinds[kind]}, known[wanted])
    return None


@lru_cache(maxsize=4)
def _names_of_firms(catalog: Catalog) -> Names:
    """The ids of rows and roles by what firms call them."""
    wordings = read_wordings(catalog)
    return {
        kind: {_folded(one): id for id, known in words.items() for one in known}
        for kind, words in (("row", wordings.activities), ("role", wordings.roles))
    }


def _folded(text: str) -> str:
    """The text without what people leave out: case, underscores, hyphens, quotation marks, the mark at the end."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").strip(" “”\"'?.!").split())


def _near(given: str, kinds: Names) -> str:
    """A hint at the nearest id or printed name, or at the names that have every word of what was given."""
    ids = dict.fromkeys(id for names in kinds.values() for id in names)
    printed = {_folded(name): name for names in kinds.values() for name in names.values() if name}
    said = frozenset(_folded(given[:_LONGEST]).split())
    having = [name for text, name in printed.items() if said and said <= set(text.split()) and len(text) <= _LONGEST]
    if having:
        return f" (did you mean {' or '.join(map(repr, having[:_MOST_HINTS]))}?)"
    hint = did_you_mean(_folded(given), printed)
    name = next((name for text, name in printed.items() if f"mean {text}?" in hint), "")
    # A name in several words is looked for among names, a single one among ids first.
    near = did_you_mean(given, ids)
    return f" (did you mean {name!r}?)" if name and (len(said) > 1 or not near) else near


def _kinds(catalog: Catalog) -> Names:
    guardrails = {rule.id: "" for table in catalog.guardrails for rule in table.rules}
    findings = {id: one.text for id, one in catalog.findings.items()} | {
        step.findings[0].id: step.findings[0].text for step in catalog.steps
    }
    return {
        "model": {id: one.name for id, one in catalog.models.items()},
        "finding": {**findings, MODEL: findings.get(MODEL, "")},
        "row": {one.id: one.name for one in catalog.rows},
        "question": {
            **{id: one.text for id, one in catalog.questions.items()},
            **{id: one.text for id, one in catalog.several.items()},
        },
        "guardrail": guardrails,
        "rule": {rule.id: "" for rule in catalog.rules() if rule.id not in guardrails},
        "role": {id: one.name for id, one in catalog.roles.items()},
    }


def _cell(kinds: Names, key: str) -> Meant:
    before, _, after = key.rpartition(":")
    said, equals, letters = (part.strip() for part in after.partition("="))
    row = _named({"row": kinds["row"]}, before.strip())
    if row is None:
        near = _near(before, {"row": kinds["row"], "kind": dict.fromkeys(kinds, "")})
        raise _unknown(key, f"{before[:_LONGEST]!r} is no row of the matrix{near}")
    role = _named({"role": kinds["role"]}, said)
    if role is None:
        known = _near(said, {"role": kinds["role"]}) or f" (known: {', '.join(kinds['role'])})"
        raise _unknown(key, f"{said[:_LONGEST]!r} is no role{known}")
    if equals and letters not in LETTERS:
        raise _unknown(key, f"{letters[:_LONGEST]!r} is none of {', '.join(LETTERS)}")
    id = f"{row.id}:{role.id}{equals}{letters}"
    return Meant("cell", id, id)


def _unknown(key: str, message: str) -> InputError:
    return InputError([Problem("explain", 0, key[:80], message)])

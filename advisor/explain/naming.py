"""What a word on the command line means: an id, or a name as documents print it, of anything that can be explained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from advisor.errors import InputError, Problem, did_you_mean
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL

LETTERS = ("R", "A", "C", "I", "A/R")

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

    An id goes before a printed name, and a kind in front (`guardrail:no_owner`) tells things of one id apart.
    """
    if not key:
        return Meant("story", "", "")
    kinds = _kinds(catalog)
    found = _named(kinds, key)
    if found is not None:
        return found
    before, colon, rest = key.partition(":")
    kind = _folded(before)
    if colon and kind in kinds:
        inner = _named({kind: kinds[kind]}, rest.strip())
        if inner is None:
            raise _unknown(key, f"{rest.strip()!r} is no {kind}{_near(rest, {kind: kinds[kind]})}")
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
    printed = [(kind, id) for kind, names in kinds.items() for id, name in names.items() if _folded(name) == wanted]
    found = printed or [(kind, id) for kind, names in kinds.items() for id in names if _folded(id) == wanted]
    if len(found) > 1:
        raise _unknown(key, f"names several things: {', '.join(f'{kind}:{id}' for kind, id in found)}")
    for kind, id in found:
        alone = sum(id in names for names in kinds.values()) == 1
        return Meant(kind, id, id if alone else f"{kind}:{id}")
    return None


def _folded(text: str) -> str:
    """The text without what people leave out: case, underscores, quotation marks, the mark at the end."""
    return " ".join(text.casefold().replace("_", " ").strip(" “”\"'?.!").split())


def _near(given: str, kinds: Names) -> str:
    """A hint at the nearest id, or at the nearest printed name."""
    ids = dict.fromkeys(id for names in kinds.values() for id in names)
    printed = {_folded(name): name for names in kinds.values() for name in names.values() if name}
    near = did_you_mean(given, ids)
    if near:
        return near
    hint = did_you_mean(_folded(given), printed)
    return next((f" (did you mean {name!r}?)" for key, name in printed.items() if f"mean {key}?" in hint), "")


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
        raise _unknown(key, f"{before!r} is no row of the matrix{near}")
    role = _named({"role": kinds["role"]}, said)
    if role is None:
        known = _near(said, {"role": kinds["role"]}) or f" (known: {', '.join(kinds['role'])})"
        raise _unknown(key, f"{said!r} is no role{known}")
    if equals and letters not in LETTERS:
        raise _unknown(key, f"{letters!r} is none of {', '.join(LETTERS)}")
    id = f"{row.id}:{role.id}{equals}{letters}"
    return Meant("cell", id, id)


def _unknown(key: str, message: str) -> InputError:
    return InputError([Problem("explain", 0, key[:80], message)])

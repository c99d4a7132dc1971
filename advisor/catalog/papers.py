"""Passages of the documents beside the matrix (charter, annex, transition plan, posting) from their YAML."""

from __future__ import annotations

import re
from functools import partial

import yaml

from advisor.catalog.fields import Fields
from advisor.catalog.rules import MOST_RANK, Effects, Known, complain, read_role
from advisor.errors import did_you_mean
from advisor.model.rules import MEASURES, PARTS, Effect, Passage

_BRACES = re.compile(r"\{([^{}]*)\}")
_NAMED = ("client", "go_live", "fixed_date", *MEASURES)  # what braces may hold besides roles
_WHO = "who_"
_ROLES = ("of", "who", "to")


def _passage(part: str, node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    inner = Fields(node, then.path(part), then.problems)
    wanted = PARTS[part]
    text, rank = inner.text("text"), inner.number("rank", least=1)
    if rank > MOST_RANK:
        complain(inner, "rank", f"must be at most {MOST_RANK}, not {rank}")
    given = {name: inner.text(name) for name in wanted}
    for name in _ROLES:
        if name in given:
            read_role(given[name], node, inner.path(name), inner.problems, known)
    for name, said in (("text", text), ("by", given.get("by", ""))):
        _check_braces(inner, name, said, known)
    inner.finish()
    return (Passage(part, text, rank, **given),)


def _check_braces(fields: Fields, name: str, text: str, known: Known) -> None:
    """Complain of braces that nothing can be put in place of."""
    for held in _BRACES.findall(text):
        role = held.removeprefix(_WHO)
        if held not in _NAMED and role not in known.roles:
            near = did_you_mean(held, (*_NAMED, *known.roles))
            complain(fields, name, f"{{{held}}} is neither a role nor one of {', '.join(_NAMED)}{near}")


PAPER_EFFECTS: Effects = {part: partial(_passage, part) for part in PARTS}

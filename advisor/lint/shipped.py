"""Checks, words and policies that ship with the product, from `rules/lint`; no advice depends on them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from advisor.catalog.fields import Fields, Problems
from advisor.catalog.folders import data_folder
from advisor.catalog.parts import read_claims
from advisor.catalog.rules import identifier, once, read_cites
from advisor.catalog.source import compose
from advisor.errors import InputError, Problem
from advisor.files import read_limited
from advisor.lint.values import Check, Policy
from advisor.model.findings import Claim

USUAL = "usual"
POLICIES = ("strict", USUAL, "lenient")


def folder() -> Path:
    """Where the shipped files are."""
    return data_folder("rules") / "lint"


def mapping(data: bytes, file: str) -> Fields:
    """The one mapping in a file; InputError without one."""
    documents = compose(data, file)
    if len(documents) != 1:
        raise InputError([Problem(file, 1, "", f"must hold one YAML document, not {len(documents)}")])
    fields = Fields(documents[0][0], "", Problems(file))
    fields.problems.raise_if_any()
    return fields


@cache
def claims() -> dict[str, Claim]:
    """The claims that checks cite."""
    path = data_folder("rules") / "claims.yaml"
    fields = mapping(read_limited(path), path.name)
    fields.text("source", "")
    return read_claims(fields)


@cache
def checks() -> dict[str, Check]:
    """Every check by id, in the order in which findings are told."""
    fields = mapping(read_limited(folder() / "checks.yaml"), "lint/checks.yaml")
    found: dict[str, Check] = {}
    for part in fields.each("checks"):
        cites, practice = read_cites(part, claims())
        limits = part.inner("limits", required=False)
        one = Check(
            id=identifier(part),
            title=part.text("title"),
            severity=part.text("severity"),
            why=part.text("why"),
            mend=part.text("mend"),
            cites=cites,
            practice=practice,
            limits={name: limits.number(name, least=1) for name, _, _ in limits.pairs()} if limits is not None else {},
        )
        once(part, "id", one.id, found, "a check")
        part.finish()
        found[one.id] = one
    fields.finish()
    fields.problems.raise_if_any()
    return found


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The lists of words by name."""
    fields = mapping(read_limited(folder() / "words.yaml"), "lint/words.yaml")
    found = {name: fields.texts(name) for name, _, _ in fields.pairs()}
    fields.problems.raise_if_any()
    return found


def bare() -> Policy:
    """What every policy starts from: each check as it is by itself."""
    known = checks()
    return Policy(
        id="",
        title="",
        severities={one.id: one.severity for one in known.values()},
        limits={one.id: dict(one.limits or {}) for one in known.values()},
        words=words(),
    )

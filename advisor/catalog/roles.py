"""Roles from their YAML: the columns of the matrix, when each is not there, and who then stands in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import yaml

from advisor.catalog.conditions import read_conditions
from advisor.catalog.fields import Fields
from advisor.catalog.rules import complain, identifier, once
from advisor.errors import did_you_mean
from advisor.model.rulebook import Role
from advisor.model.rules import SIDES, Condition, Variable


def read_roles(
    fields: Fields,
    variables: Mapping[str, Variable],
    parties: Collection[str],
    shipped: Mapping[str, Role] | None = None,
) -> dict[str, Role]:
    """The roles by id, in the order of the matrix's columns.

    `shipped` are those of the rulebook that this one extends: what a role does not say itself is as there, and
    roles that are not named stay, after the others.
    """
    roles: dict[str, Role] = {}
    below = shipped or {}
    parts: list[tuple[Fields, Role]] = []
    for part in fields.each("roles"):
        role_id = identifier(part)
        as_shipped = below.get(role_id)
        absent = _absent_when(part, variables)
        falls, answers = part.texts("falls_to", required=False), part.texts("answers_to", required=False)
        role = Role(
            role_id,
            part.text("name"),
            part.flag("manager"),
            part.texts("may_answer_for", required=False),
            absent,
            part.source,
            falls,
            answers or falls,
            part.texts("also", required=False),
        )
        if as_shipped is not None:
            role = _as_shipped(role, as_shipped, part)
        for name in part.texts("also", required=False):
            if parties and name not in parties:
                complain(part, "also", f"{name!r} is no party that can be there{did_you_mean(name, parties)}")
        once(part, "id", role.id, roles, "a role")
        part.finish()
        roles[role.id] = role
        parts.append((part, role))
    roles |= {name: role for name, role in below.items() if name not in roles}
    for part, role in parts:
        _check_falls(part, role, roles)
    for side in SIDES:
        if side not in roles or not roles[side].manager:
            complain(fields, "roles", f"must have {side}, with manager: true: evidence speaks for it (name it freely)")
    fields.finish()
    return roles


def _absent_when(fields: Fields, variables: Mapping[str, Variable]) -> tuple[tuple[Condition, ...], ...]:
    """When the role is not there: one set of conditions, or a list of them of which one is enough."""
    node = fields.get("absent_when")
    if node is None:
        return ()
    where = fields.path("absent_when")
    if not isinstance(node, yaml.SequenceNode):
        return (read_conditions(node, where, fields.problems, variables),)
    if not node.value:
        complain(fields, "absent_when", "names no condition; leave it out")
    return tuple(
        read_conditions(one, f"{where}[{number}]", fields.problems, variables)
        for number, one in enumerate(node.value, start=1)
    )


def _as_shipped(role: Role, shipped: Role, fields: Fields) -> Role:
    """The role with what its own mapping does not say taken from the rulebook that it extends."""
    answers_to = shipped.answers_to if "falls_to" not in fields else role.falls_to
    return replace(
        role,
        may_answer_for=role.may_answer_for if "may_answer_for" in fields else shipped.may_answer_for,
        absent_when=role.absent_when if "absent_when" in fields else shipped.absent_when,
        falls_to=role.falls_to if "falls_to" in fields else shipped.falls_to,
        answers_to=role.answers_to if "answers_to" in fields else answers_to,
        also=role.also if "also" in fields else shipped.also,
    )


def _check_falls(fields: Fields, role: Role, roles: Mapping[str, Role]) -> None:
    """Whoever stands in for the role is a role, another one, and no party whose own letters come back to it."""
    for name, behind in (("falls_to", role.falls_to), ("answers_to", role.answers_to)):
        for other in behind if name in fields else ():
            if other not in roles:
                complain(fields, name, f"{other!r} is none of {', '.join(roles)}{did_you_mean(other, roles)}")
            elif other == role.id:
                complain(fields, name, f"{other} cannot stand in for itself; name another role, or leave it out")
            elif not role.manager and role.id in _behind(other, roles):
                complain(fields, name, f"{other} falls back to {role.id}, so letters of both could be lost")


def _behind(name: str, roles: Mapping[str, Role]) -> set[str]:
    """Every role that the letters of one that is no manager can end up with."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        role = roles.get(waiting.pop())
        if role is not None and not role.manager:
            new = {*role.falls_to, *role.answers_to} - found
            found |= new
            waiting += sorted(new)
    return found

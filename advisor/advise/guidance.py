"""What goes with a recommendation: guardrails, what to look for in the people, how the reader's titles fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import because
from advisor.model.advice import GuardrailItem, PointItem, Profile, ProfileItem, RoleSense
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL, Guardrail, Look, Point, Rule, Sense, Table


class Guidance(NamedTuple):
    """What the tables after the matrix say, and the ids of the rules that spoke in them."""

    guardrails: tuple[GuardrailItem, ...] = ()
    points: tuple[PointItem, ...] = ()
    profiles: tuple[Profile, ...] = ()
    role_sense: RoleSense = RoleSense("", "")
    spoke: tuple[str, ...] = ()


def guardrails(table: Table, values: Mapping[str, str], evaluator: Evaluator) -> Guidance:
    """The guardrails of one table."""
    fired = evaluator.rules(table, values)
    items = tuple(
        GuardrailItem(rule.id, one.text, rule.id, rule.grounds, because(rule, values))
        for rule in fired
        for one in rule.effects
        if isinstance(one, Guardrail)
    )
    return Guidance(guardrails=items, spoke=_ids(fired))


def points(table: Table, values: Mapping[str, str], evaluator: Evaluator) -> Guidance:
    """What one table has for the brief."""
    fired = evaluator.rules(table, values)
    items = tuple(
        PointItem(
            kind=one.kind,
            text=one.text,
            rank=one.rank,
            who=one.who,
            trigger=one.trigger,
            action=one.action,
            due=one.due,
            rule=rule.id,
            says=rule.says,
            claims=rule.grounds,
            because=because(rule, values),
            inside=one.inside,
        )
        for rule in fired
        for one in rule.effects
        if isinstance(one, Point)
    )
    return Guidance(points=items, spoke=_ids(fired))


def profiles(catalog: Catalog, table: Table, values: Mapping[str, str], evaluator: Evaluator) -> Guidance:
    """What one table says to look for in whoever takes each staffed role."""
    fired = evaluator.rules(table, values)
    looks = [(rule, one) for rule in fired for one in rule.effects if isinstance(one, Look)]
    staffs = catalog.models[values[MODEL]].staffs
    items = (
        Profile(role, tuple(_look(catalog, rule, one) for rule, one in looks if one.role == role)) for role in staffs
    )
    return Guidance(profiles=tuple(items), spoke=_ids(fired))


def role_sense(catalog: Catalog, values: Mapping[str, str], evaluator: Evaluator) -> Guidance:
    """How the reader's own titles fit the columns."""
    fired = evaluator.rules(catalog.role_sense, values)
    note = " ".join(one.note for rule in fired for one in rule.effects if isinstance(one, Sense))
    means = values[catalog.role_sense.names[0]]
    return Guidance(role_sense=RoleSense(means, note, _ids(fired)), spoke=_ids(fired))


def together(parts: Sequence[Guidance]) -> Guidance:
    """What all tables say: the last one the sense of the roles, and one profile for each staffed role."""
    found: dict[str, tuple[ProfileItem, ...]] = {}
    for part in parts:
        for one in part.profiles:
            found[one.role] = found.get(one.role, ()) + one.competencies
    return Guidance(
        tuple(item for part in parts for item in part.guardrails),
        tuple(item for part in parts for item in part.points),
        tuple(Profile(role, items) for role, items in found.items()),
        parts[-1].role_sense,
        tuple(rule for part in parts for rule in part.spoke),
    )


def _ids(fired: tuple[Rule, ...]) -> tuple[str, ...]:
    return tuple(rule.id for rule in fired)


def _look(catalog: Catalog, rule: Rule, look: Look) -> ProfileItem:
    competency = catalog.competencies[look.competency]
    claims = tuple(dict.fromkeys(competency.cites + rule.grounds))
    return ProfileItem(competency.id, competency.text, claims, rule.says, rule.id)

"""Points for the brief from their YAML, and the parts that their tables are proven in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from math import prod

import yaml

from advisor.catalog.fields import Fields
from advisor.catalog.rules import MOST_RANK, Effects, Known, complain, read_role
from advisor.model.rules import POINTS, Effect, Point, Rule, Table, Variable

MOST_IN_A_PART = 2_000  # combinations; smaller parts are proven sooner, and more of them take more memory
_WHO = {"risk": "owner", "step": "who"}
_SHARED = ("step", "review")  # what a client's copy has too, so that one can be kept out of it


def _point(kind: str, node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    inner = Fields(node, then.path(kind), then.problems)
    text, rank = inner.text("what" if kind in ("risk", "step") else "text"), inner.number("rank", least=1)
    if rank > MOST_RANK:
        complain(inner, "rank", f"must be at most {MOST_RANK}, not {rank}")
    who = ""
    if kind in _WHO:
        who = read_role(inner.text(_WHO[kind]), node, inner.path(_WHO[kind]), inner.problems, known)
    trigger, action = (inner.text("trigger"), inner.text("action")) if kind == "risk" else ("", "")
    due = inner.text("by") if kind == "step" else ""
    inside = kind in _SHARED and inner.flag("inside")
    inner.finish()
    return (Point(kind, text, rank, who, trigger, action, due, inside),)


POINT_EFFECTS: Effects = {kind: partial(_point, kind) for kind in POINTS}


def by_reads(table: Table) -> tuple[Table, ...]:
    """The table in parts whose rules read much the same: what rules say by themselves needs no larger domain."""
    groups: dict[tuple[Variable, ...], list[Rule]] = {}
    for rule in sorted(table.rules, key=lambda rule: -_size(_read(table, [rule]))):
        wider = ((reads, _read(table, [*rules, rule])) for reads, rules in groups.items())
        fits = next(((old, new) for old, new in wider if _size(new) <= MOST_IN_A_PART), None)
        old, new = fits if fits is not None else ((), _read(table, [rule]))
        groups[new] = [*groups.pop(old, []), *(groups.pop(new, []) if new != old else []), rule]
    order = {rule.id: at for at, rule in enumerate(table.rules)}
    return tuple(
        replace(
            table,
            id=f"{table.id}_{at}" if at else table.id,
            reads=reads,
            rules=tuple(sorted(rules, key=lambda rule: order[rule.id])),
        )
        for at, (reads, rules) in enumerate(groups.items())
    )


def _read(table: Table, rules: Iterable[Rule]) -> tuple[Variable, ...]:
    read = {condition.variable for rule in rules for condition in rule.when}
    return tuple(one for one in table.reads if one.id in read)


def _size(reads: tuple[Variable, ...]) -> int:
    return prod(len(one.domain) for one in reads)

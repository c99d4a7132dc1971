"""Policies and waivers from YAML: every problem of a file at once, with its line."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache

import yaml

from advisor.catalog.fields import Fields, filled, scalar
from advisor.catalog.rules import complain
from advisor.errors import did_you_mean
from advisor.files import read_limited
from advisor.lint import shipped
from advisor.lint.values import ALLOWED, FORBIDDEN, OFF, SEVERITIES, TOGETHER, Check, Policy, Waiver


@cache
def policy_of(name: str) -> Policy:
    """One of the shipped POLICIES."""
    data = read_limited(shipped.folder() / "policies" / f"{name}.yaml")
    return policy_from(data, f"lint/policies/{name}.yaml", name)


def policy_from(data: bytes, file: str, name: str = "") -> Policy:
    """The policy in a file: what it says of checks, words and waivers, and for all else the one that it extends.

    Raises InputError with every problem found.
    """
    fields = shipped.mapping(data, file)
    extends = fields.text("extends", "")
    if extends and extends not in shipped.POLICIES:
        hint = did_you_mean(extends, shipped.POLICIES) or f" (known: {', '.join(shipped.POLICIES)})"
        complain(fields, "extends", f"{extends!r} is no policy{hint}")
    below = policy_of(extends) if extends in shipped.POLICIES and extends != name else shipped.bare()
    severities, limits = dict(below.severities), {check: dict(each) for check, each in below.limits.items()}
    title = fields.text("title", "")
    _read_checks(fields, severities, limits)
    words = _words(fields, dict(below.words))
    waivers = _waivers(fields)
    fields.finish()
    fields.problems.raise_if_any()
    return replace(
        below, id=name or file, title=title, severities=severities, limits=limits, words=words, waivers=waivers
    )


def waivers_from(data: bytes, file: str) -> tuple[Waiver, ...]:
    """The waivers in a file of their own; raises InputError with every problem found."""
    fields = shipped.mapping(data, file)
    fields.need("waivers")
    found = _waivers(fields)
    fields.finish()
    fields.problems.raise_if_any()
    return found


def _read_checks(fields: Fields, severities: dict[str, str], limits: dict[str, dict[str, int]]) -> None:
    part = fields.inner("checks", required=False)
    for name, key, value in part.pairs() if part is not None else ():
        assert part is not None
        check = shipped.checks().get(name)
        if check is None:
            hint = part.problems.near(name, shipped.checks()) or " (advisor lint --checks lists them)"
            part.problems.add(key, part.path(name), f"is no check{hint}")
        elif isinstance(value, yaml.MappingNode):
            inner = Fields(value, part.path(name), part.problems)
            node = inner.get("severity")
            if node is not None:
                severities[name] = _severity(node, check, inner)
            for limit in check.limits or {}:
                if inner.get(limit) is not None:
                    limits[name][limit] = _limit(inner, limit)
            inner.finish()
        else:
            severities[name] = _severity(value, check, part, name)


def _severity(node: yaml.Node, check: Check, part: Fields, field: str = "severity") -> str:
    value = scalar(node, part.path(field), part.problems)
    if not isinstance(node, yaml.ScalarNode):
        return OFF
    known = (*SEVERITIES, ALLOWED, FORBIDDEN) if check.id == TOGETHER else SEVERITIES
    if value not in known:
        hint = did_you_mean(value, known) or f" (known: {', '.join(known)})"
        part.problems.add(node, part.path(field), f"{value!r} is no severity{hint}")
    return value


def _limit(part: Fields, name: str) -> int:
    value = part.number(name, least=1)
    if name.endswith("percent") and value > 100:
        complain(part, name, f"must be a percentage of at most 100, not {value}")
    return value


def _words(fields: Fields, words: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    part = fields.inner("words", required=False)
    for name, key, _ in part.pairs() if part is not None else ():
        assert part is not None
        if name not in words:
            hint = part.problems.near(name, words) or f" (known: {', '.join(words)})"
            part.problems.add(key, part.path(name), f"is no list of words{hint}")
            continue
        words[name] += tuple(filled(node, part.path(name), part.problems) for node in part.nodes(name))
    return words


def _waivers(fields: Fields) -> tuple[Waiver, ...]:
    return tuple(_waiver(part) for part in fields.each("waivers", required=False))


def _waiver(part: Fields) -> Waiver:
    check = part.text("check")
    if check and check not in shipped.checks():
        hint = part.problems.near(check, shipped.checks()) or " (advisor lint --checks lists them)"
        complain(part, "check", f"{check!r} is no check{hint}")
    until = part.text("until", "")
    if until and not _is_date(until):
        complain(part, "until", f"{until!r} is no date; write it as 2027-01-31")
    found = Waiver(
        check=check,
        reason=part.text("reason"),
        file=part.source.file,
        line=part.source.line,
        matrix=part.text("matrix", ""),
        table=part.text("table", ""),
        row=part.text("row", ""),
        role=part.text("role", ""),
        until=until,
    )
    part.finish()
    return found


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

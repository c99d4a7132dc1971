"""Explanations as JSON, in the shape `advisor/explain-2`: the same values as the text, with ids instead of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from advisor.documents.advice.as_json import dumps
from advisor.explain import Comparison, Explanation
from advisor.explain.values import RuleLook
from advisor.model.advice import Advice
from advisor.model.rules import Source

SCHEMA = "advisor/explain-2"


def explanation_as_json(explanation: Explanation) -> str:
    """What was asked about, the recommendation, and everything that there is to say."""
    head = _head(explanation.advice, explanation.kind, explanation.key)
    return dumps({**head, explanation.kind: _value(explanation.body)}, indent=2) + "\n"


def comparison_as_json(before: Advice, comparison: Comparison) -> str:
    """What other answers change."""
    return dumps({**_head(before, "comparison", ""), "comparison": _value(comparison)}, indent=2) + "\n"


def _head(advice: Advice, kind: str, key: str) -> dict[str, Any]:
    recommendation = advice.recommendation
    return {
        "schema": SCHEMA,
        "kind": kind,
        "key": key,
        "engagement": {
            "id": advice.engagement.id,
            "name": advice.engagement.name,
            "client": advice.engagement.client,
        },
        "recommendation": {
            "status": recommendation.status,
            "model": recommendation.model,
            "share": _value(recommendation.share),
        },
        "rulebook": {"version": advice.version, "digest": advice.digest},
    }


def _value(value: Any) -> Any:
    """Dataclasses as mappings, tuples as lists, shares as figures up to 1; a rule's effects say their kind."""
    if isinstance(value, RuleLook):
        effects = [{"kind": type(effect).__name__.lower(), **_fields(effect)} for effect in value.effects]
        return {**_fields(value), "effects": effects}
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, Fraction):
        return round(float(value), 4)
    if isinstance(value, Mapping):
        return {name: _value(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_value(one) for one in value]
    return value


def _fields(value: Any) -> dict[str, Any]:
    named = {one.name: getattr(value, one.name) for one in fields(value)}
    return {name: _value(one) for name, one in named.items() if not isinstance(one, Source)}

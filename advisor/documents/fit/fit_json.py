"""Fit as JSON, in the shape that `schemas/fit-1.json` promises to other programs; nobody without the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from advisor.documents.advice.as_json import dumps
from advisor.model.advice import Reason
from advisor.model.fit import EngagementFit, Fit, Gap, Look

SCHEMA = "advisor/fit-1"
NOTE = "Advice for a conversation, no verdict; people in the order of their names. Not seen counts neither way."


def fits_as_dict(fits: Sequence[Fit]) -> dict[str, Any]:
    """Every key always present; what is not known is null or empty. At least one fit, all by the same rules."""
    return {
        "schema": SCHEMA,
        "note": NOTE,
        "people": [_person(fit) for fit in fits],
        "rulebook": {"version": fits[0].version, "digest": fits[0].digest},
    }


def fits_as_json(fits: Sequence[Fit]) -> str:
    """The contract as indented text."""
    return dumps(fits_as_dict(fits), indent=2) + "\n"


def _person(fit: Fit) -> dict[str, Any]:
    return {
        "person": {"id": fit.person.id, "name": fit.person.name},
        "status": fit.status,
        "result": fit.result,
        "candidates": list(fit.candidates),
        "title": fit.title,
        "reasons": [_reason(one) for one in fit.reasons],
        "roles": [
            {
                "role": role.role,
                "fit": role.fit,
                "possible": list(role.possible),
                "title": role.label,
                "reasons": [_reason(one) for one in role.reasons],
                "strengths": [
                    {"competency": one.competency, "rule": one.rule, "says": one.says, "claims": list(one.claims)}
                    for one in role.strengths
                ],
                "gaps": [_gap(one) for one in role.gaps],
                "more_gaps": role.more_gaps,
                "not_seen": [one.competency for one in role.not_seen],
            }
            for role in fit.roles
        ],
        "findings": {one.id: one.value for one in fit.findings},
        "seen": [
            {"competency": one.competency, "text": one.text, "step": one.step or None, "says": one.label}
            for one in fit.seen
        ],
        "look_next": [_look(one) for one in fit.settle],
        "engagement": _engagement(fit.engagement) if fit.engagement is not None else None,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "says": reason.says,
        "claims": list(reason.claims),
        "because": dict(reason.because),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "competency": gap.competency,
        "text": gap.text,
        "step": gap.step,
        "needs": gap.needs,
        "close": gap.close,
        "because": gap.because,
        "claims": list(gap.claims),
    }


def _look(look: Look) -> dict[str, str]:
    return {"competency": look.competency, "look": look.look}


def _engagement(engagement: EngagementFit) -> dict[str, Any]:
    return {
        "id": engagement.id,
        "name": engagement.name,
        "client": engagement.client,
        "model": engagement.model or None,
        "settled": engagement.settled,
        "roles": [
            {
                "role": role.role,
                "holds": role.holds,
                "looked_for": [
                    {
                        "competency": one.competency,
                        "needs": one.needs,
                        "step": one.step or None,
                        "met": one.met,
                        "because": one.because,
                    }
                    for one in role.looked_for
                ],
                "gaps": [_gap(one) for one in role.gaps],
                "not_seen": [_look(one) for one in role.not_seen],
            }
            for role in engagement.roles
        ],
    }

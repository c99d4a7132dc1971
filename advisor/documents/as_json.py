"""The advice as JSON, in the shape that `schemas/advice-1.json` promises to other programs."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from advisor.documents.edition import Edition
from advisor.model.advice import Advice, Matrix, Origin, Split

SCHEMA = "advisor/advice-1"


def advice_as_dict(advice: Advice) -> dict[str, Any]:
    """Every key always present but `people_gaps`, which comes with the people; what is not known is null or empty."""
    engagement, recommendation, orientation = advice.engagement, advice.recommendation, advice.orientation
    gaps = [
        {"person": one.person, "role": one.role, "competency": one.competency, "text": one.text}
        for one in advice.people_gaps
    ]
    return {
        "schema": SCHEMA,
        "engagement": {
            "id": engagement.id,
            "name": engagement.name,
            "client": engagement.client,
            "questionnaire": engagement.questionnaire,
            "answers": dict(engagement.answers),
            "people": dict(engagement.people),
            "dates": dict(engagement.dates),
            "provenance": {question: _origin(one) for question, one in engagement.origins.items()},
            "retired": dict(engagement.retired),
        },
        "recommendation": {
            "status": recommendation.status,
            "model": recommendation.model,
            "candidates": list(recommendation.candidates),
            "asks_for": recommendation.asks_for,
            "unstaffed": list(recommendation.unstaffed),
            "title": recommendation.title,
            "summary": recommendation.summary,
            "margin": recommendation.margin,
            "runner_up": recommendation.runner_up,
        },
        "orientation": {
            "delivery_manager": orientation.delivery_manager,
            "project_manager": orientation.project_manager,
            "band": orientation.band,
        },
        "findings": {finding.id: finding.value for finding in advice.findings},
        "split": _split(advice.split),
        "matrix": _matrix(advice.matrix),
        "evidence": [
            {
                "rule": item.rule,
                "says": item.says,
                "claims": list(item.claims),
                "because": dict(item.because),
                "favours": item.favours,
                "points": item.points,
            }
            for item in advice.evidence
        ],
        "profiles": [
            {
                "role": profile.role,
                "competencies": [
                    {"id": item.id, "text": item.text, "claims": list(item.claims), "because": item.because}
                    for item in profile.competencies
                ],
            }
            for profile in advice.profiles
        ],
        "guardrails": [
            {"id": item.id, "text": item.text, "rule": item.rule, "claims": list(item.claims)}
            for item in advice.guardrails
        ],
        **({"people_gaps": gaps} if gaps else {}),
        "unanswered": list(advice.unanswered),
        "set_aside": list(advice.set_aside),
        "role_sense": {"means": advice.role_sense.means, "note": advice.role_sense.note},
        "rulebook": {"version": advice.version, "digest": advice.digest},
    }


def write(advice: Advice, edition: Edition) -> str:
    """The contract as indented text, names readable as they were written."""
    return dumps(advice_as_dict(advice), indent=2) + "\n"


def dumps(value: Any, indent: int | None = None) -> str:
    """JSON that can always be encoded: names stay readable, half a surrogate pair is escaped."""
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent, ensure_ascii=True)
    return text


def advice_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that `advice_as_dict` keeps to."""
    return schema_of("advice")


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one of our outputs: `advice`, `explain`, `diff`, `portfolio` or `compare`."""
    schemas = (resources.files("advisor.documents") / "schemas").iterdir()
    file = next(one for one in schemas if one.name.rpartition("-")[0] == name)
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


def _origin(origin: Origin) -> dict[str, str]:
    """Where an answer comes from, under the names that the engagement file uses; what is not known is left out."""
    said = {
        "option": origin.option,
        "how": origin.how,
        "when": origin.when,
        "rulebook": origin.rulebook,
        "from": origin.source,
        "note": origin.note,
    }
    return {name: text for name, text in said.items() if text}


def _split(split: Split) -> dict[str, Any]:
    phases = [{"phase": part.phase, "lead": part.lead, "shares": dict(part.shares)} for part in split.phases]
    return {"overall": dict(split.overall), "phases": phases}


def _matrix(matrix: Matrix) -> dict[str, Any]:
    return {
        "roles": list(matrix.roles),
        "activities": [
            {
                "id": row.id,
                "name": row.name,
                "phase": row.phase,
                "cells": {cell.role: cell.letters for cell in row.cells if cell.letters},
                "rules": list(row.rules),
                "claims": list(row.claims),
            }
            for row in matrix.activities
        ],
        "left_out": [{"id": out.id, "reason": out.reason} for out in matrix.left_out],
    }

"""The advice as JSON, in the shape that `schemas/advice-2.json` promises to other programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction
from importlib import resources
from typing import Any

from advisor.advise.reader_words import in_words_of
from advisor.documents.shared.edition import Edition
from advisor.documents.shared.words import assumes
from advisor.model.advice import Advice
from advisor.model.agreed import Agreement
from advisor.model.engagement import Origin
from advisor.model.matrix import ActivityRow, Split
from advisor.model.stated import Matter, Stint

SCHEMA = "advisor/advice-2"


def advice_as_dict(advice: Advice) -> dict[str, Any]:
    """Every key always present but `people_gaps`, `money` and `agreed`, there where there is something to say.

    What is not known is null or empty.
    """
    advice = in_words_of(advice)
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
            **({"for": engagement.asked_by} if engagement.asked_by else {}),
            "questionnaire": engagement.questionnaire,
            "context": engagement.context,
            "answers": _answers(advice),
            "people": dict(engagement.people),
            "dates": dict(engagement.dates),
            "as_of": engagement.as_of,
            "times": {role: [_renamed(one) for one in stints] for role, stints in engagement.times.items()},
            "matters": [_renamed(one) for one in engagement.matters],
            **({"money": {**asdict(engagement.money)}} if engagement.money is not None else {}),
            **({"agreed": [agreement_as_dict(one) for one in engagement.agreed]} if engagement.agreed else {}),
            "provenance": {question: _origin(one) for question, one in engagement.origins.items()},
            "retired": dict(engagement.retired),
            "replaced": {
                question: {"question": old, "option": option} for question, (old, option) in engagement.replaced.items()
            },
        },
        "recommendation": {
            "status": recommendation.status,
            "model": recommendation.model,
            "share": share_of(recommendation.share),
            "shares": {model: share_of(share) for model, share in recommendation.shares.items()},
            "candidates": list(recommendation.candidates),
            "asks_for": recommendation.asks_for,
            "unstaffed": list(recommendation.unstaffed),
            "not_available": list(recommendation.not_available),
            "not_paid_for": list(recommendation.not_paid_for),
            "title": recommendation.title,
            "summary": recommendation.summary,
            "runner_up": recommendation.runner_up,
            "assumptions": [
                {
                    "question": one.question,
                    "answer": one.answer,
                    "leads_to": dict(one.leads_to),
                    "moves": share_of(one.moves),
                }
                for one in recommendation.assumptions
            ],
            "more_assumptions": recommendation.more_assumptions,
        },
        "orientation": {
            "delivery_manager": orientation.delivery_manager,
            "project_manager": orientation.project_manager,
            "band": orientation.band,
        },
        "levels": [
            {
                "measure": one.measure,
                "points": one.points,
                "level": one.level,
                "days": [one.fewest_days, one.most_days],
            }
            for one in advice.levels
        ],
        "findings": {finding.id: finding.value for finding in advice.findings},
        "split": _split(advice.split),
        "matrix": _matrix(advice),
        "evidence": [
            {
                "rule": item.rule,
                "says": item.says,
                "claims": list(item.claims),
                "because": dict(item.because),
                "favours": item.favours,
                "points": item.points,
                "measures": dict(item.measures),
                **_assumes(advice, item.rule),
            }
            for item in advice.evidence
        ],
        "profiles": [
            {
                "role": profile.role,
                "competencies": [
                    {
                        "id": item.id,
                        "text": item.text,
                        "claims": list(item.claims),
                        "because": item.because,
                        **_assumes(advice, item.rule),
                    }
                    for item in profile.competencies
                ],
            }
            for profile in advice.profiles
        ],
        "guardrails": [
            {
                "id": item.id,
                "text": item.text,
                "rule": item.rule,
                "claims": list(item.claims),
                **_assumes(advice, item.rule),
            }
            for item in advice.guardrails
        ],
        "points": [
            {
                "kind": item.kind,
                "text": item.text,
                "rank": item.rank,
                "who": item.who,
                "trigger": item.trigger,
                "action": item.action,
                "due": item.due,
                "rule": item.rule,
                "claims": list(item.claims),
                **({"about": dict(item.about)} if item.about else {}),
                **_assumes(advice, item.rule),
            }
            for item in advice.points
        ],
        **({"people_gaps": gaps} if gaps else {}),
        "assumed": dict(advice.assumed),
        "unanswered": list(advice.unanswered),
        "set_aside": list(advice.set_aside),
        "role_sense": {
            "means": advice.role_sense.means,
            "note": advice.role_sense.note,
            **_assumes(advice, *advice.role_sense.rules),
        },
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


def share_of(share: Fraction) -> float:
    """A share as a decimal of four digits: 1 only for all of it, 0 only for nothing."""
    if share in (0, 1):
        return float(share)
    return min(0.9999, max(0.0001, round(float(share), 4)))


def _answers(advice: Advice) -> dict[str, Any]:
    """The answers as an engagement file gives them: those with several options as a list where each has an answer."""
    answers: dict[str, Any] = dict(advice.engagement.answers)
    for name, several in advice.names.several.items():
        if all(part in answers for part in several.parts.values()):
            chosen = [option for option, part in several.parts.items() if answers[part] == "yes"]
            answers = {key: value for key, value in answers.items() if key not in several.parts.values()}
            answers[name] = chosen
    return answers


def _assumes(advice: Advice, *rules: str) -> dict[str, list[str]]:
    """The questions nobody answered on which these rules rest, where there are any."""
    questions = assumes(advice, *rules)
    return {"assumes": list(questions)} if questions else {}


def _renamed(stated: Matter | Stint) -> dict[str, Any]:
    """What was stated, with `from` for what is the start in code."""
    return {"from" if name == "start" else name: found for name, found in asdict(stated).items()}


def agreement_as_dict(one: Agreement) -> dict[str, Any]:
    """An agreement under the names that the engagement file uses; a role that is to have no letter has an empty one."""
    said = {"row": one.row, "letters": dict(one.letters), "by": list(one.by), "why": one.why}
    return {**said, **{name: day for name, day in (("on", one.on), ("until", one.until)) if day}}


def differing(row: ActivityRow) -> dict[str, Any]:
    """Where people agreed on other letters than the rules give: these of the rules by role, and who agreed."""
    ruled = {cell.role: cell.ruled for cell in row.cells if cell.agreed is not None}
    one = next((cell.agreed for cell in row.cells if cell.agreed is not None), None)
    return {**agreement_as_dict(one), "ruled": ruled} if one is not None else {}


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


def _matrix(advice: Advice) -> dict[str, Any]:
    matrix = advice.matrix
    return {
        "roles": list(matrix.roles),
        "activities": [
            {
                "id": row.id,
                "name": row.name,
                "phase": row.phase,
                "rank": row.rank,
                "cells": {cell.role: cell.letters for cell in row.cells if cell.letters},
                "rules": list(row.rules),
                "claims": list(row.claims),
                **({"agreed": said} if (said := differing(row)) else {}),
                **_assumes(advice, *(cell.rule for cell in row.cells if cell.letters)),
            }
            for row in matrix.activities
        ],
        "left_out": [{"id": out.id, "reason": out.reason, **_assumes(advice, out.rule)} for out in matrix.left_out],
    }

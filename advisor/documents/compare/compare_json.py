"""A comparison as JSON, in the shape that `schemas/compare-2.json` promises to other programs."""

from __future__ import annotations

from typing import Any

from advisor.compare.mapping import label
from advisor.compare.values import KINDS, Comparison, Difference, Lined, Load, MissingRole, Seat
from advisor.documents.advice.as_json import dumps

SCHEMA = "advisor/compare-2"


def write(found: Comparison, title: str = "", dated: str = "") -> str:
    """The contract as indented text; their rows, roles and parties are named by their place in the lists, from 0."""
    return dumps(comparison_as_dict(found, title, dated), indent=2) + "\n"


def comparison_as_dict(found: Comparison, title: str = "", dated: str = "") -> dict[str, Any]:
    """Every key always present; what there is none of is null or empty."""
    matrix, advice = found.matrix, found.advice
    seat = {one: at for at, one in enumerate(found.seats)}
    recommendation = advice.recommendation
    return {
        "schema": SCHEMA,
        "title": title,
        "dated": dated,
        "engagement": {"id": advice.engagement.id, "name": advice.engagement.name, "client": advice.engagement.client},
        "recommendation": {"status": recommendation.status, "model": recommendation.model},
        "matrix": {
            "file": matrix.file,
            "table": matrix.table,
            "vocabulary": matrix.vocabulary,
            "taken": list(matrix.taken),
            "passed_over": list(matrix.passed_over),
        },
        "rows": [
            {"activity": row.activity, "place": row.place, "phase": row.phase, **_lined(found.rows[at])}
            for at, row in enumerate(matrix.rows)
        ],
        "roles": [
            {"role": label(matrix, at), "place": role.place, "people": list(role.people), **_lined(found.roles[at])}
            for at, role in enumerate(matrix.roles)
        ],
        "parties": [_seat(one) for one in found.seats],
        "counts": {
            "compared": found.compared,
            "agreed": len(found.agreed),
            **{kind: len(found.of_kind(kind)) for kind in KINDS},
            "lacking": len(found.lacking),
            "needless": len(found.needless),
            "unknown": len(found.unknown),
            "overloaded": sum(bool(one.overloaded) for one in found.loads),
        },
        "agreed": list(found.agreed),
        "differences": [_difference(one, seat) for one in found.differences],
        "lacking": [
            {
                "activity": row.id,
                "name": row.name,
                "phase": row.phase,
                "cells": {cell.role: cell.letters for cell in row.cells if cell.letters},
                "rules": list(row.rules),
                "claims": list(row.claims),
            }
            for row in found.lacking
        ],
        "needless": [
            {"row": at, "activity": one.id, "reason": one.reason, "rule": one.rule} for at, one in found.needless
        ],
        "unknown": list(found.unknown),
        "loads": [_load(one, seat) for one in found.loads],
        "roles_theirs": [_missing(one, seat) for one in found.roles_theirs],
        "roles_ours": [_missing(one, seat) for one in found.roles_ours],
        "notes": list(found.notes),
        "policy": _policy(found),
        "rulebook": {"version": advice.version, "digest": advice.digest},
    }


def _lined(one: Lined) -> dict[str, Any]:
    return {
        "ours": list(one.ours),
        "confidence": one.how,
        "score": one.score,
        "by": one.by,
        "nearest": one.near or None,
    }


def _seat(one: Seat) -> dict[str, Any]:
    return {
        "name": one.name,
        "theirs": list(one.theirs),
        "ours": list(one.ours),
        "our_name": one.our_name,
        "staffed": one.staffed,
    }


def _difference(one: Difference, seat: dict[Seat, int]) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "row": one.row,
        "activity": one.activity,
        "party": seat[one.seat],
        "theirs": one.has,
        "ours": one.should,
        "instead_of": [
            {"party": seat[other], "ours": should} for other, should in zip(one.others, one.others_should, strict=True)
        ],
        "says": one.says,
        "rule": one.rule or None,
        "claims": list(one.claims),
    }


def _load(one: Load, seat: dict[Seat, int]) -> dict[str, Any]:
    return {
        "party": seat[one.seat],
        "accountable": dict(zip(("theirs", "ours"), one.accountable, strict=True)),
        "rows": dict(zip(("theirs", "ours"), one.rows, strict=True)),
        "overloaded": list(one.overloaded),
    }


def _missing(one: MissingRole, seat: dict[Seat, int]) -> dict[str, Any]:
    return {"party": seat[one.seat], "accountable": one.accountable, "responsible": one.responsible}


def _policy(found: Comparison) -> dict[str, Any]:
    lined, over = found.wordings.lined_up, found.wordings.overload
    return {
        "wordings": found.wordings.version,
        "version": found.wordings.policy_version,
        "measured": False,
        "lined_up": {"sure": lined.sure, "likely": lined.likely, "perhaps": lined.perhaps},
        "overload": {
            "share_of_accountable": over.share_of_accountable,
            "share_of_rows": over.share_of_rows,
            "above_ours": over.above_ours,
            "fewest_rows": over.fewest_rows,
        },
    }

"""A filled plan as JSON, in the shape that `schemas/fill-1.json` promises to other programs."""

from __future__ import annotations

from typing import Any

from advisor.compare.filling import OUTCOMES, FilledRow, Filling, Given
from advisor.compare.mapping import label
from advisor.compare.values import Seat
from advisor.documents.advice.as_json import dumps
from advisor.model.matrix import LeftOut

SCHEMA = "advisor/fill-1"


def filling_as_json(found: Filling) -> str:
    """The contract as indented text; parties are named by their place in `columns`, from 0."""
    return dumps(filling_as_dict(found), indent=2) + "\n"


def filling_as_dict(found: Filling) -> dict[str, Any]:
    """Every key always present; what there is none of is null or empty."""
    plan, advice, policy = found.plan, found.advice, found.wordings.lined_up
    column = {seat: at for at, (seat, _) in enumerate(found.columns)}
    return {
        "schema": SCHEMA,
        "engagement": {"id": advice.engagement.id, "name": advice.engagement.name, "client": advice.engagement.client},
        "recommendation": {"status": advice.recommendation.status, "model": advice.recommendation.model},
        "plan": {
            "file": plan.file,
            "table": plan.table,
            "taken": list(plan.taken),
            "passed_over": list(plan.passed_over),
        },
        "columns": [
            {
                "name": label(plan, at) if at is not None else seat.our_name,
                "added": at is None,
                "roles": list(seat.ours),
            }
            for seat, at in found.columns
        ],
        "rows": [_row(found, row, column) for row in found.rows],
        "counts": {"rows": len(found.rows), **{outcome: len(found.of(outcome)) for outcome in OUTCOMES}},
        "lacking": [{"activity": row.id, "name": row.name, "phase": row.phase} for row in found.lacking],
        "notes": list(found.notes),
        "policy": {"sure": policy.sure, "likely": policy.likely, "perhaps": policy.perhaps},
        "rulebook": {"version": advice.version, "digest": advice.digest},
    }


def _row(found: Filling, row: FilledRow, column: dict[Seat, int]) -> dict[str, Any]:
    theirs, lined = found.plan.rows[row.lined.at], row.lined
    return {
        "activity": theirs.activity,
        "place": theirs.place,
        "phase": theirs.phase,
        "outcome": row.outcome,
        "ours": row.ours.id if row.ours is not None else None,
        "confidence": lined.how,
        "score": lined.score,
        "by": lined.by,
        "nearest": lined.near or None,
        "reason": row.ours.reason if isinstance(row.ours, LeftOut) else "",
        "cells": [_cell(one, column) for one in row.given],
    }


def _cell(one: Given, column: dict[Seat, int]) -> dict[str, Any]:
    return {
        "column": column[one.seat],
        "letters": one.letters,
        "says": one.says,
        "rule": one.rule or None,
        "claims": list(one.claims),
    }

"""All that differs between two pieces of advice, whatever they are on: files, rulebooks or answers."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.model.advice import Advice

Change = tuple[str | None, str | None]  # what it was and is; None where one side does not have it
Changes = dict[str, Change]


def differences(before: Advice, after: Advice) -> dict[str, Changes]:
    """All that differs between two pieces of advice, by part; a part in which nothing does is empty."""
    return {
        "engagement": _changes(
            *({"name": one.engagement.name, "client": one.engagement.client} for one in (before, after))
        ),
        "rulebook": _changes(*({"version": one.version, "digest": one.digest} for one in (before, after))),
        "answers": _changes(before.engagement.answers, after.engagement.answers),
        "findings": _changes(*({finding.id: finding.value for finding in one.findings} for one in (before, after))),
        "recommendation": _changes(_recommendation(before), _recommendation(after)),
        "cells": _changes(_cells(before), _cells(after)),
        "guardrails": _changes(*({rail.id: rail.text for rail in one.guardrails} for one in (before, after))),
    }


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    keys = dict.fromkeys((*before, *after))
    return {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}


def _recommendation(advice: Advice) -> dict[str, str]:
    one, orientation = advice.recommendation, advice.orientation
    shares = ", ".join(f"{role} {share} %" for role, share in advice.split.overall.items())
    told = {
        "status": one.status,
        "model": one.model or "",
        "candidates": ", ".join(one.candidates),
        "unstaffed": ", ".join(one.unstaffed),
        "margin": "" if one.margin is None else str(one.margin),
        "orientation": orientation.band,
        "points": f"delivery_manager {orientation.delivery_manager}, project_manager {orientation.project_manager}",
        "overall split": shares,
    }
    return {name: text for name, text in told.items() if text}


def _cells(advice: Advice) -> dict[str, str]:
    return {
        f"{row.id}:{cell.role}": cell.letters for row in advice.matrix.activities for cell in row.cells if cell.letters
    }

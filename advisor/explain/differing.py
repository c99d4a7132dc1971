"""All that differs between two pieces of advice, whatever they are on: files, rulebooks or answers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from advisor.model.advice import Advice
from advisor.model.agreed import NONE, Agreement

Change = tuple[str | None, str | None]  # what it was and is; None where one side does not have it
Changes = dict[str, Change]


def differences(before: Advice, after: Advice) -> dict[str, Changes]:
    """All that differs between two pieces of advice, by part; a part in which nothing does is empty.

    `assumed` are open questions of which something else was assumed; those that one side answers are in `answers`.
    """
    answers = _changes(before.engagement.answers, after.engagement.answers)
    assumed = _changes(before.assumed, after.assumed)
    return {
        "engagement": _changes(
            *({"name": one.engagement.name, "client": one.engagement.client} for one in (before, after))
        ),
        "rulebook": _changes(*({"version": one.version, "digest": one.digest} for one in (before, after))),
        "answers": answers,
        "assumed": {name: both for name, both in assumed.items() if name not in answers},
        "levels": _changes(*({one.measure: one.level for one in side.levels} for side in (before, after))),
        "findings": _changes(*({finding.id: finding.value for finding in one.findings} for one in (before, after))),
        "recommendation": _changes(_recommendation(before), _recommendation(after)),
        "cells": _changes(_cells(before), _cells(after)),
        **_agreed(before, after),
        "guardrails": _changes(*({rail.id: rail.text for rail in one.guardrails} for one in (before, after))),
    }


def _agreed(before: Advice, after: Advice) -> dict[str, Changes]:
    """What people agreed, by row, where either side has anything of that kind."""
    sides = [{one.row: _agreement(one) for one in side.engagement.agreed} for side in (before, after)]
    return {"agreed": _changes(*sides)} if any(sides) else {}


def _agreement(one: Agreement) -> str:
    """`delivery_manager A, client_sponsor none; D. Osei; until 2027-06-30: the client has no board yet`."""
    letters = ", ".join(f"{role} {given or NONE}" for role, given in one.letters.items())
    days = (f"{word} {day}" for word, day in (("on", one.on), ("until", one.until)) if day)
    return f"{'; '.join((letters, ', '.join(one.by), *days))}: {one.why}"


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    keys = dict.fromkeys((*before, *after))
    return {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}


def _recommendation(advice: Advice) -> dict[str, str]:
    one, orientation = advice.recommendation, advice.orientation
    shares = ", ".join(f"{role} {share} %" for role, share in advice.split.overall.items())
    told = {
        "status": one.status,
        "share": percent(one.share),
        "model": one.model,
        "asks_for": one.asks_for,
        "not_available": ", ".join(one.not_available),
        "not_paid_for": ", ".join(one.not_paid_for),
        "orientation": orientation.band,
        "points": f"delivery_manager {orientation.delivery_manager}, project_manager {orientation.project_manager}",
        "overall split": shares,
    }
    return {name: text for name, text in told.items() if text}


def percent(share: Fraction) -> str:
    """The share in whole percents, rounded so that only what is certain is 100 % and only what is impossible 0 %."""
    whole = round(share * 100)
    return f"{min(max(whole, 1), 99) if 0 < share < 1 else whole} %"


def _cells(advice: Advice) -> dict[str, str]:
    return {
        f"{row.id}:{cell.role}": cell.letters for row in advice.matrix.activities for cell in row.cells if cell.letters
    }

"""Reviews as JSON, in the shape `advisor/review-1`, and as cases for build servers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from advisor.documents.advice.as_json import dumps
from advisor.documents.agreed.review_words import changed, overdue, risks, told_otherwise
from advisor.documents.shared.reports import ERROR, Case, Issue, RuleText
from advisor.review.values import Due, Reviewed

SCHEMA = "advisor/review-1"
CHANGED, OVERDUE = "no_longer_as_signed", "overdue"


def reviews_as_json(found: Sequence[Reviewed]) -> str:
    """Every engagement with what is no longer as signed, what is overdue, and what falls due."""
    return dumps({"schema": SCHEMA, "engagements": [_review(one) for one in found]}, indent=2) + "\n"


def _review(one: Reviewed) -> dict[str, Any]:
    signed, engagement = one.signed, one.advice.engagement
    return {
        "file": one.file,
        "id": engagement.id,
        "name": engagement.name,
        "reviewed": one.today,
        "stands": one.stands,
        "signed": {
            "file": signed.file,
            "on": signed.on,
            "by": list(signed.by),
            "until": signed.until,
            "rulebook": {"version": signed.version, "digest": signed.digest},
        }
        if signed is not None
        else None,
        "changes": [
            {
                "kind": each.key[0],
                "about": each.key[1],
                "was": each.was,
                "now": each.now,
                "moved_on": each.moved_on,
                "causes": [
                    {"kind": cause.kind, "about": cause.about, "was": cause.was, "now": cause.now}
                    for cause in each.causes
                ],
            }
            for each in one.changes
        ],
        "holders": [{"role": role, "was": was, "now": now} for role, was, now in one.holders],
        "misfits": [{"line": each.line, "message": each.message} for each in one.misfits],
        "idle": [each.row for each in one.idle],
        "overdue": [_due(each) for each in one.overdue],
        "coming": [_due(each) for each in one.coming],
        "rulebook": {"version": one.advice.version, "digest": one.advice.digest},
    }


def _due(one: Due) -> dict[str, Any]:
    return {"day": one.day, "kind": one.kind, "about": one.about, "who": list(one.who)}


def cases_of(found: Sequence[Reviewed]) -> list[Case]:
    """A case for each engagement; whatever has to be settled is an error."""
    return [Case(one.file, tuple(_issues(one))) for one in found]


def rule_texts() -> list[RuleText]:
    """What can be wrong, for the list of rules in SARIF."""
    return [
        RuleText(CHANGED, "Something is no longer as it was signed."),
        RuleText(OVERDUE, "A day is past on which something had to be settled."),
    ]


def _issues(one: Reviewed) -> list[Issue]:
    places = [*(each.line for each in one.misfits), *(each.line for each in one.overdue)]
    late = [
        Issue(one.file, OVERDUE, ERROR, what, line, help=do)
        for (what, do), line in zip(overdue(one), places, strict=True)
    ]
    lines = [(f"{what}: {was} became {now}. {because}", do) for what, was, now, because, do in changed(one)]
    lines += [(f"Risk. {what} {because}", do) for what, because, do in risks(one)]
    lines += [(told, "") for told in told_otherwise(one)]
    return late + [Issue(one.file, CHANGED, ERROR, said, help=do) for said, do in lines]

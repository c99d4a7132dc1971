"""A review as JSON, in the shape that `schemas/lint-1.json` promises to other programs."""

from __future__ import annotations

from typing import Any

from advisor.documents.advice.as_json import dumps
from advisor.documents.lint.lint_view import Failed
from advisor.lint.values import ERROR, INFO, WARNING, Check, Counts, Finding, Linted, Review, Waiver

SCHEMA = "advisor/lint-1"


def review_as_json(review: Review, failed: tuple[Failed, ...] = ()) -> str:
    """The contract as indented text; every key always present, what is not known is empty."""
    return dumps(review_as_dict(review, failed), indent=2) + "\n"


def review_as_dict(review: Review, failed: tuple[Failed, ...] = ()) -> dict[str, Any]:
    """What the schema describes. Findings name their check; what it says and rests on stands in `checks`."""
    met = {one.check for linted in review.matrices for one in linted.findings}
    return {
        "schema": SCHEMA,
        "policy": {"id": review.policy.id, "title": review.policy.title},
        "today": review.today,
        "totals": {
            "errors": review.count(ERROR),
            "warnings": review.count(WARNING),
            "infos": review.count(INFO),
            "waived": review.waived,
            "not_read": len(failed),
        },
        "matrices": [_matrix(one) for one in review.matrices],
        "waivers": [
            {**_waiver(one), "file": one.file, "line": one.line, "fate": fate, "findings": count}
            for one, fate, count in review.waivers
        ],
        "checks": [_check(check) for check in review.checks.values() if check.id in met],
        "not_read": [{"file": one.file, "reasons": list(one.reasons)} for one in failed],
    }


def _matrix(one: Linted) -> dict[str, Any]:
    return {
        "file": one.matrix.file,
        "table": one.matrix.table,
        "vocabulary": one.matrix.vocabulary,
        "taken": list(one.matrix.taken),
        "passed_over": list(one.matrix.passed_over),
        "roles": [role.name for role in one.matrix.roles],
        "counts": _counts(one.counts),
        "notes": list(one.notes),
        "findings": [_finding(finding) for finding in one.findings],
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "rows": counts.rows,
        "roles": counts.roles,
        "letters": dict(counts.letters),
        "rows_with_one_a": counts.one_accountable,
        "rows_without_a": counts.no_accountable,
        "rows_with_several_as": counts.several_accountable,
        "rows_without_r": counts.no_responsible,
        "rows_with_a_and_r_in_one_cell": counts.both_in_one_cell,
    }


def _finding(one: Finding) -> dict[str, Any]:
    waived = None if one.waiver is None else {"reason": one.waiver.reason, "until": one.waiver.until}
    return {
        "check": one.check,
        "severity": one.severity,
        "place": one.place,
        "row": one.row,
        "role": one.role,
        "message": one.message,
        "waived": waived,
    }


def _waiver(one: Waiver) -> dict[str, Any]:
    return {
        "check": one.check,
        "matrix": one.matrix,
        "table": one.table,
        "row": one.row,
        "role": one.role,
        "reason": one.reason,
        "until": one.until,
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "title": check.title,
        "why": check.why,
        "mend": check.mend,
        "cites": list(check.sources),
        "practice": check.practice,
    }

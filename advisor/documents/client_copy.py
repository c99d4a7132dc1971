"""The advice without the rows, steps, reviews and sums that are for the firm alone: for a client's copy."""

from __future__ import annotations

from dataclasses import replace

from advisor.advise.paid import days_in_all
from advisor.documents.shared.words import a, listed, role_name
from advisor.model.advice import Advice


def for_client(advice: Advice) -> Advice:
    """The same advice, less what the rulebook calls `inside`; a role that then has no letter has no column either."""
    rows = tuple(row for row in advice.matrix.activities if not row.inside)
    lettered = {cell.role for row in rows for cell in row.cells if cell.letters}
    managers = {id for id, role in advice.names.roles.items() if role.manager}
    return replace(
        advice,
        matrix=replace(
            advice.matrix,
            roles=tuple(role for role in advice.matrix.roles if role in lettered | managers),
            activities=rows,
        ),
        points=tuple(one for one in advice.points if not one.inside),
        engagement=replace(advice.engagement, money=None),
        summed=days_in_all(advice.engagement) > 0,
    )


def promised(advice: Advice) -> str:
    """What a client's copy promises that nobody can keep yet, in one sentence; empty where all can be kept."""
    one = advice.recommendation
    lacking = {"not available": one.not_available, "not paid for": one.not_paid_for}
    said = [
        f"{listed([a(role_name(advice, role)) for role in roles])} ({why})" for why, roles in lacking.items() if roles
    ]
    return f"this copy promises the client {listed(said)}; settle that before you send it" if said else ""

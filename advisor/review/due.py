"""What falls due in an engagement, and what is past: agreements, the sign-off, dates, people who leave, matters."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advise.stints import free_until, successor
from advisor.model.advice import Advice
from advisor.review.values import AGREED, DATE, LEAVES, MATTER, SIGNED, STAGE, Due, Signed

START, GO_LIVE = "start", "go_live"
_AFTER_LIVE = "in_service"
_AHEAD = "before_start"


def due_in(advice: Advice, signed: Signed | None, today: str) -> tuple[tuple[Due, ...], tuple[Due, ...]]:
    """What is overdue on the day `today`, and what is still to come, each in the order of time."""
    every = sorted(set(_all(advice, signed)), key=lambda one: (one.day, one.kind, one.about))
    past = tuple(one for one in every if one.day < today and _still_open(advice, one))
    return past, tuple(one for one in every if one.day >= today)


def _all(advice: Advice, signed: Signed | None) -> Iterator[Due]:
    engagement = advice.engagement
    if signed is not None and signed.until:
        yield Due(signed.until, SIGNED, "", signed.by)
    for one in engagement.agreed:
        if one.until:
            yield Due(one.until, AGREED, one.row, one.by, one.source.line)
    for name, day in engagement.dates.items():
        yield Due(day, DATE, name)
    for role in engagement.times:
        day = free_until(advice, role)
        if day and role in advice.matrix.roles:
            yield Due(
                day,
                LEAVES,
                role,
                tuple(name for name in (engagement.people.get(role), successor(advice, role)) if name),
            )
    for matter in engagement.matters:
        if matter.by:
            yield Due(matter.by, MATTER, matter.what, tuple(name for name in (matter.owner or matter.who,) if name))


def _still_open(advice: Advice, one: Due) -> bool:
    """Whether a day that is past asks for something: a date only where the answers speak as if it lay ahead."""
    if one.kind != DATE:
        return True
    stage = advice.engagement.answers.get(STAGE) or advice.assumed.get(STAGE, "")
    return {START: stage == _AHEAD, GO_LIVE: bool(stage) and stage != _AFTER_LIVE}.get(one.about, True)

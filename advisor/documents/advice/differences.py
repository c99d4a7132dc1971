"""What differs between two pieces of advice, in words for a terminal and as JSON in the shape `advisor/diff-2`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from advisor.documents.advice.as_json import dumps
from advisor.documents.shared.paint import NARROWEST, Paper
from advisor.documents.shared.words import (
    capital,
    clean,
    ended,
    listed,
    lower_first,
    model_name,
    role_name,
    value_words,
)
from advisor.explain.differing import Change, Changes, percent
from advisor.model.advice import Advice
from advisor.model.rules import DELIVERY_MANAGER, NOT_ASKED, ORIENTATION, PROJECT_MANAGER

SCHEMA = "advisor/diff-2"

# What is told of a recommendation: its label, and what one side says about it.
_TOLD: Mapping[str, tuple[str, Callable[[Advice], str]]] = {
    "status": ("How sure", lambda one: one.recommendation.status),
    "share": ("Share of what is open", lambda one: percent(one.recommendation.share)),
    "model": ("Model", lambda one: f"“{model_name(one, one.recommendation.model)}”"),
    "asks_for": ("The work asks for", lambda one: f"“{model_name(one, one.recommendation.asks_for)}”"),
    "not_available": ("Nobody available", lambda one: _roles(one, one.recommendation.not_available)),
    "not_paid_for": ("No money for", lambda one: _roles(one, one.recommendation.not_paid_for)),
    "orientation": ("Where the evidence leans", lambda one: value_words(one, ORIENTATION, one.orientation.band)[1]),
    "points": (
        "Points",
        lambda one: (
            f"{_role(one, DELIVERY_MANAGER)} {one.orientation.delivery_manager}, "
            f"{_role(one, PROJECT_MANAGER)} {one.orientation.project_manager}"
        ),
    ),
    "overall split": (
        "Overall split",
        lambda one: ", ".join(f"{_role(one, role)} {share} %" for role, share in one.split.overall.items()),
    ),
}


def differences_as_json(found: Mapping[str, Changes]) -> str:
    """Every part, those too in which nothing differs; each change as before and after."""
    said = {part: {key: list(both) for key, both in changes.items()} for part, changes in found.items()}
    return dumps({"schema": SCHEMA, **said}, indent=2) + "\n"


def differences_as_text(
    found: Mapping[str, Changes], before: Advice, after: Advice, width: int = 80, colour: bool = False
) -> str:
    """What `found` says of `before` and `after`, then the names of the parts that are the same; ANSI with `colour`."""
    paper = Paper(max(width, NARROWEST), colour)
    lines: list[str] = []
    for part, changes in found.items():
        if changes:
            lines += [paper.bold(part.capitalize()), *_part(part, changes, before, after, paper), ""]
    same = [part for part, changes in found.items() if not changes]
    if len(same) == len(found):
        lines += ["Nothing differs."]
    elif same:
        lines += paper.paragraph(f"The same in both: {', '.join(same)}.")
    return "\n".join(lines) + "\n"


def _part(part: str, changes: Changes, before: Advice, after: Advice, paper: Paper) -> list[str]:
    match part:
        case "guardrails":
            return paper.bullets(clean(_guardrail(id, change, before, after)) for id, change in changes.items())
        case "cells":
            said = _cells(changes, before, after)
        case "recommendation":
            said = [
                f"{label}: {_becomes(tell(before), tell(after))}" for label, tell in map(_TOLD.__getitem__, changes)
            ]
        case "agreed":
            names = {row.id: row.name for one in (before, after) for row in one.matrix.activities}
            said = [f"{names.get(id, id)}: {_becomes(*change)}" for id, change in changes.items()]
        case "answers" | "assumed" | "levels" | "findings":
            said = [_value(id, change, before, after) for id, change in changes.items()]
        case _:
            said = [f"{capital(key)}: {_becomes(*change)}" for key, change in changes.items()]
    return [line for one in said for line in paper.paragraph(f"- {clean(one)}", 2, hang=2)]


def _value(id: str, change: Change, before: Advice, after: Advice) -> str:
    """A question or finding in the words of the side that has it, and each side's value in that side's own."""
    asked, had = _side(id, change[0], before)
    asked_now, has = _side(id, change[1], after)
    asked = asked_now if change[0] is None else asked
    return f"{asked}{'' if asked.endswith('?') else ':'} {_becomes(capital(had), has)}"


def _side(id: str, value: str | None, advice: Advice) -> tuple[str, str]:
    """What is asked, and the value marked off; what was assumed says so."""
    assumed = advice.assumed.get(id)
    if value is None and assumed is not None:
        asked, said = value_words(advice, id, assumed)
        return asked, f"“{said}” (assumed)"
    if value is None:
        return value_words(advice, id, NOT_ASKED)
    asked, said = value_words(advice, id, value)
    return asked, f"“{said}”{' (assumed)' if assumed is not None else ''}"


def _cells(changes: Changes, before: Advice, after: Advice) -> list[str]:
    """Row by row, each role's letters; of a row that one side leaves out, all letters of the other."""
    rows = [{row.id: row.name for row in one.matrix.activities} for one in (before, after)]
    found: dict[str, list[str]] = {}
    for cell, (was, now) in changes.items():
        row, _, role = cell.partition(":")
        if row in rows[0] and row in rows[1]:
            found.setdefault(row, []).append(f"{_role(before, role)} {was or 'none'} to {now or 'none'}")
        else:
            found.setdefault(row, []).append(f"{_role(before, role)} {was or now}")
    return [
        f"{rows[0].get(row) or rows[1][row]}{_only(row in rows[0], row in rows[1])}: {', '.join(cells)}"
        for row, cells in found.items()
    ]


def _only(before: bool, after: bool) -> str:
    return "" if before and after else ", before only" if before else ", now only"


def _guardrail(id: str, change: Change, before: Advice, after: Advice) -> str:
    was, now = change
    what = "Comes in" if was is None else "Goes" if now is None else "Is put differently"
    assumed = " (assumed)" if (before if now is None else after).assuming.get(id) else ""
    return f"{what}: {ended(now or was or '')}{assumed} ({id})"


def _becomes(was: str | None, now: str | None) -> str:
    return f"{was or 'none'} becomes {now or 'none'}"


def _role(advice: Advice, role: str) -> str:
    return lower_first(role_name(advice, role))


def _roles(advice: Advice, roles: Sequence[str]) -> str:
    return listed([_role(advice, role) for role in roles])

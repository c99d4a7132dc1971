"""Effects of tables that go with a recommendation: phases, shares, guardrails, profiles and the sense of titles."""

from __future__ import annotations

import yaml

from advisor.catalog.fields import Fields, filled
from advisor.catalog.rules import Effects, Known, complain, read_role
from advisor.errors import did_you_mean
from advisor.model.rules import Effect, Guardrail, LeaveOut, Look, Sense, Shift


def _phases(fields: Fields, known: Known) -> tuple[str, ...]:
    named = fields.texts("phases")
    for name in named:
        if name not in known.phases:
            complain(fields, "phases", f"{name!r} is no phase{did_you_mean(name, known.phases)}")
    return named


def _leave_phases_out(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    inner = Fields(node, then.path("leave_out"), then.problems)
    effect = LeaveOut(inner.text("reason"), _phases(inner, known))
    inner.finish()
    return (effect,)


def _shift(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    inner = Fields(node, then.path("shift"), then.problems)
    to = read_role(inner.text("to"), node, inner.path("to"), inner.problems, known)
    effect = Shift(to, inner.number("points", least=1), _phases(inner, known))
    inner.finish()
    return (effect,)


def _guardrail(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    return (Guardrail(filled(node, then.path("guardrail"), then.problems)),)


def _sense(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    return (Sense(filled(node, then.path("sense"), then.problems)),)


def _look(node: yaml.Node, then: Fields, known: Known) -> tuple[Effect, ...]:
    inner = Fields(node, then.path("look"), then.problems)
    competency = inner.text("competency")
    if competency not in known.competencies:
        complain(inner, "competency", f"{competency!r} is no competency{did_you_mean(competency, known.competencies)}")
    effect = Look(read_role(inner.text("role"), node, inner.path("role"), inner.problems, known), competency)
    inner.finish()
    return (effect,)


PHASE_EFFECTS: Effects = {"leave_out": _leave_phases_out}
SPLIT_EFFECTS: Effects = {"shift": _shift}
GUARDRAIL_EFFECTS: Effects = {"guardrail": _guardrail}
PROFILE_EFFECTS: Effects = {"look": _look}
SENSE_EFFECTS: Effects = {"sense": _sense}

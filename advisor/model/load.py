"""How much of a manager's time engagements take: a stated policy that no advice depends on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

BUILD, SERVICE, THROUGHOUT = "build", "service", "throughout"
DURING = (BUILD, SERVICE, THROUGHOUT)


@dataclass(frozen=True, slots=True)
class LoadPhase:
    """What a phase takes of the model's managing work, in percent, and when it runs.

    `during` is build (start to go-live), service (go-live to end) or throughout; `time` is its part of the build, in
    percent.
    """

    percent: int
    during: str
    time: int = 0


@dataclass(frozen=True, slots=True)
class LoadModel:
    """The managing work of one engagement model by scale, in percent of one person in full time.

    `phases` are percents of that work where they differ from the policy's own.
    """

    work: Mapping[str, int]
    phases: Mapping[str, int]
    says: str
    cites: tuple[str, ...]
    practice: str


@dataclass(frozen=True, slots=True)
class LoadPolicy:
    """The policy of one rulebook; it names all its models and phases.

    `scale` is the finding that says how big the work is, `unknown` its value while that is not known. `overload` is
    what one person can carry in a month, in percent of full time.
    """

    version: str
    digest: str
    scale: str
    unknown: str
    months_without_end: int
    overload: int
    phases: Mapping[str, LoadPhase]
    models: Mapping[str, LoadModel]
    labels: Mapping[str, str] = field(default_factory=dict)

    def percent(self, model: str, phase: str) -> int:
        """What the phase takes of the model's managing work."""
        return self.models[model].phases.get(phase, self.phases[phase].percent)

"""What can be worked out after each block of questions, on the way from sums to the model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from advisor.model.findings import Finding, Topic
from advisor.model.rulebook import Catalog


@dataclass(frozen=True, slots=True)
class Stage:
    """What can be worked out once one more block is known: levels to cap, steps to take, what is still needed then."""

    names: tuple[str, ...]
    capped: tuple[str, ...]
    steps: tuple[Topic, ...]
    kept: tuple[str, ...]


def stages_of(catalog: Catalog, blocks: Iterable[tuple[str, ...]]) -> tuple[Stage, ...]:
    """One stage for each block, by the names of what it yields."""
    stages: list[Stage] = []
    had: tuple[str, ...] = ()
    waiting_levels = set(catalog.measures)
    waiting_steps = list(catalog.steps)
    known: set[str] = set()
    caps = {name: {one.variable for cap in found.caps for one in cap.when} for name, found in catalog.measures.items()}
    for block in blocks:
        names = (*had, *block)
        known |= set(block)
        capped = tuple(name for name in catalog.measures if name in waiting_levels & known and caps[name] <= known)
        waiting_levels -= set(capped)
        steps: list[Topic] = []
        while waiting_steps and set(waiting_steps[0].table.names) <= known - waiting_levels:
            step = waiting_steps.pop(0)
            steps.append(step)
            known.add(step.findings[0].id)
        needed = {name for step in waiting_steps for name in step.table.names} | waiting_levels
        needed = needed.union(*(caps[name] for name in waiting_levels))
        if not waiting_steps:
            needed = {catalog.recommend.findings[0].id}
        had = tuple(
            dict.fromkeys(name for name in (*names, *(step.findings[0].id for step in steps)) if name in needed)
        )
        stages.append(Stage(names, capped, tuple(steps), had))
    return tuple(stages)


def as_read(catalog: Catalog, finding: Finding) -> Finding:
    """The finding with those bands only that a step tells from the one below."""
    read = [
        one.allowed
        for step in catalog.steps
        for rule in step.table.rules
        for one in rule.when
        if one.variable == finding.id
    ]
    bands = [
        band
        for at, band in enumerate(finding.bands)
        if not at or any((band.value in allowed) != (finding.bands[at - 1].value in allowed) for allowed in read)
    ]
    return replace(finding, bands=tuple(bands))

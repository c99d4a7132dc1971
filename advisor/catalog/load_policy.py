"""The load policy of a rulebook, `load.yaml`: optional, and apart from all that advice depends on."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.catalog.fields import Fields
from advisor.catalog.rules import complain, read_cites
from advisor.errors import did_you_mean
from advisor.model.findings import Finding
from advisor.model.load import BUILD, DURING, LoadModel, LoadPhase, LoadPolicy

_MOST = 1_000  # percent: ten people to manage one engagement is a slip of the pen


def read_load(
    fields: Fields,
    digest: str,
    models: tuple[str, ...],
    phases: tuple[str, ...],
    findings: Mapping[str, Finding],
    claims: Mapping[str, object],
) -> LoadPolicy:
    """The policy in the file; what does not fit the rulebook's models, phases and findings is a problem."""
    scale = fields.text("scale")
    if scale not in findings:
        complain(fields, "scale", f"{scale!r} is no finding{did_you_mean(scale, findings)}")
    levels = findings[scale].values if scale in findings else ()
    unknown = fields.text("unknown")
    if levels and unknown not in levels:
        complain(fields, "unknown", f"{unknown!r} is none of {', '.join(levels)}{did_you_mean(unknown, levels)}")
    read_phases = _phases(fields, phases)
    policy = LoadPolicy(
        version=fields.text("version"),
        digest=digest,
        scale=scale,
        unknown=unknown,
        months_without_end=fields.number("months_without_end", least=0),
        overload=fields.number("overload", least=1),
        phases=read_phases,
        models=_models(fields, models, phases, levels, claims),
        labels=dict(findings[scale].labels) if scale in findings else {},
    )
    fields.finish()
    return policy


def _phases(fields: Fields, known: tuple[str, ...]) -> dict[str, LoadPhase]:
    found: dict[str, LoadPhase] = {}
    for part in fields.each("phases"):
        name = part.text("phase")
        _named(part, "phase", name, known, found)
        during = part.text("during")
        if during not in DURING:
            complain(part, "during", f"{during!r} is none of {', '.join(DURING)}{did_you_mean(during, DURING)}")
        time = part.number("time", least=0) if during == BUILD else 0
        found[name] = LoadPhase(_percent(part, "percent"), during, time)
        part.finish()
    _complete(fields, "phases", known, found)
    build = [one.time for one in found.values() if one.during == BUILD]
    if build and sum(build) != 100:
        complain(fields, "phases", f"the time of those during build must add to 100, not {sum(build)}")
    return found


def _models(
    fields: Fields,
    known: tuple[str, ...],
    phases: tuple[str, ...],
    levels: tuple[str, ...],
    claims: Mapping[str, object],
) -> dict[str, LoadModel]:
    found: dict[str, LoadModel] = {}
    for part in fields.each("models"):
        name = part.text("model")
        _named(part, "model", name, known, found)
        work = _percents(part.inner("work"))
        if levels and tuple(work) != levels:
            complain(part, "work", f"must name {', '.join(levels)}, in order")
        own = part.inner("phases", required=False)
        differing = _percents(own)
        for phase in differing:
            if own is not None and phase not in phases:
                complain(own, phase, f"is no phase{did_you_mean(phase, phases)}")
        cites, practice = read_cites(part, claims)
        found[name] = LoadModel(work, differing, part.text("says"), cites, practice)
        part.finish()
    _complete(fields, "models", known, found)
    return found


def _named(part: Fields, field: str, name: str, known: tuple[str, ...], found: Mapping[str, object]) -> None:
    if name not in known:
        complain(part, field, f"{name!r} is no {field} of this rulebook{did_you_mean(name, known)}")
    elif name in found:
        complain(part, field, f"{name!r} is given twice")


def _complete(fields: Fields, field: str, known: tuple[str, ...], found: Mapping[str, object]) -> None:
    missing = [name for name in known if name not in found]
    if missing and field in fields:
        complain(fields, field, f"must name {', '.join(missing)} too")


def _percents(part: Fields | None) -> dict[str, int]:
    return {name: _percent(part, name) for name, _, _ in part.pairs()} if part is not None else {}


def _percent(part: Fields, name: str) -> int:
    value = part.number(name, least=0)
    if value > _MOST:
        complain(part, name, f"{value} percent is more than {_MOST}; figures are percents of one person")
    return value

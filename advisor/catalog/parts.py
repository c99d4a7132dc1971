"""The parts of the rulebook other than its rules and roles: claims, phases, models, competencies, findings."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from advisor.catalog.conditions import read_conditions
from advisor.catalog.fields import Fields, filled, whole_number
from advisor.catalog.rules import Known, complain, identifier, once, read_cites, read_value
from advisor.errors import did_you_mean
from advisor.model.findings import Band, Claim, Finding
from advisor.model.rulebook import Cap, Competency, EngagementModel, Least, Measure, Phase, StandsIn
from advisor.model.rules import MEASURES, ORIENTATION, Variable


def read_claims(fields: Fields) -> dict[str, Claim]:
    """The claims by id, in file order."""
    claims: dict[str, Claim] = {}
    for part in fields.each("claims"):
        claim = Claim(part.text("id"), part.text("section"), part.text("text"), part.text("bears_on"), part.source)
        part.finish()
        once(part, "id", claim.id, claims, "a claim")
        claims[claim.id] = claim
    fields.finish()
    return claims


def read_phases(fields: Fields) -> tuple[Phase, ...]:
    """The phases in order; their weights add to 100."""
    phases: list[Phase] = []
    for part in fields.each("phases"):
        phase = Phase(identifier(part), part.text("name"), part.number("weight", least=0))
        once(part, "id", phase.id, [one.id for one in phases], "a phase")
        part.finish()
        phases.append(phase)
    if sum(phase.weight for phase in phases) != 100:
        fields.problems.add(fields.node, "phases", "weights must add to 100")
    return tuple(phases)


def read_models(fields: Fields, known: Known) -> dict[str, EngagementModel]:
    """The engagement models by id, in the order that breaks ties."""
    models: dict[str, EngagementModel] = {}
    for part in fields.each("models"):
        staffs = part.texts("staffs")
        for role in staffs:
            if role not in known.roles:
                part.problems.add(
                    part.node, part.path("staffs"), f"{role!r} is no role{did_you_mean(role, known.roles)}"
                )
        shares: dict[str, dict[str, int]] = {}
        inner = part.inner("shares")
        if inner is not None:
            for name, _, value in inner.pairs():
                shares[name] = _shares(Fields(value, inner.path(name), inner.problems), staffs)
            if tuple(shares) != known.phases:
                inner.problems.add(inner.node, inner.where, f"must name the phases {', '.join(known.phases)}, in order")
        when = part.get("only_when")
        column = part.text("column", "")
        if column and not all(staffs[0] in known.roles[role].falls_to for role in staffs[1:] if role in known.roles):
            complain(part, "column", f"heads one column, so every other role of the model must fall to {staffs[0]}")
        model = EngagementModel(
            identifier(part),
            part.text("name"),
            part.text("title"),
            part.text("summary"),
            part.text("watch"),
            staffs,
            shares,
            part.source,
            read_conditions(when, part.path("only_when"), part.problems, known.variables) if when is not None else (),
            column,
            _stands_in(part, staffs, known),
            part.text("headline", ""),
        )
        once(part, "id", model.id, models, "a model")
        part.finish()
        models[model.id] = model
    fields.finish()
    return models


def _stands_in(fields: Fields, staffs: tuple[str, ...], known: Known) -> StandsIn | None:
    """Who holds the letters of another manager of the model while some phases last."""
    part = fields.inner("stands_in", required=False)
    if part is None:
        return None
    found = StandsIn(part.text("for"), part.text("who"), part.texts("phases"))
    for name, value in (("for", found.role), ("who", found.who)):
        if value not in staffs:
            complain(part, name, f"{value!r} is none of {', '.join(staffs)}{did_you_mean(value, staffs)}")
    if found.role == found.who:
        complain(part, "who", f"{found.who} cannot stand in for itself")
    for phase in found.phases:
        if phase not in known.phases:
            hint = did_you_mean(phase, known.phases)
            complain(part, "phases", f"{phase!r} is none of {', '.join(known.phases)}{hint}")
    part.finish()
    return found


def _shares(fields: Fields, staffs: tuple[str, ...]) -> dict[str, int]:
    shares = {
        name: whole_number(value, fields.path(name), fields.problems, least=0) for name, _, value in fields.pairs()
    }
    if set(shares) != set(staffs):
        fields.problems.add(
            fields.node, fields.where, f"must give a share to {' and '.join(staffs)}, and to nobody else"
        )
    elif sum(shares.values()) != 100:
        fields.problems.add(fields.node, fields.where, "must add to 100")
    return shares


def read_competencies(fields: Fields, claims: Mapping[str, Claim]) -> dict[str, Competency]:
    """The competencies by id."""
    competencies: dict[str, Competency] = {}
    for part in fields.each("competencies"):
        competency_id = identifier(part)
        once(part, "id", competency_id, competencies, "a competency")
        cites, _ = read_cites(part, claims)
        competencies[competency_id] = Competency(competency_id, part.text("text"), cites)
        part.finish()
    fields.finish()
    return competencies


def read_finding(fields: Fields) -> Finding:
    """A finding: its values with labels, and either `otherwise` or `bands`."""
    finding_id = identifier(fields)
    labels: dict[str, str] = {}
    values = fields.inner("values")
    if values is not None:
        for name, key, value in values.pairs():
            read_value(key, name, values)
            labels[name] = filled(value, values.path(name), values.problems)
    bands: list[Band] = []
    inner = fields.inner("bands", required=False)
    if inner is not None:
        for name, _, value in inner.pairs():
            bands.append(Band(name, whole_number(value, inner.path(name), inner.problems)))
        if [band.value for band in bands] != list(labels):
            inner.problems.add(inner.node, inner.where, "must name the finding's values, in order")
        _rising(bands, inner)
    otherwise = fields.text("otherwise", "")
    if bands and otherwise:
        fields.problems.add(fields.node, fields.where, "has bands, so `otherwise` has no meaning")
    elif otherwise and otherwise not in labels:
        hint = did_you_mean(otherwise, labels)
        fields.problems.add(fields.node, fields.path("otherwise"), f"{otherwise!r} is none of its values{hint}")
    text, ordered = fields.text("text"), fields.flag("ordered")
    finding = Finding(finding_id, text, labels, ordered, otherwise, tuple(bands), fields.source)
    fields.finish()
    return finding


def _rising(bands: list[Band], fields: Fields) -> None:
    if any(low.at_least >= high.at_least for low, high in pairwise(bands)):
        fields.problems.add(fields.node, fields.where, "must rise from value to value")


def read_orientation(fields: Fields) -> Finding:
    """The bands of the orientation: each with the least lead that reaches it, and its label."""
    text = fields.text("text")
    bands: list[Band] = []
    labels: dict[str, str] = {}
    inner = fields.inner("bands")
    if inner is not None:
        for name, key, value in inner.pairs():
            read_value(key, name, inner)
            band = Fields(value, inner.path(name), inner.problems)
            bands.append(Band(name, band.number("at_least")))
            labels[name] = band.text("label")
            band.finish()
        _rising(bands, inner)
    fields.finish()
    return Finding(ORIENTATION, text, labels, True, "", tuple(bands), fields.source)


def read_measures(fields: Fields, variables: Mapping[str, Variable]) -> dict[str, Measure]:
    """The four sums of evidence: text, levels with points, days a week and label, and caps on the level."""
    inner = fields.inner("levels")
    bands: list[Band] = []
    labels: dict[str, str] = {}
    days: dict[str, tuple[float, float]] = {}
    for name, key, value in inner.pairs() if inner is not None else ():
        read_value(key, name, inner or fields)
        part = Fields(value, fields.path(f"levels.{name}"), fields.problems)
        bands.append(Band(name, part.number("at_least")))
        labels[name] = part.text("label")
        few, most = part.decimals("days", 2)
        before = list(days.values())[-1:]
        if few > most or any(few < fewest or most < highest for fewest, highest in before):
            complain(part, "days", "must not fall, neither from the fewest to the most nor from level to level")
        days[name] = few, most
        part.finish()
    if inner is not None:
        _rising(bands, inner)
        if len(bands) < 2 or bands[0].at_least > 0:
            inner.problems.add(inner.node, inner.where, "must have a level for no points at all, and one above it")
    measures: dict[str, Measure] = {}
    for name in MEASURES:
        part_or_none = fields.inner(name)
        if part_or_none is None:
            continue
        part = part_or_none
        finding = Finding(name, part.text("text"), labels, True, "", tuple(bands), part.source)
        caps = tuple(_cap(cap, labels, variables) for cap in part.each("caps", required=False))
        least = tuple(_least(one, variables) for one in part.each("least_days", required=False))
        part.finish()
        measures[name] = Measure(finding, caps, days, least)
    return measures


def read_paid_days(fields: Fields, variables: Mapping[str, Variable]) -> Mapping[str, Mapping[str, float]]:
    """The most days a week that are paid for, by option of the one question on it; nothing where none is named."""
    part = fields.inner("paid_days", required=False)
    found: dict[str, Mapping[str, float]] = {}
    if part is not None:
        question, options = part.text("question"), part.inner("at_most")
        if question not in variables:
            complain(part, "question", f"{question!r} is no question{did_you_mean(question, variables)}")
        known = variables[question].values if question in variables else ()
        days: dict[str, float] = {}
        for name, key, _ in options.pairs() if options is not None else ():
            if options is not None and name not in known:
                options.problems.add(key, options.path(name), f"is no option of it{did_you_mean(name, known)}")
            days[name] = options.decimals(name, 1)[0] if options is not None else 0
        found[question] = days
        part.finish()
    fields.finish()
    return found


def _cap(fields: Fields, levels: Mapping[str, str], variables: Mapping[str, Variable]) -> Cap:
    level = fields.text("level")
    if level not in levels:
        complain(fields, "level", f"{level!r} is none of {', '.join(levels)}{did_you_mean(level, levels)}")
    elif level == list(levels)[-1]:
        complain(fields, "level", f"{level!r} is the highest level, so it caps nothing")
    when = fields.need("when")
    conditions = read_conditions(when, fields.path("when"), fields.problems, variables) if when is not None else ()
    if when is not None and not conditions:
        complain(fields, "when", "names no condition; lower the bands instead")
    fields.finish()
    return Cap(level, conditions)


def _least(fields: Fields, variables: Mapping[str, Variable]) -> Least:
    (days,) = fields.decimals("days", 1)
    when = fields.need("when")
    conditions = read_conditions(when, fields.path("when"), fields.problems, variables) if when is not None else ()
    fields.finish()
    return Least(days, conditions)


def variable_of(finding: Finding, gaps: tuple[str, ...] = ()) -> Variable:
    """The finding as something that later tables read."""
    return Variable(finding.id, finding.values, gaps, finding.ordered)

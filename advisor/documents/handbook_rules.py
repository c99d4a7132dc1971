"""The way from answers to advice: topics, bands, recommendation, models, phases, split, and what is said besides."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from advisor.advise.split import build_split
from advisor.documents.handbook_view import Grid, GridRow, Item, Line, Section, line, link, said, small, strong
from advisor.documents.handbook_words import Wording, anchor, quoted, short_name, span
from advisor.documents.words import ended, listed, number
from advisor.model.rulebook import (
    DELIVERY_MANAGER,
    ORIENTATION,
    PROJECT_MANAGER,
    Band,
    Catalog,
    Conclude,
    EngagementModel,
    Finding,
    Look,
    Rule,
    Table,
    Topic,
)


def topics(catalog: Catalog, wording: Wording) -> Section:
    """Each topic with its findings and its rules."""
    return Section(
        "topics",
        "Topics",
        lines=(
            line(
                "Each topic reads a few questions and yields findings, and points for a delivery manager or a project "
                "manager."
            ),
        ),
        parts=tuple(_topic(wording, topic) for topic in catalog.topics),
    )


def _topic(wording: Wording, topic: Topic) -> Section:
    table = topic.table
    return Section(
        anchor("topic", table.id),
        table.title,
        id=table.id,
        lines=(wording.reads(table),),
        parts=(
            *(_finding(wording, finding, table.rules) for finding in topic.findings),
            Section(anchor("rules", table.id), "Rules", items=wording.rules(table)),
        ),
    )


def _finding(wording: Wording, finding: Finding, rules: tuple[Rule, ...]) -> Section:
    order = "Values, from least to most" if finding.ordered else "Values, in no order"
    if finding.bands:
        return Section(
            anchor("finding", finding.id),
            finding.text,
            id=finding.id,
            lines=(line(f"{order}, by the points of the rules below that count towards it."),),
            grid=bands(finding, "Points", finding.bands),
        )
    otherwise = f" {quoted(finding.labels[finding.otherwise])} when no rule speaks." if finding.otherwise else ""
    return Section(
        anchor("finding", finding.id),
        finding.text,
        id=finding.id,
        lines=(line(f"{order}, as the rules below conclude.{otherwise}"),),
        items=tuple(
            Item(line(said(label), " ", small(value), *_by(wording, concluding(rules, finding.id, value))))
            for value, label in finding.labels.items()
        ),
    )


def concluding(rules: Iterable[Rule], finding: str, value: str) -> list[Rule]:
    """The rules that give the finding this value."""
    return [rule for rule in rules if Conclude(finding, value) in rule.effects]


def _by(wording: Wording, rules: list[Rule]) -> tuple[Line, ...]:
    return (line(": "), wording.rule_links(rules)) if rules else ()


def bands(finding: Finding, what: str, steps: tuple[Band, ...]) -> Grid:
    """Each value with the numbers that lead to it."""
    tops = [high.at_least - 1 for _, high in pairwise(steps)]
    lows = [None, *(band.at_least for band in steps[1:])]
    return Grid(
        (line(short_name(finding)), line(what)),
        tuple(
            GridRow((line(said(finding.labels[band.value]), " ", small(band.value)), line(span(low, top))))
            for band, low, top in zip(steps, lows, [*tops, None], strict=True)
        ),
        wordy=True,
    )


def orientation(catalog: Catalog, wording: Wording) -> Section:
    """The bands that the two sums of points fall into."""
    finding = catalog.findings[ORIENTATION]
    dm, pm = wording.role(DELIVERY_MANAGER), wording.role(PROJECT_MANAGER)
    return Section(
        anchor("finding", ORIENTATION),
        "Orientation",
        id=ORIENTATION,
        lines=(
            line(said(finding.text)),
            line(said(f"All points for {dm} less all points for {pm}, over all topics:")),
        ),
        grid=bands(finding, "Difference", catalog.bands),
    )


def work_asks_for(catalog: Catalog, wording: Wording) -> Section:
    """The first step of the recommendation."""
    return _step(catalog, wording, catalog.asks_for, "work-asks-for", ())


def recommendation(catalog: Catalog, wording: Wording) -> Section:
    """The second step of the recommendation."""
    most = number(catalog.too_little_above)
    limits = line(
        f"While answers are missing, up to {most} models may remain possible; with more than {most} there is no "
        "recommendation."
    )
    return _step(catalog, wording, catalog.recommend, "recommendation", (limits,))


def _step(catalog: Catalog, wording: Wording, step: Topic, to: str, more: tuple[Line, ...]) -> Section:
    finding = step.findings[0]
    return Section(
        to,
        step.table.title,
        id=finding.id,
        lines=(
            line(said(finding.text), " Exactly one of these rules speaks."),
            wording.reads(step.table),
            *more,
        ),
        parts=tuple(
            Section(
                anchor(to, model.id),
                model.name,
                id=model.id,
                items=tuple(wording.rule(rule) for rule in concluding(step.table.rules, finding.id, model.id)),
            )
            for model in catalog.models.values()
            if concluding(step.table.rules, finding.id, model.id)
        ),
    )


def models(catalog: Catalog, wording: Wording) -> Section:
    """The engagement models with their shares by phase."""
    return Section(
        "models",
        "Engagement models",
        lines=(
            line(
                "The ways to staff an engagement, in the order that settles ties. Shares are percents of the managing "
                "work, before the ",
                link("split rules", "split"),
                " move them, and are policy; the whole is for an engagement that has all phases before it.",
            ),
        ),
        parts=tuple(_model(catalog, wording, model) for model in catalog.models.values()),
    )


def _model(catalog: Catalog, wording: Wording, model: EngagementModel) -> Section:
    split = build_split(model, catalog.phases, ())
    rows = [
        GridRow(
            (
                line(said(phase.name)),
                line(said(catalog.roles[part.lead].name)),
                *(line(str(part.shares[role])) for role in model.staffs),
            )
        )
        for phase, part in zip(catalog.phases, split.phases, strict=True)
    ]
    whole = GridRow((line(strong("The whole")), (), *(line(strong(str(split.overall[role]))) for role in model.staffs)))
    names = [catalog.roles[role].name for role in model.staffs]
    return Section(
        anchor("model", model.id),
        model.name,
        id=model.id,
        lines=(
            line(strong(ended(model.title))),
            line(said(model.summary)),
            line(strong("Watch:"), " ", said(ended(model.watch))),
            line(said(f"Staffs {listed([wording.role(role) for role in model.staffs])}.")),
        ),
        grid=Grid((line("Phase"), line("Led by"), *(line(said(name)) for name in names)), (*rows, whole)),
    )


def phases(catalog: Catalog, wording: Wording) -> Section:
    """The phases with their weights, and the rules that leave them out."""
    return Section(
        "phases",
        "Phases",
        lines=(
            line(
                "Each phase and its weight in the whole split, which is policy. The rules beneath leave out phases, and "
                "all their rows with them."
            ),
            wording.reads(catalog.phase_rules),
        ),
        grid=Grid(
            (line("Phase"), line("Weight")),
            tuple(
                GridRow((line(said(phase.name), " ", small(phase.id)), line(str(phase.weight))))
                for phase in catalog.phases
            ),
        ),
        items=wording.rules(catalog.phase_rules),
    )


def split(catalog: Catalog, wording: Wording) -> Section:
    """What moves shares from one manager to the other."""
    return Section(
        "split",
        "Split rules",
        lines=(
            line("What moves shares between two managers, starting from the ", link("model's shares", "models"), "."),
            wording.reads(catalog.split),
        ),
        items=wording.rules(catalog.split),
    )


def guardrails(catalog: Catalog, wording: Wording) -> Section:
    """Advice on risks, table by table."""
    lead = line("Advice on risks that the recommendation carries. Each rule that fires adds its text.")
    return Section("guardrails", "Guardrails", (lead,), parts=_tables(wording, catalog.guardrails))


def profiles(catalog: Catalog, wording: Wording) -> Section:
    """What to look for in people: the competencies, and the rules that ask for them."""
    rules = [rule for table in catalog.profiles for rule in table.rules]
    return Section(
        "profiles",
        "Profiles and competencies",
        lines=(line("What to look for in the person who takes a role. Each rule that fires asks for one competency."),),
        parts=(
            Section(
                "competencies",
                "Competencies",
                items=tuple(
                    Item(
                        line(said(ended(one.text)), " ", wording.grounds(one.cites), " ", small(one.id)),
                        says=line("Asked for by ", wording.rule_links(_looking(rules, one.id)), "."),
                        anchor=anchor("look", one.id),
                    )
                    for one in catalog.competencies.values()
                ),
            ),
            *_tables(wording, catalog.profiles),
        ),
    )


def _looking(rules: list[Rule], competency: str) -> list[Rule]:
    return [
        rule
        for rule in rules
        if any(isinstance(effect, Look) and effect.competency == competency for effect in rule.effects)
    ]


def _tables(wording: Wording, tables: tuple[Table, ...]) -> tuple[Section, ...]:
    return tuple(
        Section(
            anchor("table", table.id), table.title, (wording.reads(table),), items=wording.rules(table), id=table.id
        )
        for table in tables
    )


def role_sense(catalog: Catalog, wording: Wording) -> Section:
    """The notes on what the reader's titles mean."""
    table = catalog.role_sense
    return Section(
        "role-sense",
        table.title,
        lines=(line("The note at the top of the advice, when the reader's titles differ."), wording.reads(table)),
        items=wording.rules(table),
    )

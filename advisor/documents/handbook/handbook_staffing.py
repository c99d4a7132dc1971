"""What the recommendation leads to: models with their shares, phases, split, guardrails, profiles, role names."""

from __future__ import annotations

from advisor.advise.split import build_split
from advisor.documents.handbook.handbook_view import Grid, GridRow, Item, Section, line, link, said, small, strong
from advisor.documents.handbook.handbook_words import Wording, anchor
from advisor.documents.shared.words import clean, ended, listed, lower_first
from advisor.model.load import BUILD
from advisor.model.rulebook import Catalog, EngagementModel
from advisor.model.rules import Look, Rule, Table


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
                "Each phase and its weight in the whole split, which is policy. The rules beneath leave out phases, "
                "and all their rows with them."
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


def load(catalog: Catalog, wording: Wording) -> tuple[Section, ...]:
    """How much of a manager's time engagements take; nothing where the rulebook states no policy."""
    policy = catalog.load
    if policy is None:
        return ()
    names = {phase.id: phase.name for phase in catalog.phases}
    work = tuple(
        GridRow((line(said(catalog.models[id].name)), *(line(str(value)) for value in one.work.values())))
        for id, one in policy.models.items()
    )
    models = tuple(
        Item(
            line(
                strong(catalog.models[id].name),
                ": ",
                said(ended(one.says)),
                " ",
                wording.grounds(one.cites, one.practice),
            ),
            says=line(
                said(
                    " ".join(f"{names[phase]} takes {value} percent of it here." for phase, value in one.phases.items())
                )
            ),
        )
        for id, one in policy.models.items()
    )
    phases = tuple(
        Item(
            line(
                strong(names[id]),
                f": {one.percent} percent of it, {_DURING[one.during]}",
                f"; it takes {one.time} percent of that time." if one.during == BUILD else ".",
            )
        )
        for id, one in policy.phases.items()
    )
    levels = tuple(line(said(label.capitalize())) for label in policy.labels.values())
    return (
        Section(
            "load",
            "Managers' time",
            lines=(
                line(
                    "What a portfolio counts people by; no advice depends on it. Managing work in percent of one "
                    "person in full time, by model and by ",
                    link(catalog.findings[policy.scale].text, anchor("finding", policy.scale)),
                    f" (taken as {lower_first(policy.labels[policy.unknown])} while that is not known). A role's time "
                    "in a phase is that work, times the phase's percent, times the role's share of the phase in the ",
                    link("split", "split"),
                    ".",
                ),
                line(
                    f"It is policy, not measurement; version {clean(policy.version)}, digest {policy.digest}. "
                    f"Without an end, {policy.months_without_end} months of service are counted. More than "
                    f"{policy.overload} percent in any month is overload."
                ),
            ),
            grid=Grid((line("Model"), *levels), work),
            items=models,
            parts=(Section("load-phases", "What a phase takes of it", items=phases),),
        ),
    )


_DURING = {BUILD: "from start to go-live", "service": "from go-live to end", "throughout": "from start to end"}


def guardrails(catalog: Catalog, wording: Wording) -> Section:
    """Advice on risks, table by table."""
    lead = line("Advice on risks that the recommendation carries. Each rule that fires adds its text.")
    return Section("guardrails", "Guardrails", (lead,), parts=_tables(wording, catalog.guardrails))


def for_the_brief(catalog: Catalog, wording: Wording) -> tuple[Section, ...]:
    """Facts, first steps, risks and reviews, table by table; nothing in a rulebook without any."""
    if not catalog.points:
        return ()
    lead = line(
        "A brief prints the facts, first steps, risks and reviews of highest rank among the rules that fire. What "
        "stands in braces is replaced by the client's name or by whoever holds that role."
    )
    return (Section("brief", "Points for the brief", (lead,), parts=_tables(wording, catalog.points)),)


def papers(catalog: Catalog, wording: Wording) -> tuple[Section, ...]:
    """Passages of the documents beside the matrix, table by table; nothing in a rulebook without any."""
    if not catalog.papers:
        return ()
    lead = line(
        "A charter, an annex, a transition plan and a posting are made of the passages of the rules that fire, the "
        "highest rank first."
    )
    return (Section("papers", "Passages of other documents", (lead,), parts=_tables(wording, catalog.papers)),)


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

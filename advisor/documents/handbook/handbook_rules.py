"""The way from answers to a recommendation: topics with their findings and rules, orientation, the steps."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from advisor.documents.handbook.handbook_levels import can_staff
from advisor.documents.handbook.handbook_view import Grid, GridRow, Item, Line, Section, line, link, said, small
from advisor.documents.handbook.handbook_words import Wording, anchor, quoted, short_name, span
from advisor.documents.shared.words import capital, listed
from advisor.model.findings import Band, Finding, Topic
from advisor.model.rulebook import Catalog
from advisor.model.rules import MEASURES, ORIENTATION, SIDES, Conclude, Rule


def topics(catalog: Catalog, wording: Wording) -> Section:
    """Each topic with its findings and its rules."""
    return Section(
        "topics",
        "Topics",
        lines=(
            line(
                "Each topic reads a few questions and yields findings, and points for the four kinds of ",
                link("work", "levels"),
                ".",
            ),
        ),
        parts=tuple(topic_section(wording, topic) for topic in catalog.topics),
    )


def topic_section(wording: Wording, topic: Topic) -> Section:
    """One topic with its findings and its rules."""
    table = topic.table
    return Section(
        wording.anchor("topic", table.id),
        table.title,
        id=table.id,
        lines=(wording.reads(table),),
        parts=(
            *(_finding(wording, finding, table.rules) for finding in topic.findings),
            Section(wording.anchor("rules", table.id), "Rules", items=wording.rules(table)),
        ),
    )


def _finding(wording: Wording, finding: Finding, rules: tuple[Rule, ...]) -> Section:
    order = "Values, from least to most" if finding.ordered else "Values, in no order"
    if finding.bands:
        return Section(
            wording.anchor("finding", finding.id),
            finding.text,
            id=finding.id,
            lines=(line(f"{order}, by the points of the rules below that count towards it."),),
            grid=bands(finding, "Points", finding.bands),
        )
    otherwise = f" {quoted(finding.labels[finding.otherwise])} when no rule speaks." if finding.otherwise else ""
    return Section(
        wording.anchor("finding", finding.id),
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
    """The bands that the difference between client work and plan work falls into."""
    finding = catalog.findings[ORIENTATION]
    sides = [
        listed([quoted(one.finding.text) for name, one in catalog.measures.items() if MEASURES[name] == side])
        for side in SIDES
    ]
    return Section(
        anchor("finding", ORIENTATION),
        "Orientation",
        id=ORIENTATION,
        lines=(
            line(said(finding.text)),
            line("The points that count for ", said(sides[0]), " less those for ", said(sides[1]), ":"),
        ),
        grid=bands(finding, "Difference", catalog.bands),
    )


def needs(catalog: Catalog, wording: Wording) -> tuple[Section, ...]:
    """What each side needs: the first steps of the recommendation."""
    return tuple(
        Section(
            anchor("finding", step.findings[0].id),
            step.table.title,
            id=step.findings[0].id,
            lines=(line(said(step.findings[0].text), " Exactly one of these rules speaks."), wording.reads(step.table)),
            parts=tuple(
                Section(
                    anchor(step.findings[0].id, value),
                    capital(label),
                    id=value,
                    items=tuple(
                        wording.rule(rule) for rule in concluding(step.table.rules, step.findings[0].id, value)
                    ),
                )
                for value, label in step.findings[0].labels.items()
            ),
        )
        for step in catalog.needs
    )


def work_asks_for(catalog: Catalog, wording: Wording) -> Section:
    """What the work asks for."""
    return _step(catalog, wording, catalog.asks_for, "work-asks-for", ())


def recommendation(catalog: Catalog, wording: Wording) -> Section:
    """What to staff."""
    return _step(catalog, wording, catalog.recommend, "recommendation", can_staff(catalog, wording))


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

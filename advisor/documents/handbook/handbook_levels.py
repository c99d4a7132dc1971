"""From points to levels and their caps, and how what nobody answered is weighed."""

from __future__ import annotations

from itertools import pairwise

from advisor.documents.handbook.handbook_view import (
    Grid,
    GridRow,
    Item,
    Line,
    Section,
    joined,
    line,
    link,
    said,
    small,
    strong,
)
from advisor.documents.handbook.handbook_words import Wording, anchor, quoted, span
from advisor.documents.shared.words import listed
from advisor.model.rulebook import CanStaff, Cap, Catalog, Measure


def levels(catalog: Catalog, wording: Wording) -> Section:
    """The four sums of points, the levels that they reach, and what caps them."""
    first = next(iter(catalog.measures.values()))
    bands = first.finding.bands
    tops = [high.at_least - 1 for _, high in pairwise(bands)]
    lows = [None, *(band.at_least for band in bands[1:])]
    rows = tuple(
        GridRow(
            (
                line(said(first.finding.labels[band.value]), " ", small(band.value)),
                line(span(low, top)),
                line(f"{first.days[band.value][0]:g} to {first.days[band.value][1]:g}"),
            )
        )
        for band, low, top in zip(bands, lows, [*tops, None], strict=True)
    )
    return Section(
        "levels",
        "Levels of work",
        lines=(
            line(
                "Points add up to four sums: work with the client and work on plans, each until delivery and after it. "
                "A sum reaches a level by this table. Where the conditions of a cap hold, the level is at most that of "
                "the cap; of several caps the lowest counts. The points that count are then no more than the most that "
                "the level has in this table, and never fewer than 0."
            ),
        ),
        grid=Grid((line("Level"), line("Points"), line("Days a week")), rows, wordy=True),
        parts=tuple(_measure(wording, one) for one in catalog.measures.values()),
    )


def _measure(wording: Wording, measure: Measure) -> Section:
    return Section(
        wording.anchor("finding", measure.finding.id),
        measure.finding.text,
        id=measure.finding.id,
        lines=(line("Caps:" if measure.caps else "Nothing caps it."),),
        items=tuple(_cap(wording, measure, cap) for cap in measure.caps),
    )


def _cap(wording: Wording, measure: Measure, cap: Cap) -> Item:
    when = joined([wording.condition(one) for one in cap.when], "; and ")
    return Item(line("at most ", strong(quoted(measure.finding.labels[cap.level])), " when ", when))


def outlook(catalog: Catalog) -> Section:
    """How sure a recommendation is."""
    policy = catalog.outlook
    percent = policy.likely_from * 100
    return Section(
        "outlook",
        "How sure it is",
        lines=(
            line(
                "Every question that nobody answered was taken as usual. To see how much hangs on that, go through "
                f"every way to answer these questions. The usual answer counts {policy.usual_counts} times any other "
                "option of its question; multiply what the answers count. A model's share is what leads to it, of all "
                "there is. A question that is not asked counts nothing either way."
            ),
            line(
                "With one model left the recommendation is settled. Otherwise it is likely where the share of the "
                f"advised model is {percent} percent or more, and leaning below that."
            ),
            line(
                "An assumption matters where another answer to that question alone, all else as given or usual, leads "
                "to another model or to other people missing. Those are listed by the weight of such answers among the "
                "options of the question, at most five; the rest is counted."
            ),
        ),
    )


def can_staff(catalog: Catalog, wording: Wording) -> tuple[Line, ...]:
    """What people and money there are, by what a finding says; and for which engagements alone some models are."""
    told = [
        line(
            wording.variable(finding),
            " ",
            said(quoted(catalog.findings[finding].labels[value])),
            " means ",
            said(_free(wording, can)),
            ".",
        )
        for finding, meaning in catalog.can_staff.items()
        for value, can in meaning.items()
    ]
    told += [
        line(
            link(model.name, anchor("model", model.id)),
            " is only for engagements where ",
            joined([wording.condition(one) for one in model.only_when], " and "),
            ".",
        )
        for model in catalog.models.values()
        if model.only_when
    ]
    return tuple(told)


def _free(wording: Wording, can: CanStaff) -> str:
    free = listed([wording.role(role) for role in can.free]) if can.free else "nobody"
    return f"{free} can be had, and money for {can.paid}"

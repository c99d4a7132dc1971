"""The picture of an engagement: client work across, plan work up, and where it stands until delivery and after it."""

from __future__ import annotations

from advisor.documents.brief.content import Brief, Work
from advisor.documents.shared.drawing import Drawing

LIGHT, PART = 0.5, 3.0  # days a week up to which work is light, or takes part of a week
# What each field mostly comes to where everybody can be had; rows from much plan work to little.
REGIONS = (
    ("Project manager", "Both", "Both"),
    ("Project manager", "One for both", "Both"),
    ("The team itself", "Delivery manager", "Delivery manager"),
)
WIDTH, SIDE, CELL_WIDE, CELL_HIGH, EDGE = 460.0, 30.0, 140.0, 62.0, 24.0
ACROSS = ("up to half a day", "up to 3 days", "4 days and more")


def work_picture(brief: Brief, theme: str) -> str:
    """A complete SVG; empty where there is no work to place. Themes are those of a drawing."""
    if not brief.work:
        return ""
    drawing = Drawing("work", "Client work and plan work", theme, WIDTH, "")
    drawing.text(
        0, drawing.below(22) + 14, "Plan work (up) and client work (across), days a week", 12, bold=True, most=WIDTH
    )
    places = [(_column(one), _row(one), one.when) for one in brief.work]
    top = drawing.below(3 * CELL_HIGH)
    for row, names in enumerate(REGIONS):
        for column, name in enumerate(names):
            here = [when for at, up, when in places if (at, up) == (column, row)]
            left, down = SIDE + column * CELL_WIDE, top + row * CELL_HIGH
            drawing.bar(left, down, CELL_WIDE, CELL_HIGH, "first" if here else "fourth", "")
            drawing.label(left + 8, down + 20, name, 12, on="first" if here else "fourth", most=CELL_WIDE - 12)
            for number, when in enumerate(here):
                drawing.label(left + 8, down + 38 + 15 * number, f"● {when}", 11, on="first", most=CELL_WIDE - 12)
    for row, days in enumerate(("4+", "≤3", "≤½")):
        drawing.text(0, top + row * CELL_HIGH + 34, days, 11, soft=True, most=SIDE)
    foot = drawing.below(EDGE)
    for column, days in enumerate(ACROSS):
        drawing.text(SIDE + column * CELL_WIDE + 8, foot + 16, days, 11, soft=True, most=CELL_WIDE - 12)
    return drawing.finished("; ".join(f"{one.when}: client {one.client:g}, plan {one.plan:g}" for one in brief.work))


def _column(work: Work) -> int:
    return _band(work.client)


def _row(work: Work) -> int:
    return len(REGIONS) - 1 - _band(work.plan)


def _band(days: float) -> int:
    return 0 if days <= LIGHT else 1 if days <= PART else 2

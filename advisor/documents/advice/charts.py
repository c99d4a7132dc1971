"""Pictures of the advice as SVG: the split by phase, the points for and against, who answers for what over time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

from advisor.documents.shared.drawing import Drawing
from advisor.documents.shared.people import Column
from advisor.documents.shared.view import PhaseRows, View
from advisor.documents.shared.words import lower_first
from advisor.errors import MissingExtra
from advisor.model.rules import DELIVERY_MANAGER, PROJECT_MANAGER

TITLES = {
    "split": "Who leads what",
    "evidence": "What speaks for each side",
    "accountability": "Who answers for the work, phase by phase",
}
CHARTS = tuple(TITLES)
WIDTH = 760.0
BROADEST = 130.0  # a pillar: with one phase alone it would be a wall
GOVERNANCE = "governance"  # runs throughout, so it stands apart from the phases that follow each other
_FILLS = {DELIVERY_MANAGER: "first", PROJECT_MANAGER: "second"}


def chart(view: View, name: str, theme: str = "light") -> str:
    """The picture called `name` as a complete SVG; empty where there is nothing to draw.

    `light` and `dark` stand alone; `page` takes its colours from the page that it stands in.
    """
    return _DRAWN[name](view, theme)


def _split(view: View, theme: str) -> str:
    if not view.overall:
        return ""
    rows = [*((phase.name, phase.lead, phase.shares) for phase in view.split), ("Overall", "", view.overall)]
    drawing = Drawing("split", TITLES["split"], theme, WIDTH, view.heading)
    drawing.legend([(share.name, _fill(share.role, at)) for at, share in enumerate(view.overall)])
    left, room = 190.0, WIDTH - 190.0
    for name, lead, shares in rows:
        top = drawing.below(46 if lead else 40)
        drawing.text(0, top + 15, name, 13, bold=True, most=left - 16)
        if lead:
            drawing.text(0, top + 31, f"led by {lower_first(lead)}", 11, soft=True, most=left - 16)
        at = left
        for place, share in enumerate(shares):
            width = room * share.percent / 100
            drawing.bar(at, top, width, 30, _fill(share.role, place), f"{share.percent} %" if share.percent else "")
            at += width
    return drawing.finished(
        "; ".join(
            f"{name}: {', '.join(f'{share.name} {share.percent} %' for share in shares)}" for name, _, shares in rows
        )
    )


def _evidence(view: View, theme: str) -> str:
    sides = [side for side in view.sides if side.items]
    if not sides:
        return ""
    drawing = Drawing("evidence", TITLES["evidence"], theme, WIDTH, view.heading)
    most = max(1, *(item.points for side in sides for item in side.items))
    step = 150.0 / most
    told = []
    for at, side in enumerate(view.sides):
        fill = _fill(side.role, at)
        top = drawing.below(34)
        drawing.text(0, top + 18, f"{side.name}: {side.points} points", 14, bold=True, most=WIDTH)
        for item in side.items:
            lines = drawing.wrapped(item.says, 12, WIDTH - 190)
            top = drawing.below(max(24.0, 16.0 * len(lines) + 8))
            if item.points > 0:
                drawing.bar(0, top, step * item.points, 18, fill, f"{item.points:+d}")
            else:  # what takes work away has no bar
                drawing.text(0, top + 13, f"{item.points:+d}", 12, most=60)
            for number, line in enumerate(lines):
                drawing.text(170, top + 13 + 16 * number, line, 12, most=WIDTH - 170)
        told.append(f"{side.name} {side.points} points")
    top = drawing.below(26)
    drawing.text(0, top + 16, f"Together: {view.leaning}.", 13, bold=True, most=WIDTH)
    return drawing.finished(f"{', '.join(told)}: {view.leaning}")


def _accountability(view: View, theme: str) -> str:
    if not view.phases:
        return ""
    counts = [(phase, _answering(view, phase)) for phase in view.phases]
    roles = [column for column in view.columns if any(column.id in held for _, held in counts)]
    fills = {column.id: _fill(column.id, at) for at, column in enumerate(_unnamed_last(roles))}
    drawing = Drawing("accountability", TITLES["accountability"], theme, WIDTH, view.heading)
    drawing.legend([(column.name, fills[column.id]) for column in roles])
    high = 200.0
    tallest = max(sum(held.values()) for _, held in counts)
    gap = 16.0
    width = min(BROADEST, (WIDTH - gap * (len(counts) - 1)) / len(counts))
    top = drawing.below(high + 44)
    floor = top + high
    for at, (phase, held) in enumerate(counts):
        left = at * (width + gap)
        bottom = floor
        for column in roles:
            if column.id in held:
                tall = high * held[column.id] / tallest
                bottom -= tall
                drawing.bar(left, bottom, width, tall, fills[column.id], f"{column.short} {held[column.id]}")
        name = f"{phase.name} (throughout)" if phase.id == GOVERNANCE else phase.name
        for number, line in enumerate(drawing.wrapped(name, 12, width)[:2]):
            drawing.text(left, floor + 18 + 15 * number, line, 12, bold=True, most=width)
    drawing.line(0, floor, WIDTH)
    dates = "; ".join(f"{date.label} {date.text}" for date in view.dates)
    if dates:
        top = drawing.below(26)
        drawing.text(0, top + 14, dates, 12, soft=True, most=WIDTH)
    return drawing.finished(
        "; ".join(
            f"{phase.name}: {', '.join(f'{column.name} {held[column.id]}' for column in roles if column.id in held)}"
            for phase, held in counts
        )
    )


def _answering(view: View, phase: PhaseRows) -> dict[str, int]:
    """How many rows of the phase each role answers for; roles without any left out."""
    held = {column.id: sum("A" in row.cells[at].kind for row in phase.rows) for at, column in enumerate(view.columns)}
    return {role: count for role, count in held.items() if count}


def _unnamed_last(roles: list[Column]) -> Iterator[Column]:
    yield from (role for role in roles if role.id in _FILLS)
    yield from (role for role in roles if role.id not in _FILLS)


def _fill(role: str, at: int) -> str:
    return _FILLS.get(role, ("first", "second", "third", "fourth", "fifth")[min(at, 4)])


def chart_words(svg: str) -> str:
    """What the picture shows, in words, for those who cannot see it."""
    root = ElementTree.fromstring(svg)
    return ". ".join(root.findtext(f"{_SVG}{one}", "") for one in ("title", "desc"))


def as_png(svg: str, scale: float = 2.0) -> bytes:
    """The picture as PNG, `scale` times as large; MissingExtra without the package that draws it."""
    try:
        import typst
    except ImportError:
        raise MissingExtra("A PNG", "typst", "pdf") from None
    drawn, texts = _apart(svg)
    inputs = {"svg": drawn, "texts": json.dumps(texts)}
    # a pixel of the picture is 3/4 of the point that ppi counts by
    made = typst.compile(_SOURCE.encode(), format="png", ppi=96.0 * scale, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made


def _apart(svg: str) -> tuple[str, list[dict[str, str | float]]]:
    """The picture without its texts that hold emoji, which only text on a page can show, and those texts apart."""
    if not _EMOJI.search(svg):
        return svg, []
    root = ElementTree.fromstring(svg)
    (group,) = root.iter(f"{_SVG}g")
    right, down = (float(one) for one in re.findall(r"[\d.]+", group.get("transform", "translate(0 0)")))
    texts: list[dict[str, str | float]] = []
    for one in group.iter(f"{_SVG}text"):
        if _EMOJI.search(one.text or ""):
            place = {"x": right + float(one.get("x", 0)), "y": down + float(one.get("y", 0))}
            kept = {name: one.get(name, "") for name in ("fill", "font-weight", "text-anchor")}
            texts.append({"text": one.text or "", "size": float(one.get("font-size", 12)), **place, **kept})
            one.text = ""
    return ElementTree.tostring(root, "unicode"), texts


_SVG = "{http://www.w3.org/2000/svg}"
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]")
_SOURCE = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(font: ("Arial", "Liberation Sans", "DejaVu Sans"), top-edge: "baseline", bottom-edge: "baseline")
#context box({
  image(bytes(sys.inputs.svg))
  for one in json(bytes(sys.inputs.texts)) {
    let weight = if one.font-weight == "" { 400 } else { int(one.font-weight) }
    let said = text(size: one.size * 0.75pt, fill: rgb(one.fill), weight: weight, one.text)
    let half = if one.text-anchor == "middle" { measure(said).width / 2 } else { 0pt }
    place(top + left, dx: one.x * 0.75pt - half, dy: one.y * 0.75pt, said)
  }
})
"""
_DRAWN: dict[str, Callable[[View, str], str]] = {
    "split": _split,
    "evidence": _evidence,
    "accountability": _accountability,
}

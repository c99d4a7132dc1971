"""Pictures of a portfolio as SVG: models, time by phase and by quarter, guardrails, clients, people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from advisor.documents.portfolio.portfolio_notes import rail_name
from advisor.documents.portfolio.portfolio_parts import quarter_words
from advisor.documents.shared.drawing import Drawing
from advisor.documents.shared.words import clean, numbered
from advisor.model.rules import DELIVERY_MANAGER, PROJECT_MANAGER
from advisor.portfolio.summary import STATUSES
from advisor.portfolio.values import Demand, Portfolio

WIDTH = 760.0
LEFT = 250.0
SHOWN = 12  # bars; the grid beneath has them all
TITLES = {
    "models": "Engagements by model",
    "phases": "Persons in full time by phase",
    "calendar": "Persons in full time by quarter",
    "guardrails": "Engagements by guardrail",
    "clients": "Engagements by client",
    "people": "Persons' work that each person is named for, in their busiest month",
}
_FILLS = {DELIVERY_MANAGER: "first", PROJECT_MANAGER: "second"}
_SURE = {"settled": "first", "likely": "third", "leaning": "fourth"}
_OTHERS = ("third", "fifth", "fourth")


def chart(portfolio: Portfolio, name: str, theme: str = "light", heading: str = "") -> str:
    """The picture called `name` as a complete SVG; empty where there is nothing to draw."""
    return _DRAWN[name](portfolio, Drawing(f"portfolio-{name}", TITLES[name], theme, WIDTH, heading))


def _models(portfolio: Portfolio, drawing: Drawing) -> str:
    found = [one for one in portfolio.models if one.count]
    if not found:
        return ""
    drawing.legend([(status.name, _SURE[status.id]) for status in STATUSES])
    step = (WIDTH - LEFT - 50) / max(one.count for one in found)
    for one in found:
        top, at = _named(drawing, clean(one.of.name)), LEFT
        for status, fill in _SURE.items():
            counted = sum(entry.line.status == status for entry in one.entries)
            drawing.bar(at, top, step * counted, 22, fill, str(counted))
            at += step * counted
        drawing.text(LEFT + step * one.count + 8, top + 16, str(one.count), 13, bold=True)
    return drawing.finished("; ".join(f"{clean(one.of.name)} {one.count}" for one in found))


def _phases(portfolio: Portfolio, drawing: Drawing) -> str:
    demand = [one for one in portfolio.demand if one.total.fte]
    if not demand:
        return ""
    fills = _fills(demand)
    drawing.legend([(clean(one.role.name), fills[one.role.id]) for one in demand])
    step = (WIDTH - LEFT - 60) / max(load.fte or 0.0 for one in demand for load in one.phases)
    told = []
    for at, phase in enumerate(load.of for load in demand[0].phases):
        loads = [(one, one.phases[at].fte or 0.0) for one in demand if one.phases[at].fte]
        if not loads:
            continue
        top = drawing.below(18.0 * len(loads) + 14)
        drawing.text(0, top + 9.0 * len(loads) + 5, clean(phase.name), 13, bold=True, most=LEFT - 16)
        for number, (one, fte) in enumerate(loads):
            y = top + 18 * number
            drawing.bar(LEFT, y, step * fte, 16, fills[one.role.id], "")
            drawing.text(LEFT + step * fte + 8, y + 13, f"{fte:.1f}", 12, bold=True)
        told.append(f"{clean(phase.name)}: {', '.join(f'{clean(one.role.name)} {fte:.1f}' for one, fte in loads)}")
    return drawing.finished("; ".join(told))


def _calendar(portfolio: Portfolio, drawing: Drawing) -> str:
    quarters = portfolio.calendar.quarters
    demand = [one for one in portfolio.demand if one.total.fte]
    tallest = max((sum(load.fte or 0.0 for load in one.roles) for one in quarters), default=0.0)
    if not tallest:
        return ""
    fills = _fills(demand)
    drawing.legend([(clean(one.role.name), fills[one.role.id]) for one in demand])
    high, gap = 200.0, 3.0
    width = min(60.0, (WIDTH - gap * (len(quarters) - 1)) / len(quarters))
    top = drawing.below(high + 60)
    floor = top + high + 20
    for at, quarter in enumerate(quarters):
        left, bottom = at * (width + gap), floor
        for load in quarter.roles:
            tall = high * (load.fte or 0.0) / tallest
            bottom -= tall
            drawing.bar(left, bottom, width, tall, fills.get(load.of.id, "third"), "")
        said = f"{sum(load.fte or 0.0 for load in quarter.roles):.0f}"
        if width >= 18:
            drawing.text(left + max(0.0, width / 2 - 3.4 * len(said)), bottom - 5, said, 11)
        year, _, number = quarter.id.partition("-")
        if width >= 18:
            drawing.text(left + max(0.0, width / 2 - 7), floor + 15, number, 10, soft=True)
        if number == "Q1" or at == 0:
            drawing.text(left, floor + 32, year, 12, bold=True)
    drawing.line(0, floor, len(quarters) * (width + gap) - gap)
    return drawing.finished(
        "; ".join(
            f"{quarter_words(one.id)}: {', '.join(f'{clean(load.of.name)} {load.fte:.1f}' for load in one.roles)}"
            for one in quarters
        )
    )


def _guardrails(portfolio: Portfolio, drawing: Drawing) -> str:
    found = [(rail_name(one.id), figure.count) for one, figure in portfolio.risks.guardrails]
    return _bars(drawing, found, numbered(max(0, len(found) - SHOWN), "other guardrail"))


def _clients(portfolio: Portfolio, drawing: Drawing) -> str:
    found = [(clean(one.name), len(one.entries)) for one in portfolio.clients]
    return _bars(drawing, found, numbered(max(0, len(found) - SHOWN), "other client"))


def _bars(drawing: Drawing, found: Sequence[tuple[str, int]], others: str) -> str:
    if not found:
        return ""
    step = (WIDTH - LEFT - 130) / found[0][1]
    for name, number in found[:SHOWN]:
        top = _named(drawing, name)
        drawing.bar(LEFT, top, step * number, 22, "first", "")
        drawing.text(LEFT + step * number + 8, top + 16, str(number), 13, bold=True)
    if len(found) > SHOWN:
        rest = [number for _, number in found[SHOWN:]]
        between = f"{rest[-1]} to {rest[0]}" if rest[0] != rest[-1] else str(rest[0])
        drawing.text(LEFT, drawing.below(26) + 16, f"and {others}, {between} each", 12, soft=True, most=WIDTH - LEFT)
    return drawing.finished("; ".join(f"{name} {number}" for name, number in found[:SHOWN]))


def _people(portfolio: Portfolio, drawing: Drawing) -> str:
    found = [(clean(one.name), one.busiest, one.overloaded) for one in portfolio.people if one.busiest]
    if not found:
        return ""
    drawing.legend([("Overloaded", "second"), ("Within one person's time", "first")])
    most = max(1.0, found[0][1] or 0)
    step = (WIDTH - LEFT - 60) / most
    start = drawing.at
    for name, busiest, over in found[:SHOWN]:
        top = _named(drawing, name)
        drawing.bar(LEFT, top, step * (busiest or 0), 22, "second" if over else "first", "")
        drawing.text(LEFT + step * (busiest or 0) + 8, top + 16, f"{busiest:.2f}", 13, bold=True)
    drawing.bar(LEFT + step - 1, start - 4, 2, drawing.at - start, "fifth", "")
    drawing.text(LEFT + step - 40, drawing.below(24) + 10, "one full person", 11, soft=True, most=140)
    if len(found) > SHOWN:
        others = numbered(len(found) - SHOWN, "person", "people")
        drawing.text(LEFT, drawing.below(20) + 12, f"and {others} with less", 12, soft=True, most=WIDTH - LEFT)
    return drawing.finished("; ".join(f"{name} {busiest:.2f}" for name, busiest, _ in found[:SHOWN]))


def _named(drawing: Drawing, name: str) -> float:
    """Room for a bar with its name to the left."""
    lines = drawing.wrapped(name, 12, LEFT - 16)
    top = drawing.below(30)
    if len(lines) == 1:
        drawing.text(0, top + 16, name, 13, most=LEFT - 16)
        return top
    drawing.text(0, top + 9, lines[0], 12, most=LEFT - 16)
    drawing.text(0, top + 22, " ".join(lines[1:]), 12, most=LEFT - 16)
    return top


def _fills(demand: Sequence[Demand]) -> dict[str, str]:
    others = iter(_OTHERS)
    return {one.role.id: _FILLS.get(one.role.id) or next(others, "fourth") for one in demand}


_DRAWN: dict[str, Callable[[Portfolio, Drawing], str]] = {
    "models": _models,
    "phases": _phases,
    "calendar": _calendar,
    "guardrails": _guardrails,
    "clients": _clients,
    "people": _people,
}

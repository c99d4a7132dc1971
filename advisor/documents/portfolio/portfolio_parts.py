"""The sections of a portfolio on what there is: models, time by phase, calendar, clients, people."""

from __future__ import annotations

from collections import Counter

from advisor.documents.portfolio.portfolio_view import Cell, Grid, Part, Row, count, percent, persons, small
from advisor.documents.shared.words import clean, lower_first, month_words, numbered
from advisor.portfolio.summary import STATUSES
from advisor.portfolio.values import Client, Demand, Figure, Load, Period, Person, Portfolio

POLICY = "Time is counted by a stated policy, not measured; how is said at the end."


def models(portfolio: Portfolio) -> Part:
    """How many engagements of each model."""
    rows = [Row((Cell(clean(one.of.name)), *_by_status(one)), one.entries) for one in portfolio.models if one.count]
    unused = [lower_first(clean(one.of.name)) for one in portfolio.models if not one.count]
    says = [
        "Likely and leaning engagements are counted under the model that they lead to; more answers could change it."
    ]
    if unused:
        says.append(f"No engagement: {', '.join(unused)}.")
    grid = Grid(
        "by-model",
        "Engagements by model",
        ("Model", "Firm", "Likely", "Leaning", "Together"),
        tuple(rows),
        (1, 2, 3, 4),
    )
    return Part("models", "Which models", tuple(says), "models", (grid,))


def _by_status(figure: Figure) -> tuple[Cell, ...]:
    counts = Counter(entry.line.status for entry in figure.entries)
    return (*(count(counts[status.id]) for status in STATUSES), count(figure.count))


def demand(portfolio: Portfolio) -> Part:
    """How much of whose time, by phase and in total."""
    says = [
        "In persons in full time. By phase: what all engagements that still have the phase before them take while it "
        "runs; governance runs beside the others. In total: each engagement's mean over its phases, added up. " + POLICY
    ]
    if portfolio.without_load:
        says.append(
            f"{numbered(len(portfolio.without_load), 'engagement')} could not be counted here: the rulebook they were "
            "advised on with states no load."
        )
    if portfolio.assumed:
        says.append(
            f"How big {numbered(len(portfolio.assumed), 'engagement is', 'engagements are')} was not all told, "
            "and is taken as usual."
        )
    totals = tuple(row for one in portfolio.demand for row in _totals(one))
    phases = tuple(_load(one, load) for one in portfolio.demand for load in one.phases if load.entries)
    grids = (
        Grid("total", "In total", ("Role", "Part", "Persons"), totals, (2,), first=20),
        Grid("by-phase", "By phase", ("Role", "Phase", "Persons"), phases, (2,), first=20),
    )
    return Part("demand", "How much of whose time", tuple(says), "phases", grids if portfolio.demand else ())


def _totals(one: Demand) -> list[Row]:
    role = Cell(clean(one.role.name))
    rows = [
        Row((role, Cell("All"), persons(one.total.fte)), one.total.entries),
        Row(
            (role, Cell("of it where open answers could change the model"), persons(one.still_open.fte)),
            one.still_open.entries,
        ),
        Row((role, Cell("of it where nobody is named"), persons(one.unnamed.fte)), one.unnamed.entries),
    ]
    return [rows[0], *(row for row in rows[1:] if row.entries)]


def _load(one: Demand, load: Load) -> Row:
    return Row((Cell(clean(one.role.name)), Cell(clean(load.of.name)), persons(load.fte)), load.entries)


def calendar(portfolio: Portfolio) -> Part:
    """When that time falls, by quarter."""
    found = portfolio.calendar
    missing = []
    if found.undated:
        missing.append(
            Row(
                (Cell("Not in it: a start, and go-live or end, are not both given"), count(len(found.undated))),
                found.undated,
            )
        )
    if found.outside:
        missing.append(
            Row((Cell("Only partly in it: they run beyond its ten years"), count(len(found.outside))), found.outside)
        )
    grids = []
    if found.quarters:
        names = tuple(clean(load.of.name) for load in found.quarters[0].roles)
        rows = tuple(_quarter(period) for period in found.quarters)
        figures = tuple(range(1, 1 + len(names)))
        grids.append(Grid("by-quarter", "By quarter", ("Quarter", *names), rows, figures, first=8))
    if missing:
        grids.append(Grid("undated", "What the calendar lacks", ("Engagements", "Number"), tuple(missing), (1,)))
    says = (
        "Persons in full time, as the mean over the days of each quarter; phases that are past are not counted. "
        + POLICY,
    )
    return Part("calendar", "When", says, "calendar" if found.quarters else "", tuple(grids))


def _quarter(period: Period) -> Row:
    entries = {entry.number: entry for load in period.roles for entry in load.entries}
    return Row(
        (Cell(quarter_words(period.id)), *(persons(load.fte) for load in period.roles)),
        tuple(entries[number] for number in sorted(entries)),
    )


def quarter_words(id: str) -> str:
    """`2027-Q1` as `Q1 2027`."""
    year, _, quarter = id.partition("-")
    return f"{quarter} {year}"


def clients(portfolio: Portfolio) -> Part:
    """How the engagements are spread over clients."""
    found = portfolio.clients
    whole = len(portfolio.entries)
    says = []
    if found:
        top = sum(len(one.entries) for one in found[:5])
        largest = clean(found[0].name)
        says.append(
            f"{numbered(len(found), 'client')}. The largest, {largest}, has {found[0].part:.0%} of all engagements"
            + (f"; the five largest have {top / whole:.0%}." if len(found) > 5 else ".")
        )
    if portfolio.without_client:
        says.append(f"{numbered(len(portfolio.without_client), 'engagement names', 'engagements name')} no client.")
    roles = [clean(one.role.name) for one in portfolio.demand]
    rows = [_client(one) for one in found]
    if portfolio.without_client:
        blank = tuple(Cell("") for _ in roles)
        without = portfolio.without_client
        rows.append(Row((Cell("No client named"), count(len(without)), percent(len(without) / whole), *blank), without))
    columns = ("Client", "Engagements", "Part of all", *(f"{role}, persons" for role in roles))
    grid = Grid("by-client", "Engagements by client", columns, tuple(rows), tuple(range(1, len(columns))))
    return Part("clients", "Clients", tuple(says), "clients" if found else "", (grid,))


def _client(one: Client) -> Row:
    loads = (persons(load.fte) for load in one.roles)
    return Row((Cell(clean(one.name)), count(len(one.entries)), percent(one.part), *loads), one.entries)


def people(portfolio: Portfolio) -> Part:
    """Who is named, and for how much."""
    found = portfolio.people
    over = [one for one in found if one.overloaded]
    says = [
        f"{numbered(len(found), 'person is', 'people are')} named for a role that is staffed; "
        f"{numbered(len(over), 'person is', 'people are')} overloaded: named for more than one person can do, in some "
        "month. The same name is taken for the same person. What has no dates counts in every month. " + POLICY
    ]
    grids = []
    if found:
        columns = ("Person", "Named for", "Persons, mean", "Busiest month", "Persons in it", "")
        rows = tuple(_person(one) for one in found)
        grids.append(Grid("by-person", "Load by person", columns, rows, (2, 4)))
    if portfolio.spare:
        rows = tuple(
            Row((Cell(clean(one.name)), Cell(clean(one.role.name)), count(len(one.entries))), one.entries)
            for one in portfolio.spare
        )
        title = "Named where the advice has no such role: free for other work once that is settled"
        grids.append(Grid("spare", title, ("Person", "Named as", "Engagements"), rows, (2,), first=8))
    return Part("people", "People", tuple(says), "people" if found else "", tuple(grids))


def _person(one: Person) -> Row:
    entries = {entry.number: entry for entry, _, _ in one.parts}
    roles = dict.fromkeys(lower_first(clean(role.name)) for _, role, _ in one.parts)
    month = month_words(one.month) if one.month else "no dates"
    return Row(
        (
            Cell(clean(one.name)),
            Cell(f"{numbered(len(entries), 'engagement')}, as {' and '.join(roles)}"),
            small(one.mean),
            Cell(month if one.busiest is not None else ""),
            small(one.busiest),
            Cell("Overloaded" if one.overloaded else ""),
        ),
        tuple(entries.values()),
    )

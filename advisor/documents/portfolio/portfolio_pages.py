"""A portfolio as a web page or Markdown, from the templates beside this file."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from advisor.documents.advice import pages
from advisor.documents.portfolio.portfolio import parts_of, tiles
from advisor.documents.portfolio.portfolio_charts import chart
from advisor.documents.portfolio.portfolio_notes import rail_anchor, rail_name
from advisor.documents.portfolio.portfolio_view import Report, named
from advisor.documents.shared.view import Pair
from advisor.documents.shared.words import clean, date_label, date_words, lower_first, marked
from advisor.portfolio.people import fte
from advisor.portfolio.values import Entry

STATUS = {"settled": "firm", "likely": "likely", "leaning": "leaning"}


@dataclass(frozen=True, slots=True)
class Listed:
    """One engagement in the register: everything that it is counted by."""

    number: int
    ref: str
    name: str
    client: str
    model: str
    status: str
    status_word: str
    scale: str
    loads: tuple[float | None, ...]
    people: tuple[Pair, ...]
    dates: tuple[str, ...]
    rails: tuple[tuple[str, str], ...]
    source: str


def register(report: Report) -> tuple[Listed, ...]:
    """All engagements in input order; a load for each role of the portfolio's demand."""
    return tuple(_listed(report, entry) for entry in report.portfolio.entries)


def _listed(report: Report, entry: Entry) -> Listed:
    line = entry.line
    loads = {one.role: one.mean for one in line.roles}
    held: dict[str, list[str]] = {}
    for one in line.roles:
        held.setdefault(clean(one.person), []).append(lower_first(clean(one.role.name)))
    labels = line.book.load.labels if line.book.load is not None else {}
    return Listed(
        number=entry.number,
        ref=clean(entry.ref),
        name=_name(entry),
        client=clean(line.client),
        model=clean(line.model.name),
        status=line.status,
        status_word=STATUS[line.status],
        scale=marked(clean(labels.get(line.level, line.level)), line.assumed) if line.roles else "",
        loads=tuple(fte(loads.get(one.role)) for one in report.portfolio.demand),
        people=tuple(Pair(person or "nobody named", " and ".join(roles)) for person, roles in held.items()),
        dates=tuple(f"{date_label(name)} {date_words(day)}" for name, day in line.dates),
        rails=tuple((rail_anchor(one.id), rail_name(one.id)) for one in dict.fromkeys(line.guardrails)),
        source=clean(line.source),
    )


def html(report: Report) -> str:
    """The portfolio as one HTML page that needs nothing else."""
    return _filled(report, "html")


def markdown(report: Report) -> str:
    """The portfolio as Markdown."""
    return _filled(report, "md")


def _filled(report: Report, kind: str) -> str:
    parts = parts_of(report)
    page = kind == "html"
    return (
        pages.environment(name=_name, clean=clean)
        .get_template(f"portfolio.{kind}.j2")
        .render(
            view=_View(report.heading, date_words(report.dated) if report.dated else "", rulebooks(report)),
            parts=parts,
            tiles=tiles(report),
            charts={
                part.chart: Markup(chart(report.portfolio, part.chart, "page")) for part in parts if page and part.chart
            },
            register=register(report),
            roles=[clean(one.role.name) for one in report.portfolio.demand],
        )
    )


def _name(entry: Entry) -> str:
    return named(entry) or clean(entry.ref)


@dataclass(frozen=True, slots=True)
class _View:
    """What the masthead of a page says."""

    heading: str
    dated: str
    rulebooks: str
    logo: str = ""
    client: str = ""
    dates: tuple[str, ...] = ()


def rulebooks(report: Report) -> str:
    """The rulebooks and policies, as the foot of each page names them."""
    said = []
    for book, _ in report.portfolio.books:
        load = f", policy on time {clean(book.load.version)}, digest {book.load.digest}" if book.load else ""
        said.append(f"Rulebook {clean(book.version)}, digest {book.digest}{load}")
    return "; ".join(said) or "No rulebook: nothing was counted"

"""Writes a portfolio as a document: HTML, Excel, JSON or Markdown, all from the same sections."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from advisor.documents.portfolio import portfolio_notes, portfolio_parts
from advisor.documents.portfolio.portfolio_view import Part, Report, Tile
from advisor.documents.shared.words import clean, lower_first, numbered
from advisor.errors import InputError, Problem, did_you_mean

FORMATS = {
    ".html": "portfolio_pages:html",
    ".xlsx": "portfolio_excel:write",
    ".json": "portfolio_json:write",
    ".md": "portfolio_pages:markdown",
}


def write(report: Report, suffix: str) -> bytes:
    """The document in the format of that suffix; MissingExtra where it needs a package that is not installed."""
    module, name = FORMATS[suffix].split(":")
    writer: Callable[[Report], str | bytes] = getattr(import_module(f"advisor.documents.portfolio.{module}"), name)
    made = writer(report)
    return made.encode("utf-8", "backslashreplace") if isinstance(made, str) else made


def suffix_of(path: str) -> str:
    """The suffix that says the format; InputError where there is none for it."""
    suffix = PurePath(path).suffix.lower()
    if suffix in FORMATS:
        return suffix
    *others, last = FORMATS
    wrong = f"no format for the suffix {suffix}" if suffix else "no suffix to tell the format by"
    raise InputError(
        [
            Problem(
                path, 0, "", f"{wrong}; portfolios end in {', '.join(others)} or {last}{did_you_mean(suffix, FORMATS)}"
            )
        ]
    )


def parts_of(report: Report) -> tuple[Part, ...]:
    """All sections that documents lay out, but for the register of engagements."""
    portfolio = report.portfolio
    found = (
        portfolio_parts.models(portfolio),
        portfolio_parts.demand(portfolio),
        portfolio_parts.calendar(portfolio),
        portfolio_notes.risks(portfolio),
        portfolio_notes.sharing(portfolio),
        portfolio_parts.clients(portfolio),
        portfolio_parts.people(portfolio),
    )
    failed = (portfolio_notes.not_counted(report.failed),) if report.failed else ()
    return (*found, *failed, portfolio_notes.how(portfolio))


def tiles(report: Report) -> tuple[Tile, ...]:
    """The key figures."""
    portfolio = report.portfolio
    covered = sum(len(cover.entries) for one in portfolio.sharing for cover in one.covers)
    covers = sum(len(one.covers) for one in portfolio.sharing)
    unstaffed = {entry.number for one in portfolio.risks.unstaffed for entry in one.entries}
    unpaid = {entry.number for one in portfolio.risks.unpaid for entry in one.entries}
    over = sum(one.overloaded for one in portfolio.people)
    status = {one.of.id: one.count for one in portfolio.statuses}
    shown = [
        Tile(
            f"{len(portfolio.entries):,}",
            f"{_engagements(len(portfolio.entries))}: {status['settled']:,} firm, {status['likely']:,} likely, "
            f"{status['leaning']:,} leaning",
            "models",
        ),
        *(
            Tile(
                f"{one.total.fte:,.1f}",
                f"full-time {lower_first(clean(one.role.name))}s asked for, by stated policy",
                "demand",
            )
            for one in portfolio.demand
            if one.total.fte is not None and one.total.fte >= 1
        ),
        Tile(
            f"{len(unstaffed):,}", f"{_engagements(len(unstaffed))} with a role that nobody is available for", "risks"
        ),
        Tile(f"{len(unpaid):,}", f"{_engagements(len(unpaid))} with a role that is not paid for", "risks"),
    ]
    if covers:
        shown.append(
            Tile(f"{covered:,}", f"engagements that {numbered(covers, 'person', 'people')} could cover", "sharing")
        )
    shown.append(Tile(f"{over:,}", f"{'person' if over == 1 else 'people'} overloaded in some month", "people"))
    if report.failed:
        many = "file or document" if len(report.failed) == 1 else "files or documents"
        shown.append(Tile(f"{len(report.failed):,}", f"{many} not counted", "not-counted"))
    return tuple(shown)


def _engagements(number: int) -> str:
    return "engagement" if number == 1 else "engagements"

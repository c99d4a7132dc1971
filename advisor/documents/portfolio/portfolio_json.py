"""A portfolio as JSON, in the shape that `schemas/portfolio-2.json` promises to other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from advisor.documents.advice.as_json import dumps, share_of
from advisor.documents.portfolio.portfolio_view import Report
from advisor.portfolio.values import (
    FULL_TIME,
    Book,
    Calendar,
    Demand,
    Entry,
    Load,
    Named,
    Period,
    Person,
    Portfolio,
    Risks,
    Sharing,
)

SCHEMA = "advisor/portfolio-2"


def write(report: Report) -> str:
    """The contract as indented text; time is in persons in full time, engagements are named by `ref`."""
    return dumps(portfolio_as_dict(report), indent=2) + "\n"


def portfolio_as_dict(report: Report) -> dict[str, Any]:
    """Every key always present; what is not known is null or empty."""
    portfolio = report.portfolio
    return {
        "schema": SCHEMA,
        "title": report.title,
        "dated": report.dated,
        "engagements": [_engagement(entry) for entry in portfolio.entries],
        "not_counted": [{"source": one.source, "reasons": list(one.reasons)} for one in report.failed],
        "statuses": [{"id": one.of.id, "engagements": _refs(one.entries)} for one in portfolio.statuses],
        "models": [{**_named(one.of), "engagements": _refs(one.entries)} for one in portfolio.models],
        "demand": [_demand(one) for one in portfolio.demand],
        "calendar": _calendar(portfolio.calendar),
        "risks": _risks(portfolio.risks),
        "sharing": [_sharing(one) for one in portfolio.sharing],
        "clients": [
            {
                "name": one.name,
                "part": one.part,
                "engagements": _refs(one.entries),
                "roles": [_load(load) for load in one.roles],
            }
            for one in portfolio.clients
        ],
        "people": [_person(one) for one in portfolio.people],
        "spare": [
            {"name": one.name, "role": one.role.id, "engagements": _refs(one.entries)} for one in portfolio.spare
        ],
        "notes": _notes(portfolio),
        "rulebooks": [{**_book(book), "engagements": _refs(entries)} for book, entries in portfolio.books],
    }


def _refs(entries: Iterable[Entry]) -> list[str]:
    return [entry.ref for entry in entries]


def _named(one: Named) -> dict[str, str]:
    return {"id": one.id, "name": one.name}


def _load(load: Load) -> dict[str, Any]:
    return {**_named(load.of), "persons": load.fte, "engagements": _refs(load.entries)}


def _engagement(entry: Entry) -> dict[str, Any]:
    line = entry.line
    return {
        "ref": entry.ref,
        "number": entry.number,
        "source": line.source,
        "id": line.id,
        "name": line.name,
        "client": line.client,
        "status": line.status,
        "model": line.model.id,
        "share": share_of(line.share),
        "candidates": list(line.candidates),
        "scale": line.level or None,
        "scale_assumed": line.assumed,
        "guardrails": [one.id for one in line.guardrails],
        "roles": [
            {
                **_named(one.role),
                "person": one.person,
                "unstaffed": one.unstaffed,
                "unpaid": one.unpaid,
                "persons": None if one.mean is None else one.mean / FULL_TIME,
                "phases": [{**_named(phase), "persons": load / FULL_TIME} for phase, load in one.phases],
            }
            for one in line.roles
        ],
        "spare": [{"role": role.id, "person": person} for role, person in line.spare],
        "dates": dict(line.dates),
        "rulebook": line.book.digest,
    }


def _demand(one: Demand) -> dict[str, Any]:
    return {
        **_load(one.total),
        "phases": [_load(load) for load in one.phases],
        "still_open": _part(one.still_open),
        "unnamed": _part(one.unnamed),
        "unstaffed": _refs(one.unstaffed.entries),
        "unpaid": _refs(one.unpaid.entries),
    }


def _part(load: Load) -> dict[str, Any]:
    return {"persons": load.fte, "engagements": _refs(load.entries)}


def _calendar(calendar: Calendar) -> dict[str, Any]:
    return {
        "months": [_period(one) for one in calendar.months],
        "quarters": [_period(one) for one in calendar.quarters],
        "undated": _refs(calendar.undated),
        "outside": _refs(calendar.outside),
    }


def _period(one: Period) -> dict[str, Any]:
    return {"id": one.id, "roles": [_load(load) for load in one.roles]}


def _risks(risks: Risks) -> dict[str, Any]:
    return {
        "guardrails": [
            {"id": one.id, "text": one.text, "engagements": _refs(figure.entries)} for one, figure in risks.guardrails
        ],
        "unstaffed": [{**_named(one.of), "engagements": _refs(one.entries)} for one in risks.unstaffed],
        "unpaid": [{**_named(one.of), "engagements": _refs(one.entries)} for one in risks.unpaid],
        "leaning": _refs(risks.leaning),
        "most": [{"engagement": entry.ref, "guardrails": number} for number, entry in risks.most],
        "clear": _refs(risks.clear),
    }


def _sharing(one: Sharing) -> dict[str, Any]:
    return {
        "client": one.client,
        "role": one.role.id,
        "engagements": _refs(one.entries),
        "people": list(one.people),
        "unnamed": one.unnamed,
        "covers": [
            {
                "engagements": _refs(cover.entries),
                "person": cover.person,
                "named_on": cover.named_on,
                "persons": cover.mean,
                "busiest": cover.busiest,
                "month": cover.month,
            }
            for cover in one.covers
        ],
        "beyond": _refs(one.beyond),
    }


def _person(one: Person) -> dict[str, Any]:
    return {
        "name": one.name,
        "persons": one.mean,
        "busiest": one.busiest,
        "month": one.month,
        "overloaded": one.overloaded,
        "roles": [{"engagement": entry.ref, "role": role.id, "persons": fte} for entry, role, fte in one.parts],
    }


def _notes(portfolio: Portfolio) -> dict[str, Any]:
    return {
        "scale_assumed": _refs(portfolio.assumed),
        "without_load": _refs(portfolio.without_load),
        "without_client": _refs(portfolio.without_client),
        "same_id": _refs(portfolio.twice),
    }


def _book(book: Book) -> dict[str, Any]:
    load = book.load
    return {
        "title": book.title,
        "version": book.version,
        "digest": book.digest,
        "load": None if load is None else {"version": load.version, "digest": load.digest, "measured": False},
    }

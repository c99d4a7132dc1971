"""Why a letter, a row, a sentence or the whole recommendation is there: what the rule says, read, and rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import Response

from advisor.documents.advice.viewing import sources_of, view_of
from advisor.documents.explain.explain_text import explanation_as_text
from advisor.documents.shared.view import CellView, RowView, Source, View
from advisor.documents.shared.words import PRACTICE, capital, ended, value_words
from advisor.errors import AdvisorError, InputError
from advisor.explain import explain
from advisor.model.advice import Advice, PointItem
from advisor.serve.advised import BRIEF
from advisor.serve.asked import Asked
from advisor.serve.site import Opened, Site

MODEL = "model"
WIDTH = 96


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a rule, what it read here, the rule's id, the claims that it rests on, and letters from it.

    Of each letter, it has the letter, its kind, and whose it is.
    """

    says: str
    because: str = ""
    rule: str = ""
    rests_on: tuple[Source, ...] = ()
    letters: tuple[tuple[str, str, str], ...] = ()


def show(site: Site, asked: Asked) -> Response:
    """The page on what stands behind `about=`."""
    opened = site.open(asked.name)
    advice = opened.advice
    about = asked.text("about")
    title, said = _reasons(advice, view_of(advice, BRIEF), about)
    if not said:
        raise AdvisorError("Nothing of that name is in this advice any more; go back and load its page again.")
    return site.page(
        "why.html.j2",
        title,
        engagement=opened.engagement,
        link=opened.link,
        tab="advice",
        said=said,
        about=about,
        whole=_whole(opened, about) if asked.text("whole") else "",
    )


def _reasons(advice: Advice, view: View, about: str) -> tuple[str, tuple[Said, ...]]:
    if about == MODEL:
        reasons = tuple(Said(one.says, one.because, "", _sources(advice, one.grounds)) for one in view.reasons)
        return view.title, (Said(view.status_line), *reasons)
    row_id, _, role = about.partition(":")
    row = next((row for phase in view.phases for row in phase.rows if row.id == row_id), None)
    if row is not None:
        return row.name, _of_row(advice, view, row, role)
    points = [one for one in advice.points if one.rule == about]
    return (capital(points[0].kind), tuple(_of_point(advice, one) for one in points)) if points else ("", ())


def _of_row(advice: Advice, view: View, row: RowView, role: str) -> tuple[Said, ...]:
    """The letter that was asked about, or all of the row, each rule once with the letters that it gave."""
    by_rule: dict[str, list[tuple[str, CellView]]] = {}
    for column, cell in zip(view.columns, row.cells, strict=True):
        if cell.letters and role in ("", column.id):
            by_rule.setdefault(cell.rule, []).append((column.name, cell))
    return tuple(
        Said(
            cells[0][1].says,
            rule=rule,
            rests_on=_sources(advice, cells[0][1].grounds),
            letters=tuple((cell.letters, cell.kind[:1].lower(), f"{name}: {cell.meaning}") for name, cell in cells),
        )
        for rule, cells in by_rule.items()
    )


def _of_point(advice: Advice, one: PointItem) -> Said:
    read = []
    for variable, value in one.because.items():
        asked, said = value_words(advice, variable, value)
        read.append(ended(f"{asked} {capital(said)}" if asked.endswith("?") else f"{asked}: {said}"))
    if one.about:
        return Said(f"The engagement file states it: {ended(one.about.get('what', one.text))}", rule=one.rule)
    return Said(one.says or one.text, " ".join(read), one.rule, _sources(advice, one.claims))


def _sources(advice: Advice, claims: Iterable[str]) -> tuple[Source, ...]:
    return sources_of(advice, [PRACTICE if claim == PRACTICE.lower() else claim for claim in claims])


def _whole(opened: Opened, about: str) -> str:
    """All rules with their conditions, as `advisor explain` tells them; empty where it knows no such thing."""
    key = "" if about == MODEL else about
    try:
        told = explain(opened.catalog, opened.engagement, key)
    except InputError:
        return ""
    return explanation_as_text(told, opened.catalog, WIDTH, full=True)

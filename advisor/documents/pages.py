"""Markdown, HTML and Confluence pages from the templates beside this file, in a sandbox that fails on unknown names."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from advisor.documents.charts import CHARTS, chart
from advisor.documents.edition import Edition
from advisor.documents.markdown import aligned, escape
from advisor.documents.own_template import MINE, Sandbox, mistake, read_template
from advisor.documents.view import Source, View
from advisor.documents.viewing import legend, view_of
from advisor.documents.words import a, listed, lower_first
from advisor.errors import InputError, Problem
from advisor.model.advice import Advice

KINDS = {
    "raci": "Responsibility matrix",
    "advice": "Advice on roles",
    "both": "Advice on roles and responsibility matrix",
}
TEMPLATES = Path(__file__).parent / "templates"


def markdown(advice: Advice, edition: Edition) -> str:
    """The document as Markdown."""
    return _page(advice, edition, "md")


def html(advice: Advice, edition: Edition) -> str:
    """The document as one HTML page that needs nothing else."""
    return _page(advice, edition, "html")


def confluence(advice: Advice, edition: Edition) -> str:
    """The body of a page in Confluence's storage format; the page's title is Confluence's own."""
    return _page(advice, edition, "confluence")


def _page(advice: Advice, edition: Edition, kind: str) -> str:
    given = _given(advice, edition, kind)
    if edition.template is None:
        return environment().get_template(f"document.{kind}.j2").render(given)
    read = read_template(edition.template, f".{kind}.j2")
    try:
        return _own(read, str(edition.template), kind).render(given)
    except InputError:
        raise
    except Exception as error:  # whatever a template of somebody's own may run into
        raise mistake(error, str(edition.template), given) from None


def _own(read: bytes, name: str, kind: str) -> Template:
    """The reader's template, which may extend and include ours."""
    try:
        text = read.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError([Problem(name, 0, "", "is no text in UTF-8")]) from None
    ours = environment()
    mine = ours.overlay(loader=ChoiceLoader([DictLoader({f"{MINE}.{kind}.j2": text}), ours.loader or DictLoader({})]))
    return mine.get_template(f"{MINE}.{kind}.j2")


def _given(advice: Advice, edition: Edition, kind: str) -> dict[str, Any]:
    """What a template can use, by name."""
    view = view_of(advice, edition)
    return {
        "view": view,
        "document": edition.document,
        "kind": KINDS[edition.document],
        "charts": {name: Markup(chart(view, name, "page")) for name in CHARTS} if kind == "html" else {},
        "legend": legend(cell.letters for row in advice.matrix.activities for cell in row.cells),
        "sources": sources(view, edition),
    }


def sources(view: View, edition: Edition) -> tuple[Source, ...]:
    """The claims that the document cites, each once, in the article's order."""
    return {"raci": view.matrix_sources, "advice": view.advice_sources, "both": view.all_sources}[edition.document]


@cache
def environment() -> Sandbox:
    """Where templates are found and what they may use."""
    environment = Sandbox(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        undefined=StrictUndefined,
        autoescape=_is_markup,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = escape
    environment.filters["aligned"] = aligned
    environment.filters["listed"] = listed
    environment.filters["lower_first"] = lower_first
    environment.filters["a"] = a
    return environment


def _is_markup(name: str | None) -> bool:
    return name is None or ".html." in name or ".confluence." in name

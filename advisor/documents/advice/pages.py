"""Markdown, HTML and Confluence pages from the templates beside this file, in a sandbox that fails on unknown names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import DictLoader, FileSystemLoader
from markupsafe import Markup

from advisor.documents.advice.charts import CHARTS, chart
from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.compose import brief_of
from advisor.documents.brief.picture import work_picture
from advisor.documents.shared import TEMPLATES
from advisor.documents.shared.confined import confined
from advisor.documents.shared.edition import Edition
from advisor.documents.shared.markdown import aligned, escape
from advisor.documents.shared.own_template import MINE, mistake, read_template
from advisor.documents.shared.sandbox import Sandbox
from advisor.documents.shared.view import Source, View
from advisor.documents.shared.words import a, listed, lower_first
from advisor.errors import InputError, Problem
from advisor.model.advice import Advice

KINDS = {
    "brief": "Brief on roles",
    "raci": "Responsibility matrix",
    "advice": "Advice on roles",
    "both": "Advice on roles and responsibility matrix",
}


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
    given = given_to(advice, edition, kind)
    if edition.template is None:
        return environment().get_template(f"{layout_of(edition)}.{kind}.j2").render(given)
    own = Own(read_template(edition.template, f".{kind}.j2"), str(edition.template), kind, given)
    return confined("advisor.documents.advice.pages:fill_own", own, own.name).decode()


@dataclass(frozen=True, slots=True)
class Own:
    """A template of the reader's own, what messages call it, its kind, and what it is given by name."""

    template: bytes
    name: str
    kind: str
    given: Mapping[str, Any]


def fill_own(own: Own) -> Callable[[], bytes]:
    """Gets ready to fill in the template, which may extend and include ours; InputError, then, for a mistake in it."""
    ours = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.j2")}
    environment()
    return lambda: _fill_own(own, ours)


def _fill_own(own: Own, ours: Mapping[str, str]) -> bytes:
    try:
        text = own.template.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError([Problem(own.name, 0, "", "is no text in UTF-8")]) from None
    called = f"{MINE}.{own.kind}.j2"
    mine = environment().overlay(loader=DictLoader({**ours, called: text}))
    try:
        return mine.get_template(called).render(own.given).encode("utf-8", "backslashreplace")
    except MemoryError:
        raise
    except Exception as error:  # whatever a template of somebody's own may run into
        raise mistake(error, own.name, own.given) from None


def given_to(advice: Advice, edition: Edition, kind: str) -> dict[str, Any]:
    """What a template can use, by name."""
    view = view_of(advice, edition)
    brief = brief_of(advice, view, edition.rows) if edition.document == "brief" else None
    return {
        "brief": brief,
        "picture": Markup(work_picture(brief, "page")) if brief is not None and kind == "html" else "",
        "view": view,
        "document": edition.document,
        "kind": KINDS[edition.document],
        "charts": {name: Markup(chart(view, name, "page")) for name in CHARTS} if kind == "html" else {},
        "legend": view.legend,
        "sources": sources(view, edition),
    }


def layout_of(edition: Edition) -> str:
    """The name of the layout, without its suffix: that of a brief, or the one that all other documents share."""
    return "brief" if edition.document == "brief" else "document"


def sources(view: View, edition: Edition) -> tuple[Source, ...]:
    """The claims that the document cites, each once, in the article's order."""
    return {"brief": (), "raci": view.matrix_sources, "advice": view.advice_sources, "both": view.all_sources}[
        edition.document
    ]


@cache
def environment(**more: Callable[..., str]) -> Sandbox:
    """Where templates are found and what they may use: the filters of all pages, and `more` of one kind of page."""
    environment = Sandbox(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=_is_markup,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"md": escape, "aligned": aligned, "listed": listed, "lower_first": lower_first, "a": a}
    environment.filters |= more
    return environment


def _is_markup(name: str | None) -> bool:
    return name is None or ".html." in name or ".confluence." in name

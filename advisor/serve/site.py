"""What all pages share: the folder, the keys, the templates, and how a page is made from them."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import ChoiceLoader, FileSystemLoader
from starlette.responses import HTMLResponse, RedirectResponse, Response

from advisor.advise import advise
from advisor.catalog.engagements import read_one
from advisor.catalog.own import catalog_at, catalog_for
from advisor.documents.advice.pages import environment
from advisor.documents.shared import TEMPLATES
from advisor.documents.shared.sandbox import Sandbox
from advisor.files import read_limited
from advisor.interview.revising import engagement_form
from advisor.interview.saving import save
from advisor.interview.state import Interview
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from advisor.serve.folder import Folder
from advisor.serve.guard import Keys
from advisor.serve.headlines import PATIENT, Headlines
from advisor.serve.kept import Kept

HERE = Path(__file__).parent
DOCUMENT_POLICY = (
    "sandbox allow-scripts allow-modals; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; frame-ancestors 'self'"
)


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One run of the server. `rulebook` is the one that it was started with, None for what each file names.

    `sittings` are the interviews under way by file: what was skipped, and in which order questions came.
    """

    folder: Folder
    keys: Keys
    rulebook: Path | None = None
    people: bool = False
    sittings: dict[str, Interview] = field(default_factory=dict)
    headlines: Headlines = field(default_factory=Headlines)
    kept: Kept = field(default_factory=Kept)

    def catalog(self) -> Catalog:
        """The rulebook of files that name none."""
        return catalog_at(self.rulebook)

    def open(self, name: str) -> Opened:
        """The engagement in the file of that name; NotHere, or InputError with all that is wrong in it."""
        path = self.folder.file(name)
        data = read_limited(path)
        catalog = catalog_for(data, path, self.rulebook)
        return Opened(name, path, catalog, read_one(data, name, catalog))

    def warm(self) -> None:
        """Work out the headlines of all files, so that the list need not wait for them."""
        for name in self.folder.names():
            self.headlines.of([self.folder.path / name], self.rulebook, PATIENT)

    def page(self, template: str, title: str, status: int = 200, **given: Any) -> Response:
        """The page that the template makes of what it is given; frames can hold our own documents."""
        shared = {"title": title, "form_key": self.keys.form, "people": self.people, "notice": "", "at": ""}
        return HTMLResponse(templates().get_template(template).render({**shared, **given}), status)


@dataclass(frozen=True, slots=True)
class Opened:
    """An engagement with the file that it was read from and the rulebook that it goes with."""

    name: str
    path: Path
    catalog: Catalog
    engagement: Engagement

    @property
    def advice(self) -> Advice:
        return advise(self.catalog, self.engagement)

    @property
    def link(self) -> str:
        """Where its pages begin."""
        return link_to(self.name)

    def save(self, seen: Engagement, after: Engagement) -> None:
        """Write what differs from what was seen; Overtaken, and nothing written, where the file says otherwise."""
        save(self.path, seen, after, engagement_form(self.catalog), yielding=True)


def link_to(name: str) -> str:
    """The page of a file."""
    return f"/e/{quote(name, safe='')}"


def go(to: str) -> Response:
    """Go on to another page, after what was sent is done."""
    return RedirectResponse(to, 303)


def attachment(data: bytes, name: str) -> Response:
    """A file to be kept, never shown as a page of ours; the name is of plain letters."""
    media = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(data, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def document(data: bytes) -> Response:
    """A document of ours as a page by itself, whose scripts can reach nothing of this server."""
    return HTMLResponse(data, headers={"Content-Security-Policy": DOCUMENT_POLICY, "X-Frame-Options": "SAMEORIGIN"})


@cache
def templates() -> Sandbox:
    """The templates of pages, which can use those of documents."""
    loader = ChoiceLoader([FileSystemLoader(HERE / "templates"), FileSystemLoader(TEMPLATES)])
    found: Sandbox = environment().overlay(loader=loader)
    found.filters = {**found.filters, "link": link_to, "quoted": lambda text: quote(str(text), safe="")}
    return found


def styles() -> str:
    """The one style sheet: that of our documents, and what pages have besides."""
    parts = ["style.css.j2", "brief.css.j2", "compare.css.j2", "portfolio.css.j2", "serve.css.j2"]
    given: Mapping[str, Any] = {"legend": ()}
    return "\n".join(templates().get_template(one).render(given) for one in parts)

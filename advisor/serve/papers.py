"""Documents to take away: every format, for the firm or for the client, in several letters, with a logo."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from starlette.responses import Response

from advisor.documents import FORMATS, no_place_for, write
from advisor.documents.client_copy import promised
from advisor.documents.matrix.rows import ALL, MAIN, MOST
from advisor.documents.shared.edition import DOCUMENTS, Edition, Rows, logo_from
from advisor.documents.shared.typed import identifier, plain_text
from advisor.errors import AdvisorError
from advisor.matrices.written import known, standard
from advisor.serve.asked import Asked
from advisor.serve.site import Opened, Site, attachment, document

NAMES = {
    "docx": "Word",
    "pdf": "PDF",
    "xlsx": "Excel",
    "html": "Web page",
    "markdown": "Markdown",
    "confluence": "Confluence page",
    "csv": "CSV, the matrix alone",
    "text": "Plain text",
    "json": "JSON, for programs",
}
WHICH = {
    "brief": "Brief: two pages",
    "raci": "The whole matrix",
    "advice": "All advice, without the matrix",
    "both": "All advice with the matrix",
}
_SAID = {
    "template": "template",
    "logo": "logo",
    "title": "title",
    "dated": "date",
    "client_view": "copy for a client",
    "rows": "number of rows",
    "letters": "choice of letters",
    "document": "choice of documents",
}


def show(site: Site, asked: Asked) -> Response:
    """What there is to choose from."""
    return _shown(site, site.open(asked.name))


def give(site: Site, asked: Asked) -> Response:
    """The document as a file, or as a page to look at and print."""
    opened = site.open(asked.name)
    try:
        edition, form = _edition(asked), asked.text("format", "docx")
        if asked.text("act") == "look":
            return document(write(opened.advice, "html", replace(edition, template=None)))
        if form not in FORMATS:
            raise AdvisorError("Choose one of the formats.")
        lacking = no_place_for(edition, form)
        if lacking:
            raise AdvisorError(
                f"{NAMES[form]} has no place for a {_SAID[lacking]}; take that away or choose another format."
            )
        name = f"{identifier(edition.title or opened.engagement.name, Path(opened.name))}{FORMATS[form].suffix}"
        return attachment(write(opened.advice, form, edition), name)
    except AdvisorError as error:
        return _shown(site, opened, str(error), 400, asked)


def _edition(asked: Asked) -> Edition:
    which = asked.text("document", "brief")
    if which not in DOCUMENTS:
        raise AdvisorError("Choose one of the documents.")
    letters = known().get(asked.text("letters", "raci"))
    if letters is None:
        raise AdvisorError("Choose one of the letterings.")
    dated = asked.text("dated")
    try:
        printed = datetime.date.fromisoformat(dated).isoformat() if dated else ""
    except ValueError:
        raise AdvisorError(f"“{plain_text(dated)[:40]}” is no date; write it as 2027-01-31.") from None
    logo = logo_from(asked.upload.data, asked.upload.name) if asked.upload is not None and asked.upload.data else None
    return Edition(
        which,
        plain_text(asked.text("title")),
        asked.text("client_view") == "yes",
        printed,
        logo,
        None,
        _rows(asked.text("rows")),
        None if letters == standard() else letters,
    )


def _rows(typed: str) -> Rows:
    if typed in ("", ALL, MAIN):
        return typed
    if typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= MOST:
        return int(typed)
    raise AdvisorError(f"The number of rows is a number from 1 to {MOST}.")


def _shown(site: Site, opened: Opened, problem: str = "", status: int = 200, asked: Asked | None = None) -> Response:
    return site.page(
        "documents.html.j2",
        "Documents",
        status,
        engagement=opened.engagement,
        link=opened.link,
        tab="documents",
        formats=NAMES,
        documents=WHICH,
        letters={id: one.name for id, one in known().items()},
        promised=promised(opened.advice),
        problem=problem,
        chosen={name: given[0] for name, given in asked.form.items()} if asked is not None else {},
    )

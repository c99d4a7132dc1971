"""Writes an advice as a document: one list of formats, each with its writer, suffix and what it needs installed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from advisor.documents.shared.edition import DOCUMENTS, STANDARD, Edition
from advisor.errors import InputError, Problem, did_you_mean
from advisor.model.rules import PAPERS

if TYPE_CHECKING:
    from advisor.model.advice import Advice

    _Writer = Callable[[Advice, Edition], str | bytes]

__all__ = [
    "ALL_DOCUMENTS",
    "DOCUMENTS",
    "FORMATS",
    "PAPERS",
    "PAPER_WRITERS",
    "SUFFIXES",
    "Edition",
    "Format",
    "format_of",
    "has_no_matrix",
    "no_place_for",
    "render",
    "write",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the suffix of its files, its writer (`module:function`), and whether it is text in UTF-8.

    `lacks` are the parts of an Edition that it has no place for.
    """

    suffix: str
    writer: str
    text: bool = True
    lacks: tuple[str, ...] = ()


# Writers are imported when they are needed: `advisor --help` should wait for none of them.
FORMATS = {
    "text": Format(".txt", "advice.text:write", lacks=("dated", "logo", "template")),
    "markdown": Format(".md", "advice.pages:markdown", lacks=("logo",)),
    "html": Format(".html", "advice.pages:html"),
    "csv": Format(".csv", "matrix.csv_table:write", lacks=("document", "title", "dated", "logo", "template")),
    "json": Format(
        ".json", "advice.as_json:write", lacks=("client_view", "title", "dated", "logo", "template", "rows", "letters")
    ),
    "confluence": Format(".confluence", "advice.pages:confluence", lacks=("title", "logo")),
    "docx": Format(".docx", "advice.word:write", text=False),
    "pdf": Format(".pdf", "advice.pdf:write", text=False, lacks=("template",)),
    "xlsx": Format(".xlsx", "advice.excel:write", text=False, lacks=("template",)),
}
# Formats in which `advice` is the advice alone; as text or a workbook it has the matrix with it.
WITHOUT_MATRIX = ("markdown", "html", "confluence", "docx", "pdf")
ALL_DOCUMENTS = (*DOCUMENTS, *PAPERS)
# Documents beside the matrix are made of passages (`model/rules.py`), and written in these formats.
PAPER_WRITERS = {
    "markdown": "papers.paper_pages:markdown",
    "html": "papers.paper_pages:html",
    "docx": "papers.paper_word:write",
    "pdf": "papers.paper_pdf:write",
}
PAPER_LACKS = ("template",)
OF_MATRIX = ("rows", "letters")  # parts of an Edition that say how the matrix is printed
SUFFIXES = {one.suffix: name for name, one in FORMATS.items()}


def format_of(path: str, wanted: str | None = None) -> str:
    """Return the format that is wanted, or the one that a file name's suffix asks for.

    Raises InputError when the suffix asks for none, or for another than is wanted; a .txt may hold any text.
    """
    suffix = PurePath(path).suffix.lower()
    if wanted is not None:
        other = SUFFIXES.get(suffix, wanted)
        if other != wanted and not (other == "text" and FORMATS[wanted].text):
            raise InputError([Problem(path, 0, "", f"ends as {other} does, but the format asked for is {wanted}")])
        return wanted
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    near = did_you_mean(suffix, SUFFIXES)
    wrong = f"no format for the suffix {suffix}" if suffix else "no suffix to tell the format by"
    *others, last = SUFFIXES
    message = f"{wrong}; documents end in {', '.join(others)} or {last}{near}"
    raise InputError([Problem(str(path), 0, "", message)])


def no_place_for(edition: Edition, format: str) -> str:
    """The first thing that the edition asks for and the format has no place for; empty when there is none."""
    plain = replace(edition, document=STANDARD.document) if edition.document == "brief" else edition
    lacks = FORMATS[format].lacks
    if edition.document in PAPERS:
        lacks = (*lacks, *PAPER_LACKS, *(OF_MATRIX if edition.document != "annex" else ()))
        plain = replace(edition, document=STANDARD.document)
    if has_no_matrix(edition, format):
        lacks = (*lacks, *OF_MATRIX)
    asked = (name for name in lacks if getattr(plain, name) != getattr(STANDARD, name))
    return next(asked, "")


def has_no_matrix(edition: Edition, format: str) -> bool:
    """Whether the document is the advice alone."""
    return edition.document == "advice" and format in WITHOUT_MATRIX


def write(advice: Advice, format: str, edition: Edition | None = None) -> bytes:
    """Return the document as the bytes of its file.

    CSV holds the matrix and JSON the whole advice, whichever document is asked for; what else a format has no place for
    (`no_place_for`) is left out. Raises MissingExtra when a format needs a package that is not installed, InputError
    when there is no such format or document, or when a client's copy is asked for in a format that has none.
    """
    made = _made(advice, format, edition or Edition())
    return made.encode() if isinstance(made, str) else made


def render(advice: Advice, format: str, document: str = "raci", edition: Edition | None = None) -> str:
    """Return a document whose format is text, to be written as UTF-8 with its newlines left as they are."""
    made = _made(advice, format, replace(edition or Edition(), document=document))
    if isinstance(made, bytes):
        texts = ", ".join(name for name, one in FORMATS.items() if one.text)
        raise InputError([Problem("format", 0, "", f"{format} is no text; use write() for it (texts: {texts})")])
    return made


def _made(advice: Advice, format: str, edition: Edition) -> str | bytes:
    if edition.document not in ALL_DOCUMENTS:
        raise _unknown("document", edition.document, ALL_DOCUMENTS)
    if format not in FORMATS:
        raise _unknown("format", format, tuple(FORMATS))
    if edition.client_view and "client_view" in FORMATS[format].lacks:
        said = f"{format} holds the whole advice, with what is for your firm alone; it has no copy for a client"
        raise InputError([Problem("format", 0, "", said)])
    where = FORMATS[format].writer
    if edition.document in PAPERS:
        if format not in PAPER_WRITERS:
            said = f"a {edition.document} is written as {', '.join(PAPER_WRITERS)}, not as {format}"
            raise InputError([Problem("format", 0, "", said)])
        where = PAPER_WRITERS[format]
    module, name = where.split(":")
    writer: _Writer = getattr(import_module(f"advisor.documents.{module}"), name)
    if not edition.client_view:
        return writer(advice, edition)
    from advisor.documents.client_copy import for_client

    return writer(for_client(advice), edition)


def _unknown(what: str, given: str, known: tuple[str, ...]) -> InputError:
    near = did_you_mean(given, known)
    return InputError([Problem(what, 0, "", f"no {what} is called {given}; there are {', '.join(known)}{near}")])

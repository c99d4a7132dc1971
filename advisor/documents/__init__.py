"""Writes an advice as a document: one list of formats, each with its writer, suffix and what it needs installed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePath

from advisor.documents.edition import DOCUMENTS, Edition
from advisor.errors import InputError, Problem, did_you_mean
from advisor.model.advice import Advice

__all__ = ["DOCUMENTS", "FORMATS", "SUFFIXES", "Edition", "Format", "format_of", "render", "write"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the suffix of its files, its writer (`module:function`), and whether it is text in UTF-8."""

    suffix: str
    writer: str
    text: bool = True


_Writer = Callable[[Advice, Edition], str | bytes]

# Writers are imported when they are needed: `advisor --help` should wait for none of them.
FORMATS = {
    "text": Format(".txt", "text:write"),
    "markdown": Format(".md", "pages:markdown"),
    "html": Format(".html", "pages:html"),
    "csv": Format(".csv", "csv_table:write"),
    "json": Format(".json", "as_json:write"),
    "confluence": Format(".confluence", "pages:confluence"),
    "docx": Format(".docx", "word:write", text=False),
    "pdf": Format(".pdf", "pdf:write", text=False),
    "xlsx": Format(".xlsx", "excel:write", text=False),
}
SUFFIXES = {one.suffix: name for name, one in FORMATS.items() if name != "text"}


def format_of(path: str) -> str:
    """Return the format that a file name's suffix asks for; raise `InputError` when there is none for it."""
    suffix = PurePath(path).suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    near = did_you_mean(suffix, SUFFIXES)
    wrong = f"no format for the suffix {suffix}" if suffix else "no suffix to tell the format by"
    *others, last = SUFFIXES
    message = f"{wrong}; documents end in {', '.join(others)} or {last}{near}"
    raise InputError([Problem(str(path), 0, "", message)])


def write(advice: Advice, format: str, edition: Edition | None = None) -> bytes:
    """Return the document as the bytes of its file.

    CSV and Excel hold the matrix and JSON the whole advice, whichever document is asked for. Raises MissingExtra when
    a format needs a package that is not installed, InputError when there is no such format or document.
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
    if edition.document not in DOCUMENTS:
        raise _unknown("document", edition.document, DOCUMENTS)
    if format not in FORMATS:
        raise _unknown("format", format, tuple(FORMATS))
    module, name = FORMATS[format].writer.split(":")
    writer: _Writer = getattr(import_module(f"advisor.documents.{module}"), name)
    return writer(advice, edition)


def _unknown(what: str, given: str, known: tuple[str, ...]) -> InputError:
    near = did_you_mean(given, known)
    return InputError([Problem(what, 0, "", f"no {what} is called {given}; there are {', '.join(known)}{near}")])

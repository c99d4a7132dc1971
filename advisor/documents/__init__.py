"""Writes an advice as a document: text for the screen, Markdown, HTML, CSV or JSON."""

from __future__ import annotations

from pathlib import PurePath

from advisor.errors import InputError, Problem, did_you_mean
from advisor.model.advice import Advice

FORMATS = ("text", "markdown", "html", "csv", "json")
DOCUMENTS = ("raci", "advice")
SUFFIXES = {".md": "markdown", ".html": "html", ".csv": "csv", ".json": "json"}

__all__ = ["DOCUMENTS", "FORMATS", "SUFFIXES", "format_of", "render"]


def format_of(path: str) -> str:
    """Return the format that a file name's suffix asks for; raise `InputError` when there is none for it."""
    suffix = PurePath(path).suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    near = did_you_mean(suffix, SUFFIXES)
    wrong = f"no format for the suffix {suffix}" if suffix else "no suffix to tell the format by"
    message = f"{wrong}; documents end in .md, .html, .csv or .json{near}"
    raise InputError([Problem(str(path), 0, "", message)])


def render(advice: Advice, format: str, document: str = "raci") -> str:
    """Return the document as text, to be written as UTF-8 with its newlines left as they are.

    CSV holds the matrix and JSON the whole advice, whichever document is asked for.
    """
    # Writers are imported when they are needed: `advisor --help` should not wait for a template engine.
    if document not in DOCUMENTS:
        raise _unknown("document", document, DOCUMENTS)
    if format == "json":
        from advisor.documents.as_json import advice_as_json

        return advice_as_json(advice)
    if format == "csv":
        from advisor.documents.csv_table import matrix_as_csv

        return matrix_as_csv(advice)
    if format == "text":
        from advisor.documents.text import advice_as_text, matrix_as_text

        return matrix_as_text(advice) if document == "raci" else advice_as_text(advice)
    if format in ("markdown", "html"):
        from advisor.documents.pages import page

        return page(advice, format, document)
    raise _unknown("format", format, FORMATS)


def _unknown(what: str, given: str, known: tuple[str, ...]) -> InputError:
    near = did_you_mean(given, known)
    return InputError([Problem(what, 0, "", f"no {what} is called {given}; there are {', '.join(known)}{near}")])

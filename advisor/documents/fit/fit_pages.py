"""Fit sheets as text, JSON, Markdown and HTML, from the templates beside this file."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.documents.advice.pages import environment
from advisor.documents.fit.fit_json import fits_as_json
from advisor.documents.fit.fit_side import SIDE_NOTE, side_by_side
from advisor.documents.fit.fit_text import fits_as_text
from advisor.documents.fit.fit_view import AGREED, KIND, OPENING, fit_view
from advisor.model.fit import Fit


def text(fit: Fit, dated: str) -> str:
    """The sheet as plain text, 80 columns wide."""
    return fits_as_text([fit], dated=dated)


def as_json(fit: Fit, dated: str) -> str:
    """The one fit as JSON, which has no date of its own."""
    return fits_as_json([fit])


def markdown(fit: Fit, dated: str) -> str:
    """The sheet as Markdown."""
    return _page(fit, dated, "md")


def html(fit: Fit, dated: str) -> str:
    """The sheet as one HTML page that needs nothing else."""
    return _page(fit, dated, "html")


def together(fits: Sequence[Fit], dated: str = "") -> str:
    """Everybody as Markdown: several people side by side first, then each sheet."""
    sheets = [markdown(fit, dated) for fit in fits]
    if len(fits) > 1:
        beside = environment().get_template("fit_beside.md.j2")
        sheets.insert(0, beside.render(beside=side_by_side(fits), note=SIDE_NOTE))
    return "\n".join(sheets)


def _page(fit: Fit, dated: str, kind: str) -> str:
    template = environment().get_template(f"fit.{kind}.j2")
    return template.render(view=fit_view(fit, dated), kind=KIND, opening=OPENING, agreed=AGREED)

"""A comparison as one web page that needs nothing else, from the templates beside this file."""

from __future__ import annotations

from advisor.compare.values import Comparison
from advisor.documents.advice import pages
from advisor.documents.compare.compare_viewing import view_of


def html(found: Comparison, title: str = "", dated: str = "") -> str:
    """The page."""
    return pages.environment().get_template("compare.html.j2").render(view=view_of(found, title, dated))

"""A page in Confluence's storage format: what its editor keeps, and what its programming interface takes as a body."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.documents.edition import Edition
from advisor.documents.pages import environment
from advisor.documents.view import Source, View
from advisor.documents.viewing import legend, view_of
from advisor.model.advice import Advice


def write(advice: Advice, edition: Edition) -> str:
    """The body of the page; its title is Confluence's own."""
    view = view_of(advice, edition)
    letters = (cell.letters for row in advice.matrix.activities for cell in row.cells)
    cited = {source.id: source for source in _cited(view, edition)}
    return (
        environment()
        .get_template("document.confluence.j2")
        .render(view=view, document=edition.document, legend=legend(letters), sources=list(cited.values()))
    )


def _cited(view: View, edition: Edition) -> Iterator[Source]:
    if edition.document in ("advice", "both"):
        yield from view.advice_sources
    if edition.document in ("raci", "both"):
        yield from view.matrix_sources

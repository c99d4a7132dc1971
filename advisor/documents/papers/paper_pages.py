"""A document beside the matrix as Markdown and as one HTML page."""

from __future__ import annotations

from advisor.documents.advice.pages import environment
from advisor.documents.papers.compose import paper_of
from advisor.documents.shared.edition import Edition
from advisor.model.advice import Advice


def markdown(advice: Advice, edition: Edition) -> str:
    """The document as Markdown."""
    return _page(advice, edition, "md")


def html(advice: Advice, edition: Edition) -> str:
    """The document as one HTML page that needs nothing else."""
    return _page(advice, edition, "html")


def _page(advice: Advice, edition: Edition, kind: str) -> str:
    paper, view = paper_of(advice, edition)
    return environment().get_template(f"paper.{kind}.j2").render(paper=paper, view=view, legend=view.legend)

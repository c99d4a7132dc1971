"""A document beside the matrix as a Word file, filled into a template of its own."""

from __future__ import annotations

from advisor.documents.advice.word import LOGO_HIGH, LOGO_WIDE
from advisor.documents.advice.word_fill import Filling, fill, shown
from advisor.documents.advice.word_finish import Picture
from advisor.documents.papers.compose import paper_of
from advisor.documents.shared import TEMPLATES
from advisor.documents.shared.edition import Edition
from advisor.errors import MissingExtra
from advisor.model.advice import Advice

TEMPLATE = TEMPLATES / "paper.docx"


def write(advice: Advice, edition: Edition) -> bytes:
    """The document; MissingExtra without the package that fills it in."""
    try:
        import docxtpl  # noqa: F401
    except ImportError:
        raise MissingExtra("A Word document", "docxtpl", "office") from None
    paper, view = paper_of(advice, edition)
    logo, pictures = edition.logo, {}
    if logo is not None:
        pictures["logo"] = Picture(logo.data, logo.kind, logo.media, *logo.within(LOGO_WIDE, LOGO_HIGH), "Logo")
    given = {"paper": paper, "view": view, "legend": view.legend, "logo": shown("logo") if logo is not None else ""}
    return fill(Filling(TEMPLATE.read_bytes(), str(TEMPLATE), given, pictures))

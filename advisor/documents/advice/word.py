"""The document as a Word file: what it says and shows, filled into a template, ours or the reader's own."""

from __future__ import annotations

from advisor.documents.advice.charts import CHARTS, as_png, chart, chart_words
from advisor.documents.advice.pages import KINDS, layout_of, sources
from advisor.documents.advice.viewing import view_of
from advisor.documents.advice.word_fill import Filling, fill, shown
from advisor.documents.advice.word_finish import Picture
from advisor.documents.brief.compose import brief_of
from advisor.documents.brief.picture import work_picture
from advisor.documents.shared import TEMPLATES
from advisor.documents.shared.confined import confined
from advisor.documents.shared.edition import Edition
from advisor.documents.shared.own_template import read_template
from advisor.errors import MissingExtra
from advisor.model.advice import Advice

LOGO_WIDE, LOGO_HIGH, CHART_WIDE, WORK_WIDE = 70, 16, 170, 90  # mm


def write(advice: Advice, edition: Edition) -> bytes:
    """The document; MissingExtra without the package that fills it in, InputError for a mistake in a template."""
    try:
        import docxtpl  # noqa: F401
    except ImportError:
        raise MissingExtra("A Word document", "docxtpl", "office") from None
    if edition.template is None:
        ours = TEMPLATES / f"{layout_of(edition)}.docx"
        return fill(filling(advice, edition, ours.read_bytes(), str(ours)))
    own = filling(advice, edition, read_template(edition.template, ".docx"), str(edition.template))
    return confined("advisor.documents.advice.word_fill:fill_own", own, own.name)


def filling(advice: Advice, edition: Edition, template: bytes, name: str) -> Filling:
    """Everything that the template is given."""
    view = view_of(advice, edition)
    brief = brief_of(advice, view, edition.rows) if edition.document == "brief" else None
    pictures = {}
    if brief is not None and (work := work_picture(brief, "bare")):
        pictures["work"] = _picture(as_png(work), chart_words(work), WORK_WIDE)
    for one in CHARTS:
        svg = chart(view, one, "bare")
        if svg:
            pictures[one] = _picture(as_png(svg), chart_words(svg))
    given = {
        "view": view,
        "brief": brief,
        "document": edition.document,
        "kind": KINDS[edition.document],
        "legend": view.legend,
        "sources": sources(view, edition),
        "logo": shown("logo") if edition.logo is not None else "",
        "pictures": {one: shown(one) if one in pictures else "" for one in (*CHARTS, "work")},
    }
    if edition.logo is not None:
        logo = edition.logo
        pictures["logo"] = Picture(logo.data, logo.kind, logo.media, *logo.within(LOGO_WIDE, LOGO_HIGH), "Logo")
    return Filling(template, name, given, pictures)


def _picture(png: bytes, says: str, breadth: float = CHART_WIDE) -> Picture:
    wide, high = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    return Picture(png, "png", "image/png", breadth, breadth * high / wide, says)

"""The rulebook as a handbook to read and to check advice by, written from the catalog as Markdown or HTML."""

from __future__ import annotations

from advisor.documents.advice import pages
from advisor.documents.handbook import (
    handbook_basis,
    handbook_how,
    handbook_levels,
    handbook_matrix,
    handbook_people,
    handbook_rules,
    handbook_staffing,
)
from advisor.documents.handbook.handbook_view import Handbook, Line, Piece
from advisor.documents.handbook.handbook_words import Wording
from advisor.documents.shared import markdown
from advisor.documents.shared.words import clean
from advisor.model.person import PersonRules
from advisor.model.rulebook import Catalog

FORMATS = {"markdown": "md", "html": "html"}


def handbook(catalog: Catalog, format: str = "markdown", people: PersonRules | None = None) -> str:
    """The handbook of the catalog as `markdown` or `html`; the same catalog always gives the same text.

    With `people`, the rules on people are its last part.
    """
    template = pages.environment(said=markdown_line, plain=clean).get_template(f"handbook.{FORMATS[format]}.j2")
    return template.render(view=handbook_of(catalog, people))


def handbook_of(catalog: Catalog, people: PersonRules | None = None) -> Handbook:
    """All sections, in the order in which advice is reached; last, where there are any, the rules on people."""
    wording = Wording(catalog)
    return Handbook(
        name=clean(catalog.title),
        lines=handbook_how.what_it_is(catalog),
        sections=(
            handbook_how.how_to_check(catalog),
            handbook_basis.claims(catalog, wording),
            handbook_basis.questions(catalog, wording),
            handbook_basis.points(catalog, wording),
            handbook_rules.topics(catalog, wording),
            handbook_levels.levels(catalog, wording),
            handbook_rules.orientation(catalog, wording),
            *handbook_rules.needs(catalog, wording),
            handbook_rules.work_asks_for(catalog, wording),
            handbook_rules.recommendation(catalog, wording),
            handbook_levels.outlook(catalog),
            handbook_staffing.models(catalog, wording),
            handbook_staffing.phases(catalog, wording),
            handbook_staffing.split(catalog, wording),
            *handbook_staffing.load(catalog, wording),
            handbook_matrix.roles(catalog, wording),
            handbook_matrix.matrix(catalog, wording),
            handbook_matrix.left_out(catalog, wording),
            handbook_staffing.guardrails(catalog, wording),
            *handbook_staffing.for_the_brief(catalog, wording),
            *handbook_staffing.papers(catalog, wording),
            handbook_staffing.profiles(catalog, wording),
            handbook_staffing.role_sense(catalog, wording),
            *((handbook_people.people(catalog, people),) if people is not None else ()),
        ),
        version=clean(catalog.version),
        digest=clean(catalog.digest),
    )


def markdown_line(line: Line) -> str:
    """The line as Markdown, every piece escaped."""
    return "".join(_piece(piece) for piece in line)


def _piece(piece: Piece) -> str:
    inner = piece.text.strip(" ")
    before = piece.text[: len(piece.text) - len(piece.text.lstrip(" "))]
    after = piece.text[len(piece.text.rstrip(" ")) :] if inner else ""
    words = f"`{inner.replace('`', '')}`" if piece.style == "id" else markdown.escape(inner)
    if piece.to:
        words = f"[{words}](#{piece.to})"
    elif piece.style == "strong":
        words = f"**{words}**"
    return f"{before}{words}{after}"

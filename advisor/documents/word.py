"""The document as a Word file: a template with Jinja in it, ours or the reader's own, filled in a sandbox."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from advisor.documents.charts import CHARTS, as_png, chart, chart_words
from advisor.documents.edition import Edition
from advisor.documents.own_template import mistake, read_template
from advisor.documents.pages import KINDS, sources
from advisor.documents.viewing import legend, view_of
from advisor.documents.word_finish import finish
from advisor.documents.words import a, listed, lower_first
from advisor.errors import InputError, MissingExtra, Problem
from advisor.model.advice import Advice

if TYPE_CHECKING:
    from docxtpl import DocxTemplate, InlineImage

TEMPLATE = Path(__file__).parent / "templates" / "document.docx"
MOST_INSIDE = 50_000_000  # bytes of a template once unpacked
LOGO_WIDE, LOGO_HIGH, CHART_WIDE = 70, 16, 170  # mm
_FILLS = {"R": "C9DCEA", "C": "EEF2F4"}


def write(advice: Advice, edition: Edition) -> bytes:
    """The document; MissingExtra without the package that fills it in, InputError for a mistake in a template."""
    try:
        from docxtpl import DocxTemplate
    except ImportError:
        raise MissingExtra("A Word document", "docxtpl", "office") from None

    view = view_of(advice, edition)
    letters = (cell.letters for row in advice.matrix.activities for cell in row.cells)
    name = str(edition.template or TEMPLATE)
    data = read_template(edition.template, ".docx") if edition.template is not None else TEMPLATE.read_bytes()
    _check(data, name)
    template = DocxTemplate(io.BytesIO(data))
    context: dict[str, Any] = {
        "view": view,
        "document": edition.document,
        "kind": KINDS[edition.document],
        "legend": legend(letters),
        "sources": sources(view, edition),
    }
    try:
        template.init_docx()
        logo = edition.logo
        context["logo"] = _picture(template, logo.data, *logo.within(LOGO_WIDE, LOGO_HIGH)) if logo else ""
        drawn = {one: chart(view, one, "bare") for one in CHARTS}
        pngs = {one: as_png(svg) if svg else b"" for one, svg in drawn.items()}
        context["pictures"] = {one: _picture(template, png, CHART_WIDE) if png else "" for one, png in pngs.items()}
        template.render(context, _environment(), autoescape=True)
    except (TemplateError, OverflowError, TypeError, ValueError) as error:
        raise mistake(error, name, view) from None
    told = {png: chart_words(drawn[one]) for one, png in pngs.items() if png}
    finish(template.docx, {**told, logo.data: "Logo"} if logo else told)
    stream = io.BytesIO()
    template.save(stream)
    return _undated(stream.getvalue())


def letter_fill(letters: str) -> str:
    """The shade behind a letter in the matrix, as Word names colours."""
    return "12395B" if "A" in letters else _FILLS.get(letters, "FFFFFF")


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.filters |= {"letter_fill": letter_fill, "listed": listed, "lower_first": lower_first, "a": a}
    return environment


def _picture(template: DocxTemplate, data: bytes, width: float, height: float | None = None) -> InlineImage:
    from docx.shared import Mm
    from docxtpl import InlineImage

    return InlineImage(template, io.BytesIO(data), width=Mm(width), height=None if height is None else Mm(height))


def _check(data: bytes, name: str) -> None:
    """Refuse what is no Word document, what would unpack into too much, and what carries macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = archive.infolist()
            names = {one.filename for one in inside}
            if sum(one.file_size for one in inside) > MOST_INSIDE:
                raise InputError([Problem(name, 0, "", "unpacks into more than 50 MB; a template can be smaller")])
    except zipfile.BadZipFile:
        raise InputError([Problem(name, 0, "", "is no Word document (.docx)")]) from None
    if "word/document.xml" not in names or "word/vbaProject.bin" in names:
        wrong = "carries macros" if "word/vbaProject.bin" in names else "is no Word document (.docx)"
        raise InputError([Problem(name, 0, "", f"{wrong}; save it as .docx")])


def _undated(data: bytes) -> bytes:
    """The same archive with no time of writing in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in sorted(old.infolist(), key=lambda one: (one.filename != "[Content_Types].xml", one.filename)):
            new.writestr(zipfile.ZipInfo(one.filename, (1980, 1, 1, 0, 0, 0)), old.read(one), zipfile.ZIP_DEFLATED)
    return made.getvalue()

"""The document as a Word file: a template with Jinja in it, ours or the reader's own, filled in a sandbox."""

from __future__ import annotations

import io
import re
import traceback
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import DictLoader, StrictUndefined

from advisor.documents.charts import CHARTS, as_png, chart, chart_words
from advisor.documents.edition import Edition
from advisor.documents.own_template import Sandbox, check_placeholders, mistake, read_template
from advisor.documents.pages import KINDS, sources
from advisor.documents.viewing import legend, view_of
from advisor.documents.word_finish import finish
from advisor.documents.words import a, listed, lower_first
from advisor.errors import InputError, MissingExtra, Problem
from advisor.model.advice import Advice

if TYPE_CHECKING:
    from docx.document import Document
    from docxtpl import DocxTemplate, InlineImage

TEMPLATE = Path(__file__).parent / "templates" / "document.docx"
MOST_INSIDE = 50_000_000  # bytes of a template once unpacked
LOGO_WIDE, LOGO_HIGH, CHART_WIDE = 70, 16, 170  # mm
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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
    template.init_docx()
    texts = _texts(template.docx)
    check_placeholders(texts, name)
    logo = edition.logo
    context["logo"] = _picture(template, logo.data, *logo.within(LOGO_WIDE, LOGO_HIGH)) if logo else ""
    drawn = {one: chart(view, one, "bare") for one in CHARTS}
    pngs = {one: as_png(svg) if svg else b"" for one, svg in drawn.items()}
    context["pictures"] = {one: _picture(template, png, CHART_WIDE) if png else "" for one, png in pngs.items()}
    try:
        template.render(context, environment(), autoescape=True)
    except Exception as error:  # whatever a template of somebody's own may run into
        if edition.template is None:
            raise
        in_body = any(step.name == "build_xml" for step in traceback.extract_tb(error.__traceback__))
        raise mistake(error, name, context, texts, _lines(template) if in_body else ()) from None
    told = {png: chart_words(drawn[one]) for one, png in pngs.items() if png}
    finish(template.docx, {**told, logo.data: "Logo"} if logo else told)
    stream = io.BytesIO()
    template.save(stream)
    return undated(stream.getvalue())


def letter_fill(letters: str) -> str:
    """The shade behind a letter in the matrix, as Word names colours."""
    return "12395B" if "A" in letters else _FILLS.get(letters, "FFFFFF")


def _texts(document: Document) -> list[str]:
    """The paragraphs of the template, wherever they stand."""
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    return ["".join(one.text or "" for one in line.iter(f"{_W}t")) for part in parts for line in part.iter(f"{_W}p")]


def _lines(template: DocxTemplate) -> list[str]:
    """What stands on each line that Jinja counts: docxtpl begins one before every paragraph."""
    return [re.sub(r"<[^>]+>", "", one) for one in re.split(r"(?=<w:p[ >])", template.patch_xml(template.get_xml()))]


def environment() -> Sandbox:
    """What Word templates may use."""
    environment = Sandbox(loader=DictLoader({}), undefined=StrictUndefined, autoescape=True)
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


def undated(data: bytes) -> bytes:
    """The same archive with no time of writing in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in sorted(old.infolist(), key=lambda one: (one.filename != "[Content_Types].xml", one.filename)):
            new.writestr(zipfile.ZipInfo(one.filename, (1980, 1, 1, 0, 0, 0)), old.read(one), zipfile.ZIP_DEFLATED)
    return made.getvalue()

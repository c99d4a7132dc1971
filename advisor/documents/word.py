"""The document as a Word file: a template with Jinja in it, ours or the reader's own, filled in a sandbox."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from advisor.documents.charts import CHARTS, as_png, chart
from advisor.documents.edition import Edition
from advisor.documents.own_template import mistake, read_template
from advisor.documents.pages import KINDS, sources
from advisor.documents.viewing import legend, view_of
from advisor.documents.words import a, listed, lower_first
from advisor.errors import InputError, MissingExtra, Problem
from advisor.model.advice import Advice

if TYPE_CHECKING:
    from docxtpl import DocxTemplate, InlineImage

TEMPLATE = Path(__file__).parent / "templates" / "document.docx"
MOST_INSIDE = 50_000_000  # bytes of a template once unpacked
LOGO_HIGH, CHART_WIDE = 16, 165  # mm
TWIPS = 56.7  # in a millimetre
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
    try:
        template.init_docx()
        context["logo"] = _picture(template, edition.logo.data, height=LOGO_HIGH) if edition.logo is not None else ""
        svgs = {one: chart(view, one, "bare") for one in CHARTS}
        context["pictures"] = {
            one: _picture(template, as_png(svg), width=CHART_WIDE) if svg else "" for one, svg in svgs.items()
        }
        template.render(context, environment(), autoescape=True)
    except (TemplateError, OverflowError, TypeError, ValueError) as error:
        raise mistake(error, name, view) from None
    for table in template.docx.element.body.iter(_W + "tbl"):
        _widen(table)
    stream = io.BytesIO()
    template.save(stream)
    return undated(stream.getvalue())


def letter_fill(letters: str) -> str:
    """The shade behind a letter in the matrix, as Word names colours."""
    return "9DBAD5" if "A" in letters else _FILLS.get(letters, "FFFFFF")


def environment() -> SandboxedEnvironment:
    """What Word templates may use."""
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.filters |= {"letter_fill": letter_fill, "listed": listed, "lower_first": lower_first, "a": a}
    return environment


def _picture(template: DocxTemplate, data: bytes, width: int = 0, height: int = 0) -> InlineImage:
    from docx.shared import Mm
    from docxtpl import InlineImage

    size = {"width": Mm(width)} if width else {"height": Mm(height)}
    return InlineImage(template, io.BytesIO(data), **size)


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


def _widen(table: Any) -> None:
    """Share out the width of a table that has gained columns, as its caption says: `widths 257 34`.

    The first number is the whole in millimetres, those after it the first columns' percents; the rest is shared.
    """
    caption = table.find(f"{_W}tblPr/{_W}tblCaption")
    said = caption.get(_W + "val", "").split() if caption is not None else []
    if not said or said[0] != "widths" or not all(one.isdigit() for one in said[1:]):
        return
    caption.getparent().remove(caption)
    total, *shares = (int(one) for one in said[1:])
    rows = [row.findall(_W + "tc") for row in table.iter(_W + "tr")]
    columns = max(len(row) for row in rows)
    rest = (100 - sum(shares)) / max(1, columns - len(shares))
    widths = [round(total * TWIPS * share / 100) for share in (*shares, *(rest for _ in range(columns - len(shares))))]
    grid = table.find(_W + "tblGrid")
    for old in list(grid):
        grid.remove(old)
    for width in widths:
        grid.append(grid.makeelement(_W + "gridCol", {_W + "w": str(width)}))
    for row in rows:
        for cell, width in zip(row, widths, strict=False):
            properties = cell.find(_W + "tcPr")
            if properties is None:
                properties = cell.makeelement(_W + "tcPr", {})
                cell.insert(0, properties)
            for old in properties.findall(_W + "tcW"):
                properties.remove(old)
            properties.insert(0, cell.makeelement(_W + "tcW", {_W + "w": str(width), _W + "type": "dxa"}))


def undated(data: bytes) -> bytes:
    """The same archive with no time of writing in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in sorted(old.infolist(), key=lambda one: (one.filename != "[Content_Types].xml", one.filename)):
            new.writestr(zipfile.ZipInfo(one.filename, (1980, 1, 1, 0, 0, 0)), old.read(one), zipfile.ZIP_DEFLATED)
    return made.getvalue()

"""The fit sheet as a Word file, filled into its own template in the sandbox."""

from __future__ import annotations

import io

from advisor.documents.advice.word_fill import environment, undated
from advisor.documents.fit.fit_view import AGREED, KIND, OPENING, fit_view
from advisor.documents.shared import TEMPLATES
from advisor.errors import MissingExtra
from advisor.model.fit import Fit

TEMPLATE = TEMPLATES / "fit.docx"


def write(fit: Fit, dated: str) -> bytes:
    """The sheet; MissingExtra without the package that fills it in."""
    try:
        from docxtpl import DocxTemplate
    except ImportError:
        raise MissingExtra("A Word document", "docxtpl", "office") from None

    template = DocxTemplate(io.BytesIO(TEMPLATE.read_bytes()))
    context = {"view": fit_view(fit, dated), "kind": KIND, "opening": OPENING, "agreed": AGREED}
    template.render(context, environment(), autoescape=True)
    stream = io.BytesIO()
    template.save(stream)
    return undated(stream.getvalue())

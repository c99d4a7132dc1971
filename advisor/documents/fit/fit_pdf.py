"""The fit sheet as PDF, laid out by typst from data alone."""

from __future__ import annotations

import json
from dataclasses import asdict

from advisor.documents.advice.pdf import compiled
from advisor.documents.fit.fit_view import AGREED, KIND, OPENING, fit_view
from advisor.documents.shared import TEMPLATES
from advisor.model.fit import Fit

TEMPLATE = TEMPLATES / "fit.typ"


def write(fit: Fit, dated: str) -> bytes:
    """The pages; MissingExtra without the package that lays them out, OutputError when it cannot."""
    view = fit_view(fit, dated)
    data = {"view": {**asdict(view), "foot": view.foot}, "kind": KIND, "opening": OPENING, "agreed": AGREED}
    return compiled(TEMPLATE, json.dumps(data, ensure_ascii=False))

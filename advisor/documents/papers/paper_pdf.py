"""A document beside the matrix as PDF, laid out by typst from data alone."""

from __future__ import annotations

import json
from dataclasses import asdict

from advisor.documents.advice.pdf import HOUSE, compiled, logo_data
from advisor.documents.papers.compose import paper_of
from advisor.documents.shared import TEMPLATES
from advisor.documents.shared.edition import Edition
from advisor.model.advice import Advice

TEMPLATE = TEMPLATES / "paper.typ"


def write(advice: Advice, edition: Edition) -> bytes:
    """The pages; MissingExtra without the package that lays them out, OutputError when it cannot."""
    paper, view = paper_of(advice, edition)
    logo, files = logo_data(edition)
    data = {
        "view": {**asdict(view), "logo": ""},
        "paper": asdict(paper),
        "kind": paper.name,
        "legend": [asdict(line) for line in view.legend],
        **logo,
    }
    files[HOUSE] = (TEMPLATES / HOUSE).read_bytes()
    return compiled(TEMPLATE, json.dumps(data, ensure_ascii=False), files)

"""Documents of three examples, and every example's brief, byte for byte as somebody last read and approved them.

After a wanted change: ADVISOR_UPDATE_GOLDEN=1 pytest tests/test_golden.py, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.documents import render
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES

GOLDEN = Path(__file__).parent / "golden"
KINDS = [
    ("advice", "text", "advice.txt"),
    ("advice", "markdown", "advice.md"),
    ("raci", "markdown", "raci.md"),
    ("raci", "html", "raci.html"),
    ("raci", "csv", "raci.csv"),
    ("advice", "json", "advice.json"),
    ("both", "confluence", "both.confluence"),
]


@pytest.mark.parametrize("name", ["acme-portal", "small-internal-tool", "first-meeting-open"])
@pytest.mark.parametrize(("document", "form", "suffix"), KINDS, ids=[suffix for _, _, suffix in KINDS])
def test_document_is_as_approved(catalog: Catalog, name: str, document: str, form: str, suffix: str) -> None:
    """A change of wording, layout or advice shows as a difference that somebody has to read."""
    _hold(catalog, name, document, form, suffix)


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_brief_is_as_approved(catalog: Catalog, name: str) -> None:
    """So does any sentence of a brief."""
    _hold(catalog, name, "brief", "markdown", "brief.md")


def _hold(catalog: Catalog, name: str, document: str, form: str, suffix: str) -> None:
    advice = advise(catalog, read_engagement(EXAMPLES / f"{name}.yaml", catalog))
    made = render(advice, form, document).replace(catalog.digest, "DIGEST")
    path = GOLDEN / f"{name}.{suffix}"
    if os.environ.get("ADVISOR_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8", newline="")
    with path.open(encoding="utf-8", newline="") as stream:
        assert made == stream.read()

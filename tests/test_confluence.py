"""Pages for Confluence: well-formed storage format that says what the matrix says."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.advise import advise
from advisor.advise.reader_words import in_words_of
from advisor.catalog.engagements import read_engagement
from advisor.documents import Edition, write
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES

NAMES = sorted(EXAMPLES.glob("*.yaml"))


def page(advice: Advice, edition: Edition | None = None) -> ET.Element:
    """The page, read as Confluence reads it: XML with two prefixes of its own."""
    text = write(advice, "confluence", edition).decode()
    return ET.fromstring(f'<page xmlns:ac="ac" xmlns:ri="ri">{text}</page>')


def said(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("path", NAMES, ids=[path.stem for path in NAMES])
def test_cells_are_those_of_the_advice(catalog: Catalog, path: Path) -> None:
    """Every row of the matrix stands in the table with the same letters in the same columns."""
    advice = in_words_of(advise(catalog, read_engagement(path, catalog)))
    expected = {row.name: [row.letters(role) for role in advice.matrix.roles] for row in advice.matrix.activities}
    found = {}
    for row in page(advice).iter("tr"):
        first, *others = (said(cell) for cell in row)
        if first in expected:
            found[first] = others
    assert found == expected


@pytest.mark.parametrize("document", ["raci", "advice"])
def test_names_are_text(catalog: Catalog, document: str) -> None:
    """Whatever is in a name stays text, macros and entities too."""
    odd = "<ac:structured-macro ac:name='html'/> & ]]> Žofia 🙂"
    engagement = read_engagement(EXAMPLES / "acme-portal.yaml", catalog)
    advice = advise(catalog, replace(engagement, client=odd, people={"delivery_manager": odd}))
    whole = page(advice, Edition(document))
    assert odd in said(whole)
    assert {one.attrib["{ac}name"] for one in whole.iter("{ac}structured-macro")} <= {
        "tip",
        "warning",
        "note",
        "expand",
    }


def test_for_the_client(catalog: Catalog) -> None:
    """What is for the firm alone is left out: reasons, guardrails, profiles, sources; the matrix stays."""
    advice = advise(catalog, read_engagement(EXAMPLES / "acme-portal.yaml", catalog))
    for document in ("raci", "advice"):
        text = said(page(advice, Edition(document, client_view=True)))
        assert advice.recommendation.title in text
        for rail in advice.guardrails:
            assert rail.text not in text
        for heading in ("Watch:", "Why", "Sources", "Guardrails", "Role names", "What to look for"):
            assert heading not in text
    assert "Budget plan" in said(page(advice, Edition("raci", client_view=True)))

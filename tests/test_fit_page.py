"""The fit sheet in a real browser: no violation by axe, in both colour schemes, on a desk and on a telephone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.catalog.people import read_person
from advisor.catalog.person import person_rules
from advisor.documents.fit.fit_sheets import sheet
from advisor.fit import fit
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES
from tests.readers import needs
from tests.test_html_app import axe, browser, opened

__all__ = ["browser"]  # a fixture
pytestmark = needs("chromium")


@pytest.mark.parametrize(
    ("name", "scheme"), [("gareth-pugh", "light"), ("rohan-bhatt", "dark"), ("sanna-virtanen", "dark")]
)
def test_axe_finds_nothing(browser: Any, catalog: Catalog, tmp_path: Path, name: str, scheme: str) -> None:
    rules = person_rules()
    advice = advise(catalog, read_engagement(EXAMPLES / "erp-rollout.yaml", catalog))
    path = tmp_path / "sheet.html"
    path.write_bytes(sheet(fit(rules, read_person(EXAMPLES / "people" / f"{name}.yaml", rules), advice), "html"))
    page = opened(browser, path, color_scheme=scheme)
    assert axe.Axe().run(page).response["violations"] == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert axe.Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

"""The portfolio page in a real browser: no violation by axe, lists that open, a search, readable without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from advisor.cli import cli
from tests.readers import converted, needs, pdf_text
from tests.test_html_app import axe, browser, opened
from tools.engagements import generate

__all__ = ["browser"]  # the fixture, for all tests below
pytestmark = needs("chromium")
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of thirty engagements, some of them broken."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "in").mkdir()
    for name, text in generate(30, 3, 0.05):
        (folder / "in" / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    for form in ("html", "xlsx"):
        CliRunner().invoke(
            cli, ["portfolio", str(folder / "in"), "-o", str(folder / f"p.{form}")], standalone_mode=False
        )
    return folder / "p.html"


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_axe_finds_nothing(browser: Any, path: Path, size: str, scheme: str) -> None:
    """No violation, with every list open as well as closed, and nothing is broader than the screen."""
    page = opened(browser, path, viewport=SIZES[size], color_scheme=scheme)
    assert axe.Axe().run(page).response["violations"] == []
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert axe.Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    assert page.complaints == []


def test_a_figure_opens_its_list_and_leads_to_the_engagements(browser: Any, path: Path) -> None:
    """The list is as long as the figure says, and its names lead to their rows, also where a search had hidden them."""
    page = opened(browser, path)
    box = page.locator("#by-model details").first
    figure = int(box.locator("summary").inner_text().split()[0])
    box.locator("summary").click()
    assert box.locator("li a").count() == figure > 1
    page.get_by_label("Find").fill("no such engagement")
    assert page.locator("table.register tbody tr:visible").count() == 0
    link = box.locator("li a").last
    place = page.locator(f"table.register tr{link.get_attribute('href')}")
    assert place.is_hidden()
    link.click()
    assert place.is_visible() and place.locator("th").inner_text().startswith(link.inner_text())
    assert page.complaints == []


def test_search(browser: Any, path: Path) -> None:
    """The register shows what holds all words that are typed, and says how many these are."""
    page = opened(browser, path)
    page.get_by_label("Find").fill("ACME paired")
    page.get_by_label("Find").fill("acme insurance project")
    rows = page.locator("table.register tbody tr:visible")
    assert 0 < rows.count() < page.locator("table.register tbody tr").count()
    assert all("Acme Insurance" in text for text in rows.all_inner_texts())
    assert page.locator("form.tools output").inner_text().startswith(f"{rows.count()} of ")


def test_without_scripts(browser: Any, path: Path) -> None:
    """All figures and engagements are there, lists open, and no control stands about that does nothing."""
    page = opened(browser, path, java_script_enabled=False)
    assert page.locator("form.tools").is_hidden()
    box = page.locator("#by-model details").first
    box.locator("summary").click()
    assert box.locator("li a").first.is_visible()
    assert page.locator("table.register tbody tr:visible").count() > 20


def test_each_link_has_its_place(browser: Any, path: Path) -> None:
    """No link of the page leads nowhere, and no place has two names."""
    page = opened(browser, path)
    links = set(page.evaluate("[...document.querySelectorAll('a')].map((one) => one.getAttribute('href'))"))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert links <= {f"#{one}" for one in ids} and len(ids) == len(set(ids))


def test_print(browser: Any, path: Path, tmp_path: Path) -> None:
    """On paper, the figures and all engagements are there."""
    page = opened(browser, path)
    page.pdf(path=tmp_path / "p.pdf", prefer_css_page_size=True)
    text = pdf_text(tmp_path / "p.pdf")
    assert "Which models" in text and "e-000001" in text and "e-000029" in text


@needs("soffice")
def test_libreoffice_opens_the_workbook(path: Path, tmp_path: Path) -> None:
    """The workbook opens in LibreOffice, and its figures are there."""
    text = pdf_text(converted(path.with_suffix(".xlsx"), "pdf", tmp_path))
    assert "Engagements by model" in text and "The engagements behind each figure" in text and "Err:" not in text

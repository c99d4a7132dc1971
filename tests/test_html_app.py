"""The HTML document in a real browser: why, filters, one role's list; readable without scripts, fetching nothing."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.documents import DOCUMENTS, Edition, write
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES
from tests.readers import needs, pdf_pages

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = needs("chromium")
ROLE = "project_manager"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def advice(catalog: Catalog) -> Advice:
    return advise(catalog, read_engagement(EXAMPLES / "acme-portal.yaml", catalog))


@pytest.fixture(scope="module")
def files(advice: Advice, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    found = {document: folder / f"{document}.html" for document in DOCUMENTS}
    for document, path in found.items():
        path.write_bytes(write(advice, "html", Edition(document)))
    return found


@pytest.fixture(scope="module")
def endless(advice: Advice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page with names that hold no space, pictures in them, and what would be markup."""
    name = "Донаудампфшиффартсгезелльшафт🙂<script>alert(1)</script>{{7*7}}" * 3
    named = replace(advice.engagement, name=name, client=name, people=dict.fromkeys(advice.matrix.roles, name))
    path = tmp_path_factory.mktemp("endless") / "both.html"
    path.write_bytes(write(replace(advice, engagement=named), "html", Edition("both")))
    return path


def opened(browser: Any, path: Path, link: str = "", **settings: Any) -> Any:
    """The page, with every request but for the file itself refused and every complaint of the browser an error."""
    page = browser.new_context(**settings).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url) if path.name not in request.url else None)
    page.goto(f"{path.as_uri()}{link}")
    page.complaints = complaints
    return page


def cell(page: Any, advice: Advice, row: str, role: str) -> Any:
    name = next(one.name for one in advice.matrix.activities if one.id == row)
    at = advice.matrix.roles.index(role)
    return (
        page.locator("table.matrix tbody tr", has=page.get_by_role("link", name=name, exact=True)).locator("td").nth(at)
    )


@pytest.mark.parametrize("how", ["hover", "focus", "click"])
def test_a_cell_says_why(browser: Any, advice: Advice, files: dict[str, Path], how: str) -> None:
    """The rule's sentence, its id and what it rests on; Escape closes it."""
    page = opened(browser, files["raci"])
    letter = cell(page, advice, "budget_plan", ROLE).locator(".letter")
    getattr(letter, how)()
    row = next(one for one in advice.matrix.activities if one.id == "budget_plan")
    given = next(one for one in row.cells if one.role == ROLE)
    said = page.get_by_role("tooltip").inner_text()
    assert given.says.rstrip(".") in said and f"Rule {given.rule}" in said
    assert all(claim in said for claim in given.claims if not claim.startswith("PRACTICE"))
    page.keyboard.press("Escape")
    assert page.get_by_role("tooltip").count() == 0
    assert page.complaints == []


def test_a_reason_stays_while_it_is_read(browser: Any, advice: Advice, files: dict[str, Path]) -> None:
    """The pointer may move onto it; it goes when the pointer leaves, and opens upwards where there is no room below."""
    page = opened(browser, files["raci"], viewport={"width": 1280, "height": 900})
    cell(page, advice, "budget_plan", ROLE).locator(".letter").hover()
    box = page.get_by_role("tooltip")
    box.hover()
    page.wait_for_timeout(400)
    assert box.is_visible()
    page.mouse.move(2, 2)
    box.wait_for(state="detached")
    letter = cell(page, advice, "steering_committee", ROLE).locator(".letter")
    letter.evaluate("one => scrollTo(0, one.getBoundingClientRect().bottom + scrollY - innerHeight + 10)")
    letter.focus()
    place = box.bounding_box()
    assert place["y"] >= 0 and place["y"] + place["height"] <= 900


def test_keyboard_alone(browser: Any, files: dict[str, Path]) -> None:
    """Letters are reached by Tab, say what they are, and point at their reason while it is shown."""
    page = opened(browser, files["raci"])
    page.locator("select[name=phase]").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    focused = page.evaluate("[document.activeElement.getAttribute('role'), document.activeElement.ariaLabel]")
    assert focused[0] == "button" and focused[1].endswith(": why")
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "why-box"


def test_filters(browser: Any, advice: Advice, files: dict[str, Path]) -> None:
    """Only the rows in which the role has a letter, of the phase that is chosen; how many is said aloud."""
    page = opened(browser, files["raci"])
    page.locator("select[name=role]").select_option("support_team")
    mine = [row for row in advice.matrix.activities if row.letters("support_team")]
    assert page.locator("table.matrix tbody tr:not(.phase):visible").count() == len(mine)
    assert page.locator(".told").inner_text() == f"{len(mine)} of {len(advice.matrix.activities)} activities shown"
    page.locator("select[name=phase]").select_option("transition")
    both = [row for row in mine if row.phase == "transition"]
    assert page.locator("table.matrix tbody tr:not(.phase):visible").count() == len(both)
    assert page.url.endswith("#role=support_team&phase=transition")


def test_my_responsibilities(browser: Any, advice: Advice, files: dict[str, Path]) -> None:
    """A link opens the page for one role; its list is what the advice says, letter by letter."""
    page = opened(browser, files["both"], f"#role={ROLE}")
    page.locator("button.mine").click()
    listed = page.locator(".mine-list li").evaluate_all("all => all.map(one => [one.textContent, one.dataset.letter])")
    expected = [[row.name, row.letters(ROLE)] for row in advice.matrix.activities if row.letters(ROLE)]
    assert sorted(listed) == sorted(expected)
    assert page.evaluate("document.activeElement.id") == "mine"
    assert page.complaints == []


def test_without_scripts(browser: Any, advice: Advice, files: dict[str, Path]) -> None:
    """Every activity, letter and reason can be read; there are no controls that would do nothing."""
    page = opened(browser, files["raci"], java_script_enabled=False)
    text = page.locator("body").inner_text()
    for row in advice.matrix.activities:
        assert row.name in text
        for one in row.cells:
            assert cell(page, advice, row.id, one.role).inner_text().strip() == one.letters
            assert one.says.rstrip(".") in text
    assert page.locator("form.tools").is_hidden()


@pytest.mark.parametrize(("document", "scheme"), [*((one, "light") for one in DOCUMENTS), ("both", "dark")])
def test_accessible(browser: Any, files: dict[str, Path], document: str, scheme: str) -> None:
    """axe finds nothing, with a reason and a role's list open; in the dark, on the whole page."""
    page = opened(browser, files[document], color_scheme=scheme)
    if document != "advice":
        page.locator("select[name=role]").select_option(ROLE)
        page.locator("button.mine").click()
        page.locator("tbody .letter:visible").nth(3).focus()
    found = axe.Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("names", ["plain", "endless"])
def test_nothing_runs_over_the_edge(
    browser: Any, files: dict[str, Path], endless: Path, width: int, names: str
) -> None:
    """On a desk, a tablet and a phone, the page itself does not scroll sideways; a wide table does within its frame."""
    path = endless if names == "endless" else files["both"]
    page = opened(browser, path, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []


def test_a_tap_says_why(browser: Any, advice: Advice, files: dict[str, Path]) -> None:
    """On a phone the reason opens at a tap, within the screen."""
    page = opened(browser, files["raci"], viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    cell(page, advice, "budget_plan", ROLE).locator(".letter").tap()
    box = page.get_by_role("tooltip").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390


@needs("pdfinfo")
@pytest.mark.parametrize("paper", [("A4", 595, 842), ("Letter", 612, 792)], ids=["A4", "Letter"])
@pytest.mark.parametrize("which", ["acme-portal", "small-internal-tool"])
def test_prints(browser: Any, catalog: Catalog, tmp_path: Path, paper: tuple[str, int, int], which: str) -> None:
    """On the reader's paper: prose upright, a wide matrix on its side; no controls, no page without anything on it."""
    advice = advise(catalog, read_engagement(EXAMPLES / f"{which}.yaml", catalog))
    source = tmp_path / "both.html"
    source.write_bytes(write(advice, "html", Edition("both")))
    page = opened(browser, source)
    page.emulate_media(media="print")
    assert page.locator("form.tools").is_hidden() and page.locator("details.picture").is_hidden()
    name, short, long = paper
    made = tmp_path / "page.pdf"
    page.pdf(path=str(made), format=name, prefer_css_page_size=True)
    command = ["pdfinfo", "-f", "1", "-l", "99", str(made)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    sizes = [(float(a), float(b)) for a, b in re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", shown)]
    for wide, high in sizes:
        assert sorted((wide, high)) == pytest.approx([short, long], abs=2)
    assert (len(advice.matrix.roles) > 4) == any(a > b for a, b in sizes)
    assert sizes[0][0] < sizes[0][1]
    pages = pdf_pages(made)
    assert len(pages) == len(sizes)
    for number, text in enumerate(pages, start=1):
        assert len(text.split()) > 15, f"page {number} is empty"

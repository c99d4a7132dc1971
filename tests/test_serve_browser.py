"""`advisor serve` in a real Chromium: with and without scripts, by keyboard alone, in two tabs, narrow, wide, dark."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from advisor.catalog.engagements import read_engagement
from advisor.matrices import read_matrices
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, REPOSITORY
from tests.readers import needs

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = needs("chromium")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = (
    *("/", "/matrix", "/portfolio", "/e/acme-portal.yaml", "/e/acme-portal.yaml/ask/risk", "/e/nothing.yaml"),
    *(f"/e/acme-portal.yaml/{one}" for one in ("ask/parties", "check", "quick", "documents", "why?about=model")),
    "/e/acme-portal.yaml/what-if?option.risk=low",
)


class Server:
    """A server of its own process over the folder; each browser gets in by the address that it prints."""

    def __init__(self, folder: Path, chromium: Any) -> None:
        self.folder, self.chromium, self.state = folder, chromium, None
        command = [sys.executable, "-m", "advisor", "serve", str(folder), "--no-open"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().split()[-1]
        self.home = self.address.partition("/open")[0]

    def page(self, **settings: Any) -> Any:
        """A page of a browser that was let in, on which every complaint is an error."""
        context = self.chromium.new_context(**settings, **({"storage_state": self.state} if self.state else {}))
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda one: page.complaints.append(one.text) if "status of 4" not in one.text else None)
        page.on("request", lambda one: None if one.url.startswith(self.home) else page.complaints.append(one.url))
        if self.state is None:
            page.goto(self.address)
            page.wait_for_url(f"{self.home}/")
            self.state = context.storage_state()
        else:
            page.goto(f"{self.home}/")
        return page

    def close(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=10)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        found = Server(folder, chromium)
        yield found
        found.close()
        chromium.close()


@pytest.fixture(autouse=True)
def folder(server: Server) -> Path:
    """Empty but for one example."""
    for one in server.folder.iterdir():
        one.unlink() if one.is_file() else shutil.rmtree(one)
    shutil.copy(EXAMPLES / "acme-portal.yaml", server.folder)
    return server.folder


def test_from_an_empty_folder_to_a_word_file(server: Server, folder: Path) -> None:
    (folder / "acme-portal.yaml").unlink()
    page = server.page()
    page.get_by_label("What is it called?").fill("New portal")
    page.get_by_role("button", name="Ten questions on one page").click()
    page.locator("fieldset", has_text="How bad would it be").get_by_label("Costly").check()
    page.locator("fieldset", has_text="How far has the engagement got").get_by_label("It is being planned").check()
    page.locator("fieldset", has_text="How many separately planned").locator("label").nth(1).click()
    page.locator("aside.known .model").wait_for()  # as soon as there are answers enough, before they are saved
    page.get_by_role("button", name="Save and see the advice").click()
    assert page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Documents").first.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    assert waiting.value.suggested_filename == "new-portal.docx"
    assert Path(waiting.value.path()).read_bytes().startswith(b"PK")
    assert page.complaints == []


def test_keyboard_alone(server: Server, folder: Path, catalog: Catalog) -> None:
    """A question is answered and gone back to without a mouse; a reason opens, and Escape leads back to its letter."""
    page = server.page()
    page.goto(f"{server.home}/e/acme-portal.yaml/ask/risk?then=check")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("input[name=option]:checked").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check")
    assert read_engagement(folder / "acme-portal.yaml", catalog).answers["risk"] == "medium"
    page.goto(f"{server.home}/e/acme-portal.yaml")
    letter = page.locator("table.matrix a.letter").first
    letter.focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Close").wait_for()
    assert page.get_by_role("dialog").get_by_text("Rule ").count()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert letter.evaluate("one => one === document.activeElement")
    assert page.complaints == []


def test_two_tabs(server: Server, folder: Path, catalog: Catalog) -> None:
    """The second to answer sees what the first has said, and decides."""
    first, second = server.page(), server.page()
    for page, answer in ((first, "Annoying"), (second, "Costly")):
        page.goto(f"{server.home}/e/acme-portal.yaml/ask/risk?then=check")
        page.get_by_label(re.compile(answer)).check()
    first.get_by_role("button", name="Save and go on").click()
    first.wait_for_url("**/check")
    second.get_by_role("button", name="Save and go on").click()
    assert "the file now says “Annoying" in second.get_by_role("alert").inner_text()
    assert read_engagement(folder / "acme-portal.yaml", catalog).answers["risk"] == "low"
    second.get_by_role("button", name="Save and go on").click()
    second.wait_for_url("**/check")
    assert read_engagement(folder / "acme-portal.yaml", catalog).answers["risk"] == "medium"


def test_a_matrix_is_dropped_mended_and_downloaded(server: Server) -> None:
    """The letter is changed in the table that was read, and the mended table comes down as a workbook."""
    page = server.page()
    page.goto(f"{server.home}/matrix")
    page.get_by_label("Drop a file here").set_input_files(REPOSITORY / "tests" / "matrices" / "rich.xlsx")
    page.get_by_role("button", name="Check it").click()
    page.get_by_text("Nobody does it").wait_for()
    page.get_by_label("Crew, Raise the money").fill("R")
    page.get_by_label("Crew, Cut the film").fill("R")
    page.get_by_role("button", name="Check what you mended").click()
    page.get_by_text("0 errors").wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Mended table as Excel").click()
    (found,) = read_matrices(Path("m.xlsx"), data=Path(waiting.value.path()).read_bytes())
    assert [row.cells[2].letters for row in found.rows] == [("R",), ("R",), ("R",)]
    assert page.complaints == []


def test_without_scripts(server: Server, folder: Path, catalog: Catalog) -> None:
    """Everything is a form or a link: a new engagement, an answer, the check, the advice, a reason, what if."""
    page = server.page(java_script_enabled=False)
    page.get_by_text("New engagement").click()
    page.get_by_label("What is it called?").fill("Plain")
    page.get_by_role("button", name="Begin with the questions").click()
    page.locator("label.option").nth(1).click()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("link", name="All answers").click()
    assert len(read_engagement(folder / "plain.yaml", catalog).answers) == 1
    page.get_by_role("link", name="See the advice").click()
    page.locator("table.matrix a.letter").first.click()
    assert page.get_by_text("Every rule with its conditions").count()
    page.get_by_role("link", name="What if").click()
    page.get_by_label("What kind of work is it?").select_option(index=2)
    page.get_by_role("button", name="Show before and after").click()
    assert page.get_by_role("button", name="Keep these answers").count()


def test_a_documents_script_reaches_nothing_of_the_server(server: Server) -> None:
    """Its page works, but has an origin of its own: no cookie, no request."""
    page = server.page()
    page.goto(f"{server.home}/e/acme-portal.yaml/documents")
    with page.context.expect_page() as waiting:
        page.get_by_role("button", name="Look at it and print").click()
    document = waiting.value
    document.locator("select[name=role]").select_option(index=1)
    assert "activities shown" in document.locator(".told").inner_text()
    assert document.evaluate("self.origin") == "null"
    assert document.evaluate("fetch('/').then(() => 'read').catch(() => 'refused')") == "refused"
    with pytest.raises(playwright.Error, match="SecurityError"):
        document.evaluate("document.cookie")


@pytest.mark.parametrize("width", [360, 2000])
def test_no_page_is_wider_than_the_screen(server: Server, width: int) -> None:
    page = server.page(viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(server.home + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(server: Server, scheme: str) -> None:
    """WCAG 2.2 AA, as far as axe can tell, on every page."""
    page = server.page(color_scheme=scheme)
    options = {"runOnly": {"type": "tag", "values": LEVELS}, "iframes": False}
    for path in PAGES if scheme == "light" else PAGES[::3]:  # in the dark, only colours differ
        page.goto(server.home + path)
        found = axe.Axe().run(page, options=options).response["violations"]
        wrong = [(one["id"], [node["html"][:150] for node in one["nodes"][:3]]) for one in found]
        assert not wrong, f"{path}: {wrong}"

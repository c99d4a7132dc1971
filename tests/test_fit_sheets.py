"""Fit sheets in every format: dignified, safe, the same each time, and readable by readers."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.catalog.people import read_person
from advisor.catalog.person import person_rules
from advisor.documents.fit.fit_sheets import SHEETS, sheet
from advisor.fit import fit
from advisor.model.person import Person
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES
from tests.readers import converted, needs, pdf_text
from tests.test_documents import NASTY, WellFormed

RULES = person_rules()
PEOPLE = sorted((EXAMPLES / "people").glob("*.yaml"))


def _text_of(path: Path) -> str:
    if path.suffix not in (".docx", ".xlsx"):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as parts:
        text = " ".join(
            parts.read(name).decode("utf-8", "replace") for name in parts.namelist() if name.endswith("xml")
        )
    return re.sub(r"<[^>]*>", "", text)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_a_sheet_reads_as_it_did(form: str, catalog: Catalog) -> None:
    """After a change that is meant: ADVISOR_UPDATE_GOLDEN=1 pytest tests/test_fit_sheets.py, then read what differs."""
    advice = advise(catalog, read_engagement(EXAMPLES / "managed-print-service.yaml", catalog))
    gareth = read_person(EXAMPLES / "people" / "gareth-pugh.yaml", RULES)
    made = sheet(fit(RULES, gareth, advice), form, "2027-01-31")
    path = Path(__file__).parent / "golden" / f"gareth-pugh.fit{SHEETS[form].suffix}"
    if os.environ.get("ADVISOR_UPDATE_GOLDEN"):
        path.write_bytes(made)
    assert path.read_bytes() == made


class TestSheets:
    @pytest.fixture
    def nasty(self) -> Person:
        answers = dict.fromkeys(RULES.questions, "with_help")
        return Person("x", NASTY, answers)

    def test_a_name_cannot_take_a_page_over(self, nasty: Person) -> None:
        page = WellFormed(sheet(fit(RULES, nasty), "html").decode())
        assert "b" not in page.tags
        assert page.tags.isdisjoint({"script", "link", "img", "iframe"})
        assert "&lt;b&gt;\\|" in sheet(fit(RULES, nasty), "markdown").decode()
        for form in SHEETS:
            assert sheet(fit(RULES, nasty), form)

    @pytest.mark.parametrize("form", SHEETS)
    def test_the_same_fit_gives_the_same_bytes(self, form: str) -> None:
        person = read_person(PEOPLE[1], RULES)
        assert sheet(fit(RULES, person), form, "2027-01-31") == sheet(fit(RULES, person), form, "2027-01-31")

    @pytest.mark.parametrize("form", ["text", "markdown", "html", "docx"])
    def test_say_what_they_are_and_no_figure(self, form: str, tmp_path: Path) -> None:
        """No points and no percents: nothing on a sheet reads as a mark."""
        path = tmp_path / f"x{SHEETS[form].suffix}"
        path.write_bytes(sheet(fit(RULES, read_person(PEOPLE[3], RULES)), form))
        shown = " ".join(_text_of(path).split())
        assert "it is no verdict" in shown
        assert "such as:" in shown
        words = re.sub(r"<style>.*?</style>", "", shown)
        assert not re.search(r"\d points?\b|\d %|\bscores?\b|\bweak|\bpoor\b|\bfail", words)

    def test_examples_are_marked_as_such_everywhere(self) -> None:
        """A step's example is no record of what this person did."""
        text = sheet(fit(RULES, read_person(PEOPLE[3], RULES)), "markdown").decode()
        for question in RULES.questions.values():
            for option in question.options:
                assert option.label not in text

    @needs("soffice", "pdftotext")
    @pytest.mark.parametrize("form", ["docx", "pdf"])
    def test_readers_open_them(self, form: str, tmp_path: Path, catalog: Catalog) -> None:
        advice = advise(catalog, read_engagement(EXAMPLES / "erp-rollout.yaml", catalog))
        path = tmp_path / f"katja.{form}"
        path.write_bytes(
            sheet(fit(RULES, read_person(EXAMPLES / "people" / "katja-lindner.yaml", RULES), advice), form)
        )
        shown = pdf_text(path if form == "pdf" else converted(path, "pdf", tmp_path))
        for words in ("Katja Lindner", "As project manager", "What was seen", "What we agreed", "Sources", "Why here"):
            assert words in shown

    def test_the_word_template_is_what_its_tool_builds(self) -> None:
        from advisor.documents.fit.fit_word import TEMPLATE
        from tools.fit_template import build

        def parts(data: bytes) -> dict[str, bytes]:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return {name: archive.read(name) for name in archive.namelist()}

        assert parts(TEMPLATE.read_bytes()) == parts(build())

"""Asking what a colleague was seen to do, line by line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from advisor.catalog.people import read_person
from advisor.catalog.person import person_rules
from tests.conftest import EXAMPLES, Run

RULES = person_rules()
ADA = """# seen by two of us
person: {id: ada, name: Ada Okafor}
answers:
  client_facing: alone   # the March review
  expectations: not_seen
"""


@pytest.fixture
def ada(tmp_path: Path) -> Path:
    path = tmp_path / "ada.yaml"
    path.write_text(ADA, encoding="utf-8")
    return path


class TestAsking:
    def test_keeps_what_is_there_and_adds_what_is_new(self, run: Run, ada: Path) -> None:
        replies = b"6\n3\n" + b"q\n"
        shown = run("ask", ada, "--plain", stdin=replies)
        assert shown.code == 0
        text = ada.read_text(encoding="utf-8")
        assert text.startswith("# seen by two of us\n")
        assert "client_facing: alone   # the March review\n" in text
        assert read_person(ada, RULES).answers == {"client_facing": "alone", "expectations": "alone"}

    def test_says_what_it_asks_for_and_offers_not_seen(self, run: Run) -> None:
        shown = run("ask", "b.yaml", "--questionnaire", "person", "--name", "Ben", "--plain", stdin=b"?\nnot seen\nq\n")
        said = " ".join(shown.out.split())
        assert "Nothing here asks who somebody is" in said
        assert "6 Not seen" in said
        assert "not seen: stays open, and is asked again next time" in said
        assert "[1 of 12 done]" in said

    def test_ends_with_the_sheet(self, run: Run) -> None:
        shown = run("ask", "c.yaml", "--questionnaire", "person", "--plain", stdin=b"Cy\n" + b"3\n" * 12 + b"\n")
        assert "Both roles suit now" in shown.out
        assert "advisor fit c.yaml -o c.docx" in shown.out

    def test_without_input_says_what_to_look_at(self, run: Run, ada: Path) -> None:
        shown = run("ask", ada, "--no-input")
        assert shown.code == 1
        assert "What to look at next:" in shown.err
        settled = [f"--set={name}=alone" for name in RULES.questions]
        assert run("ask", ada, "--no-input", *settled).code == 0

    def test_takes_the_answers_of_another_file(self, run: Run, ada: Path, tmp_path: Path) -> None:
        run("ask", "copy.yaml", "--questionnaire", "person", "--name", "Copy", "--answers", ada, "--no-input")
        person = read_person(tmp_path / "copy.yaml", RULES)
        assert person.answers == {"client_facing": "alone"}
        origin = person.origin("client_facing")
        assert origin is not None
        assert (origin.how, origin.source) == ("file", "ada.yaml")

    @pytest.mark.parametrize("option", ["--quick", "--all", "--client=Acme"])
    def test_what_is_for_engagements_is_refused(self, run: Run, ada: Path, option: str) -> None:
        assert run("ask", ada, "--questionnaire", "person", option).code == 2

    def test_an_engagement_is_not_taken_for_a_person(self, run: Run, tmp_path: Path) -> None:
        shutil.copy(EXAMPLES / "acme-portal.yaml", tmp_path / "acme.yaml")
        before = (tmp_path / "acme.yaml").read_bytes()
        shown = run("ask", "acme.yaml", "--questionnaire", "person", "--no-input")
        assert (shown.code, (tmp_path / "acme.yaml").read_bytes()) == (1, before)
        assert "describes an engagement, not a person" in shown.err

"""What engagements show of the people they name: guardrails for the firm, never for a client."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.catalog.own import catalog_at
from advisor.catalog.people import read_person
from advisor.catalog.person import person_rules
from advisor.documents.fit.fit_sheets import sheet
from advisor.documents.shared.edition import Edition
from advisor.fit import fit
from advisor.fit.engagement import with_people
from advisor.fit.session import reference_session
from advisor.model.person import Person
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, Run

RULES = person_rules()
SESSION = reference_session(RULES)
STEPS = RULES.steps


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def open_by_default() -> Iterator[None]:
    """Whatever else is written could be read by everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def _text_of(path: Path) -> str:
    if path.suffix not in (".docx", ".xlsx"):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as parts:
        text = " ".join(
            parts.read(name).decode("utf-8", "replace") for name in parts.namelist() if name.endswith("xml")
        )
    return re.sub(r"<[^>]*>", "", text)


class TestBesideTheEngagement:
    """Gaps of people named under `people` are guardrails where their files lie in `people` beside the engagement."""

    GAP = "Gareth Pugh, leading people: seen with help, needed alone here"

    @pytest.fixture
    def book(self, tmp_path: Path) -> Path:
        (tmp_path / "people").mkdir()
        shutil.copy(EXAMPLES / "managed-print-service.yaml", tmp_path / "print.yaml")
        shutil.copy(EXAMPLES / "people" / "gareth-pugh.yaml", tmp_path / "people" / "whatever.yaml")
        return tmp_path

    def advice(self, run: Run, *options: str) -> str:
        return " ".join(run("advise", "print.yaml", "--full", *options).out.split())

    @pytest.mark.parametrize("form", ["text", "markdown", "json"])
    def test_are_in_the_advice(self, run: Run, book: Path, form: str) -> None:
        assert self.GAP in self.advice(run, "--format", form)

    def test_json_keeps_to_its_schema(self, run: Run, book: Path) -> None:
        advice = json.loads(run("advise", "print.yaml", "--format", "json").out)
        jsonschema.Draft202012Validator(json.loads(run("schema", "advice").out)).validate(advice)
        assert {one["person"] for one in advice["people_gaps"]} == {"Gareth Pugh"}

    def test_names_are_compared_without_case_and_spaces(self, run: Run, book: Path) -> None:
        text = (book / "print.yaml").read_text(encoding="utf-8").replace("Gareth Pugh", "gareth  PUGH")
        (book / "print.yaml").write_text(text, encoding="utf-8")
        assert "gareth PUGH, leading people" in self.advice(run)

    def test_others_are_left_alone(self, run: Run, book: Path) -> None:
        shutil.copy(EXAMPLES / "people" / "joel-adu.yaml", book / "people")
        assert "Joel" not in self.advice(run)

    @pytest.mark.parametrize("form", ["html", "md", "docx", "xlsx", "json", "confluence"])
    def test_documents_that_say_so_are_readable_by_their_owner_only(self, run: Run, book: Path, form: str) -> None:
        run("raci", "print.yaml", "-o", f"a.{form}", "--document", "both")
        assert mode(book / f"a.{form}") == 0o600
        assert "seen with help" in _text_of(book / f"a.{form}")

    @pytest.mark.parametrize(
        ("form", "document"),
        [("csv", "raci"), *itertools.product(["html", "md", "docx", "xlsx", "confluence"], ["raci", "advice", "both"])],
    )
    def test_a_client_never_sees_it(self, run: Run, book: Path, form: str, document: str) -> None:
        run("raci", "print.yaml", "-o", f"c.{form}", "--document", document, "--client-view")
        shown = _text_of(book / f"c.{form}")
        assert shown
        assert "seen with help" not in shown
        assert "leading people" not in shown

    def test_a_view_for_the_client_leaves_out_what_was_brought_in_all_the_same(self, catalog: Catalog) -> None:
        """Also where somebody calls the product from Python and forgets."""
        from advisor.documents.advice.viewing import view_of

        engagement = read_engagement(EXAMPLES / "managed-print-service.yaml", catalog)
        gareth = read_person(EXAMPLES / "people" / "gareth-pugh.yaml", RULES)
        advice = with_people(RULES, advise(catalog, engagement), {"Gareth Pugh": gareth})
        assert self.GAP in repr(view_of(advice))
        assert "leading people" not in repr(view_of(advice, Edition(client_view=True)))

    def test_the_matrix_alone_reads_nobodys_file(self, run: Run, book: Path) -> None:
        run("raci", "print.yaml", "-o", "m.html")
        assert "seen with help" not in _text_of(book / "m.html")
        assert mode(book / "m.html") == 0o666

    def test_a_link_out_of_the_folder_is_not_followed(self, run: Run, book: Path, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere.yaml"
        (book / "people" / "whatever.yaml").rename(elsewhere)
        (book / "people" / "gareth.yaml").symlink_to(elsewhere)
        assert "seen with help" not in self.advice(run)

    def test_a_file_that_cannot_be_understood_is_told_and_the_advice_comes(self, run: Run, book: Path) -> None:
        (book / "people" / "torn.yaml").write_text("person: {name: [}\n", encoding="utf-8")
        shown = run("advise", "print.yaml", "--full")
        assert shown.code == 1
        assert "people/torn.yaml:1: is not readable as YAML" in shown.err
        assert self.GAP in " ".join(shown.out.split())

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_what_this_user_may_not_read_is_passed_over(self, run: Run, book: Path) -> None:
        (book / "people").chmod(0)
        try:
            assert "seen with help" not in self.advice(run)
        finally:
            (book / "people").chmod(0o700)

    def test_two_files_about_one_person_are_told_and_neither_is_used(self, run: Run, book: Path) -> None:
        shutil.copy(book / "people" / "whatever.yaml", book / "people" / "again.yaml")
        shown = run("advise", "print.yaml", "--full")
        assert shown.code == 1
        assert "another file here is about Gareth Pugh too" in shown.err
        assert "seen with help" not in shown.out


class TestEngagements:
    def test_people_named_get_their_gaps(self, catalog: Catalog) -> None:
        engagement = read_engagement(EXAMPLES / "managed-print-service.yaml", catalog)
        gareth = read_person(EXAMPLES / "people" / "gareth-pugh.yaml", RULES)
        advice = with_people(RULES, advise(catalog, engagement), {"Gareth Pugh": gareth})
        assert [gap.competency for gap in advice.people_gaps] == ["adapting_to_clients", "leadership_and_communication"]

    def test_what_no_question_asks_about_is_not_taken_as_seen(self) -> None:
        """A rulebook of one's own may look for what the shipped questionnaire does not know."""
        own = EXAMPLES / "rulebooks" / "staffing-firm"
        catalog = catalog_at(own)
        advice = advise(catalog, read_engagement(own / "examples" / "harbour-payments.yaml", catalog))
        somebody = Person("somebody", "Somebody", dict.fromkeys(RULES.questions, "teaches_it"))
        found = fit(RULES, somebody, advice)
        assert found.engagement is not None
        assert {one.met for role in found.engagement.roles for one in role.looked_for} == {"not_asked"}
        assert {role.holds for role in found.engagement.roles} == {"open"}
        assert "Looked for, but not asked about colleagues:" in sheet(found, "text").decode().replace("\n  ", " ")

    def test_one_person_in_both_roles_is_held_against_both_and_told_each_thing_once(self, catalog: Catalog) -> None:
        engagement = read_engagement(EXAMPLES / "agency-site.yaml", catalog)
        engagement = replace(engagement, people={"delivery_manager": "Nia"})
        nia = Person("somebody", "Somebody", dict.fromkeys(RULES.questions, "first_steps"))
        gaps = with_people(RULES, advise(catalog, engagement), {"Nia": nia}).people_gaps
        told = [gap.competency for gap in gaps]
        assert len(told) == len(set(told)) == RULES.most_gaps

    @given(
        st.fixed_dictionaries({name: st.sampled_from(STEPS) for name in RULES.questions}),
        st.sampled_from(sorted(RULES.questions)),
    )
    @settings(max_examples=40, deadline=None)
    def test_more_of_a_competency_never_adds_a_gap(self, answers: dict[str, str], name: str) -> None:
        catalog = catalog_at(None)
        advice = advise(catalog, read_engagement(EXAMPLES / "erp-rollout.yaml", catalog))
        counts = []
        for step in STEPS:
            held = fit(RULES, Person("somebody", "Somebody", {**answers, name: step}), advice, SESSION).engagement
            assert held is not None
            counts.append(sum(len(role.gaps) for role in held.roles))
        assert counts == sorted(counts, reverse=True)

"""A row explained on one screen, the single answers that would change it, and the names by which things are found."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.advise import advise
from advisor.advise.session import Session, reference_session
from advisor.catalog.engagements import read_engagement, read_one
from advisor.cli import cli
from advisor.documents.explain.explain_text import explanation_as_text
from advisor.errors import InputError
from advisor.explain import explain, what_is_meant
from advisor.explain.whys import CellWhy, RowWhy
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES

ACME = str(EXAMPLES / "acme-portal.yaml")
SOME = sorted(EXAMPLES.glob("*.yaml"))[::6]


@pytest.fixture(scope="module")
def session(catalog: Catalog) -> Session:
    return reference_session(catalog)


def row_of(catalog: Catalog, one: Engagement, row: str, session: Session) -> RowWhy:
    body = explain(catalog, one, f"row:{row}", 1, session).body
    assert isinstance(body, RowWhy)
    return body


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_every_row_fits_one_screen(catalog: Catalog, session: Session, path: Path) -> None:
    """At most 40 lines, none too long; every letter with who has it; what would change it; where the rest is.

    A third of the rows on each example, so that every row is on one at least.
    """
    one = read_engagement(path, catalog)
    advice = advise(catalog, one, session)
    held = {row.id: row for row in advice.matrix.activities}
    for row in catalog.rows[SOME.index(path) % 3 :: 3]:
        explained = explain(catalog, one, f"row:{row.id}", 1, session)
        for width in (80, 100):
            text = explanation_as_text(explained, catalog, width)
            lines = text.splitlines()
            assert len(lines) <= 40, row.id
            assert max(map(len, lines)) <= width
            assert "What would change it" in text
            assert "--full" in text
            cells = [line for line in lines if re.match(r"  (A/R|[ARCI]) {2,}\S", line)]
            assert len(cells) == (len(held[row.id].cells) if row.id in held else 0)


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_single_answers_change_what_is_said(catalog: Catalog, session: Session, path: Path) -> None:
    """Given one of them, the row has the letters that were foretold, or is left out as was said.

    Foretold are those of the rules; who is named, and so answers for a blank, is no answer.
    """
    one = replace(read_engagement(path, catalog), people={}, times={})
    now = {row.id: row for row in advise(catalog, one, session).matrix.activities}
    for row in catalog.rows[SOME.index(path) :: 14]:
        why = row_of(catalog, one, row.id, session)
        before = {cell.role: cell.letters for cell in now[row.id].cells} if row.id in now else {}
        for move in why.moves:
            for change in move.answers:
                answers = {**one.answers, change.question: change.option}
                matrix = advise(catalog, replace(one, answers=answers), session).matrix
                there = next((found for found in matrix.activities if found.id == row.id), None)
                assert (there is None) == bool(move.left_out)
                if there is not None:
                    after = {cell.role: cell.letters for cell in there.cells if cell.letters}
                    said = {role: letters for role, letters in {**before, **move.letters}.items() if letters}
                    assert after == said


def test_no_other_single_answer_changes_the_row(catalog: Catalog, session: Session) -> None:
    """What is not listed changes nothing."""
    one = read_engagement(EXAMPLES / "acme-portal.yaml", catalog)
    why = row_of(catalog, one, "release_decision", session)
    listed = {(change.question, change.option) for move in why.moves for change in move.answers}
    now = next(row for row in advise(catalog, one, session).matrix.activities if row.id == "release_decision").cells
    for question in list(catalog.questions.values())[::3]:
        for option in question.option_ids:
            if (question.id, option) in listed:
                continue
            answers = {**one.answers, question.id: option}
            matrix = advise(catalog, replace(one, answers=answers), session).matrix
            then = next(row for row in matrix.activities if row.id == "release_decision").cells
            assert [(cell.role, cell.letters) for cell in then] == [(cell.role, cell.letters) for cell in now]


def test_a_cell_looks_for_no_single_answers(catalog: Catalog, session: Session) -> None:
    one = read_engagement(EXAMPLES / "acme-portal.yaml", catalog)
    body = explain(catalog, one, "release_decision:delivery_manager", 1, session).body
    assert isinstance(body, CellWhy)
    assert body.row.moves == ()


def test_the_command_tells_the_long_story_when_asked() -> None:
    runner = CliRunner()
    short = runner.invoke(cli, ["explain", ACME, "Go-live decision"]).output
    full = runner.invoke(cli, ["explain", ACME, "Go-live decision", "--full"]).output
    assert len(short.splitlines()) <= 40 < len(full.splitlines())
    assert "A    Client sponsor (Ines Falk): The client's business goes live" in short
    assert "Single answers that would change it" in full
    assert "Rules on this row that stayed silent" in full
    found = json.loads(runner.invoke(cli, ["explain", ACME, "Go-live decision", "--format", "json"]).output)
    assert found["row"]["moves"]


@pytest.mark.parametrize(
    ("key", "kind", "id"),
    (
        ("Go-live decision", "row", "release_decision"),
        ("GO LIVE DECISION", "row", "release_decision"),
        ("Decide to go live", "row", "release_decision"),
        ("go/no-go", "row", "release_decision"),
        ("Delivery manager", "role", "delivery_manager"),
        ("delivery MANAGER", "role", "delivery_manager"),
        ("Go-live decision:client sponsor", "cell", "release_decision:client_sponsor"),
    ),
)
def test_printed_names_and_those_that_firms_use(catalog: Catalog, key: str, kind: str, id: str) -> None:
    meant = what_is_meant(catalog, key)
    assert (meant.kind, meant.id) == (kind, id)


@pytest.mark.parametrize(
    ("key", "near"),
    (
        ("Go-live decisoin", "did you mean 'Go-live decision'?"),
        ("Delivery manger", "did you mean 'Delivery manager'?"),
        ("hypercar", "did you mean hypercare?"),
        ("schedule plan", "did you mean 'Plan and schedule'?"),
        ("committee", "did you mean 'Steering committee'"),
    ),
)
def test_a_near_miss_is_answered_with_the_nearest(catalog: Catalog, key: str, near: str) -> None:
    with pytest.raises(InputError) as caught:
        what_is_meant(catalog, key)
    assert near in str(caught.value)


@pytest.mark.parametrize("key", ("x" * 100_000, "a:" * 50_000, "\x00", " ", "“”", "=", ":"))
def test_odd_names_are_refused_in_one_sentence(catalog: Catalog, key: str) -> None:
    with pytest.raises(InputError) as caught:
        what_is_meant(catalog, key)
    assert len(str(caught.value)) < 1_000


class TestPeople:
    """An engagement file names roles by id or as documents print them."""

    def test_by_printed_name(self, catalog: Catalog) -> None:
        text = "answers: {}\npeople: {Delivery manager: D. Osei, PROJECT-MANAGER: L. Marin, client_sponsor: I. Falk}\n"
        people = read_one(text.encode(), "e.yaml", catalog).people
        assert people == {"delivery_manager": "D. Osei", "project_manager": "L. Marin", "client_sponsor": "I. Falk"}

    def test_twice_is_a_mistake_and_a_near_miss_is_named(self, catalog: Catalog) -> None:
        text = "answers: {}\npeople:\n  delivery_manager: A\n  Delivery manager: B\n  Projct manager: C\n"
        with pytest.raises(InputError) as caught:
            read_one(text.encode(), "e.yaml", catalog)
        assert [str(one) for one in caught.value.problems] == [
            "e.yaml:4: people.Delivery manager: names the same role as another key (delivery_manager)",
            "e.yaml:5: people.Projct manager: is no role and no party (did you mean Project manager?)",
        ]

    def test_advise_takes_it(self, tmp_path: Path) -> None:
        file = tmp_path / "e.yaml"
        file.write_text("answers: {}\npeople: {Client Sponsor: Ines Falk}\n", encoding="utf-8")
        assert "Ines Falk" in CliRunner().invoke(cli, ["advise", str(file)]).output

"""Whose letters they are: people of one role apart, no A at a blank, nothing with those who are not for it."""

from __future__ import annotations

import pytest

from advisor.advise import advise
from advisor.advise.seating import seated
from advisor.advise.subjects import alike
from advisor.catalog.engagements import read_one
from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.columns import MOST_COLUMNS
from advisor.documents.brief.compose import brief_of
from advisor.documents.brief.content import Brief
from advisor.documents.matrix.rows import main_rows
from advisor.documents.shared.edition import Edition
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog

ANSWERS = """\
answers: {kind_of_work: software_build, reader: internal_provider, stage: planning, plans_at_once: one, vendors: some,
  post_delivery: none, build_paid: internal_budget, expectations: contested, parties: [suppliers],
  managers_available: project_manager}
"""


def advice_on(catalog: Catalog, people: str, matters: str = "", head: str = "", answers: str = ANSWERS) -> Advice:
    text = f"engagement: {{id: x, client: Tide{head}}}\n{answers}people:\n{people}matters:\n{matters or '  []'}\n"
    return advise(catalog, read_one(text.encode(), "x.yaml", catalog))


def brief(advice: Advice) -> Brief:
    return brief_of(advice, view_of(advice, Edition("brief")))


def letters(said: Brief) -> dict[str, dict[str, str]]:
    """By row, the letters of each head of a column."""
    heads = [column.head or column.name for column in said.columns]
    return {
        row.name: {head: cell.letters for head, cell in zip(heads, row.cells, strict=True) if cell.letters}
        for phase in said.phases
        for row in phase.rows
    }


SPONSORS = """\
  project_manager: Kwame Asante
  client_sponsor:
    - {name: Ada Finn, does: scope}
    - {name: Bo Lund, does: money}
    - {name: Cy Marr, does: testing}
  suppliers: [Larkmere, Stonegate]
"""


class TestPeopleOfOneRole:
    def test_have_a_column_each_where_they_do_different_things(self, catalog: Catalog) -> None:
        said = brief(advice_on(catalog, SPONSORS))
        under = {column.head: column.under for column in said.columns}
        assert under["Ada Finn"] == "scope" and under["Cy Marr"] == "testing"
        assert {"Larkmere", "Stonegate"} <= under.keys()

    def test_answer_for_what_they_are_named_for_and_the_first_for_the_rest(self, catalog: Catalog) -> None:
        found = letters(brief(advice_on(catalog, SPONSORS)))
        assert found["User acceptance testing"]["Cy Marr"] == "A"
        assert found["Go-live decision"] | {"Ada Finn": "A", "Bo Lund": "C"} == found["Go-live decision"]
        assert (
            found["Supplier delivery dates"] | {"Larkmere": "R", "Stonegate": "R"} == found["Supplier delivery dates"]
        )

    def test_share_a_column_where_nothing_tells_them_apart(self, catalog: Catalog) -> None:
        team = "  delivery_team: [{name: Rui M, does: developer}, {name: Bea L, does: developers}]\n"
        said = brief(advice_on(catalog, SPONSORS + team))
        assert [one.head for one in said.columns if "Rui" in one.head] == ["Rui M and Bea L"]

    def test_those_in_one_text_are_told_apart_by_their_brackets(self, catalog: Catalog) -> None:
        people = "  project_manager: K\n  executive_sponsor: E\n  client_sponsor: 'Sue T (designs), Martin O (money)'\n"
        under = {column.head: column.under for column in brief(advice_on(catalog, people)).columns}
        assert under["Sue T"] == "designs" and under["Martin O"] == "money"

    def test_are_folded_together_beyond_what_a_page_holds(self, catalog: Catalog) -> None:
        firms = ", ".join(f"{{name: Firm {at}, does: {what}}}" for at, what in enumerate("abcdef", 1))
        said = brief(advice_on(catalog, SPONSORS.replace("[Larkmere, Stonegate]", f"[{firms}]") + "  client_team: Z\n"))
        assert len(said.columns) <= MOST_COLUMNS
        assert any("Firm 5" in column.under and "Firm 6" in column.under for column in said.columns)

    def test_have_one_a_and_an_r_in_every_row(self, catalog: Catalog) -> None:
        advice = seated(
            advice_on(catalog, SPONSORS, "  - {gap: the piano, owner: Bo Lund}\n  - {gap: HR, owner: Di}\n")
        )
        assert advice.names.seats
        for row in advice.matrix.activities:
            held = [cell.letters for cell in row.cells]
            assert sum("A" in one for one in held) == 1, row.name
            assert any("R" in one for one in held), row.name

    def test_stay_one_column_in_the_full_matrix(self, catalog: Catalog) -> None:
        assert "client_sponsor_2" not in advice_on(catalog, SPONSORS).matrix.roles


class TestBlanks:
    PEOPLE = "  project_manager: Maureen Tasker\n  delivery_team: six developers\n"

    def test_an_a_goes_to_the_next_in_authority_who_is_named(self, catalog: Catalog) -> None:
        found = letters(brief(advice_on(catalog, f"{self.PEOPLE}  executive_sponsor: the CFO\n")))
        assert found["Go-live decision"]["The CFO"] == "A"
        assert not any("Business sponsor" in row for row in found.values())

    def test_without_anybody_the_column_is_to_be_named_and_a_step_says_so(self, catalog: Catalog) -> None:
        answers = ANSWERS.replace("internal_provider", "supplier")
        said = brief(advice_on(catalog, f"{self.PEOPLE}  account_manager: Femi\n", answers=answers))
        column = next(one for one in said.columns if one.id == "client_sponsor")
        assert column.under == "to be named"
        assert any("who decides on" in step.what for step in said.steps)

    def test_a_role_that_is_only_asked_has_no_column_without_a_name(self, catalog: Catalog) -> None:
        said = brief(advice_on(catalog, f"{self.PEOPLE}  client_sponsor: Ada Finn\n"))
        assert "executive_sponsor" not in {one.id for one in said.columns}

    def test_few_names_leave_the_roles_as_they_are(self, catalog: Catalog) -> None:
        rows = advice_on(catalog, "  project_manager: Maureen Tasker\n").matrix.activities
        assert next(row for row in rows if row.id == "release_decision").letters("client_sponsor") == "A"


class TestWhoeverAsked:
    def test_takes_the_sponsors_place_and_agrees(self, catalog: Catalog) -> None:
        said = brief(advice_on(catalog, SPONSORS, "  - gap: the piano\n", ", for: 'Lorna Peel, head of platforms'"))
        column = next(one for one in said.columns if one.head == "Lorna Peel")
        assert column.under == "head of platforms"
        assert letters(said)["Piano"]["Lorna Peel"] == "I"
        assert "Lorna Peel" in said.agreed_by

    def test_has_a_column_beside_a_sponsor_who_is_named(self, catalog: Catalog) -> None:
        said = brief(advice_on(catalog, f"{SPONSORS}  executive_sponsor: the CIO\n", head=", for: Lorna Peel"))
        assert {"Lorna Peel", "The CIO"} <= {one.head for one in said.columns}


class TestWhoCannot:
    def test_has_neither_a_nor_r_in_it(self, catalog: Catalog) -> None:
        people = SPONSORS.replace("Kwame Asante", "{name: Kwame Asante, not_for: budgets}")
        rows = advice_on(catalog, people).matrix.activities
        budget = next(row for row in rows if row.id == "budget_plan")
        assert budget.letters("project_manager") == "C"
        assert sum("A" in cell.letters for cell in budget.cells) == 1

    def test_who_signs_money_alone_answers_for_nothing_else(self, catalog: Catalog) -> None:
        people = (
            "  project_manager: B\n  executive_sponsor: the CIO\n  client_sponsor: {name: F, does: money over 25000}\n"
        )
        rows = {row.id: row for row in advice_on(catalog, people).matrix.activities}
        assert rows["acceptance_testing"].letters("executive_sponsor") == "A"
        assert rows["change_beyond_tolerance"].letters("client_sponsor") == "A"

    def test_whoever_checks_does_not_answer_for_what_they_check(self, catalog: Catalog) -> None:
        answers = ANSWERS.replace("[suppliers]", "[quality_compliance]")
        people = "  project_manager: B\n  quality_compliance: Audit\n  client_sponsor: Ada\n"
        rows = advice_on(catalog, people, "  - {deliverable: proof of destruction, who: Audit}\n", "", answers)
        row = next(one for one in rows.matrix.activities if one.matter)
        assert (row.letters("project_manager"), row.letters("quality_compliance")) == ("A", "C")


class TestRows:
    def test_a_stated_one_takes_the_place_of_the_rulebooks_own(self, catalog: Catalog) -> None:
        rows = advice_on(catalog, SPONSORS, "  - gap: testing, with two runs a country\n").matrix.activities
        assert "acceptance_testing" not in {row.id for row in rows}
        assert next(row for row in rows if row.name == "Testing").letters("client_sponsor") == "A"

    def test_a_small_job_has_ten(self, catalog: Catalog) -> None:
        answers = ANSWERS.replace("vendors: some", "vendors: some, duration: under_three_months, team_size: up_to_four")
        assert len(main_rows(advice_on(catalog, SPONSORS, answers=answers))) == 10

    def test_a_short_analysis_has_no_go_live(self, catalog: Catalog) -> None:
        answers = ANSWERS.replace("software_build", "data_analytics").replace(
            "plans_at_once: one,", "plans_at_once: one, duration: under_three_months,"
        )
        ids = {row.id for row in advice_on(catalog, SPONSORS, answers=answers).matrix.activities}
        assert not ids & {"release_decision", "acceptance_testing", "handover_to_support", "backlog_order"}


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("lease and money", "Lease, permits and landlord", True),
        ("who sits where", "Floor plan and seating", True),
        ("developer", "developers", True),
        ("network and rooms", "Go-live decision", False),
        ("the delivery team", "Supplier delivery dates", False),
    ],
)
def test_texts_are_about_the_same_by_words_and_subjects(catalog: Catalog, one: str, other: str, found: bool) -> None:
    assert bool(alike(one, other, catalog.words.subjects)) == found

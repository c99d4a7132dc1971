"""The matrix of who is there: letters of roles that are not, rows for some engagements, one column for one person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from advisor.advise import advise
from advisor.advise.session import reference_session
from advisor.catalog.engagements import read_engagement
from advisor.model.advice import Advice
from advisor.model.matrix import ActivityRow
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES
from tests.test_rulebook_errors import Rulebook

ROWS = """# Rows of a pack.
rows:
  - id: cut_over
    name: Cut-over
    phase: transition
    rank: 91
    for: {kind_of_work: [package_rollout, infrastructure]}
    cites: [KR5]
    reads: [regulated]
    base:
      - letters: {project_manager: A, technical_lead: R, suppliers: R, product_owner: C}
        says: Whoever runs the plan has everybody do their step.
    rules:
      - id: cut_over_regulated
        says: It is on record.
        cites: [KR5]
        when: {regulated: yes}
        then: {letters: {client_sponsor: I}}
"""
ROLES = "rules/roles.yaml"


def of(catalog: Catalog, name: str, **answers: str) -> Advice:
    one = read_engagement(EXAMPLES / f"{name}.yaml", catalog)
    return advise(catalog, replace(one, answers={**one.answers, **answers}), reference_session(catalog))


def row_of(advice: Advice, id: str) -> ActivityRow:
    return next(row for row in advice.matrix.activities if row.id == id)


def letters(advice: Advice, id: str) -> dict[str, str]:
    return {cell.role: cell.letters for cell in row_of(advice, id).cells}


@pytest.fixture
def rulebook(tmp_path: Path) -> Rulebook:
    return Rulebook(tmp_path)


class TestWhoIsThere:
    def test_letters_fall_to_who_is_there(self, catalog: Catalog) -> None:
        """R, C and I fall to one role, the A to another; the cell says whose they are and keeps its rule's reason."""
        given = letters(of(catalog, "retail-app-handover"), "requirements_sign_off")
        assert (given["product_owner"], given["client_team"]) == ("A", "C")
        advice = of(catalog, "retail-app-handover", has_product_owner="no")
        assert letters(advice, "requirements_sign_off")["client_sponsor"] == "A"
        cell = next(one for one in row_of(advice, "requirements_sign_off").cells if one.role == "client_sponsor")
        assert cell.held_for == ("product_owner",) and cell.rule == "requirements_sign_off_base"
        assert "product_owner" not in advice.matrix.roles

    def test_a_column_without_a_letter_is_not_shown(self, catalog: Catalog) -> None:
        """Whoever is there and has nothing to do has no column."""
        advice = of(catalog, "staff-augmentation", has_change_lead="yes")
        assert "change_lead" not in advice.matrix.roles

    def test_one_person_has_one_column(self, catalog: Catalog) -> None:
        """What meets in it comes together; its heading is the model's own."""
        advice = of(catalog, "agency-site")
        assert advice.matrix.roles[0] == "delivery_manager" and "project_manager" not in advice.matrix.roles
        assert letters(advice, "quality_plan")["delivery_manager"] == "A/R"
        assert advice.names.columns["combined"] == {"delivery_manager": "Delivery and project manager"}

    def test_a_manager_stands_in_until_delivery(self, catalog: Catalog) -> None:
        """Before go-live the project manager holds the delivery manager's letters, but where a rule names the model."""
        advice = of(catalog, "retail-app-handover")
        assert letters(advice, "quality_plan").get("delivery_manager", "") == ""
        assert letters(advice, "quality_plan")["project_manager"] == "A/R"
        assert letters(advice, "service_level_agreement")["delivery_manager"] == "A/R"
        assert letters(advice, "hypercare")["delivery_manager"] == "A"

    def test_rows_go_on_when_their_phase_is_past(self, catalog: Catalog) -> None:
        """Risks are managed as long as there is work; phases stay in order."""
        for name, phase in (("erp-rollout", "planning"), ("insurance-programme", "execution")):
            advice = of(catalog, name)
            assert row_of(advice, "risk_register").phase == phase
            order = [one.id for one in catalog.phases]
            phases = [order.index(row.phase) for row in advice.matrix.activities]
            assert phases == sorted(phases)


class TestPacks:
    def test_a_pack_adds_rows(self, rulebook: Rulebook) -> None:
        """They stand at the end of their phase, and are silently not there in engagements that they are not for."""
        rulebook.write("rules/packs/rollout/rows.yaml", ROWS)
        catalog = rulebook.load()
        advice = of(catalog, "erp-rollout")
        assert [row.id for row in advice.matrix.activities if row.phase == "transition"][-1] == "cut_over"
        given = {"project_manager": "A", "delivery_team": "R", "suppliers": "R", "client_team": "C"}
        assert letters(advice, "cut_over") == given
        assert row_of(advice, "cut_over").rank == 91
        other = of(catalog, "acme-portal")
        assert "cut_over" not in {row.id for row in other.matrix.activities}
        assert "cut_over" not in {row.id for row in other.matrix.left_out}

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("rank: 91", "rank: 101", "rank: must be a whole number from 1 to 100, not 101"),
            ("phase: transition", "phase: transitoin", "phase: 'transitoin' is none of"),
            ("infrastructure]", "infrastucture]", "for.kind_of_work: 'infrastucture' is none of"),
        ],
    )
    def test_mistakes(self, rulebook: Rulebook, old: str, new: str, message: str) -> None:
        """Each with its file and line, and what was meant."""
        rulebook.write("rules/packs/rollout/rows.yaml", ROWS.replace(old, new))
        line = ROWS[: ROWS.index(old)].count("\n") + 1
        (said,) = rulebook.complaints()
        assert said.startswith(f"rules/packs/rollout/rows.yaml:{line}: rows[cut_over].{message}")


class TestRoles:
    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("falls_to: [client_team]", "falls_to: [client_taem]", "'client_taem' is none of"),
            (
                "falls_to: [technical_lead, delivery_team]",
                "falls_to: [quality_compliance]",
                "cannot stand in for itself",
            ),
        ],
    )
    def test_mistakes(self, rulebook: Rulebook, old: str, new: str, message: str) -> None:
        """Whoever stands in is another role that there is."""
        line = rulebook.change(ROLES, old, new)
        (said,) = rulebook.complaints()
        assert said.startswith(f"{ROLES}:{line}: roles[") and message in said

    def test_a_circle(self, rulebook: Rulebook) -> None:
        """Two parties that fall to each other would lose letters where neither is there."""
        rulebook.change(ROLES, "{id: client_team, ", "{id: client_team, falls_to: [product_owner], ")
        assert any("falls back to" in one for one in rulebook.complaints())

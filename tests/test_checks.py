"""The check of a rulebook: each promise, when a rule breaks it, is reported with the place and the smallest case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from advisor import reference
from advisor.advise.evaluator import Evaluator
from advisor.model.rulebook import Catalog
from advisor.verify.checks import all_conclusions, check
from tests.test_rulebook_errors import TOPIC, Rulebook

GOVERNANCE = "rules/matrix/governance.yaml"
ALONE = "project_manager, delivery_manager, team_led"
TOGETHER = "combined, handover, paired, programme"


@pytest.fixture
def rulebook(tmp_path: Path) -> Rulebook:
    return Rulebook(tmp_path)


def faults(catalog: Catalog) -> list[str]:
    """What the check finds, with the reference evaluator in the engine's place."""
    return [str(fault) for fault in check(catalog, Evaluator(reference.fire))]


def of_the_planted_row(catalog: Catalog) -> list[str]:
    """What the check finds in the planted row alone; what nothing else reads then is not its business."""
    alone = replace(catalog, rows=tuple(row for row in catalog.rows if row.id == "planted"))
    assert len(alone.rows) == 1
    return [one for one in faults(alone) if "planted" in one]


def add_row(rulebook: Rulebook, alone: str = "{manager: A/R}", together: str = "{project_manager: A/R}") -> int:
    """Add a row of the matrix with these letters for one manager and for two; returns its line."""
    groups = "".join(
        f"      - {{models: [{models}], letters: {letters}, says: A sentence.}}\n"
        for models, letters in ((ALONE, alone), (TOGETHER, together))
    )
    return rulebook.add(GOVERNANCE, f"  - id: planted\n    name: A row\n    cites: [KR1]\n    base:\n{groups}")


def add_rule(rulebook: Rulebook, file: str, when: str, then: str) -> int:
    """Add a rule at the end of a file; returns its line."""
    return rulebook.add(
        file, f"  - {{id: planted, says: A sentence., cites: [KR1], when: {{{when}}}, then: {{{then}}}}}\n"
    )


def test_the_shipped_rulebook_has_no_fault(catalog: Catalog) -> None:
    """Every promise holds for the rulebook as shipped."""
    assert faults(catalog) == []


SUPPORT_FALLS = "    falls_to: [delivery_team]\n  - id: suppliers\n"


class TestRows:
    def test_a_lawful_row(self, rulebook: Rulebook) -> None:
        """The row by itself has no fault, so each fault below is the planted one."""
        add_row(rulebook)
        assert of_the_planted_row(rulebook.load()) == []

    @pytest.mark.parametrize(
        ("alone", "together", "message"),
        [
            (
                "{manager: A/R}",
                "{delivery_manager: A, project_manager: A/R}",
                "2 roles hold the A in handover (rules: planted_base_combined) at model: handover",
            ),
            (
                "{manager: R}",
                "{project_manager: A/R}",
                "0 roles hold the A in project_manager (rules: planted_base_project_manager) at model: project_manager",
            ),
            (
                "{manager: A, delivery_team: C}",
                "{project_manager: A/R}",
                "nobody holds an R in project_manager (rules: planted_base_project_manager) at model: project_manager",
            ),
            (
                "{manager: R, executive_sponsor: A}",
                "{project_manager: A/R}",
                "executive_sponsor may not hold the A here (rules: planted_base_project_manager)"
                " at model: project_manager",
            ),
        ],
        ids=["a second A", "no A", "no R", "a sponsor's A"],
    )
    def test_an_unlawful_row(self, rulebook: Rulebook, alone: str, together: str, message: str) -> None:
        """Each row has one A and an R, names nobody who is not there, and sponsors answer only where they may."""
        line = add_row(rulebook, alone, together)
        assert of_the_planted_row(rulebook.load()) == [f"{GOVERNANCE}:{line}: planted: {message} [row invariants]"]

    def test_a_role_that_nothing_stands_in_for(self, rulebook: Rulebook) -> None:
        """A manager whom the model does not staff may have no letter where nobody stands in for them."""
        rulebook.change("rules/roles.yaml", ", falls_to: [project_manager, delivery_manager]", "")
        line = add_row(rulebook, together="{project_manager: A/R, team_lead: C}")
        assert of_the_planted_row(rulebook.load()) == [
            f"{GOVERNANCE}:{line}: planted: team_lead is not staffed in combined (rules: planted_base_combined)"
            " at model: combined [row invariants]"
        ]

    def test_the_support_team_may_not_be_there(self, rulebook: Rulebook) -> None:
        """A row whose only R is a party's is unlawful wherever the party is not there and nobody stands in for it."""
        line = add_row(rulebook, together="{project_manager: A, support_team: R}")
        assert of_the_planted_row(rulebook.load()) == []
        rulebook.change("rules/roles.yaml", SUPPORT_FALLS, SUPPORT_FALLS.replace("    falls_to: [delivery_team]\n", ""))
        assert of_the_planted_row(rulebook.load()) == [
            f"{GOVERNANCE}:{line}: planted: nobody holds an R in combined (rules: planted_base_combined)"
            " at model: combined [row invariants]"
        ]

    def test_two_rules_on_one_cell(self, rulebook: Rulebook) -> None:
        """Two rules that can meet may not give one cell different letters."""
        line = add_row(rulebook)
        for name, letter in (("first", "C"), ("second", "I")):
            rules = "    rules:\n" if name == "first" else ""
            when, then = "model: paired", f"letters: {{delivery_team: {letter}}}"
            rulebook.add(
                GOVERNANCE,
                f"{rules}      - {{id: {name}, says: A sentence., cites: [KR1], when: {{{when}}}, then: {{{then}}}}}\n",
            )
        assert of_the_planted_row(rulebook.load()) == [
            f"{GOVERNANCE}:{line}: planted: first and second give delivery_team different letters"
            " at model: paired [row invariants]"
        ]


class TestConclusions:
    def test_two_values_for_a_finding(self, rulebook: Rulebook, catalog: Catalog) -> None:
        """Two rules that can meet may not conclude different values for one finding."""
        add_rule(rulebook, TOPIC, "post_delivery: warranty", "finding: {post_delivery_scope: continuing}")
        other = next(rule for rule in catalog.rules() if rule.id == "after_warranty")
        assert faults(rulebook.load()) == [
            f"{other.source}: after_warranty and planted conclude different values for post_delivery_scope"
            " at post_delivery: warranty [one conclusion]"
        ]

    def conclusions(self, catalog: Catalog) -> list[str]:
        return [str(fault) for fault in all_conclusions(catalog, Evaluator(reference.fire))]

    def test_two_models(self, rulebook: Rulebook) -> None:
        """Two rules that can meet may not recommend different models."""
        file = "rules/recommendation/recommendation.yaml"
        add_rule(rulebook, file, "work_asks_for: team_led, client_need: none", "finding: {model: paired}")
        (fault,) = self.conclusions(rulebook.load())
        assert "staff_team_led and planted conclude different values for model at " in fault

    def test_no_value_for_a_finding(self, rulebook: Rulebook) -> None:
        """A finding that no rule concludes on some answers must say what it is otherwise."""
        rulebook.change(TOPIC, "    otherwise: none\n", "")
        (fault,) = self.conclusions(rulebook.load())
        assert fault.startswith(f"{TOPIC}:")
        assert ": no rule concludes post_delivery_scope at " in fault
        assert "post_delivery: none" in fault
        assert fault.endswith("[one conclusion]")


class TestUse:
    def test_what_no_rule_uses(self, rulebook: Rulebook) -> None:
        """Every claim of the article is behind some rule; no question is asked and no finding found for nothing."""
        claims, questions = "rules/claims.yaml", "questionnaires/engagement.yaml"
        claim = rulebook.add(claims, "  - {id: ZZ9, section: s, text: A claim., bears_on: nothing}\n")
        question = rulebook.add(
            questions,
            "  - {id: planted, section: S, text: T, help: H, why: W, cites: [KR1], options: {low: L, high: H},"
            ' usual: {answer: low, reason: "PRACTICE: planted"}}\n',
        )
        finding = rulebook.change(
            TOPIC, "findings:\n", "findings:\n  - {id: found, text: T, values: {low: L, high: H}, otherwise: low}\n"
        )
        assert faults(rulebook.load()) == [
            f"{claims}:{claim}: no rule cites ZZ9 [uncited claim]",
            f"{questions}:{question}: no rule reads planted [unread question]",
            f"{TOPIC}:{finding + 1}: no rule reads found [unread finding]",
        ]

    def test_a_dead_rule(self, catalog: Catalog) -> None:
        """A rule that never fires is reported with its place: here, because the evaluator loses it."""
        table = catalog.split
        dead = table.rules[0]
        evaluator = Evaluator(
            lambda one, values: tuple(at for at in reference.fire(one, values) if one.id != table.id or at != 0)
        )
        found = [str(fault) for fault in check(replace(catalog, rows=()), evaluator)]
        assert [one for one in found if "dead rule" in one] == [f"{dead.source}: {dead.id} can never fire [dead rule]"]


def test_a_shift_to_somebody_who_is_not_there(rulebook: Rulebook) -> None:
    """Shares can be moved only between the two managers whom a model staffs."""
    add_rule(
        rulebook, "rules/split.yaml", "model: team_led", "shift: {to: project_manager, points: 10, phases: [planning]}"
    )
    (fault,) = [one for one in faults(replace(rulebook.load(), rows=())) if "planted" in one]
    assert "split: planted moves shares to project_manager, who is not one of two managers in team_led at " in fault
    assert fault.endswith("[shares]")

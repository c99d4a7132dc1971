"""The rules on people as files: read apart from the rulebook, one's own where there are some, mistakes with lines."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from advisor.catalog.load import load_rulebook
from advisor.catalog.person import person_rules
from advisor.errors import InputError
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, REPOSITORY, Run


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A whole rulebook of one's own, rules on people included."""
    folder = tmp_path / "own"
    shutil.copytree(REPOSITORY / "rules", folder)
    shutil.copytree(REPOSITORY / "questionnaires", folder / "questionnaires")
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def complaints(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        person_rules(folder)
    return [str(one).replace(str(folder), "own") for one in caught.value.problems]


def test_no_advice_depends_on_them(own: Path) -> None:
    """The digest that advice is given under stays, and so does everything remembered under it."""
    before = load_rulebook(own).digest
    change(own / "person" / "result.yaml", "Both roles are carried today", "Both roles can be taken today")
    change(own / "questionnaires" / "person.yaml", "What a colleague has been seen to do", "What we have seen")
    assert load_rulebook(own).digest == before
    assert person_rules(own).digest != person_rules().digest


def test_they_are_no_questionnaire_on_engagements(catalog: Catalog) -> None:
    assert "person" not in catalog.questionnaires
    assert "adapting_to_clients" not in catalog.questions


def test_a_rulebook_without_its_own_takes_those_that_ship() -> None:
    assert person_rules(EXAMPLES / "rulebooks" / "staffing-firm").digest == person_rules().digest


def test_a_rulebook_that_extends_ours_may_change_one_file(tmp_path: Path) -> None:
    (tmp_path / "rulebook.yaml").write_text("extends: standard\ntitle: Ours\n", encoding="utf-8")
    shutil.copytree(REPOSITORY / "rules" / "person", tmp_path / "person")
    (tmp_path / "person" / "growth.yaml").unlink()
    change(tmp_path / "person" / "rulebook.yaml", "most_gaps: 3", "most_gaps: 2")
    rules = person_rules(tmp_path)
    assert rules.most_gaps == 2
    assert rules.growth == person_rules().growth
    assert rules.digest != person_rules().digest


def test_fit_and_the_proof_go_by_ones_own(own: Path, run: Run) -> None:
    change(own / "person" / "rulebook.yaml", "most_gaps: 3", "most_gaps: 1")
    shown = run("fit", EXAMPLES / "people" / "joel-adu.yaml", "--rulebook", own).out
    assert "And five more, for later." in shown
    assert f"digest {person_rules(own).digest}" in run("rules", "list", "--rulebook", own).out


class TestMistakes:
    @pytest.mark.parametrize(
        ("file", "old", "new", "message"),
        [
            (
                "person/topics/leading.yaml",
                "leads_with_help",
                "dm_fits_whole",
                "own/person/fit/delivery_manager.yaml:16: rules[dm_fits_whole].id: 'dm_fits_whole' is already the id "
                "of the rule at own/person/topics/leading.yaml:15",
            ),
            (
                "person/topics/the_plan.yaml",
                "at_least: with_help",
                "at_least: with_halp",
                "own/person/topics/the_plan.yaml:18: rules[plans_with_help].when.planning_and_control.at_least: "
                "'with_halp' is none of first_steps, with_help, alone, under_pressure, teaches_it "
                "(did you mean with_help?)",
            ),
            (
                "person/fit/project_manager.yaml",
                "role: project_manager",
                "role: projects_manager",
                "own/person/fit/project_manager.yaml:4: role: 'projects_manager' is none of delivery_manager, "
                "project_manager (did you mean project_manager?)",
            ),
            (
                "person/rulebook.yaml",
                "carries_from: alone",
                "carries_from: along",
                "own/person/rulebook.yaml:7: carries_from: 'along' is none of first_steps, with_help, alone, "
                "under_pressure, teaches_it (did you mean alone?)",
            ),
            (
                "person/engagement.yaml",
                "  with_help:",
                "  with_hlp:",
                "own/person/engagement.yaml:5: needs.with_hlp: is no step (did you mean with_help?)",
            ),
            (
                "person/growth.yaml",
                "competency: methods",
                "competency: method",
                "own/person/growth.yaml:57: growth[10].competency: 'method' is not asked for (did you mean methods?)",
            ),
            (
                "questionnaires/person.yaml",
                "id: methods",
                "id: method",
                "own/questionnaires/person.yaml:2: questions[method]: 'method' is no competency "
                "(did you mean methods?)",
            ),
        ],
    )
    def test_are_told_with_file_and_line(self, own: Path, file: str, old: str, new: str, message: str) -> None:
        change(own / file, old, new)
        assert message in complaints(own)

    def test_a_file_that_nothing_reads_is_told(self, own: Path) -> None:
        shutil.copy(own / "person" / "topics" / "leading.yaml", own / "person" / "topics" / "leeding.yaml")
        assert any("person/topics/leeding.yaml: is not read" in one for one in complaints(own))

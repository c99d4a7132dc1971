"""Rules that must never stand in one advice: read with every mistake named, proven apart, and said in the handbook."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from advisor import reference
from advisor.advise import conclude
from advisor.advise.evaluator import Evaluator
from advisor.advise.session import reference_session
from advisor.catalog import load_catalog
from advisor.catalog.load import load_rulebook
from advisor.documents.handbook.handbook import handbook
from advisor.errors import InputError
from advisor.model.rulebook import Catalog
from advisor.model.rules import excluding
from advisor.verify.beside import both_speak
from advisor.verify.faults import random_answers
from tests.test_rulebook_errors import Rulebook

TABLE = "rules/guardrails/planted.yaml"
ALONE, PAIRED = "model: team_led", "model: paired"


@pytest.fixture
def rulebook(tmp_path: Path) -> Rulebook:
    return Rulebook(tmp_path)


def table(reads: str, **rules: tuple[str, str]) -> str:
    """A table of guardrails, each rule with its conditions and what it excludes."""
    lines = ["# Planted.", "table: planted", "title: Planted", f"reads: [{reads}]", "rules:"]
    for name, (when, excludes) in rules.items():
        lines += [f"  - id: {name}", "    says: A sentence.", '    cites: ["PRACTICE: planted for a test"]']
        lines += [f"    when: {{{when}}}", f"    then: {{guardrail: Do {name}.}}"]
        lines += [f"    excludes: [{excludes}]"] if excludes else []
    return "\n".join(lines) + "\n"


def faults(catalog: Catalog) -> list[str]:
    """What the proof finds wrong with the pairs."""
    return [str(fault) for fault in both_speak(catalog, Evaluator(reference.fire))]


def planted(rulebook: Rulebook, reads: str, one: str, other: str) -> list[str]:
    """What the proof finds wrong with two rules of which the first excludes the second."""
    rulebook.write(TABLE, table(reads, one=(one, "other"), other=(other, "")))
    return [fault for fault in faults(rulebook.load()) if fault.startswith(TABLE)]


class TestProof:
    def test_the_shipped_pairs_cannot_speak_together(self, catalog: Catalog) -> None:
        """Whatever excludes another is kept apart from it by its conditions, and there is something to keep apart."""
        assert len(excluding(catalog.rules())) >= 25
        assert faults(catalog) == []

    def test_and_do_not(self, catalog: Catalog) -> None:
        """The same by trying: no random engagement makes two rules speak of which one excludes the other."""
        pairs, session, chance = excluding(catalog.rules()), reference_session(catalog), random.Random(11)
        for number in range(300):
            values = conclude(catalog, random_answers(catalog, chance, (0.0, 0.3, 0.7)[number % 3]), session).values
            both = [
                (one.id, other.id)
                for one, other in pairs
                if reference.met(one.when, values) and reference.met(other.when, values)
            ]
            assert both == []

    def test_conditions_on_different_values(self, rulebook: Rulebook) -> None:
        """Two values of one variable are never there at once."""
        assert planted(rulebook, "model, stage", "model: paired", "model: [team_led, combined], stage: planning") == []

    def test_two_that_can_speak_together(self, rulebook: Rulebook) -> None:
        """A planted contradiction is named with both rules, where they stand, and the smallest case."""
        (fault,) = planted(
            rulebook, "model, stage, health", "model: [paired, handover]", "stage: planning, model: handover"
        )
        assert fault == (
            f"{TABLE}:6: one excludes other ({TABLE}:12), "
            "and both could speak at model: handover, stage: planning [excludes]"
        )

    def test_an_answer_to_a_question_that_is_not_asked(self, rulebook: Rulebook) -> None:
        """Service levels are not asked of work that nothing follows."""
        assert (
            planted(rulebook, "post_delivery, service_levels", "post_delivery: none", "service_levels: targets") == []
        )
        (fault,) = planted(
            rulebook, "post_delivery, service_levels", "post_delivery: none", "service_levels: not_asked"
        )
        assert "both could speak at post_delivery: none, service_levels: not_asked" in fault

    def test_a_finding_that_no_answer_brings_about(self, rulebook: Rulebook) -> None:
        """Before the start nothing is in warranty, as the rules of that topic say."""
        assert planted(rulebook, "position, stage", "position: in_warranty", "stage: before_start") == []
        (fault,) = planted(rulebook, "position, stage", "position: service_runs", "stage: before_start")
        assert "both could speak at position: service_runs, stage: before_start" in fault

    def test_a_step_that_never_concludes_it(self, rulebook: Rulebook) -> None:
        """A programme is only advised where plans clash, as the steps of the recommendation have it."""
        assert planted(rulebook, "model, plan_shape", "model: programme", "plan_shape: small") == []

    def test_one_side_is_enough(self, rulebook: Rulebook) -> None:
        """Two rules that exclude each other are one pair, found whichever says so."""
        rulebook.write(TABLE, table("model, stage", one=(PAIRED, "other"), other=("stage: planning", "one")))
        assert [fault[: len(TABLE) + 2] for fault in faults(rulebook.load())] == [f"{TABLE}:6"]


class TestMistakes:
    def test_are_named_all_at_once(self, rulebook: Rulebook) -> None:
        """An unknown id, the rule itself, a rule of a topic and a name given twice, each with file, line and field."""
        rulebook.write(
            TABLE,
            table(
                "model",
                one=(PAIRED, "one, name_team_led"),
                other=(ALONE, "lifecycle_none, one, one"),
            ),
        )
        assert rulebook.complaints() == [
            f"{TABLE}:11: rules[one].excludes: 'name_team_led' is no guardrail or point (did you mean name_team_lead?)",
            f"{TABLE}:11: rules[one].excludes: 'one' is the rule itself",
            f"{TABLE}:17: rules[other].excludes: 'lifecycle_none' is no guardrail or point",
            f"{TABLE}:17: rules[other].excludes: names a rule twice",
        ]

    def test_where_it_means_nothing(self, rulebook: Rulebook) -> None:
        """What says nothing in a document excludes nothing."""
        rulebook.change("rules/split.yaml", "    then:", "    excludes: [name_team_lead]\n    then:")
        (complaint,) = rulebook.complaints()
        assert "excludes: is no field that is known here" in complaint

    def test_must_be_a_list(self, rulebook: Rulebook) -> None:
        """One name is written as a list too."""
        rulebook.write(TABLE, table("model", one=(PAIRED, "other"), other=(ALONE, "")).replace("[other]", "other"))
        assert rulebook.complaints() == [f"{TABLE}:11: rules[one].excludes: must be a list, not a single value"]


class TestRulebookOfOnesOwn:
    def own(self, folder: Path, text: str, name: str = "guardrails/planted.yaml") -> Path:
        """A rulebook that extends ours by one file."""
        (folder / name).parent.mkdir(parents=True)
        (folder / "rulebook.yaml").write_text("extends: standard\n", encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
        return folder

    def test_names_our_rules(self, tmp_path: Path) -> None:
        """A rule of one's own may exclude a shipped one, and is held to it."""
        apart = self.own(tmp_path / "apart", table("model", ours=(PAIRED, "name_team_lead")))
        assert not faults(load_rulebook(apart))
        beside = self.own(tmp_path / "beside", table("stage", ours=("stage: planning", "name_team_lead")))
        (fault,) = faults(load_rulebook(beside))
        assert "ours excludes name_team_lead (rules/guardrails/posts.yaml:" in fault
        with pytest.raises(InputError, match=r"planted.yaml:11: rules\[ours\].excludes: 'name_a_lead' is no guardrail"):
            load_rulebook(self.own(tmp_path / "odd", table("model", ours=(PAIRED, "name_a_lead"))))

    def test_may_drop_what_ours_excludes(self, tmp_path: Path) -> None:
        """Where a file of ours is replaced, rules of ours that name one of it have nothing left to exclude."""
        dropped = {rule.id for one in load_catalog().guardrails if one.id == "guardrails_posts" for rule in one.rules}
        text = table("model").replace("table: planted", "table: guardrails_posts").replace("rules:", "rules: []")
        own = load_rulebook(self.own(tmp_path / "own", text, "guardrails/posts.yaml"))
        assert not dropped & set(itertools.chain.from_iterable((a.id, b.id) for a, b in excluding(own.rules())))


def test_the_handbook_says_it_of_both(rulebook: Rulebook) -> None:
    """Each of the two is said never to stand beside the other."""
    rulebook.write(TABLE, table("model", one_only=(PAIRED, "other_only"), other_only=(ALONE, "")))
    page = handbook(rulebook.load())
    for one, other in (("one_only", "other_only"), ("other_only", "one_only")):
        assert f"Never beside [`{other}`](#{other})." in page[page.index(f'id="{one}"') :].split("\n- ")[0]

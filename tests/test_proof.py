"""The proof of a rulebook finds planted faults, names them in the rulebook's own words, and holds for ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest

from advisor import reference
from advisor.advise.evaluator import Evaluator
from advisor.advise.outlook import Outlook
from advisor.advise.reading import read_answers
from advisor.advise.session import Session, reference_session
from advisor.model.advice import Reading
from advisor.model.questions import Alike, Option
from advisor.model.rulebook import Catalog
from advisor.model.rules import (
    Conclude,
    Condition,
    Effect,
    Evidence,
    Letters,
    Rule,
    Source,
    Table,
    Variable,
)
from advisor.verify import assumed, checks, neutral, options, reach, staffing
from advisor.verify.faults import Fault
from advisor.verify.mutate import Mutant, mutants, with_table
from advisor.verify.proof import agreement

PLANTED = Source("planted.yaml", 7)


def rule(name: str, when: dict[str, tuple[str, ...]], *effects: Effect) -> Rule:
    conditions = tuple(Condition(on, frozenset(values), " or ".join(values)) for on, values in when.items())
    return Rule(name, "Planted.", ("RF1",), "", conditions, effects, PLANTED)


def table_of(catalog: Catalog, name: str) -> Table:
    return next(table for table in catalog.tables() if table.id == name)


def plant(catalog: Catalog, name: str, *more: Rule) -> Catalog:
    """The catalog with rules added to one table."""
    table = table_of(catalog, name)
    return with_table(catalog, replace(table, rules=table.rules + more))


def change(catalog: Catalog, name: str, rule_id: str, edit: Callable[[Rule], Rule]) -> Catalog:
    """The catalog with one rule of one table edited."""
    table = table_of(catalog, name)
    return with_table(catalog, replace(table, rules=tuple(edit(r) if r.id == rule_id else r for r in table.rules)))


def only(faults: Iterable[Fault]) -> str:
    found = list(faults)
    assert len(found) == 1, "\n".join(map(str, found))
    return str(found[0])


def plain() -> Evaluator:
    return Evaluator(reference.fire)


def test_a_firing_that_the_engine_loses_is_named_with_the_smallest_case(catalog: Catalog) -> None:
    """The rule that differs, its line, and only the answers that it reads."""
    topic = table_of(catalog, "client")
    at = next(number for number, one in enumerate(topic.rules) if one.id == "contact_daily")
    fault = only(agreement(catalog, lambda table, values: _lose(table, values, topic.id, at)))
    assert "engine and reference differ on contact_daily at client_contact: daily [agreement]" in fault
    assert fault.startswith("rules/topics/client.yaml:")


def _lose(table: Table, values: Mapping[str, str], name: str, at: int) -> tuple[int, ...]:
    fired = reference.fire(table, values)
    return tuple(one for one in fired if one != at) if table.id == name else fired


def test_a_second_a_is_found(catalog: Catalog) -> None:
    """A rule that gives a row two As breaks the invariant, and the case names row and rules."""
    second = rule("second_a", {"model": ("paired",)}, Letters({"support_team": "A"}))
    planted = plant(catalog, "blocker_removal", second)
    row = next(row for row in planted.rows if row.id == "blocker_removal")
    fault = only(checks.row_invariants(planted, row, plain()))
    assert "blocker_removal: 2 roles hold the A in paired" in fault
    assert "second_a" in fault
    assert "model: paired" in fault


def test_a_dead_rule_is_found(catalog: Catalog) -> None:
    """A rule whose conditions nothing meets can never fire."""
    dead = rule("dead", {"sites": ()}, Evidence("plan_until", 1))
    planted = plant(catalog, "place", dead)
    fault = only(options.dead_or_doubled(table_of(planted, "place"), plain()))
    assert fault == "planted.yaml:7: dead can never fire [dead rule]"


def test_a_rule_that_repeats_another_is_found(catalog: Catalog) -> None:
    """Two rules that always fire together to say the same are one too many."""
    again = rule(
        "again",
        {"client_contact": ("daily",)},
        *next(one.effects for one in table_of(catalog, "client").rules if one.id == "contact_daily"),
    )
    planted = plant(catalog, "client", again)
    fault = only(options.dead_or_doubled(table_of(planted, "client"), plain()))
    assert "again always fires with contact_daily to say the same" in fault


def test_a_contradiction_on_a_finding_is_found(catalog: Catalog) -> None:
    """Two rules that conclude different values for one finding are named with the answers on which they meet."""
    other = rule("other", {"managers_available": ("neither",)}, Conclude("staffing", "both"))
    fault = only(checks.all_conclusions(plant(catalog, "organisation", other), plain()))
    assert "staffing_neither and other conclude different values for staffing at managers_available: neither" in fault


def test_a_weight_that_falls_where_it_must_not_is_found(catalog: Catalog) -> None:
    """Daily contact may not count less for the delivery manager than weekly contact does."""
    planted = change(
        catalog, "client", "contact_daily", lambda one: replace(one, effects=(Evidence("client_until", 1),))
    )
    fault = str(next(neutral.monotone(planted, plain())))
    assert "client_until loses points when client_contact goes from weekly to daily" in fault


def test_an_option_that_changes_nothing_is_found(catalog: Catalog) -> None:
    """An option that no table can tell from another one of its question is named."""
    question = catalog.questions["client_contact"]
    hourly = replace(question, options=(*question.options, Option("hourly", "Every hour")))
    topic = table_of(catalog, "client")
    reads = tuple(
        replace(one, values=(*one.values, "hourly")) if one.id == "client_contact" else one for one in topic.reads
    )
    rules = tuple(
        replace(one, when=tuple(_widened(condition) for condition in one.when)) if one.id == "contact_daily" else one
        for one in topic.rules
    )
    only_there = replace(with_table(catalog, replace(topic, reads=reads, rules=rules)), rows=(), profiles=())
    planted = replace(only_there, questions={**catalog.questions, "client_contact": hourly})
    faults = [str(one) for one in options.idle_options(planted, plain()) if "client_contact" in str(one)]
    assert any("answering daily or hourly to client_contact is all the same" in one for one in faults)


def _widened(condition: Condition) -> Condition:
    return replace(condition, allowed=condition.allowed | {"hourly"})


def test_a_competency_that_nobody_looks_for_is_found(catalog: Catalog) -> None:
    """A competency that no profile uses would be read by nobody."""
    idle = replace(next(iter(catalog.competencies.values())), id="idle")
    planted = replace(catalog, competencies={**catalog.competencies, "idle": idle})
    assert "no rule looks for idle" in only(checks.unused(planted))


def test_words_that_the_engine_cannot_tell_apart_are_found(catalog: Catalog) -> None:
    """A rulebook that would take the engine outside its fence fails the check, not the first engagement."""
    table = table_of(catalog, "place")
    reads = (replace(table.reads[0], values=(*table.reads[0].values, "costarring", "liquid")), *table.reads[1:])
    planted = with_table(catalog, replace(table, reads=reads))
    assert "cannot tell 'costarring' from 'liquid'" in only(checks.fence(planted))


class TestStaffing:
    """Who is staffed follows from work, people and money; a step that breaks it is shown with the combination."""

    @staticmethod
    def faults(planted: Catalog) -> dict[str, list[str]]:
        staffed = staffing.Staffed(planted, plain())
        return {promise: [str(one) for one in broken(staffed)] for promise, broken in staffing.PROMISES.items()}

    @pytest.mark.parametrize(
        ("step", "rule_id", "finding", "value", "message"),
        [
            ("work_asks_for", "asks_nobody", "work_asks_for", "paired", "staffs delivery_manager for no work"),
            (
                "work_asks_for",
                "asks_both",
                "work_asks_for",
                "project_manager",
                "leaves out delivery_manager, whose week",
            ),
            ("work_asks_for", "asks_both", "work_asks_for", "project_manager", "without delivery_manager, when"),
            ("work_asks_for", "asks_both", "work_asks_for", "programme", "programme is only for plan_shape: clashing"),
            ("recommendation", "staff_combined_nobody", "model", "paired", "becomes paired, with more managers, when"),
        ],
        ids=["no work", "a full week", "more work", "only when", "fewer people"],
    )
    def test_a_step_that_breaks_a_promise(
        self, catalog: Catalog, step: str, rule_id: str, finding: str, value: str, message: str
    ) -> None:
        found = self.faults(change(catalog, step, rule_id, lambda one: concluding(one, finding, value)))
        assert any(message in fault for faults in found.values() for fault in faults), found

    def test_whoever_is_missing_must_be_named(self, catalog: Catalog) -> None:
        silent = change(
            catalog,
            "recommendation",
            "staff_delivery_manager_missing",
            lambda one: replace(one, effects=one.effects[:1]),
        )
        found = [fault for faults in self.faults(silent).values() for fault in faults]
        assert len(found) == 1
        assert "nobody is called not available, where delivery_manager is, at" in found[0]
        assert "staffing: project_manager_only" in found[0]

    def test_the_shipped_steps_break_none(self, catalog: Catalog) -> None:
        assert not any(self.faults(catalog).values())


def concluding(one: Rule, finding: str, value: str) -> Rule:
    """The rule with another value for the finding."""
    return replace(one, effects=(Conclude(finding, value), *one.effects[1:]))


def test_options_that_are_called_alike_and_are_not_are_found(catalog: Catalog) -> None:
    """A list of options that rules read alike stays true."""
    question = catalog.questions["sites"]
    wrong = replace(question, alike=(Alike(question.option_ids[:2], (), "Planted."),))
    planted = replace(catalog, questions={**catalog.questions, "sites": wrong})
    assert "are called alike, and something tells them apart" in only(options.idle_options(planted, plain()))


def test_a_usual_answer_that_changes_something_is_found(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taking for granted and being told must read the same."""
    planted = replace(catalog)

    def other(known: Catalog, answers: Mapping[str, str]) -> Reading:
        found = read_answers(known, answers)
        return replace(found, values={**found.values, "risk": "high"}) if "sites" in answers else found

    monkeypatch.setattr("advisor.verify.assumed.read_answers", other)
    faults = [str(one) for one in assumed.usual_changes_nothing(planted)]
    assert any("answering sites as usual changes risk" in fault for fault in faults)


def test_shares_that_are_not_exact_are_found(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """An outlook that weighs all options alike is not what the policy says."""
    session = reference_session(catalog)
    even = replace(catalog, outlook=replace(catalog.outlook, usual_counts=1))
    skewed = Outlook(even, session.what_if)
    monkeypatch.setattr(Session, "outlook", property(lambda _: skewed))
    assert "the shares are not those of all ways to answer" in str(next(assumed.inexact(catalog, session)))


def test_a_rule_that_no_engagement_reaches_is_found(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings alone would allow it, but no answers give several plans where nothing is planned."""
    monkeypatch.setattr(reach, "AIMED", 400)
    far = rule(
        "far",
        {"plan_shape": ("several",), "plans_at_once": ("none",)},
        *next(one for one in catalog.guardrails if one.id == "guardrails_client").rules[0].effects,
    )
    table = next(one for one in catalog.guardrails if one.id == "guardrails_client")
    reads = tuple(one for one in _variables(catalog, ("plan_shape", "plans_at_once")))
    planted = replace(catalog, guardrails=(replace(table, reads=reads, rules=(far,)),), rows=(), profiles=())
    planted = replace(planted, split=replace(catalog.split, rules=()), points=(), papers=())  # no others to search for
    faults = [str(one) for one in reach.unreached(planted, reference_session(planted)) if "far" in str(one)]
    assert faults == ["planted.yaml:7: no engagement was found on which far speaks [unreached]"]


def _variables(catalog: Catalog, names: tuple[str, ...]) -> list[Variable]:
    known = {one.id: one for table in catalog.tables() for one in table.reads}
    return [known[name] for name in names]


def test_mutants_differ_from_the_rulebook_in_one_place_each(catalog: Catalog) -> None:
    """Each rule is taken away once, and each weight moved both ways."""
    made: list[Mutant] = list(mutants(catalog))
    assert len({one.what for one in made}) == len(made)
    points = {rule.id for table in (*catalog.points, *catalog.papers) for rule in table.rules}
    loud = {rule.id for rule in catalog.rules() if not rule.silent}
    assert {one.rule for one in made if "taken away" in one.what} - {""} == loud - points
    assert all(one.catalog is not catalog for one in made)

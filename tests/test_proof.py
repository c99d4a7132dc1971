"""The proof of a rulebook finds planted faults, names them in the rulebook's own words, and holds for ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest

from advisor import reference
from advisor.advise.evaluator import Evaluator
from advisor.advise.session import reference_session
from advisor.model.rulebook import Catalog, Option
from advisor.model.rules import (
    UNANSWERED,
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
from advisor.verify import checks, neutral, options, reach
from advisor.verify.faults import Fault
from advisor.verify.mutate import Mutant, mutants, with_table
from advisor.verify.proof import agreement, prove

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
    topic = table_of(catalog, "client_relationship")
    at = next(number for number, one in enumerate(topic.rules) if one.id == "contact_daily")
    fault = only(agreement(catalog, lambda table, values: _lose(table, values, topic.id, at)))
    assert "engine and reference differ on contact_daily at client_contact: daily [agreement]" in fault
    assert fault.startswith("rules/topics/client_relationship.yaml:")


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
    dead = rule("dead", {"projects": ()}, Evidence("project_manager", 1))
    planted = plant(catalog, "lifecycle", dead)
    fault = only(options.dead_or_doubled(table_of(planted, "lifecycle"), plain()))
    assert fault == "planted.yaml:7: dead can never fire [dead rule]"


def test_a_rule_that_repeats_another_is_found(catalog: Catalog) -> None:
    """Two rules that always fire together to say the same are one too many."""
    again = rule(
        "again",
        {"client_contact": ("daily",)},
        *next(one.effects for one in table_of(catalog, "client_relationship").rules if one.id == "contact_daily"),
    )
    planted = plant(catalog, "client_relationship", again)
    fault = only(options.dead_or_doubled(table_of(planted, "client_relationship"), plain()))
    assert "again always fires with contact_daily to say the same" in fault


def test_a_contradiction_on_a_finding_is_found(catalog: Catalog) -> None:
    """Two rules that conclude different values for one finding are named with the answers on which they meet."""
    other = rule("other", {"projects": ("four_or_more",)}, Conclude("lifecycle_scope", "several"))
    fault = only(checks.all_conclusions(plant(catalog, "lifecycle", other), plain()))
    assert "lifecycle_many and other conclude different values for lifecycle_scope at projects: four_or_more" in fault


def test_a_weight_that_falls_where_it_must_not_is_found(catalog: Catalog) -> None:
    """Daily contact may not count less for the delivery manager than weekly contact does."""
    planted = change(
        catalog,
        "client_relationship",
        "contact_daily",
        lambda one: replace(one, effects=(Evidence("delivery_manager", 1),)),
    )
    fault = only(neutral.monotone(planted, plain()))
    assert "delivery_manager loses points when client_contact goes from weekly to daily" in fault


def test_an_option_that_changes_nothing_is_found(catalog: Catalog) -> None:
    """An option that no table can tell from another one of its question is named."""
    question = catalog.questions["client_contact"]
    hourly = replace(question, options=(*question.options, Option("hourly", "Every hour")))
    topic = table_of(catalog, "client_relationship")
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
    table = table_of(catalog, "lifecycle")
    reads = (replace(table.reads[0], values=(*table.reads[0].values, "costarring", "liquid")), *table.reads[1:])
    planted = with_table(catalog, replace(table, reads=reads))
    assert "cannot tell 'costarring' from 'liquid'" in only(checks.fence(planted))


def test_evidence_from_a_missing_answer_is_found(catalog: Catalog) -> None:
    """A rule that gives points because nothing was answered is not neutral."""
    guess = rule("guess", {"risk": (UNANSWERED,)}, Evidence("project_manager", 1))
    fault = only(neutral.unanswered(plant(catalog, "delivery_risk", guess), plain(), plain()))
    assert "not answering risk gives project_manager more points than answering low, at risk: unanswered" in fault


def test_a_rule_that_no_engagement_reaches_is_found(catalog: Catalog) -> None:
    """Findings alone would allow it, but no answers give a light relationship with daily contact."""
    far = rule(
        "far",
        {"relationship_depth": ("light",), "client_contact": ("daily",)},
        *next(one for one in catalog.guardrails if one.id == "guardrails_client").rules[0].effects,
    )
    table = next(one for one in catalog.guardrails if one.id == "guardrails_client")
    reads = tuple(one for one in _variables(catalog, ("relationship_depth", "client_contact")))
    planted = replace(catalog, guardrails=(replace(table, reads=reads, rules=(far,)),), rows=(), profiles=())
    planted = replace(planted, split=replace(catalog.split, rules=()))
    faults = [str(one) for one in reach.unreached(planted, reference_session(planted)) if "far" in str(one)]
    assert faults == ["planted.yaml:7: no engagement was found on which far speaks [unreached]"]


def _variables(catalog: Catalog, names: tuple[str, ...]) -> list[Variable]:
    known = {one.id: one for table in catalog.tables() for one in table.reads}
    return [known[name] for name in names]


@pytest.mark.slow
def test_the_shipped_rulebook_is_proven_with_the_reference_in_the_engines_place(catalog: Catalog) -> None:
    """Every promise holds; CI runs the same through the engine with `advisor rules verify`."""
    sections = list(prove(catalog, reference.fire))
    assert [str(fault) for section in sections for fault in section.faults] == []
    assert len(sections) == 11
    assert all(section.counted for section in sections)


def test_mutants_differ_from_the_rulebook_in_one_place_each(catalog: Catalog) -> None:
    """Each rule is taken away once, and each weight moved both ways."""
    made: list[Mutant] = list(mutants(catalog))
    assert len({one.what for one in made}) == len(made)
    assert sum("taken away" in one.what for one in made) == len(catalog.rules())
    assert all(one.catalog is not catalog for one in made)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_every_mutant_is_noticed(catalog: Catalog, part: int) -> None:
    """Taking any rule away, or moving any weight by one, fails a scenario or a named property."""
    from advisor.verify.mutate import Watch
    from tests.test_scenarios import ALL

    watch = Watch(catalog, ALL)
    chosen = list(mutants(catalog))[part::4]
    assert [one.what for one in chosen if not watch.notices(one)] == []

"""Fit of people as properties: more never counts for less, not seen is never low, and nobody is judged by order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor import engine
from advisor.advise.evaluator import Evaluator
from advisor.catalog.people import read_person
from advisor.catalog.person import person_rules
from advisor.documents.fit.fit_json import fits_as_dict
from advisor.documents.fit.fit_text import fits_as_text
from advisor.errors import BrokenInvariant
from advisor.fit import fit
from advisor.fit.session import conclude, reference_session, session_for
from advisor.model.fit import OPEN, SETTLED, TOO_LITTLE_SEEN
from advisor.model.person import Person, PersonRules
from advisor.model.rulebook import Catalog
from advisor.model.rules import Rule, Score, Table
from advisor.verify.people import monotone, one_conclusion, prove_people, unreached, unused
from advisor.verify.person_mutants import PersonWatch, person_mutants
from advisor.verify.person_scenarios import PersonScenario, is_on_people, person_failures, read_person_scenarios
from tests.conftest import EXAMPLES

RULES = person_rules()
SESSION = reference_session(RULES)
STEPS = RULES.steps
SCENARIOS = sorted((Path(__file__).parent / "scenarios" / "people").glob("*.yaml"))
PEOPLE = sorted((EXAMPLES / "people").glob("*.yaml"))

seen = st.fixed_dictionaries({}, optional={name: st.sampled_from(STEPS) for name in RULES.questions})
all_seen = st.fixed_dictionaries({name: st.sampled_from(STEPS) for name in RULES.questions})
competencies = st.sampled_from(sorted(RULES.questions))


def scenarios(catalog: Catalog) -> list[PersonScenario]:
    return [one for path in SCENARIOS for one in read_person_scenarios(path, EXAMPLES, catalog, RULES)]


def somebody(answers: dict[str, str], name: str = "Somebody") -> Person:
    return Person(name.lower(), name, answers)


def by_plain_python(answers: dict[str, str]) -> set[str]:
    """The results that can be, by trying every step for what was not seen, one topic at a time."""
    return set(conclude(RULES, answers, SESSION).results)


class TestScenarios:
    def test_each_holds(self, catalog: Catalog) -> None:
        """What a head of delivery signed is what the rules say."""
        missed = [
            line for one in scenarios(catalog) for line in person_failures(one, fit(RULES, one.person, one.advice))
        ]
        assert missed == []

    def test_there_are_at_least_thirty_each_with_a_title_of_its_own(self, catalog: Catalog) -> None:
        titles = Counter(one.title for one in scenarios(catalog))
        assert len(titles) >= 30
        assert max(titles.values()) == 1

    def test_every_rule_speaks_in_one(self, catalog: Catalog) -> None:
        fired = PersonWatch(RULES, scenarios(catalog)).fired()
        assert [rule for rule, count in fired.items() if not count] == []

    def test_are_told_from_those_on_engagements(self) -> None:
        others = SCENARIOS[0].parent.parent.glob("*.yaml")
        assert all(is_on_people(path) for path in SCENARIOS)
        assert not any(is_on_people(path) for path in others)

    @pytest.mark.slow
    def test_every_mutant_is_noticed(self, catalog: Catalog) -> None:
        """No weight, edge, limit or need can be moved by one without a scenario or a promise failing."""
        watch = PersonWatch(RULES, scenarios(catalog))
        assert [one.what for one in person_mutants(RULES) if not watch.notices(one)] == []


class TestProof:
    def test_holds_for_the_rules_that_ship(self, catalog: Catalog) -> None:
        assert [str(fault) for section in prove_people(RULES, catalog) for fault in section.faults] == []

    def test_a_weight_that_punishes_more_is_found(self) -> None:
        topic = next(one for one in RULES.topics if one.table.id == "the_plan")
        rule = next(one for one in topic.table.rules if one.id == "plans_under_pressure")
        worse = replace(rule, effects=(Score("plan_work", -3),))
        assert any("plan_work falls" in str(one) for one in monotone(_with(topic.table, rule, worse), _plain()))

    def test_a_fit_that_falls_is_found(self) -> None:
        table = RULES.fits[0].conclusion.table
        rule = next(one for one in table.rules if one.id == "dm_fits_whole")
        low = next(one for one in table.rules if one.id == "dm_not_yet_main_first_steps").effects
        changed = _with(table, rule, replace(rule, effects=low))
        assert any("delivery_manager_fit falls" in str(one) for one in monotone(changed, _plain()))

    def test_a_rule_that_is_missing_is_found(self) -> None:
        table = RULES.result.table
        changed = replace(RULES, result=replace(RULES.result, table=replace(table, rules=table.rules[1:])))
        assert any("no rule concludes" in str(one) for one in one_conclusion(changed, _plain()))

    def test_a_result_that_nobody_has_is_found(self) -> None:
        topic = next(one for one in RULES.topics if one.table.id == "leading")
        alone = next(one for one in topic.table.rules if one.id == "leads_alone")
        none = replace(alone, effects=(Score("leading", 0),))
        found = [str(one) for one in unreached(_with(topic.table, alone, none), _plain())]
        assert any("nobody is carries on leading" in one for one in found)

    def test_a_need_of_no_rule_is_found(self, catalog: Catalog) -> None:
        changed = replace(RULES, needs={**RULES.needs, "no_such_rule": "alone"})
        assert [one.check for one in unused(changed, catalog)] == ["unknown need"]

    def test_an_engine_that_loses_a_rule_is_found(self, catalog: Catalog) -> None:
        def lossy(table: Table, values: Mapping[str, str]) -> tuple[int, ...]:
            return engine.fire(table, values)[:-1]

        first = next(iter(prove_people(RULES, catalog, lossy)))
        assert first.faults


def _with(table: Table, old: Rule, new: Rule) -> PersonRules:
    rules = tuple(new if one is old else one for one in table.rules)
    changed = replace(table, rules=rules)
    return replace(
        RULES,
        topics=tuple(replace(one, table=changed) if one.table is table else one for one in RULES.topics),
        fits=tuple(
            replace(one, conclusion=replace(one.conclusion, table=changed)) if one.conclusion.table is table else one
            for one in RULES.fits
        ),
    )


def _plain() -> Evaluator:
    return reference_session(RULES).evaluator


class TestMonotone:
    """More of a competency never lowers the fit that it supports."""

    @given(all_seen, competencies)
    @settings(max_examples=150, deadline=None)
    def test_a_step_up_never_lowers_a_fit(self, answers: dict[str, str], name: str) -> None:
        ranks = [
            {step.role: step.finding.values.index(next(iter(found.fits[step.role]))) for step in RULES.fits}
            for one in STEPS
            if (found := conclude(RULES, {**answers, name: one}, SESSION))
        ]
        assert all(low[role] <= high[role] for low, high in pairwise(ranks) for role in low)

    @given(all_seen, competencies)
    @settings(max_examples=100, deadline=None)
    def test_a_step_up_never_takes_a_role_away(self, answers: dict[str, str], name: str) -> None:
        for low, high in pairwise(STEPS):
            now = by_plain_python({**answers, name: low})
            then = by_plain_python({**answers, name: high})
            for role in ("delivery_manager", "project_manager"):
                if now <= {role, "both"}:
                    assert then <= {role, "both"}

    @given(all_seen)
    @settings(max_examples=60, deadline=None)
    def test_what_a_role_does_not_rest_on_never_moves_it(self, answers: dict[str, str]) -> None:
        for step in RULES.fits:
            rests_on = RULES.asked_for(step)
            least = {name: answers[name] if name in rests_on else STEPS[0] for name in answers}
            assert conclude(RULES, least, SESSION).fits[step.role] == conclude(RULES, answers, SESSION).fits[step.role]


class TestNotSeen:
    @given(all_seen, st.sets(competencies, max_size=4))
    @settings(max_examples=60, deadline=None)
    def test_leaves_open_exactly_what_seeing_it_could_lead_to(self, answers: dict[str, str], unseen: set[str]) -> None:
        """The union over every way of filling it in, no less (it is not low) and no more."""
        left = {name: step for name, step in answers.items() if name not in unseen}
        reached: set[str] = set()
        waiting = [left]
        for name in sorted(unseen):
            waiting = [{**one, name: step} for one in waiting for step in STEPS]
        for one in waiting:
            reached |= by_plain_python(one)
        assert by_plain_python(left) == reached

    @given(all_seen, competencies)
    @settings(max_examples=60, deadline=None)
    def test_never_counts_as_low(self, answers: dict[str, str], name: str) -> None:
        """Taking an observation away never rules out what it led to, and never names a gap."""
        without = {one: step for one, step in answers.items() if one != name}
        assert by_plain_python(answers) <= by_plain_python(without)
        found = fit(RULES, somebody(without), session=SESSION)
        assert all(gap.competency != name for role in found.roles for gap in role.gaps)

    @given(seen)
    @settings(max_examples=25, deadline=None)
    def test_status_says_how_open_it_is(self, answers: dict[str, str]) -> None:
        found = fit(RULES, somebody(answers), session=SESSION)
        count = len(found.candidates)
        assert (found.status == SETTLED) == (count == 1) == (found.result in found.candidates)
        assert (found.status == TOO_LITTLE_SEEN) == (count > RULES.too_little_above) == (found.result == found.status)
        assert (found.status == OPEN) == (found.result is None)
        assert bool(found.settle) == (found.status != SETTLED)
        assert all(one.competency not in answers for one in found.settle)

    def test_looking_where_we_say_first_settles_more_than_elsewhere(self) -> None:
        person = read_person(EXAMPLES / "people" / "rohan-bhatt.yaml", RULES)
        first, *others = [look.competency for look in fit(RULES, person).settle]

        def left(name: str) -> int:
            return sum(len(by_plain_python({**person.answers, name: step})) for step in STEPS)

        assert all(left(first) <= left(other) for other in others)


class TestGaps:
    @given(seen)
    @settings(max_examples=25, deadline=None)
    def test_are_few_each_below_what_is_needed_and_with_a_way_to_close_it(self, answers: dict[str, str]) -> None:
        for role in fit(RULES, somebody(answers), session=SESSION).roles:
            assert len(role.gaps) <= RULES.most_gaps
            for gap in role.gaps:
                assert STEPS.index(gap.step) < STEPS.index(gap.needs)
                assert gap.close == RULES.growth[gap.competency].ways[gap.step]
            carried = {one.competency for one in role.strengths}
            assert carried == {
                name
                for name in RULES.asked_for(next(one for one in RULES.fits if one.role == role.role))
                if STEPS.index(answers.get(name, STEPS[0])) >= STEPS.index(RULES.carries_from)
            }

    def test_the_first_brings_the_fit_nearest(self) -> None:
        """Somebody who only has to begin to lead is told so, not something easier."""
        answers = dict.fromkeys(RULES.questions, "alone") | {
            "leadership_and_communication": "first_steps",
            "customer_service": "with_help",
        }
        role = fit(RULES, somebody(answers)).roles[0]
        assert [gap.competency for gap in role.gaps] == ["leadership_and_communication", "customer_service"]


class TestSeveral:
    @pytest.mark.parametrize("turned", [False, True])
    def test_each_is_told_the_same_whoever_else_is_there(self, turned: bool) -> None:
        fits = [fit(RULES, read_person(path, RULES)) for path in PEOPLE]
        alone = {one.person.name: fits_as_dict([one])["people"][0] for one in fits}
        together = fits_as_dict(fits[::-1] if turned else fits)["people"]
        assert {one["person"]["name"]: one for one in together} == alone

    def test_nobody_is_named_without_reasons(self) -> None:
        fits = [fit(RULES, read_person(path, RULES)) for path in PEOPLE]
        text = fits_as_text(fits)
        beside = text.split("=" * 80)[0]
        for one in fits:
            assert beside.count(f"{one.person.name}:") >= 3  # the result and each role
        assert "says nothing" in " ".join(beside.split())


class TestEngine:
    @pytest.fixture(autouse=True)
    def nothing_compiled(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ADVISOR_NO_CACHE", "1")

    def test_each_new_result_is_held_against_the_reference(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As for engagements: a wrong engine cannot lead to a sheet."""
        monkeypatch.setattr(engine, "fire", lambda table, values: ())
        rules = replace(RULES)  # nothing is remembered for it
        with pytest.raises(BrokenInvariant, match="engine and reference evaluator differ"):
            fit(rules, somebody(dict.fromkeys(RULES.questions, "alone")))

    def test_the_engine_is_asked_once_for_each_set_of_answers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str] = []
        fire = engine.fire

        def counted(table: Table, values: Mapping[str, str]) -> tuple[int, ...]:
            asked.append(table.id)
            return fire(table, values)

        monkeypatch.setattr(engine, "fire", counted)
        rules = replace(RULES)
        person = somebody(dict.fromkeys(RULES.questions, "under_pressure"))
        first = fit(rules, person)
        before = len(asked)
        assert before
        assert fit(rules, replace(person, name="Another")).title == first.title
        assert len(asked) == before

    def test_what_is_remembered_holds_no_name(self) -> None:
        fit(RULES, somebody({}, "Quirin Unforgettable"))
        kept = [memo.known for memo in session_for(RULES).memos]
        assert any(kept)
        assert "Quirin" not in repr(kept)

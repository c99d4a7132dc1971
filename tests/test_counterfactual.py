"""What would change the advice is complete and minimal: held against trying every set of answers, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations, product
from pathlib import Path

import pytest

from advisor import reference
from advisor.advise.reading import read_answers
from advisor.advise.session import Session, reference_session
from advisor.catalog.engagements import read_engagement
from advisor.catalog.own import catalog_at
from advisor.explain.changes import ways_to, what_would_change
from advisor.explain.outcomes import Space
from advisor.explain.values import Change, ChangeSet
from advisor.model.findings import Band
from advisor.model.rulebook import Catalog
from advisor.model.rules import MEASURES, MODEL, Conclude, Evidence, Rule, Score, Table
from tests.conftest import EXAMPLES
from tests.strategies import random_answers

Sets = dict[frozenset[tuple[str, str]], str]


def fired(table: Table, values: Mapping[str, str]) -> list[Rule]:
    return [table.rules[at] for at in reference.fire(table, values)]


def reached(bands: Iterable[Band], points: int) -> str:
    first, *others = bands
    return [first.value, *(band.value for band in others if points >= band.at_least)][-1]


def model_of(catalog: Catalog, answers: Mapping[str, str]) -> str:
    """The model by going through the rulebook from front to back, with the reference evaluator alone."""
    values = {**read_answers(catalog, answers).values}
    sums = dict.fromkeys(MEASURES, 0)
    for topic in catalog.topics:
        effects = [one for rule in fired(topic.table, values) for one in rule.effects]
        for finding in topic.findings:
            scored = sum(one.points for one in effects if isinstance(one, Score) and one.finding == finding.id)
            said = [one.value for one in effects if isinstance(one, Conclude) and one.finding == finding.id]
            values[finding.id] = reached(finding.bands, scored) if finding.bands else [finding.otherwise, *said][-1]
        for one in effects:
            if isinstance(one, Evidence):
                sums[one.measure] += one.points
    levels = {}
    for name, measure in catalog.measures.items():
        order = measure.finding.values
        caps = [cap.level for cap in measure.caps if reference.met(cap.when, values)]
        levels[name] = min([reached(measure.finding.bands, sums[name]), *caps], key=order.index)
    values |= levels
    for step in catalog.steps:
        effects = [one for rule in fired(step.table, values) for one in rule.effects]
        (values[step.findings[0].id],) = {one.value for one in effects if isinstance(one, Conclude)}
    return values[MODEL]


def every_set(catalog: Catalog, answers: Mapping[str, str], depth: int, does_it: Callable[[str], bool]) -> Sets:
    """Every smallest set of changes, by trying all."""
    found: Sets = {}
    for size in range(1, depth + 1):
        for names in combinations(catalog.questions, size):
            options = [
                [one for one in catalog.questions[name].option_ids if one != answers.get(name)] for name in names
            ]
            for chosen in product(*options):
                change = frozenset(zip(names, chosen, strict=True))
                if not any(known <= change for known in found):
                    model = model_of(catalog, {**answers, **dict(change)})
                    if does_it(model):
                        found[change] = model
    return found


def as_sets(sets: Iterable[ChangeSet]) -> Sets:
    found = {frozenset((one.question, one.option) for one in each.changes): each.model for each in sets}
    assert len(found) == len(tuple(sets))
    return found


@pytest.fixture(scope="module")
def session(catalog: Catalog) -> Session:
    return reference_session(catalog)


@pytest.fixture(scope="module")
def small() -> Catalog:
    return catalog_at(Path(__file__).parent / "small")


class TestOnASmallRulebook:
    """Nine questions, one hanging on another, two usual answers on a third, two caps: all sets can be tried."""

    @pytest.mark.parametrize("seed", range(24))
    def test_every_set_of_up_to_three_is_found(self, small: Catalog, seed: int) -> None:
        """Complete and minimal, whether all, some or none of the questions are answered."""
        answers = random_answers(small, seed, missing=(0.0, 0.3, 0.6, 1.0)[seed % 4])
        now = model_of(small, answers)
        changes = what_would_change(small, answers, reference_session(small), 3)
        expected = every_set(small, answers, 3, lambda model: model != now)
        assert as_sets(changes.sets) == expected
        assert changes.holds_under == min(map(len, expected), default=4) - 1

    @pytest.mark.parametrize("seed", range(8))
    @pytest.mark.parametrize("model", ["plan_lead", "carer", "pair"])
    def test_every_way_to_a_model_is_found(self, small: Catalog, seed: int, model: str) -> None:
        """Sets that lead to a certain model may hold answers that would lead to another on their own."""
        answers = random_answers(small, seed, missing=0.4)
        if model_of(small, answers) != model:
            expected = every_set(small, answers, 3, lambda found: found == model)
            assert as_sets(ways_to(small, answers, reference_session(small), model, 3)) == expected

    def test_what_is_usual_moves_with_what_it_hangs_on(self, small: Catalog) -> None:
        """A service is talked about weekly and supported unless somebody says otherwise: one answer changes three."""
        sets = as_sets(what_would_change(small, {}, reference_session(small), 1).sets)
        assert sets[frozenset({("kind", "service")})] == "carer"

    def test_an_assumption_made_an_answer_can_matter_beside_another(self, small: Catalog) -> None:
        """What was assumed and is then answered so leads elsewhere where the usual answer would have moved."""
        space = Space(small, {"plans": "one", "gates": "yes"}, reference_session(small))
        rarely, service = (space.changes.index(Change(*one)) for one in (("contact", "rarely"), ("kind", "service")))
        assert space.model((rarely,)) == "plan_lead"
        assert space.model((service,)) == "pair"
        assert space.model(tuple(sorted((rarely, service)))) == "plan_lead"

    def test_what_is_not_asked_does_nothing_alone(self, small: Catalog) -> None:
        """The hours of a support that is not owed matter only together with the answer that brings them up."""
        answers = {"kind": "job", "contact": "rarely", "after": "nothing", "plans": "none", "free": "both"}
        sets = as_sets(what_would_change(small, answers, reference_session(small), 2).sets)
        assert frozenset({("after", "support"), ("hours", "night")}) in sets
        assert frozenset({("hours", "night")}) not in sets

    def test_the_sets_that_were_weighed_are_counted(self, small: Catalog) -> None:
        """`tried` counts every change of that many answers to questions on which the model can depend."""
        answers = random_answers(small, 5)
        singles = [(name, one) for name, of in small.questions.items() for one in of.option_ids if one != answers[name]]
        pairs = sum(one[0] != other[0] for one, other in combinations(singles, 2))
        assert what_would_change(small, answers, reference_session(small), 2).tried == (len(singles), pairs)


class TestOnOurs:
    """The same on the rulebook that ships, as far as time allows."""

    def test_the_quick_way_and_the_long_one_never_differ(self, catalog: Catalog, session: Session) -> None:
        """Whatever is answered and whatever changes, the model is the one that the rulebook leads to."""
        for seed in range(60):
            answers = random_answers(catalog, seed, missing=(0.0, 0.1, 0.3, 0.7)[seed % 4])
            space = Space(catalog, answers, session)
            assert space.model(()) == model_of(catalog, answers)
            for one in range(seed % 17, len(space.changes), 17):
                assert space.model((one,)) == model_of(catalog, space.answers_with((one,)))

    @pytest.mark.parametrize("seed", range(10))
    def test_every_single_change_is_found(self, catalog: Catalog, session: Session, seed: int) -> None:
        """All single answers that matter are found and no others."""
        answers = random_answers(catalog, seed, missing=(0.0, 0.5)[seed % 2])
        now = model_of(catalog, answers)
        sets = what_would_change(catalog, answers, session, 1).sets
        assert as_sets(sets) == every_set(catalog, answers, 1, lambda model: model != now)

    @pytest.mark.parametrize("seed", [1, 4])
    def test_every_pair_is_found(self, catalog: Catalog, session: Session, seed: int) -> None:
        """All pairs are found, and none of which one answer would have done."""
        answers = random_answers(catalog, seed, missing=(0.0, 0.5)[seed % 2])
        now = model_of(catalog, answers)
        sets = what_would_change(catalog, answers, session, 2).sets
        assert as_sets(sets) == every_set(catalog, answers, 2, lambda model: model != now)

    def test_a_minimal_set_is_minimal(self, catalog: Catalog, session: Session) -> None:
        """With any of its answers taken out, a set changes nothing."""
        answers = read_engagement(EXAMPLES / "acme-portal.yaml", catalog).answers
        now = model_of(catalog, answers)
        sets = what_would_change(catalog, answers, session, 2).sets
        assert any(len(one.changes) == 2 for one in sets)
        for one in sets:
            changes = {change.question: change.option for change in one.changes}
            assert model_of(catalog, {**answers, **changes}) == one.model != now
            for spared in changes:
                rest = {name: option for name, option in changes.items() if name != spared}
                assert model_of(catalog, {**answers, **rest}) == now

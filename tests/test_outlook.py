"""What may still come out: the same everywhere, no model lacking that answers lead to, and how firmly it stands."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from advisor.advise import advise, conclude
from advisor.advise.margin import FURTHEST, Margins
from advisor.advise.outlook import Outlook
from advisor.advise.reading import completions, read_answers
from advisor.advise.recommendation import concluded, decide, variables, ways
from advisor.advise.session import Session, reference_session, session_for
from advisor.catalog.engagements import read_engagement
from advisor.explain import explain
from advisor.explain.values import Story
from advisor.interview.adaptive import settled_model
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL, UNKNOWN
from tests.conftest import EXAMPLES
from tests.strategies import answers, engagement, random_answers

MOST = 400  # ways to complete the answers that a test goes through one by one; three gaps have no more

# all that is asked but end date, duration and phase gates, on which several topics depend
SHARED_GAPS = {
    "client_kind": "external",
    "client_contact": "monthly",
    "client_stakeholders": "one_or_two",
    "relationship_goal": "one_off",
    "single_contact": "no",
    "expectations": "settled",
    "clients_served": "many",
    "client_has_pm": "yes",
    "projects": "one",
    "commercial_model": "managed_service",
    "budget_pressure": "high",
    "scope": "stable",
    "methodology": "hybrid",
    "team_size": "over_twenty_five",
    "departments": "one",
    "vendors": "none",
    "dependencies": "low",
    "risk": "low",
    "regulated": "no",
    "new_technology": "no",
    "post_delivery": "warranty",
    "service_levels": "targets",
    "quality_standards": "audited",
    "service_reviews": "monthly",
    "improvement": "no",
    "handover_to": "run_team",
    "leads_today": "both",
    "delivery_manager_means": "no_such_role",
    "managers_available": "both",
    "two_managers_affordable": "yes",
    "stage": "planning",
}

often = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def session(catalog: Catalog) -> Session:
    return reference_session(catalog)


def left_by(catalog: Catalog, given_answers: Mapping[str, str], session: Session) -> tuple[str, ...]:
    return conclude(catalog, given_answers, session).verdict.left


def reached(catalog: Catalog, given_answers: Mapping[str, str], session: Session) -> set[str]:
    """The models of all completions, up to so many of them, each by the way that complete answers go."""
    found = set()
    values = read_answers(catalog, given_answers).values
    for number, filled in enumerate(completions(catalog.questions.values(), values)):
        if number == MOST:
            break
        found |= set(left_by(catalog, filled, session))
    return found


def with_gaps(catalog: Catalog, data: st.DataObject, most: int) -> tuple[dict[str, str], dict[str, str]]:
    """Complete answers, and the same with some of them missing."""
    whole = data.draw(answers(catalog, gaps=False))
    dropped = data.draw(st.sets(st.sampled_from(sorted(whole)), min_size=1, max_size=most))
    return whole, {name: one for name, one in whole.items() if name not in dropped}


@often
@given(data=st.data())
def test_candidates_are_the_models_of_all_completions(catalog: Catalog, session: Session, data: st.DataObject) -> None:
    """With a few answers missing, those models remain that some way of giving them leads to: none lacks."""
    _, partly = with_gaps(catalog, data, 5)
    assert reached(catalog, partly, session) <= set(left_by(catalog, partly, session))


@pytest.mark.parametrize("seed", range(30))
def test_no_candidate_is_too_many(catalog: Catalog, session: Session, seed: int) -> None:
    """With three answers missing, no model remains that is not reached."""
    chance = random.Random(seed)
    whole = random_answers(catalog, seed)
    partly = {name: whole[name] for name in whole.keys() - set(chance.sample(sorted(whole), 3))}
    assert reached(catalog, partly, session) == set(left_by(catalog, partly, session))


@often
@given(data=st.data())
def test_answering_never_brings_a_model_back(catalog: Catalog, session: Session, data: st.DataObject) -> None:
    """Each further answer leaves the same models or fewer, however many answers are missing."""
    whole, partly = with_gaps(catalog, data, 30)
    before = left_by(catalog, partly, session)
    for name in data.draw(st.permutations(sorted(whole.keys() - partly.keys()))):
        partly[name] = whole[name]
        after = left_by(catalog, partly, session)
        assert set(after) <= set(before)
        before = after


@pytest.mark.parametrize("seed", range(40))
def test_advice_explanation_and_interview_say_the_same(catalog: Catalog, seed: int) -> None:
    """Status and models agree, whoever is asked about the same answers."""
    one = engagement(random_answers(catalog, seed, missing=(0.05, 0.1, 0.2, 0.4)[seed % 4]))
    advice = advise(catalog, one)
    recommendation = advice.recommendation
    settled = settled_model(catalog, one.answers)
    assert settled == (recommendation.model if recommendation.status == "settled" else None)
    told = explain(catalog, one, depth=1).body
    assert isinstance(told, Story)
    if told.unknowns is None:
        assert recommendation.status == "settled"
    elif recommendation.status == "too_little":
        assert len(told.unknowns.candidates) > catalog.too_little_above
    else:
        assert told.unknowns.candidates == recommendation.candidates
    why = explain(catalog, one, key="model", depth=1).body
    assert tuple(why.origin.possible) == left_by(catalog, one.answers, session_for(catalog))  # type: ignore[union-attr]


def test_shared_questions_settle_the_advice(catalog: Catalog, session: Session) -> None:
    """Findings freely combined would leave this open, while the interview would call it settled: all say settled."""
    possible = conclude(catalog, SHARED_GAPS, session).possible
    freely = {concluded(staffing, MODEL) for _, staffing, _ in ways(catalog, possible)}
    assert freely == {"project_manager", "delivery_manager"}
    recommendation = advise(catalog, engagement(SHARED_GAPS)).recommendation
    assert (recommendation.status, recommendation.candidates) == ("settled", ("project_manager",))
    assert settled_model(catalog, SHARED_GAPS) == "project_manager"
    assert recommendation.margin == 1
    assert reached(catalog, SHARED_GAPS, session) == {"project_manager"}


@pytest.mark.parametrize("question", ["client_contact", "relationship_goal"])
def test_what_topics_share_is_not_combined_freely(catalog: Catalog, question: str) -> None:
    """How close the client is moves findings and points together: no answer leads to a project manager alone here."""
    tool = read_engagement(EXAMPLES / "small-internal-tool.yaml", catalog)
    partly = {name: option for name, option in tool.answers.items() if name != question}
    reached_by_answers = {
        advise(catalog, engagement({**partly, question: option})).recommendation.model
        for option in catalog.questions[question].option_ids
    }
    recommendation = advise(catalog, engagement(partly)).recommendation
    assert recommendation.candidates == ("combined", "team_led")
    assert set(recommendation.candidates) == reached_by_answers


def test_what_was_asked_before_makes_no_difference(catalog: Catalog) -> None:
    """A fresh outlook and one that has seen other answers say the same."""
    used = reference_session(catalog)
    tried = [random_answers(catalog, seed, missing=0.4) for seed in range(12)]
    first = [left_by(catalog, one, used) for one in tried]
    for one, left in reversed(list(zip(tried, first, strict=True))):
        assert left_by(catalog, one, used) == left
        assert left_by(catalog, one, reference_session(catalog)) == left


def test_too_much_to_try_names_all_that_findings_allow(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the bounds no model is struck out."""
    tool = read_engagement(EXAMPLES / "small-internal-tool.yaml", catalog)
    partly = {name: option for name, option in tool.answers.items() if name != "client_contact"}
    models = tuple(catalog.models)
    what_if = reference_session(catalog).what_if
    assert Outlook(catalog, what_if).left(partly, models) == {"combined", "team_led"}
    monkeypatch.setattr("advisor.advise.outlook.MOST_COMBINATIONS", 0)
    assert Outlook(catalog, what_if).left(partly, models) == set(models)


class TestMargin:
    def test_is_the_fewest_steps(self, catalog: Catalog, session: Session) -> None:
        """On known findings it is what trying all findings that many steps away gives."""
        chance = random.Random(4)
        read = variables(catalog)
        margins = Margins(catalog)
        for _ in range(40):
            values = {one.id: chance.choice(one.values) for one in read}
            model = decide(catalog, values, session.what_if)[0].model
            margin = margins.of({name: (value,) for name, value in values.items()}, model)
            distance, models = nearest(catalog, values, session)
            assert margin.distance == distance
            assert margin.runner_up == min(models, key=list(catalog.models).index, default=None)
            moved = {**values, **dict(margin.steps)}
            assert distance is None or decide(catalog, moved, session.what_if)[0].model == margin.runner_up

    def test_unknown_findings_count_as_what_is_nearest(self, catalog: Catalog, session: Session) -> None:
        """With findings unknown and the model settled, it is the least margin of all that they may turn out to be."""
        chance = random.Random(5)
        read = variables(catalog)
        margins = Margins(catalog)
        compared = 0
        while compared < 25:
            values = {one.id: chance.choice(one.values) for one in read}
            possible: dict[str, tuple[str, ...]] = {one.id: (values[one.id],) for one in read}
            for one in chance.sample(read, 2):
                possible[one.id] = one.values
            points = [dict(zip(possible, point, strict=True)) for point in itertools.product(*possible.values())]
            models = {decide(catalog, point, session.what_if)[0].model for point in points}
            if len(models) > 1:
                continue
            compared += 1
            (model,) = models
            each = [margins.of({name: (value,) for name, value in point.items()}, model).distance for point in points]
            known = [one for one in each if one is not None]
            assert margins.of(possible, model).distance == min(known, default=None)

    @often
    @given(data=st.data())
    def test_answering_never_lessens_it(self, catalog: Catalog, session: Session, data: st.DataObject) -> None:
        """What a settled recommendation promises while findings are unknown, it keeps when they are known."""
        whole, partly = with_gaps(catalog, data, 4)
        before = advise(catalog, engagement(partly), session).recommendation
        assume(before.status == "settled")
        after = advise(catalog, engagement(whole), session).recommendation
        assert before.margin is None or before.margin >= 1
        assert (after.margin or FURTHEST + 1) >= (before.margin or FURTHEST + 1)

    def test_reasons_do_not_take_the_unknown_for_known(self, catalog: Catalog, session: Session) -> None:
        """A reason shows each finding as it is known: unknown ones as unknown."""
        seen = 0
        for seed in range(150):
            advice = advise(catalog, engagement(random_answers(catalog, seed, missing=0.2)), session)
            known = {item.id: item.value for item in advice.findings}
            for reason in advice.recommendation.reasons:
                for name, value in reason.because.items():
                    assert known.get(name, value) == value
                    seen += value == UNKNOWN
        assert seen


def nearest(catalog: Catalog, values: Mapping[str, str], session: Session) -> tuple[int | None, set[str]]:
    """The fewest steps to another model and the models so reached, by trying every way to go."""
    read = variables(catalog)
    here = decide(catalog, values, session.what_if)[0].model
    edge = {tuple(values[one.id] for one in read)}
    seen = set(edge)
    for distance in range(1, FURTHEST + 1):
        edge = {step for point in edge for step in _steps(catalog, point)} - seen
        seen |= edge
        names = [one.id for one in read]
        models = {decide(catalog, dict(zip(names, point, strict=True)), session.what_if)[0].model for point in edge}
        if models - {here}:
            return distance, models - {here}
    return None, set()


def _steps(catalog: Catalog, point: tuple[str, ...]) -> set[tuple[str, ...]]:
    found = set()
    for place, variable in enumerate(variables(catalog)):
        at = variable.values.index(point[place])
        near = variable.values[max(at - 1, 0) : at + 2] if variable.ordered else variable.values
        found |= {(*point[:place], value, *point[place + 1 :]) for value in near}
    return found

"""What open questions could still lead to: exact weights, one story everywhere, and assumptions that are right."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor import reference
from advisor.advise import advise, conclude
from advisor.advise.outlook import Outlook
from advisor.advise.reading import read_answers
from advisor.advise.session import Session, reference_session, session_for
from advisor.model.rulebook import Catalog
from advisor.model.rules import NOT_ASKED
from advisor.verify import assumed
from tests.strategies import answers, engagement, few_open, partly, random_answers

# Chosen by a seed alone: nothing about such answers shrinks, and the same ones are tried in every run.
seeded = pytest.mark.parametrize("seed", range(20))
often = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def session(catalog: Catalog) -> Session:
    return reference_session(catalog)


class TestShares:
    @pytest.mark.parametrize("seed", range(12))
    def test_are_those_of_all_ways_to_answer(self, catalog: Catalog, session: Session, seed: int) -> None:
        """Every model with a share is reached by some way to answer what is open, no other is, and by their weights."""
        given_answers = few_open(catalog, seed)
        expected, _ = assumed.brute(catalog, given_answers, session)
        assert session.outlook.shares(given_answers) == expected

    @seeded
    def test_are_the_mean_of_those_after_one_more_answer(self, catalog: Catalog, session: Session, seed: int) -> None:
        """With the test above, that makes them exact however many questions are open."""
        given_answers = partly(catalog, seed)
        mean = assumed.after_one(catalog, given_answers, session)
        assert mean is None or session.outlook.shares(given_answers) == mean

    @seeded
    def test_add_up_and_hold_the_model(self, catalog: Catalog, session: Session, seed: int) -> None:
        """The model advised can always come out, and shares stand in the rulebook's order."""
        given_answers = partly(catalog, seed)
        found = session.outlook.shares(given_answers)
        assert sum(found.values()) == 1
        assert all(share > 0 for share in found.values())
        assert conclude(catalog, given_answers, session).verdict.model in found
        assert list(found) == [model for model in catalog.models if model in found]

    @seeded
    def test_no_answer_brings_a_model_back(self, catalog: Catalog, session: Session, seed: int) -> None:
        """Each further answer leaves the same models or fewer."""
        given_answers, chance = partly(catalog, seed), random.Random(seed)
        before = session.outlook.shares(given_answers)
        for name in read_answers(catalog, given_answers).unanswered[:6]:
            given_answers[name] = chance.choice(catalog.questions[name].option_ids)
            after = session.outlook.shares(given_answers)
            assert after.keys() <= before.keys()
            before = after

    def test_do_not_hang_on_what_was_asked_before(self, catalog: Catalog, session: Session) -> None:
        """A fresh outlook and one that has seen other answers say the same."""
        tried = [random_answers(catalog, seed, missing=0.4) for seed in range(6)]
        first = [session.outlook.shares(one) for one in tried]
        fresh = Outlook(catalog, session.what_if)
        assert [fresh.shares(one) for one in reversed(tried)] == first[::-1]


class TestLook:
    @pytest.mark.parametrize("seed", range(12))
    def test_weighs_each_answer_as_the_shares_do(self, catalog: Catalog, session: Session, seed: int) -> None:
        """All told it is the shares; and what weighs for an answer is what the shares are once it is given."""
        given_answers = partly(catalog, seed)
        look = session.outlook.look(given_answers)
        whole = sum(look.models.values())
        shares = session.outlook.shares(given_answers)
        assert {model: Fraction(weight, whole) for model, weight in look.models.items()} == shares
        for name, by in look.answers.items():
            assert sum(sum(weights.values()) for weights in by.values()) <= whole
            assert by.keys() <= set(catalog.questions[name].option_ids)
        always = [name for name in look.answers if not catalog.questions[name].hangs]
        if always:
            name = random.Random(seed).choice(always)
            for option, weights in look.answers[name].items():
                told = {model: Fraction(weight, sum(weights.values())) for model, weight in weights.items()}
                assert told == session.outlook.shares({**given_answers, name: option})


class TestStatus:
    @seeded
    def test_says_how_much_leads_to_the_model(self, catalog: Catalog, session: Session, seed: int) -> None:
        """Settled where no answer can change the model, likely from the rulebook's share on, leaning below it."""
        one = advise(catalog, engagement(partly(catalog, seed)), session).recommendation
        assert one.share == one.shares[one.model]
        if one.status == "settled":
            assert one.share == 1
            assert one.runner_up is None
            # What is left to assume may still say who is there to fill the seats, never which model it is.
            assert all(set(item.leads_to.values()) == {one.model} for item in one.assumptions)
        else:
            assert (one.status == "likely") == (one.share >= catalog.outlook.likely_from)
            assert one.runner_up in one.shares.keys() - {one.model}

    def test_complete_answers_are_settled(self, catalog: Catalog, session: Session) -> None:
        """With nothing open there is nothing to weigh."""
        for seed in range(20):
            one = advise(catalog, engagement(random_answers(catalog, seed)), session)
            assert (one.recommendation.status, one.assumed, one.assuming) == ("settled", {}, {})


class TestAssumed:
    @seeded
    def test_the_usual_answer_changes_nothing(self, catalog: Catalog, session: Session, seed: int) -> None:
        """Answering an open question as usual keeps all that the advice says; it may only become surer."""
        given_answers = partly(catalog, seed)
        before = advise(catalog, engagement(given_answers), session)
        if not before.assumed:
            return
        name = random.Random(seed).choice(sorted(before.assumed))
        after = advise(catalog, engagement({**given_answers, name: before.assumed[name]}), session)
        assert after.recommendation.model == before.recommendation.model
        assert (after.levels, after.findings, after.matrix) == (before.levels, before.findings, before.matrix)
        assert after.guardrails == before.guardrails
        assert after.assumed == {other: value for other, value in before.assumed.items() if other != name}

    @seeded
    def test_a_rule_rests_on_what_would_silence_it(self, catalog: Catalog, session: Session, seed: int) -> None:
        """`assuming` names a question exactly where some other answer to it makes the rule stop speaking."""
        given_answers = partly(catalog, seed)
        advice = advise(catalog, engagement(given_answers), session)
        rules = {rule.id: rule for rule in catalog.rules()}
        if not advice.assumed:
            return
        name = random.Random(seed).choice(sorted(advice.assumed))
        silenced = set()
        for option in catalog.questions[name].option_ids:
            other = conclude(catalog, {**given_answers, name: option}, session)
            silenced |= {rule for rule in advice.fired if not reference.holds(rules[rule], other.values)}
        assert {rule for rule, questions in advice.assuming.items() if name in questions} == silenced

    @seeded
    def test_assumptions_that_matter_lead_elsewhere(self, catalog: Catalog, session: Session, seed: int) -> None:
        """Each names the model that the other answer leads to; at most five are listed, and the rest is counted."""
        given_answers = partly(catalog, seed)
        one = advise(catalog, engagement(given_answers), session)
        told = one.recommendation
        assert len(told.assumptions) <= 5
        assert len(told.assumptions) + told.more_assumptions == len(one.assumed)
        assert [item.moves for item in told.assumptions] == sorted((i.moves for i in told.assumptions), reverse=True)
        for item in told.assumptions:
            assert one.assumed[item.question] == item.answer
            for option, model in item.leads_to.items():
                other = conclude(catalog, {**given_answers, item.question: option}, session).verdict
                assert other.model == model
                assert (model, other.not_available, other.not_paid_for) != (
                    told.model,
                    told.not_available,
                    told.not_paid_for,
                )

    def test_nothing_answered_is_advised_all_the_same(self, catalog: Catalog) -> None:
        """From the first question on there is one recommendation, and all of it is assumed."""
        advice = advise(catalog, engagement({}))
        hidden = [name for name, value in read_answers(catalog, {}).values.items() if value == NOT_ASKED]
        assert advice.unanswered == tuple(name for name in catalog.questions if name not in hidden)
        assert advice.recommendation.model in catalog.models
        assert advice.matrix.activities
        assert sum(advice.recommendation.shares.values()) == 1


@settings(often, max_examples=6)
@given(data=st.data())
def test_the_engine_and_the_reference_give_the_same_advice(catalog: Catalog, data: st.DataObject) -> None:
    """Whatever is known: the checked engine decides nothing that plain Python would not."""
    one = engagement(data.draw(answers(catalog)))
    assert advise(catalog, one, session_for(catalog)) == advise(catalog, one, reference_session(catalog))


def test_what_usual_counts_is_policy(catalog: Catalog) -> None:
    """With all options weighing the same, the shares of a blank engagement are others."""
    even = replace(catalog, outlook=replace(catalog.outlook, usual_counts=1))
    session = reference_session(catalog)
    assert Outlook(even, session.what_if).shares({}) != session.outlook.shares({})

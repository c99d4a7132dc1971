"""What would change the advice is complete and minimal: held against trying every set of answers, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import combinations, product

import pytest

from advisor.advise import conclude
from advisor.advise.reading import read_answers
from advisor.advise.session import Session, reference_session
from advisor.explain.changes import minimal_sets, unknowns, ways_to, what_would_change
from advisor.explain.outcomes import Space
from advisor.explain.values import ChangeSet
from advisor.model.rulebook import Catalog
from tests.strategies import random_answers

Outcome = tuple[str, ...]
Sets = dict[frozenset[tuple[str, str]], Outcome]


class Tried:
    """The models that remain on any answers, by the way that advice itself is reached."""

    def __init__(self, catalog: Catalog) -> None:
        # As many candidates as there are: the plain verdict names none when they are too many.
        self.catalog = replace(catalog, too_little_above=len(catalog.models))
        self.session = reference_session(self.catalog)

    def outcome(self, answers: Mapping[str, str]) -> Outcome:
        return conclude(self.catalog, answers, self.session).verdict.candidates

    def sets(
        self,
        answers: Mapping[str, str],
        depth: int,
        does_it: Callable[[Outcome], bool],
        questions: Iterable[str] | None = None,
    ) -> Sets:
        """Every smallest set of changes, by trying all."""
        wanted = list(self.catalog.questions if questions is None else questions)
        found: Sets = {}
        for size in range(1, depth + 1):
            for names in combinations(wanted, size):
                options = [
                    [one for one in self.catalog.questions[name].option_ids if one != answers.get(name)]
                    for name in names
                ]
                for chosen in product(*options):
                    change = frozenset(zip(names, chosen, strict=True))
                    if any(known <= change for known in found):
                        continue
                    outcome = self.outcome({**answers, **dict(change)})
                    if does_it(outcome):
                        found[change] = outcome
        return found


@pytest.fixture(scope="module")
def tried(catalog: Catalog) -> Tried:
    return Tried(catalog)


@pytest.fixture(scope="module")
def session(catalog: Catalog) -> Session:
    return reference_session(catalog)


def as_sets(sets: Iterable[ChangeSet]) -> Sets:
    return {frozenset((one.question, one.option) for one in each.changes): each.candidates for each in sets}


def test_the_models_that_remain_are_those_of_the_advice(catalog: Catalog, tried: Tried, session: Session) -> None:
    """The quick way through the rules' conditions and the way that advice goes never differ."""
    for seed in range(160):
        answers = random_answers(catalog, seed, missing=(0.0, 0.1, 0.3, 0.6)[seed % 4])
        space = Space(catalog, answers, session)
        assert space.outcome(()) == tried.outcome(answers)
        for one in range(seed % 11, len(space.changes), 11):
            assert space.outcome((one,)) == tried.outcome(space.answers_with((one,)))


@pytest.mark.parametrize("seed", range(12))
def test_every_single_change_is_found(catalog: Catalog, tried: Tried, session: Session, seed: int) -> None:
    """All single answers that matter are found and no others, whether or not every question is answered."""
    answers = random_answers(catalog, seed, missing=0.15 if seed % 3 == 2 else 0.0)
    now = tried.outcome(answers)
    changes = what_would_change(catalog, answers, session, 1)
    assert as_sets(changes.sets) == tried.sets(answers, 1, lambda outcome: outcome != now)
    assert changes.holds_under == (0 if changes.sets else 1)


@pytest.mark.parametrize("seed", [1, 4, 8])
def test_every_pair_is_found(catalog: Catalog, tried: Tried, session: Session, seed: int) -> None:
    """All pairs are found, and none of which one answer would have done."""
    answers = random_answers(catalog, seed)
    now = tried.outcome(answers)
    changes = what_would_change(catalog, answers, session, 2)
    expected = tried.sets(answers, 2, lambda outcome: outcome != now)
    assert as_sets(changes.sets) == expected
    assert changes.holds_under == min((len(one) for one in expected), default=3) - 1


@pytest.mark.parametrize("seed", [2, 5])
def test_triples_among_a_few_questions(catalog: Catalog, tried: Tried, session: Session, seed: int) -> None:
    """Triples are complete too; tried on questions that hide each other and are read by several topics."""
    questions = ("projects", "duration", "end_date", "post_delivery", "service_levels", "handover_to", "stage")
    answers = random_answers(catalog, seed)
    now = tried.outcome(answers)
    found = minimal_sets(Space(catalog, answers, session, questions), 3, lambda outcome: outcome != now)
    assert as_sets(found) == tried.sets(answers, 3, lambda outcome: outcome != now, questions)


def test_ways_to_one_model(catalog: Catalog, tried: Tried, session: Session) -> None:
    """The sets that settle on one model are complete, although smaller sets may lead to others."""
    answers = random_answers(catalog, 3)
    for model in catalog.models:
        if tried.outcome(answers) != (model,):
            expected = tried.sets(answers, 1, lambda outcome, model=model: outcome == (model,))  # type: ignore[misc]
            assert as_sets(ways_to(catalog, answers, session, model, 1)) == expected


def test_a_minimal_set_is_minimal(catalog: Catalog, tried: Tried, session: Session) -> None:
    """With any of its answers taken out, a set changes nothing."""
    answers = random_answers(catalog, 11)
    now = tried.outcome(answers)
    sets = what_would_change(catalog, answers, session, 3).sets
    for one in sets[:: max(1, len(sets) // 60)]:
        changes = {change.question: change.option for change in one.changes}
        assert tried.outcome({**answers, **changes}) == one.candidates != now
        for spared in changes:
            rest = {name: option for name, option in changes.items() if name != spared}
            assert tried.outcome({**answers, **rest}) == now


def test_what_is_not_asked_does_nothing_alone(catalog: Catalog, session: Session) -> None:
    """An answer that is set aside can matter only together with the one that brings its question back."""
    answers = {**random_answers(catalog, 7), "projects": "none", "managers_available": "neither"}
    hidden = {name for name, value in read_answers(catalog, answers).values.items() if value == "not_asked"}
    assert hidden >= {"duration", "end_date", "two_managers_affordable"}
    sets = what_would_change(catalog, answers, session, 2).sets
    assert sets
    for one in sets:
        names = {change.question for change in one.changes}
        assert not names <= hidden
        if names & hidden:
            (name,) = names & hidden
            (other,) = names - hidden
            assert other in {condition.variable for condition in catalog.questions[name].when}


def test_the_sets_that_were_weighed_are_counted(catalog: Catalog, session: Session) -> None:
    """`tried` counts every change of that many answers, those that cannot matter included."""
    answers = random_answers(catalog, 5)
    singles = [
        (name, option)
        for name, question in catalog.questions.items()
        for option in question.option_ids
        if option != answers[name]
    ]
    pairs = sum(one[0] != other[0] for one, other in combinations(singles, 2))
    assert what_would_change(catalog, answers, session, 2).tried == (len(singles), pairs)


def open_engagements(catalog: Catalog, tried: Tried, wanted: int) -> list[dict[str, str]]:
    found = []
    for seed in range(200):
        answers = random_answers(catalog, seed, missing=0.2)
        if len(tried.outcome(answers)) > 1 and len(read_answers(catalog, answers).unanswered) <= 8:
            found.append(answers)
            if len(found) == wanted:
                break
    return found


def test_what_settles_an_open_engagement(catalog: Catalog, tried: Tried, session: Session) -> None:
    """The smallest sets of missing answers that settle are complete, model by model."""
    engagements = open_engagements(catalog, tried, 6)
    assert len(engagements) == 6
    for answers in engagements:
        told = unknowns(catalog, answers, session, 2)
        assert told.candidates == tried.outcome(answers)
        assert tuple(way.model for way in told.ways) == told.candidates
        expected = tried.sets(answers, 2, lambda outcome: len(outcome) == 1, told.unanswered)
        small = [one for way in told.ways for one in way.sets if len(one.changes) <= 2]
        assert as_sets(small) == expected


def test_an_example_settles_and_has_nothing_to_spare(catalog: Catalog, tried: Tried, session: Session) -> None:
    """Where no small set settles on a model, the example does, whatever the other answers are."""
    answers = {"projects": "one", "stage": "planning", "managers_available": "both", "client_contact": "weekly"}
    answers |= {"departments": "one", "vendors": "none", "post_delivery": "warranty", "team_size": "five_to_nine"}
    told = unknowns(catalog, answers, session, 1)
    for way in told.ways:
        for one in (*way.sets, *([way.example] if way.example else [])):
            changes = {change.question: change.option for change in one.changes}
            assert tried.outcome({**answers, **changes}) == (way.model,)
            for spared in changes:
                rest = {name: option for name, option in changes.items() if name != spared}
                assert tried.outcome({**answers, **rest}) != (way.model,)


def test_the_next_question_settles_most(catalog: Catalog, tried: Tried, session: Session) -> None:
    """No other unanswered question leaves fewer models on average; the first asked wins among equals."""
    for answers in open_engagements(catalog, tried, 5):
        told = unknowns(catalog, answers, session, 1)
        averages = {}
        for name in told.unanswered:
            left = [len(tried.outcome({**answers, name: one})) for one in catalog.questions[name].option_ids]
            averages[name] = sum(left) / len(left)
        best = min(averages, key=lambda name: averages[name])
        if averages[best] < len(told.candidates):
            assert told.ask_next is not None
            assert (told.ask_next.question, told.ask_next.expected) == (best, averages[best])
        else:
            assert told.ask_next is None

"""What would change the advice is complete and minimal: held against trying every set of answers, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import combinations, product

import pytest

from advisor.advise import conclude
from advisor.advise.reading import read_answers
from advisor.advise.session import Session, reference_session
from advisor.catalog.engagements import read_engagement
from advisor.explain.changes import minimal_sets, unknowns, ways_to, what_would_change
from advisor.explain.outcomes import Space
from advisor.explain.values import ChangeSet
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES
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


@pytest.fixture
def acme(catalog: Catalog) -> dict[str, str]:
    return dict(read_engagement(EXAMPLES / "acme-portal.yaml", catalog).answers)


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


@pytest.mark.parametrize("seed", [13, 14, 21])
def test_a_change_that_leaves_it_open_is_found(catalog: Catalog, tried: Tried, session: Session, seed: int) -> None:
    """A settled model is also lost where it only becomes open, even if it stays the first of those that are left."""
    answers = random_answers(catalog, seed, missing=0.15)
    (now,) = tried.outcome(answers)
    sets = as_sets(what_would_change(catalog, answers, session, 1).sets)
    assert any(outcome[0] == now for outcome in sets.values())
    assert sets == tried.sets(answers, 1, lambda outcome: outcome != (now,))


def test_holds_under_any_change_of_two_answers(catalog: Catalog, acme: dict[str, str]) -> None:
    """Where neither one answer nor two matter that is proven, each pair tried; which three do is told when asked for.

    In our rulebook the number of projects alone always matters, so here it is given, and people and size with it.
    """
    given = ("projects", "stage", "team_size", "managers_available", "two_managers_affordable")
    questions = {
        name: replace(one, options=tuple(option for option in one.options if option.id == acme[name]))
        if name in given
        else one
        for name, one in catalog.questions.items()
    }
    firm = replace(catalog, questions=questions)
    brute, session = Tried(firm), reference_session(firm)
    now = brute.outcome(acme)
    assert not brute.sets(acme, 2, lambda outcome: outcome != now)
    for depth in (1, 2):
        changes = what_would_change(firm, acme, session, depth)
        assert (changes.holds_under, changes.sets) == (depth, ())
    changes = what_would_change(firm, acme, session, 3)
    assert changes.holds_under == 2
    assert as_sets(changes.sets) == brute.sets(acme, 3, lambda outcome: outcome != now) != {}


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


def test_larger_sets_are_told_of_models_that_have_no_smaller(catalog: Catalog, tried: Tried, session: Session) -> None:
    """A model that no two answers settle on is told with larger ones; the others keep to the depth asked for."""
    answers = read_engagement(EXAMPLES / "first-meeting-open.yaml", catalog).answers
    told = unknowns(catalog, answers, session, 2)
    assert told.depth == 4
    small = tried.sets(answers, 2, lambda outcome: len(outcome) == 1, told.unanswered)
    late = [way for way in told.ways if (way.model,) not in small.values()]
    assert [way.model for way in late] == ["project_manager"]
    larger = tried.sets(answers, 4, lambda outcome: len(outcome) == 1, told.unanswered)
    expected = small | {change: outcome for change, outcome in larger.items() if outcome == ("project_manager",)}
    assert as_sets(one for way in told.ways for one in way.sets) == expected


@pytest.mark.parametrize("seed", [76, 103])
def test_pairs_are_told_where_single_answers_would_do(
    catalog: Catalog, tried: Tried, session: Session, seed: int
) -> None:
    """Where one answer settles on each model, the pairs that were asked for are told nevertheless."""
    answers = random_answers(catalog, seed, missing=0.2)
    told = unknowns(catalog, answers, session, 2)
    assert all(min(len(one.changes) for one in way.sets) == 1 for way in told.ways)
    expected = tried.sets(answers, 2, lambda outcome: len(outcome) == 1, told.unanswered)
    assert as_sets(one for way in told.ways for one in way.sets) == expected
    assert max(len(change) for change in expected) == 2


@pytest.mark.parametrize("seed", [3, 8, 33])
def test_nothing_in_an_example_can_be_spared(catalog: Catalog, tried: Tried, session: Session, seed: int) -> None:
    """With much unanswered, where no small set settles on a model, an example does, all of whose answers it needs."""
    answers = random_answers(catalog, seed, missing=0.7)
    examples = [way for way in unknowns(catalog, answers, session, 1).ways if way.example is not None]
    assert examples
    for way in examples:
        assert way.example is not None
        changes = {change.question: change.option for change in way.example.changes}
        assert tried.outcome({**answers, **changes}) == (way.model,)
        for spared in changes:
            rest = {name: option for name, option in changes.items() if name != spared}
            assert tried.outcome({**answers, **rest}) != (way.model,)


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
    with_equals = [random_answers(catalog, seed, missing=0.2) for seed in (47, 84)]
    for answers in [*open_engagements(catalog, tried, 5), *with_equals]:
        told = unknowns(catalog, answers, session, 1)
        averages: dict[str, float] = {}
        for name in told.unanswered:
            left = [len(tried.outcome({**answers, name: one})) for one in catalog.questions[name].option_ids]
            averages[name] = sum(left) / len(left)
        best = min(averages, key=lambda name: averages[name])
        if averages[best] < len(told.candidates):
            assert told.ask_next is not None
            assert (told.ask_next.question, told.ask_next.expected) == (best, averages[best])
        else:
            assert told.ask_next is None

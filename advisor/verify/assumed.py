"""What assumptions must do: a usual answer, given, changes nothing; and the weights of what is open are exact."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

from advisor.advise import conclude
from advisor.advise.reading import read_answers
from advisor.advise.session import Session
from advisor.model.questions import Question
from advisor.model.rulebook import Catalog
from advisor.model.rules import NOT_ASKED
from advisor.verify.faults import Fault, random_answers, shown

ENGAGEMENTS = 200  # read before and after a usual answer is given
FEW = 30  # engagements with few questions open, each gone through in full
MANY = 24  # engagements with ever more questions open, each looked at again after one more answer
MOST_WAYS = 200
_SEED = 20_261_122

Answers = Mapping[str, str]
Shares = dict[str, Fraction]


def usual_changes_nothing(catalog: Catalog) -> Iterator[Fault]:
    """A question that reads otherwise, itself or for others, once its usual answer is given."""
    chance = random.Random(_SEED)
    samples = [{}, *(random_answers(catalog, chance, chance.random()) for _ in range(ENGAGEMENTS))]
    for question in catalog.questions.values():
        for answers in samples:
            before = read_answers(catalog, answers)
            if question.id not in before.unanswered:
                continue
            after = read_answers(catalog, {**answers, question.id: before.values[question.id]})
            moved = [name for name, value in after.values.items() if value != before.values[name]]
            if moved:
                what = f"answering {question.id} as usual changes {', '.join(moved)}, at {shown(answers)}"
                yield Fault("usual answer", str(question.source), what)
                break


def inexact(catalog: Catalog, session: Session) -> Iterator[Fault]:
    """Shares that differ from going through every way to answer, and from their mean after any one more answer.

    The first is tried with few questions open; the second carries it on to any number of them.
    """
    where = str(catalog.recommend.table.source)
    chance = random.Random(_SEED)
    for _ in range(FEW):
        answers = few_open(catalog, chance)
        expected, by_answer = brute(catalog, answers, session)
        look = session.outlook.look(answers)
        whole = sum(look.models.values())
        told = {
            (name, option): {model: Fraction(weight, whole) for model, weight in models.items()}
            for name, by in look.answers.items()
            for option, models in by.items()
        }
        if session.outlook.shares(answers) != expected or any(by_answer[key] != told[key] for key in told):
            yield Fault("weights", where, f"the shares are not those of all ways to answer, at {shown(answers)}")
            break
    for number in range(MANY):
        answers = random_answers(catalog, chance, number / MANY)
        mean = after_one(catalog, answers, session)
        if mean is not None and session.outlook.shares(answers) != mean:
            what = f"the shares are not the mean of those after one more answer, at {shown(answers)}"
            yield Fault("weights", where, what)
            break


def few_open(catalog: Catalog, chance: random.Random) -> dict[str, str]:
    """Answers with so few questions open that every way to answer them can be gone through."""
    answers = random_answers(catalog, chance, 0)
    ways = 1
    for name in chance.sample(sorted(answers), len(answers)):
        ways *= len(catalog.questions[name].options)
        if ways > MOST_WAYS:
            break
        del answers[name]
    return answers


def brute(
    catalog: Catalog, answers: Answers, session: Session
) -> tuple[Shares, Mapping[tuple[str, str], Mapping[str, Fraction]]]:
    """The share of each model over every way to answer what is open, and the part of it that goes by each answer."""
    shares: Shares = dict.fromkeys(catalog.models, Fraction(0))
    by_answer: dict[tuple[str, str], Shares] = defaultdict(dict)
    for filled, weight in _ways(catalog, answers):
        model = conclude(catalog, filled, session).verdict.model
        shares[model] += weight
        for name, value in filled.items():
            if name not in answers:
                at = by_answer[name, value]
                at[model] = at.get(model, Fraction(0)) + weight
    return {model: share for model, share in shares.items() if share}, by_answer


def after_one(catalog: Catalog, answers: Answers, session: Session) -> Shares | None:
    """The mean of the shares after the first open question is answered; None where none is open."""
    reading = read_answers(catalog, answers)
    if not reading.unanswered:
        return None
    question = catalog.questions[reading.unanswered[0]]
    mean: Shares = dict.fromkeys(catalog.models, Fraction(0))
    for option, weight in _weights(catalog, question, reading.values[question.id]):
        for model, share in session.outlook.shares({**answers, question.id: option}).items():
            mean[model] += weight * share
    return {model: share for model, share in mean.items() if share}


def _ways(catalog: Catalog, answers: Answers) -> Iterator[tuple[dict[str, str], Fraction]]:
    """Every way to answer what is open, question by question, with its weight; they add to 1."""
    reading = read_answers(catalog, answers)
    if not reading.unanswered:
        yield {name: value for name, value in reading.values.items() if value != NOT_ASKED}, Fraction(1)
        return
    question = catalog.questions[reading.unanswered[0]]
    for option, weight in _weights(catalog, question, reading.values[question.id]):
        for filled, more in _ways(catalog, {**answers, question.id: option}):
            yield filled, weight * more


def _weights(catalog: Catalog, question: Question, usual: str) -> Iterator[tuple[str, Fraction]]:
    whole = len(question.options) - 1 + catalog.outlook.usual_counts
    for option in question.option_ids:
        yield option, Fraction(catalog.outlook.usual_counts if option == usual else 1, whole)

"""Answers as the rules read them: skip logic, and every way in which missing answers could still be given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from advisor.model.advice import Reading
from advisor.model.rulebook import Asking, Question
from advisor.model.rules import NOT_ASKED, UNANSWERED


def is_asked(question: Question, values: Mapping[str, str]) -> bool:
    """Whether the question is asked, given the earlier questions; one that is still unanswered may yet matter."""
    return all(values[one.variable] == UNANSWERED or values[one.variable] in one.allowed for one in question.when)


def read_answers(catalog: Asking, answers: Mapping[str, str]) -> Reading:
    """Return a value for every question; answers to questions that are not asked are set aside, not lost."""
    blank, hidden_by = _plan(catalog)
    values = {**blank, **answers}
    for name, hiders in hidden_by:
        for hider, shown in hiders:
            if values[hider] not in shown:
                values[name] = NOT_ASKED
                break
    gaps = (
        tuple([name for name, value in values.items() if value == UNANSWERED]) if UNANSWERED in values.values() else ()
    )
    aside = tuple([name for name in answers if values[name] == NOT_ASKED])
    return Reading(values, gaps, aside)


@lru_cache(maxsize=8)
def _plan(catalog: Asking) -> tuple[dict[str, str], tuple[tuple[str, tuple[tuple[str, frozenset[str]], ...]], ...]]:
    """Every question unanswered, and those that not every engagement is asked, each with what lets it be asked."""
    hidden_by = tuple(
        (question.id, tuple((one.variable, one.allowed | {UNANSWERED}) for one in question.when))
        for question in catalog.questions.values()
        if question.when
    )
    return dict.fromkeys(catalog.questions, UNANSWERED), hidden_by


def hiding(catalog: Asking, names: Iterable[str]) -> frozenset[str]:
    """The questions and those that decide whether they are asked, and whether those are."""
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [one.variable for one in catalog.questions[name].when]
    return frozenset(seen)


def completions(questions: Iterable[Question], values: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Every way to fill the unanswered among `questions` (in asking order), with skip logic followed.

    A question whose being asked hangs on an unanswered one outside of `questions` may also turn out not asked.
    """
    remaining = tuple(questions)
    inside = {question.id for question in remaining}

    def fill(position: int, filled: dict[str, str]) -> Iterator[dict[str, str]]:
        if position == len(remaining):
            yield filled
            return
        question = remaining[position]
        for value in choices(question, {**values, **filled}):
            yield from fill(position + 1, {**filled, question.id: value})

    def choices(question: Question, known: Mapping[str, str]) -> tuple[str, ...]:
        given = values[question.id]
        if given == NOT_ASKED or not is_asked(question, known):
            return (NOT_ASKED,)
        may_vanish = any(one.variable not in inside and values[one.variable] == UNANSWERED for one in question.when)
        return (question.option_ids if given == UNANSWERED else (given,)) + ((NOT_ASKED,) if may_vanish else ())

    return fill(0, {})

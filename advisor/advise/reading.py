"""Answers as the rules read them: skip logic, usual answers, and every way to give those that stay open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from advisor.model.advice import Reading
from advisor.model.questions import Asking, Question, Usual
from advisor.model.rules import NOT_ASKED, UNANSWERED


def is_asked(question: Question, values: Mapping[str, str]) -> bool:
    """Whether the question is asked, given the earlier questions; one that is still unanswered may yet matter."""
    return all(values[one.variable] == UNANSWERED or values[one.variable] in one.allowed for one in question.when)


def read_answers(catalog: Asking, answers: Mapping[str, str]) -> Reading:
    """Return a value for every question: as answered, as usual where nothing was, or that it is not asked.

    Answers to questions that are not asked are set aside, not lost. Questions without a usual answer stay open.
    """
    values: dict[str, str] = {}
    open_: list[str] = []
    aside: list[str] = []
    for name, hiders, usual in _plan(catalog):
        given = answers.get(name)
        if hiders and any(values[hider] not in shown for hider, shown in hiders):
            values[name] = NOT_ASKED
            if given is not None:
                aside.append(name)
        elif given is not None:
            values[name] = given
        else:
            open_.append(name)
            values[name] = usual.given(values) if usual is not None else UNANSWERED
    return Reading(values, tuple(open_), tuple(aside))


_Step = tuple[str, tuple[tuple[str, frozenset[str]], ...], Usual | None]


@lru_cache(maxsize=8)
def _plan(catalog: Asking) -> tuple[_Step, ...]:
    """Every question with what lets it be asked, and its usual answer."""
    return tuple(
        (question.id, tuple((one.variable, one.allowed | {UNANSWERED}) for one in question.when), question.usual)
        for question in catalog.questions.values()
    )


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

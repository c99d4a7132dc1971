"""The interview as a state machine: a frozen value and functions that return the next one; nothing here prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from advisor.advise.reading import is_asked, read_answers
from advisor.interview.adaptive import next_question
from advisor.model.rulebook import Asking, Catalog, Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Interview:
    """Where the interview stands: the question on the table (None: all done), and what was said so far.

    `answers` may hold answers to questions that are no longer asked; they come back when the question does.
    `skipped` are questions that the reader could not answer, so that they are not asked twice in one session.
    `adaptive`: the question that may change the model most comes next, and none when the model is settled. `trail` are
    then the questions in the order in which they were put. `notes` are what was noted down, by question.
    """

    position: str | None
    answers: Mapping[str, str]
    skipped: frozenset[str] = frozenset()
    adaptive: bool = False
    trail: tuple[str, ...] | None = None
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """Questions answered or skipped out of those that will be asked; `up_to` when later answers may take some away."""

    done: int
    total: int
    up_to: bool


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One question of the review: its answer (None: open or skipped), and whether the answer is set aside."""

    question: Question
    answer: str | None
    skipped: bool
    set_aside: bool


def start(
    catalog: Asking,
    questionnaire: Questionnaire,
    answers: Mapping[str, str],
    adaptive: bool = False,
    notes: Mapping[str, str] | None = None,
) -> Interview:
    """Begin, or resume, at the first question that has no answer yet; adaptive, at the one that may change most."""
    trail = () if adaptive else None
    return _go_on(
        catalog, questionnaire, Interview(None, dict(answers), adaptive=adaptive, trail=trail, notes=notes or {})
    )


def in_order(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> Interview:
    """Go on with all that is still open, in the order of the questionnaire."""
    return _go_on(catalog, questionnaire, replace(interview, adaptive=False))


def waiting(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> tuple[Question, ...]:
    """The questions that are neither answered nor skipped."""
    behind_us = interview.skipped.union(interview.answers)
    return tuple(one for one in _asked(catalog, questionnaire, interview.answers) if one.id not in behind_us)


def question_of(catalog: Asking, interview: Interview) -> Question | None:
    """The question on the table, or None when nothing is left to ask."""
    return None if interview.position is None else catalog.questions[interview.position]


def answer(catalog: Asking, questionnaire: Questionnaire, interview: Interview, option: str) -> Interview:
    """Answer the question on the table and go on to the next open one."""
    question = question_of(catalog, interview)
    if question is None or option not in question.option_ids:
        raise ValueError(f"{option!r} does not answer {interview.position!r}")
    answers = {**interview.answers, question.id: option}
    skipped = interview.skipped - {question.id}
    return _go_on(catalog, questionnaire, replace(interview, answers=answers, skipped=skipped))


def keep(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> Interview:
    """Leave the question on the table as it is and go on to the next open one."""
    return _go_on(catalog, questionnaire, interview)


def skip(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> Interview:
    """Say "don't know" to the question on the table: it has no answer, and is not asked again in this session."""
    question = question_of(catalog, interview)
    if question is None:
        return interview
    answers = {key: value for key, value in interview.answers.items() if key != question.id}
    skipped = interview.skipped | {question.id}
    return _go_on(catalog, questionnaire, replace(interview, answers=answers, skipped=skipped))


def note(interview: Interview, text: str) -> Interview:
    """Note something down with the question on the table; an empty text takes the note away."""
    others = {key: value for key, value in interview.notes.items() if key != interview.position}
    return replace(interview, notes={**others, interview.position: text} if text and interview.position else others)


def back(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> Interview:
    """Put the question before this one back on the table; before the first there is nothing, so it stays."""
    course = [question.id for question in _course(catalog, questionnaire, interview.answers)]
    if interview.trail is not None:
        before = [one for one in course if one not in interview.trail and one in interview.answers]
        course = [*before, *(one for one in interview.trail if one in course)]
    at = course.index(interview.position) if interview.position in course else len(course)
    return replace(interview, position=course[at - 1]) if at else interview


def go_to(catalog: Asking, interview: Interview, question_id: str) -> Interview:
    """Put a question of the review on the table."""
    return replace(interview, position=catalog.questions[question_id].id)


def progress(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> Progress:
    """How many of the questions that will be asked are behind us, as far as the answers tell."""
    asked = _asked(catalog, questionnaire, interview.answers)
    still_open = {question.id for question in asked if question.id not in interview.answers}
    done = sum(question.id not in still_open or question.id in interview.skipped for question in asked)
    up_to = any(
        condition.variable in still_open - interview.skipped for question in asked for condition in question.when
    )
    return Progress(done, len(asked), up_to)


def review(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> tuple[ReviewLine, ...]:
    """Everything that is asked, with its answer, then the answers that are set aside because they cannot matter."""
    answers = interview.answers
    course = _course(catalog, questionnaire, answers)
    lines = [ReviewLine(one, answers.get(one.id), one.id in interview.skipped, False) for one in course]
    aside = read_answers(catalog, answers).set_aside
    lines += [ReviewLine(catalog.questions[one], answers[one], False, True) for one in aside]
    return tuple(lines)


def _go_on(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> Interview:
    """Move to the next open question after the one on the table, else to the first open one, else to the end."""
    if interview.trail is not None and interview.position is not None and interview.position not in interview.trail:
        interview = replace(interview, trail=(*interview.trail, interview.position))
    if interview.adaptive and isinstance(catalog, Catalog):  # people are asked about in one order
        chosen = next_question(catalog, questionnaire.questions, interview.answers, interview.skipped)
        return replace(interview, position=chosen.id if chosen is not None else None)
    order = [question.id for question in questionnaire.questions]
    at = order.index(interview.position) + 1 if interview.position in order else 0
    asked = {question.id for question in _asked(catalog, questionnaire, interview.answers)}
    behind_us = interview.skipped.union(interview.answers)
    waiting = (one for one in order[at:] + order[:at] if one in asked and one not in behind_us)
    return replace(interview, position=next(waiting, None))


def _asked(catalog: Asking, questionnaire: Questionnaire, answers: Mapping[str, str]) -> tuple[Question, ...]:
    values = read_answers(catalog, answers).values
    return tuple(question for question in questionnaire.questions if is_asked(question, values))


def _course(catalog: Asking, questionnaire: Questionnaire, answers: Mapping[str, str]) -> tuple[Question, ...]:
    """What is asked, and what was answered under a longer questionnaire: the questions to go back to."""
    asked = _asked(catalog, questionnaire, answers)
    values = read_answers(catalog, answers).values
    others = (catalog.questions[one] for one in catalog.questions if one in answers)
    return asked + tuple(one for one in others if one not in questionnaire.questions and is_asked(one, values))

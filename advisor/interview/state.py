"""The interview as a state machine: a frozen value and functions that return the next one; nothing here prints."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from advisor.advise.reading import is_asked, read_answers
from advisor.interview.adaptive import next_step
from advisor.interview.steps import Step, steps, steps_of
from advisor.model.questions import Asking, Questionnaire
from advisor.model.rulebook import Catalog


@dataclass(frozen=True, slots=True)
class Interview:
    """Where the interview stands: the step on the table (None: all done), and what was said so far.

    `answers` may hold answers to questions that are no longer asked; they come back when the question does.
    `skipped` are steps that the reader could not answer, so that they are not put twice in one session.
    `adaptive`: the step that tells most about the model comes next, and none once the model is sure. `first`, until it
    is empty: the short way; so many steps make the first round, and those of the short way fill it up once the model is
    sure. `trail` are the steps in the order in which they were put. `notes` are what was noted down, by question.
    """

    position: str | None
    answers: Mapping[str, str]
    skipped: frozenset[str] = frozenset()
    adaptive: bool = False
    trail: tuple[str, ...] | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """Steps answered or skipped out of those that will be put; `up_to` when later answers may take some away."""

    done: int
    total: int
    up_to: bool


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One step of the review: its answer in words (None: open or skipped), and whether the answer is set aside."""

    step: Step
    answer: str | None
    skipped: bool
    set_aside: bool


def start(
    catalog: Asking,
    questionnaire: Questionnaire,
    answers: Mapping[str, str],
    adaptive: bool = False,
    notes: Mapping[str, str] | None = None,
    first: Collection[str] = (),
) -> Interview:
    """Begin, or resume, at the first step that is open; adaptive, as that chooses, with a first round if it is open."""
    interview = Interview(None, dict(answers), adaptive=adaptive, trail=() if adaptive else None, notes=notes or {})
    begun = _go_on(catalog, questionnaire, replace(interview, first=tuple(first)))
    return begun if begun.position is not None else _go_on(catalog, questionnaire, interview)


def go_deeper(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> Interview:
    """Go on after the first round: with the steps that tell most until the model is sure, then with all in order."""
    if interview.first:
        deeper = _go_on(catalog, questionnaire, replace(interview, first=()))
        if deeper.position is not None:
            return deeper
    return _go_on(catalog, questionnaire, replace(interview, first=(), adaptive=False))


def waiting(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> tuple[Step, ...]:
    """The steps that are neither answered nor skipped."""
    asked = _asked(catalog, questionnaire, interview.answers)
    return tuple(step for step in asked if _is_open(step, interview))


def step_of(catalog: Asking, interview: Interview) -> Step | None:
    """The step on the table, or None when nothing is left to ask."""
    return None if interview.position is None else steps(catalog)[interview.position]


def answer(catalog: Asking, questionnaire: Questionnaire, interview: Interview, *chosen: str) -> Interview:
    """Answer what is on the table with these options and go on to the next open step; ValueError where they do not."""
    step = step_of(catalog, interview)
    if step is None:
        raise ValueError("nothing is on the table")
    answers = {**interview.answers, **step.answers(chosen)}
    skipped = interview.skipped - {step.id}
    return _go_on(catalog, questionnaire, replace(interview, answers=answers, skipped=skipped))


def keep(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> Interview:
    """Leave what is on the table as it is and go on to the next open step."""
    return _go_on(catalog, questionnaire, interview)


def skip(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> Interview:
    """Say "don't know" to what is on the table: it has no answer, and is not asked again in this session."""
    step = step_of(catalog, interview)
    if step is None:
        return interview
    answers = {key: value for key, value in interview.answers.items() if key not in step.names}
    skipped = interview.skipped | {step.id}
    return _go_on(catalog, questionnaire, replace(interview, answers=answers, skipped=skipped))


def note(catalog: Asking, interview: Interview, text: str) -> Interview:
    """Note something down with what is on the table; an empty text takes the note away."""
    step = step_of(catalog, interview)
    names = step.names if step is not None else ()
    others = {key: value for key, value in interview.notes.items() if key not in names}
    return replace(interview, notes={**others, **dict.fromkeys(names, text)} if text else others)


def note_of(step: Step, interview: Interview) -> str:
    """What was noted down with the step."""
    return next((interview.notes[name] for name in step.names if name in interview.notes), "")


def back(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> Interview:
    """Put the step before this one back on the table; before the first there is nothing, so it stays."""
    every = _course(catalog, questionnaire, interview.answers)
    course = [step.id for step in every]
    if interview.trail is not None:
        before = [step.id for step in every if step.id not in interview.trail and not step.is_open(interview.answers)]
        course = [*before, *(one for one in interview.trail if one in course)]
    at = course.index(interview.position) if interview.position in course else len(course)
    return replace(interview, position=course[at - 1]) if at else interview


def go_to(catalog: Asking, interview: Interview, step_id: str) -> Interview:
    """Put a step of the review on the table."""
    return replace(interview, position=steps(catalog)[step_id].id)


def progress(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> Progress:
    """How many of the steps that will be put are behind us, as far as the answers tell; of the first round, if any."""
    asked = _asked(catalog, questionnaire, interview.answers)
    still_open = [step for step in asked if _is_open(step, interview)]
    if interview.first:
        most = len(interview.first)
        return Progress(min(len(asked) - len(still_open), most), most, False)
    hiding = {name for step in still_open for name in step.names}
    up_to = any(condition.variable in hiding for step in asked for condition in step.question.when)
    return Progress(len(asked) - len(still_open), len(asked), up_to)


def review(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> tuple[ReviewLine, ...]:
    """Everything that is asked, with its answer, then the answers that are set aside because they cannot matter."""
    answers = interview.answers
    course = _course(catalog, questionnaire, answers)
    lines = [ReviewLine(step, step.told(answers), step.id in interview.skipped, False) for step in course]
    aside = steps_of(catalog, read_answers(catalog, answers).set_aside)
    lines += [ReviewLine(step, step.told(answers), False, True) for step in aside]
    return tuple(lines)


def _go_on(catalog: Asking, questionnaire: Questionnaire, interview: Interview) -> Interview:
    """Move to the next open step after the one on the table, else to the first open one, else to the end."""
    if interview.trail is not None and interview.position is not None and interview.position not in interview.trail:
        interview = replace(interview, trail=(*interview.trail, interview.position))
    asked = _asked(catalog, questionnaire, interview.answers)
    waiting = {step.id: step for step in asked if _is_open(step, interview)}
    if interview.adaptive and isinstance(catalog, Catalog):  # people are asked about in one order
        short = next((one for one in interview.first if one in waiting), None)
        left = len(interview.first) - len(asked) + len(waiting)
        if interview.first and (left <= 0 or (left == 1 and short is not None)):
            return replace(interview, position=short if left > 0 else None)
        chosen = next_step(catalog, tuple(waiting.values()), interview.answers)
        return replace(interview, position=chosen.id if chosen is not None else short)
    order = [step.id for step in steps_of(catalog, questionnaire.questions)]
    at = order.index(interview.position) + 1 if interview.position in order else 0
    return replace(interview, position=next((one for one in order[at:] + order[:at] if one in waiting), None))


def _is_open(step: Step, interview: Interview) -> bool:
    return step.id not in interview.skipped and step.is_open(interview.answers)


def _asked(catalog: Asking, questionnaire: Questionnaire, answers: Mapping[str, str]) -> tuple[Step, ...]:
    values = read_answers(catalog, answers).values
    every = steps_of(catalog, questionnaire.questions)
    return tuple(step for step in every if is_asked(step.question, values))


def _course(catalog: Asking, questionnaire: Questionnaire, answers: Mapping[str, str]) -> tuple[Step, ...]:
    """What is asked, and what was answered under a longer questionnaire: the steps to go back to."""
    asked = _asked(catalog, questionnaire, answers)
    values = read_answers(catalog, answers).values
    others = steps_of(catalog, [one for one in catalog.questions if one in answers])
    return asked + tuple(one for one in others if one not in asked and is_asked(one.question, values))

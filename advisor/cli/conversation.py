"""The interview on a terminal or in a pipe: one question at a time, its help, its reasons, and the review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import click

from advisor.cli.desk import Desk, InputEnded, OnTheTable, Review, Stopped
from advisor.cli.screen import say, wrapped
from advisor.documents.shared.words import ended
from advisor.errors import BrokenInvariant
from advisor.interview import replies, state
from advisor.interview.replies import Chosen, Command, Empty, Noted, Unclear
from advisor.interview.state import Interview
from advisor.interview.steps import Step
from advisor.model.questions import Asking, Questionnaire

QUESTIONS_A_MINUTE = 6


class Subject(Protocol):
    """What the answers are for, as far as it is said on the way. `result` is what the review leads to."""

    result: str

    def leaning(self, answers: Mapping[str, str]) -> str:
        """What the answers lead to so far, in a few words; empty while they are too few to say."""

    def so_far(self, answers: Mapping[str, str]) -> str:
        """What is settled and what is not, as the beginning of a sentence on the questions that are left."""

    def say_what_it_changes(self, step: Step, answers: Mapping[str, str]) -> None:
        """Print what each answer to the step would lead to."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is asked about what, at which desk, and `save`, called with the interview whenever an answer changes."""

    catalog: Asking
    questionnaire: Questionnaire
    save: Callable[[Interview], None]
    desk: Desk
    subject: Subject

    def hold(self, interview: Interview) -> Interview:
        """Ask until nothing is open and the review is accepted; Stopped or InputEnded when it ends before that."""
        declined = leaning = ""
        while True:
            step = state.step_of(self.catalog, interview)
            if step is None and (interview.first or interview.adaptive):
                so_far = self.subject.so_far(interview.answers)
                leaning = self.subject.leaning(interview.answers)  # which the offer says too
                if so_far != declined and self._goes_on(interview, so_far):
                    interview = state.go_deeper(self.catalog, self.questionnaire, interview)
                    continue
                declined = so_far
            if step is None:
                try:
                    chosen = self._review(interview, f"see {self.subject.result}")
                except InputEnded:
                    chosen = None  # a pipe may well end with the last answer: everything was said
                if chosen is None:
                    return interview
                interview = chosen
                continue
            before, leaning = leaning, self.subject.leaning(interview.answers)
            self._show(step, interview, leaning if leaning != before else "")
            answers, notes = interview.answers, interview.notes
            interview = self._step(step, interview)
            if (interview.answers, interview.notes) != (answers, notes):
                self.save(interview)

    def _goes_on(self, interview: Interview, so_far: str) -> bool:
        """Offer the questions that are left, if there are any; whether the reader goes on to them."""
        left = len(state.waiting(self.catalog, self.questionnaire, interview))
        if not left:
            return False
        minutes = round(left / QUESTIONS_A_MINUTE)
        time = f"about {minutes} minutes" if minutes > 1 else "about a minute"
        click.echo()
        say(f"{so_far} {left} more question{'' if left == 1 else 's'}, {time}.", bold=True)
        try:
            return self.desk.goes_on("Go on?")
        except InputEnded:
            return False

    def _step(self, step: Step, interview: Interview) -> Interview:
        """Take replies until one of them moves the interview on."""
        table = OnTheTable(
            step,
            step.chosen(interview.answers),
            step.is_open(interview.answers),
            step.id in interview.skipped,
            state.note_of(step, interview),
            self.questionnaire.unanswered,
        )
        again = False
        while True:
            reply = self.desk.choose(table, again)
            again = True
            match reply:
                case Chosen(options):
                    return state.answer(self.catalog, self.questionnaire, interview, *options)
                case Empty():
                    return state.keep(self.catalog, self.questionnaire, interview)
                case Noted(text):
                    return state.note(self.catalog, interview, text)
                case Command.NOTE:
                    say("What shall be noted? A dash removes the note; Enter leaves it as it is.")
                    typed = self.desk.text()
                    match replies.read_note(typed):
                        case Unclear(message):
                            say(message)
                        case Noted(text) if typed:
                            return state.note(self.catalog, interview, text)
                case Command.QUIT:
                    raise Stopped
                case Command.HELP:
                    say(step.question.help)
                    click.echo()
                    self.desk.explain(table)
                case Command.WHY:
                    self._why(step, interview)
                case Command.REVIEW:
                    return self._review(interview, "go on") or interview
                case Command.SKIP:
                    return state.skip(self.catalog, self.questionnaire, interview)
                case Command.BACK:
                    before = state.back(self.catalog, self.questionnaire, interview)
                    if before != interview:
                        return before
                    say("This is the first question.")
                case _:
                    raise BrokenInvariant(f"no step for {reply!r}")

    def _show(self, step: Step, interview: Interview, leaning: str) -> None:
        question = step.question
        click.echo()
        progress = click.style(f"[{self._progress(interview)}]", dim=True)
        click.echo(f"{click.style(question.section, fg='cyan')}  {progress}")
        for line in wrapped(leaning):
            click.secho(line, dim=True)
        say(question.text, bold=True)
        if step.several:
            say(self.desk.how_to_tick())

    def _why(self, step: Step, interview: Interview) -> None:
        question = step.question
        say(question.why)
        for claim_id in question.cites:
            claim = self.catalog.claims[claim_id]
            say(f"{claim.id} ({claim.section}): {claim.text}", indent="  ")
        if question.practice:
            say(f"From practice: {ended(question.practice)}", indent="  ")
        click.echo()
        self.subject.say_what_it_changes(step, interview.answers)

    def _progress(self, interview: Interview) -> str:
        done = state.progress(self.catalog, self.questionnaire, interview)
        return f"{done.done} of {'up to ' if done.up_to else ''}{done.total} done"

    def _review(self, interview: Interview, enter_means: str) -> Interview | None:
        """Show what was said so far; the interview at the chosen question, or None when the reader has seen enough."""
        lines = state.review(self.catalog, self.questionnaire, interview)
        shown = [line for line in lines if line.skipped or (line.answer is not None and not line.set_aside)]
        if not shown:
            say("Nothing is answered yet.")
            return None
        aside = [line for line in lines if line.set_aside]
        notes = {line.step.id: note for line in lines if (note := state.note_of(line.step, interview))}
        title = f"Your answers ({self._progress(interview)})"
        chosen = self.desk.pick(Review(title, shown, aside, notes, enter_means, self.questionnaire.unanswered))
        return None if chosen is None else state.go_to(self.catalog, interview, chosen.step.id)

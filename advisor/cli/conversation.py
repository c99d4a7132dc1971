"""The interview on a terminal or in a pipe: one question at a time, its help, its reasons, and the review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import click

from advisor.cli.desk import Desk, InputEnded, OnTheTable, Review, Stopped
from advisor.cli.screen import say, wrapped
from advisor.documents.words import ended
from advisor.errors import BrokenInvariant
from advisor.interview import replies, state
from advisor.interview.replies import Chosen, Command, Empty, Noted, Unclear
from advisor.interview.state import Interview
from advisor.model.rulebook import Asking, Question, Questionnaire


class Subject(Protocol):
    """What the answers are for, as far as it is said on the way. `result` is what the review leads to."""

    result: str

    def settled(self, answers: Mapping[str, str]) -> str | None:
        """What the answers have settled, in words; None while an answer can still change it."""

    def leaning(self, answers: Mapping[str, str]) -> str:
        """What they lead to so far, in a few words."""

    def say_what_it_changes(self, question: Question, answers: Mapping[str, str]) -> None:
        """Print what remains possible after each answer to the question."""


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
        offered: str | None = None
        while True:
            question = state.question_of(self.catalog, interview)
            if question is None and interview.adaptive:
                settled = self.subject.settled(interview.answers)
                if settled is not None and settled != offered and self._goes_on(interview, settled):
                    interview = state.in_order(self.catalog, self.questionnaire, interview)
                    continue
                offered = settled
            if question is None:
                try:
                    chosen = self._review(interview, f"see {self.subject.result}")
                except InputEnded:
                    chosen = None  # a pipe may well end with the last answer: everything was said
                if chosen is None:
                    return interview
                interview = chosen
                continue
            self._show(question, interview)
            before = interview
            interview = self._step(question, interview)
            if (interview.answers, interview.notes) != (before.answers, before.notes):
                self.save(interview)

    def _goes_on(self, interview: Interview, settled: str) -> bool:
        """Offer to stop, now that no answer that is missing can change what is settled; whether the reader goes on."""
        left = len(state.waiting(self.catalog, self.questionnaire, interview))
        if not left:
            return False
        done = state.progress(self.catalog, self.questionnaire, interview)
        click.echo()
        say(f"Settled after {done.done} of {done.total}: {settled}.", bold=True)
        offer = "No answer that is still open can change that; the rest only refine the matrix. Go on?"
        try:
            return self.desk.goes_on(offer)
        except InputEnded:
            return False

    def _step(self, question: Question, interview: Interview) -> Interview:
        """Take replies until one of them moves the interview on."""
        name = question.id
        table = OnTheTable(
            question,
            interview.answers.get(name),
            name in interview.skipped,
            interview.notes.get(name, ""),
            self.questionnaire.unanswered,
        )
        again = False
        while True:
            reply = self.desk.choose(table, again)
            again = True
            match reply:
                case Chosen(option):
                    return state.answer(self.catalog, self.questionnaire, interview, option)
                case Empty():
                    return state.keep(self.catalog, self.questionnaire, interview)
                case Noted(text):
                    return state.note(interview, text)
                case Command.NOTE:
                    say("What shall be noted? A dash removes the note; Enter leaves it as it is.")
                    typed = self.desk.text()
                    match replies.read_note(typed):
                        case Unclear(message):
                            say(message)
                        case Noted(text) if typed:
                            return state.note(interview, text)
                case Command.QUIT:
                    raise Stopped
                case Command.HELP:
                    say(question.help)
                    click.echo()
                    self.desk.explain(table)
                case Command.WHY:
                    self._why(question, interview)
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

    def _show(self, question: Question, interview: Interview) -> None:
        click.echo()
        progress = click.style(f"[{self._progress(interview)}]", dim=True)
        click.echo(f"{click.style(question.section, fg='cyan')}  {progress}")
        if interview.answers:
            for line in wrapped(self.subject.leaning(interview.answers)):
                click.secho(line, dim=True)
        say(question.text, bold=True)

    def _why(self, question: Question, interview: Interview) -> None:
        say(question.why)
        for claim_id in question.cites:
            claim = self.catalog.claims[claim_id]
            say(f"{claim.id} ({claim.section}): {claim.text}", indent="  ")
        if question.practice:
            say(f"From practice: {ended(question.practice)}", indent="  ")
        click.echo()
        self.subject.say_what_it_changes(question, interview.answers)

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
        title = f"Your answers ({self._progress(interview)})"
        chosen = self.desk.pick(
            Review(title, shown, aside, interview.notes, enter_means, self.questionnaire.unanswered)
        )
        return None if chosen is None else state.go_to(self.catalog, interview, chosen.question.id)

"""The interview on a terminal or in a pipe: one question at a time, its help, its reasons, and the review."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import click

from advisor.advise import conclude
from advisor.advise.session import session_for
from advisor.cli.desk import Desk, InputEnded, OnTheTable, Review, Stopped
from advisor.cli.screen import say, wrapped
from advisor.documents.words import ended, listed
from advisor.errors import BrokenInvariant
from advisor.interview import replies, state
from advisor.interview.adaptive import settled_model
from advisor.interview.replies import Chosen, Command, Empty, Noted, Unclear
from advisor.interview.state import Interview
from advisor.model.rulebook import Catalog, Question, Questionnaire

FEW = 3  # models that are named one by one; of more, the likeliest


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is asked, at which desk, and `save`, which is called with the interview after every change of an answer."""

    catalog: Catalog
    questionnaire: Questionnaire
    save: Callable[[Interview], None]
    desk: Desk

    def hold(self, interview: Interview) -> Interview:
        """Ask until nothing is open and the review is accepted; Stopped or InputEnded when it ends before that."""
        offered: str | None = None
        while True:
            question = state.question_of(self.catalog, interview)
            if question is None and interview.adaptive:
                model = settled_model(self.catalog, interview.answers)
                if model is not None and model != offered and self._goes_on(interview, model):
                    interview = state.in_order(self.catalog, self.questionnaire, interview)
                    continue
                offered = model
            if question is None:
                try:
                    chosen = self._review(interview, "see the advice")
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

    def _goes_on(self, interview: Interview, model: str) -> bool:
        """Offer to stop, now that no answer that is missing can change the model; whether the reader goes on."""
        left = len(state.waiting(self.catalog, self.questionnaire, interview))
        if not left:
            return False
        done = state.progress(self.catalog, self.questionnaire, interview)
        click.echo()
        say(f"Settled after {done.done} of {done.total}: {self._named([model])}.", bold=True)
        offer = "No answer that is still open can change that; the rest only refine the matrix. Go on?"
        try:
            return self.desk.goes_on(offer)
        except InputEnded:
            return False

    def _step(self, question: Question, interview: Interview) -> Interview:
        """Take replies until one of them moves the interview on."""
        name = question.id
        table = OnTheTable(
            question, interview.answers.get(name), name in interview.skipped, interview.notes.get(name, "")
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
            for line in wrapped(self._leaning(interview)):
                click.secho(line, dim=True)
        say(question.text, bold=True)

    def _why(self, question: Question, interview: Interview) -> None:
        say(question.why)
        for claim_id in question.cites:
            claim = self.catalog.claims[claim_id]
            say(f"{claim.id} ({claim.section}): {claim.text}", indent="  ")
        if question.practice:
            say(f"From practice: {ended(question.practice)}", indent="  ")
        self._what_it_changes(question, interview)

    def _what_it_changes(self, question: Question, interview: Interview) -> None:
        """The models that remain possible after each answer, one line each."""
        session = session_for(self.catalog)
        left = {
            option.label: conclude(self.catalog, {**interview.answers, question.id: option.id}, session).verdict.weights
            for option in question.options
        }
        click.echo()
        if len({tuple(round(one, 9) for one in weights.values()) for weights in left.values()}) == 1:
            say("Whatever you answer here, the recommended model does not depend on it; the rest of the advice may.")
            return
        say("What the answer leaves possible:")
        for number, (label, weights) in enumerate(left.items(), start=1):
            ranked = _likeliest_first(weights)
            likeliest = f"likeliest {self._named(ranked[:1])} ({_percent(weights)} %)"
            told = self._named(ranked) if len(ranked) <= FEW else f"{len(ranked)} models, {likeliest}"
            say(f"{label}: {told}", indent=f"  {number}  ")
        if any(sum(weight > 0 for weight in weights.values()) > FEW for weights in left.values()):
            say("The percentages take every answer that is open to be as likely as any other.")

    def _leaning(self, interview: Interview) -> str:
        """What the advice leans to, in a few words."""
        model = settled_model(self.catalog, interview.answers)
        if model is not None:
            return f"Settled: {self._named([model])}"
        verdict = conclude(self.catalog, interview.answers, session_for(self.catalog)).verdict
        first, *others = _likeliest_first(verdict.weights)
        also = self._named(others) if len(others) < FEW else f"{self._named(others[:1])} or {len(others) - 1} more"
        leaning = f"Leaning to {self._named([first])} ({_percent(verdict.weights)} %)"
        return f"{leaning}; also possible: {also}" if also else leaning

    def _named(self, models: Sequence[str]) -> str:
        """The models' names marked off, since they hold commas."""
        return listed([f"“{self.catalog.models[one].name}”" for one in models], "or")

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
        chosen = self.desk.pick(Review(title, shown, aside, interview.notes, enter_means))
        return None if chosen is None else state.go_to(self.catalog, interview, chosen.question.id)


def _likeliest_first(weights: Mapping[str, float]) -> list[str]:
    """The models that are possible; of equals, the one that the rulebook names first."""
    return sorted((model for model, weight in weights.items() if weight), key=lambda one: -weights[one])


def _percent(weights: Mapping[str, float]) -> int:
    """How likely the likeliest model is, never quite certain."""
    return min(99, max(1, round(100 * max(weights.values()) / sum(weights.values()))))

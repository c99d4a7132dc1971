"""The interview on a terminal or in a pipe: one question at a time, its help, its reasons, and the review."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import click

from advisor.advise import conclude
from advisor.advise.session import session_for
from advisor.cli import shared
from advisor.cli.paging import page_height, pages
from advisor.documents.words import ended
from advisor.documents.words import listed as sentence_list
from advisor.errors import BrokenInvariant
from advisor.interview import replies, state
from advisor.interview.adaptive import settled_model
from advisor.interview.replies import Chosen, Command, Empty, Noted, Unclear
from advisor.interview.state import Interview, ReviewLine
from advisor.model.rulebook import Catalog, Question, Questionnaire


class InputEnded(Exception):
    """Nothing more can be typed: the pipe is empty, or Ctrl-D was pressed."""


class Stopped(Exception):
    """The reader wants to stop here."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is asked, and `save`, which is called with the interview after every change of an answer."""

    catalog: Catalog
    questionnaire: Questionnaire
    save: Callable[[Interview], None]

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
        say(f"Settled after {done.done} of {done.total}: {self.catalog.models[model].name}.", bold=True)
        say("No answer that is still open can change that; the rest only refine the matrix. Go on? [y/N]")
        while True:
            try:
                typed = read_line("> ").lower()
            except InputEnded:
                return False
            if typed in ("y", "yes"):
                return True
            if typed in ("", "n", "no", "done", "d"):
                return False
            if typed in ("q", "quit"):
                raise Stopped
            say("Type y for the other questions, or press Enter to see your answers and the advice.")

    def _step(self, question: Question, interview: Interview) -> Interview:
        """Read lines until one of them moves the interview on."""
        while True:
            reply = replies.read_reply(question, read_line("> "))
            match reply:
                case Chosen(option):
                    return state.answer(self.catalog, self.questionnaire, interview, option)
                case Empty() if question.id in interview.skipped.union(interview.answers):
                    return state.keep(self.catalog, self.questionnaire, interview)
                case Empty():
                    say(f"Type 1 to {len(question.options)}, skip if you don't know, or ? for help.")
                case Unclear(message):
                    say(message)
                case Noted(text):
                    return state.note(interview, text)
                case Command.NOTE:
                    say("What shall be noted? A dash removes the note; Enter leaves it as it is.")
                    typed = read_line("> ")
                    match replies.read_note(typed):
                        case Unclear(message):
                            say(message)
                        case Noted(text) if typed:
                            return state.note(interview, text)
                case Command.QUIT:
                    raise Stopped
                case Command.HELP:
                    self._help(question, interview)
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
        _options(question, interview.answers.get(question.id), with_ids=False)
        if question.id in interview.answers:
            say("Press Enter to keep your answer.")
        elif question.id in interview.skipped:
            say("Skipped so far; press Enter to leave it open.")
        if question.id in interview.notes:
            say(f"Your note: {interview.notes[question.id]}")

    def _help(self, question: Question, interview: Interview) -> None:
        say(question.help)
        click.echo()
        _options(question, interview.answers.get(question.id), with_ids=True)
        click.echo()
        for typed, meaning in replies.commands_in_words(question.id in interview.skipped.union(interview.answers)):
            click.echo(f"  {click.style(f'{typed:<9}', fg='cyan')} {meaning}")

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
            likeliest = f"likeliest {_short(ranked[0][0])} ({_percent(weights)} %)"
            few = " or ".join(_short(model) for model, _ in ranked)
            told = few if len(ranked) <= 3 else f"{len(ranked)} models, {likeliest}"
            say(f"{label}: {told}", indent=f"  {number}  ")

    def _leaning(self, interview: Interview) -> str:
        """What the advice leans to, in a few words."""
        names = {model.id: model.name for model in self.catalog.models.values()}
        model = settled_model(self.catalog, interview.answers)
        if model is not None:
            return f"Settled: {names[model]}"
        verdict = conclude(self.catalog, interview.answers, session_for(self.catalog)).verdict
        first, *others = [model for model, _ in _likeliest_first(verdict.weights)]
        named = ", ".join(_short(one) for one in others[:2]) + (f", {len(others) - 2} more" if len(others) > 2 else "")
        return f"Leaning to: {names[first]} ({_percent(verdict.weights)} %){f'; or {named}' if named else ''}"

    def _progress(self, interview: Interview) -> str:
        done = state.progress(self.catalog, self.questionnaire, interview)
        return f"{done.done} of {'up to ' if done.up_to else ''}{done.total} done"

    def _review(self, interview: Interview, enter_means: str) -> Interview | None:
        """Show what was said so far; the interview at the chosen question, or None when the reader has seen enough."""
        lines = state.review(self.catalog, self.questionnaire, interview)
        listed = [line for line in lines if line.skipped or (line.answer is not None and not line.set_aside)]
        if not listed:
            say("Nothing is answered yet.")
            return None
        shown = [*listed, *(line for line in lines if line.set_aside)]
        opening = [click.style(f"Your answers ({self._progress(interview)})", bold=True)]
        skipped = [str(number) for number, line in enumerate(listed, start=1) if line.skipped]
        opening += wrapped(f"Skipped, so still open: {sentence_list(skipped)}.") if skipped else []
        leaves = pages([opening, *_review_blocks(shown, interview.notes)], page_height(), apart=0)
        click.echo()
        for at, leaf in enumerate(leaves, start=1):
            click.echo("\n".join(leaf))
            click.echo()
            more = at < len(leaves)
            say(
                f"Enter for more, a number to change that answer, or done to {enter_means}."
                if more
                else f"Type a number to change that answer, or press Enter to {enter_means}."
            )
            reply = self._review_reply(len(listed))
            if isinstance(reply, int):
                return state.go_to(self.catalog, interview, listed[reply - 1].question.id)
            if reply is Command.QUIT:
                raise Stopped
            if reply is Command.DONE:
                break
        return None

    def _review_reply(self, numbers: int) -> int | Command | Empty:
        while True:
            reply = replies.read_review_reply(read_line("> "), numbers)
            if not isinstance(reply, Unclear):
                return reply
            say(reply.message)


def read_line(prompt: str) -> str:
    """One line from standard input; raises InputEnded when there is none, KeyboardInterrupt on Ctrl-C.

    click.prompt does not tell the end of the input from Ctrl-C, and loses every line in the buffer when one of them
    is not text; so bytes are read here, and decoded line by line.
    """
    click.echo(prompt, nl=False)
    line = sys.stdin.buffer.readline().decode(sys.stdin.encoding or "utf-8", "replace")
    if not line:
        click.echo()
        raise InputEnded
    if not sys.stdin.isatty():
        # nobody typed this, so nobody saw it: show it, and the transcript reads like a session
        click.echo(line.rstrip("\r\n"))
    return line.strip()


def say(text: str, indent: str = "", bold: bool = False) -> None:
    """Print a paragraph, wrapped to the width of the terminal; `indent` opens it, later lines stand under the text."""
    for line in wrapped(text, indent):
        click.secho(line, bold=bold or None)


def wrapped(text: str, indent: str = "") -> list[str]:
    """The lines of a paragraph, as `say` prints them."""
    later = " " * len(indent)
    return textwrap.wrap(text, shared.screen_width(), initial_indent=indent, subsequent_indent=later)


def _likeliest_first(weights: Mapping[str, float]) -> list[tuple[str, float]]:
    """The models that are possible; of equals, the one that the rulebook names first."""
    return sorted(((model, weight) for model, weight in weights.items() if weight), key=lambda one: -one[1])


def _short(model: str) -> str:
    return model.replace("_", " ")


def _percent(weights: Mapping[str, float]) -> int:
    """How likely the likeliest model is, never quite certain."""
    return min(99, max(1, round(100 * max(weights.values()) / sum(weights.values()))))


def _options(question: Question, current: str | None, with_ids: bool) -> None:
    for number, option in enumerate(question.options, start=1):
        named = f"  [{option.id}]" if with_ids else ""
        chosen = option.id == current
        mark = click.style("  (your answer)", fg="green") if chosen else ""
        click.echo(f"  {click.style(str(number), fg='cyan')}  {option.label}{named}{mark}")


def _review_blocks(lines: Sequence[ReviewLine], notes: Mapping[str, str]) -> Iterator[list[str]]:
    """Each question with its answer, the first of a section under the section's name."""
    heading = ""
    for number, line in enumerate(lines, start=1):
        section = "Set aside: kept in the file, but of no effect now" if line.set_aside else line.question.section
        block = [] if section == heading else ["", click.style(section, bold=True)]
        heading = section
        block += wrapped(line.question.text, indent=f"{'' if line.set_aside else number:>4}  ")
        answered = line.answer is not None
        said = line.question.label(line.answer) if line.answer is not None else "skipped"
        block.append(click.style(f"      {said}", fg="green" if answered else "yellow"))
        if line.question.id in notes:
            block += wrapped(f"Note: {notes[line.question.id]}", indent="      ")
        yield block

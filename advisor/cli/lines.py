"""Plain numbered prompts: lines are read and printed, nothing is ever drawn twice."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator, Mapping, Sequence

import click

from advisor.cli import interrupts
from advisor.cli.desk import InputEnded, OnTheTable, Review, Stopped
from advisor.cli.paging import page_height, pages
from advisor.cli.screen import say, say_behind, show_commands, wrapped
from advisor.documents.shared.words import capital
from advisor.documents.shared.words import listed as sentence_list
from advisor.errors import InputError, Problem
from advisor.interview import replies
from advisor.interview.replies import Chosen, Command, Empty, Noted, Unclear
from advisor.interview.state import ReviewLine

MOST_LINES = 1_000  # an interview with notes to every answer takes a hundred
LONGEST_LINE = 100_000
_told: tuple[object, int] = (None, 0)  # what is read that is no terminal, and how many lines of it
ASIDE = "Set aside: kept in the file, but of no effect now"


class Lines:
    """The desk of pipes, of screen readers, and of terminals that cannot redraw."""

    def greeting(self, unanswered: str) -> str:
        return f"Type the number of an option, skip {replies.when_to_skip(unanswered)}, or ? for help."

    def how_to_tick(self) -> str:
        return "Several may be right: type their numbers with commas between them, or none."

    def choose(self, table: OnTheTable, again: bool) -> Chosen | Noted | Command | Empty:
        if not again:
            _show_options(table, with_ids=False)
            if not table.open:
                say("Press Enter to keep your answer.")
            elif table.skipped:
                say(f"{replies.skipped_so_far(table.unanswered)}; press Enter to leave it open.")
            if table.note:
                say(f"Your note: {table.note}")
        while True:
            match replies.read_reply(table.step, read_line("> "), table.unanswered):
                case Unclear(message):
                    say(message)
                case Empty() if not table.asked_before:
                    when = replies.when_to_skip(table.unanswered)
                    what = (
                        f"numbers from 1 to {len(table.choices)}, none,"
                        if table.step.several
                        else f"1 to {len(table.choices)},"
                    )
                    say(f"Type {what} skip {when}, or ? for help.")
                case reply:
                    return reply

    def explain(self, table: OnTheTable) -> None:
        _show_options(table, with_ids=True)
        click.echo()
        show_commands(replies.commands_in_words(table.asked_before, table.unanswered, table.step.several))

    def text(self) -> str:
        return read_line("> ")

    def pick(self, review: Review) -> ReviewLine | None:
        opening = [click.style(review.title, bold=True)]
        skipped = [str(number) for number, line in enumerate(review.lines, start=1) if line.skipped]
        opening += wrapped(f"{capital(review.skipped)}, so still open: {sentence_list(skipped)}.") if skipped else []
        blocks = _review_blocks([*review.lines, *review.aside], review.notes, review.skipped)
        leaves = pages([opening, *blocks], page_height(), apart=0)
        click.echo()
        for at, leaf in enumerate(leaves, start=1):
            click.echo("\n".join(leaf))
            click.echo()
            say(
                f"Enter for more, a number to change that answer, or done to {review.leads_to}."
                if at < len(leaves)
                else f"Type a number to change that answer, or press Enter to {review.leads_to}."
            )
            reply = _review_reply(len(review.lines))
            if isinstance(reply, int):
                return review.lines[reply - 1]
            if reply is Command.QUIT:
                raise Stopped
            if reply is Command.DONE:
                break
        return None

    def goes_on(self, offer: str) -> bool:
        say(f"{offer} [Y/n]")
        while True:
            match replies.read_offer_reply(read_line("> ")):
                case Unclear(message):
                    say(message)
                case bool(reply):
                    return reply
                case _:
                    raise Stopped


def read_line(prompt: str) -> str:
    """One line from standard input; raises InputEnded when there is none, KeyboardInterrupt on Ctrl-C.

    click.prompt does not tell the end of the input from Ctrl-C, and loses every line in the buffer when one of them
    is not text; so bytes are read here, and decoded line by line. Nobody answers for ever: input that no terminal sends
    (`yes | advisor ask`) raises InputError after MOST_LINES lines, and so does a line of more than LONGEST_LINE bytes.
    """
    global _told
    if interrupts.came():
        raise KeyboardInterrupt
    click.echo(prompt, nl=False)
    data = sys.stdin.buffer.readline(LONGEST_LINE) if sys.stdin is not None else b""
    if not data:
        click.echo()
        raise InputEnded
    if len(data) >= LONGEST_LINE:
        click.echo()
        raise InputError([Problem("standard input", 0, "", f"holds a line of more than {LONGEST_LINE:,} bytes")])
    line = data.decode(_encoding(), "replace")
    if not sys.stdin.isatty():
        # nobody typed this, so nobody saw it: show it, and the transcript reads like a session
        click.echo(line.rstrip("\r\n"))
        _told = (sys.stdin, _told[1] + 1 if _told[0] is sys.stdin else 1)
        if _told[1] > MOST_LINES:
            raise InputError([Problem("standard input", _told[1], "", "more lines than any interview takes; stopped")])
    return line.strip()


def _encoding() -> str:
    """How lines are written: as the locale says; where it knows ASCII alone it says nothing, as with what we print."""
    known = sys.stdin.encoding or "utf-8"
    return "utf-8" if codecs.lookup(known).name == "ascii" else known


def _show_options(table: OnTheTable, with_ids: bool) -> None:
    for number, option in enumerate(table.step.question.options, start=1):
        named = f"  [{option.id}]" if with_ids else ""
        chosen = option.id in table.chosen
        text = f"{option.label}{named}{'  (your answer)' if chosen else ''}"
        say_behind(f"  {number}  ", text, "green" if chosen else None)
    if table.unanswered:
        say_behind(f"  {len(table.choices)}  ", table.choices[-1])


def _review_reply(numbers: int) -> int | Command | Empty:
    while True:
        reply = replies.read_review_reply(read_line("> "), numbers)
        if not isinstance(reply, Unclear):
            return reply
        say(reply.message)


def _review_blocks(lines: Sequence[ReviewLine], notes: Mapping[str, str], skipped: str) -> Iterator[list[str]]:
    """Each question with its answer, the first of a section under the section's name."""
    heading = ""
    for number, line in enumerate(lines, start=1):
        question = line.step.question
        section = ASIDE if line.set_aside else question.section
        block = [] if section == heading else ["", click.style(section, bold=True)]
        heading = section
        block += wrapped(question.text, indent=f"{'' if line.set_aside else number:>4}  ")
        colour = "yellow" if line.answer is None else "green"
        block += [click.style(one, fg=colour) for one in wrapped(line.answer or skipped, indent="      ")]
        if question.id in notes:
            block += wrapped(f"Note: {notes[question.id]}", indent="      ")
        yield block

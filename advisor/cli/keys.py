"""Answers by arrow keys: what is chosen stays on the screen as a line, so that it reads as a record afterwards."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import click

from advisor.cli import menu, shared
from advisor.cli.desk import InputEnded, OnTheTable, Review, Stopped
from advisor.cli.lines import ASIDE, read_line
from advisor.cli.menu import Entry, Menu, Pointer
from advisor.cli.screen import say, say_behind, show_commands
from advisor.documents.shared.words import capital
from advisor.documents.shared.words import listed as sentence_list
from advisor.interview import replies
from advisor.interview.replies import Chosen, Command, Empty, Noted
from advisor.interview.state import ReviewLine

LOCAL = 3  # where termios keeps the modes of reading


@dataclass(slots=True)
class Keys:
    """The desk of terminals with arrow keys."""

    pointed: int | None = None
    ticked: frozenset[int] = frozenset()

    def greeting(self, unanswered: str) -> str:
        when = replies.when_to_skip(unanswered)
        return f"Point with Up and Down or a number, then press Enter. Press s {when}, or ? for help."

    def how_to_tick(self) -> str:
        return "Several may be right: tick them with the space bar, then press Enter."

    def choose(self, table: OnTheTable, again: bool) -> Chosen | Noted | Command | Empty:
        options = table.step.question.option_ids
        several = table.step.several
        mine = {options.index(option) for option in table.chosen}
        if again:
            click.echo()
            say(table.step.question.text, bold=True)
        else:
            if table.note:
                say(f"Your note: {table.note}")
            self.pointed, self.ticked = min(mine, default=None), frozenset(mine)
        entries = [Entry(f"{label}{'  (your answer)' if at in mine else ''}") for at, label in enumerate(table.choices)]

        def notice(pointer: Pointer) -> str:
            if table.skipped and pointer.at is None:
                return f"{replies.skipped_so_far(table.unanswered)}; Enter leaves it open."
            if several:
                return _ticks(len(pointer.ticked), pointer.ticked == mine and not table.open)
            return "Enter keeps your answer." if pointer.at in mine else ""

        skip = f"or press s {replies.when_to_skip(table.unanswered)}."
        key, pointer = _run(
            Menu(
                entries,
                self.pointed,
                replies.KEYS,
                [f"Up/Down or 1-{len(entries)}, {'Space, ' if several else ''}Enter", *replies.keys_in_brief()],
                notice,
                free_enter=table.skipped or (several and not table.open),
                urge=f"Nothing is ticked: Enter again for none of them; tick with the space bar, {skip}"
                if several
                else f"Nothing is chosen yet: point with Up and Down or a number, {skip}",
                ticked=self.ticked if several else None,
            )
        )
        at = self.pointed = pointer.at
        self.ticked = frozenset(pointer.ticked)
        if key != menu.ENTER:
            command = replies.KEYS[key]
            _record(command.value)
            return command
        if several and (at is not None or pointer.ticked or not table.skipped):
            chosen = tuple(option for at, option in enumerate(options) if at in pointer.ticked)
            labels = [table.choices[at] for at in sorted(pointer.ticked)]
            _record("; ".join(labels) or "None of these")
            return Chosen(chosen)
        if at is None:
            _record("left open")
            return Empty()
        _record(table.choices[at], at)
        return Chosen((options[at],)) if at < len(options) else Command.SKIP

    def explain(self, table: OnTheTable) -> None:
        show_commands(replies.commands_in_keys(table.unanswered, table.step.several))

    def text(self) -> str:
        with _echo(True):
            return read_line("> ")

    def pick(self, review: Review) -> ReviewLine | None:
        click.echo()
        say(review.title, bold=True)
        skipped = [str(number) for number, line in enumerate(review.lines, start=1) if line.skipped]
        if skipped:
            say(f"{capital(review.skipped)}, so still open: {sentence_list(skipped)}.")
        if review.aside:
            say(f"{ASIDE}:")
            for line in review.aside:
                say(f"{line.step.question.text} {line.answer or review.skipped}", indent="  ")
        key, pointer = _run(
            Menu(
                list(_entries(review)),
                None,
                replies.REVIEW_KEYS,
                ["Up/Down or a number, Enter: change an answer", f"d {review.leads_to}", "q quit"],
                lambda pointer: f"Enter: {review.leads_to}." if pointer.at is None else "Enter: change this answer.",
                free_enter=True,
            )
        )
        if key == menu.ENTER and pointer.at is not None:
            _record(review.lines[pointer.at].step.question.text, pointer.at)
            return review.lines[pointer.at]
        _record(review.leads_to if key == menu.ENTER else replies.REVIEW_KEYS[key].value)
        if key != menu.ENTER and replies.REVIEW_KEYS[key] is Command.QUIT:
            raise Stopped
        return None

    def goes_on(self, offer: str) -> bool:
        say(offer)
        entries = ["Yes, on to the other questions", "No, to your answers and the advice"]
        key, pointer = _run(
            Menu(
                [Entry(one) for one in entries],
                0,
                replies.OFFER_KEYS,
                ["Up/Down, Enter", "y yes", "n no", "q quit"],
            )
        )
        reply = pointer.at == 0 if key == menu.ENTER else replies.OFFER_KEYS[key]
        if isinstance(reply, Command):
            _record(reply.value)
            raise Stopped
        _record(entries[0 if reply else 1], 0 if reply else 1)
        return reply


@contextmanager
def quiet() -> Iterator[None]:
    """Keys that are pressed while nothing waits for them are kept for the next menu, but not written on the screen."""
    with _echo(False):
        yield


@contextmanager
def _echo(on: bool) -> Iterator[None]:
    """Let the terminal show what is typed, or not; as it was before, afterwards. Windows shows it only when asked."""
    if sys.platform == "win32":
        yield
        return
    import termios

    def shown(on: bool) -> bool:
        modes = termios.tcgetattr(sys.stdin)
        before = bool(modes[LOCAL] & termios.ECHO)
        modes[LOCAL] = modes[LOCAL] | termios.ECHO if on else modes[LOCAL] & ~termios.ECHO
        termios.tcsetattr(sys.stdin, termios.TCSANOW, modes)
        return before

    before = shown(on)
    try:
        yield
    finally:
        # a terminal that is gone cannot be set, and needs no setting
        with suppress(termios.error):
            shown(before)


def _run(wanted: Menu) -> tuple[str, Pointer]:
    try:
        return menu.run(wanted, shared.coloured())
    except EOFError:
        raise InputEnded from None


def _record(said: str, at: int | None = None) -> None:
    """Leave on the screen what was chosen, or asked for."""
    say_behind("> " if at is None else f"> {at + 1}  ", said, "green")


def _ticks(count: int, kept: bool) -> str:
    """What Enter does where options are ticked."""
    if kept:
        return "Enter keeps your answer."
    return f"{count} ticked; Enter when that is all." if count else "Space ticks; Enter when that is all."


def _entries(review: Review) -> Iterator[Entry]:
    """Each question that can be changed with its answer, the first of a section under the section's name."""
    section = ""
    for line in review.lines:
        question = line.step.question
        heading = "" if question.section == section else question.section
        section = question.section
        below = [("class:open" if line.answer is None else "class:said", line.answer or review.skipped)]
        if question.id in review.notes:
            below.append(("", f"Note: {review.notes[question.id]}"))
        yield Entry(question.text, heading, below)

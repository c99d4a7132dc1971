"""Where the reader answers: by typing lines, or by pressing keys on a terminal that has them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from advisor.cli import interrupts, shared
from advisor.interview.replies import Chosen, Command, Empty, Noted
from advisor.interview.state import ReviewLine
from advisor.interview.steps import Step


class InputEnded(Exception):
    """Nothing more can be typed: the pipe is empty, or Ctrl-D was pressed."""


class Stopped(Exception):
    """The reader wants to stop here."""


@dataclass(frozen=True, slots=True)
class OnTheTable:
    """A step and what was said to it so far: options `chosen`, and whether that is an answer or some of it is `open`.

    `unanswered` is what no answer is called, where that has a name.
    """

    step: Step
    chosen: tuple[str, ...]
    open: bool
    skipped: bool
    note: str
    unanswered: str = ""

    @property
    def asked_before(self) -> bool:
        return self.skipped or not self.open

    @property
    def choices(self) -> tuple[str, ...]:
        """The words of the options, and last what no answer is called, where that has a name."""
        named = (f"{self.unanswered[:1].upper()}{self.unanswered[1:]}",) if self.unanswered else ()
        return (*(option.label for option in self.step.question.options), *named)


@dataclass(frozen=True, slots=True)
class Review:
    """All that was said: `lines` can be changed, those `aside` are kept without effect."""

    title: str
    lines: Sequence[ReviewLine]
    aside: Sequence[ReviewLine]
    notes: Mapping[str, str]
    leads_to: str
    unanswered: str = ""

    @property
    def skipped(self) -> str:
        """What stands where a question was skipped."""
        return self.unanswered or "skipped"


class Desk(Protocol):
    """One way to answer. Every method may raise InputEnded, and `pick` and `goes_on` Stopped."""

    def greeting(self, unanswered: str) -> str:
        """How to answer, in one sentence; `unanswered` is what no answer is called, empty for don't know."""

    def how_to_tick(self) -> str:
        """How to answer where several options may be chosen."""

    def choose(self, table: OnTheTable, again: bool) -> Chosen | Noted | Command | Empty:
        """Show the options and take a reply; `again` when the reader has seen them and asked for something else."""

    def explain(self, table: OnTheTable) -> None:
        """Show how the question can be answered, and what can be asked for instead."""

    def text(self) -> str:
        """A line of text."""

    def pick(self, review: Review) -> ReviewLine | None:
        """Show the review; the line to change, or None when the reader has seen enough."""

    def goes_on(self, offer: str) -> bool:
        """Offer to go on, with yes as default; whether the reader does."""


@contextmanager
def desk_for(plain: bool) -> Iterator[Desk]:
    """Keys where somebody sits at a terminal that can redraw a line and did not ask for plain prompts; else lines."""
    if plain or not _has_keys():
        from advisor.cli.lines import Lines

        with interrupts.kept():
            yield Lines()
        return
    from advisor.cli.keys import Keys, quiet

    with interrupts.kept(), quiet():
        yield Keys()


def _has_keys() -> bool:
    terminal = os.environ.get("TERM", "" if os.name != "nt" else "windows").lower()
    return shared.at_a_terminal() and terminal not in ("", "dumb", "unknown")

"""What a typed line or a pressed key means: an option, a command, or nothing that we understand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from advisor.catalog.plain import is_plain, why_not
from advisor.errors import did_you_mean
from advisor.interview.steps import NONE, Step


class Command(Enum):
    """What can be typed instead of an answer, or at the review (`done`, which leaves it)."""

    HELP = "?"
    WHY = "why"
    SKIP = "skip"
    BACK = "back"
    REVIEW = "review"
    NOTE = "note"
    QUIT = "quit"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Options of the question: one, or any number where it takes several."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """A note to keep with the answer; empty to take it away."""

    text: str


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing but white space was typed."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Neither an option nor a command; `message` says what would be."""

    message: str


Reply = Chosen | Noted | Command | Empty | Unclear


@dataclass(frozen=True, slots=True)
class Way:
    """How a command is given: by typing one of `words`, or, where keys are read, by pressing one of `keys`."""

    command: Command
    words: tuple[str, ...]
    keys: tuple[str, ...]
    does: str = ""
    example: str = ""


WAYS = (
    Way(Command.HELP, ("?", "help"), ("?",)),
    Way(Command.WHY, ("why",), ("w",), "why we ask, and what the rules rest on"),
    Way(Command.SKIP, ("skip", "s"), ("s",), "don't know: stays open, and is asked again next time"),
    Way(
        Command.NOTE,
        ("note",),
        ("n",),
        "keep a note with the answer",
        ", as in: note per SOW 3.2 (note - removes it)",
    ),
    Way(Command.BACK, ("back", "b"), ("b", "left"), "return to the question before"),
    Way(Command.REVIEW, ("review",), ("r",), "see all answers and change any of them"),
    Way(Command.QUIT, ("quit", "q"), ("q",), "stop here; everything is saved"),
)
KEYS: Mapping[str, Command] = {key: way.command for way in WAYS for key in way.keys}
_COMMANDS = {word: way.command for way in WAYS for word in way.words}
_REVIEW_COMMANDS = {"quit": Command.QUIT, "q": Command.QUIT, "done": Command.DONE, "d": Command.DONE}
REVIEW_KEYS: Mapping[str, Command] = {"d": Command.DONE, "q": Command.QUIT}
OFFER_KEYS: Mapping[str, bool | Command] = {"y": True, "n": False, "d": False, "q": Command.QUIT}
_OFFER = {**OFFER_KEYS, "yes": True, "no": False, "": True, "done": False, "quit": Command.QUIT}
_SHORT = {"y": "yes", "n": "no"}


def read_reply(step: Step, line: str, unanswered: str = "") -> Reply:
    """Read a line typed at a step: the number of an option, its id, or a command; case does not matter.

    Where several options may be chosen, commas or spaces stand between them. Where no answer has a name (`unanswered`),
    that and the number after the last option mean to skip.
    """
    question = step.question
    typed = line.strip().lower()
    if not typed:
        return Empty()
    if typed.startswith("note "):
        return read_note(line.strip()[len("note ") :])
    at = read_number(typed, len(question.options) + bool(unanswered))
    if unanswered and (typed == unanswered or at == len(question.options) + 1):
        return Command.SKIP
    if typed in _COMMANDS:
        return _COMMANDS[typed]
    if step.several:
        return _read_several(step, line)
    if at is not None:
        return Chosen((question.option_ids[at - 1],))
    option = _SHORT.get(typed, typed)
    if option in question.option_ids:
        return Chosen((option,))
    hint = did_you_mean(typed, (*question.option_ids, *_COMMANDS))
    most = len(question.options) + bool(unanswered)
    return Unclear(f"{_shown(line)} is not one of the options{hint}. Type 1 to {most}, or ? for help.")


def _read_several(step: Step, line: str) -> Chosen | Unclear:
    """Read options that were typed side by side, or that there is none."""
    typed = line.lower().replace(",", " ").split()
    if typed == [NONE]:
        return Chosen(())
    options = step.question.option_ids
    chosen = set()
    for word in typed or [line]:
        at = read_number(word, len(options))
        option = options[at - 1] if at is not None else word
        if option not in options:
            hint = did_you_mean(word, (*options, *_COMMANDS))
            return Unclear(
                f"{_shown(word)} is not one of the options{hint}. "
                f"Type numbers from 1 to {len(options)} with commas between them, {NONE}, or ? for help."
            )
        chosen.add(option)
    return Chosen(tuple(option for option in options if option in chosen))


def read_note(text: str) -> Noted | Unclear:
    """Read a note; a dash alone takes away the one that there is."""
    said = " ".join(text.split())
    if not is_plain(said):
        return Unclear(f"A note {why_not(said)}.")
    return Noted("" if said == "-" else said)


def read_review_reply(line: str, numbers: int) -> int | Command | Empty | Unclear:
    """Read a line typed at a review of `numbers` lines: the number of one of them, or a command."""
    typed = line.strip().lower()
    if not typed:
        return Empty()
    if typed in _REVIEW_COMMANDS:
        return _REVIEW_COMMANDS[typed]
    at = read_number(typed, numbers)
    return (
        at if at is not None else Unclear(f"{_shown(line)} is not a number from 1 to {numbers}; done leaves this list.")
    )


def read_offer_reply(line: str) -> bool | Command | Unclear:
    """Read a line typed at the offer to stop: whether the reader goes on, or a command."""
    unclear = Unclear("Press Enter for the other questions, or type n to see your answers and the advice.")
    return _OFFER.get(line.strip().lower(), unclear)


def read_number(typed: str, most: int) -> int | None:
    """The number from 1 to `most` that was typed, or None."""
    # isdigit alone also takes superscripts and other scripts, and int() refuses thousands of digits
    if typed.isascii() and typed.isdigit() and len(typed) < 4 and 1 <= int(typed) <= most:
        return int(typed)
    return None


def when_to_skip(unanswered: str) -> str:
    """When to skip a question, inside a sentence; `unanswered` is what no answer is called, empty for don't know."""
    return f"for {unanswered}" if unanswered else "if you don't know"


def skipped_so_far(unanswered: str) -> str:
    """That a question was skipped before."""
    return f"{unanswered[:1].upper()}{unanswered[1:]} so far" if unanswered else "Skipped so far"


def commands_in_words(asked_before: bool, unanswered: str = "", several: bool = False) -> Sequence[tuple[str, str]]:
    """The commands and what each does, for the help on the screen."""
    keep = (("Enter", "leave it as it is and go on"),) if asked_before else ()
    one = (("a number", "choose that option; the word in brackets does too"),)
    any_number = (
        ("numbers", "choose those options, as in: 1, 4; the words in brackets do too"),
        (NONE, "none of them"),
    )
    return (
        *(any_number if several else one),
        *keep,
        *((", ".join(way.words), _does(way, unanswered) + way.example) for way in WAYS if way.does),
    )


def commands_in_keys(unanswered: str = "", several: bool = False) -> Sequence[tuple[str, str]]:
    """The keys and what each does, for the help on the screen."""
    ticks = (("Space", "tick the option that is pointed at, or take its tick away"), ("Enter", "choose what is ticked"))
    return (
        ("Up, Down", "point at an option; its number does too"),
        *(ticks if several else (("Enter", "choose the option that is pointed at"),)),
        *(
            (", ".join(key.capitalize() if len(key) > 1 else key for key in way.keys), _does(way, unanswered))
            for way in WAYS
            if way.does
        ),
    )


def _does(way: Way, unanswered: str) -> str:
    return way.does.replace("don't know", unanswered) if unanswered else way.does


def keys_in_brief() -> Sequence[str]:
    """The keys of the commands with a word for each, for the line below the options."""
    return [f"{way.keys[0]} {way.command.name.lower()}" for way in WAYS]


def _shown(line: str) -> str:
    text = "".join(character if character.isprintable() else "?" for character in line.strip())
    return repr(text if len(text) <= 40 else text[:37] + "...")

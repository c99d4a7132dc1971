"""The errors a user can meet, each with the exit code that belongs to it; nothing below imports anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

_LONGEST_NAME, _MOST_NAMES = 200, 2_000
MOST_TOLD = 200  # problems of one input on a screen; nobody reads on, and a file can have a hundred thousand


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with one input: where it stands, which field, and what would be right."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.field}: {self.message}" if self.field else f"{where}: {self.message}"


class AdvisorError(Exception):
    """Anything the product reports instead of a traceback."""

    exit_code = 1


class InputError(AdvisorError):
    """An input that cannot be used; carries every problem found in it, in file order, and tells the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        told = [str(problem) for problem in self.problems[:MOST_TOLD]]
        if len(self.problems) > MOST_TOLD:
            told.append(f"and {len(self.problems) - MOST_TOLD:,} more problems; mend these first")
        super().__init__("\n".join(told))


class OutputError(AdvisorError):
    """A document or file that could not be written; the old one, if any, is whole."""


class MissingEngine(AdvisorError):
    """durable-rules cannot be imported; the message says the one command that mends it."""


class EngineRefusal(AdvisorError):
    """The rules engine cannot hold the rules of one more table; the message says what it said."""


class MissingExtra(AdvisorError):
    """A format needs a package that is not installed; the message says the one command that mends it."""

    exit_code = 2

    def __init__(self, what: str, package: str, extra: str) -> None:
        super().__init__(f"{what} needs {package}, which is not installed; run: pip install 'role-advisor[{extra}]'")


class BrokenInvariant(AdvisorError):
    """The product contradicts itself: an invariant does not hold, or engine and reference disagree."""

    exit_code = 3


class Contradiction(BrokenInvariant):
    """The rules of a rulebook contradict each other. Ours is proven not to; one of somebody's own may not be."""

    exit_code = 1

    @property
    def told(self) -> str:
        """The whole sentence for whoever has the rulebook."""
        return f"the rulebook contradicts itself: {self}; 'advisor rules verify' finds all that is wrong"


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Return `` (did you mean x?)`` for the nearest known name, or nothing when none is near, or it is a long text."""
    import difflib

    if len(given) > _LONGEST_NAME:
        return ""  # the time for it grows with the square of the length
    names = [name for name in islice(known, _MOST_NAMES) if len(name) <= _LONGEST_NAME]
    near = difflib.get_close_matches(given, names, n=1, cutoff=0.6)
    return f" (did you mean {near[0]}?)" if near else ""

"""A matrix that somebody already has, as it was found in a file: roles, rows, letters, and what was taken for what."""

from __future__ import annotations

from dataclasses import dataclass

# Whatever a vocabulary calls them: does the work, answers for it, is asked before, is told after, supports who does it.
RESPONSIBLE, ACCOUNTABLE, CONSULTED, INFORMED, SUPPORTS = LETTERS = "RACIS"


@dataclass(frozen=True, slots=True)
class FoundCell:
    """What one role has in one row.

    `text` is what the file shows; `letters` are those of LETTERS that it was read as, each once, in its own order;
    `unread` is the part that no letter or word of the vocabulary explains; `lookalikes` are characters that only look
    like letters (a Cyrillic A); `place` is where it stands, as a person would look for it (`C7`, `line 12, column 3`);
    `remark` is what is said of the letters in words, such as `until go-live` in `R (until go-live)`.
    """

    text: str
    letters: tuple[str, ...]
    place: str
    unread: str = ""
    lookalikes: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class FoundRole:
    """One who has letters: the role as its heading calls it, people named with it, and the heading over both."""

    name: str
    place: str
    people: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One activity; `cells` are as many as the matrix has roles, in their order; `phase` is the heading above it."""

    activity: str
    place: str
    cells: tuple[FoundCell, ...]
    phase: str = ""


@dataclass(frozen=True, slots=True)
class FoundMatrix:
    """One matrix of a file.

    `table` names it inside the file (the sheet, or `table 2`); `vocabulary` is the id of the words its letters were
    read by; `taken` says in sentences what was taken for what, `passed_over` what was left aside, where and why.
    """

    file: str
    table: str
    vocabulary: str
    roles: tuple[FoundRole, ...]
    rows: tuple[FoundRow, ...]
    taken: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()

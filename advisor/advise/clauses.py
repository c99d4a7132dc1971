"""What was typed, up to the clause at which it can end: as a name for it, or as much as a line has room for."""

from __future__ import annotations

import re

LONGEST = 90  # characters of a text that is named in passing
FEWEST = 5  # words with which a text says what it is on
NEARLY = 1.25  # what is longer by no more than this stays whole
_ENDS = re.compile(r"[;(]|, (?:as|because|for|of|on|over|promised|so|though|until|where|which|while|who|whose|with)\b")
_CLAUSES = re.compile(
    r"(?<=[;:.]) | (?=\()"
    r"|(?<=,) (?=(?:and|as|because|but|for|of which|so|though|when|where|which|while|who|whose|with)\b)"
)


def in_short(what: str) -> str:
    """A text up to its first clause, whole where that is not long."""
    head = _ENDS.split(what, maxsplit=1)[0].strip().rstrip(".,:")
    head = what if not head or head.count('"') % 2 else head
    if len(head) <= LONGEST:
        return head
    clauses = head[:LONGEST].rpartition(", ")[0]
    return clauses if len(clauses.split()) >= FEWEST else f"{head[:LONGEST].rpartition(' ')[0]} …"


def to_the_point(what: str, most: int) -> str:
    """As many of its first clauses as make so many words, and one at least; quotes and brackets are closed."""
    if len(what.split()) <= most * NEARLY:
        return what
    first, *more = _CLAUSES.split(what)
    for clause in more:
        if len(f"{first} {clause}".split()) > most and len(first.split()) >= FEWEST and _is_closed(first):
            break
        first = f"{first} {clause}"
    return first.rstrip(" ,;:")


def _is_closed(text: str) -> bool:
    return text.count('"') % 2 == 0 and text.count("(") == text.count(")")

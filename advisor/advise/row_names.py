"""What a row is called that is made of a sentence: what is to be done, in a few words."""

from __future__ import annotations

import re

LONGEST_ROW = 60
TELLING = re.compile(r"(?:telling|informing|warning|reporting|letting)\b", re.IGNORECASE)
_JOINING = "when|where|which|that|who|whose|because|so that|for which|asked|neither"
_NOBODYS = "(?:somebody|someone|anybody|a person|one person)"
_DANGLING = re.compile(
    r"(?: (?:a|an|and|at|by|each|for|from|in|its|no|not|of|on|or|our|that|the|their|to|with|yet))+$", re.IGNORECASE
)
_RENAMED = {
    "(?:to )?whom (.+?) (?:answers|reports)(?: to)?\\b": r"line manager for \1",
    "(?:to|who (?:can|could|may|will|must)|for) ": "",
    "who (\\w+(?:ch|sh|ss|x))es\\b": r"\1",
    "who (\\w+)ies\\b": r"\1y",
    "who (?!is\\b|has\\b|was\\b|does\\b)(\\w+)s\\b": r"\1",
}  # what is missing of a person, as what has to be done


def short(what: str) -> str:
    """What fits into a cell: without its article, up to the first break, on a whole word."""
    for said, done in _RENAMED.items():
        what = re.sub(rf"^{_NOBODYS} {said}", done, what, flags=re.IGNORECASE)
    found = up_to_a_break(re.sub(r"^(?:the|a|an) ", "", what, flags=re.IGNORECASE))
    return found[:1].upper() + found[1:]


def up_to_a_break(what: str) -> str:
    """A text up to its first comma, bracket or clause, cut on a whole word where it is long."""
    head = re.split(rf"[,;:] | \(| – | - | (?:{_JOINING}) ", what, maxsplit=1)[0].strip().rstrip(".") or what
    if len(head) > LONGEST_ROW:
        head = head[:LONGEST_ROW].rpartition(" ")[0] or head[:LONGEST_ROW]
    return _DANGLING.sub("", head)

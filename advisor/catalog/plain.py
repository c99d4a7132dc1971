"""Names and notes as people write them into files: one line of plain text, not overlong."""

from __future__ import annotations

import re

from advisor.catalog.fields import Fields, is_null, scalar

LONGEST_TEXT = 300
LONGEST_CONTEXT = 1_200
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def is_plain(text: str, longest: int = LONGEST_TEXT) -> bool:
    """Whether a name may be written so: a short text without control characters."""
    return len(text) <= longest and not _CONTROL.search(text)


def line(fields: Fields, name: str, longest: int = LONGEST_TEXT) -> str:
    """The field as one line of plain text; empty where nothing is filled in."""
    node = fields.get(name)
    if node is None or (is_null(node) and node.value in ("", "null")):
        return ""
    text = " ".join(scalar(node, fields.path(name), fields.problems).split())
    if not is_plain(text, longest):
        fields.problems.add(node, fields.path(name), f"must be plain text of at most {longest} characters")
    return text

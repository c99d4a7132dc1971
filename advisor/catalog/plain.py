"""Names and notes as people write them into files: one line of plain text, not overlong."""

from __future__ import annotations

import re
from functools import cache

import yaml

from advisor.catalog.fields import Fields, Problems, is_null, scalar

LONGEST_TEXT = 300
LONGEST_CONTEXT = 1_200
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
# What nobody sees, and what turns round the text behind it: with these, one name can pass for another. Two of them join
# or part the letters of Persian and Indian scripts, and the people in an emoji; they may stand between such. What
# makes an emoji of a sign may stand behind one.
_UNSEEN = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a"
    "\ufdd0-\ufdef\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe-\U0010ffff]"  # not characters, or nobody's
    "|(?<![#*0-9\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff])\ufe0f"
    "|(?<![\u0600-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\U0010ffff])|[\u200c\u200d](?=[\u200c\u200d])"
)


@cache
def unseen() -> re.Pattern[str]:
    """The pattern for what nobody sees; made only where a text is not all ASCII, as it takes milliseconds."""
    return re.compile(_UNSEEN)


def is_plain(text: str, longest: int = LONGEST_TEXT) -> bool:
    """Whether a text may be written so: not overlong, without control characters, and without any that nobody sees."""
    if len(text) > longest:
        return False
    return (text.isascii() and text.isprintable()) or not (re.search(_CONTROL, text) or unseen().search(text))


def why_not(text: str, longest: int = LONGEST_TEXT) -> str:
    """What is wrong with a text that is not plain."""
    found = unseen().search(text)
    if found:
        return f"holds U+{ord(found.group()):04X} after {text[: found.start()][-20:]!r}, which nobody sees; take it out"
    return f"must be plain text of at most {longest} characters"


def line(fields: Fields, name: str, longest: int = LONGEST_TEXT) -> str:
    """The field as one line of plain text; empty where nothing is filled in."""
    node = fields.get(name)
    if node is None or (is_null(node) and node.value in ("", "null")):
        return ""
    return plain_line(node, fields.path(name), fields.problems, longest)


def plain_line(node: yaml.Node, where: str, problems: Problems, longest: int = LONGEST_TEXT) -> str:
    """The value as one line of plain text."""
    text = " ".join(scalar(node, where, problems).split())
    if not is_plain(text, longest):
        problems.add(node, where, why_not(text, longest))
    return text

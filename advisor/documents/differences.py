"""What differs between two pieces of advice, as lines for a terminal and as JSON in the shape `advisor/diff-1`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from advisor.documents.as_json import dumps
from advisor.documents.paint import Paper
from advisor.documents.words import clean
from advisor.explain.differing import Changes

SCHEMA = "advisor/diff-1"


def differences_as_json(found: Mapping[str, Changes]) -> str:
    """Every part, those too in which nothing differs; each change as before and after."""
    said = {part: {key: list(both) for key, both in changes.items()} for part, changes in found.items()}
    return dumps({"schema": SCHEMA, **said}, indent=2) + "\n"


def differences_as_text(found: Mapping[str, Changes], width: int = 80, colour: bool = False) -> str:
    """The parts in which something differs, then the names of the others; ANSI only with `colour`."""
    return "\n".join(_lines(found, Paper(width, colour))) + "\n"


def _lines(found: Mapping[str, Changes], paper: Paper) -> Iterator[str]:
    for part, changes in found.items():
        if not changes:
            continue
        yield paper.bold(part.capitalize())
        for key, (was, now) in changes.items():
            if part == "guardrails":
                text = f"{'-' if now is None else '+'} {key}: {was if now is None else now}"
            else:
                text = f"{key}: {'none' if was is None else was} -> {'none' if now is None else now}"
            yield from _wrapped(text, paper.width)
        yield ""
    same = [part for part, changes in found.items() if not changes]
    if len(same) == len(found):
        yield "Nothing differs."
    elif same:
        yield from _wrapped(f"The same in both: {', '.join(same)}.", paper.width, "")


def _wrapped(text: str, width: int, indent: str = "  ") -> list[str]:
    return textwrap.wrap(clean(text), width, initial_indent=indent, subsequent_indent=indent + "  ")

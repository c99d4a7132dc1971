"""Long texts a screenful at a time, cut where a reader would cut them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence

import click

from advisor.cli import shared

SHORTEST = 8
PROMPT = 3  # lines below a page: a blank one, what can be typed, and where it is typed


def page_height() -> int | None:
    """Lines that fit on the screen above a prompt; None where nobody can turn a page."""
    if not shared.at_a_terminal():
        return None
    return max(SHORTEST, shutil.get_terminal_size((80, 24)).lines - PROMPT)


def show_in_pager(text: str) -> None:
    """A text that its reader came to read: through $PAGER (or less) on a terminal, as it is in a pipe.

    As with git, less is asked to keep colours, and to stay away when all fits on the screen; PAGER=cat turns it off.
    """
    os.environ.setdefault("LESS", "-FRX")
    if (sys.stdout.encoding or "").lower() in ("utf-8", "utf8"):
        os.environ.setdefault("LESSCHARSET", "utf-8")  # what we write is that, whatever the locale says
    click.echo_via_pager(text.rstrip("\n"))


def blocks_of(text: str) -> list[list[str]]:
    """The paragraphs of a text, a heading together with what it heads."""
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        if line or _ends_in_heading(blocks[-1]):
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def pages(blocks: Iterable[Sequence[str]], height: int | None, apart: int = 1) -> list[list[str]]:
    """Put whole blocks on pages of at most `height` lines, `apart` blank lines between them; only long ones are cut."""
    found: list[list[str]] = []
    for block in blocks:
        rest = list(block)
        gap = [""] * apart
        if found and (height is None or len(found[-1]) + len(gap) + len(rest) <= height):
            found[-1] += gap + rest
            continue
        rest = rest[1:] if found and rest[:1] == [""] else rest
        while rest:
            found.append(rest[:height])
            rest = rest[height:] if height else []
    return found


def _ends_in_heading(block: Sequence[str]) -> bool:
    """Whether the block is a heading (a line, a rule, perhaps a note) with nothing below it yet."""
    rules = [at for at, line in enumerate(block) if line and not click.unstyle(line).strip("─ ")]
    return bool(rules) and rules[-1] == 1 and len(block) <= 4

"""What both interviews need around their questions: the time, names as they are typed, long texts page by page."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import click

from advisor.catalog.plain import LONGEST_TEXT, UNSEEN
from advisor.cli.desk import InputEnded
from advisor.cli.lines import read_line
from advisor.cli.paging import blocks_of, page_height, pages
from advisor.cli.screen import say
from advisor.documents.shared.words import clean
from advisor.interview.steps import steps_of
from advisor.model.questions import Asking


def now() -> str:
    """The time, as files keep it."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def leaf_through(text: str) -> None:
    """Show a long text a screenful at a time where somebody sits at a terminal, else at once."""
    height = page_height()
    if height is None:
        click.echo(text, nl=False)
        return
    leaves = pages(blocks_of(text), height)
    for at, leaf in enumerate(leaves, start=1):
        click.echo("\n".join(leaf))
        if at == len(leaves):
            return
        click.echo()
        say(f"Page {at} of {len(leaves)}. Enter for more, or q to see what to do next.")
        try:
            if read_line("> ").lower() in ("done", "d", "quit", "q"):
                return
        except InputEnded:
            return


def counted(catalog: Asking, answers: Mapping[str, str]) -> str:
    """`1 answer`, `2 answers`; a list is one."""
    count = len(steps_of(catalog, answers))
    return f"{count} answer{'' if count == 1 else 's'}"


def ask_for(what: str) -> str:
    """A line of text in reply to a question of our own."""
    click.echo(what)
    return read_line("> ")


def plain_text(typed: str, longest: int = LONGEST_TEXT) -> str:
    """What was typed, as the engagement file takes it: one line of plain text, not overlong."""
    return clean(UNSEEN.sub("", typed.translate({0xFFFE: None, 0xFFFF: None})))[:longest].strip()


def identifier(title: str, path: Path, otherwise: str = "engagement") -> str:
    """A short name, made of the letters and digits of the title or else of the file's name."""
    for text in (title, path.stem):
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
        if slug:
            return slug
    return otherwise

"""What both interviews need around their questions: a line of text, long texts page by page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from advisor.cli.desk import InputEnded
from advisor.cli.lines import read_line
from advisor.cli.paging import blocks_of, page_height, pages
from advisor.cli.screen import say
from advisor.interview.steps import steps_of
from advisor.model.questions import Asking


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


def say_overtaken(path: Path, points: tuple[str, ...]) -> None:
    """Say what others wrote meanwhile and had to go."""
    for one in points:
        click.echo(f"{path}: {one}", err=True)

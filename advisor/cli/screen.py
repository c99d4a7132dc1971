"""Paragraphs on the screen, wrapped to its width."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import click

from advisor.cli import shared

NARROWEST = 24  # columns; running text can do with less than tables


def say(text: str, indent: str = "", bold: bool = False) -> None:
    """Print a paragraph, wrapped to the width of the terminal; `indent` opens it, later lines stand under the text."""
    for line in wrapped(text, indent):
        click.secho(line, bold=bold or None)


def wrapped(text: str, indent: str = "") -> list[str]:
    """The lines of a paragraph, as `say` prints them."""
    later = " " * len(indent)
    return textwrap.wrap(text, shared.screen_width(NARROWEST), initial_indent=indent, subsequent_indent=later)


def show_commands(commands: Sequence[tuple[str, str]]) -> None:
    """Print what can be typed or pressed, and what each does."""
    for given, meaning in commands:
        say_behind(f"  {given:<9} ", meaning)


def say_behind(opening: str, text: str, colour: str | None = None) -> None:
    """Print a text behind its number or key, which is set off; later lines stand under the text."""
    first, *later = wrapped(text, indent=opening)
    click.echo(click.style(opening, fg="cyan") + click.style(first[len(opening) :], fg=colour))
    for line in later:
        click.secho(line, fg=colour)

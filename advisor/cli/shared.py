"""What several commands share: loading the catalog, advising on files, telling terminals from pipes."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from advisor.errors import AdvisorError
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog

STANDARD_INPUT = "-"


def catalog() -> Catalog:
    """The rulebook and questionnaires that ship with the product."""
    from advisor.catalog import load_catalog

    return load_catalog()


def advice_on(path: str, known: Catalog) -> Advice:
    """The advice on one engagement file, or on standard input for `-`."""
    from advisor.advise import advise
    from advisor.catalog.engagements import read_engagement, read_one
    from advisor.files import read_stream

    if path != STANDARD_INPUT:
        return advise(known, read_engagement(Path(path), known))
    name = "standard input"
    data = read_stream(sys.stdin.buffer, name) if sys.stdin is not None else b""
    return advise(known, read_one(data, name, known))


def coloured() -> bool:
    """Whether standard output is a terminal that wants colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def screen_width() -> int:
    """Columns to write for: the terminal's, within what reads well; 80 in pipes."""
    if not sys.stdout.isatty():
        return 80
    return max(60, min(shutil.get_terminal_size((80, 24)).columns, 120))


def report(error: AdvisorError) -> None:
    """Print an error where others follow; those that mean a broken product end the run instead."""
    if error.exit_code == 3:
        raise error
    click.echo(str(error), err=True)

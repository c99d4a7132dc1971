"""`--against RULEBOOK` of batch and portfolio: which engagements another rulebook changes."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import shared

if TYPE_CHECKING:
    from advisor.documents.papers.changes import Changed
    from advisor.model.rulebook import Catalog

CSV = "changes.csv"
against_option = click.option(
    "--against",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Another rulebook: say which engagements it changes, how and why.",
)


def compared(
    files: list[tuple[Path, str]], against: Path, jobs: int, kind: str = ""
) -> tuple[Catalog, list[Changed], list[str]]:
    """The other rulebook, all engagements with what it changes, and what could not be compared, which is reported."""
    from advisor.batch.against import compare_item, stopped
    from advisor.batch.inputs import items
    from advisor.batch.pool import chunks, evaluated
    from advisor.catalog.own import catalog_at
    from advisor.cli.progress import Progress

    other = catalog_at(against)  # a mistake in it is one error, not one for each file
    if shared.given_rulebook() is not None:
        shared.catalog()
    work = partial(compare_item, rulebook=shared.given_rulebook(), against=against)
    found: list[Changed] = []
    failed: list[str] = []
    with Progress([path for path, _ in files]) as progress:
        coming = items(files, shared.catalog, kind, sys.stdin.buffer if sys.stdin else None, progress.read)
        for _, results in evaluated(chunks(coming), work, stopped, jobs):
            for one in (one for each in results for one in each):
                found += one.found
                failed += [str(problem) for problem in one.failed]
                progress.done(len(one.found) + len(one.failed))
                for problem in one.failed:
                    progress.say(str(problem))
    return other, found, failed


def batch_against(files: list[tuple[Path, str]], against: Path, jobs: int, kind: str, output: Path | None) -> int:
    """Write the changes as CSV into the folder `output`, or say them on the screen, and return the exit code."""
    from advisor.documents.papers.changes import as_csv, in_a_line, in_short
    from advisor.files import write_atomically

    _, found, failed = compared(files, against, jobs, kind)
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        write_atomically(output / CSV, as_csv(found))
    for one in (one for one in found if one.changes and output is None):
        click.echo(f"{one.source}: {one.id}")
        for change in one.changes:
            click.echo(f"  {in_a_line(change)}")
    click.echo(f"{in_short(found)}{f'; see {output / CSV}' if output is not None else ''}")
    return 1 if failed or not found else 0

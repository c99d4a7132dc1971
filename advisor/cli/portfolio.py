"""`advisor portfolio`: many engagements in one document, and who is needed for them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from advisor.cli import shared
from advisor.cli.against import against_option, compared
from advisor.errors import AdvisorError, InputError


@click.command()
@shared.rulebook_option
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="FILE", required=True, help="File to write: .html, .xlsx, .json or .md.")
@click.option("--title", metavar="TEXT", default="", help="A heading of your own.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes at work.")
@click.option("--dated", metavar="DATE", default="", help="A date to print, such as 2027-01-31; none otherwise.")
@against_option
def portfolio(paths: tuple[Path, ...], output: str, title: str, jobs: int, dated: str, against: Path | None) -> int:
    """Count engagements of any source that batch reads: models, time by phase and quarter, risks, clients, people.

    Each figure comes with the engagements behind it. Files that cannot be read are reported and listed in the
    document. Time is counted by the rulebook's load policy (load.yaml), which is stated, not measured.

    \b
    Example:
      advisor portfolio examples -o portfolio.html
      advisor portfolio engagements archive/2026 -o portfolio.xlsx --title "Book of work" --dated 2027-01-31
      advisor portfolio engagements -o changes.html --against our-rules
    """
    from functools import partial

    from advisor.batch.counting import count_item, stopped
    from advisor.batch.finding import find_files
    from advisor.batch.inputs import items
    from advisor.batch.pool import chunks, evaluated
    from advisor.cli.progress import Progress
    from advisor.documents.portfolio.portfolio import suffix_of, write
    from advisor.documents.portfolio.portfolio_view import NotCounted, Report
    from advisor.documents.shared.words import numbered
    from advisor.files import write_atomically
    from advisor.portfolio import summarise
    from advisor.portfolio.values import Line

    printed = shared.date_given("--dated", dated)
    if against is not None:
        return _against(paths, output, title, jobs, printed, against)
    try:
        suffix = suffix_of(output)
    except InputError as error:
        raise click.UsageError(str(error)) from None
    if shared.given_rulebook() is not None:
        shared.catalog()  # a mistake in it is one error, not one for each file
    files = _without(find_files(paths), paths, output)
    lines: list[Line] = []
    failed: list[NotCounted] = []
    work = partial(count_item, rulebook=shared.given_rulebook())
    with Progress([path for path, _ in files]) as progress:
        found = items(files, shared.catalog, "", sys.stdin.buffer if sys.stdin else None, progress.read)
        for _, counted in evaluated(chunks(found), work, stopped, jobs):
            for one in (one for each in counted for one in each):
                lines += one.lines
                progress.done(len(one.lines) + len(one.failed))
                for problems in one.failed:
                    failed.append(NotCounted(problems[0].file, tuple(str(problem) for problem in problems)))
                    for problem in problems:
                        progress.say(str(problem))
    report = Report(summarise(lines), tuple(failed), title, printed)
    write_atomically(Path(output), write(report, suffix))
    many = f"{numbered(len(lines), 'engagement')} from {numbered(len(files), 'file')}"
    click.echo(f"{many}, {len(failed):,} not counted; wrote {output}", err=True)
    return 1 if failed or not lines else 0


def _against(paths: tuple[Path, ...], output: str, title: str, jobs: int, dated: str, against: Path) -> int:
    from advisor.batch.finding import find_files
    from advisor.documents.papers.changes import SUFFIXES, in_short, report
    from advisor.files import write_atomically

    place = Path(output)
    if place.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"{output}: with --against, the report is a {' or '.join(SUFFIXES)}; batch writes CSV")
    other, found, failed = compared(_without(find_files(paths), paths, output), against, jobs)
    write_atomically(place, report(found, failed, other, SUFFIXES[place.suffix.lower()], title, dated))
    click.echo(f"{in_short(found)}; wrote {output}", err=True)
    return 1 if failed or not found else 0


def _without(files: list[tuple[Path, str]], paths: tuple[Path, ...], output: str) -> list[tuple[Path, str]]:
    """The files but for what an earlier run left in one of the folders; AdvisorError where an input would be lost."""
    from advisor.documents.portfolio.portfolio_json import SCHEMA
    from advisor.files import LARGEST

    place = os.path.realpath(output)
    found = next((path for path, _ in files if os.path.realpath(path) == place), None)
    if found is None:
        return files
    with found.open("rb") as stream:
        ours = f'"schema": "{SCHEMA}"'.encode() in stream.read(min(LARGEST, 200))
    if not ours or found in paths:
        raise AdvisorError(f"{output}: would overwrite an engagement file; choose another name")
    return [one for one in files if one[0] is not found]

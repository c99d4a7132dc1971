"""`advisor raci`: the responsibility matrix, or the advice, as a document."""

from __future__ import annotations

import os
from pathlib import Path

import click

from advisor.cli import shared
from advisor.errors import AdvisorError, InputError

_FORMATS = {"markdown": ".md", "html": ".html", "csv": ".csv", "json": ".json"}


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="PATH", required=True, help="File to write, or a folder for several files.")
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), help="By default, from the suffix of PATH.")
@shared.rulebook_option
@click.option(
    "--document",
    type=click.Choice(["raci", "advice"]),
    default="raci",
    show_default=True,
    help="The matrix, or the whole advice.",
)
def raci(files: tuple[str, ...], output: str, form: str | None, document: str) -> int:
    """Write the responsibility matrix of engagement files as documents.

    With several files, or an existing folder, PATH is a folder and each document is named after its engagement file.

    \b
    Example:
      advisor raci examples/acme-portal.yaml -o acme.html
      advisor raci examples/*.yaml -o out --format markdown
    """
    from advisor.documents import format_of, render
    from advisor.files import is_folder, write_atomically

    target = Path(output)
    folder = len(files) > 1 or is_folder(target)
    if folder and form is None:
        raise click.UsageError("several documents go to a folder; say their format with --format")
    try:
        wanted = form or format_of(output)
    except InputError as error:
        raise click.UsageError(str(error)) from None
    sources = {os.path.realpath(path): path for path in files if path != shared.STANDARD_INPUT}
    failed = 0
    written: dict[Path, str] = {}
    for path in files:
        place = target / f"{_stem(path)}{_FORMATS[wanted]}" if folder else target
        try:
            if place in written:
                raise AdvisorError(f"{path}: would overwrite {place}, written for {written[place]}; rename one of them")
            if os.path.realpath(place) in sources:
                raise AdvisorError(f"{path}: would overwrite the engagement file {place}; choose another name")
            text = render(shared.advice_on(path), wanted, document)
            write_atomically(place, text)
        except AdvisorError as error:
            shared.report(error)
            failed += 1
            continue
        written[place] = path
        click.echo(f"wrote {place}", err=True)
    return 1 if failed else 0


def _stem(path: str) -> str:
    return "engagement" if path == shared.STANDARD_INPUT else Path(path).stem

"""`advisor fit`: which of the two roles suits a colleague, on the screen or as a sheet to hand over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import shared
from advisor.errors import AdvisorError, InputError, MissingExtra

if TYPE_CHECKING:
    from advisor.model.fit import Fit


@click.command()
@click.argument("files", metavar="PERSON...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--engagement", metavar="FILE", help="Hold the people against what this engagement looks for.")
@click.option("--format", "form", metavar="FORMAT", help="text, json, markdown, html, docx or pdf.")
@click.option("-o", "--output", metavar="PATH", help="A sheet to write, or a folder for the sheets of several people.")
@click.option("--dated", metavar="DATE", default="", help="A date to print, such as 2027-01-31; none otherwise.")
@shared.rulebook_option
def fit(files: tuple[Path, ...], engagement: str | None, form: str | None, output: str | None, dated: str) -> int:
    """Say which of the two roles suits a colleague, what carries it, and how to grow into what is missing.

    It is advice for a conversation: it rests on what was seen (`advisor ask --questionnaire person`), and what was
    not seen counts neither way. Several people are shown side by side with the reasons, in the order of their names.
    Without -o, it goes to the screen. What is written is readable by you alone; a sheet is about one person.

    \b
    Example:
      advisor fit examples/people/gareth-pugh.yaml
      advisor fit examples/people/*.yaml --engagement examples/acme-portal.yaml
      advisor fit examples/people/gareth-pugh.yaml -o sheet.docx
      advisor fit examples/people/*.yaml -o sheets --format pdf
    """
    from advisor.documents.fit.fit_sheets import ON_SCREEN, SHEETS, sheet_format
    from advisor.files import is_folder

    printed = shared.date_given("--dated", dated)
    if form is not None and form not in SHEETS:
        from advisor.errors import did_you_mean

        raise click.UsageError(f"no format {form!r}{did_you_mean(form, SHEETS)} (known: {', '.join(SHEETS)})")
    if output is None:
        if form is not None and form not in ON_SCREEN:
            raise click.UsageError(f"{form} goes to a file; say which with -o")
        fits, failed = _fits(files, engagement)
        if fits:
            _show([one for _, one in fits], form or "text", printed)
        return 1 if failed else 0
    folder = len(files) > 1 or is_folder(Path(output))
    if folder and form is None:
        raise click.UsageError("a sheet is about one person, so several go to a folder; say their format with --format")
    try:
        wanted = form if form is not None and folder else sheet_format(output, form)
    except InputError as error:
        raise click.UsageError(str(error)) from None
    fits, failed = _fits(files, engagement)
    return 1 if _write(fits, Path(output), folder, wanted, printed, engagement) + failed else 0


def _fits(files: tuple[Path, ...], engagement: str | None) -> tuple[list[tuple[Path, Fit]], int]:
    """The fit of everybody whose file can be read, in the order of names, and how many could not."""
    from advisor.catalog.people import read_person
    from advisor.catalog.person import person_rules
    from advisor.fit import fit as fit_of

    rules = person_rules(shared.given_rulebook())
    advice = shared.advice_on(engagement) if engagement is not None else None
    found: list[tuple[Path, Fit]] = []
    failed = 0
    for path in files:
        try:
            found.append((path, fit_of(rules, read_person(path, rules), advice)))
        except AdvisorError as error:
            shared.report(error)
            failed += 1
    return sorted(found, key=lambda one: (one[1].person.name.casefold(), one[1].person.id, str(one[0]))), failed


def _show(fits: list[Fit], form: str, dated: str) -> None:
    from advisor.documents.fit.fit_sheets import shown

    if form == "text":
        from advisor.documents.fit.fit_text import fits_as_text

        click.echo(fits_as_text(fits, shared.screen_width(), shared.coloured(), dated), nl=False)
    else:
        click.echo(shown(fits, form, dated), nl=False)


def _write(
    fits: list[tuple[Path, Fit]], target: Path, folder: bool, form: str, dated: str, engagement: str | None
) -> int:
    from advisor.documents.fit.fit_sheets import SHEETS, sheet
    from advisor.files import write_atomically

    sources = {os.path.realpath(path) for path, _ in fits} | ({os.path.realpath(engagement)} if engagement else set())
    written: dict[Path, Path] = {}
    failed = 0
    for path, one in fits:
        place = target / f"{path.stem}{SHEETS[form].suffix}" if folder else target
        try:
            if place in written:
                raise AdvisorError(f"{path}: would overwrite {place}, written for {written[place]}; rename one of them")
            if os.path.realpath(place) in sources:
                raise AdvisorError(f"{path}: would overwrite {place}, which was read; choose another name")
            write_atomically(place, sheet(one, form, dated), private=True)
        except MissingExtra:
            raise
        except AdvisorError as error:
            shared.report(error)
            failed += 1
            continue
        written[place] = path
        click.echo(f"wrote {place}, readable by you alone", err=True)
    return failed

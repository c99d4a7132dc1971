"""`advisor raci`: the responsibility matrix, or the advice, as a document."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import shared
from advisor.cli.printing import letters_option, rows_option
from advisor.documents import ALL_DOCUMENTS, FORMATS
from advisor.documents.shared.edition import Edition, Logo, Rows, logo_from
from advisor.errors import AdvisorError, InputError, MissingExtra

if TYPE_CHECKING:
    from advisor.model.lettering import Lettering

WHOLE = ("json",)  # holds the guardrails, whichever document is asked for


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="PATH", required=True, help="File to write, or a folder for several files.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="By default, from the suffix of PATH.")
@shared.rulebook_option
@click.option(
    "--document",
    type=click.Choice(ALL_DOCUMENTS),
    default="brief",
    show_default=True,
    help="Two pages, the whole matrix, all advice, both of these in one; or a charter, an annex to a contract, a "
    "transition plan, a posting.",
)
@rows_option
@letters_option
@click.option("--title", metavar="TEXT", default="", help="A heading in place of the engagement's name.")
@click.option("--logo", metavar="FILE", type=click.Path(path_type=Path), help="A PNG or JPEG for the head of the page.")
@click.option(
    "--client-view", is_flag=True, help="Leave out what is for your firm alone: reasons, guardrails, profiles."
)
@click.option("--dated", metavar="DATE", default="", help="A date to print, such as 2027-01-31; none otherwise.")
@click.option("--template", metavar="FILE", type=click.Path(path_type=Path), help="A template of your own.")
def raci(
    files: tuple[str, ...],
    output: str,
    form: str | None,
    document: str,
    rows: Rows,
    letters: Lettering | None,
    title: str,
    logo: Path | None,
    client_view: bool,
    dated: str,
    template: Path | None,
) -> int:
    """Write the brief, the responsibility matrix or the advice on engagement files as documents.

    With several files, or an existing folder, PATH is a folder and each document is named after its engagement file.
    A document whose guardrails say what people named there have to grow is readable by you alone.

    \b
    Example:
      advisor raci examples/acme-portal.yaml -o acme.html
      advisor raci examples/acme-portal.yaml -o acme.html --document both --title "Who does what" --client-view
      advisor raci examples/acme-portal.yaml -o acme.docx --rows 10 --letters rasci
      advisor raci examples/acme-portal.yaml -o annex.docx --document annex --client-view
      advisor raci examples/*.yaml -o out --format markdown
    """
    from advisor.documents import format_of, write
    from advisor.documents.client_copy import promised
    from advisor.files import is_folder, write_atomically

    target = Path(output)
    folder = len(files) > 1 or is_folder(target)
    if folder and form is None:
        raise click.UsageError("several documents go to a folder; say their format with --format")
    try:
        wanted = form if form is not None and folder else format_of(output, form)
    except InputError as error:
        raise click.UsageError(str(error)) from None
    edition = Edition(
        document, title, client_view, shared.date_given("--dated", dated), _logo(logo), template, rows, letters
    )
    shared.refuse_without_place(edition, wanted)
    sources = {os.path.realpath(path): path for path in files if path != shared.STANDARD_INPUT}
    failed = 0
    # What was seen of people goes only where it is printed, and never to a client.
    with_people = not client_view and (document in ("advice", "both") or wanted in WHOLE)
    written: dict[Path, str] = {}
    for path in files:
        place = target / f"{shared.stem(path)}{FORMATS[wanted].suffix}" if folder else target
        try:
            if place in written:
                raise AdvisorError(f"{path}: would overwrite {place}, written for {written[place]}; rename one of them")
            if os.path.realpath(place) in sources:
                raise AdvisorError(f"{path}: would overwrite the engagement file {place}; choose another name")
            advice, missed = shared.advice_with_people(path) if with_people else (shared.advice_on(path, document), 0)
            write_atomically(place, write(advice, wanted, edition), private=bool(advice.people_gaps))
            if client_view and (said := promised(advice)):
                click.echo(f"{path}: {said}", err=True)
            failed += missed
        except MissingExtra:
            raise
        except AdvisorError as error:
            shared.report(error)
            failed += 1
            continue
        written[place] = path
        click.echo(f"wrote {place}", err=True)
    return 1 if failed else 0


def _logo(path: Path | None) -> Logo | None:
    if path is None:
        return None
    from advisor.files import read_limited

    try:
        return logo_from(read_limited(path), str(path))
    except InputError as error:
        raise click.UsageError(str(error)) from None

"""`advisor schema` and `advisor new`: what somebody needs who writes engagement files by hand."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from advisor.cli import shared

_SCHEMAS = (
    "engagement",
    "person",
    "advice",
    "explain",
    "diff",
    "result",
    "portfolio",
    "lint",
    "compare",
    "fill",
    "fit",
    "review",
    "agree",
)


@click.command()
@shared.rulebook_option
@click.argument("name", type=click.Choice(_SCHEMAS))
def schema(name: str) -> None:
    """Print the JSON Schema of engagement or person files, or of what other commands say as JSON.

    The schema of explain holds for before and after (--set) too; result is a line of what batch writes.

    \b
    Example:
      advisor schema engagement > engagement.schema.json
    """
    if name == "engagement":
        from advisor.catalog.schema import engagement_schema

        shown = engagement_schema(shared.catalog())
    elif name == "person":
        from advisor.catalog.schema import person_schema

        shown = person_schema(shared.person_rules_given())
    else:
        from advisor.documents.advice.as_json import schema_of

        shown = schema_of(name)
    click.echo(json.dumps(shown, indent=2, ensure_ascii=False))


@click.command()
@shared.rulebook_option
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--questionnaire",
    metavar="NAME",
    help="Which questions; by default all of them. `quick` asks ten, `person` asks what a colleague was seen to do.",
)
@click.option("--name", default="", help="Name of the engagement, or of the colleague.")
@click.option("--client", default="", help="Name of the client.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "csv"]),
    default="yaml",
    show_default=True,
    help="A file on one engagement, or the head of a table of many.",
)
def new(file: Path, questionnaire: str | None, name: str, client: str, form: str) -> None:
    """Write a blank engagement file with every question as a comment, to fill in with an editor.

    With --format csv, write the head of a table with a column for each question, for `advisor batch`.

    \b
    Example:
      advisor new acme.yaml --name "Customer portal" --client Acme
      advisor new book.csv --format csv
      advisor new people/ada-okafor.yaml --questionnaire person --name "Ada Okafor"
    """
    from advisor.catalog.blank import blank_engagement
    from advisor.catalog.engagements import id_from
    from advisor.catalog.plain import is_plain, why_not
    from advisor.catalog.records import default_questionnaire
    from advisor.files import write_atomically

    about_person = questionnaire == "person"
    if about_person and (form == "csv" or client):
        raise click.UsageError("a file on a person has no client, and is no table")
    known = shared.catalog()
    questionnaire = questionnaire or default_questionnaire(known)
    if not about_person:
        shared.check_questionnaire(questionnaire, known)
    for option, text in (("--name", name), ("--client", client)):
        if not is_plain(text):
            raise click.UsageError(f"{option} {why_not(text)}")
    if os.path.lexists(file):
        raise click.UsageError(f"{file} is already there; choose another name")
    if about_person:
        from advisor.catalog.blank import blank_person

        asked_of = shared.person_rules_given().questionnaire
        write_atomically(file, blank_person(asked_of, id_from(file.name), name), private=True)
        click.echo(f"wrote {file}, readable by you alone; fill it in, then: advisor fit {file}", err=True)
        return
    if form == "csv":
        from advisor.batch.tables import columns

        head = ",".join(columns(known))
        write_atomically(file, f"\ufeff{head}\r\n")  # Excel takes it for UTF-8 by the mark
        click.echo(f"wrote {file}; fill in a row for each engagement, then: advisor batch {file} -o out", err=True)
        return
    asked, rulebook = known.questionnaires[questionnaire], shared.rulebook_seen_from(file)
    write_atomically(
        file, blank_engagement(asked, id_from(file.name), name, client, known.several, rulebook, known.matters)
    )
    click.echo(f"wrote {file}; fill it in, then: advisor advise {file}", err=True)

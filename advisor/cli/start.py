"""`advisor schema` and `advisor new`: what somebody needs who writes engagement files by hand."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from advisor.cli import shared


@click.command()
@shared.rulebook_option
@click.argument("name", type=click.Choice(["engagement", "advice", "explain", "diff"]))
def schema(name: str) -> None:
    """Print the JSON Schema of engagement files, or of what advise, explain or diff say with --format json.

    The schema of explain holds for before and after (--set) too.

    \b
    Example:
      advisor schema engagement > engagement.schema.json
    """
    if name == "engagement":
        from advisor.catalog.schema import engagement_schema

        shown = engagement_schema(shared.catalog())
    else:
        from advisor.documents.as_json import schema_of

        shown = schema_of(name)
    click.echo(json.dumps(shown, indent=2, ensure_ascii=False))


@click.command()
@shared.rulebook_option
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--questionnaire", metavar="NAME", help="Which questions; by default all of them. `quick` asks ten.")
@click.option("--name", default="", help="Name of the engagement.")
@click.option("--client", default="", help="Name of the client.")
def new(file: Path, questionnaire: str | None, name: str, client: str) -> None:
    """Write a blank engagement file with every question as a comment, to fill in with an editor.

    \b
    Example:
      advisor new acme.yaml --name "Customer portal" --client Acme
    """
    from advisor.catalog.blank import blank_engagement
    from advisor.catalog.engagements import id_from
    from advisor.catalog.plain import LONGEST_TEXT, is_plain
    from advisor.catalog.records import default_questionnaire
    from advisor.files import write_atomically

    known = shared.catalog()
    questionnaire = questionnaire or default_questionnaire(known)
    shared.check_questionnaire(questionnaire, known)
    for option, text in (("--name", name), ("--client", client)):
        if not is_plain(text):
            raise click.UsageError(f"{option} must be plain text of at most {LONGEST_TEXT} characters")
    if os.path.lexists(file):
        raise click.UsageError(f"{file} is already there; choose another name")
    asked, rulebook = known.questionnaires[questionnaire], shared.rulebook_seen_from(file)
    write_atomically(file, blank_engagement(asked, id_from(file.name), name, client, rulebook))
    click.echo(f"wrote {file}; fill it in, then: advisor advise {file}", err=True)

"""`advisor ask`: the guided questionnaire, saved after every answer, ending with a review and the advice."""

from __future__ import annotations

import os
import re
import shlex
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

import click

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.cli import shared
from advisor.cli.conversation import Conversation, InputEnded, Stopped, read_line, say
from advisor.documents.text import advice_as_text
from advisor.documents.words import clean
from advisor.files import read_limited, write_atomically
from advisor.interview import state
from advisor.interview.revising import revise
from advisor.interview.state import Interview
from advisor.interview.writing import DEFAULT_QUESTIONNAIRE, dump_engagement
from advisor.model.advice import Engagement
from advisor.model.rulebook import Catalog

PROPOSED = "engagement.yaml"
QUICK = "quick"
SUFFIXES = (".yaml", ".yml")
LONGEST_TEXT = 300
INTERRUPTED = 130


@click.command()
@shared.rulebook_option
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--questionnaire",
    type=click.Choice([DEFAULT_QUESTIONNAIRE, QUICK]),
    help="Which questions: all of them, or the ten that move the advice most.",
)
@click.option("--quick", is_flag=True, help="The same as --questionnaire quick.")
@click.option("--name", help="What the engagement is called.")
@click.option("--client", help="Whom the work is for.")
@click.pass_context
def ask(
    context: click.Context,
    file: Path | None,
    questionnaire: str | None,
    quick: bool,
    name: str | None,
    client: str | None,
) -> None:
    """Answer the questionnaire, one question at a time, and get the advice.

    Answers are saved in FILE, a YAML file, after each of them; give the same FILE again to go on where you stopped.
    Whatever else is in FILE stays as it is, comments too. Type ? at any question for help.

    \b
    Example:
      advisor ask acme.yaml --name "Customer portal" --client Acme
      advisor ask acme.yaml --quick
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        context.color = False
    if quick and questionnaire == DEFAULT_QUESTIONNAIRE:
        raise click.UsageError("--quick and --questionnaire engagement exclude each other.")
    catalog = shared.catalog()
    notebook: _Notebook | None = None
    try:
        path = file or _propose_file()
        notebook = _open(path, catalog, QUICK if quick else questionnaire, name, client)
        _interview(catalog, notebook)
    except KeyboardInterrupt:
        click.echo()
        _part(notebook)
        context.exit(INTERRUPTED)
    except (InputEnded, Stopped):
        _part(notebook)
        context.exit(0)


@dataclass(slots=True)
class _Notebook:
    """The engagement as it is in the file at `path`, which other hands may edit at the same time."""

    path: Path
    engagement: Engagement
    catalog: Catalog

    def save(self, engagement: Engagement) -> None:
        if self.path.exists():
            data = read_limited(self.path)
            write_atomically(self.path, revise(data, str(self.path), self.engagement, engagement, self.catalog))
        else:
            write_atomically(self.path, dump_engagement(engagement))
        self.engagement = engagement


def _interview(catalog: Catalog, notebook: _Notebook) -> None:
    questionnaire = catalog.questionnaires[notebook.engagement.questionnaire]

    def save(interview: Interview) -> None:
        in_order = {one: interview.answers[one] for one in catalog.questions if one in interview.answers}
        notebook.save(replace(notebook.engagement, answers=in_order))

    interview = state.start(catalog, questionnaire, notebook.engagement.answers)
    if interview.position is not None:
        say(f"{questionnaire.title}. Every answer is saved in {notebook.path} as you give it.")
        say("Type the number of an option, skip if you don't know, or ? for help.")
    Conversation(catalog, questionnaire, save).hold(interview)
    click.echo()
    # always with colour: echo takes it out again where nobody would see it
    click.echo(advice_as_text(advise(catalog, notebook.engagement), shared.screen_width(), colour=True), nl=False)
    click.echo()
    file = shlex.quote(str(notebook.path))
    document = shlex.quote(str(notebook.path.with_suffix(".html")))
    click.echo(f"Saved in {notebook.path}. What you can do next:")
    click.echo(f"  advisor raci {file} -o {document}   write the responsibility matrix as a document")
    click.echo(f"  advisor ask {file}   change answers, or fill in what is open")


def _part(notebook: _Notebook | None) -> None:
    """Say what is saved and how to go on."""
    if notebook is None:
        click.echo("Stopped before the first question; nothing was saved.")
        return
    count = len(notebook.engagement.answers)
    click.echo(f"Stopped. {count} answer{'' if count == 1 else 's'} saved in {notebook.path}.")
    click.echo(f"To go on: advisor ask {shlex.quote(str(notebook.path))}")


def _propose_file() -> Path:
    there = " (it is there already, and will be continued)" if Path(PROPOSED).exists() else ""
    click.echo(f"Where shall the answers be kept? Press Enter for {PROPOSED}{there}.")
    return Path(read_line("> ") or PROPOSED)


def _open(path: Path, catalog: Catalog, wanted: str | None, name: str | None, client: str | None) -> _Notebook:
    """The engagement in the file, or a new one; whatever is new about it is saved at once."""
    if path.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"{path}: answers are kept as YAML; choose a name that ends in .yaml.")
    if path.exists():
        before = read_engagement(path, catalog)
        after = replace(
            before,
            name=_text(name or "") or before.name,
            client=_text(client or "") or before.client,
            questionnaire=wanted or before.questionnaire,
        )
        notebook = _Notebook(path, before, catalog)
        if after != before:
            notebook.save(after)
        return notebook
    title = _text(name if name is not None else _ask_for("What is the engagement called?")) or path.stem
    whom = _text(client if client is not None else _ask_for("Who is the client?"))
    engagement = Engagement(_identifier(title, path), title, whom, {}, {}, {}, wanted or DEFAULT_QUESTIONNAIRE)
    notebook = _Notebook(path, engagement, catalog)
    notebook.save(engagement)
    return notebook


def _ask_for(what: str) -> str:
    click.echo(what)
    return read_line("> ")


def _text(typed: str) -> str:
    """What was typed, as the engagement file takes it: one line of plain text, not overlong."""
    return clean(typed.translate({0xFFFE: None, 0xFFFF: None}))[:LONGEST_TEXT].strip()


def _identifier(title: str, path: Path) -> str:
    """A short name for the engagement, made of the letters and digits of its title or of its file's name."""
    for text in (title, path.stem):
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
        if slug:
            return slug
    return "engagement"

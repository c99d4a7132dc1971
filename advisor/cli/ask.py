"""`advisor ask`: the guided questionnaire, saved after every answer, ending with a review and the advice."""

from __future__ import annotations

import datetime
import os
import re
import shlex
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

import click

from advisor.advise import advise
from advisor.catalog.engagements import read_one
from advisor.catalog.own import catalog_for
from advisor.catalog.plain import LONGEST_TEXT
from advisor.catalog.records import default_questionnaire
from advisor.cli import given, shared
from advisor.cli.conversation import Conversation
from advisor.cli.desk import InputEnded, Stopped, desk_for
from advisor.cli.lines import read_line
from advisor.cli.paging import blocks_of, page_height, pages
from advisor.cli.screen import say
from advisor.documents.text import advice_as_text
from advisor.documents.words import clean
from advisor.errors import AdvisorError
from advisor.files import read_limited, write_atomically
from advisor.interview import state
from advisor.interview.adaptive import settled_model
from advisor.interview.provenance import news, recorded
from advisor.interview.revising import revise
from advisor.interview.state import Interview
from advisor.interview.writing import dump_engagement
from advisor.model.advice import Engagement
from advisor.model.rulebook import Catalog, Questionnaire

PROPOSED = "engagement.yaml"
QUICK = "quick"
SUFFIXES = (".yaml", ".yml")
INTERRUPTED = 130


@click.command()
@shared.rulebook_option
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--questionnaire",
    metavar="NAME",
    help="Which questions: engagement (all), quick (the ten that move the advice most), or one of your rulebook's.",
)
@click.option("--quick", is_flag=True, help="The same as --questionnaire quick.")
@click.option("--all", "everything", is_flag=True, help="Ask all questions in order, not first what can change most.")
@click.option("--answers", "source", type=click.Path(path_type=Path), help="Take the answers of another file first.")
@click.option("--set", "pairs", multiple=True, metavar="QUESTION=OPTION", help="Give an answer; may be repeated.")
@click.option("--note", "noted", multiple=True, metavar="QUESTION=TEXT", help="Note where an answer comes from.")
@click.option("--no-input", is_flag=True, help="Ask nothing; exit 1 when what is missing could change the model.")
@click.option("--plain", is_flag=True, help="No colour, nothing redrawn; the same with ACCESSIBLE=1.")
@click.option("--name", help="What the engagement is called.")
@click.option("--client", help="Whom the work is for.")
@click.pass_context
def ask(
    context: click.Context,
    file: Path | None,
    questionnaire: str | None,
    quick: bool,
    everything: bool,
    source: Path | None,
    pairs: tuple[str, ...],
    noted: tuple[str, ...],
    no_input: bool,
    plain: bool,
    name: str | None,
    client: str | None,
) -> None:
    """Answer the questionnaire, one question at a time, and get the advice.

    The question that can still change the recommendation most comes next, and you may stop as soon as none can.
    Answers are saved in FILE, a YAML file, after each of them; give the same FILE again to go on where you stopped.
    Whatever else is in FILE stays as it is, comments too. Type ? at any question for help.

    \b
    Example:
      advisor ask acme.yaml --name "Customer portal" --client Acme
      advisor ask acme.yaml --quick
      advisor ask acme.yaml --answers other.yaml --set risk=high --no-input
    """
    plain = plain or os.environ.get("ACCESSIBLE", "") not in ("", "0")
    if plain or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        context.color = False
    if quick and questionnaire not in (None, QUICK):
        raise click.UsageError(f"--quick and --questionnaire {questionnaire} exclude each other.")
    if everything and (quick or questionnaire == QUICK):
        raise click.UsageError("--all and the quick questionnaire exclude each other.")
    if no_input and file is None:
        raise click.UsageError("--no-input needs FILE.")
    notebook: _Notebook | None = None
    try:
        if no_input and file is not None and not file.exists():
            name, client = name or "", client or ""
        if file is not None and not file.exists():
            # what is wrong with them shows before a file is begun
            given.answers_given(shared.catalog(), source, pairs, noted)
        notebook = _open(file or _propose_file(), QUICK if quick else questionnaire, name, client)
        told = given.answers_given(notebook.catalog, source, pairs, noted)
        _say_news(notebook)
        notebook.save(given.recorded_in(notebook.engagement, notebook.catalog, told, _now()))
        if not no_input:
            _interview(notebook, everything, plain)
        elif settled_model(notebook.catalog, notebook.engagement.answers) is not None:
            _show_advice(notebook)
        else:
            given.say_what_is_missing(notebook.catalog, notebook.engagement, notebook.path)
            context.exit(1)
    except KeyboardInterrupt:
        click.echo()
        _part(notebook)
        context.exit(INTERRUPTED)
    except (InputEnded, Stopped):
        _part(notebook)
        context.exit(0)
    except AdvisorError:
        if notebook is not None:
            _part(notebook)
        raise


@dataclass(slots=True)
class _Notebook:
    """The engagement as it is in the file at `path`, which other hands may edit at the same time."""

    path: Path
    engagement: Engagement
    catalog: Catalog

    def save(self, engagement: Engagement) -> None:
        """Write what is new about the engagement into its file, if anything is."""
        if engagement == self.engagement and self.path.exists():
            return
        if self.path.exists():
            data = read_limited(self.path)
            write_atomically(self.path, revise(data, str(self.path), self.engagement, engagement, self.catalog))
        else:
            write_atomically(self.path, dump_engagement(engagement))
        self.engagement = engagement


def _interview(notebook: _Notebook, everything: bool, plain: bool) -> None:
    catalog = notebook.catalog
    questionnaire = catalog.questionnaires[notebook.engagement.questionnaire]

    def save(interview: Interview) -> None:
        notebook.save(recorded(notebook.engagement, catalog, interview.answers, "asked", _now(), interview.notes))

    # the quick questionnaire is short, and was chosen for its order
    adaptive = not everything and questionnaire.id != QUICK
    notes = {name: one.note for name, one in notebook.engagement.origins.items() if one.note}
    interview = state.start(catalog, questionnaire, notebook.engagement.answers, adaptive, notes)
    with desk_for(plain) as desk:
        if interview.position is not None:
            say(_welcome(notebook, questionnaire))
            say(desk.greeting())
        Conversation(catalog, questionnaire, save, desk).hold(interview)
    click.echo()
    _show_advice(notebook)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _say_news(notebook: _Notebook) -> None:
    """Say what is new or no longer asked since the answers in the file were given."""
    catalog, engagement = notebook.catalog, notebook.engagement
    found = news(catalog, engagement)
    if found is None:
        return
    then, now = found.version, catalog.version
    if then == now and engagement.asked_with is not None:
        then, now = engagement.asked_with.digest, catalog.digest
    say(f"The rulebook has changed since these answers were given ({then} then, {now} now).")
    for question in found.asked:
        say(f"New: {catalog.questions[question].text}", indent="  ")
    for question in found.gone:
        say(f"No longer asked: {question}; your answer, {engagement.retired[question]}, is kept.", indent="  ")
    for question in found.reworded:
        options = catalog.questions[question]
        say(f"Asked anew, as {engagement.retired[question]} is no option any more: {options.text}", indent="  ")
    if not (found.asked or found.gone or found.reworded):
        say("It still asks the same questions.", indent="  ")
    click.echo()


def _show_advice(notebook: _Notebook) -> None:
    """The advice a page at a time, and what can be done next."""
    catalog = notebook.catalog
    questionnaire = catalog.questionnaires[notebook.engagement.questionnaire]
    advice = advise(catalog, notebook.engagement)
    # always with colour: echo takes it out again where nobody would see it
    _leaf_through(advice_as_text(advice, shared.screen_width(), colour=True))
    file = shlex.quote(str(notebook.path))
    document = shlex.quote(str(notebook.path.with_suffix(".html")))
    click.echo()
    say(f"Saved in {notebook.path}. What you can do next:")
    click.echo(f"  Write the responsibility matrix as a document:\n    advisor raci {file} -o {document}")
    click.echo(f"  Read the advice again:\n    advisor advise {file}")
    whole = default_questionnaire(catalog)
    if questionnaire.id != whole:
        click.echo(f"  Answer the other questions too:\n    advisor ask {file} --questionnaire {whole}")
    click.echo(f"  Change answers, or fill in what is open:\n    advisor ask {file}")


def _welcome(notebook: _Notebook, questionnaire: Questionnaire) -> str:
    count = len(notebook.engagement.answers)
    if not count:
        return f"{questionnaire.title}. Every answer is saved in {notebook.path} as you give it."
    return f"Going on with {notebook.engagement.name}: {_counted(count)} so far. New ones are saved as you give them."


def _leaf_through(text: str) -> None:
    """Show a long text a screenful at a time where somebody sits at a terminal, else at once."""
    height = page_height()
    if height is None:
        click.echo(text, nl=False)
        return
    leaves = pages(blocks_of(text), height)
    for at, leaf in enumerate(leaves, start=1):
        click.echo("\n".join(leaf))
        if at == len(leaves):
            return
        click.echo()
        say(f"Page {at} of {len(leaves)}. Enter for more, or done to see what to do next.")
        try:
            if read_line("> ").lower() in ("done", "d", "quit", "q"):
                return
        except InputEnded:
            return


def _counted(count: int) -> str:
    return f"{count} answer{'' if count == 1 else 's'}"


def _part(notebook: _Notebook | None) -> None:
    """Say what is saved and how to go on."""
    if notebook is None:
        click.echo("Stopped before the first question; nothing was saved.")
        return
    click.echo(f"Stopped. {_counted(len(notebook.engagement.answers))} saved in {notebook.path}.")
    click.echo(f"To go on: advisor ask {shlex.quote(str(notebook.path))}")


def _propose_file() -> Path:
    there = " (it is there already, and will be continued)" if Path(PROPOSED).exists() else ""
    click.echo(f"Where shall the answers be kept? Press Enter for {PROPOSED}{there}.")
    return Path(read_line("> ") or PROPOSED)


def _open(path: Path, wanted: str | None, name: str | None, client: str | None) -> _Notebook:
    """The engagement in the file, or a new one; whatever is new about it is saved at once."""
    if path.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"{path}: answers are kept as YAML; choose a name that ends in .yaml.")
    if path.exists():
        data = read_limited(path)
        catalog = catalog_for(data, path, shared.given_rulebook())
        shared.check_questionnaire(wanted, catalog)
        before = read_one(data, str(path), catalog)
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
    catalog = shared.catalog()
    shared.check_questionnaire(wanted, catalog)
    title = _text(name if name is not None else _ask_for(f"What is the engagement called? (Enter: {path.stem})"))
    whom = _text(client if client is not None else _ask_for("Who is the client? (Enter: leave it open)"))
    engagement = Engagement(
        id=_identifier(title, path),
        name=title or path.stem,
        client=whom,
        answers={},
        people={},
        dates={},
        questionnaire=wanted or default_questionnaire(catalog),
        rulebook=shared.rulebook_seen_from(path),
    )
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

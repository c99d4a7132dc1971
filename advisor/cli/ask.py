"""`advisor ask`: the guided questionnaire, saved after every answer, ending with a review and the advice."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import click

from advisor.advise import advise, advise_fitting
from advisor.catalog.answers import replacing
from advisor.catalog.engagements import read_one
from advisor.catalog.own import catalog_for
from advisor.catalog.records import default_questionnaire
from advisor.cli import given, shared
from advisor.cli.around import ask_for, counted, leaf_through, say_overtaken
from advisor.cli.conversation import Conversation
from advisor.cli.desk import InputEnded, Stopped, desk_for
from advisor.cli.lines import read_line
from advisor.cli.naming import offer_names
from advisor.cli.screen import say
from advisor.cli.subjects import AboutEngagement
from advisor.documents.advice.text import brief_as_text
from advisor.documents.shared.typed import identifier, plain_text
from advisor.errors import AdvisorError, InputError
from advisor.files import read_limited
from advisor.interview import state
from advisor.interview.adaptive import SHORT_WAY, short_way
from advisor.interview.provenance import news, now, recorded
from advisor.interview.revising import engagement_form
from advisor.interview.saving import begin, save
from advisor.interview.state import Interview
from advisor.interview.steps import steps, steps_of
from advisor.model.engagement import Engagement
from advisor.model.questions import Questionnaire
from advisor.model.rulebook import Catalog

PROPOSED = "engagement.yaml"
PERSON = "person"
SUFFIXES = (".yaml", ".yml")
INTERRUPTED = 130


@click.command()
@shared.rulebook_option
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--questionnaire",
    metavar="NAME",
    help="Which questions: engagement (all), quick (ten to begin with, and no others), person (a colleague), or one of "
    "your rulebook's.",
)
@click.option("--quick", is_flag=True, help="The same as --questionnaire quick.")
@click.option("--all", "everything", is_flag=True, help="Ask all questions in order, not first what tells most.")
@click.option("--answers", "source", type=click.Path(path_type=Path), help="Take the answers of another file first.")
@click.option("--set", "pairs", multiple=True, metavar="QUESTION=OPTION", help="Give an answer; several with commas.")
@click.option("--note", "noted", multiple=True, metavar="QUESTION=TEXT", help="Note where an answer comes from.")
@click.option(
    "--no-input",
    is_flag=True,
    help="Ask nothing; what is not answered is taken as usual, and the advice says what matters.",
)
@click.option("--plain", is_flag=True, help="No colour, nothing redrawn; the same with ACCESSIBLE=1.")
@click.option("--name", help="What the engagement, or the colleague, is called.")
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

    Ten questions come first, and then advice; or go on, where the question that tells most about the model comes next.
    Answers are saved in FILE, a YAML file, after each of them; give the same FILE again to go on where you stopped.
    Whatever else is in FILE stays as it is, comments too. Type ? at any question for help.

    With --questionnaire person, say what you have seen a colleague do, and get a fit sheet; only you can read FILE.

    \b
    Example:
      advisor ask acme.yaml --name "Customer portal" --client Acme
      advisor ask acme.yaml --quick
      advisor ask acme.yaml --answers other.yaml --set risk=high --no-input
      advisor ask people/ada-okafor.yaml --questionnaire person
    """
    plain = plain or os.environ.get("ACCESSIBLE", "") not in ("", "0")
    if plain or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        context.color = False
    if quick and questionnaire not in (None, SHORT_WAY):
        raise click.UsageError(f"--quick and --questionnaire {questionnaire} exclude each other.")
    if questionnaire == PERSON or (questionnaire is None and not quick and _is_about_person(file)):
        from advisor.cli.ask_person import Wanted, ask_person

        if quick or everything or client is not None:
            raise click.UsageError("--quick, --all and --client are not for people.")
        ask_person(context, Wanted(file, source, pairs, noted, no_input, plain, name))
        return
    if everything and (quick or questionnaire == SHORT_WAY):
        raise click.UsageError("--all and the quick questionnaire exclude each other.")
    if no_input and file is None:
        raise click.UsageError("--no-input needs FILE.")
    notebook: _Notebook | None = None
    try:
        if no_input and file is not None and not file.exists():
            name, client = name or "", client or ""
        if file is not None and not file.exists():
            # what is wrong with them shows before a file is begun
            known = shared.catalog()
            given.answers_given(known, source, pairs, noted, partial(read_one, catalog=known))
        notebook = _open(file or _propose_file(), SHORT_WAY if quick else questionnaire, name, client)
        told = given.answers_given(notebook.catalog, source, pairs, noted, partial(read_one, catalog=notebook.catalog))
        _say_news(notebook)
        notebook.save(given.recorded_in(notebook.engagement, notebook.catalog, told, now()))
        if not no_input:
            _interview(notebook, everything, plain)
        else:
            notebook.look_again()
            _show_advice(notebook)
            _say_what_next(notebook)
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
        say_overtaken(self.path, save(self.path, self.engagement, engagement, engagement_form(self.catalog)))
        self.engagement = engagement

    def look_again(self) -> None:
        """Take in what others have written into the file meanwhile, for what is said at the end."""
        there = read_one(read_limited(self.path), str(self.path), self.catalog)
        if there.answers != self.engagement.answers:
            say(f"{self.path} also holds answers that were given elsewhere meanwhile.")
        self.engagement = there


def _interview(notebook: _Notebook, everything: bool, plain: bool) -> None:
    catalog = notebook.catalog
    questionnaire = catalog.questionnaires[notebook.engagement.questionnaire]

    def keep(interview: Interview) -> None:
        notebook.save(recorded(notebook.engagement, catalog, interview.answers, "asked", now(), interview.notes))

    # the quick questionnaire is short, and was chosen for its order
    adaptive = not everything and questionnaire.id != SHORT_WAY
    first = [step.id for step in short_way(catalog)] if adaptive else []
    notes = {name: one.note for name, one in notebook.engagement.origins.items() if one.note}
    interview = state.start(catalog, questionnaire, notebook.engagement.answers, adaptive, notes, first)
    with desk_for(plain) as desk:
        if interview.position is not None:
            say(_welcome(notebook, questionnaire, len(interview.first)))
            say(desk.greeting(questionnaire.unanswered))
        Conversation(catalog, questionnaire, keep, desk, AboutEngagement(catalog)).hold(interview)
    click.echo()
    notebook.look_again()
    model = _show_advice(notebook)
    click.echo()
    offer_names(catalog, notebook.engagement, model, notebook.save)
    _say_what_next(notebook)


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
        say(f"New: {steps(catalog)[question].question.text}", indent="  ")
    for question in found.gone:
        instead = steps_of(catalog, [one for one, _ in replacing(catalog).get(question, ())])
        asked = f" Asked instead: {' '.join(one.question.text for one in instead)}" if instead else ""
        say(f"No longer asked: {question}; your answer, {engagement.retired[question]}, is kept.{asked}", indent="  ")
    for question in found.reworded:
        options = catalog.questions[question]
        say(f"Asked anew, as {engagement.retired[question]} is no option any more: {options.text}", indent="  ")
    if not (found.asked or found.gone or found.reworded):
        say("It still asks the same questions.", indent="  ")
    click.echo()


def _show_advice(notebook: _Notebook) -> str:
    """The advice a page at a time; the model that it recommends."""
    try:
        advice = advise(notebook.catalog, notebook.engagement)
    except InputError as error:  # something agreed does not go with the answers any more
        click.echo(str(error), err=True)
        advice = advise_fitting(notebook.catalog, notebook.engagement)
    # always with colour: echo takes it out again where nobody would see it
    leaf_through(brief_as_text(advice, shared.screen_width(), colour=True))
    return advice.recommendation.model


def _say_what_next(notebook: _Notebook) -> None:
    catalog = notebook.catalog
    questionnaire = catalog.questionnaires[notebook.engagement.questionnaire]
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


def _welcome(notebook: _Notebook, questionnaire: Questionnaire, first: int) -> str:
    answers = notebook.engagement.answers
    if not answers:
        title = f"{first} questions first, then advice or more questions" if first else questionnaire.title
        return f"{title}. Every answer is saved in {notebook.path} as you give it."
    so_far = counted(notebook.catalog, answers)
    return f"Going on with {notebook.engagement.name}: {so_far} so far. New ones are saved as you give them."


def _part(notebook: _Notebook | None) -> None:
    """Say what is saved and how to go on."""
    if notebook is None:
        click.echo("Stopped before the first question; nothing was saved.")
        return
    click.echo(f"Stopped. {counted(notebook.catalog, notebook.engagement.answers)} saved in {notebook.path}.")
    click.echo(f"To go on: advisor ask {shlex.quote(str(notebook.path))}")


def _is_about_person(file: Path | None) -> bool:
    """Whether the file is there and describes a person."""
    from advisor.catalog.people import is_about_person

    return file is not None and file.is_file() and is_about_person(read_limited(file), str(file))


def _propose_file() -> Path:
    there = " (it is there already, and will be continued)" if Path(PROPOSED).exists() else ""
    click.echo(f"Where shall the answers be kept? Press Enter for {PROPOSED}{there}.")
    return Path(read_line("> ") or PROPOSED)


def _open(path: Path, wanted: str | None, name: str | None, client: str | None) -> _Notebook:
    """The engagement in the file, or a new one; whatever is new about it is saved at once."""
    if path.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"{path}: answers are kept as YAML; choose a name that ends in .yaml.")
    if path.exists():
        return _go_on(path, wanted, name, client)
    catalog = shared.catalog()
    shared.check_questionnaire(wanted, catalog)
    title = plain_text(name if name is not None else ask_for(f"What is the engagement called? (Enter: {path.stem})"))
    whom = plain_text(client if client is not None else ask_for("Who is the client? (Enter: leave it open)"))
    engagement = Engagement(
        id=identifier(title, path),
        name=title or path.stem,
        client=whom,
        answers={},
        people={},
        dates={},
        questionnaire=wanted or default_questionnaire(catalog),
        rulebook=shared.rulebook_seen_from(path),
    )
    if begin(path, engagement, engagement_form(catalog)):
        return _Notebook(path, engagement, catalog)
    return _go_on(path, wanted, title, whom)


def _go_on(path: Path, wanted: str | None, name: str | None, client: str | None) -> _Notebook:
    """The engagement in a file that is there; whatever is new about it is saved at once."""
    data = read_limited(path)
    catalog = catalog_for(data, path, shared.given_rulebook())
    shared.check_questionnaire(wanted, catalog)
    before = read_one(data, str(path), catalog)
    after = replace(
        before,
        name=plain_text(name or "") or before.name,
        client=plain_text(client or "") or before.client,
        questionnaire=wanted or before.questionnaire,
    )
    notebook = _Notebook(path, before, catalog)
    if after != before:
        notebook.save(after)
    return notebook

"""`advisor ask --questionnaire person`: what a colleague was seen to do, saved after every answer."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from pathlib import Path

import click

from advisor.catalog.people import FOLDER
from advisor.catalog.person import person_rules
from advisor.cli import given, shared
from advisor.cli.around import ask_for, counted, leaf_through, say_overtaken
from advisor.cli.conversation import Conversation
from advisor.cli.desk import InputEnded, Stopped, desk_for
from advisor.cli.lines import read_line
from advisor.cli.screen import say
from advisor.cli.subjects import AboutPerson
from advisor.documents.fit.fit_text import fits_as_text
from advisor.documents.shared.typed import identifier, plain_text
from advisor.errors import AdvisorError
from advisor.files import read_limited
from advisor.fit import fit
from advisor.interview import state
from advisor.interview.provenance import news, now, recorded
from advisor.interview.revising import person_form
from advisor.interview.saving import begin, save
from advisor.interview.state import Interview
from advisor.model.fit import SETTLED
from advisor.model.person import Person, PersonRules

COLLEAGUE = "colleague"
SUFFIXES = (".yaml", ".yml")
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was given on the command line."""

    file: Path | None
    source: Path | None
    pairs: tuple[str, ...]
    noted: tuple[str, ...]
    no_input: bool
    plain: bool
    name: str | None


@dataclass(slots=True)
class _Notebook:
    """The person as it is in the file at `path`."""

    path: Path
    person: Person
    rules: PersonRules

    def save(self, person: Person) -> None:
        """Write what is new about the person into the file, if anything is; nobody else can read it."""
        say_overtaken(self.path, save(self.path, self.person, person, person_form(self.rules)))
        self.person = person

    def look_again(self) -> None:
        """Take in what others have written into the file meanwhile, for what is said at the end."""
        there = person_form(self.rules).read(read_limited(self.path), str(self.path))
        if there.answers != self.person.answers:
            say(f"{self.path} also holds answers that were given elsewhere meanwhile.")
        self.person = there


def ask_person(context: click.Context, wanted: Wanted) -> None:
    """Ask, or with no_input take what is given; the sheet follows. Exits as `advisor ask` does."""
    rules = person_rules(shared.given_rulebook())
    form = person_form(rules)
    notebook: _Notebook | None = None
    try:
        told = given.answers_given(rules, wanted.source, wanted.pairs, wanted.noted, form.read)
        if wanted.no_input and wanted.file is None:
            raise click.UsageError("--no-input needs FILE.")
        notebook = _open(wanted, rules)
        _say_news(notebook)
        notebook.save(given.recorded_in(notebook.person, rules, told, now()))
        if not wanted.no_input:
            _interview(notebook, wanted.plain)
            return
        notebook.look_again()
        if fit(rules, notebook.person).status == SETTLED:
            _show_sheet(notebook)
        else:
            _say_what_is_missing(notebook)
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


def _open(wanted: Wanted, rules: PersonRules) -> _Notebook:
    """The person in the file, or a new one; whatever is new about them is saved at once."""
    name = plain_text(wanted.name or "")
    if wanted.file is None and not name:
        name = plain_text(ask_for("What is the colleague called?"))
    path = wanted.file or _propose_file(name)
    if path.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"{path}: what was seen is kept as YAML; choose a name that ends in .yaml.")
    if path.exists():
        return _go_on(path, name, rules)
    if not name and wanted.name is None and not wanted.no_input:
        name = plain_text(ask_for(f"What is the colleague called? (Enter: {path.stem})"))
    person = Person(identifier(name, path, COLLEAGUE), name or path.stem, {})
    if begin(path, person, person_form(rules)):
        return _Notebook(path, person, rules)
    return _go_on(path, name, rules)


def _go_on(path: Path, name: str, rules: PersonRules) -> _Notebook:
    """The person in a file that is there, under the name that is given now, if one is."""
    before = person_form(rules).read(read_limited(path), str(path))
    _close_to_others(path)
    notebook = _Notebook(path, before, rules)
    notebook.save(replace(before, name=name or before.name))
    return notebook


def _close_to_others(path: Path) -> None:
    """Take away others' right to read the file, before anything is added to it."""
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
        say(f"Others could read {path}; now only you can.")


def _propose_file(name: str) -> Path:
    proposed = Path(FOLDER) / f"{identifier(name, Path(), COLLEAGUE)}.yaml"
    there = " (it is there already, and will be continued)" if proposed.exists() else ""
    click.echo(f"Where shall it be kept? Press Enter for {proposed}{there}.")
    return Path(read_line("> ") or proposed)


def _interview(notebook: _Notebook, plain: bool) -> None:
    rules, questionnaire = notebook.rules, notebook.rules.questionnaire

    def keep(interview: Interview) -> None:
        notebook.save(recorded(notebook.person, rules, interview.answers, "asked", now(), interview.notes))

    notes = {name: one.note for name, one in notebook.person.origins.items() if one.note}
    interview = state.start(rules, questionnaire, notebook.person.answers, notes=notes)
    with desk_for(plain) as desk:
        if interview.position is not None:
            say(_welcome(notebook))
            say(questionnaire.opening)
            say(desk.greeting(questionnaire.unanswered))
        Conversation(rules, questionnaire, keep, desk, AboutPerson(rules)).hold(interview)
    click.echo()
    notebook.look_again()
    _show_sheet(notebook)


def _welcome(notebook: _Notebook) -> str:
    answers = notebook.person.answers
    where = f"saved in {notebook.path}, which only you can read"
    if not answers:
        return f"{notebook.rules.questionnaire.title}: {notebook.person.name}. Every answer is {where}."
    return f"Going on with {notebook.person.name}: {counted(notebook.rules, answers)} so far, {where}."


def _say_news(notebook: _Notebook) -> None:
    found = news(notebook.rules, notebook.person)
    if found is None:
        return
    say("The rules on people have changed since these answers were given.")
    for question in found.asked:
        say(f"New: {notebook.rules.questions[question].text}", indent="  ")
    for question in (*found.gone, *found.reworded):
        say(f"No longer asked so: {question}; your answer, {notebook.person.retired[question]}, is kept.", indent="  ")


def _show_sheet(notebook: _Notebook) -> None:
    """The sheet a page at a time, and what can be done next."""
    text = fits_as_text([fit(notebook.rules, notebook.person)], shared.screen_width(), colour=True)
    leaf_through(text)
    file = shlex.quote(str(notebook.path))
    sheet = shlex.quote(str(notebook.path.with_suffix(".docx")))
    click.echo()
    say(f"Saved in {notebook.path}, readable by you alone. What you can do next:")
    click.echo(f"  Write the sheet as a document, to go through it together:\n    advisor fit {file} -o {sheet}")
    click.echo(f"  Hold it against an engagement:\n    advisor fit {file} --engagement FILE")
    click.echo(f"  Change answers, or fill in what you have seen since:\n    advisor ask {file}")


def _say_what_is_missing(notebook: _Notebook) -> None:
    found = fit(notebook.rules, notebook.person)
    click.echo(f"{notebook.path}: {found.title.lower()}. What to look at next:", err=True)
    for look in found.settle:
        click.echo(f"  {look.competency}: {look.look}", err=True)


def _part(notebook: _Notebook | None) -> None:
    """Say what is saved and how to go on."""
    if notebook is None:
        click.echo("Stopped before the first question; nothing was saved.")
        return
    click.echo(f"Stopped. {counted(notebook.rules, notebook.person.answers)} saved in {notebook.path}.")
    click.echo(f"To go on: advisor ask {shlex.quote(str(notebook.path))}")

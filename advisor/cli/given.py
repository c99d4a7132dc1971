"""Answers that `advisor ask` is given instead of asking, and what is missing where nobody can be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from advisor.documents.words import percent
from advisor.errors import did_you_mean
from advisor.files import read_limited
from advisor.interview import state
from advisor.interview.adaptive import moves, standing
from advisor.interview.provenance import Told, recorded
from advisor.interview.replies import Unclear, read_note
from advisor.interview.state import Interview
from advisor.model.advice import Engagement
from advisor.model.person import Person
from advisor.model.rulebook import Asking, Catalog, Question


@dataclass(frozen=True, slots=True)
class Given:
    """Answers from a file (`source`, with the notes it keeps), answers that were set, and notes by question."""

    source: str
    taken: Mapping[str, str]
    chosen: Mapping[str, str]
    notes: Mapping[str, str]


def answers_given(
    catalog: Asking,
    source: Path | None,
    pairs: tuple[str, ...],
    noted: tuple[str, ...],
    read: Callable[[bytes, str], Engagement | Person],
) -> Given:
    """The answers of another file, which `read` understands, and over them those given as question=option."""
    taken, notes = {}, {}
    if source is not None:
        other = read(read_limited(source), str(source))
        taken = dict(other.answers)
        notes = {name: one.note for name in taken if (one := other.origin(name)) is not None and one.note}
    chosen = {}
    for pair in pairs:
        name, option = _question_and(catalog, "--set", pair)
        options = catalog.questions[name].option_ids
        if option not in options:
            hint = did_you_mean(option, options)
            raise click.UsageError(f"--set {pair}: choose one of {', '.join(options)}{hint}")
        chosen[name] = option
    for pair in noted:
        name, text = _question_and(catalog, "--note", pair)
        note = read_note(text)
        if isinstance(note, Unclear):
            raise click.UsageError(f"--note {name}: {note.message}")
        notes[name] = note.text
    return Given(source.name if source is not None else "", taken, chosen, notes)


def recorded_in(engagement: Told, catalog: Asking, told: Given, when: str) -> Told:
    """The engagement, or the person, with what was given, each answer with where it comes from."""
    taken = {name: option for name, option in told.taken.items() if name not in told.chosen}
    engagement = recorded(engagement, catalog, {**engagement.answers, **taken}, "file", when, source=told.source)
    engagement = recorded(engagement, catalog, {**engagement.answers, **told.chosen}, "set", when)
    notes = {**{name: one.note for name, one in engagement.origins.items()}, **told.notes}
    kept = {name: text for name, text in notes.items() if text}
    return recorded(engagement, catalog, engagement.answers, "set", when, kept)


def _question_and(catalog: Asking, option: str, pair: str) -> tuple[str, str]:
    name, _, rest = (part.strip() for part in pair.partition("="))
    if name not in catalog.questions:
        raise click.UsageError(f"{option} {pair}: {name!r} is no question{did_you_mean(name, catalog.questions)}")
    return name, rest


def say_what_is_missing(catalog: Catalog, engagement: Engagement, path: Path) -> None:
    """List the open questions on standard error, those first that can still change the model."""
    questionnaire = catalog.questionnaires[engagement.questionnaire]
    missing = state.waiting(catalog, questionnaire, Interview(None, engagement.answers))
    decisive = [one for one in missing if moves(catalog, engagement.answers, one)]
    model, share = standing(catalog, engagement.answers)
    count = len(missing)
    sure = "is firm" if share == 1 else f"has {percent(share)} of the ways to fill in what is open"
    told = "1 answer is assumed" if count == 1 else f"{count} answers are assumed"
    click.echo(f"{path}: “{catalog.models[model].name}” {sure}; {told}.", err=True)
    for heading, questions in (
        ("Can still change the model:", decisive),
        ("Refine the rest of the advice:", [one for one in missing if one not in decisive]),
    ):
        if questions:
            click.echo(heading, err=True)
        for name, options in _by_name(catalog, questions).items():
            click.echo(f"  {name}: {', '.join(options)}", err=True)


def _by_name(catalog: Catalog, questions: list[Question]) -> dict[str, list[str]]:
    """The options of each question as files name it: parts of one question together."""
    found: dict[str, list[str]] = {}
    for question in questions:
        if question.part_of:
            parts = catalog.several[question.part_of].parts.items()
            found.setdefault(question.part_of, []).extend(option for option, part in parts if part == question.id)
        else:
            found[question.id] = list(question.option_ids)
    return found

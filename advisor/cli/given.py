"""Answers and notes that `advisor ask` is given instead of asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from advisor.errors import did_you_mean
from advisor.files import read_limited
from advisor.interview.provenance import Told, recorded
from advisor.interview.replies import Unclear, read_note
from advisor.interview.steps import NONE, Step, steps
from advisor.model.engagement import Engagement
from advisor.model.person import Person
from advisor.model.questions import Asking


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
    chosen: dict[str, str] = {}
    for pair in pairs:
        step, given = _step_and(catalog, "--set", pair)
        chosen |= step.answers(_options(step, pair, given))
    for pair in noted:
        step, text = _step_and(catalog, "--note", pair)
        note = read_note(text)
        if isinstance(note, Unclear):
            raise click.UsageError(f"--note {step.id}: {note.message}")
        notes |= dict.fromkeys(step.names, note.text)
    return Given(source.name if source is not None else "", taken, chosen, notes)


def recorded_in(engagement: Told, catalog: Asking, told: Given, when: str) -> Told:
    """The engagement, or the person, with what was given, each answer with where it comes from."""
    taken = {name: option for name, option in told.taken.items() if name not in told.chosen}
    engagement = recorded(engagement, catalog, {**engagement.answers, **taken}, "file", when, source=told.source)
    engagement = recorded(engagement, catalog, {**engagement.answers, **told.chosen}, "set", when)
    notes = {**{name: one.note for name, one in engagement.origins.items()}, **told.notes}
    kept = {name: text for name, text in notes.items() if text}
    return recorded(engagement, catalog, engagement.answers, "set", when, kept)


def _step_and(catalog: Asking, option: str, pair: str) -> tuple[Step, str]:
    name, _, rest = (part.strip() for part in pair.partition("="))
    if name in catalog.questions:
        return Step(catalog.questions[name]), rest  # a part of a list can be given by itself
    if name not in catalog.several:
        near = did_you_mean(name, (*catalog.questions, *catalog.several))
        raise click.UsageError(f"{option} {pair}: {name!r} is no question{near}")
    return steps(catalog)[name], rest


def _options(step: Step, pair: str, given: str) -> tuple[str, ...]:
    """The options that were given: one, or of a list any number with commas between them."""
    known = step.question.option_ids
    if step.several and given == NONE:
        return ()
    options = tuple(one.strip() for one in given.split(",")) if step.several else (given,)
    what = (
        f"any of {', '.join(known)} with commas between them, or {NONE}"
        if step.several
        else f"one of {', '.join(known)}"
    )
    for option in options:
        if option not in known:
            raise click.UsageError(f"--set {pair}: choose {what}{did_you_mean(option, known)}")
    return options

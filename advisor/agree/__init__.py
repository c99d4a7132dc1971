"""The same engagement answered by several people: where they differ, what hangs on it, what to settle first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from advisor.advise import advise
from advisor.advise.standing import KINDS
from advisor.agree.merging import besides, merged
from advisor.agree.trying import Trials
from advisor.agree.values import Meeting, Point, Said, Voice
from advisor.model.rulebook import Catalog
from advisor.model.rules import UNANSWERED

__all__ = ["FEWEST", "MOST", "meeting"]

FEWEST, MOST = 2, 9  # people


def meeting(catalog: Catalog, voices: Sequence[Voice], anonymous: bool = False) -> Meeting:
    """What the voices' answers come to.

    A question has to be settled where, for some way to answer the others as people did, it changes model, lead, letter
    or risk; whatever is decided on all of these, nothing hangs on the rest. So these are the smallest set.
    """
    said = {name: _said(voices, name) for name in catalog.questions}
    open_ = {name: one for name, one in said.items() if len(one.options) > 1}
    agreed = {name: next(iter(one.options)) for name, one in said.items() if len(one.options) == 1}
    most = {name: _most(catalog, one) for name, one in open_.items()}
    base = replace(voices[0].engagement, answers={**agreed, **most}, agreed=(), matters=(), times={})
    own = [tuple(one.engagement.answers.get(name, most[name]) for name in open_) for one in voices]
    trials = Trials(
        catalog, base, {name: tuple(one.options) for name, one in open_.items()}, (tuple(most.values()), *own)
    )
    weights = trials.weights()
    mattering = sorted((name for name in open_ if any(weights[name])), key=lambda name: _order(weights[name]))
    return Meeting(
        tuple(voices),
        tuple(_point(trials, open_[name], most, weights[name], mattering) for name in mattering),
        tuple(one for name, one in open_.items() if name not in mattering),
        tuple(said[name] for name in agreed if said[name].silent),
        tuple(besides(voices)),
        sum(1 for one in said.values() if one.options),
        advise(catalog, base),
        {
            one.name: advise(catalog, replace(base, answers=one.engagement.answers)).recommendation.model
            for one in voices
        },
        {row.id: row.name for row in catalog.rows},
        trials.tried,
        trials.every,
        merged(catalog, voices, agreed, open_.values(), anonymous),
    )


def _order(weight: tuple[int, ...]) -> tuple[int, ...]:
    """What changes the model most often comes first, then what changes leads, letters, risks."""
    return tuple(-count for count in weight)


def _said(voices: Sequence[Voice], question: str) -> Said:
    options: dict[str, tuple[str, ...]] = {}
    silent: list[str] = []
    notes: dict[str, str] = {}
    for voice in voices:
        option = voice.engagement.answers.get(question, UNANSWERED)
        if option == UNANSWERED:
            silent.append(voice.name)
        else:
            options[option] = (*options.get(option, ()), voice.name)
        origin = voice.engagement.origins.get(question)
        if origin is not None and origin.note:
            notes[voice.name] = origin.note
    return Said(question, options, tuple(silent), notes)


def _most(catalog: Catalog, said: Said) -> str:
    """What most say; of those that as many say, the usual answer, or else the first of the question's options."""
    question = catalog.questions[said.question]
    usual = question.usual.answer if question.usual is not None else ""
    order = question.option_ids
    return min(said.options, key=lambda one: (-len(said.options[one]), one != usual, order.index(one)))


def _point(
    trials: Trials, said: Said, most: Mapping[str, str], weight: tuple[int, ...], mattering: Sequence[str]
) -> Point:
    name = said.question
    base = tuple(most[one] for one in trials.questions)
    closes = {option: trials.closed_by(name, option, mattering) for option in said.options}
    return Point(
        said,
        most[name],
        tuple(kind for kind, count in zip(KINDS, weight, strict=True) if count),
        {option: trials.moved(base, name, option) for option in said.options if option != most[name]},
        {option: some for option, some in closes.items() if some},
    )

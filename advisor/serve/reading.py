"""What was filled in at a question, and what its page had shown, out of the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from advisor.errors import AdvisorError
from advisor.interview.replies import Unclear, read_note
from advisor.interview.steps import NONE, Step
from advisor.model.engagement import Engagement, Origin


class Unfilled(AdvisorError):
    """What was filled in is no answer; the message says what would be."""


def chosen_in(step: Step, given: Sequence[str]) -> tuple[str, ...] | None:
    """The options that were chosen; None where nothing was."""
    options = [one for one in given if one]
    if not options:
        return None
    if step.several and NONE in options:
        if len(options) > 1:
            raise Unfilled(f"{step.question.text} Choose either some of these or “None of these”.")
        return ()
    if not set(options) <= set(step.question.option_ids) or (len(options) > 1 and not step.several):
        raise Unfilled(f"{step.question.text} Choose one of the options that are shown.")
    return tuple(options)


def note_in(typed: str) -> str:
    """The note that was typed."""
    note = read_note(typed)
    if isinstance(note, Unclear):
        raise Unfilled(note.message)
    return note.text


def as_shown(step: Step, answers: Mapping[str, str]) -> str:
    """What a page shows of the step, to be sent back with the form."""
    return "&".join(f"{name}={answers[name]}" for name in step.names if name in answers)


def shown_in(step: Step, sent: str) -> dict[str, str]:
    """The answers that the page had shown."""
    pairs = (one.partition("=") for one in sent.split("&") if one)
    return {name: option for name, _, option in pairs if name in step.names}


def note_of(step: Step, engagement: Engagement) -> str:
    """What the file has noted with the step."""
    origins = (engagement.origins.get(name) for name in step.names)
    return next((one.note for one in origins if one is not None and one.note), "")


def seen(engagement: Engagement, step: Step, answers: Mapping[str, str], note: str) -> Engagement:
    """The engagement as the page had shown it: the step with these answers and this note."""
    others = {name: option for name, option in engagement.answers.items() if name not in step.names}
    origins = dict(engagement.origins)
    for name in step.names:
        known = origins.get(name)
        if (known.note if known is not None else "") != note:
            origins[name] = replace(known or Origin(), note=note)
    return replace(engagement, answers={**others, **answers}, origins=origins)

"""Names, dates, parties and context, changed beside the advice: only what was changed is written, field by field."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from starlette.responses import Response

from advisor.catalog.plain import LONGEST_CONTEXT, LONGEST_TEXT
from advisor.catalog.records import DATES, named_people
from advisor.documents.shared.typed import plain_text
from advisor.interview.saving import Overtaken
from advisor.model.engagement import Engagement
from advisor.serve.advised import parties_of, shown
from advisor.serve.asked import Asked
from advisor.serve.asking import CHANGED, answered
from advisor.serve.reading import Unfilled, chosen_in, shown_in
from advisor.serve.site import Opened, Site, go

_HEAD = ("name", "client", "context")


def save(site: Site, asked: Asked) -> Response:
    """Write what was changed; the page again, and nothing written, where that cannot be or the file says otherwise."""
    opened = site.open(asked.name)
    fields = {name: given[0] for name, given in asked.form.items() if given and not name.startswith("was.")}
    changed = {name: _typed(name, fields[name]) for name in _known(opened) if name in fields}
    was = {name: asked.text(f"was.{name}") for name in changed}
    changed = {name: text for name, text in changed.items() if text != was[name]}
    before = _with(opened.engagement, {name: was[name] for name in changed})
    after = _with(before, changed)
    problems = [*_wrong(after, changed), *_overtaken(opened.engagement, was, changed)]
    try:
        parties = parties_of(opened)
        chosen = chosen_in(parties, asked.form.get("option.parties", [])) if parties is not None else None
        if parties is not None:
            there = shown_in(parties, asked.text("was.parties"))
            if (parties.answers(chosen) if chosen is not None else {}) != there:
                others = {name: one for name, one in before.answers.items() if name not in parties.names}
                before = replace(before, answers={**others, **there})
                after = answered(opened, replace(after, answers=before.answers), [(parties, chosen)], how="set")
    except Unfilled as error:
        problems.append(str(error))
    if not problems:
        try:
            opened.save(before, after)
        except Overtaken as error:
            if not error.points:
                raise
            problems = [f"{CHANGED}: {one}" for one in error.points]
    if problems:
        return shown(site, site.open(asked.name), (*problems, "Nothing is saved yet."), 409, changed)
    return go(f"{opened.link}?done=saved")


def _known(opened: Opened) -> Iterator[str]:
    yield from _HEAD
    yield from (f"dates.{name}" for name in DATES)
    yield from (f"people.{role}" for role in named_people(opened.catalog) if role not in opened.engagement.times)


def _typed(name: str, text: str) -> str:
    return plain_text(text, LONGEST_CONTEXT if name == "context" else LONGEST_TEXT)


def _said(engagement: Engagement, name: str) -> str:
    section, _, key = name.rpartition(".")
    said: str = getattr(engagement, section).get(key, "") if section else getattr(engagement, name)
    return said


def _with(engagement: Engagement, changed: Mapping[str, str]) -> Engagement:
    for name, text in changed.items():
        section, _, key = name.rpartition(".")
        if not section:
            engagement = replace(engagement, **{name: text})  # type: ignore[arg-type]
            continue
        held = {one: said for one, said in {**getattr(engagement, section), key: text}.items() if said}
        engagement = replace(engagement, **{section: held})  # type: ignore[arg-type]
    return engagement


def _wrong(after: Engagement, changed: Mapping[str, str]) -> Iterator[str]:
    if "name" in changed and not after.name:
        yield "The engagement needs a name."
    days: dict[str, datetime.date] = {}
    for name in DATES:
        if text := after.dates.get(name, ""):
            try:
                days[name] = datetime.date.fromisoformat(text)
            except ValueError:
                yield f"“{text[:40]}” is no date; write it as 2027-01-31."
    for (early, first), (late, second) in pairwise(days.items()):
        if first > second:
            yield f"{_called(early)} ({first}) is after {_called(late)} ({second})."


def _called(name: str) -> str:
    return name.replace("_", "-").capitalize()


def _overtaken(there: Engagement, was: Mapping[str, str], changed: Mapping[str, str]) -> Iterator[str]:
    for name, text in changed.items():
        said = _said(there, name)
        if said not in (was[name], text):
            yield f"{CHANGED}: the file now says “{said or 'nothing'}” where you wrote “{text or 'nothing'}”."

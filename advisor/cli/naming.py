"""Who is who, when it starts and ends, and a paragraph of context: offered once the advice is there."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import click

from advisor.catalog.plain import LONGEST_CONTEXT
from advisor.catalog.records import DATES
from advisor.catalog.usual import YES
from advisor.cli.around import ask_for, plain_text
from advisor.cli.desk import InputEnded
from advisor.cli.screen import say
from advisor.model.advice import Engagement
from advisor.model.rulebook import Catalog

_DAYS = {"start": "When does it start?", "go_live": "When does it go live?", "end": "When does it end?"}


def offer_names(catalog: Catalog, engagement: Engagement, model: str, keep: Callable[[Engagement], None]) -> None:
    """Ask for what is not yet known of people, dates and context, if that is wanted; `keep` saves after each reply."""
    who = {name: called for name, called in _who(catalog, engagement, model) if name not in engagement.people}
    days = [name for name in DATES if name not in engagement.dates]
    if not who and not days and engagement.context:
        return
    try:
        if ask_for("Name people and dates now? Type y for yes (Enter: later).").lower() not in ("y", "yes"):
            return
        for name, called in who.items():
            if person := plain_text(ask_for(f"{called}: who is it? (Enter: later)")):
                engagement = replace(engagement, people={**engagement.people, name: person})
                keep(engagement)
        for name in days:
            if day := _day(name, engagement):
                engagement = replace(engagement, dates={**engagement.dates, name: day})
                keep(engagement)
        if not engagement.context:
            told = ask_for("What should a reader know about it, in a few sentences? (Enter: nothing)")
            if context := plain_text(told, LONGEST_CONTEXT):
                keep(replace(engagement, context=context))
    except InputEnded:
        click.echo()  # later, then


def _who(catalog: Catalog, engagement: Engagement, model: str) -> Iterator[tuple[str, str]]:
    """The roles that the model staffs, and the parties that are there, each with what it is called."""
    for role in catalog.models[model].staffs:
        yield role, catalog.roles[role].name
    for several in catalog.several.values():
        for option, part in several.parts.items():
            if engagement.answers.get(part) == YES:
                yield option, several.labels[option]


def _day(name: str, engagement: Engagement) -> str:
    """A day that fits with the others that are known; empty for later."""
    while typed := ask_for(f"{_DAYS[name]} As in 2027-01-31 (Enter: later)"):
        try:
            day = datetime.date.fromisoformat(typed).isoformat()
        except ValueError:
            say(f"{plain_text(typed)[:40]!r} is no date; write it as 2027-01-31.")
            continue
        dates = {**engagement.dates, name: day}
        order = [(one, dates[one]) for one in DATES if one in dates]
        wrong = [
            f"{one} ({first}) is after {two} ({second})"
            for (one, first), (two, second) in pairwise(order)
            if first > second
        ]
        if not wrong:
            return day
        say(f"That cannot be: {wrong[0].replace('_', '-')}.")
    return ""

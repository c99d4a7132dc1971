"""Who is who, when it starts and ends, what else to see to, and some context: offered once the advice is there."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import click

from advisor.catalog.plain import LONGEST_CONTEXT
from advisor.catalog.records import DATES
from advisor.catalog.stated import stated_kinds
from advisor.catalog.usual import YES
from advisor.cli.around import ask_for
from advisor.cli.desk import InputEnded
from advisor.cli.screen import say
from advisor.documents.shared.typed import plain_text
from advisor.errors import did_you_mean
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from advisor.model.stated import Matter, MatterKinds

_DAYS = {"start": "When does it start?", "go_live": "When does it go live?", "end": "When does it end?"}


def offer_names(catalog: Catalog, engagement: Engagement, model: str, keep: Callable[[Engagement], None]) -> None:
    """Ask for what is not yet known of people, dates, matters and context, if that is wanted.

    `keep` saves after each reply.
    """
    who = {name: called for name, called in _who(catalog, engagement, model) if name not in engagement.people}
    days = [name for name in _DAYS if name not in engagement.dates]
    if not who and not days and engagement.context and engagement.matters:
        return
    try:
        if ask_for("Name people, dates and open matters now? Type y for yes (Enter: later).").lower() not in (
            "y",
            "yes",
        ):
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
                engagement = replace(engagement, context=context)
                keep(engagement)
        for matter in _matters(catalog.matters):
            engagement = replace(engagement, matters=(*engagement.matters, matter))
            keep(engagement)
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


def _matters(kinds: MatterKinds) -> Iterator[Matter]:
    """What there is to see to besides, one at a time, until there is no more."""
    known = stated_kinds(kinds)
    if not known:
        return
    say(f"Is there anything else to see to? One of: {', '.join(known)}.")
    while typed := ask_for("What kind? (Enter: nothing more)").strip().lower():
        kind = kinds[typed] if typed in known else None
        if kind is None:
            say(f"{plain_text(typed)[:40]!r} is none of them{did_you_mean(typed, known)}.")
        elif what := plain_text(ask_for(f"{kind.asks} (Enter: nothing)")):
            who = plain_text(ask_for("Who else is part of it? (Enter: nobody in particular)"))
            owner = plain_text(ask_for("Who takes it? (Enter: whoever the brief proposes)"))
            yield Matter(kind.id, what, who, owner, _date("By which day?"))


def _date(question: str) -> str:
    """A day; empty where there is none."""
    while typed := ask_for(f"{question} As in 2027-01-31 (Enter: none)"):
        try:
            return datetime.date.fromisoformat(typed).isoformat()
        except ValueError:
            say(f"{plain_text(typed)[:40]!r} is no date; write it as 2027-01-31.")
    return ""


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

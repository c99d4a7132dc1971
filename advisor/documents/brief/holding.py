"""Who is meant by a role in a sentence of the brief, and sentences filled with names, dates and days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from advisor.advise.owners import acting, client_called, column_of
from advisor.documents.brief.dates import GO_LIVE
from advisor.documents.brief.seat_days import days_of_work
from advisor.documents.brief.weeks import days_in_week, live_date
from advisor.documents.shared import words
from advisor.documents.shared.people import SEVERAL, person
from advisor.model.advice import Advice
from advisor.model.stated import WHY

NOTHING: Mapping[str, str] = MappingProxyType({})
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
DAYS = frozenset({"day", "early", "soon", "check", "half", "done", "ready", "from", "until"})
_TITLE = re.compile(
    r"(?!the |an? |our |my |their |one |two |some)[a-z][^,;]*?"
    r"\b(?:officer|director|manager|union|member|council|board|committee|sponsor|owners?|leads?)\b"
)
_BODY = re.compile(
    r"[A-Z][a-z]+(?: [a-z]+)* (?:officer|director|manager|board|committee|provider|supplier|firm|vendor|team|office)"
)
_THE = re.compile(r"The [a-z]")
_AGAINST = "against"
_TEXTS = frozenset({"what", "cost", "event", "lead", "seat", "since", "leads", _AGAINST, "sum", "ways"})
_BEGINS = re.compile(r"(?:^|[.!?]\s)\Z")  # where a sentence does
_BRACES = re.compile(r"\{([a-z][a-z0-9_]*)\}")
WHO = "who_"  # before a role: the person's name where it is given


def to_oneself(advice: Advice, who: str, text: str) -> bool:
    """Whether the sentence has somebody deal with a role that they hold themselves."""
    roles = (found[1].removeprefix(WHO) for found in _BRACES.finditer(text))
    people, at = advice.engagement.people, column_of(advice, who)
    acts = acting(advice, who)
    name = people.get(acts, acts)
    met = [column_of(advice, role) for role in roles if role in advice.names.roles]
    return any(one == at or (people.get(one, "") and people.get(one) == name) for one in met)


def days_told(advice: Advice, text: str) -> frozenset[str]:
    """The measures of which the sentence gives the days."""
    return frozenset(found[1] for found in _BRACES.finditer(text)) & days_of_work(advice).keys()


def holder(advice: Advice, role: str) -> str:
    """The heading of the column that holds this role's part: its own, or of whoever it falls to."""
    return words.capital(words.column_name(advice, column_of(advice, role)))


def who_acts(advice: Advice, role: str) -> str:
    """The name of whoever holds this role's part, where it is given; else the heading of the column."""
    return _named(advice, role) or holder(advice, role)


def filled(advice: Advice, text: str, about: Mapping[str, str] = NOTHING) -> str:
    """The text with what stands in braces replaced: the client, roles, names of people, dates and days a week.

    `about` is what was typed of the matter that the text is on, days in ISO 8601.
    """

    def meant(found: re.Match[str]) -> str:
        name = found[1]
        said = _typed(advice, about, name) if name in about else _meant(advice, name)
        return words.capital(said) if _BEGINS.search(text, 0, found.start()) else said

    client = words.clean(client_called(advice))
    said = _BRACES.sub(meant, text)
    if client.endswith("s"):
        said = said.replace(f"{client}'s", f"{client}'")
    return said


def _typed(advice: Advice, about: Mapping[str, str], name: str) -> str:
    if name == WHY:
        return _ISO.sub(lambda day: words.date_words(day[0]), filled(advice, about[name]))
    if name in DAYS:
        return _ISO.sub(lambda day: words.date_words(day[0]), about[name])
    if name not in _TEXTS:
        known = about[name] in advice.names.roles
        return _meant(advice, f"{WHO}{about[name]}") if known else _with_article(words.clean(about[name]))
    said = about[name].replace(GO_LIVE, advice.names.go_live) if name == _AGAINST else about[name]
    return _ISO.sub(lambda day: words.date_words(day[0]), words.clean(said)).rstrip(".")


def _with_article(typed: str) -> str:
    """`the people director` for `People director`; names and whatever has its article stay as they are."""
    if _THE.match(typed):
        return words.lower_first(typed)
    if _BODY.fullmatch(typed):
        return f"the {words.lower_first(typed)}"
    return f"the {typed}" if _TITLE.match(typed) else typed


def said_owner(advice: Advice, typed: str) -> str:
    """A person as typed, or whoever holds the role of that id."""
    return who_acts(advice, typed) if typed in advice.names.roles else words.clean(typed)


def _meant(advice: Advice, name: str) -> str:
    if name == "client":
        return words.clean(client_called(advice))
    if name == "go_live":
        live = advice.names.go_live
        return f"{live} on {live_date(advice)}" if live_date(advice) else live
    if name == "fixed_date":
        return live_date(advice) or "the agreed date"
    days = days_of_work(advice).get(name)
    if days is not None:
        return days_in_week(days)
    if name.startswith(WHO):
        role = name.removeprefix(WHO)
        return _with_article(_named(advice, role)) or f"the {words.lower_first(holder(advice, role))}"
    return f"the {words.lower_first(holder(advice, name))}"


def _named(advice: Advice, role: str) -> str:
    at = column_of(advice, role)
    there = at in advice.matrix.roles
    held_by, named = person(advice, at) if there else (words.clean(advice.engagement.people.get(at, "")), True)
    return held_by if named and SEVERAL not in held_by else ""

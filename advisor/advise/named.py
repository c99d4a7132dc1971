"""Who is named for a role: each person with what they do there, as typed or as other entries of the file say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from advisor.advise.against import NUMBERS
from advisor.advise.owners import SUPPLIERS, TEAM, TEAM_LEAD, called
from advisor.advise.subjects import alike, stems
from advisor.model.advice import Advice
from advisor.model.stated import Stint

FEWEST_NAMED = 3  # people, from which on a role without a name is one that nobody has
Group = tuple[Stint, ...]  # people of one role who do the same
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
LED = "led by"
_LEADING = ("technical_lead", TEAM_LEAD)
_COUNTED = re.compile(rf"\b(\d+|{'|'.join(NUMBERS)}) ((?:\w+ )?\w+(?:ers|ors|ists|sts))\b", re.IGNORECASE)
_TOP_LEVEL = re.compile(r"([;,])(?![^()]*\))")


def says_who(advice: Advice) -> bool:
    """Whether the file names so many people that a role without a name is a blank, and not just not told yet."""
    engagement = advice.engagement
    names = {one.name for stints in engagement.times.values() for one in stints} | set(engagement.people.values())
    return len(names - {""}) >= FEWEST_NAMED


def people_of(advice: Advice, role: str) -> tuple[Stint, ...]:
    """Everybody named for a role, each once, also where several stand in one text."""
    known = advice.names.roles.get(role)
    if known is None:  # a rulebook need not have it
        return ()
    people, times = advice.engagement.people, advice.engagement.times
    at = next((one for one in (role, *known.also) if one in people or one in times), role)
    listed = times.get(at, ()) or ((Stint(people[at]),) if people.get(at) else ())
    found: dict[str, Stint] = {}
    for one in (part for stint in listed for part in _apart(stint)):
        found.setdefault(one.name.casefold(), one)
    return tuple(one for one in found.values() if one.name)


def _apart(stint: Stint) -> Iterator[Stint]:
    """Those whom one text names: apart at each semicolon, and at commas where all have brackets behind them."""
    parts = _TOP_LEVEL.split(stint.name)
    names = [one.strip() for one in parts[::2]]
    if set(parts[1::2]) - {";"} and not all(_IN_BRACKETS.search(one) for one in names):
        names = [stint.name]
    for name in names:
        said = "; ".join(_IN_BRACKETS.findall(name))
        yield replace(stint, name=name, does=stint.does or said)


def groups_of(advice: Advice, role: str) -> tuple[Group, ...]:
    """The people of a role, those who do the same together; suppliers are firms, and each is apart."""
    groups: list[list[Stint]] = []
    for one in people_of(advice, role):
        same = [] if role == SUPPLIERS else [some for some in groups if _same(advice, some[0], one)]
        if same:
            same[0].append(one)
        else:
            groups.append([one])
    return tuple(tuple(one) for one in groups)


def _same(advice: Advice, one: Stint, other: Stint) -> bool:
    first, second = (duties(advice, (some,)) for some in (one, other))
    if not first or not second:
        return first == second
    return bool(alike(first, second, advice.names.words.subjects)) or not (stems(first) and stems(second))


def duties(advice: Advice, people: Sequence[Stint]) -> str:
    """What people do, as far as the file says: of themselves, or as the owner or doer of something stated."""
    said = [text for one in people if (text := one.does or _trade(one.name))]
    for matter in advice.engagement.matters:
        named = {matter.owner.casefold(), matter.does.casefold()} - {""}
        if any(is_called(one.name, typed) for one in people for typed in named):
            said.append(matter.what)
    return "; ".join(said)


def _trade(name: str) -> str:
    """What people do who are named by it: `five developers`."""
    return name if _COUNTED.match(name) else ""


def with_led(advice: Advice) -> Advice:
    """The advice with people whom a lead brings along, as in `leads five developers`, among the team."""
    if TEAM not in advice.names.roles:
        return advice
    engagement, known = advice.engagement, " ".join(one.name for one in people_of(advice, TEAM))
    led = [
        Stint(f"{found[0][:1].upper()}{found[0][1:]}", does=f"{LED} {one.name}")
        for role in _LEADING
        for one in people_of(advice, role)
        if (found := _COUNTED.search(one.does)) and found[2] not in known
    ]
    if not led:
        return advice
    times = {**engagement.times, TEAM: (*led, *people_of(advice, TEAM))}
    return replace(advice, engagement=replace(engagement, times=times))


def is_called(name: str, typed: str) -> bool:
    """Whether somebody of this name, with or without what stands behind it, is meant."""
    return bool(called(name)) and called(name) == called(typed)

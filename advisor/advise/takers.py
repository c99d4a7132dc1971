"""Who takes what was stated: whoever was named or promised it; and who stands above those who disagree."""

from __future__ import annotations

import re

from advisor.advise.named import people_of
from advisor.advise.owners import (
    CLIENTS,
    EXECUTIVE,
    SUPPLIERS,
    acting,
    called,
    everybody,
    is_inside,
    is_ours,
    is_party,
    is_same,
    is_theirs,
    parties,
    role_called,
)
from advisor.advise.pacing import Stated
from advisor.advise.stints import BOTH
from advisor.model.advice import Advice
from advisor.model.rules import DELIVERY_MANAGER, PROJECT_MANAGER
from advisor.model.stated import Matter

WORRY, KEPT = "worry", "kept"
_ACCOUNT = "account_manager"
_OF_MONEY = frozenset({"money", "refused", "paid"})  # what a sponsor settles in person
_LEADING = ("team_lead", "technical_lead", SUPPLIERS, DELIVERY_MANAGER)  # who has people of their own
_HANDS = "people|team|developers|engineers|analysts|testers"
_PEOPLE = re.compile(
    rf"\b(?:order of work|team by name|(?:{_HANDS}) work on|(?:her|his|their|whose) (?:{_HANDS})"
    rf"|(?:{_HANDS}|staff) (?:to|off|from|were|was|are|is)\b)",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s*[(,;].*")
_FIRST = re.compile(r"[A-ZÀ-Þ][\w'’-]{2,}")


def taker_of(advice: Advice, stated: Stated, role: str, proposed: str) -> str:
    """Who takes a step or a risk of this role: a role or a name; empty where the point is neither.

    `proposed` is the role that what the matter is about gives it to, if somebody is named for that.
    """
    matter, kind = stated.matter, stated.kind
    if not role:
        return ""
    if matter.owner:
        return acting(advice, matter.owner) if matter.owner in advice.names.roles else matter.owner
    if kind.who_takes_it and (promised := _promised_by(advice, matter.who)):
        return promised if stated.name == KEPT and is_ours(advice, matter.who) else with_lead(advice, promised)
    if (proposed or role) == EXECUTIVE and stated.name not in _OF_MONEY and (asker := _asker(advice)):
        return asker
    if proposed and (people_of(advice, proposed) or (proposed == EXECUTIVE and matter.kind != WORRY)):
        role = proposed
    at = acting(advice, role)
    name = advice.engagement.people.get(at, at)
    if matter.kind == WORRY and is_named_in(name, matter.what):  # nor watches themselves
        return acting(advice, EXECUTIVE)
    if is_party(advice, role, matter.who):  # nobody judges their own case
        role = next((one for one in reversed(BOTH) if one in advice.matrix.roles), role)
    return acting(advice, role)


def _asker(advice: Advice) -> str:
    """Who asked for the advice, where somebody else is the sponsor: sees to what the sponsor need not."""
    asker = _BEHIND.sub("", advice.engagement.asked_by).strip()
    sponsor = advice.engagement.people.get(EXECUTIVE, "")
    return asker if asker and sponsor and not is_same(advice, asker, sponsor) else ""


def _promised_by(advice: Advice, who: str) -> str:
    """Who of our own people promised it, with a role or without; empty for anybody else."""
    if not who or is_theirs(advice, who) or len(parties(who)) > 1:
        return ""
    if is_ours(advice, who):
        return who
    return "" if is_inside(advice) or role_called(advice, who) else _BEHIND.sub("", who)


def with_lead(advice: Advice, who: str) -> str:
    """Somebody beside whoever owns the account or asked for the advice, who goes with them to the client."""
    people = advice.engagement.people
    asker = _BEHIND.sub("", advice.engagement.asked_by)
    lead = people.get(_ACCOUNT, "") or asker or people.get(EXECUTIVE, "")
    name = people.get(who, who)
    return who if not lead or is_same(advice, lead, name) else f"{_BEHIND.sub('', lead)} with {name}"


def leader_in(advice: Advice, matter: Matter) -> str:
    """Who leads people whom whoever has the plan disposes of as well, where the matter names both; else empty."""
    planner, told = planner_in(advice, matter), f"{matter.who} {matter.what}"
    if not _PEOPLE.search(matter.what) or not planner:
        return ""
    leads = (name for role, name in everybody(advice) if role in _LEADING and name != planner)
    return next((_BEHIND.sub("", name) for name in leads if is_named_in(name, told)), "")


def planner_in(advice: Advice, matter: Matter) -> str:
    """The manager whom the matter names: the project manager, else the delivery manager; empty for none."""
    told, people = f"{matter.who} {matter.what}", advice.engagement.people
    names = (people.get(role, "") for role in (PROJECT_MANAGER, DELIVERY_MANAGER))
    return next((_BEHIND.sub("", name) for name in names if is_named_in(name, told)), "")


def is_named_in(name: str, text: str) -> bool:
    """Whether a text names somebody, by all of the name or by the first."""
    if not name:
        return False
    first = _FIRST.match(name)
    names = [name, *([first[0]] if first else [])]
    return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) for one in names)


def above(advice: Advice, typed: str) -> str:
    """The role that stands above the several people whom a text names; empty where nobody is known who does."""
    named = parties(typed)
    if len(named) < 2:
        return ""
    of_client = all(is_theirs(advice, one) for one in named)
    ours = all(is_ours(advice, one) for one in named)
    inside = is_inside(advice)
    able = (*(CLIENTS[:1] if of_client else ()), *((EXECUTIVE,) if ours or inside else ()))
    return next((role for role in able if people_of(advice, role) and not _is_one_of(advice, role, named)), "")


def _is_one_of(advice: Advice, role: str, named: list[str]) -> bool:
    return any(called(one.name) == called(other) for one in people_of(advice, role) for other in named)

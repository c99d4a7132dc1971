"""Who takes what is to be done: whoever was named for it, whoever holds the role, or who acts while nobody holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.advise.stints import BOTH, carrier, first_day, free_from
from advisor.model.advice import Advice
from advisor.model.rules import COMBINED, DELIVERY_MANAGER, PROJECT_MANAGER
from advisor.model.stated import Matter

EXECUTIVE, TEAM_LEAD = "executive_sponsor", "team_lead"
SUPPLIERS = "suppliers"
TEAM = "delivery_team"
GROUPS = frozenset({TEAM, "support_team", SUPPLIERS, "client_team"})  # need no name
CHECKS = ("quality_compliance", "project_office", "steering_committee")  # look at the work of others
CLIENTS = ("client_sponsor", "client_project_manager", "product_owner", "client_team")
# Who acts for a role that nobody holds yet, if they have a name: for work with the client, and for the work itself.
_WITH_CLIENT = ("account_manager", PROJECT_MANAGER, "project_office")
_AT_WORK = (TEAM_LEAD, "technical_lead", DELIVERY_MANAGER, "project_office", "account_manager")
_ACTS_FOR = {
    DELIVERY_MANAGER: _WITH_CLIENT,
    PROJECT_MANAGER: _AT_WORK,
    TEAM_LEAD: _AT_WORK,
    EXECUTIVE: ("project_office", "account_manager"),
}
_TITLE = re.compile(
    r"(?:[\w-]+ ){0,3}(?:officer|director|manager|chair|treasurer|secretary|president|head|partner|lead)(?: of .+)?",
    re.IGNORECASE,
)
_ENDS_NAME = re.compile(r"[,(;]")
_DEPARTMENT = re.compile(
    r"\b(?:boards?|departments?|directorates?|divisions?|units?|teams?|offices?|lines?|branch(?:es)?|services|finance|"
    r"marketing|sales|operations|facilities|HR|IT)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(r",|;| and | or ")


def column_of(advice: Advice, role: str) -> str:
    """The role whose column holds this role's part."""
    there, known = advice.matrix.roles, advice.names.roles.get(role)
    if role in there or known is None:
        return role
    return next((one for one in known.falls_to if one in there), role)


def acting(advice: Advice, role: str) -> str:
    """Who does this role's part: the role itself where somebody holds it, else the name of who acts until then."""
    at = column_of(advice, role)
    lacking = advice.recommendation
    if at in lacking.not_paid_for:
        return carrier(advice) or at
    if at not in _ACTS_FOR or (_is_named(advice, at) and at not in lacking.unstaffed):
        return at
    people = advice.engagement.people
    acts = (people[one] for one in _ACTS_FOR.get(role, _ACTS_FOR[at]) if people.get(one) and _is_there(advice, one))
    last = EXECUTIVE if at in lacking.not_available else at  # who is only to be named will be there to do it
    return next(acts, "") or (last if last in advice.matrix.roles else at)


def _is_named(advice: Advice, role: str) -> bool:
    """Whether the role has somebody; where one person holds both, either name will do."""
    held = BOTH if role in BOTH and advice.recommendation.model == COMBINED else (role,)
    return any(advice.engagement.people.get(one) for one in held)


def _is_there(advice: Advice, role: str) -> bool:
    """Whether a role can act for another: a manager only where the model has one, who is paid for and free by then."""
    found = advice.recommendation
    lacks = role not in advice.split.overall or role in (*found.unstaffed, *found.not_paid_for)
    return free_from(advice, role) <= first_day(advice) and not (role in BOTH and lacks)


def role_called(advice: Advice, typed: str) -> str:
    """The role that is meant, or that the person of that name holds; empty for anybody else."""
    if typed in advice.names.roles:
        return typed
    wanted = called(typed)
    found = next((role for role, name in everybody(advice) if wanted and called(name) == wanted), "")
    roles = advice.names.roles
    return found if found in roles else next((id for id, one in roles.items() if found in one.also), found)


def is_theirs(advice: Advice, typed: str) -> bool:
    """Whether this is the client, or somebody of theirs."""
    client = advice.engagement.client.casefold() or "the client"
    whose = tuple(f"{one}'s " for one in ("the client", client, client.split()[0]))
    return any(
        role_called(advice, one) in CLIENTS
        or one.strip().casefold() in ("the client", client)
        or one.strip().casefold().startswith(whose)
        for one in _named_in(typed)
    )


def is_client_in(advice: Advice, text: str) -> bool:
    """Whether a text names the client by the first word of its name."""
    name = advice.engagement.client.split()[:1]
    return bool(name) and not is_inside(advice) and bool(re.search(rf"\b{re.escape(name[0])}\b", text))


def is_inside(advice: Advice) -> bool:
    """Whether the client is of the reader's own firm."""
    return (advice.engagement.answers.get("reader") or advice.assumed.get("reader", "supplier")) != "supplier"


def is_claimed(advice: Advice, matter: Matter) -> bool:
    """Whether a supplier claims what the matter costs from the reader."""
    return any(role_called(advice, one) == SUPPLIERS for one in _named_in(matter.who))


def client_called(advice: Advice) -> str:
    """The client in a sentence: by name; inside one organisation its own name is nobody's, and a department's stays."""
    name = " ".join(advice.engagement.client.split())
    named = not is_inside(advice) or name[:1].islower() or _DEPARTMENT.search(name)
    return name if name and named else advice.names.client


def is_ours(advice: Advice, typed: str) -> bool:
    """Whether somebody of our own is meant."""
    roles = [role_called(advice, one) for one in _named_in(typed)]
    return any(role not in ("", SUPPLIERS, "steering_committee") for role in roles) and not is_theirs(advice, typed)


def is_same(advice: Advice, one: str, other: str) -> bool:
    """Whether both, each a role or a name, are one person."""
    names = [advice.engagement.people.get(found, found) for found in (one, other)]
    return bool(one and other) and called(names[0]) == called(names[1])


def parties(typed: str) -> list[str]:
    """Everybody whom a text names, one by one."""
    return [one for one in (part.strip() for part in _NAMES.split(typed)) if one]


def is_party(advice: Advice, role: str, typed: str) -> bool:
    """Whether the holder of the role is one of several people whom the text names."""
    found = parties(typed)
    return len(found) > 1 and any(is_same(advice, role, one) for one in found)


def everybody(advice: Advice) -> Iterator[tuple[str, str]]:
    """Every person that the file names, with the role."""
    yield from advice.engagement.people.items()
    for role, stints in advice.engagement.times.items():
        yield from ((role, one.name) for one in stints)


def _named_in(typed: str) -> list[str]:
    return [typed, *_NAMES.split(typed)]


def is_title(text: str) -> bool:
    """Whether this is what somebody is (`bookings manager`), not what they do or decide."""
    return bool(_TITLE.fullmatch(text.strip()))


def called(text: str) -> str:
    """What somebody is called, without what stands behind: `Geoff` of `Geoff, a volunteer`."""
    return _ENDS_NAME.split(text)[0].strip().casefold()

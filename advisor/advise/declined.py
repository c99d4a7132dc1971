"""Why nobody else leads, by what people stated: what they would cost, who goes too early, what the client decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.advise.against import in_short
from advisor.advise.implied import goes_early
from advisor.advise.offered import name_of
from advisor.advise.offers import OFFER, asks_for_one, too_dear
from advisor.advise.owners import is_theirs
from advisor.advise.stints import BOTH
from advisor.model.advice import Advice

_WAITING = frozenset({"dependency", "approval", "decision", "dispute"})
_MOST_TOLD = 2
_HEALTHY = "on_track"


def declined(advice: Advice) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The reasons, the strongest first, each with what its placeholders stand for besides the client and go-live."""
    asked = asks_for_one(advice)
    for one in asked:
        dear = too_dear(advice, one) if one.kind == OFFER else ""
        if dear:
            yield "No {whom}: {what}", {"whom": name_of(one), "what": dear}
    staffed = tuple(advice.split.overall)
    if len(staffed) == 1:
        for role in BOTH:
            name, day = advice.engagement.people.get(role, ""), goes_early(advice.engagement, role)
            if role not in staffed and day and name and name not in advice.engagement.people.get(staffed[0], ""):
                title = advice.names.roles[role].name.lower()
                yield f"No {title}: {{whom}} goes on {{day}}, before {{go_live}}", {"whom": name, "day": day}
    waiting = what_waits(advice)
    if asked and waiting and len(staffed) == 1:
        yield "No second manager: what holds the work up is {client}'s to decide ({what})", {"what": waiting}


def what_waits(advice: Advice) -> str:
    """What the client has to decide or deliver before the work goes on; empty for work that goes well."""
    if advice.engagement.answers.get("health", _HEALTHY) == _HEALTHY:
        return ""
    matters = [one for one in advice.engagement.matters if one.kind in _WAITING and is_theirs(advice, one.who)]
    return "; ".join(in_short(one.what) for one in matters[:_MOST_TOLD])

"""Why nobody else leads, by what people stated: what they would cost, who goes too early, what the client decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.advise.clauses import in_short
from advisor.advise.implied import goes_early
from advisor.advise.offered import name_of
from advisor.advise.offers import OFFER, asks_for_one, too_dear
from advisor.advise.owners import is_theirs
from advisor.advise.paid import there_for_managing, weekly_cost, weeks_until_live
from advisor.advise.stints import BOTH
from advisor.model.advice import Advice
from advisor.model.money import in_words
from advisor.model.rules import COMBINED

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
    if advice.recommendation.model == COMBINED and set(staffed) == set(BOTH):
        yield from _dearer(advice, BOTH[0])
    if len(staffed) == 1:
        for role in BOTH:
            name, day = advice.engagement.people.get(role, ""), goes_early(advice.engagement, role)
            if role not in staffed and day and name and name not in advice.engagement.people.get(staffed[0], ""):
                title = advice.names.roles[role].name.lower()
                yield f"No {title}: {{whom}} goes on {{day}}, before {{go_live}}", {"whom": name, "day": day}
        yield from _dearer(advice, staffed[0])
    waiting = what_waits(advice)
    if asked and waiting and len(staffed) == 1:
        yield "No second manager: what holds the work up is {client}'s to decide ({what})", {"what": waiting}


def _dearer(advice: Advice, role: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """That the other manager who can be had costs more than whoever leads, and than there is for managing."""
    engagement, money = advice.engagement, advice.engagement.money
    other = next(one for one in BOTH if one != role)
    costs, more, there = weekly_cost(engagement, role), weekly_cost(engagement, other), there_for_managing(engagement)
    if money is None or not 0 < costs < more or not 0 < there < more * weeks_until_live(engagement):
        return
    dear, cheap, all_of_it = (in_words(money.managing or money.rate, amount) for amount in (more, costs, there))
    what = f"a week costs {dear}, and {cheap} with {engagement.people[role]}; {all_of_it} is there for managing in all"
    yield "No {whom}: {what}", {"whom": engagement.people[other], "what": what}


def what_waits(advice: Advice) -> str:
    """What the client has to decide or deliver before the work goes on; empty for work that goes well."""
    if advice.engagement.answers.get("health", _HEALTHY) == _HEALTHY:
        return ""
    matters = [one for one in advice.engagement.matters if one.kind in _WAITING and is_theirs(advice, one.who)]
    return "; ".join(in_short(one.what) for one in matters[:_MOST_TOLD])

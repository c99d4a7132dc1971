"""What the placeholders in the texts of a matter stand for: what was typed, and what follows from its days."""

from __future__ import annotations

import re
from dataclasses import replace

from advisor.advise.against import against
from advisor.advise.deciders import decider, leads_work, orders_backlog
from advisor.advise.lead_times import DEPENDENCY, lead_of
from advisor.advise.lead_times import in_words as lead_in_words
from advisor.advise.offered import is_paid_for
from advisor.advise.offers import (
    OFFER,
    POST,
    called_as,
    cost_in_words,
    for_the_team,
    is_on_staffing,
    named_leads,
    seat_for,
    since,
    too_dear,
    why_not,
)
from advisor.advise.owners import CLIENTS, everybody, is_client_in, is_theirs, parties
from advisor.advise.pace_sums import in_words as sum_in_words
from advisor.advise.pace_sums import ways_out
from advisor.advise.pacing import Pace, Stated
from advisor.advise.penalty import cost_of
from advisor.advise.posts import posts_in_words
from advisor.advise.row_names import TELLING
from advisor.advise.stints import BOTH, stand_in, undecided
from advisor.advise.takers import KEPT, above, is_named_in, leader_in, planner_in
from advisor.model.advice import Advice
from advisor.model.money import in_words as money
from advisor.model.stated import (
    ABSENCE,
    DATED,
    LEADER,
    NO_ABOUT,
    OF_CLIENT,
    PAID_FOR,
    PERSON,
    WHY,
    About,
    Matter,
    MatterKind,
)

BETWEEN_TWO, WHO_WORKS = frozenset({"authority", "duty", "method", "quarrel"}), "who_works"
DECIDED = frozenset({"authority", "duty"})  # by whoever answers for the row that it is on
DAY, REMIT_OF = "day", "remit"  # what a promise is about
NOBODY_THERE, TITLE, BUDGET_HOLDER = "nobody_there", "title", "budget_holder"  # what a person is missing for
_ON_OUR_SIDE = re.compile(r"\b(?:for us|on our side|we have named|of ours)\b")
WILLING = "willing"  # somebody of ours, to take a part
IN_CHARGE = "in_charge"  # of the whole, which is what the advice says
CONTRACT = "contract"  # which settles it by itself
CAUSE = "cause"  # of what went wrong between two
TIME, DAYS_LOST = "time", "days_lost"  # what a worry about somebody's days is about


def of_kind(advice: Advice, matter: Matter, kind: MatterKind) -> Stated:
    """The matter with what it is about: as people said, else as its words say."""
    name = matter.about or (PERSON if undecided(advice, matter) and PERSON in kind.abouts else "")
    if name == POST and PERSON in kind.abouts and _is_about(advice, matter, kind.abouts[PERSON]):
        name = PERSON  # a form wants a name, whoever asks for the post
    if not name:
        name = next((one for one, about in kind.abouts.items() if _is_about(advice, matter, about)), "")
    if name == DAY and _is_to_one_of_ours(advice, matter):
        name = KEPT
    if name == NOBODY_THERE:  # unless it is known by what it is who that should be
        known = ((one, kind.abouts.get(one, NO_ABOUT)) for one in (TITLE, BUDGET_HOLDER))
        name = next((one for one, about in known if _is_about(advice, matter, about)), name)
    if name == WILLING and (is_theirs(advice, matter.who) or is_client_in(advice, matter.what)):
        name = ""  # a client is asked outright
    if name == TIME and DAYS_LOST in kind.abouts and _names_one_of_ours(advice, matter.what):
        name = DAYS_LOST  # ours are given days; the client's are asked for fixed times
    if name == DAY and REMIT_OF in kind.abouts and _is_about(advice, matter, kind.abouts[REMIT_OF]):
        name = REMIT_OF  # whoever is not to answer for it has no day to keep
    if name in BETWEEN_TWO and IN_CHARGE in kind.abouts and _is_about(advice, matter, kind.abouts[IN_CHARGE]):
        name = IN_CHARGE
    if name in BETWEEN_TWO and CONTRACT in kind.abouts and _is_about(advice, matter, kind.abouts[CONTRACT]):
        name = CONTRACT
    if name in BETWEEN_TWO and CAUSE in kind.abouts and _is_about(advice, matter, kind.abouts[CAUSE]):
        name = CAUSE
    if name in BETWEEN_TWO and WHO_WORKS in kind.abouts and leader_in(advice, matter):
        name = WHO_WORKS
    return Stated(replace(matter, about=name), kind, name, kind.abouts.get(name, NO_ABOUT))


def _names_one_of_ours(advice: Advice, text: str) -> bool:
    """Whether a text names anybody who works on our side."""
    return any(is_named_in(name, text) for role, name in everybody(advice) if role not in CLIENTS)


def _is_to_one_of_ours(advice: Advice, matter: Matter) -> bool:
    """Whether a promise is to somebody who works with us, and not to the client."""
    return _names_one_of_ours(advice, matter.what) and not is_client_in(advice, f"{matter.what} {matter.who}")


def _is_about(advice: Advice, matter: Matter, about: About) -> bool:
    taken = [one for one in (matter.owner, matter.does) if one]
    if OF_CLIENT in about.words and any(not is_theirs(advice, one) for one in taken):
        return False
    facts = {
        DATED: bool(matter.by),
        OF_CLIENT: _is_with_client(advice, matter),
        PAID_FOR: is_paid_for(advice, matter),
        LEADER: bool(leader_in(advice, matter)),
    }
    return any(facts.get(one, False) or _has(f"{matter.what} {matter.who}", one) for one in about.words)


def _is_with_client(advice: Advice, matter: Matter) -> bool:
    """Whether it is with somebody of the client's, and not something to tell them."""
    return bool(matter.who) and is_theirs(advice, matter.who) and not TELLING.match(matter.what)


def _has(text: str, word: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE))


def known_of(advice: Advice, one: Stated, pace: Pace) -> dict[str, str]:
    """What the placeholders stand for; what nothing is known of is left out."""
    matter, kind = one.matter, one.kind
    dated = any(letter.isdigit() for letter in matter.what)  # the text has the days by itself
    chosen = undecided(advice, matter)
    found = {
        "what": matter.what,
        "whom": "" if _is_named_by(matter, kind) else _one_after_another(matter.who),
        "owner": matter.owner,
        "does": matter.does,
        "through": matter.through,
        "sign": matter.sign,
        "amount": money(matter.amount) if matter.amount else "",
        "answer": matter.answer,
        "chosen": chosen[0] if chosen else "",
        "rest": " and ".join(chosen[1:]),
        "leads": named_leads(advice),
        "leader": leader_in(advice, matter),
        "planner": planner_in(advice, matter),
        "decider": _decider(advice, one),
        "backlog": orders_backlog(advice) if one.name == WHO_WORKS else "",
        "day": one.day,
        "from": "" if dated else matter.start,
        "until": "" if dated else matter.until,
        "early": pace.soon,
        "soon": pace.soon,
        "check": pace.check,
        "half": pace.half,
        "done": pace.done,
        "event": pace.event,
        "ready": pace.ready,
        "above": above(advice, matter.who),
        "one": "" if len(parties(matter.who)) > 1 else matter.who,
        "against": against(advice, matter),
        "sum": sum_in_words(advice, matter) if matter.left else "",
        "ways": ways_out(advice, matter) if matter.left else "",
        "lead": lead_in_words(advice, lead) if (lead := lead_of(advice, matter)) else "",
        "cost": cost_in_words(advice, matter) if matter.kind == OFFER else cost_of(matter, advice.engagement.as_of),
        **(_on_staffing(advice, matter) if is_on_staffing(matter) else {}),
        "other": _stand_in(advice, matter) if kind.id == ABSENCE and one.day else "",
    }
    return {name: text for name, text in found.items() if text}


def _decider(advice: Advice, one: Stated) -> str:
    """Who settles it by the matrix, where it is about who decides or does something."""
    if one.name == WHO_WORKS:
        return leads_work(advice, one.matter)
    of_ours = one.name == NOBODY_THERE and _ON_OUR_SIDE.search(one.matter.what)
    return decider(advice, one.matter) if one.name in DECIDED or of_ours else ""


def _is_named_by(matter: Matter, kind: MatterKind) -> bool:
    """Whether the text has whoever else is part of it, so that nobody need be told of it, or named twice."""
    named = matter.who.casefold() in matter.what.casefold()
    return named and (kind.alone or kind.id == DEPENDENCY)


def _one_after_another(typed: str) -> str:
    """`Ada, Ben and Cy` for people who are typed with semicolons between them."""
    first, *more = [one.strip() for one in typed.split(";") if one.strip()] or [""]
    return f"{', '.join((first, *more[:-1]))} and {more[-1]}" if more else first


def _on_staffing(advice: Advice, matter: Matter) -> dict[str, str]:
    """The role that it can fill, or why it is not needed."""
    if posts := posts_in_words(advice, matter):
        return {WHY: posts}
    role = "" if for_the_team(matter) else seat_for(advice, matter)
    dear = {"cost": ""} if too_dear(advice, matter) else {}  # the reason has it
    seat = called_as(advice, role) if role else ""
    return dear | {"seat": seat, "since": since(advice, matter), WHY: why_not(advice, matter)}


def _stand_in(advice: Advice, matter: Matter) -> str:
    """Who can stand in for a manager who is away."""
    told = f"{matter.who} {matter.what}"
    for role in BOTH:
        name = advice.engagement.people.get(role, "")
        if name and name in told and role in advice.matrix.roles:
            return stand_in(advice, role, matter.start or matter.by, matter.until or matter.by)
    return ""

"""Who of our own decides what is in dispute: whoever has the A of the row that it is on, else whoever leads."""

from __future__ import annotations

from advisor.advise.owners import TEAM_LEAD, everybody, is_inside, is_ours, is_same, parties
from advisor.advise.stints import BOTH
from advisor.advise.subjects import SAME_WORD, alike
from advisor.advise.takers import is_named_in
from advisor.model.advice import Advice
from advisor.model.rules import PROJECT_MANAGER
from advisor.model.stated import Matter

IN_FLOW = frozenset({"scrum", "kanban"})
_OWNER, _TECHNICAL = "product_owner", "technical_lead"
_LEADS = (*BOTH, TEAM_LEAD, _TECHNICAL)


def decider(advice: Advice, matter: Matter) -> str:
    """The name of whoever decides; empty where nobody who leads has one, or the matter is between people of others."""
    between = parties(matter.who)
    if between and not any(is_ours(advice, one) for one in between):
        return ""
    # Nobody is set against anybody: whoever answers for it decides, with a client as well.
    could = _LEADS if between else tuple(advice.engagement.people)
    named = {role: _leads(advice, role) for role in could if _leads(advice, role)}
    subjects = advice.names.words.subjects
    scored = [
        (alike(matter.what, row.name, subjects), row.rank, named[cell.role])
        for row in advice.matrix.activities
        for cell in row.cells
        if "A" in cell.letters and row.matter is None and cell.role in named
    ]
    score, _, found = max(scored, default=(0, 0, ""))
    if score >= SAME_WORD:
        return found
    if not between and not is_inside(advice):
        return ""
    seats = [named[role] for role in BOTH if role in named]
    of_them = [name for name in seats if any(is_same(advice, name, one) for one in between)]
    return of_them[0] if len(of_them) == 1 else named.get(PROJECT_MANAGER) or next(iter(seats), "")


def leads_work(advice: Advice, matter: Matter) -> str:
    """Who says who works on what: whoever of ours leads people and is named in the matter, else who leads the plan."""
    leads = (name for role, name in everybody(advice) if role in (TEAM_LEAD, _TECHNICAL))
    named = next((name for name in leads if is_named_in(name, f"{matter.who} {matter.what}")), "")
    return named or _leads(advice, PROJECT_MANAGER) or next(filter(None, (_leads(advice, role) for role in BOTH)), "")


def orders_backlog(advice: Advice) -> str:
    """Who orders the work of a team that takes it by itself, sprint by sprint or in flow; empty for any other team."""
    method = advice.engagement.answers.get("methodology") or advice.assumed.get("methodology", "")
    return advice.engagement.people.get(_OWNER, "") if method in IN_FLOW else ""


def _leads(advice: Advice, role: str) -> str:
    """The name of whoever has a column for the role and is there."""
    there = role in advice.matrix.roles and role not in advice.recommendation.unstaffed
    return advice.engagement.people.get(role, "") if there else ""

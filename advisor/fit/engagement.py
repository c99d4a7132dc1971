"""A person held against what one engagement looks for in whoever takes each of its roles."""

from __future__ import annotations

from advisor.fit.gaps import below, gap_of, look_of
from advisor.model.advice import Advice, Profile, ProfileItem
from advisor.model.fit import EngagementFit, EngagementRole, LookedFor
from advisor.model.person import Person, PersonRules

MET, GAP, NOT_SEEN, NOT_ASKED = "met", "gap", "not_seen", "not_asked"
GAPS, OPEN = "gaps", "open"


def held_against(rules: PersonRules, person: Person, advice: Advice) -> EngagementFit:
    """Every role that the recommended model staffs, held against the person; none while no model is recommended."""
    recommendation = advice.recommendation
    return EngagementFit(
        id=advice.engagement.id,
        name=advice.engagement.name,
        client=advice.engagement.client,
        model=recommendation.model or "",
        model_name=advice.names.models.get(recommendation.model or "", ""),
        settled=recommendation.status == "settled",
        roles=tuple(in_role(rules, person, advice, profile) for profile in advice.profiles),
    )


def in_role(rules: PersonRules, person: Person, advice: Advice, profile: Profile) -> EngagementRole:
    """One role: what is looked for, and the gaps, the widest first and else the most telling first."""
    together: dict[str, list[ProfileItem]] = {}
    for item in profile.competencies:
        together.setdefault(item.id, []).append(item)
    looked_for = tuple(_looked_for(rules, person, items) for items in together.values())
    short = sorted((one for one in looked_for if one.met == GAP), key=lambda one: -below(rules, one.step, one.needs))
    gaps = tuple(gap_of(rules, one.competency, one.step, one.needs, one.because) for one in short)
    not_seen = tuple(look_of(rules, one.competency) for one in looked_for if one.met == NOT_SEEN)
    holds = GAPS if gaps else OPEN if not_seen or not looked_for else MET
    return EngagementRole(profile.role, advice.names.roles[profile.role].name, holds, looked_for, gaps, not_seen)


def _looked_for(rules: PersonRules, person: Person, items: list[ProfileItem]) -> LookedFor:
    """One competency with all that asks for it, and the highest step that any of it needs."""
    first = items[0]
    needs = max((rules.needs.get(one.rule, rules.carries_from) for one in items), key=rules.steps.index)
    step = person.answers.get(first.id, "")
    if first.id not in rules.questions:
        met = NOT_ASKED
    elif not step:
        met = NOT_SEEN
    else:
        met = GAP if below(rules, step, needs) > 0 else MET
    because = " ".join(dict.fromkeys(one.because for one in items))
    return LookedFor(first.id, first.text, because, needs, step, met)

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
    looked_for = tuple(_looked_for(rules, person, item) for item in profile.competencies)
    short = sorted((one for one in looked_for if one.met == GAP), key=lambda one: -below(rules, one.step, one.needs))
    gaps = tuple(gap_of(rules, one.competency, one.step, one.needs, one.because) for one in short)
    not_seen = tuple(look_of(rules, one.competency) for one in looked_for if one.met == NOT_SEEN)
    holds = GAPS if gaps else OPEN if not_seen or not looked_for else MET
    return EngagementRole(profile.role, advice.names.roles[profile.role].name, holds, looked_for, gaps, not_seen)


def _looked_for(rules: PersonRules, person: Person, item: ProfileItem) -> LookedFor:
    needs = rules.needs.get(item.rule, rules.carries_from)
    step = person.answers.get(item.id, "")
    if item.id not in rules.questions:
        met = NOT_ASKED
    elif not step:
        met = NOT_SEEN
    else:
        met = GAP if below(rules, step, needs) > 0 else MET
    return LookedFor(item.id, item.text, item.because, needs, step, met)

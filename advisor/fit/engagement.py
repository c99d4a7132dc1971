"""A person held against what one engagement looks for in whoever takes each of its roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from advisor.fit.gaps import below, gap_of, look_of
from advisor.model.advice import Advice, PersonGap, Profile, ProfileItem
from advisor.model.fit import EngagementFit, EngagementRole, LookedFor
from advisor.model.person import Person, PersonRules
from advisor.model.rules import COMBINED, SIDES

MET, GAP, NOT_SEEN, NOT_ASKED = "met", "gap", "not_seen", "not_asked"
GAPS, OPEN = "gaps", "open"


def held_against(rules: PersonRules, person: Person, advice: Advice) -> EngagementFit:
    """Every role that the recommended model staffs, held against the person."""
    recommendation = advice.recommendation
    return EngagementFit(
        id=advice.engagement.id,
        name=advice.engagement.name,
        client=advice.engagement.client,
        model=recommendation.model,
        model_name=advice.names.models.get(recommendation.model, ""),
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
    holds = GAPS if gaps else MET if looked_for and all(one.met == MET for one in looked_for) else OPEN
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


def with_people(rules: PersonRules, advice: Advice, people: Mapping[str, Person]) -> Advice:
    """The advice with the gaps of those whom the engagement names, as guardrails; `people` are by the name used there.

    Each is held against the profile of their role, or of both where one person takes both.
    """
    named = dict(advice.engagement.people)
    sides = {name for role, name in named.items() if role in SIDES}
    if advice.recommendation.model == COMBINED and len(sides) == 1:
        named |= dict.fromkeys(SIDES, sides.pop())
    gaps = [
        gap
        for name in dict.fromkeys(named.values())
        if name in people
        for gap in _gaps(rules, advice, people[name], [role for role, one in named.items() if one == name], name)
    ]
    return replace(advice, people_gaps=tuple(gaps))


def _gaps(rules: PersonRules, advice: Advice, person: Person, roles: list[str], name: str) -> Iterator[PersonGap]:
    """The gaps that matter most in those roles, each competency once, and in one line what was not seen."""
    held = [in_role(rules, person, advice, profile) for profile in advice.profiles if profile.role in roles]
    short = sorted(
        ((one.role, gap) for one in held for gap in one.gaps), key=lambda one: -below(rules, one[1].step, one[1].needs)
    )
    told: set[str] = set()
    for role, gap in short:
        if gap.competency in told or len(told) == rules.most_gaps:
            continue
        told.add(gap.competency)
        seen, needs = (rules.step_words[step] for step in (gap.step, gap.needs))
        text = f"{name}, {gap.about}: seen {seen}, needed {needs} here. Agree on a first step: “{gap.close}”"
        yield PersonGap(name, role, gap.competency, text, gap.claims)
    unseen = {look.competency: (one.role, look) for one in held for look in one.not_seen}
    if unseen:
        role, first = next(iter(unseen.values()))
        abouts = ", ".join(look.about for _, look in unseen.values())
        text = f"{name}, not seen yet: {abouts}. Look before you rely on it. {first.look}"
        yield PersonGap(name, role, "", text, ())

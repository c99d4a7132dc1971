"""From answers to advice: topics, recommendation, split, matrix, guardrails and profiles, in that order."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache, partial
from types import ModuleType

from advisor.advise.agreed import fitting, with_agreed
from advisor.advise.assumptions import others, resting, unsure
from advisor.advise.authority import with_asker, with_people
from advisor.advise.given import check_answers
from advisor.advise.implied import with_implied, with_leader, with_who_is_offered, with_who_is_paid_for, with_who_stays
from advisor.advise.memo import Memo
from advisor.advise.named import says_who
from advisor.advise.paid import days_a_week
from advisor.advise.reading import read_answers
from advisor.advise.recommend import recommend
from advisor.advise.session import MOST_LAYOUTS, Session, session_for
from advisor.advise.state import State, conclude
from advisor.advise.stated import with_stated
from advisor.advise.taken_up import with_taken_up
from advisor.model.advice import Advice, Names, Orientation
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from advisor.model.rules import COMBINED, MODEL, ORIENTATION, UNANSWERED, WORK_ASKS_FOR, Rule

__all__ = ["State", "advise", "advise_fitting", "conclude", "read_answers"]


def advise(catalog: Catalog, engagement: Engagement, session: Session | None = None) -> Advice:
    """Return the advice on one engagement.

    What is not answered is taken as usual, and the advice says so. `session` remembers what fired, by default for all
    advice on the catalog. Threads may call this at the same time. Raises InputError where an answer is no option of a
    question of the catalog or something agreed cannot hold, and BrokenInvariant when the rulebook contradicts itself or
    engine and reference differ.
    """
    advice = _by_rules(catalog, engagement, session)
    return with_agreed(catalog, advice) if engagement.agreed else advice


def advise_fitting(catalog: Catalog, engagement: Engagement, session: Session | None = None) -> Advice:
    """The advice with only what was agreed that can hold: for what would be, if answers or rules were others."""
    advice = _by_rules(catalog, engagement, session)
    if not engagement.agreed:
        return advice
    return with_agreed(catalog, replace(advice, engagement=fitting(catalog, engagement, advice)))


def _by_rules(catalog: Catalog, engagement: Engagement, session: Session | None) -> Advice:
    check_answers(catalog, engagement.answers, engagement.id)
    engagement = with_implied(catalog, engagement)
    every = {**dict.fromkeys(catalog.questions, UNANSWERED), **engagement.answers}
    told, whole = with_asker(engagement), _whole(catalog, session or session_for(catalog))
    advice = whole(every)
    moved = with_who_stays(told, advice)
    if moved is not told and _is_led_by_one(stays := whole({**every, **moved.answers})):
        told, advice = moved, stays
    told = with_who_is_paid_for(told, advice)
    advice = _staffed(catalog, advice, told)
    if had := with_who_is_offered(catalog, told, advice):
        again = _staffed(catalog, whole({**every, **had.answers}), replace(told, answers=had.answers))
        advice = again if set(again.split.overall) >= set(advice.split.overall) else advice
    tells = told.matters or told.times or told.money or says_who(advice)
    return with_people(with_stated(catalog, advice) if tells else advice)


def _staffed(catalog: Catalog, advice: Advice, told: Engagement) -> Advice:
    """The advice on an engagement, with the days that are paid for and whoever leads."""
    if told.money is not None and (days := days_a_week(told)):
        advice = replace(advice, paid_days=days)
    return with_taken_up(catalog, with_leader(advice, told), told)


def _is_led_by_one(advice: Advice) -> bool:
    return len(advice.split.overall) == 1 or advice.recommendation.model == COMBINED


@lru_cache(maxsize=4)
def _whole(catalog: Catalog, session: Session) -> Memo[Advice]:
    """Advices by all answers: in a book of work many are alike, and one may be looked at again and again."""
    return Memo(catalog.questions, partial(_work_out, catalog, session), MOST_LAYOUTS)


def _work_out(catalog: Catalog, session: Session, every: Mapping[str, str]) -> Advice:
    """The advice on answers, one for each question, on an engagement of which nothing else is known."""
    answers = {name: value for name, value in every.items() if value != UNANSWERED}
    state = conclude(catalog, answers, session)
    values = state.values
    tried = others(catalog, answers, state, session)
    recommendation = recommend(catalog, answers, state, tried, session)
    layout = session.layouts(values)
    guidance = session.guidance(values)
    client, plan = state.sides
    advice = Advice(
        engagement=Engagement("", "", "", answers, {}, {}),
        recommendation=recommendation,
        orientation=Orientation(client, plan, values[ORIENTATION]),
        levels=state.levels,
        findings=tuple([finding for topic in state.topics for finding in topic.findings]),
        split=layout.split,
        matrix=layout.matrix,
        evidence=tuple([item for topic in state.topics for item in topic.items]),
        profiles=guidance.profiles,
        guardrails=guidance.guardrails,
        points=guidance.points,
        paid_days=next(
            (days[answers[name]] for name, days in catalog.paid_days.items() if answers.get(name) in days), 0
        ),
        assumed={name: values[name] for name in state.reading.unanswered},
        set_aside=state.reading.set_aside,
        role_sense=guidance.role_sense,
        version=catalog.version,
        digest=catalog.digest,
        names=names_of(catalog),
        spoke=(
            *[topic.spoke for topic in state.topics],
            tuple([reason.rule for reason in recommendation.reasons]),
            layout.spoke,
            guidance.spoke,
        ),
    )
    if not tried:
        return advice
    rules = _rules(catalog)
    return replace(
        advice,
        assuming=resting(state, tried, [rules[name] for name in sorted(advice.fired)]),
        unsure=unsure(state, tried),
    )


@lru_cache(maxsize=4)
def _rules(catalog: Catalog) -> dict[str, Rule]:
    return {rule.id: rule for rule in catalog.rules()}


@lru_cache(maxsize=4)
def names_of(catalog: Catalog) -> Names:
    """The words for every id that advice on this catalog may mention."""
    labels = {question.id: {one.id: one.label for one in question.options} for question in catalog.questions.values()}
    labels |= {finding.id: dict(finding.labels) for finding in catalog.findings.values()}
    models = {model.id: model.name for model in catalog.models.values()}
    labels |= {MODEL: models, WORK_ASKS_FOR: models}
    return Names(
        roles=catalog.roles,
        phases=catalog.phases,
        models=models,
        questions={question.id: question.text for question in catalog.questions.values()}
        | {finding.id: finding.text for finding in catalog.findings.values()},
        options=labels,
        claims=catalog.claims,
        claims_from=catalog.claims_from,
        several=catalog.several,
        bands=catalog.findings[ORIENTATION].labels,
        columns={model.id: {model.staffs[0]: model.column} for model in catalog.models.values() if model.column},
        words=catalog.words,
    )


class _Called(ModuleType):
    """`advisor.advise` is this package once it has been imported, and the README's function all the same."""

    def __call__(self, catalog: Catalog, engagement: Engagement, session: Session | None = None) -> Advice:
        return advise(catalog, engagement, session)


sys.modules[__name__].__class__ = _Called

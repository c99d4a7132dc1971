"""The whole story of one recommendation: the decision, how sure it is, what was assumed, the way from the answers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from advisor.advise.assumptions import assumptions, others
from advisor.advise.recommendation import concluded
from advisor.explain.answers import usual_because
from advisor.explain.changes import what_would_change
from advisor.explain.looking import Facts
from advisor.explain.values import Assumed, Deciding, Origin, StepStory, Sure, TopicStory
from advisor.explain.whys import Story

MOST_DECIDING = 3


def story(facts: Facts, depth: int) -> Story:
    """Everything about how the advice was reached."""
    catalog, state = facts.catalog, facts.state
    assumed = _assumed(facts)
    shown = {one.question for one in assumed}
    return Story(
        tuple(_step(facts, step.findings[0].id) for step in catalog.steps),
        _sure(facts),
        what_would_change(catalog, facts.answers, facts.session, depth),
        assumed,
        tuple(name for name in state.reading.unanswered if name not in shown),
        tuple(
            TopicStory(
                topic.table.id,
                topic.table.title,
                facts.read(topic.table.names),
                facts.looks(topic.table, result.fired),
                _origins(facts, *(finding.id for finding in topic.findings)),
            )
            for topic, result in zip(catalog.topics, state.topics, strict=True)
        ),
        _origins(facts, *catalog.measures),
        facts.leaning(),
        {name: facts.answers[name] for name in state.reading.set_aside},
    )


def _origins(facts: Facts, *names: str) -> tuple[Origin, ...]:
    return tuple(one for name in names if (one := facts.origin(name)) is not None)


def _step(facts: Facts, finding: str) -> StepStory:
    step = next(one for one in facts.catalog.steps if one.findings[0].id == finding)
    spoke = [rule for rule in facts.state.verdict.rules if concluded(rule, finding)]
    return StepStory(step.table.id, step.table.title, finding, facts.value(finding), facts.looks(step.table, spoke))


def _sure(facts: Facts) -> Sure:
    recommendation = facts.advice.recommendation
    return Sure(recommendation.status, recommendation.share, recommendation.shares, _deciding(facts))


def _deciding(facts: Facts) -> tuple[Deciding, ...]:
    """The open questions whose answers move the share of the recommended model most, on average over the options.

    Which come into question is told from one look ahead; the shares are those of the advice once an option is answered.
    """
    recommendation, outlook = facts.advice.recommendation, facts.session.outlook
    model, now = recommendation.model, recommendation.share
    if len(recommendation.shares) == 1:
        return ()
    look = outlook.look(facts.answers)
    weights = {
        name: {option: Fraction(sum(models.values()), sum(look.models.values())) for option, models in told.items()}
        for name, told in look.answers.items()
    }
    seen = {
        name: {option: Fraction(one.get(model, 0), sum(one.values())) for option, one in told.items()}
        for name, told in look.answers.items()
    }

    def moved(name: str, shares: Mapping[str, Fraction]) -> Fraction:
        moves = (abs(share - now) * weights[name].get(option, 0) for option, share in shares.items())
        return sum(moves, Fraction(0))

    found = []
    for name in sorted(seen, key=lambda name: -moved(name, seen[name]))[: 2 * MOST_DECIDING]:
        shares = seen[name]
        question = facts.catalog.questions[name]
        if question.hangs:  # once it is answered, the other answers no longer weigh by what was usual for this one
            shares = {
                option: outlook.shares({**facts.answers, name: option}).get(model, Fraction(0))
                for option in question.option_ids
            }
        found.append(Deciding(name, moved(name, shares), shares))
    found.sort(key=lambda one: -one.moves)
    return tuple([one for one in found if one.moves][:MOST_DECIDING])


def _assumed(facts: Facts) -> tuple[Assumed, ...]:
    """The assumptions that matter, the weightiest first, with what every other answer leads to."""
    tried = others(facts.catalog, facts.answers, facts.state, facts.session)
    return tuple(
        Assumed(
            one.question,
            one.answer,
            *usual_because(facts, one.question),
            {other.option: facts.lead(other.state) for other in tried if other.question == one.question},
        )
        for one in assumptions(facts.catalog, facts.state, tried)
    )

"""The whole story of one recommendation: the decision, how sure it is, what was assumed, the way from the answers."""

from __future__ import annotations

from fractions import Fraction

from advisor.advise.assumptions import assumptions, others
from advisor.advise.recommendation import concluded
from advisor.explain.answers import usual_because
from advisor.explain.changes import what_would_change
from advisor.explain.looking import Facts
from advisor.explain.values import Assumed, Deciding, Origin, StepStory, Story, Sure, TopicStory

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
    """The open questions that move the share of the recommended model most: by how much on average over the options."""
    recommendation = facts.advice.recommendation
    if len(recommendation.shares) == 1:
        return ()
    look = facts.session.outlook.look(facts.answers)
    whole = sum(look.models.values())
    found = []
    for name, by_option in look.answers.items():
        weights = {option: sum(models.values()) for option, models in by_option.items()}
        shares = {
            option: Fraction(by_option[option].get(recommendation.model, 0), weights[option])
            for option in facts.catalog.questions[name].option_ids
            if weights.get(option)
        }
        moves = sum(
            (abs(share - recommendation.share) * Fraction(weights[option], whole) for option, share in shares.items()),
            Fraction(0),
        )
        found.append(Deciding(name, moves, shares))
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

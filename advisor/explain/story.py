"""The whole story of one recommendation: the decision, what would change or settle it, the way from the answers."""

from __future__ import annotations

from advisor.explain.changes import unknowns, what_would_change
from advisor.explain.looking import Facts
from advisor.explain.values import Decision, RuleLook, Story, TopicStory
from advisor.model.advice import Advice
from advisor.model.rules import Rule, Table


def story(facts: Facts, advice: Advice, depth: int) -> Story:
    """Everything about how the advice was reached."""
    settled = len(facts.left) == 1
    args = (facts.catalog, facts.answers, facts.session, depth)
    return Story(
        _decision(facts, advice),
        what_would_change(*args) if settled else None,
        None if settled else unknowns(*args),
        tuple(
            TopicStory(
                topic.table.id,
                topic.table.title,
                facts.read(topic.table.names),
                facts.looks(topic.table, result.fired),
                tuple(one for finding in topic.findings if (one := facts.origin(finding.id)) is not None),
            )
            for topic, result in zip(facts.catalog.topics, facts.state.topics, strict=True)
        ),
        facts.leaning(),
        {name: facts.answers[name] for name in facts.state.reading.set_aside},
    )


def _decision(facts: Facts, advice: Advice) -> Decision:
    catalog, recommendation = facts.catalog, advice.recommendation
    return Decision(
        _once(facts, catalog.asks_for.table, [asking for asking, _ in facts.spoken]),
        _once(facts, catalog.recommend.table, [staffing for _, staffing in facts.spoken]),
        recommendation.margin,
        recommendation.runner_up,
        recommendation.steps,
    )


def _once(facts: Facts, table: Table, rules: list[Rule]) -> tuple[RuleLook, ...]:
    spoken = set(rules)
    return facts.looks(table, (rule for rule in table.rules if rule in spoken))

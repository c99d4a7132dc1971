"""Why, and why not, for one thing: a model, a finding or level, a rule or guardrail, a question."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from advisor.advise.recommendation import concluded
from advisor.explain.changes import ways_to
from advisor.explain.looking import Facts, bears_on
from advisor.explain.values import FAILS, Change, RuleLook
from advisor.explain.whys import FindingWhy, ModelWay, ModelWhy, QuestionWhy, RuleWhy, SeveralWhy
from advisor.model.rules import MODEL, WORK_ASKS_FOR, Guardrail, Rule, Table

NEAREST = 3  # ways that are told in full; the rest by name


def why_model(facts: Facts, model: str, depth: int) -> ModelWhy:
    """Every rule of the last step that would recommend the model, with those that would have the work ask for it."""
    ways = [_way(facts, rule) for rule in facts.catalog.recommend.table.rules if concluded(rule, MODEL) == model]
    ways.sort(key=lambda way: way.failing)
    looks = [look for way in ways[:NEAREST] for look in (way.staffing, *way.asking[:NEAREST])]
    chosen = facts.value(MODEL) == model
    sets = () if chosen else ways_to(facts.catalog, facts.answers, facts.session, model, depth)
    share = facts.advice.recommendation.shares.get(model, Fraction(0))
    return ModelWhy(model, chosen, share, tuple(ways), () if chosen else facts.origins(looks), sets, depth)


def _way(facts: Facts, rule: Rule) -> ModelWay:
    catalog = facts.catalog
    staffing = facts.look(catalog.recommend.table, rule)
    wanted = next((check for check in staffing.checks if check.variable == WORK_ASKS_FOR), None)
    if wanted is None:
        return ModelWay(staffing, (), len(staffing.failed))
    rules = [one for one in catalog.asks_for.table.rules if concluded(one, WORK_ASKS_FOR) in wanted.allowed]
    asking = nearest_first(facts.looks(catalog.asks_for.table, rules))
    own = sum(check.variable != WORK_ASKS_FOR for check in staffing.failed)
    if wanted.held == FAILS:
        return ModelWay(staffing, asking, own + min((len(look.failed) for look in asking), default=0))
    return ModelWay(staffing, tuple(look for look in asking if look.speaks), own)


def nearest_first(looks: Iterable[RuleLook]) -> tuple[RuleLook, ...]:
    """The rules with the fewest failing conditions first, otherwise as they stand in the rulebook."""
    return tuple(sorted(looks, key=lambda look: len(look.failed)))


def why_finding(facts: Facts, name: str) -> FindingWhy:
    """Where a finding, level or step's outcome comes from, which rules would say otherwise, which answers move it."""
    catalog = facts.catalog
    origin = facts.origin(name)
    if origin is None:
        raise KeyError(name)
    topic, step = facts.topic_of(name), facts.step_of(name)
    tables = [topic[0].table] if topic is not None else [step.table] if step is not None else []
    if name in catalog.measures:
        tables = [one.table for one in catalog.topics]
    looks = [facts.look(table, rule) for table in tables for rule in table.rules if bears_on(rule, name)]
    moves: dict[str, list[Change]] = {}
    for change, state in facts.singles():
        if state.values[name] != origin.value:
            moves.setdefault(state.values[name], []).append(change)
    order = catalog.findings[name].values if name in catalog.findings else tuple(catalog.models)
    capped = [
        key for key, one in catalog.measures.items() if any(c.variable == name for cap in one.caps for c in cap.when)
    ]
    return FindingWhy(
        origin,
        tuple(look for look in looks if look.speaks),
        nearest_first(look for look in looks if not look.speaks),
        {value: tuple(moves[value]) for value in order if value in moves},
        (
            *capped,
            *(table.id for table in catalog.tables() if name in table.names and table not in catalog.papers),
        ),
    )


def why_rule(facts: Facts, table: Table, rule: Rule) -> RuleWhy:
    """One rule: whether it spoke and on what; when its row or phase is left out, that nobody could hear it."""
    look = facts.look(table, rule)
    row = next((one for one in facts.catalog.rows if one.table.id == table.id), None)
    out = next((one for one in facts.advice.matrix.left_out if row is not None and one.id == row.id), None)
    shut = out.reason if out is not None and out.rule != rule.id and look.speaks else ""
    claims = tuple(facts.catalog.claims[claim] for claim in rule.cites)
    guardrail = any(isinstance(one, Guardrail) for one in rule.effects)
    return RuleWhy(look, guardrail, shut, claims, facts.origins((look,)))


def why_question(facts: Facts, name: str) -> QuestionWhy | SeveralWhy:
    """A question's answer, or what was assumed and why, the rules that read it, and what each other answer leads to."""
    catalog = facts.catalog
    if name in catalog.several:
        return SeveralWhy(name, tuple(_question(facts, part) for part in catalog.several[name].parts.values()))
    return _question(facts, name)


def _question(facts: Facts, name: str) -> QuestionWhy:
    question = facts.catalog.questions[name]
    looks = [
        facts.look(table, rule)
        for table in facts.catalog.tables()
        if table not in facts.catalog.papers  # they say what documents say, and no advice depends on them
        for rule in table.rules
        if any(one.variable == name for one in rule.when)
    ]
    assumed = name in facts.state.reading.unanswered
    reason, claims = usual_because(facts, name) if assumed else ("", ())
    return QuestionWhy(
        name,
        facts.value(name),
        assumed,
        reason,
        claims,
        facts.checks(question.when),
        tuple(look for look in looks if look.speaks),
        tuple(look for look in looks if not look.speaks),
        {change.option: facts.lead(state) for change, state in facts.singles(name)},
    )


def usual_because(facts: Facts, name: str) -> tuple[str, tuple[str, ...]]:
    """Why the usual answer to a question is usual: the reason of practice, and the claims."""
    usual = facts.catalog.questions[name].usual
    return (usual.practice, usual.cites) if usual is not None else ("", ())

"""Why, and why not, for one thing: a model, a finding, a rule or guardrail, a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from advisor.advise.findings import settled
from advisor.advise.reading import read_answers
from advisor.advise.recommendation import concluded
from advisor.explain.changes import ways_to
from advisor.explain.looking import Facts
from advisor.explain.outcomes import Space
from advisor.explain.values import (
    FAILS,
    Change,
    Check,
    FindingWhy,
    ModelWay,
    ModelWhy,
    Origin,
    QuestionWhy,
    RuleLook,
    RuleWhy,
)
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from advisor.model.rules import (
    MODEL,
    NOT_ASKED,
    ORIENTATION,
    UNANSWERED,
    UNKNOWN,
    WORK_ASKS_FOR,
    Guardrail,
    Rule,
    Score,
    Table,
)

NEAREST = 3  # ways that are told in full; the rest by name


def why_model(facts: Facts, model: str, depth: int) -> ModelWhy:
    """Every rule of the second step that would recommend the model, with those of the first that would lead there."""
    catalog = facts.catalog
    ways = []
    for rule in catalog.recommend.table.rules:
        if concluded(rule, MODEL) == model:
            ways.append(_way(facts, rule))
    ways.sort(key=lambda way: way.failing)
    looks = [look for way in ways[:NEAREST] for look in (way.staffing, *way.asking[:NEAREST])]
    left = facts.left
    chosen = left == (model,)
    # While it is open, a model that is still possible is reached by answering what is missing.
    missing = facts.state.reading.unanswered if model in left else None
    sets = () if chosen else ways_to(catalog, facts.answers, facts.session, model, depth, missing)
    return ModelWhy(model, chosen, model in left, tuple(ways), facts.origins(looks), sets, depth)


def _way(facts: Facts, rule: Rule) -> ModelWay:
    catalog = facts.catalog
    staffing = facts.look(catalog.recommend.table, rule)
    wanted = next((check for check in staffing.checks if check.variable == WORK_ASKS_FOR), None)
    asking: tuple[RuleLook, ...] = ()
    if wanted is not None:
        rules = [one for one in catalog.asks_for.table.rules if concluded(one, WORK_ASKS_FOR) in wanted.allowed]
        asking = nearest_first(facts.looks(catalog.asks_for.table, rules))
        if wanted.held != FAILS:
            asking = tuple(look for look in asking if not look.fails)
    own = sum(check.held == FAILS for check in staffing.checks if check.variable != WORK_ASKS_FOR)
    behind = min((_failing(look) for look in asking), default=0) if wanted is not None and wanted.held == FAILS else 0
    return ModelWay(staffing, asking, own + behind)


def nearest_first(looks: Iterable[RuleLook]) -> tuple[RuleLook, ...]:
    """The rules with the fewest failing conditions first, otherwise as they stand in the rulebook."""
    return tuple(sorted(looks, key=_failing))


def _failing(look: RuleLook) -> int:
    return sum(check.held == FAILS for check in look.checks)


def why_finding(facts: Facts, name: str) -> FindingWhy:
    """Where a finding comes from, which rules would say otherwise, and which single answers would move it."""
    catalog = facts.catalog
    matters = tuple(table.id for table in catalog.tables() if name in table.names)
    if name == ORIENTATION:
        leaning = facts.leaning()
        origin = Origin(name, leaning.band, leaning.possible, {}, (), (), leaning.lead, leaning.bands, False)
        moves = _orientation_moves(facts)
        return FindingWhy(origin, leaning, (), (), moves, matters)
    found, given = facts.topic_of(name), facts.origin(name)
    if given is None:
        raise KeyError(name)
    if found is None:
        return FindingWhy(given, None, *_step_rules(facts, name), {}, matters)
    topic, result = found
    mine = [rule for rule in topic.table.rules if _weighs(rule, name)]
    looks = facts.looks(topic.table, mine)
    spoke = tuple(look for look in looks if look.speaks)
    others = nearest_first(look for look in looks if not look.speaks)
    moves = _moves(facts, name, topic.table.names, settled(result.possible[name]))
    return FindingWhy(given, None, spoke, others, moves, matters)


def _weighs(rule: Rule, name: str) -> bool:
    return bool(concluded(rule, name)) or any(isinstance(one, Score) and one.finding == name for one in rule.effects)


def _step_rules(facts: Facts, name: str) -> tuple[tuple[RuleLook, ...], tuple[RuleLook, ...]]:
    table = facts.catalog.asks_for.table if name == WORK_ASKS_FOR else facts.catalog.recommend.table
    may = {pair[0 if name == WORK_ASKS_FOR else 1].id for pair in facts.spoken}
    looks = facts.looks(table, table.rules)
    return tuple(look for look in looks if look.rule in may), nearest_first(one for one in looks if one.rule not in may)


def _moves(facts: Facts, name: str, reads: tuple[str, ...], now: str) -> dict[str, tuple[Change, ...]]:
    """For each other value of the finding, the single answers that lead to it."""
    topic, _ = facts.topic_of(name) or (None, None)
    moves: dict[str, list[Change]] = {}
    for change in _single_changes(facts.catalog, facts.answers, reads):
        if topic is not None:
            values = read_answers(facts.catalog, {**facts.answers, change.question: change.option}).values
            value = settled(facts.session.topic(topic.table.id, values).possible[name])
            if value not in (now, UNKNOWN):
                moves.setdefault(value, []).append(change)
    return {value: tuple(moves[value]) for value in facts.catalog.findings[name].values if value in moves}


def _orientation_moves(facts: Facts) -> dict[str, tuple[Change, ...]]:
    moves: dict[str, list[Change]] = {}
    space = Space(facts.catalog, facts.answers, facts.session)
    for position, change in enumerate(space.changes):
        bands = space.bands((position,))
        if len(bands) == 1 and bands != facts.possible[ORIENTATION]:
            moves.setdefault(bands[0], []).append(change)
    return {band.value: tuple(moves[band.value]) for band in facts.catalog.bands if band.value in moves}


def _single_changes(catalog: Catalog, answers: Mapping[str, str], reads: tuple[str, ...]) -> Iterator[Change]:
    hiding = [one.variable for name in reads for one in catalog.questions[name].when]
    for name in dict.fromkeys((*reads, *hiding)):
        for option in catalog.questions[name].option_ids:
            if answers.get(name) != option:
                yield Change(name, option)


def why_rule(facts: Facts, advice: Advice, table: Table, rule: Rule) -> RuleWhy:
    """One rule: whether it spoke and on what; when its row or phase is left out, that nobody could hear it."""
    look = facts.look(table, rule)
    row = next((one for one in facts.catalog.rows if one.table.id == table.id), None)
    out = next((one for one in advice.matrix.left_out if row is not None and one.id == row.id), None)
    shut = out.reason if out is not None and out.rule != rule.id and look.speaks else ""
    claims = tuple(facts.catalog.claims[claim] for claim in rule.cites)
    guardrail = any(isinstance(one, Guardrail) for one in rule.effects)
    return RuleWhy(look, guardrail, shut, claims, facts.origins((look,)))


def why_question(facts: Facts, question: str) -> QuestionWhy:
    """A question's answer, every rule that reads it, and what each other answer alone would lead to."""
    catalog = facts.catalog
    looks = [
        facts.look(table, rule)
        for table in catalog.tables()
        for rule in table.rules
        if any(one.variable == question for one in rule.when)
    ]
    space = Space(catalog, facts.answers, facts.session, (question,))
    known = {change.option: position for position, change in enumerate(space.changes)}
    value = facts.value(question)
    instead = {
        option: space.outcome((known[option],) if option in known else ())
        for option in catalog.questions[question].option_ids
        if option != (facts.answers.get(question, UNANSWERED) if value == NOT_ASKED else value)
    }
    asked_when = tuple(
        Check(
            one.variable,
            tuple(option for option in catalog.questions[one.variable].option_ids if option in one.allowed),
            facts.value(one.variable),
            facts.values(one.variable),
            "holds" if facts.value(one.variable) in (*one.allowed, UNANSWERED) else FAILS,
        )
        for one in catalog.questions[question].when
    )
    return QuestionWhy(
        question,
        value,
        asked_when,
        tuple(look for look in looks if look.speaks),
        tuple(look for look in looks if not look.speaks),
        instead,
    )

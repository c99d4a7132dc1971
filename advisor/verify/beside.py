"""Rules that exclude each other: shown to be unable to speak in one advice, or a case in which both could."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import band_of, points_for
from advisor.advise.outcomes import combinations
from advisor.model.findings import Finding, Topic
from advisor.model.rulebook import Catalog
from advisor.model.rules import NOT_ASKED, Conclude, Rule, excluding
from advisor.verify.faults import Fault, full_answers, shown

Wanted = dict[str, frozenset[str]]


def both_speak(catalog: Catalog, evaluator: Evaluator) -> Iterator[Fault]:
    """One fault for each pair of rules that exclude each other and are not shown to be unable to speak together."""
    for rule, other in excluding(catalog.rules()):
        case = case_of_both(catalog, rule, other, evaluator)
        if case is not None:
            what = f"{rule.id} excludes {other.id} ({other.source}), and both could speak at {shown(case)}"
            yield Fault("excludes", str(rule.source), what)


def case_of_both(catalog: Catalog, rule: Rule, other: Rule, evaluator: Evaluator) -> dict[str, str] | None:
    """The smallest case in which both could speak; None where it is shown that they cannot.

    They cannot where they ask for different values of one variable; where one asks for the answer to a question that is
    not asked then; or where a topic or step has no combination that brings about what they ask for. Each table is gone
    through by itself, the last first, and hands on which values of what it reads are left: what only several tables
    together rule out is not found, and such a pair wants a condition that keeps its rules apart.
    """
    wanted = _asked_for(catalog, rule, other)
    gone_through: list[Topic] = []
    for step in reversed((*catalog.topics, *catalog.steps)):
        if all(wanted.values()) and any(finding.id in wanted for finding in step.findings):
            met = list(_met(catalog, step, wanted, evaluator))
            for name in (*step.table.names, *(finding.id for finding in step.findings)):
                wanted[name] = frozenset(values[name] for values in met)
            gone_through.append(step)
    if not all(wanted.values()):
        return None
    case: dict[str, str] = {}
    for step in gone_through:
        chosen = wanted | {name: frozenset({value}) for name, value in case.items()}
        case |= next(_met(catalog, step, chosen, evaluator), {})
    read = dict.fromkeys(condition.variable for condition in (*rule.when, *other.when))
    return {name: case.get(name) or _first(catalog, name, wanted[name]) for name in read}


def _asked_for(catalog: Catalog, rule: Rule, other: Rule) -> Wanted:
    """The values that both rules ask for, by variable, with those on which it hangs that a question is asked."""
    wanted: Wanted = {}
    waiting = [*rule.when, *other.when]
    while waiting:
        one = waiting.pop()
        before = wanted.get(one.variable)
        wanted[one.variable] = one.allowed if before is None else one.allowed & before
        question = catalog.questions.get(one.variable)
        if question is not None and NOT_ASKED not in wanted[one.variable] and (before is None or NOT_ASKED in before):
            waiting += question.when
    return wanted


def _met(catalog: Catalog, step: Topic, wanted: Wanted, evaluator: Evaluator) -> Iterator[dict[str, str]]:
    """The combinations of what the step reads on which it yields what is wanted, with all that it yields."""
    answers = step in catalog.topics
    for values in full_answers(catalog, step.table) if answers else combinations(step.table):
        if all(value in wanted.get(name, (value,)) for name, value in values.items()):
            fired = evaluator.rules(step.table, values)
            found = {finding.id: _value(finding, fired) for finding in step.findings}
            if all(value in wanted.get(name, (value,)) for name, value in found.items()):
                yield values | found


def _value(finding: Finding, fired: tuple[Rule, ...]) -> str:
    if finding.bands:
        return band_of(finding.bands, points_for(finding, fired))
    said = (
        one.value for rule in fired for one in rule.effects if isinstance(one, Conclude) and one.finding == finding.id
    )
    return next(said, finding.otherwise)


def _first(catalog: Catalog, name: str, allowed: frozenset[str]) -> str:
    """The first of the values in the rulebook's order."""
    order = next(one.domain for table in catalog.tables() for one in table.reads if one.id == name)
    return next(value for value in order if value in allowed)

"""Checks on the whole rulebook by enumeration: conclusions, rows, shares, and rules or words that nothing uses."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

from advisor import engine
from advisor.advise.evaluator import Evaluator
from advisor.advise.matrix import build_row, parties
from advisor.advise.outcomes import combinations
from advisor.advise.split import build_split
from advisor.errors import BrokenInvariant
from advisor.model.findings import Topic
from advisor.model.rulebook import Catalog, Role, Row
from advisor.model.rules import MODEL, ORIENTATION, Conclude, Condition, Evidence, LeaveOut, Letters, Look, Table
from advisor.verify.faults import Fault, full_answers, relevant, shown

MOST_OF_THE_AS = 60  # percent of the full matrix that a role other than a leading one may answer for


def check(catalog: Catalog, evaluator: Evaluator) -> Iterator[Fault]:
    """Yield every fault that enumerating the catalog's tables through `evaluator` shows."""
    yield from unused(catalog)
    yield from fence(catalog)
    yield from all_conclusions(catalog, evaluator)
    for row in catalog.rows:
        yield from row_invariants(catalog, row, evaluator)
    yield from answering_bound(catalog, evaluator)
    yield from shares(catalog, evaluator)
    for table in catalog.tables():
        yield from dead_rules(table, evaluator)


def all_conclusions(catalog: Catalog, evaluator: Evaluator) -> Iterator[Fault]:
    """Conclusions of every topic from complete answers, and of the steps from every combination."""
    for topic in catalog.topics:
        yield from conclusions(topic, full_answers(catalog, topic.table), evaluator)
    for step in catalog.steps:
        yield from conclusions(step, combinations(step.table), evaluator)


def conclusions(topic: Topic, cases: Iterator[dict[str, str]], evaluator: Evaluator) -> Iterator[Fault]:
    """Each concluded finding gets one value from complete answers: no rule contradicts another, none is missing."""
    concluded = [finding for finding in topic.findings if not finding.bands]
    open_checks = {(finding.id, kind) for finding in concluded for kind in ("two", "none")}
    for values in cases:
        fired = evaluator.rules(topic.table, values)
        for finding in concluded:
            said = {
                one.value: rule
                for rule in fired
                for one in rule.effects
                if isinstance(one, Conclude) and one.finding == finding.id
            }
            kind = "two" if len(said) > 1 else "none" if not said and not finding.otherwise else ""
            if (finding.id, kind) in open_checks:
                open_checks.discard((finding.id, kind))
                rules = " and ".join(rule.id for rule in said.values()) or "no rule"
                what = f"{rules} conclude different values for" if said else "no rule concludes"
                source = next(iter(said.values())).source if said else topic.table.source
                yield Fault(
                    "one conclusion",
                    str(source),
                    f"{what} {finding.id} at {shown(relevant(values, said.values()) or values)}",
                )


def row_invariants(catalog: Catalog, row: Row, evaluator: Evaluator) -> Iterator[Fault]:
    """Every combination gives a lawful row: one A, an R, no letter for a role that is not there."""
    seen: set[tuple[tuple[str, ...], str, tuple[str, ...]]] = set()
    known = [catalog.roles[role] for role in parties(catalog, row)]
    for values in combinations(row.table):
        fired = evaluator.rules(row.table, values)
        if any(isinstance(one, LeaveOut) for rule in fired for one in rule.effects):
            continue
        named = tuple(rule.id for rule in fired)
        for roles in _columns(catalog, known, values):
            case_of = (named, values[MODEL], tuple(role.id for role in roles))
            if case_of in seen:
                continue
            seen.add(case_of)
            try:
                build_row(catalog, row, fired, catalog.models[values[MODEL]], roles)
            except BrokenInvariant as error:
                case = shown(relevant(values, fired))
                yield Fault("row invariants", str(row.table.source), f"{error.args[0]} at {case}")
                return


def answering_bound(catalog: Catalog, evaluator: Evaluator) -> Iterator[Fault]:
    """No role other than a leading one can hold more than 60 % of the As, whatever the engagement."""
    possible: dict[str, int] = {}
    for row in catalog.rows:
        holders: set[str] = set()
        for values in combinations(row.table):
            for rule in evaluator.rules(row.table, values):
                for one in rule.effects:
                    if isinstance(one, Letters):
                        holders.update(role for role, text in one.cells.items() if "A" in text)
        for role in holders & set(catalog.roles):
            possible[role] = possible.get(role, 0) + 1
    for role, count in possible.items():
        if not catalog.roles[role].manager and count * 100 > MOST_OF_THE_AS * len(catalog.rows):
            rows = f"{count} of {len(catalog.rows)} rows"
            yield Fault("share of the As", str(catalog.roles[role].source), f"{role} can answer for {rows}")


def shares(catalog: Catalog, evaluator: Evaluator) -> Iterator[Fault]:
    """The shares of every phase add to 100 in every combination, and none is cut off at 0 or 100."""
    every = [{MODEL: model} for model in catalog.models] if MODEL not in catalog.split.names else [{}]
    for read, more in itertools.product(combinations(catalog.split), every):
        values = {**more, **read}
        model = catalog.models[values[MODEL]]
        try:
            split = build_split(model, catalog.phases, evaluator.rules(catalog.split, values))
        except BrokenInvariant as error:
            yield Fault("shares", str(catalog.split.source), f"{error.args[0]} at {shown(values)}")
            return
        for line in split.phases:
            if sum(line.shares.values()) != 100 or min(line.shares.values()) < 0:
                yield Fault("shares", str(catalog.split.source), f"{line.phase} does not add to 100 at {shown(values)}")
                return


def dead_rules(table: Table, evaluator: Evaluator) -> Iterator[Fault]:
    """Every rule fires for some combination."""
    waiting = {rule.id: rule for rule in table.rules}
    for values in combinations(table):
        for rule in evaluator.rules(table, values):
            waiting.pop(rule.id, None)
        if not waiting:
            return
    for rule in waiting.values():
        yield Fault("dead rule", str(rule.source), f"{rule.id} can never fire")


def unused(catalog: Catalog) -> Iterator[Fault]:
    """Every claim is cited, every question and finding is read, every competency is looked for."""
    rules = catalog.rules()
    cited = {claim for rule in rules for claim in rule.cites}
    read = {condition.variable for rule in rules for condition in rule.when}
    read |= _read_beside(catalog)
    together = {id for one in catalog.several.values() for id in one.parts.values() if read & {*one.parts.values()}}
    for claim in catalog.claims.values():
        if claim.id not in cited:
            yield Fault("uncited claim", str(claim.source), f"no rule cites {claim.id}")
    for question in catalog.questions.values():
        if question.id not in read | together:
            yield Fault("unread question", str(question.source), f"no rule reads {question.id}")
    given = {one.measure for rule in rules for one in rule.effects if isinstance(one, Evidence)}
    idle = {*catalog.measures} - given
    if ORIENTATION in read:  # which reads the points of all measures
        idle |= {*catalog.measures}
    for finding in catalog.findings.values():
        if finding.id not in read | idle | {MODEL, ORIENTATION}:
            yield Fault("unread finding", str(finding.source), f"no rule reads {finding.id}")
    looked_for = {one.competency for rule in rules for one in rule.effects if isinstance(one, Look)}
    for competency in catalog.competencies:
        if competency not in looked_for:
            yield Fault("idle competency", "rules/competencies.yaml", f"no rule looks for {competency}")


def _read_beside(catalog: Catalog) -> set[str]:
    """What is read by other than rules: skip logic, usual answers, caps on levels, and who is there."""
    questions = catalog.questions.values()
    conditions = [
        *(one for question in questions for one in question.when),
        *(one for measure in catalog.measures.values() for cap in measure.caps for one in cap.when),
        *(one for role in catalog.roles.values() for some in role.absent_when for one in some),
    ]
    return {one.variable for one in conditions} | {one.usual.by for one in questions if one.usual is not None}


def fence(catalog: Catalog) -> Iterator[Fault]:
    """Every table stays where the rules engine is known to be right."""
    for table in catalog.tables():
        try:
            engine.check_fence(table)
        except BrokenInvariant as error:
            yield Fault("engine's fence", str(table.source), str(error))


def _columns(catalog: Catalog, known: Iterable[Role], values: Mapping[str, str]) -> Iterator[tuple[Role, ...]]:
    """The columns that may meet these values: a role whose absence the row does not read may be there or not."""
    model = catalog.models[values[MODEL]]
    choices: list[tuple[Role | None, ...]] = []
    for role in known:
        if role.manager and role.id not in model.columns:
            continue
        gone = [_is_met(some, values) for some in role.absent_when]
        if True in gone:
            continue
        choices.append((role, None) if None in gone else (role,))
    for chosen in itertools.product(*choices):
        yield tuple(role for role in chosen if role is not None)


def _is_met(conditions: Iterable[Condition], values: Mapping[str, str]) -> bool | None:
    """Whether all conditions hold; None where that rests on what the values do not say."""
    said = [values[one.variable] in one.allowed if one.variable in values else None for one in conditions]
    if False in said:
        return False
    return None if None in said else True

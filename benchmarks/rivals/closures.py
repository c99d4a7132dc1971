"""The rulebook as Python closures: every rule a function of the values, chained by plain loops."""

from __future__ import annotations

from collections.abc import Callable

from advisor.model.rulebook import Catalog, Topic
from advisor.model.rules import MODEL, NOT_ASKED, ORIENTATION, WORK_ASKS_FOR, Condition
from benchmarks.rivals import Answers, Decide, Decision, Row
from benchmarks.rivals.sheet import columns, letters_by_model, past_phases
from benchmarks.rivals.topics import doing, downwards

Values = dict[str, str]
Holds = Callable[[Values], bool]


def build(catalog: Catalog) -> Decide:
    """Compile the rulebook once."""
    asked = [(one.id, _holds(one.when) if one.when else None) for one in catalog.questions.values()]
    topics = [_topic(topic) for topic in catalog.topics]
    orientation = downwards(catalog.bands)
    steps = [_step(catalog.asks_for, WORK_ASKS_FOR), _step(catalog.recommend, MODEL)]
    past = [(_holds(rule.when), past_phases(rule)) for rule in catalog.phase_rules.rules]
    absent = [(role.id, _holds(role.absent_when)) for role in catalog.roles.values() if role.absent_when]
    shown_in = columns(catalog)
    rows = [
        (row.id, row.phase, [(_holds(rule.when), letters_by_model(catalog, rule)) for rule in row.table.rules])
        for row in catalog.rows
    ]

    def decide(answers: Answers) -> Decision:
        values: Values = {}
        for name, is_asked in asked:
            values[name] = answers[name] if is_asked is None or is_asked(values) else NOT_ASKED
        lead = 0
        for topic in topics:
            lead += topic(values)
        values[ORIENTATION] = _band(orientation, lead)
        for name, rules in steps:
            for holds, value in rules:
                if holds(values):
                    values[name] = value
                    break
        model = values[MODEL]
        gone = {phase for holds, phases in past if holds(values) for phase in phases}
        away = {role for role, holds in absent if holds(values)}
        shown = [role for role in shown_in[model] if role not in away]
        found: list[Row] = []
        for row, phase, changes in rows:
            if phase in gone:
                continue
            cells: dict[str, str] = {}
            for holds, letters in changes:
                if holds(values):
                    if letters is None:
                        break
                    cells.update(letters[model])
            else:
                found.append((row, tuple([(role, cells[role]) for role in shown if cells.get(role)])))
        return model, tuple(found)

    return decide


def _topic(topic: Topic) -> Callable[[Values], int]:
    """Puts the topic's findings among the values; returns what it adds to the lead."""
    rules = [(_holds(rule.when), doing(rule)) for rule in topic.table.rules]
    plain = [(rule, done.lead, done.scores, done.concludes) for rule, done in rules]
    findings = [(one.id, downwards(one.bands), one.otherwise) for one in topic.findings]

    def run(values: Values) -> int:
        lead = 0
        totals: dict[str, int] = {}
        for holds, points, scores, concludes in plain:
            if holds(values):
                lead += points
                for name, more in scores:
                    totals[name] = totals.get(name, 0) + more
                for name, value in concludes:
                    values[name] = value
        for name, bands, otherwise in findings:
            if bands:
                values[name] = _band(bands, totals.get(name, 0))
            elif name not in values:
                values[name] = otherwise
        return lead

    return run


def _step(step: Topic, finding: str) -> tuple[str, list[tuple[Holds, str]]]:
    """Exactly one rule speaks, so the first that holds is the one."""
    rules = [(rule, dict(doing(rule).concludes)) for rule in step.table.rules]
    return finding, [(_holds(rule.when), concludes[finding]) for rule, concludes in rules if finding in concludes]


def _band(bands: tuple[tuple[int, str], ...], total: int) -> str:
    for least, value in bands:
        if total >= least:
            return value
    return bands[-1][1]


def _holds(when: tuple[Condition, ...]) -> Holds:
    """One function for the whole conjunction; the usual lengths are spelt out, which is quicker than a loop."""
    asked = [(one.variable, one.allowed) for one in when]
    if len(asked) == 1:
        ((a, of_a),) = asked
        return lambda values: values[a] in of_a
    if len(asked) == 2:
        (a, of_a), (b, of_b) = asked
        return lambda values: values[a] in of_a and values[b] in of_b
    if len(asked) == 3:
        (a, of_a), (b, of_b), (c, of_c) = asked
        return lambda values: values[a] in of_a and values[b] in of_b and values[c] in of_c

    def every(values: Values) -> bool:
        for name, allowed in asked:
            if values[name] not in allowed:
                return False
        return True

    return every

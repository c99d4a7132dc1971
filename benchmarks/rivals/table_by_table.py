"""The chain with nothing remembered: every table fired anew for every engagement, by the engine or by the reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from advisor import engine, reference
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL, NOT_ASKED, ORIENTATION, WORK_ASKS_FOR, Table
from benchmarks.rivals import Answers, Decide, Decision
from benchmarks.rivals.sheet import Sheet
from benchmarks.rivals.topics import doing, downwards

Fire = Callable[[Table, Mapping[str, str]], tuple[int, ...]]


def by_engine(catalog: Catalog) -> Decide:
    """Through durable-rules, without the product's look-ups and without its second opinion."""
    return build(catalog, engine.fire)


def by_reference(catalog: Catalog) -> Decide:
    """Through the reference evaluator."""
    return build(catalog, reference.fire)


def build(catalog: Catalog, fire: Fire) -> Decide:
    """Chain the tables by `fire`."""
    sheet = Sheet(catalog)
    does = {table.id: [doing(rule) for rule in table.rules] for table in catalog.tables()}

    def decide(answers: Answers) -> Decision:
        values: dict[str, str] = {}
        for question in catalog.questions.values():
            values[question.id] = answers[question.id] if reference.met(question.when, values) else NOT_ASKED
        lead = 0
        for topic in catalog.topics:
            done = [does[topic.table.id][at] for at in fire(topic.table, values)]
            lead += sum(one.lead for one in done)
            concluded = {name: value for one in done for name, value in one.concludes}
            for finding in topic.findings:
                total = sum(more for one in done for name, more in one.scores if name == finding.id)
                banded = [value for least, value in downwards(finding.bands) if total >= least]
                if finding.bands:
                    values[finding.id] = banded[0] if banded else finding.bands[0].value
                else:
                    values[finding.id] = concluded.get(finding.id, finding.otherwise)
        leaning = [value for least, value in downwards(catalog.bands) if lead >= least]
        values[ORIENTATION] = leaning[0] if leaning else catalog.bands[0].value
        for step, name in ((catalog.asks_for, WORK_ASKS_FOR), (catalog.recommend, MODEL)):
            done = [does[step.table.id][at] for at in fire(step.table, values)]
            values[name] = next(value for one in done for finding, value in one.concludes if finding == name)
        fired = [first + at for table, first in sheet.tables for at in fire(table, values)]
        fired += [number for number, when in sheet.absences if reference.met(when, values)]
        return sheet.decision(values[MODEL], fired)

    return decide

"""The rulebook as one decision graph of zen-engine: a decision table for each table, expressions for sums and bands.

Tables of topics and matrix collect the numbers of the rules that fire; those of the recommendation take the first that
fits, since exactly one speaks. Plain Python lays out the letters, as for every engine here.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import zen

from advisor.model.rulebook import Band, Catalog, Topic
from advisor.model.rules import MODEL, NOT_ASKED, ORIENTATION, WORK_ASKS_FOR, Condition, Rule
from benchmarks.rivals import Answers, Decide, Decision
from benchmarks.rivals.sheet import Sheet
from benchmarks.rivals.topics import doing, downwards

Node = dict[str, object]


def build(catalog: Catalog) -> Decide:
    """Hand the graph to an engine of its own."""
    sheet = Sheet(catalog)
    decision = zen.ZenEngine().create_decision(json.dumps(graph(catalog, sheet)))

    def decide(answers: Answers) -> Decision:
        result = decision.evaluate(dict(answers))["result"]
        return sheet.decision(result["fired_for"], [row["n"] for row in result["fired"]])

    return decide


def graph(catalog: Catalog, sheet: Sheet) -> dict[str, object]:
    """Nodes and edges: answers, what is asked, topics side by side, findings, the two steps, the matrix."""
    asked = [
        (one.id, f"{_expression(one.when)} ? {one.id} : '{NOT_ASKED}'")
        for one in catalog.questions.values()
        if one.when
    ]
    topics = [
        _table(
            topic.table.id,
            [(rule.when, _outputs(rule)) for rule in topic.table.rules],
            "collect",
            f"topics.{topic.table.id}",
        )
        for topic in catalog.topics
    ]
    # One table for all rows takes three quarters of the time of a table for each.
    matrix = _table("matrix", [(when, {"n": str(number)}) for number, when in sheet.numbered()], "collect", "fired")
    stages = [
        [_node("answers", "inputNode", {})],
        [_expressions("asked", asked)],
        topics,
        [_expressions("findings", list(_findings(catalog)))],
        [_step(catalog.asks_for, WORK_ASKS_FOR)],
        [_step(catalog.recommend, MODEL)],
        [matrix, _expressions("staffing", [("fired_for", MODEL)], through=False)],
        [_node("decision", "outputNode", {})],
    ]
    pairs = [
        (one["id"], other["id"]) for before, after in itertools.pairwise(stages) for one in before for other in after
    ]
    pairs.append(("asked", "findings"))
    edges = [{"id": f"{one}_{other}", "type": "edge", "sourceId": one, "targetId": other} for one, other in pairs]
    nodes = [node for stage in stages for node in stage]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _findings(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Sums under names of their own, so that each is added up once, and what follows from them."""
    for topic in catalog.topics:
        fired = f"topics.{topic.table.id}"
        for finding in topic.findings:
            if finding.bands:
                yield f"sum_{finding.id}", f"sum(map({fired}, #.{finding.id} ?? 0))"
                yield finding.id, _bands(finding.bands, f"$.sum_{finding.id}")
            else:
                said = f"filter({fired}, #.{finding.id} != null)[0].{finding.id}"
                yield finding.id, f"{said} ?? '{finding.otherwise}'"
    yield "lead", " + ".join(f"sum(map(topics.{topic.table.id}, #.lead))" for topic in catalog.topics)
    yield ORIENTATION, _bands(catalog.bands, "$.lead")


def _step(step: Topic, finding: str) -> Node:
    said = [
        (rule.when, {name: f"'{value}'"})
        for rule in step.table.rules
        for name, value in doing(rule).concludes
        if name == finding
    ]
    return _table(finding, said, "first", through=True)


def _outputs(rule: Rule) -> dict[str, str]:
    done = doing(rule)
    outputs = {"lead": str(done.lead)}
    outputs |= {name: str(points) for name, points in done.scores}
    return outputs | {name: f"'{value}'" for name, value in done.concludes}


def _bands(bands: tuple[Band, ...], total: str) -> str:
    *higher, (_, lowest) = downwards(bands)
    return "".join(f"{total} >= {least} ? '{value}' : (" for least, value in higher) + f"'{lowest}'" + ")" * len(higher)


def _expression(when: Iterable[Condition]) -> str:
    return " and ".join(f"{one.variable} in [{_listed(one)}]" for one in when)


def _listed(condition: Condition) -> str:
    return ", ".join(f"'{value}'" for value in sorted(condition.allowed))


def _node(name: str, kind: str, content: Mapping[str, object]) -> Node:
    return {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, "content": content}


def _expressions(name: str, keyed: Iterable[tuple[str, str]], through: bool = True) -> Node:
    expressions = [{"id": key, "key": key, "value": value} for key, value in keyed]
    return _node(name, "expressionNode", {"expressions": expressions, "passThrough": through})


def _table(
    name: str,
    rows: Sequence[tuple[tuple[Condition, ...], Mapping[str, str]]],
    policy: str,
    path: str | None = None,
    through: bool = False,
) -> Node:
    """A decision table; a cell that is not there fits any value, and an output that is not there says nothing."""
    reads = dict.fromkeys(one.variable for when, _ in rows for one in when)
    gives = dict.fromkeys(key for _, outputs in rows for key in outputs)
    content = {
        "hitPolicy": policy,
        "inputs": [{"id": f"i_{one}", "name": one, "field": one} for one in reads],
        "outputs": [{"id": f"o_{one}", "name": one, "field": one} for one in gives],
        "rules": [
            {
                "_id": f"{name}_{at}",
                **{f"i_{one.variable}": _listed(one) for one in when},
                **{f"o_{key}": value for key, value in outputs.items()},
            }
            for at, (when, outputs) in enumerate(rows)
        ],
        "passThrough": through,
        "inputField": None,
        "outputPath": path,
        "executionMode": "single",
    }
    return _node(name, "decisionTableNode", content)

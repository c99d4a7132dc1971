"""Flowcharts of Mermaid whose arrows carry letters, from a role to an activity or back, as a table."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from advisor.matrices.budget import Bound, Budget
from advisor.matrices.cells import read_cell
from advisor.matrices.grid import Grid, Places, Sparse, flat
from advisor.matrices.headings import names_a_role, share
from advisor.matrices.vocabulary import Vocabulary

ANY = re.compile(r"\s*(?:flowchart|graph|sequenceDiagram|journey|gantt|mindmap|classDiagram|erDiagram|kanban)\b")
_CHART = re.compile(r"\s*(?:flowchart|graph)\b")
_FENCE = re.compile(r"\s{0,3}(?:`{3,}|~{3,}|:::)\s*\{?(\w*)")
_NODE = re.compile(r"\s*(\w[\w.]*(?:-\w+)*)\s*")
_SHAPE = re.compile(r"[\[({>/\\]{1,3}\s*\"?([^\"\[\](){}]{1,300}?)\"?\s*[\])}/\\]{1,3}\s*")
_CLASS = re.compile(r":::\w+\s*")
_BARS = re.compile(r"<?[ox]?(?:--+|==+|-\.+-?)[>ox]?\s*\|\s*\"?([^|\"]{1,60}?)\"?\s*\|")
_INSIDE = re.compile(r"(?:--|==|-\.)\s*\"?([^-=|\"<>.\s][^-=|\"<>]{0,59}?)\"?\s*(?:--+|==+|\.+-)[>ox]?")
_BARE = re.compile(r"<?[ox]?(?:--+|==+|-\.+-?)[>ox]?")
_SUBGRAPH = re.compile(r"subgraph\s+(?:[\w-]+\s*\[\"?([^\]\"]+)\"?\]|\"?([^\"]+)\"?)")
_LONGEST = 500
_FEWEST = 3


class _Arrow(NamedTuple):
    start: str
    end: str
    label: str
    phase: str
    line: int
    letters: tuple[str, ...] = ()


@dataclass(slots=True)
class _Chart:
    """What the flowcharts of a text say: what each node is called, and their arrows."""

    names: dict[str, str] = field(default_factory=dict)
    arrows: list[_Arrow] = field(default_factory=list)

    def called(self, node: str) -> str:
        return self.names.get(node, node)


def mermaid_grid(text: str, known: Vocabulary, budget: Budget) -> Grid | None:
    """The arrows of all flowcharts in the text with the letters that they carry; None where too few do."""
    chart = _charts(text)
    read = ((arrow, read_cell(arrow.label, known)) for arrow in chart.arrows)
    found = [arrow._replace(letters=one.letters) for arrow, one in read if one.strict and one.letters]
    if len(found) < _FEWEST:
        return None
    budget.spend(Bound.CELLS, len(chart.arrows) * 16)
    found.sort(key=lambda arrow: bool(arrow.phase))  # in a column of phases each holds until the next
    starts, ends = [chart.called(one.start) for one in found], [chart.called(one.end) for one in found]
    from_roles = (share(starts, names_a_role), _answered(ends, found)) >= (
        share(ends, names_a_role),
        _answered(starts, found),
    )
    roles, activities = (starts, ends) if from_roles else (ends, starts)
    rows = [("Phase", "Activity", "Role", "RACI")]
    rows += [(one.phase, task, role, one.label) for one, task, role in zip(found, activities, roles, strict=True)]
    table = Sparse(budget, "the flowchart")
    for at, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            table.put(at, column, flat(cell))
    lines = dict(enumerate((found[0].line, *(one.line for one in found)), start=1))
    return table.grid(Places.LINE, taken=("the flowchart's arrows carry letters",), lines=lines)


def _answered(nodes: list[str], arrows: list[_Arrow]) -> float:
    """How many of the nodes have exactly one arrow with an A, as activities do: 1 for all of them."""
    answers = Counter(node for node, arrow in zip(nodes, arrows, strict=True) if "A" in arrow.letters)
    return sum(count == 1 for count in answers.values()) / len(set(nodes))


def _charts(text: str) -> _Chart:
    chart = _Chart()
    phase = ""
    fenced = inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        line = line[:_LONGEST].strip().rstrip(";")
        if match := _FENCE.match(line):
            fenced, inside = not fenced and match[1] == "mermaid", False
        elif _CHART.match(line):
            inside = True
        elif inside and (match := _SUBGRAPH.match(line)):
            phase = match[1] or match[2]
        elif inside and line == "end":
            phase = ""
        elif inside:
            _read(line, phase, number, chart)
    return chart


def _read(line: str, phase: str, number: int, chart: _Chart) -> None:
    at = 0
    before: list[str] = []
    label = ""
    while at < len(line):
        here, at = _nodes(line, at, chart)
        if label:
            chart.arrows += [_Arrow(one, other, label, phase, number) for one in before for other in here]
        arrow = _BARS.match(line, at) or _INSIDE.match(line, at) or _BARE.match(line, at)
        if not here or arrow is None:
            return
        label = flat(arrow[1]) if arrow.lastindex else ""
        before, at = here, arrow.end()


def _nodes(line: str, at: int, chart: _Chart) -> tuple[list[str], int]:
    """The nodes that stand joined by `&` from a place on, and where they end."""
    found = []
    while match := _NODE.match(line, at):
        found.append(match[1])
        at = match.end()
        if shape := _SHAPE.match(line, at):
            chart.names[match[1]] = re.sub(r"<br\s*/?>", " ", shape[1]).strip()
            at = shape.end()
        if styled := _CLASS.match(line, at):
            at = styled.end()
        if line[at : at + 1] != "&":
            break
        at += 1
    return found, at

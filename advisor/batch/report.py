"""What a batch says about what it read: lines for its output files, counts for the summary, findings for CI."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from advisor.documents.shared.reports import ERROR, Case, Issue
from advisor.errors import Problem

RESULTS, TABLE, ERRORS, GATES = "results.jsonl", "results.csv", "errors.txt", "gates.txt"


@dataclass(frozen=True, slots=True)
class Report:
    """What one item came to. `output` is text for each output file, `counts` say how often what was counted.

    `cases` are what build servers are shown. `rulebooks` are the digests of the rulebooks used, by folder (empty for
    the one that ships); `documents` the files written, below the folder of documents.
    """

    output: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    cases: tuple[Case, ...] = ()
    rulebooks: dict[str, str] = field(default_factory=dict)
    documents: tuple[str, ...] = ()


def failed(problems: Iterable[Problem], line: int = 0) -> Report:
    """The report on something that gave no advice."""
    found = tuple(problems)
    source = found[0].file if found else ""
    return Report(
        {ERRORS: "".join(f"{one}\n" for one in found)},
        {"failed": 1},
        found,
        (Case(f"{source}:{line}" if line else source, tuple(issue_of(one) for one in found)),),
    )


def issue_of(problem: Problem) -> Issue:
    """The problem as build servers are told of it."""
    message = f"{problem.field}: {problem.message}" if problem.field else problem.message
    return Issue(problem.file, "input", ERROR, message, problem.line)


def together(reports: Iterable[Report]) -> Report:
    """Several reports as one, in their order."""
    every = list(reports)
    if len(every) == 1:
        return every[0]
    output: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    rulebooks: dict[str, str] = {}
    for one in every:
        for name, text in one.output.items():
            output.setdefault(name, []).append(text)
        for name, count in one.counts.items():
            counts[name] = counts.get(name, 0) + count
        rulebooks |= one.rulebooks
    return Report(
        {name: "".join(texts) for name, texts in output.items()},
        counts,
        tuple(problem for one in every for problem in one.problems),
        tuple(case for one in every for case in one.cases),
        rulebooks,
        tuple(name for one in every for name in one.documents),
    )

"""Gathers what the engagements of one item came to: lines, counts, gates that were met, documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from advisor.batch.gates import Gate, met
from advisor.batch.report import ERRORS, GATES, RESULTS, TABLE, Report, issue_of
from advisor.batch.result import Lines, cells
from advisor.documents import FORMATS, write
from advisor.documents.advice.as_json import advice_as_dict, dumps
from advisor.documents.shared.edition import STANDARD, Edition
from advisor.documents.shared.reports import ERROR, Case, Issue
from advisor.errors import InputError, OutputError, Problem
from advisor.files import write_atomically
from advisor.model.advice import Advice


@dataclass(frozen=True, slots=True)
class Options:
    """What is wanted of each engagement; `rulebook` stands for whatever files name.

    `table` asks for CSV beside JSON, `full` for the whole advice in each line, `cases` for what CI is shown.
    `documents` are formats to be written below the folder `to`, as `edition` says.
    """

    rulebook: Path | None = None
    table: bool = True
    full: bool = False
    cases: bool = False
    gates: tuple[Gate, ...] = ()
    documents: tuple[str, ...] = ()
    to: Path = Path()
    edition: Edition = STANDARD


class Tally:
    """One item's report as it grows."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._output: dict[str, list[str]] = {}
        self._counts: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._cases: list[Case] = []
        self._rulebooks: dict[str, str] = {}
        self._documents: list[str] = []

    @property
    def empty(self) -> bool:
        return not self._counts

    def report(self) -> Report:
        return Report(
            {name: "".join(texts) for name, texts in self._output.items()},
            dict(self._counts),
            tuple(self._problems),
            tuple(self._cases),
            self._rulebooks,
            tuple(self._documents),
        )

    def fail(self, problems: Iterable[Problem], line: int = 0) -> None:
        """Count something that gave no advice; `line` is where it began, 0 for a whole file."""
        found = tuple(problems)
        self._complain(found)
        self._counts["failed"] += 1
        if self._options.cases:
            where = f"{found[0].file}:{line}" if line else found[0].file
            self._cases.append(Case(where, tuple(issue_of(one) for one in found)))

    def add(self, advice: Advice, source: str, line: int, place: str, folder: Path | None) -> None:
        """Write the advice on the engagement at `line` of `source` (0: the whole file), by the rulebook in `folder`."""
        options, one = self._options, advice.recommendation
        text = dumps(advice_as_dict(advice)) if options.full else _lines().line(advice, source, line)
        self._write(RESULTS, text + "\n")
        if options.table:
            self._write(TABLE, cells(advice, source, line))
        self._counts["done"] += 1
        self._counts[f"model:{one.model}"] += 1
        self._counts[f"status:{one.status}"] += 1
        self._rulebooks["" if folder is None else str(folder)] = advice.digest
        hits = [(gate.text, said) for gate in options.gates if (said := met(gate, advice))]
        where = f"{source}:{line}" if line else source
        for gate, said in hits:
            self._write(GATES, f"{where}: {advice.engagement.id}: {gate}: {said}\n")
            self._counts[f"gate:{gate}"] += 1
        if hits:
            self._counts["gated"] += 1
        wrong = self._document(advice, source, line, place) if options.documents else []
        if options.cases:
            issues = [Issue(source, gate, ERROR, said, line, place=advice.engagement.id) for gate, said in hits]
            issues += [issue_of(problem) for problem in wrong]
            self._cases.append(Case(f"{where}: {advice.engagement.id}", tuple(issues)))

    def _document(self, advice: Advice, source: str, line: int, place: str) -> list[Problem]:
        """Write the documents; what went wrong with them."""
        wrong: list[Problem] = []
        for form in self._options.documents:
            name = (f"{place}-{_slug(advice.engagement.id)}" if line else place) + FORMATS[form].suffix
            try:
                write_atomically(self._options.to / name, write(advice, form, self._options.edition))
                self._documents.append(name)
            except (InputError, OutputError) as error:
                wrong.append(Problem(source, line, "", f"{form} document: {error}"))
        if wrong:
            self._complain(wrong)
            self._counts["failed"] += 1
        return wrong

    def _complain(self, problems: Iterable[Problem]) -> None:
        for one in problems:
            self._problems.append(one)
            self._write(ERRORS, f"{one}\n")

    def _write(self, name: str, text: str) -> None:
        self._output.setdefault(name, []).append(text)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "engagement"


@lru_cache(maxsize=1)
def _lines() -> Lines:
    """The writer of result lines that all items of this process share."""
    return Lines()

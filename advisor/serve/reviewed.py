"""A matrix of somebody's, read and judged in a process of its own that can open nothing: as a page, a copy, or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from advisor.compare import compare
from advisor.compare.joining import as_one
from advisor.documents.compare.compare import write as write_comparison
from advisor.documents.lint.lint_comments import annotated
from advisor.documents.lint.lint_json import review_as_json
from advisor.documents.lint.lint_view import counted, grounds_of, grouped, title_of, told
from advisor.documents.matrix.csv_table import defused
from advisor.documents.shared.confined import confined
from advisor.documents.shared.words import clean
from advisor.lint import review
from advisor.lint.policies import policy_of
from advisor.lint.values import Linted, Review
from advisor.matrices import read_matrices
from advisor.model.advice import Advice
from advisor.model.found import FoundMatrix
from advisor.model.wordings import Wordings
from advisor.serve.site import templates

SECONDS = 15  # of a processor; a matrix of a thousand rows takes one
MOST_ROWS, MOST_SAID = 400, 60
PAGE, COPY, JSON, MENDED = "page", "copy", "json", "mended"
MOST_MENDED = 1_500  # cells that can be changed in the browser
_TRIAL = b"Activity,Manager,Team\nPlan,A,R\nBuild,C,A/R\n"
Work = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Lint:
    """What is to be judged, under which of the shipped policies, and as what it is wanted.

    `changed` are new texts of cells by matrix, row and role, where a mended table is wanted.
    """

    data: bytes
    name: str
    policy: str
    wanted: str = PAGE
    changed: Mapping[tuple[int, int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Against:
    """What is to be compared with the advice on the engagement in a file of ours, and the suffix of the answer."""

    data: bytes
    name: str
    engagement: str
    rulebook: str
    suffix: str = ".html"


@dataclass(frozen=True, slots=True)
class Group:
    """All findings of one check: each with its place and the row's anchor, and how many more there are."""

    severity: str
    title: str
    why: str
    mend: str
    grounds: str
    items: tuple[tuple[str, str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table that was read; cells with what is shown and whether something is said of them."""

    anchor: str
    phase: str
    activity: str
    flagged: bool
    cells: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """One matrix, ready to be laid out."""

    title: str
    taken: tuple[str, ...]
    counts: tuple[str, ...]
    roles: tuple[str, ...]
    rows: tuple[Row, ...]
    more_rows: int
    at: int
    can_mend: bool
    groups: tuple[Group, ...]


def linted(job: Lint) -> bytes:
    """A piece of a page, a copy of the workbook with comments, or JSON; InputError where there is no matrix."""
    return confined("advisor.serve.reviewed:ready_to_lint", job, job.name, "read", SECONDS)


def compared(job: Against) -> bytes:
    """The comparison as a document."""
    return confined("advisor.serve.reviewed:ready_to_compare", job, job.name, "read", SECONDS)


def ready_to_lint(job: Lint) -> Work:
    """Loads what the work needs, by doing it once with a table of ours."""
    policy_of(job.policy)
    _lint(Lint(_TRIAL, "trial.csv", job.policy))
    return lambda: _lint(job)


def _lint(job: Lint) -> bytes:
    found = read_matrices(Path(job.name), data=job.data)
    if job.wanted == MENDED:
        return _mended(found, job.changed).encode()
    judged = review(list(found), policy_of(job.policy))
    if job.wanted == COPY:
        return annotated(job.data, judged, job.name)[0]
    if job.wanted == JSON:
        return review_as_json(judged, ()).encode()
    given = {
        "matrices": tuple(_read(at, one, judged) for at, one in enumerate(judged.matrices)),
        "count": _count(judged),
    }
    return templates().get_template("found.html.j2").render(given).encode()


def _mended(found: Sequence[FoundMatrix], changed: Mapping[tuple[int, int, int], str]) -> str:
    """The tables as CSV with these cells changed; one after the other, each with its roles."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for at, matrix in enumerate(found):
        phases = any(row.phase for row in matrix.rows)
        writer.writerow(
            defused([*(["Phase"] if phases else []), "Activity", *(clean(one.name) for one in matrix.roles)])
        )
        for number, row in enumerate(matrix.rows):
            cells = [changed.get((at, number, role), cell.text) for role, cell in enumerate(row.cells)]
            first = [clean(row.phase)] if phases else []
            writer.writerow(defused([*first, clean(row.activity), *(clean(one) for one in cells)]))
        writer.writerow([])
    return stream.getvalue()


def ready_to_compare(job: Against) -> Work:
    """Loads the rulebook and the advice, which are ours, and does the work once with a table of ours."""
    from advisor.advise import advise
    from advisor.catalog.engagements import read_engagement
    from advisor.catalog.own import catalog_at
    from advisor.catalog.wordings import read_wordings

    folder = Path(job.rulebook) if job.rulebook else None
    catalog = catalog_at(folder)
    advice = advise(catalog, read_engagement(Path(job.engagement), catalog))
    wordings = read_wordings(catalog, folder)
    _compare(_TRIAL, "trial.csv", advice, wordings, job.suffix)
    return lambda: _compare(job.data, job.name, advice, wordings, job.suffix)


def _compare(data: bytes, name: str, advice: Advice, wordings: Wordings, suffix: str) -> bytes:
    found = compare(as_one(read_matrices(Path(name), data=data)), advice, wordings)
    return write_comparison(found, suffix)


def _count(judged: Review) -> Mapping[str, int]:
    return {severity: judged.count(severity) for severity in ("error", "warning", "info")}


def _read(at: int, one: Linted, judged: Review) -> Read:
    matrix = one.matrix
    anchors = {row.activity: f"m{at}r{number}" for number, row in reversed(list(enumerate(matrix.rows)))}
    said_of = {(finding.row, finding.role) for finding in one.findings} | {
        (finding.row, "") for finding in one.findings
    }
    rows = tuple(
        Row(
            f"m{at}r{number}",
            clean(row.phase),
            clean(row.activity),
            (row.activity, "") in said_of,
            tuple(
                (clean(cell.text), (row.activity, role.name) in said_of)
                for role, cell in zip(matrix.roles, row.cells, strict=True)
            ),
        )
        for number, row in enumerate(matrix.rows[:MOST_ROWS])
    )
    cells = sum(len(each.matrix.rows) * len(each.matrix.roles) for each in judged.matrices)
    groups = []
    for severity, check_id, findings in grouped(one.of("error") + one.of("warning") + one.of("info")):
        check = judged.checks[check_id]
        items = tuple((clean(each.place), told(each), anchors.get(each.row, "")) for each in findings[:MOST_SAID])
        left = len(findings) - len(items)
        groups.append(Group(severity, check.title, check.why, check.mend, grounds_of(check), items, left))
    return Read(
        title_of(one),
        tuple(clean(text) for text in matrix.taken[:10]),
        (*counted(one, judged), *one.notes),
        tuple(clean(role.name) for role in matrix.roles),
        rows,
        len(matrix.rows) - len(rows),
        at,
        len(rows) == len(matrix.rows) and cells <= MOST_MENDED,
        tuple(groups),
    )

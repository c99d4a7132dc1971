"""What a review says, in words that text, reports and comments share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from advisor.documents.shared.words import clean, ended
from advisor.lint.values import ALLOWED, ERROR, EXPIRED, INFO, TOGETHER, UNUSED, WARNING, Check, Finding, Linted, Review
from advisor.model.found import LETTERS

_LINE = re.compile(r"line (\d+)(?:, column (\d+))?")
_ORDER = (ERROR, WARNING, INFO)


@dataclass(frozen=True, slots=True)
class Failed:
    """A file in which no matrix could be read, and why."""

    file: str
    reasons: tuple[str, ...]
    line: int = 0


def title_of(linted: Linted) -> str:
    """The file and the table in it."""
    table = clean(linted.matrix.table)
    return f"{clean(linted.matrix.file)}, {table}" if table else clean(linted.matrix.file)


def told(finding: Finding) -> str:
    """The row that it is about, and what is wrong."""
    return clean(f"{finding.row}: {finding.message}" if finding.row else finding.message)


def counted(linted: Linted, review: Review) -> tuple[str, ...]:
    """Figures that anybody can count again, in sentences."""
    counts = linted.counts
    letters = ", ".join(f"{name} {counts.letters[name]:,}" for name in LETTERS if counts.letters[name])
    said = [
        f"{plural(counts.rows, 'row')} and {plural(counts.roles, 'role')}. Cells by letter: {letters or 'none'}.",
        f"Exactly one A in {counts.one_accountable:,} of {plural(counts.rows, 'row')}; none in "
        f"{counts.no_accountable:,}, several in {counts.several_accountable:,}. No R in {counts.no_responsible:,}.",
    ]
    if counts.both_in_one_cell and review.policy.severities[TOGETHER] == ALLOWED:
        said.append(f"A and R in one cell in {plural(counts.both_in_one_cell, 'row')}, which the policy allows.")
    return tuple(said)


def grouped(findings: Iterable[Finding]) -> list[tuple[str, str, list[Finding]]]:
    """Severity, check and its findings; errors first, then in the order of the checks."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        groups.setdefault((one.severity, one.check), []).append(one)
    return [
        (severity, check, found) for (severity, check), found in sorted(groups.items(), key=lambda one: rank(one[0][0]))
    ]


def rank(severity: str) -> int:
    """0 for errors, and more for what matters less."""
    return _ORDER.index(severity)


def grounds_of(check: Check) -> str:
    """What the check rests on: claims, and the reason where it goes beyond them."""
    parts = [", ".join(check.cites)] if check.cites else []
    return "; ".join(parts + ([f"practice: {check.practice}"] if check.practice else []))


def waiver_words(finding: Finding) -> str:
    """Why a finding is waived, and until when."""
    waiver = finding.waiver
    if waiver is None:
        return ""
    return clean(ended(waiver.reason) + (f" Until {waiver.until}." if waiver.until else ""))


def idle_waivers(review: Review) -> list[tuple[str, int, str]]:
    """Waivers that no longer count, and those that cover nothing, as file, line and sentence."""
    said = []
    for waiver, fate, _ in review.waivers:
        about = ", ".join(text for text in (waiver.matrix, waiver.table, waiver.row, waiver.role) if text)
        named = f"The waiver of {waiver.check}" + (f" for {about}" if about else "")
        if fate == EXPIRED:
            said.append((waiver.file, waiver.line, clean(f"{named} ran out on {waiver.until} and no longer counts.")))
        elif fate == UNUSED:
            said.append((waiver.file, waiver.line, clean(f"{named} covers nothing; take it out.")))
    return said


def line_of(place: str) -> tuple[int, int]:
    """Line and column of a place in a text file, counted from 1; 0 where there is none."""
    match = _LINE.search(place)
    return (int(match[1]), int(match[2] or 0)) if match else (0, 0)


def plural(count: int, one: str, many: str = "") -> str:
    """`1 row`, `24 rows`."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"

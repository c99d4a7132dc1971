"""Is a matrix that somebody already has a good one? Matrix and policy in, findings out; no matrix is read here.

`lint` looks at one matrix, `review` at several under one policy with its waivers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from advisor.lint import shipped
from advisor.lint.activities import check_activities
from advisor.lint.columns import check_columns
from advisor.lint.look import Look
from advisor.lint.rows import check_rows
from advisor.lint.values import Counts, Linted, Policy, Review, Waiver
from advisor.lint.waiving import fates, waive
from advisor.lint.whole import check_size, check_whole
from advisor.lint.words import Words
from advisor.model.found import ACCOUNTABLE, LETTERS, RESPONSIBLE, FoundMatrix


def review(matrices: Iterable[FoundMatrix], policy: Policy, waivers: Iterable[Waiver] = (), today: str = "") -> Review:
    """Look at every matrix; the policy's own waivers come first. `today` (ISO) decides which have expired.

    Without `today` none has. Tables of one file with the same roles are one matrix in several parts: what is to be said
    of their columns, and of what is missing, is said once, with the first of them.
    """
    every = (*policy.waivers, *waivers)
    words = Words(policy.words)
    parts: dict[tuple[str, ...], list[FoundMatrix]] = {}
    files: dict[str, list[FoundMatrix]] = {}
    found = tuple(matrices)
    for matrix in found:
        files.setdefault(matrix.file, []).append(matrix)
        parts.setdefault(_key(matrix), []).append(matrix)
    linted = []
    for matrix in found:
        together = parts[_key(matrix)]
        whole = matrix if len(together) == 1 else _joined(together) if matrix is together[0] else None
        beside = [other for other in files[matrix.file] if other is not matrix]
        one = _lint(matrix, whole, policy, words, beside)
        linted.append(replace(one, findings=waive(matrix, one.findings, every, today)))
    findings = [finding for one in linted for finding in one.findings]
    return Review(policy, shipped.checks(), tuple(linted), fates(every, findings, today), today)


def lint(matrix: FoundMatrix, policy: Policy) -> Linted:
    """Look at one matrix, waivers aside."""
    return _lint(matrix, matrix, policy, Words(policy.words))


def _lint(
    matrix: FoundMatrix,
    whole: FoundMatrix | None,
    policy: Policy,
    words: Words,
    beside: Iterable[FoundMatrix] = (),
) -> Linted:
    """Look at the rows of one matrix, and at the columns of all tables that belong with it where they are given."""
    look = Look(matrix, policy, words, shipped.checks(), beside)
    check_rows(look)
    check_activities(look)
    check_size(look)
    if whole is not None:
        wide = look if whole is matrix else Look(whole, policy, words, shipped.checks(), beside)
        check_columns(wide)
        check_whole(wide)
        if wide is not look:
            look.take(wide)
    return Linted(matrix, count(matrix), look.findings, () if look.is_english else (NOT_ENGLISH,))


def _key(matrix: FoundMatrix) -> tuple[str, ...]:
    return (matrix.file, *(f"{role.group}\n{role.name}" for role in matrix.roles))


def _joined(parts: list[FoundMatrix]) -> FoundMatrix:
    first = parts[0]
    table = f"{first.table} and {len(parts) - 1} more with the same roles"
    return replace(first, table=table, rows=tuple(row for part in parts for row in part.rows))


NOT_ENGLISH = "The rows are not in English, so they were not looked at for verbs, handover and escalation."


def count(matrix: FoundMatrix) -> Counts:
    """What anybody can count again in the file."""
    letters = dict.fromkeys(LETTERS, 0)
    one = none = several = idle = both = 0
    for row in matrix.rows:
        accountable = responsible = together = 0
        for cell in row.cells:
            for letter in cell.letters:
                letters[letter] += 1
            has_a, has_r = ACCOUNTABLE in cell.letters, RESPONSIBLE in cell.letters
            accountable += has_a
            responsible += has_r
            together += has_a and has_r
        one += accountable == 1
        none += accountable == 0
        several += accountable > 1
        idle += responsible == 0
        both += together > 0
    return Counts(len(matrix.roles), len(matrix.rows), letters, one, none, several, idle, both)

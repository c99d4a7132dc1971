"""Is a matrix that somebody already has a good one? Matrix and policy in, findings out; no matrix is read here.

`lint` looks at one matrix, `review` at several under one policy with its waivers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from advisor.lint import shipped
from advisor.lint.activities import check_activities
from advisor.lint.columns import check_columns
from advisor.lint.look import Look, share
from advisor.lint.rows import check_rows
from advisor.lint.together import together
from advisor.lint.values import Counts, Linted, Policy, Review, Waiver
from advisor.lint.waiving import fates, waive
from advisor.lint.whole import check_table, check_whole
from advisor.lint.words import Words
from advisor.model.found import ACCOUNTABLE, LETTERS, RESPONSIBLE, FoundMatrix


def review(matrices: Iterable[FoundMatrix], policy: Policy, waivers: Iterable[Waiver] = (), today: str = "") -> Review:
    """Look at every matrix; the policy's own waivers come first. `today` (ISO) decides which have expired.

    Without `today` none has. The tables of a file are judged together where it is about their roles, or about what is
    missing: that is said once, with the table in which the role stands first.
    """
    every = (*policy.waivers, *waivers)
    words = Words(policy.words)
    files: dict[str, list[FoundMatrix]] = {}
    for matrix in matrices:
        files.setdefault(matrix.file, []).append(matrix)
    linted = [one for parts in files.values() for one in _lint_file(parts, policy, words)]
    waived = [replace(one, findings=waive(one.matrix, one.findings, every, today)) for one in linted]
    findings = [finding for one in waived for finding in one.findings]
    return Review(policy, shipped.checks(), tuple(waived), fates(every, findings, today), today)


def lint(matrix: FoundMatrix, policy: Policy) -> Linted:
    """Look at one matrix, waivers aside."""
    return _lint_file([matrix], policy, Words(policy.words))[0]


def _lint_file(parts: list[FoundMatrix], policy: Policy, words: Words) -> list[Linted]:
    """Look at the rows of each table, and at the roles of all."""
    looks = [Look(part, policy, words, shipped.checks()) for part in parts]
    for look in looks:
        check_rows(look)
        check_activities(look)
        check_table(look)
    whole = together(parts)
    if whole is not None and len(parts) > 1:
        wide = Look(whole, policy, words, shipped.checks())
        _check_wide(wide)
        share(wide, looks)
    else:
        for look in looks:
            _check_wide(look)
    return [
        Linted(look.matrix, count(look.matrix), look.findings, (NOT_ENGLISH,) if look.is_foreign else ())
        for look in looks
    ]


def _check_wide(look: Look) -> None:
    check_columns(look)
    check_whole(look)


NOT_ENGLISH = (
    "The rows are not in English, so the checks that go by English words were left out: things without a verb, "
    "handover, escalation and acceptance; a policy may add words of yours for phases, client and support."
)


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

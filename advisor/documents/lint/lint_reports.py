"""A review for build servers: one case a matrix, waived findings among what is only told."""

from __future__ import annotations

from advisor.documents.lint.lint_view import Failed, idle_waivers, line_of, title_of, told, waiver_words
from advisor.documents.shared.reports import ERROR, INFO, Case, Issue, RuleText
from advisor.documents.shared.words import ended
from advisor.lint.values import Finding, Linted, Review


def cases_of(review: Review, failed: tuple[Failed, ...] = ()) -> list[Case]:
    """A case for each matrix, for each file that could not be read, and for each waivers file with idle waivers."""
    cases = [
        Case(title_of(one), tuple(_issue(one, finding, review) for finding in one.findings)) for one in review.matrices
    ]
    for one in failed:
        cases.append(Case(one.file, tuple(Issue(one.file, "input", ERROR, said, one.line) for said in one.reasons)))
    idle: dict[str, list[Issue]] = {}
    for file, line, said in idle_waivers(review):
        idle.setdefault(file, []).append(Issue(file, "waiver", INFO, said, line))
    return cases + [Case(file, tuple(issues)) for file, issues in idle.items()]


def rule_texts(review: Review) -> list[RuleText]:
    """Every check, for the list of rules in SARIF."""
    return [RuleText(one.id, one.title, f"{one.why} {one.mend}") for one in review.checks.values()]


def _issue(linted: Linted, finding: Finding, review: Review) -> Issue:
    check = review.checks[finding.check]
    line, column = line_of(finding.place)
    place = finding.place
    if not line and linted.matrix.table and linted.matrix.table != place:
        place = f"{linted.matrix.table}, {place}"
    message = ended(f"{check.title}: {told(finding)}")
    if finding.waiver is not None:
        waived = f"{message} Waived: {waiver_words(finding)}"
        return Issue(linted.matrix.file, finding.check, INFO, waived, line, column, place)
    return Issue(linted.matrix.file, finding.check, finding.severity, message, line, column, place, check.mend)

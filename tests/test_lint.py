"""What lint finds in a matrix: every check with what it finds and what it leaves alone, and what always holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.lint import count, lint, review, shipped
from advisor.lint.activities import is_slip
from advisor.lint.policies import policy_from, policy_of
from advisor.lint.values import ERROR, Linted, Policy
from advisor.lint.words import Words
from advisor.model.found import ACCOUNTABLE, RESPONSIBLE, FoundCell, FoundMatrix, FoundRole, FoundRow
from tests.conftest import REPOSITORY
from tests.found import found

CASES = yaml.safe_load((Path(__file__).parent / "lint_checks.yaml").read_text(encoding="utf-8"))
USUAL = policy_of("usual")


def policy(checks: Mapping[str, Any]) -> Policy:
    """The usual policy with some checks changed."""
    return policy_from(json.dumps({"checks": checks}).encode(), "house.yaml")


def said(linted: Linted, check: str) -> list[str]:
    """What one check found, as place and message."""
    return [f"{one.place}: {one.message}" for one in linted.findings if one.check == check]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["check"])
def test_a_check_finds_what_it_should_and_no_more(case: dict[str, Any]) -> None:
    """Each case of lint_checks.yaml, word for word."""
    assert said(lint(found(case["table"]), policy(case.get("policy", {}))), case["check"]) == case["says"]


def test_every_check_is_tried_both_ways_and_documented() -> None:
    """Each check has a case in which it finds something, leaves something alone, and a place in the documentation."""
    fires = {case["check"] for case in CASES if case["says"]}
    assert fires == set(shipped.checks())
    text = (REPOSITORY / "docs" / "lint.md").read_text(encoding="utf-8")
    policies = [policy_of(name).severities for name in shipped.POLICIES]
    for check in shipped.checks().values():
        (line,) = [one for one in text.splitlines() if one.startswith(f"| `{check.id}` |")]
        assert f"| {' | '.join(policy[check.id] for policy in policies)} |" in line
        assert check.title in line and check.practice in line
        assert all(claim in line for claim in check.cites)


def test_only_the_policy_decides_what_is_said() -> None:
    """A check that is off says nothing; A and R in one cell are at most counted, unless they are forbidden."""
    matrix = found("Activity | Project manager | Team\nPlan the work | A/R | I\nPlan | R |")
    usual = lint(matrix, USUAL)
    assert [one.check for one in usual.findings if one.severity == ERROR] == ["no_accountable"]
    assert usual.counts.both_in_one_cell == 1
    assert not said(lint(matrix, policy({"no_accountable": "off"})), "no_accountable")
    assert not said(lint(matrix, policy({"a_and_r_in_one_cell": "off"})), "a_and_r_in_one_cell")
    forbidden = lint(matrix, policy({"a_and_r_in_one_cell": "forbidden"})).findings
    assert ("a_and_r_in_one_cell", ERROR) in [(one.check, one.severity) for one in forbidden]


def test_tables_of_one_file_with_the_same_roles_are_one_matrix() -> None:
    """A role that only hears of the first part and works in the second is fine; a row is judged where it stands."""
    own = policy({"only_informed": {"least": 3}, "too_large": {"rows": 3}})
    first = found("Activity | Lead | Team | Sponsor\nPlan it | A | R | I\nBuild it | A | R | I\nTest it | A | R | I")
    second = replace(found("Activity | Lead | Team | Sponsor\nRelease it | R | R | A\nAccept it | | R | A"), table="B")
    assert said(review([first], own).matrices[0], "only_informed")
    assert said(review([first, replace(second, file="other.xlsx")], own).matrices[0], "only_informed")
    together = review([first, second], own).matrices
    assert not any(said(one, "only_informed") or said(one, "too_large") for one in together)
    assert said(lint(replace(first, rows=first.rows + second.rows), own), "too_large")


def test_a_role_that_works_in_another_table_of_the_file_is_not_only_informed() -> None:
    """The same role counts by its name, whatever stands beside it."""
    own = policy({"only_informed": {"least": 3}})
    first = found("Activity | Lead | Sponsor\nPlan it | A/R | I\nBuild it | A/R | I\nTest it | A/R | I")
    second = replace(found("Activity | Client | Sponsor\nAccept it | R | A"), table="B")
    assert said(review([first], own).matrices[0], "only_informed")
    assert not said(review([first, second], own).matrices[0], "only_informed")


def test_what_is_said_of_a_role_stands_with_its_table() -> None:
    """Roles that only the second table has are told of there, and what is missing in all of them with the first."""
    first = found("Activity | Lead | Team\nPlan it | A | R\nBuild it | A | R\nTest it | A | R")
    second = replace(found("Activity | Lead | Everyone\nRelease it | R | A\nAccept it | R | A"), table="Later")
    before, after = review([first, second], USUAL).matrices
    assert said(after, "group_answers") == ["C1: Everyone has A in 2 rows"]
    assert not said(before, "group_answers")
    assert said(before, "nobody_asked_or_told") == ["RACI and 1 more: no C and no I in any of the 5 rows"]
    assert not said(after, "nobody_asked_or_told")


def test_a_missing_letter_that_may_stand_there_unread_is_told_with_it() -> None:
    """Where a cell of the row could not be read, the finding says which."""
    matrix = found("Activity | Project manager | Team\nPlan the work | owner | R")
    assert said(lint(matrix, USUAL), "no_accountable") == ["A2: no A; R: Team (“owner” at B2 not read)"]


def test_conditions_in_words_are_told_with_the_letters() -> None:
    """Two As that each hold under a condition are two As all the same; which conditions, the finding says."""
    matrix = found("Activity | Lead | Client\nSign it | A | A\nBuild it | A/R | C")
    row = matrix.rows[0]
    cells = tuple(replace(cell, remark=words) for cell, words in zip(row.cells, ("below 10k", "above"), strict=True))
    matrix = replace(matrix, rows=(replace(row, cells=cells), *matrix.rows[1:]))
    assert said(lint(matrix, USUAL), "several_accountable") == ["A2: 2 As: Lead (below 10k) and Client (above)"]


def test_words_of_a_policy_add_to_ours() -> None:
    """A policy can say what a client is called in the firm's own language."""
    matrix = found(
        "Was | PL | Auftraggeber\n# Betrieb\nFragen klären | A/R |\nLeistung prüfen | A/R |\n# Plan\nPlanen | A/R | C"
    )
    own = policy_from(b"words: {client: [Auftraggeber], after_go_live_phases: [Betrieb]}", "house.yaml")
    assert not said(lint(matrix, USUAL), "silent_after_go_live")
    assert said(lint(matrix, own), "silent_after_go_live")


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("requirements", "requirments", True),
        ("approve", "approev", True),
        ("approve", "approves", True),
        ("approve", "improve", False),
        ("import", "export", False),
        ("install", "uninstall", False),
        ("internal", "external", False),
        ("approve", "approve", False),
    ],
)
def test_a_slip_is_one_letter(one: str, other: str, slip: bool) -> None:
    assert is_slip(one, other) is slip
    assert is_slip(other, one) is slip


@pytest.mark.parametrize(
    "text",
    [
        "Risk assessment",
        "Sign-off",
        "Approving it",
        "Planned tests",
        "Carries the case",
        "Go/No-Go",
        "Hand-over",
        "Training",
    ],
)
def test_what_is_done_is_told_from_what_there_is(text: str) -> None:
    words = Words(shipped.words())
    assert words.acts(text)
    assert not words.acts("Project charter") and not words.acts("SLA classes (P1..P4)") and not words.acts("Budget")


# Matrices of any kind: a few roles and rows, cells with any letters, letters that mean nothing, names that repeat.
_NAMES = st.sampled_from(["Plan it", "Plan the budget", "plan it", "Budget", "", "Test phase 1", "Übergabe", "x" * 70])
_LETTERS = st.lists(st.sampled_from("RACIS"), unique=True, max_size=2).map(tuple)


@st.composite
def matrices(draw: st.DrawFn) -> FoundMatrix:
    roles = draw(st.lists(st.sampled_from(["PM", "Client", "Support", "All", "Anna", ""]), min_size=1, max_size=5))
    rows = []
    for number in range(draw(st.integers(0, 8))):
        cells = tuple(
            FoundCell(text, letters, f"{at}/{number}", text if not letters else "")
            for at in range(len(roles))
            for letters in [draw(_LETTERS)]
            for text in [draw(st.sampled_from(["", "?"])) if not letters else "/".join(letters)]
        )
        rows.append(FoundRow(draw(_NAMES), f"A{number}", cells, draw(st.sampled_from(["", "Build", "Hypercare"]))))
    return FoundMatrix(
        "a.md", "", "raci", tuple(FoundRole(name, f"role {at}") for at, name in enumerate(roles)), tuple(rows)
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(matrices())
def test_a_matrix_made_valid_has_no_error(matrix: FoundMatrix) -> None:
    """With one A/R in every row and nothing unread, nothing is an error under any policy that allows A/R."""
    first = FoundCell("A/R", (ACCOUNTABLE, RESPONSIBLE), "B2")
    kept = tuple(FoundCell("C", ("C",), "C2") for _ in matrix.roles[1:])
    valid = replace(matrix, rows=tuple(replace(row, cells=(first, *kept)) for row in matrix.rows))
    for one in (USUAL, policy_of("lenient")):
        assert not lint(valid, one).of(ERROR)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(matrices(), st.randoms(use_true_random=False))
def test_findings_do_not_depend_on_the_order_of_rows(matrix: FoundMatrix, random: Any) -> None:
    """Shuffled rows have the same counts and the same findings, but for which of two like rows is named."""
    rows = list(matrix.rows)
    random.shuffle(rows)
    shuffled = replace(matrix, rows=tuple(rows))

    def of(one: FoundMatrix) -> list[tuple[str, str, str]]:
        paired = ("duplicate_activity", "similar_activity", "no_activity")
        noted = [each for each in lint(one, policy_of("strict")).findings if each.check not in paired]
        return sorted((each.check, each.place, each.message) for each in noted)

    assert count(shuffled) == count(matrix)
    assert of(shuffled) == of(matrix)
    lengths = [
        sum(one.check == "duplicate_activity" for one in lint(each, USUAL).findings) for each in (matrix, shuffled)
    ]
    assert lengths[0] == lengths[1]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(matrices())
def test_counts_agree_with_findings(matrix: FoundMatrix) -> None:
    """Rows without exactly one A are counted as often as they are found, empty rows among those without."""
    linted = lint(matrix, USUAL)
    counts, per = linted.counts, {check: len(said(linted, check)) for check in shipped.checks()}
    assert counts.no_accountable == per["no_accountable"] + per["empty_row"]
    assert counts.several_accountable == per["several_accountable"]
    assert counts.no_responsible == per["no_responsible"] + per["empty_row"]
    assert counts.one_accountable + counts.no_accountable + counts.several_accountable == counts.rows


def test_a_hundred_thousand_rows_of_all_kinds_are_looked_at() -> None:
    """Many rows that are alike, many that share all words but one, and one row a thousand words long."""
    cells = (FoundCell("A/R", ("A", "R"), "B2"), FoundCell("C", ("C",), "C2"))
    roles = (FoundRole("PM", "B1"), FoundRole("Client", "C1"))
    names = [f"Review item{at:06}x of the list" if at % 2 else f"Approve {at}" for at in range(99_999)]
    rows = tuple(FoundRow(name, f"A{at}", cells) for at, name in enumerate([*names, "word " * 1000]))
    linted = lint(FoundMatrix("big.csv", "", "raci", roles, rows), USUAL)
    assert linted.counts.one_accountable == 100_000
    assert said(linted, "too_large") == [": 100,000 rows"]

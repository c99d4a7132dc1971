"""Policies and waivers of lint: what they change, what is wrong with them, and what becomes of each waiver."""

from __future__ import annotations

import pytest

from advisor.catalog import load_catalog
from advisor.errors import InputError
from advisor.lint import lint, review, shipped
from advisor.lint.policies import policy_from, policy_of, waivers_from
from advisor.lint.values import ERROR, SEVERITIES, TOGETHER, Review
from advisor.model.rulebook import Catalog
from tests.conftest import REPOSITORY
from tests.found import found

MATRIX = found("Activity | Project manager | Team\nPlan the work | A | A/R\nPlan the budget | R |\nSend it | A | ")


def problems(text: str) -> list[str]:
    """What is said of a policy that is wrong."""
    with pytest.raises(InputError) as caught:
        policy_from(text.encode(), "house.yaml")
    return [str(one) for one in caught.value.problems]


def reviewed(text: str, today: str = "") -> Review:
    return review([MATRIX], policy_of("usual"), waivers_from(text.encode(), "waivers.yaml"), today)


def test_shipped_checks_say_all_that_a_finding_needs(catalog: Catalog) -> None:
    """Each check has a severity, a reason, a mend, and a source: claims of the rulebook, or practice with a reason."""
    for check in shipped.checks().values():
        assert check.severity in (*SEVERITIES, "allowed") and check.title and check.why and check.mend
        assert check.sources and set(check.cites) <= set(catalog.claims)
        assert ("PRACTICE" in check.sources) == bool(check.practice)


def test_policies_are_stricter_in_order() -> None:
    """No check is weaker under strict than under usual, or under usual than under lenient."""
    order = [*SEVERITIES[:3], "allowed", SEVERITIES[3]]
    order.insert(0, "forbidden")
    strict, usual, lenient = (policy_of(name).severities for name in shipped.POLICIES)
    for check in shipped.checks():
        assert order.index(strict[check]) <= order.index(usual[check]) <= order.index(lenient[check]), check
    assert usual == {one.id: one.severity for one in shipped.checks().values()}
    assert [policy[TOGETHER] for policy in (strict, usual, lenient)] == ["forbidden", "allowed", "off"]


def test_the_rulebook_does_not_know_lint() -> None:
    """The files of lint are no part of the digest that advice is dated by, and no file that nobody reads."""
    read = load_catalog()
    assert read.digest == load_catalog(REPOSITORY / "rules", REPOSITORY / "questionnaires").digest
    assert (REPOSITORY / "rules" / "lint" / "checks.yaml").exists()


def test_an_own_policy_changes_what_it_names() -> None:
    """Severity, limits and words of the file; all else is that of the policy it extends, the usual one if none."""
    own = policy_from(
        b"""
title: Ours
extends: strict
checks:
  no_responsible: warning
  mostly_consulted: {percent: 90}
words: {client: [Kunde]}
waivers: [{check: no_activity, reason: Ours are like that}]
""",
        "house.yaml",
    )
    strict = policy_of("strict")
    assert (own.id, own.title) == ("house.yaml", "Ours")
    assert own.severities == {**strict.severities, "no_responsible": "warning"}
    assert own.limits["mostly_consulted"] == {"percent": 90, "least": strict.limits["mostly_consulted"]["least"]}
    assert own.words["client"] == (*strict.words["client"], "Kunde")
    assert own.waivers[0].check == "no_activity"
    assert policy_from(b"checks: {}", "a.yaml").severities == policy_of("usual").severities


def test_everything_wrong_with_a_policy_is_said_at_once() -> None:
    """Each mistake with its line, and the name that was meant where one is near."""
    assert problems(
        """
extends: strikt
checks:
  no_acountable: error
  empty_row: eror
  several_accountable: allowed
  too_many_responsible: {severity: info, moost: 3}
  mostly_consulted: {percent: 120}
  no_responsible: [off]
words: {klient: [Kunde], client: Kunde}
waivers:
  - {check: no_responsible}
  - {check: no_responsibel, reason: x, until: 31.1.2027, rows: y}
colour: red
"""
    ) == [
        "house.yaml:2: extends: 'strikt' is no policy (did you mean strict?)",
        "house.yaml:4: checks.no_acountable: is no check (did you mean no_accountable?)",
        "house.yaml:5: checks.empty_row: 'eror' is no severity (did you mean error?)",
        "house.yaml:6: checks.several_accountable: 'allowed' is no severity (known: error, warning, info, off)",
        "house.yaml:7: checks.too_many_responsible.moost: is no field that is known here (did you mean most?)",
        "house.yaml:8: checks.mostly_consulted.percent: must be a percentage of at most 100, not 120",
        "house.yaml:9: checks.no_responsible: must be a single value, not a list",
        "house.yaml:10: words.client: must be a list, not a single value",
        "house.yaml:10: words.klient: is no list of words (did you mean client?)",
        "house.yaml:12: waivers[1].reason: is missing",
        "house.yaml:13: waivers[2].check: 'no_responsibel' is no check (did you mean no_responsible?)",
        "house.yaml:13: waivers[2].rows: is no field that is known here (did you mean row?)",
        "house.yaml:13: waivers[2].until: '31.1.2027' is no date; write it as 2027-01-31",
        "house.yaml:14: colour: is no field that is known here (known here: extends, title, checks, words, waivers)",
    ]


@pytest.mark.parametrize("text", ["", "- a", "a", "{a: b}\n---\n{}", "title: [", "waivers: 3", "checks: []"])
def test_what_is_no_policy_is_refused(text: str) -> None:
    """Anything else than one mapping is one clear message."""
    assert all(line.startswith("house.yaml") for line in problems(text))


def test_a_waived_finding_no_longer_counts_and_is_kept() -> None:
    """One row is waived, with its reason; the others count as before."""
    one = reviewed("waivers: [{check: no_accountable, row: plan the BUDGET., reason: Settled in June}]")
    linted = one.matrices[0]
    assert len(lint(MATRIX, policy_of("usual")).of(ERROR)) == len(linted.of(ERROR)) + 1
    assert [finding.row for finding in linted.waived] == ["Plan the budget"]
    assert linted.waived[0].waiver is not None and linted.waived[0].waiver.reason == "Settled in June"
    assert one.waived == 1


@pytest.mark.parametrize(
    ("field", "used"),
    [
        ("matrix: raci.xlsx", True),
        ("matrix: '*.xlsx'", True),
        ("matrix: other.xlsx", False),
        ("table: RACI", True),
        ("table: Register", False),
        ("row: Plan the budget", True),
        ("row: Plan the work", False),
        ("role: Team", False),
        ("until: 2027-01-31", True),
        ("until: 2027-01-30", False),
    ],
)
def test_a_waiver_covers_what_it_names(field: str, used: bool) -> None:
    """Whatever it does not name may be anything; its last day still counts."""
    one = reviewed(f"waivers: [{{check: no_accountable, reason: x, {field}}}]", "2027-01-31")
    fate = one.waivers[0][1]
    assert (fate == "used") is used
    assert fate == ("expired" if field == "until: 2027-01-30" else "used" if used else "unused")
    assert bool(one.waived) is used


def test_a_long_value_is_not_told_in_full() -> None:
    """What is wrong with a value is told in one line that can be read, however long the value is."""
    text = f"waivers: [{{check: x{'9' * 90_000}, reason: R, by: B, until: 2027-01-31}}]\n"
    with pytest.raises(InputError) as caught:
        waivers_from(text.encode(), "w.yaml")
    assert "...999" in str(caught.value) and "is no check" in str(caught.value)
    assert all(len(str(one)) < 2_200 for one in caught.value.problems)


def test_a_waivers_file_must_have_waivers() -> None:
    """An empty list is fine; a file without one is a mistake."""
    assert waivers_from(b"waivers: []", "w.yaml") == ()
    with pytest.raises(InputError, match=r"w.yaml:1: waivers: is missing"):
        waivers_from(b"checks: {}", "w.yaml")

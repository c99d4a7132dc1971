"""The matrices of the corpus, linted: no count is wrong, and each row without exactly one A is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.lint import review, shipped
from advisor.lint.policies import policy_of
from advisor.matrices import read_matrices
from tests.test_matrices import FILES, truth_of


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_counts_and_findings_are_those_of_the_truth(path: Path) -> None:
    """Letters and rows are counted as somebody counted them by hand, and errors say the same as the counts."""
    found = review(read_matrices(path), policy_of("usual")).matrices
    truths = truth_of(path)["matrices"]
    assert len(found) == len(truths)
    for one, true in zip(found, truths, strict=True):
        counts = one.counts
        per = {check: sum(each.check == check for each in one.findings) for check in shipped.checks()}
        assert {letter: counts.letters[letter] for letter in true["letters"]} == true["letters"]
        assert counts.no_accountable + counts.several_accountable == true["without_one_a"]
        assert counts.rows - counts.one_accountable == true["without_one_a"]
        assert per["no_accountable"] + per["several_accountable"] + per["empty_row"] == true["without_one_a"]

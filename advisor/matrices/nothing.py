"""What is said of a file in which no matrix is found: what was looked at, and which option helps."""

from __future__ import annotations

from advisor.errors import InputError, Problem
from advisor.matrices.open import Opened
from advisor.matrices.schemes import OTHER

_MOST_SAID = 20


def nothing_found(file: str, opened: Opened, passed: list[str], wanted: str) -> InputError:
    """The error that says so."""
    if not any(grid.rows for grid in opened.grids):
        looked = "; ".join(opened.passed_over) or "it has no table with text in it"
        if opened.text and not opened.passed_over:
            looked += (
                ", and no list in which letters or words that are known stand before names (R: PM, A: Sponsor); make a "
                "table of it, say what its words mean (words: in a --map), or choose a --vocabulary"
            )
        return InputError([Problem(file, 0, "", f"holds no matrix: {looked}")])
    looked = "; ".join(passed[:_MOST_SAID]) + (" ..." if len(passed) > _MOST_SAID else "")
    if OTHER in looked:
        return InputError([Problem(file, 0, "", f"holds no matrix that can be read: {looked}")])
    helps = "--map FILE says which row and column is what, --vocabulary what the letters are"
    if not wanted and len(opened.grids) > 1:
        helps = f"--sheet or --table picks one, {helps}"
    return InputError([Problem(file, 0, "", f"holds no matrix that can be found: {looked}. {helps}")])

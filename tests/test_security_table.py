"""The table of docs/security.md: each input has bounds, how they are held, and a test that is there."""

from __future__ import annotations

import re

import pytest

from tests.conftest import REPOSITORY

PAGE = (REPOSITORY / "docs" / "security.md").read_text(encoding="utf-8")
HEAD, _, *ROWS = (line.strip("|").split(" | ") for line in PAGE.split("\n## ")[0].splitlines() if line[:1] == "|")


@pytest.mark.parametrize("row", ROWS, ids=[row[0].strip() for row in ROWS])
def test_a_row_names_tests_that_are_there(row: list[str]) -> None:
    """So no row goes on naming a test that was renamed or dropped, or has none at all."""
    assert len(row) == len(HEAD) and all(cell.strip() for cell in row)
    for name in re.findall(r"`([^`]+)`", row[-1]):
        path = "tests" if name.startswith("test_") else "." if name.startswith(".") else "benchmarks"
        file = f"soak_{name}.py" if path == "benchmarks" else name
        assert (REPOSITORY / path / file).is_file() or not (REPOSITORY / path).is_dir(), file
    assert "`" in row[-1] or row[-1].strip() == "the same"

"""Matrices that people already have: each of the corpus is read as a careful person would read it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.matrices import read_matrices
from advisor.model.found import FoundMatrix

CORPUS = Path(__file__).parent / "matrices"
FILES = sorted(path for path in CORPUS.iterdir() if path.suffix not in (".yaml", ".map"))


def truth_of(path: Path) -> dict[str, Any]:
    """What stands beside the file: its matrices as somebody read them who looked at it."""
    found: dict[str, Any] = yaml.safe_load(path.with_name(f"{path.name}.yaml").read_text(encoding="utf-8"))
    return found


def letters_by_row(matrix: FoundMatrix) -> dict[str, dict[str, list[str]]]:
    """The letters by phase and activity, written as in the truth: `AR` for both, `-` for none."""
    out: dict[str, dict[str, list[str]]] = {}
    for row in matrix.rows:
        cells = ["".join(sorted(cell.letters, key="ARSCI".index)) or "-" for cell in row.cells]
        assert row.activity not in out.get(row.phase, {}), row
        out.setdefault(row.phase, {})[row.activity] = cells
    return out


def true_rows(truth: dict[str, Any]) -> dict[str, dict[str, list[str]]]:
    return {
        phase: {
            activity: ["".join(sorted(cell, key="-ARSCI".index)) for cell in line.split()]
            for activity, line in activities.items()
        }
        for phase, activities in truth["rows"].items()
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_matrix_is_read_as_it_stands(path: Path) -> None:
    """Roles, people, phases, activities and every letter are what the file shows."""
    truth = truth_of(path)
    found = read_matrices(path)
    assert len(found) == len(truth["matrices"]), [(one.table, one.taken) for one in found]
    for matrix, true in zip(found, truth["matrices"], strict=True):
        assert [role.name for role in matrix.roles] == true["roles"]
        assert {role.name: list(role.people) for role in matrix.roles if role.people} == true.get("people", {})
        assert letters_by_row(matrix) == true_rows(true)
        assert list(letters_by_row(matrix)) == list(true["rows"])
        assert matrix.vocabulary == true["vocabulary"]
        assert matrix.table == true.get("table", matrix.table)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_count_is_wrong(path: Path) -> None:
    """Each letter is counted as often as somebody counted it, and so are rows without exactly one A."""
    for matrix, true in zip(read_matrices(path), truth_of(path)["matrices"], strict=True):
        counted = Counter(letter for row in matrix.rows for cell in row.cells for letter in cell.letters)
        assert {letter: counted[letter] for letter in true["letters"]} == true["letters"]
        assert set(counted) <= set(true["letters"])
        accountable = [sum("A" in cell.letters for cell in row.cells) for row in matrix.rows]
        assert len([count for count in accountable if count != 1]) == true["without_one_a"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_guessed_silently(path: Path) -> None:
    """What was taken for what is said, so is what was left aside; odd cells are told from clean ones."""
    truth = truth_of(path)
    found = read_matrices(path)
    taken = "\n".join(sentence for matrix in found for sentence in matrix.taken)
    passed = "\n".join(sentence for matrix in found for sentence in matrix.passed_over)
    for words in truth.get("says", []):
        assert words in taken
    for words in truth.get("leaves", []):
        assert words in passed
    for matrix in found:
        assert any(sentence.startswith("letters are read as") for sentence in matrix.taken)
        assert all(len(row.cells) == len(matrix.roles) for row in matrix.rows)
    cells = [cell for matrix in found for row in matrix.rows for cell in row.cells]
    assert sum(bool(cell.lookalikes) for cell in cells) == truth.get("lookalikes", 0)
    assert sum(bool(cell.remark) for cell in cells) == truth.get("remarks", 0)
    assert sum(bool(cell.unread) for cell in cells) == truth.get("unread", 0)
    assert all(cell.place for cell in cells)


def test_each_file_has_its_truth_beside_it() -> None:
    """Thirty matrices and more, in every format, none without a truth and no truth without a file."""
    assert {f"{path.name}.yaml" for path in FILES} == {path.name for path in CORPUS.glob("*.yaml")}
    assert len(FILES) >= 30
    assert {path.suffix for path in FILES} >= {".csv", ".tsv", ".md", ".html", ".xlsx", ".docx"}

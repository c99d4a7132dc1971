"""`advisor diff`: what differs between two engagement files, or between two rulebooks for one file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advisor.cli.diff import diff
from tests.conftest import EXAMPLES

ACME = EXAMPLES / "acme-portal.yaml"


def run(*words: object) -> Result:
    return CliRunner().invoke(diff, [str(one) for one in words], standalone_mode=True)


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The same engagement with less contact."""
    text = ACME.read_text(encoding="utf-8")
    path = tmp_path / "later.yaml"
    lines = ["  team_size: up_to_four" if line.startswith("  team_size:") else line for line in text.splitlines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_nothing_differs() -> None:
    """A file compared with itself is the same in everything."""
    result = run(ACME, ACME)
    assert (result.exit_code, result.output) == (0, "Nothing differs.\n")


def test_tells_answers_findings_and_cells(changed: Path) -> None:
    """An answer that changes is told with what follows from it."""
    output = run(ACME, changed).output
    assert "team_size: " in output
    assert "-> up_to_four" in output
    assert "The same in both: " in output


def test_json_says_the_same_both_ways(changed: Path) -> None:
    """As JSON, each change has both values; the other way round they are exchanged."""
    there = json.loads(run(ACME, changed, "--format", "json").output)
    back = json.loads(run(changed, ACME, "--format", "json").output)
    assert there.pop("schema") == back.pop("schema") == "advisor/diff-1"
    assert set(there["answers"]) == {"team_size"}
    for part, changes in there.items():
        assert {key: both[::-1] for key, both in changes.items()} == back[part]


def test_one_file_under_two_rulebooks(tmp_path: Path) -> None:
    """With --against the file is read with another rulebook, and that the rulebook differs is said."""
    own = tmp_path / "ours"
    own.mkdir()
    (own / "rulebook.yaml").write_text("extends: standard\ntitle: Our rules\nversion: 9.9.9\n", encoding="utf-8")
    result = run(ACME, "--against", own)
    assert result.exit_code == 0
    assert "digest: " in result.output


def test_needs_something_to_compare_with() -> None:
    """One file alone is a usage error."""
    assert run(ACME).exit_code == 2

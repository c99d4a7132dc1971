"""`advisor diff`: what differs between two engagement files, or between two rulebooks for one file."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advisor.cli.diff import diff
from tests.conftest import EXAMPLES, REPOSITORY

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
    output = " ".join(run(ACME, changed).output.split())
    assert "on your side? “Ten to twenty-five” becomes “Up to four”" in output
    assert "How big is the work? “of middle size” becomes “small”" in output
    assert re.search(r"- Points: delivery manager (\d+), project manager (\d+) becomes delivery manager \1, ", output)
    assert re.search(r"The same in both: engagement, rulebook, .*assumed", output)


def test_levels_and_the_model_that_follows(tmp_path: Path) -> None:
    """Where the level of some kind of work changes, it is told in days, and so are model, share and who lacks."""
    later = tmp_path / "later.yaml"
    text = ACME.read_text(encoding="utf-8")
    later.write_text(re.sub(r"plans_at_once: \w+|projects: \w+", "plans_at_once: none", text), encoding="utf-8")
    output = " ".join(run(ACME, later).output.split())
    assert re.search(r"How much plan work is there until delivery\? “[^”]+” becomes “none”", output)
    assert "- Model: “Delivery manager with project manager” becomes “Delivery manager alone”" in output
    told = json.loads(run(ACME, later, "--format", "json").output)
    assert told["levels"]["plan_until"][1] == "none"
    assert told["recommendation"]["model"] == ["paired", "delivery_manager"]


def test_what_is_not_answered_is_told_as_assumed(tmp_path: Path) -> None:
    """An answer that is taken away is assumed, which is told from an answer; so is what is then usual elsewhere."""
    text = ACME.read_text(encoding="utf-8")
    without, none = tmp_path / "without.yaml", tmp_path / "none.yaml"
    without.write_text(re.sub(r"  vendors: \w+\n", "", text), encoding="utf-8")
    none.write_text(re.sub(r"  vendors: \w+\n", "  vendors: none\n", text), encoding="utf-8")
    output = " ".join(run(without, none).output.split())
    assert (
        "suppliers does the result depend on? “No outside suppliers” (assumed) becomes “No outside suppliers”" in output
    )
    assert json.loads(run(without, none, "--format", "json").output)["answers"] == {"vendors": [None, "none"]}


def test_other_assumptions(tmp_path: Path) -> None:
    """Where usual answers hang on one that differs, what is assumed differs, and is marked."""
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text("answers: {kind_of_work: software_build}\n", encoding="utf-8")
    other.write_text("answers: {kind_of_work: service_operations}\n", encoding="utf-8")
    output = " ".join(run(one, other).output.split())
    assert "How far has the engagement got? “It has not started” (assumed) becomes" in output
    told = json.loads(run(one, other, "--format", "json").output)
    assert told["assumed"]["stage"] == ["before_start", "in_service"]
    assert "kind_of_work" not in told["assumed"]


def test_rows_that_only_one_side_has(tmp_path: Path) -> None:
    """A row that is left out on one side is told as such, with its letters; others by the letters that change."""
    later = tmp_path / "later.yaml"
    later.write_text(ACME.read_text(encoding="utf-8").replace("methodology: hybrid", "methodology: waterfall"))
    there, back = (" ".join(run(*both).output.split()) for both in ((ACME, later), (later, ACME)))
    assert "Sprint review, before only: delivery team R, product owner A/R" in there
    assert "Sprint review, now only: delivery team R, product owner A/R" in back
    assert re.search(r"- [A-Z][a-z ,]+: [a-z ]+ [RACI/]+ to [RACI/]+", there)


def test_json_says_the_same_both_ways(changed: Path) -> None:
    """As JSON, each change has both values; the other way round they are exchanged."""
    there = json.loads(run(ACME, changed, "--format", "json").output)
    back = json.loads(run(changed, ACME, "--format", "json").output)
    assert there.pop("schema") == back.pop("schema") == "advisor/diff-2"
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
    assert "becomes 9.9.9" in result.output


def test_a_question_that_only_one_rulebook_asks(tmp_path: Path) -> None:
    """What the other rulebook does not ask is said not to be asked there; no word of it is lost."""
    own = tmp_path / "ours"
    shutil.copytree(REPOSITORY / "rules", own)
    shutil.copytree(REPOSITORY / "questionnaires", own / "questionnaires")
    for path in own.rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("new_technology", "novel_technology"), "utf-8")
    file = tmp_path / "acme.yaml"
    asked_with = "asked_with: {version: 1.0.0, digest: abc, questions: [new_technology]}\n"
    file.write_text(ACME.read_text(encoding="utf-8") + asked_with, encoding="utf-8")
    output = " ".join(run(file, "--against", own).output.split())
    asked = "Does the work rest on technology that is new to the team?"
    assert f"{asked} “No, the team knows it” becomes not asked" in output
    assert f"{asked} Not asked becomes “No, the team knows it” (assumed)" in output


def test_needs_something_to_compare_with() -> None:
    """One file alone is a usage error."""
    assert run(ACME).exit_code == 2

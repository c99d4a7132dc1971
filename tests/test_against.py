"""`batch --against` and `portfolio --against`: which engagements another rulebook changes, how, and why."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES, REPOSITORY, Run
from tests.test_documents import WellFormed

FILES = [str(EXAMPLES / f"{name}.yaml") for name in ("retail-app-handover", "managed-print-service")]


@pytest.fixture
def stricter(tmp_path: Path) -> Path:
    """The shipped rulebook with more points before plan and client work fill a week: the app gets one manager."""
    folder = tmp_path / "stricter"
    folder.mkdir()
    (folder / "rulebook.yaml").write_text("extends: standard\nversion: 9.9.9\n")
    levels = (REPOSITORY / "rules" / "levels.yaml").read_text(encoding="utf-8")
    (folder / "levels.yaml").write_text(levels.replace("full: {at_least: 16", "full: {at_least: 22"))
    return folder


def test_batch_writes_each_change_with_its_reason(run: Run, stricter: Path) -> None:
    """A line for each model, lead, letter and risk that differs, and none of an engagement that stays as it is."""
    outcome = run("batch", *FILES, "-o", "out", "--against", str(stricter))
    assert outcome.code == 0, outcome.err
    with Path("out/changes.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert {line["id"] for line in lines} == {"retail-app-handover"}
    assert {line["what"] for line in lines} == {"model", "lead", "letter", "risk"}
    (model,) = (line for line in lines if line["what"] == "model")
    assert (model["was"], model["now"]) == ("Project manager, then delivery manager", "One person in both roles")
    assert model["why"].startswith("How much plan work is there until delivery? Four or five days a week before")
    assert all(line["why"] for line in lines if line["what"] in ("model", "lead"))
    assert outcome.out.startswith("1 of 2 engagements changes: 1 model, 2 leads, ")


def test_portfolio_writes_a_report(run: Run, stricter: Path) -> None:
    """The engagements that change in one table, then each with its changes."""
    assert run("portfolio", *FILES, "-o", "c.md", "--against", str(stricter)).code == 0
    said = Path("c.md").read_text(encoding="utf-8")
    assert "1 of 2 engagements changes: 1 model" in said
    assert "| Customer app | Larkfield Stores | Project manager, then delivery manager becomes" in said
    assert "Managed print service" not in said


def test_nothing_changes_under_the_same_rules(run: Run, tmp_path: Path) -> None:
    """A rulebook that only has another name changes nothing, and what it cannot read is named."""
    same = tmp_path / "same"
    same.mkdir()
    (same / "rulebook.yaml").write_text("extends: standard\ntitle: Ours\n")
    Path("bad.yaml").write_text("engagement: {id: bad}\nanswers: {stage: nowhere}\n")
    outcome = run("portfolio", *FILES, "bad.yaml", "-o", "c.html", "--against", str(same))
    assert outcome.code == 1
    assert "0 of 2 engagements change; wrote c.html" in outcome.err
    page = WellFormed(Path("c.html").read_text(encoding="utf-8"))
    assert "Not compared" in page.text
    assert "bad.yaml:2" in page.text


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("batch", FILES[0], "--against", "no-such"), "no such folder"),
        (("batch", FILES[0], "--against", "x", "--full", "-o", "out"), "--against compares two rulebooks"),
        (("portfolio", FILES[0], "-o", "c.xlsx", "--against", "x"), "the report is a .md or .html"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, command: tuple[str, ...], said: str) -> None:
    """Before anything is evaluated."""
    outcome = run(*command)
    assert outcome.code in (1, 2)
    assert said in outcome.err

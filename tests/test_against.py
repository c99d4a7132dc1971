"""`batch --against` and `portfolio --against`: which engagements another rulebook changes, how, and why."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.catalog.load import load_rulebook
from advisor.documents.papers.changes import COLUMNS, Changed, as_csv, changed, in_a_line, in_short, report
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, REPOSITORY, Run
from tests.test_documents import WellFormed

SMALL = REPOSITORY / "tests" / "small"
FILES = [str(EXAMPLES / f"{name}.yaml") for name in ("retail-app-handover", "managed-print-service")]


@pytest.fixture(scope="module")
def found(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> list[Changed]:
    """Both engagements by our rulebook, and by one in which work fills a week later: the app gets one manager."""
    folder = tmp_path_factory.mktemp("stricter")
    (folder / "rulebook.yaml").write_text("extends: standard\nversion: 9.9.9\n")
    levels = (REPOSITORY / "rules" / "levels.yaml").read_text(encoding="utf-8")
    (folder / "levels.yaml").write_text(levels.replace("full: {at_least: 16", "full: {at_least: 22"))
    stricter = load_rulebook(folder)
    read = [read_engagement(Path(file), catalog) for file in FILES]
    return [changed(advise(catalog, one), advise(stricter, one), one.id) for one in read]


def test_each_change_has_its_reason(found: list[Changed]) -> None:
    """A line for each model, lead, letter and risk that differs, and none of an engagement that stays as it is."""
    lines = list(csv.DictReader(as_csv(found).splitlines()))
    assert {line["id"] for line in lines} == {"retail-app-handover"}
    assert {line["what"] for line in lines} == {"model", "lead", "letter", "risk"}
    (model,) = (line for line in lines if line["what"] == "model")
    assert (model["was"], model["now"]) == ("Project manager, then delivery manager", "One person in both roles")
    assert model["why"].startswith("How much plan work is there until delivery? Four or five days a week before")
    assert all(line["why"] for line in lines if line["what"] in ("model", "lead"))
    assert in_short(found).startswith("1 of 2 engagements changes: 1 model, 2 leads, ")
    told = [in_a_line(change) for change in found[0].changes]
    assert "Lead, transition: Project manager becomes Delivery manager. Delivery manager 45 % and" in told[1]


def test_the_report_begins_with_those_that_change(catalog: Catalog, found: list[Changed]) -> None:
    """In one table, then each with its changes."""
    said = report(found, ["x.yaml:1: is odd"], catalog, "md", "", "")
    assert "1 of 2 engagements changes: 1 model" in said
    assert "| Customer app | Larkfield Stores | Project manager, then delivery manager becomes" in said
    assert "Managed print service" not in said
    assert "- x.yaml:1: is odd" in said


def test_both_commands_compare(run: Run, tmp_path: Path) -> None:
    """By the rulebook given and the other one; the same rules change nothing, and what cannot be read is named."""
    (tmp_path / "job.yaml").write_text("engagement: {id: job}\nquestionnaire: small\nanswers: {kind: job}\n")
    (tmp_path / "bad.yaml").write_text("engagement: {id: bad}\nquestionnaire: small\nanswers: {kind: nothing}\n")
    command = ("job.yaml", "bad.yaml", "--rulebook", str(SMALL), "--against", str(SMALL))
    batched = run("batch", *command, "-o", "out")
    assert (batched.code, batched.out) == (1, "Nothing changes in 1 engagement; see out/changes.csv\n")
    assert Path("out/changes.csv").read_text(encoding="utf-8").splitlines() == [",".join(COLUMNS)]
    outcome = run("portfolio", *command, "-o", "c.html")
    assert (outcome.code, "Nothing changes in 1 engagement; wrote c.html" in outcome.err) == (1, True)
    page = WellFormed(Path("c.html").read_text(encoding="utf-8"))
    assert "Not compared" in page.text
    assert "bad.yaml:3" in page.text


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

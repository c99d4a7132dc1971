"""What holds for every possible engagement: lawful matrices, the JSON contract, the same bytes, bounded memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advise import advise
from advisor.advise.outlook import outlook_for
from advisor.advise.session import reference_session, session_for
from advisor.documents import render
from advisor.documents.advice.as_json import advice_as_dict, advice_schema
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from advisor.model.rules import GAPS, NOT_ASKED
from tests.conftest import REPOSITORY
from tests.strategies import answers, engagement, random_answers

SCHEMA = jsonschema.Draft202012Validator(advice_schema())
MANAGERS = {"delivery_manager", "project_manager", "team_lead"}
SPONSORS = ("client_sponsor", "executive_sponsor")
SPONSOR_ROWS = {"charter", "phase_gate_sign_off"}

often = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def lawful(catalog: Catalog, advice: Advice) -> None:
    """Assert the invariants of the matrix without any code of the product."""
    model = advice.recommendation.model
    for row in advice.matrix.activities:
        letters = {cell.role: cell.letters for cell in row.cells}
        answering = [role for role, text in letters.items() if "A" in text]
        assert len(answering) == 1, (row.id, letters)
        assert any("R" in text for text in letters.values()), (row.id, letters)
        assert set(letters.values()) <= {"R", "A", "C", "I", "A/R"}
        assert set(letters) <= set(advice.matrix.roles)
        assert not set(letters) & (MANAGERS - set(catalog.models[str(model)].staffs))
        assert row.id == "steering_committee" or not any("R" in letters.get(role, "") for role in SPONSORS), row.id
        assert answering[0] != "executive_sponsor" or row.id in SPONSOR_ROWS
    rows = [row.id for row in advice.matrix.activities] + [row.id for row in advice.matrix.left_out]
    for one in catalog.rows:  # a row is there, left out with a reason, or for engagements of another kind
        silent = any(rule.silent for rule in one.table.rules)
        assert rows.count(one.id) == 1 or (silent and one.id not in rows), one.id
    for line in advice.split.phases:
        assert sum(line.shares.values()) == 100
        assert line.shares[line.lead] == max(line.shares.values())
    assert not advice.split.phases or sum(advice.split.overall.values()) == 100


@often
@given(data=st.data())
def test_every_engagement_gets_a_lawful_matrix_and_a_split_that_adds_up(catalog: Catalog, data: st.DataObject) -> None:
    """One A, an R, nobody who is not there; each row is in the matrix or left out with a reason."""
    advice = advise(catalog, engagement(data.draw(answers(catalog))))
    lawful(catalog, advice)
    assert all(one.reason for one in advice.matrix.left_out)


@settings(often, max_examples=15)
@given(data=st.data())
def test_every_advice_keeps_to_the_json_contract(catalog: Catalog, data: st.DataObject) -> None:
    """The JSON of any advice is valid under the published schema."""
    advice = advise(catalog, engagement(data.draw(answers(catalog))))
    SCHEMA.validate(json.loads(json.dumps(advice_as_dict(advice))))


def test_answers_that_no_longer_matter_are_set_aside_not_lost(catalog: Catalog) -> None:
    """Service levels of a service that is not bought are kept, listed and read by no rule."""
    given_answers = {**random_answers(catalog, 1), "post_delivery": "none", "service_levels": "contractual"}
    advice = advise(catalog, engagement(given_answers))
    assert "service_levels" in advice.set_aside
    assert "service_levels" not in advice.unanswered
    assert not any("service_levels" in item.because for item in advice.evidence)
    assert advice.engagement.answers["service_levels"] == "contractual"


@pytest.mark.parametrize("form", ["text", "markdown", "html", "csv", "json"])
def test_the_same_engagement_gives_the_same_bytes(catalog: Catalog, form: str) -> None:
    """No time of day, no order of a set shows in a document."""
    one = advise(catalog, engagement(random_answers(catalog, 7)))
    two = advise(catalog, engagement(random_answers(catalog, 7)))
    assert render(one, form) == render(two, form)


def test_gaps_are_never_options(catalog: Catalog) -> None:
    """`unanswered`, `not_asked` and `unknown` are the product's own words, and the last no table of ours reads."""
    for question in catalog.questions.values():
        assert not set(question.option_ids) & GAPS
    assert {gap for table in catalog.tables() for one in table.reads for gap in one.gaps} == {NOT_ASKED}


def test_what_is_remembered_is_bounded(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """A million different engagements do not fill the memory, and forgetting changes no advice."""
    monkeypatch.setattr("advisor.advise.memo.MOST_REMEMBERED", 20)
    monkeypatch.setattr("advisor.advise.session.MOST_LAYOUTS", 20)
    monkeypatch.setattr("advisor.advise.outlook._MOST_KEPT", 3)
    outlook_for.cache_clear()
    small, large = reference_session(catalog), session_for(catalog)
    for seed in range(10):
        one = engagement(random_answers(catalog, seed, missing=0.1))
        assert advise(catalog, one, small).recommendation == advise(catalog, one, large).recommendation
        assert all(len(memo) <= 20 for memo in small.memos)


def test_the_readmes_python_runs_as_often_as_one_likes(tmp_path: Path) -> None:
    """`advisor.advise` stays the function, whatever has been imported before it."""
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    code = readme.split("```python\n")[1].split("```")[0].replace("examples/", f"{REPOSITORY}/examples/")
    again = "import advisor.advise.state\n" + code + "advice = advisor.advise(catalog, engagement)\n"
    for program in (code + again, again):
        done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "acme.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")

"""What explain and diff say as JSON is what their schemas promise to other programs."""

from __future__ import annotations

import json
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from advisor.advise import advise
from advisor.advise.session import Session, reference_session
from advisor.catalog.engagements import read_engagement
from advisor.cli import cli
from advisor.documents.advice.differences import differences_as_json
from advisor.documents.explain.explain_json import comparison_as_json, explanation_as_json
from advisor.explain import before_and_after, explain
from advisor.explain.differing import differences
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL, ORIENTATION, WORK_ASKS_FOR
from tests.conftest import EXAMPLES
from tests.strategies import engagement, random_answers

ALL = sorted(EXAMPLES.glob("*.yaml"))


def _validator(name: str) -> jsonschema.Draft202012Validator:
    result = CliRunner().invoke(cli, ["schema", name])
    assert result.exit_code == 0
    schema = json.loads(result.output)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture(scope="module")
def explained() -> jsonschema.Draft202012Validator:
    return _validator("explain")


@pytest.fixture(scope="module")
def differing() -> jsonschema.Draft202012Validator:
    return _validator("diff")


@pytest.fixture(scope="module")
def session(catalog: Catalog) -> Session:
    return reference_session(catalog)


def _errors(validator: jsonschema.Draft202012Validator, text: str) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(json.loads(text))]


def _keys(catalog: Catalog, at: int) -> list[str]:
    """The story and every kind of key; which row, rule and so on differs with `at`, so that all examples show most."""
    rows, rules, questions = catalog.rows, tuple(catalog.rules()), tuple(catalog.questions)
    rails = tuple(rule.id for table in catalog.guardrails for rule in table.rules)
    findings = tuple(one for one in catalog.findings if one not in (ORIENTATION, MODEL))
    picked = {rows[(at * 5 + step) % len(rows)].id for step in range(2)}
    return [
        "",
        *catalog.models,
        *(ORIENTATION, WORK_ASKS_FOR, f"finding:{MODEL}", f"finding:{findings[at % len(findings)]}"),
        *(f"row:{row}" for row in picked),
        *(f"{row}:{role}" for row in picked for role in tuple(catalog.roles)[at % 4 :: 4]),
        *(f"{row}:project_manager=A" for row in picked),
        *(f"guardrail:{rails[(at * 3 + step) % len(rails)]}" for step in range(2)),
        *(f"rule:{id}" for id in {rules[at * 11 % len(rules)].id, "style_hybrid"} if id not in rails),
        *(f"question:{questions[(at * 2 + step) % len(questions)]}" for step in range(2)),
    ]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_explanations_of_the_examples(
    catalog: Catalog, session: Session, explained: jsonschema.Draft202012Validator, path: Path
) -> None:
    """On every example the story and each kind of key is right by the schema."""
    one = read_engagement(path, catalog)
    for key in _keys(catalog, ALL.index(path)):
        assert _errors(explained, explanation_as_json(explain(catalog, one, key, 1, session))) == [], key


def test_explanations_with_gaps(catalog: Catalog, session: Session, explained: jsonschema.Draft202012Validator) -> None:
    """Engagements with most answers missing, or with none, are explained in the same shape."""
    for seed in range(2):
        one = engagement({"kind_of_work": "advisory"} | random_answers(catalog, seed, missing=(0.3, 1.0)[seed]))
        for key in _keys(catalog, seed * 17):
            assert _errors(explained, explanation_as_json(explain(catalog, one, key, 1, session))) == [], key


@pytest.mark.parametrize(
    "change",
    ["plans_at_once=none", "client_contact=unanswered", "stage=in_service", "parties=product_owner", "risk=high"],
)
def test_before_and_after(
    catalog: Catalog, session: Session, explained: jsonschema.Draft202012Validator, change: str
) -> None:
    """Before and after is right by the same schema on every example."""
    for path in ALL:
        before, _, comparison = before_and_after(catalog, read_engagement(path, catalog), [change], session)
        assert _errors(explained, comparison_as_json(before, comparison)) == [], path.stem


def test_differences(catalog: Catalog, session: Session, differing: jsonschema.Draft202012Validator) -> None:
    """What differs between any two examples, and between a file and itself, is right by the schema."""
    advice = [advise(catalog, read_engagement(path, catalog), session) for path in ALL]
    for before, after in (*pairwise(advice), (advice[0], advice[0])):
        assert _errors(differing, differences_as_json(differences(before, after))) == []


def test_the_schemas_refuse_what_is_not_ours(
    catalog: Catalog, session: Session, explained: jsonschema.Draft202012Validator
) -> None:
    """A field too many or too few, an unknown word and a body of another kind are wrong, wherever they stand."""
    one = read_engagement(EXAMPLES / "acme-portal.yaml", catalog)
    said = json.loads(explanation_as_json(explain(catalog, one, "hypercare:delivery_manager", 1, session)))
    assert explained.is_valid(said)

    def spoilt(*path: Any, value: Any) -> Any:
        copy = deepcopy(said)
        place = copy
        for step in path[:-1]:
            place = place[step]
        if value is None:
            del place[path[-1]]
        else:
            place[path[-1]] = value
        return copy

    for wrong in (
        spoilt("more", value=1),
        spoilt("key", value="hypercare"),
        spoilt("kind", value="row"),
        spoilt("cell", "absent", value="away"),
        spoilt("cell", "letters", value="RA"),
        spoilt("cell", "given_by", "checks", 0, "held", value="perhaps"),
        spoilt("cell", "given_by", "effects", 0, "kind", value="score"),
        spoilt("cell", "given_by", "says", value=None),
        spoilt("cell", "row", "left_out", value=None),
    ):
        assert not explained.is_valid(wrong)

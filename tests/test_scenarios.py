"""The scenarios hold, every rule speaks in one and is silent in another, and every claim is covered."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from advisor.advise import advise
from advisor.catalog import load_catalog
from advisor.catalog.engagements import read_engagement
from advisor.model.rulebook import Catalog
from advisor.verify.scenarios import Scenario, failures, read_scenarios
from tests.conftest import EXAMPLES

SCENARIOS = Path(__file__).parent / "scenarios"


def all_scenarios() -> list[Scenario]:
    catalog = load_catalog()
    return [one for path in sorted(SCENARIOS.glob("*.yaml")) for one in read_scenarios(path, EXAMPLES, catalog)]


ALL = all_scenarios()


@pytest.mark.parametrize("scenario", ALL, ids=[one.title for one in ALL])
def test_scenario(catalog: Catalog, scenario: Scenario) -> None:
    """What a delivery director signed is what the rulebook advises."""
    missed = list(failures(scenario, advise(catalog, scenario.engagement)))
    assert not missed, "\n".join(missed)


def test_there_are_at_least_sixty_scenarios_each_with_a_title_of_its_own() -> None:
    """Sixty is the least; titles are how people find them."""
    assert len(ALL) >= 60
    assert not [title for title, count in Counter(one.title for one in ALL).items() if count > 1]


def test_every_rule_speaks_in_one_scenario_and_is_silent_in_another(catalog: Catalog) -> None:
    """No rule is taken on trust, and none always speaks; those that keep a row to its engagements are not heard.

    Points decide nothing: the proof finds an engagement for each, and briefs are read.
    """
    spoken = Counter(rule for one in ALL for rule in advise(catalog, one.engagement).fired)
    points = {rule.id for table in (*catalog.points, *catalog.papers) for rule in table.rules}
    rules = [rule.id for rule in catalog.rules() if not rule.silent and rule.id not in points]
    assert [rule for rule in rules if not spoken[rule]] == []
    assert [rule for rule in rules if spoken[rule] == len(ALL)] == []


def test_every_claim_is_cited_by_a_rule_that_speaks_in_a_scenario(catalog: Catalog) -> None:
    """A claim is covered when advice somewhere rests on it."""
    spoken = {rule for one in ALL for rule in advise(catalog, one.engagement).fired}
    covered = {claim for rule in catalog.rules() if rule.id in spoken for claim in rule.cites}
    assert set(catalog.claims) <= covered


EXPECTED = {
    "acme-portal": "paired",
    "agency-site": "combined",
    "compliance-report": "project_manager",
    "data-platform": "delivery_manager",
    "erp-rollout": "paired",
    "first-meeting-open": "project_manager",
    "insurance-programme": "programme",
    "kanban-operations": "delivery_manager",
    "managed-print-service": "delivery_manager",
    "office-move": "project_manager",
    "pay-and-policies": "project_manager",
    "payroll-support": "delivery_manager",
    "product-build-own-support": "combined",
    "public-agile-service": "combined",
    "regulated-migration": "project_manager",
    "retail-app-handover": "handover",
    "small-internal-tool": "team_led",
    "spring-campaign": "combined",
    "staff-augmentation": "delivery_manager",
}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_gets_the_model_that_a_director_expects(catalog: Catalog, path: Path) -> None:
    """Sure of it wherever the facts were told; with much left open, the advice only leans."""
    one = advise(catalog, read_engagement(path, catalog)).recommendation
    assert one.model == EXPECTED[path.stem]
    assert (one.status == "leaning") == (path.stem in {"first-meeting-open", "spring-campaign"})


def test_the_examples_show_every_model(catalog: Catalog) -> None:
    """Each of the seven models is somebody's advice."""
    assert set(EXPECTED.values()) == set(catalog.models)


def test_an_example_of_earlier_questions_stays(catalog: Catalog) -> None:
    """One file is as it was written for an earlier rulebook, and each of its answers is still read."""
    engagement = read_engagement(EXAMPLES / "agency-site.yaml", catalog)
    assert set(engagement.replaced.values()) >= {("client_kind", "external"), ("projects", "one")}
    assert not engagement.retired

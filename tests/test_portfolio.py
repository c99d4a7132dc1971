"""A portfolio of 200 engagements: each number is what a plain recount gives, and leads to the right engagements."""

from __future__ import annotations

import calendar
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from advisor.cli import cli
from advisor.model.rulebook import Catalog
from tests.recount import MANAGERS, Counted, busiest, by_month, recount
from tools.engagements import generate

pytestmark = pytest.mark.usefixtures("in_one_process")

FORMATS = ("json", "html", "xlsx", "md")
close = pytest.approx


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same sixty engagements, four of them broken, in each format."""
    folder = tmp_path_factory.mktemp("portfolio")
    (folder / "in").mkdir()
    for name, text in generate(60, 11, 0.06):
        (folder / "in" / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    for form in FORMATS:
        result = CliRunner().invoke(
            cli, ["portfolio", str(folder / "in"), "-o", str(folder / f"p.{form}")], standalone_mode=False
        )
        assert result.return_value == 1, result.output
    return {"in": folder / "in", **{form: folder / f"p.{form}" for form in FORMATS}}


@pytest.fixture(scope="module")
def said(made: dict[str, Path]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made["json"].read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def counted(catalog: Catalog, made: dict[str, Path]) -> list[Counted]:
    return recount(catalog, sorted(path for path in made["in"].iterdir() if "-broken-" not in path.name))


def refs(counted: Iterable[Counted]) -> list[str]:
    return [one.ref for one in counted]


class TestJson:
    """Every figure and every list against the recount."""

    def test_schema(self, said: dict[str, Any]) -> None:
        """The document is what its schema promises."""
        schema = json.loads(CliRunner().invoke(cli, ["schema", "portfolio"]).output)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(said)] == []

    def test_everything_is_counted_or_listed(
        self, made: dict[str, Path], said: dict[str, Any], counted: list[Counted]
    ) -> None:
        """Each file is an engagement in the document, or is listed as not counted with a reason."""
        broken = sorted(str(path) for path in made["in"].iterdir() if "-broken-" in path.name)
        assert [one["source"] for one in said["not_counted"]] == broken != []
        assert all(one["reasons"] for one in said["not_counted"])
        assert [one["ref"] for one in said["engagements"]] == refs(counted)

    def test_models(self, said: dict[str, Any], counted: list[Counted]) -> None:
        """Engagements by status and by model."""
        for one in said["statuses"]:
            assert one["engagements"] == refs(each for each in counted if each.status == one["id"])
        for one in said["models"]:
            assert one["engagements"] == refs(each for each in counted if each.model == one["id"])
        assert sum(len(one["engagements"]) for one in said["statuses"]) == len(counted)
        assert all(one["engagements"] for one in said["models"]), "the 200 show every model"

    def test_demand(self, said: dict[str, Any], counted: list[Counted]) -> None:
        """Persons by role: in total, by phase, where open, where nobody is named, and where nobody is available."""
        assert [one["id"] for one in said["demand"]] == list(MANAGERS)
        for one in said["demand"]:
            role = one["id"]
            held = [each for each in counted if role in each.mean]
            unnamed = [each for each in held if role not in each.people]
            still_open = [each for each in held if each.status != "settled"]
            for part, behind in ((one, held), (one["unnamed"], unnamed), (one["still_open"], still_open)):
                assert part["persons"] == close(sum(each.mean[role] for each in behind), abs=1e-3)
                assert part["engagements"] == refs(behind)
            for phase in one["phases"]:
                behind = [each for each in held if phase["id"] in each.phases[role]]
                assert phase["persons"] == close(sum(each.phases[role][phase["id"]] for each in behind))
                assert phase["engagements"] == refs(behind)
            nobody = [each for each in held if role in each.said["recommendation"]["not_available"]]
            assert one["unstaffed"] == refs(nobody)
            unpaid = [each for each in held if role in each.said["recommendation"]["not_paid_for"]]
            assert one["unpaid"] == refs(unpaid)
        for lacking in ("unstaffed", "unpaid"):
            assert any(one[lacking] for one in said["demand"]), "the 200 show both"

    def test_calendar(self, said: dict[str, Any], counted: list[Counted]) -> None:
        """Persons by month and quarter, from what runs on each day, and who is not in it."""
        months = {one["id"]: {load["id"]: load for load in one["roles"]} for one in said["calendar"]["months"]}
        for role in MANAGERS:
            expected = by_month([each.days[role] for each in counted if role in each.days])
            assert set(expected) <= set(months)
            runs_in = {one.ref: {f"{day:%Y-%m}" for day in one.days.get(role, ())} for one in counted}
            for month, loads in months.items():
                assert loads[role]["persons"] == close(expected.get(month, 0.0), abs=1e-5)
                running = [one for one in counted if month in runs_in[one.ref]]
                assert loads[role]["engagements"] == refs(running)
        for quarter in said["calendar"]["quarters"]:
            year, number = quarter["id"].split("-Q")
            three = [f"{year}-{month:02}" for month in range(int(number) * 3 - 2, int(number) * 3 + 1)]
            lengths = [_length(month) for month in three]
            for load in quarter["roles"]:
                whole = sum(
                    months[month][load["id"]]["persons"] * days for month, days in zip(three, lengths, strict=True)
                )
                assert load["persons"] == close(whole / sum(lengths))
                assert set(load["engagements"]) == {
                    ref for month in three for ref in months[month][load["id"]]["engagements"]
                }
        undated = [one for one in counted if one.mean and not any(one.days.values())]
        assert said["calendar"]["undated"] == refs(undated) != []
        assert said["calendar"]["outside"] == []

    def test_risks(self, said: dict[str, Any], counted: list[Counted]) -> None:
        """By guardrail, unstaffed role and how sure the model is; and those that carry none."""
        fired = defaultdict(list)
        for one in counted:
            for rail in one.said["guardrails"]:
                fired[rail["id"]].append(one)
        risks = said["risks"]
        assert {one["id"]: one["engagements"] for one in risks["guardrails"]} == {
            id: refs(by) for id, by in fired.items()
        }
        sizes = [len(one["engagements"]) for one in risks["guardrails"]]
        assert sizes == sorted(sizes, reverse=True)
        leaning = [one for one in counted if one.status == "leaning"]
        assert risks["leaning"] == refs(leaning)
        number = {one.ref: len(one.said["guardrails"]) for one in counted}
        assert {one["engagement"]: one["guardrails"] for one in risks["most"]} == {r: n for r, n in number.items() if n}
        clear = [one for one in counted if not number[one.ref] and one.status == "settled"]
        assert risks["clear"] == refs(clear)

    def test_clients(self, said: dict[str, Any], counted: list[Counted]) -> None:
        """Engagements and persons by client, the largest first."""
        by_client = defaultdict(list)
        for one in counted:
            by_client[one.client].append(one)
        assert said["notes"]["without_client"] == refs(by_client.pop("")) != []
        assert {one["name"] for one in said["clients"]} == set(by_client)
        for one in said["clients"]:
            behind = by_client[one["name"]]
            assert one["engagements"] == refs(behind)
            assert one["part"] == close(len(behind) / len(counted))
            for load in one["roles"]:
                role = load["id"]
                assert load["persons"] == close(sum(each.mean.get(role, 0.0) for each in behind), abs=1e-4)
                assert load["engagements"] == refs(each for each in behind if role in each.mean)
        sizes = [len(one["engagements"]) for one in said["clients"]]
        assert sizes == sorted(sizes, reverse=True)

    def test_people(self, said: dict[str, Any], counted: list[Counted]) -> None:
        """Who is named for which role that is staffed, how much that is, and who is overloaded in any month."""
        held = defaultdict(list)
        spare = defaultdict(list)
        for one in counted:
            for role, person in one.people.items():
                if role in one.mean:
                    held[person].append((one, role))
                elif one.mean:
                    spare[person, role].append(one)
        assert {one["name"] for one in said["people"]} == set(held)
        for one in said["people"]:
            parts = held[one["name"]]
            got = sorted((part["engagement"], part["role"]) for part in one["roles"])
            assert got == sorted((each.ref, role) for each, role in parts)
            assert one["persons"] == close(sum(each.mean[role] for each, role in parts), abs=1e-4)
            most = busiest([(each.mean[role], each.days[role]) for each, role in parts])
            assert one["busiest"] == close(most, abs=1e-4)
            assert one["overloaded"] is (most > 1 + 1e-9)
        assert any(one["overloaded"] for one in said["people"])
        assert {(one["name"], one["role"]): one["engagements"] for one in said["spare"]} == {
            key: refs(behind) for key, behind in spare.items()
        }

    def test_sharing(self, said: dict[str, Any], counted: list[Counted]) -> None:
        """Who could cover what never takes more than one person in any month, and misses no client."""
        role = "delivery_manager"
        by_ref = {one.ref: one for one in counted}
        wanted = defaultdict(list)
        for one in counted:
            if one.client and role in one.mean:
                wanted[one.client].append(one)
        for one in said["sharing"]:
            everybody = wanted[one["client"]]
            assert one["engagements"] == refs(everybody)
            assert set(one["people"]) == {each.people[role] for each in everybody if role in each.people}
            assert one["unnamed"] == sum(role not in each.people for each in everybody)
            parts = [*one["beyond"], *(ref for cover in one["covers"] for ref in cover["engagements"])]
            assert sorted(parts) == sorted(one["engagements"]), "each is in one cover, or beyond"
            proposed = [cover["person"] for cover in one["covers"] if cover["person"]]
            assert len(proposed) == len(set(proposed))
            for cover in one["covers"]:
                behind = [by_ref[ref] for ref in cover["engagements"]]
                assert len(behind) > 1
                assert cover["persons"] == close(sum(each.mean[role] for each in behind), abs=1e-4)
                assert cover["busiest"] == close(
                    busiest([(each.mean[role], each.days[role]) for each in behind]), abs=1e-4
                )
                assert cover["busiest"] <= 1
                named = sum(each.people.get(role) == cover["person"] for each in behind if cover["person"])
                assert cover["named_on"] == named
        shown = {one["client"] for one in said["sharing"]}
        for client, everybody in wanted.items():
            loads = sorted(busiest([(each.mean[role], each.days[role])]) for each in everybody)
            names = {each.people.get(role) for each in everybody}
            apart = len(everybody) < 2 or (len(names) == 1 and None not in names) or loads[0] + loads[1] > 1
            assert (client in shown) or apart, client

    def test_notes(self, said: dict[str, Any], counted: list[Counted], catalog: Catalog) -> None:
        """Where the scale was assumed, and which rulebook and policy were counted by."""
        assert said["notes"]["scale_assumed"] == refs(one for one in counted if one.assumed) != []
        assert said["notes"]["without_load"] == said["notes"]["same_id"] == []
        (book,) = said["rulebooks"]
        assert catalog.load is not None
        assert (book["digest"], book["load"]["digest"]) == (catalog.digest, catalog.load.digest)
        assert book["load"]["measured"] is False


def _length(month: str) -> int:
    return calendar.monthrange(int(month[:4]), int(month[5:]))[1]

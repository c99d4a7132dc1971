"""A portfolio of 200 engagements: each number is what a plain recount gives, and leads to the right engagements."""

from __future__ import annotations

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
from tests.tables import Table, tables
from tools.engagements import generate

FORMATS = ("json", "html", "xlsx", "md")
close = pytest.approx


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same 200 engagements, four of them broken, in each format."""
    folder = tmp_path_factory.mktemp("portfolio")
    (folder / "in").mkdir()
    for name, text in generate(200, 11, 0.02):
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


@pytest.fixture(scope="module")
def page(made: dict[str, Path]) -> dict[str, Table]:
    return tables(made["html"].read_text(encoding="utf-8"))


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
            still_open = [each for each in held if each.status == "open"]
            for part, behind in ((one, held), (one["unnamed"], unnamed), (one["still_open"], still_open)):
                assert part["persons"] == close(sum(each.mean[role] for each in behind), abs=1e-3)
                assert part["engagements"] == refs(behind)
            for phase in one["phases"]:
                behind = [each for each in held if phase["id"] in each.phases[role]]
                assert phase["persons"] == close(sum(each.phases[role][phase["id"]] for each in behind))
                assert phase["engagements"] == refs(behind)
            nobody = [each for each in held if role in each.said["recommendation"]["unstaffed"]]
            assert one["unstaffed"] == refs(nobody)

    def test_calendar(self, said: dict[str, Any], counted: list[Counted]) -> None:
        """Persons by month and quarter, from what runs on each day, and who is not in it."""
        months = {one["id"]: {load["id"]: load for load in one["roles"]} for one in said["calendar"]["months"]}
        for role in MANAGERS:
            expected = by_month([each.days[role] for each in counted if role in each.days])
            assert set(expected) <= set(months)
            for month, loads in months.items():
                assert loads[role]["persons"] == close(expected.get(month, 0.0), abs=1e-5)
                running = [one for one in counted if any(f"{day:%Y-%m}" == month for day in one.days.get(role, ()))]
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
        """By guardrail, unstaffed role and margin; and those that carry none."""
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
        thin = [one for one in counted if one.status == "settled" and one.said["recommendation"]["margin"] == 1]
        assert risks["thin_margin"] == refs(thin) != []
        number = {one.ref: len(one.said["guardrails"]) for one in counted}
        assert {one["engagement"]: one["guardrails"] for one in risks["most"]} == {r: n for r, n in number.items() if n}
        clear = [one for one in counted if not number[one.ref] and one.status == "settled" and one not in thin]
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
    import calendar

    return calendar.monthrange(int(month[:4]), int(month[5:]))[1]


class TestPage:
    """What the web page prints is the same, figure by figure, and each figure leads to its engagements."""

    def links(self, said: dict[str, Any], ref_list: Iterable[str]) -> list[str]:
        number = {one["ref"]: one["number"] for one in said["engagements"]}
        return [f"#e{number[ref]}" for ref in ref_list]

    def rows(self, page: dict[str, Table], name: str) -> Table:
        return page[name] + page.get(f"{name}-rest", [])

    def test_models(self, said: dict[str, Any], counted: list[Counted], page: dict[str, Table]) -> None:
        """Settled, open and together for each model, and what too little is known of."""
        found = self.rows(page, "by-model")
        for one, (cells, links) in zip(said["models"], found, strict=False):
            still_open = sum(each.status == "open" for each in counted if each.model == one["id"])
            whole = len(one["engagements"])
            assert cells[:4] == [one["name"], str(whole - still_open), str(still_open), str(whole)]
            assert links == self.links(said, one["engagements"])
        (too_little,) = found[len(said["models"]) :]
        assert too_little[0][3] == str(sum(one.status == "too_little" for one in counted))

    def test_demand(self, said: dict[str, Any], page: dict[str, Table]) -> None:
        """Persons by role and phase, and in total."""
        expected = []
        for role in said["demand"]:
            for phase in role["phases"]:
                if phase["engagements"]:
                    expected.append(([role["name"], phase["name"], f"{phase['persons']:,.1f}"], phase["engagements"]))
        assert [(cells[:3], links) for cells, links in self.rows(page, "by-phase")] == [
            (cells, self.links(said, behind)) for cells, behind in expected
        ]
        parts = [(role, part) for role in said["demand"] for part in (role, role["still_open"], role["unnamed"])]
        assert [(cells[0], cells[2], links) for cells, links in self.rows(page, "total")] == [
            (role["name"], f"{part['persons']:,.1f}", self.links(said, part["engagements"]))
            for role, part in parts
            if part["engagements"]
        ]

    def test_calendar(self, said: dict[str, Any], page: dict[str, Table]) -> None:
        """Persons by quarter, all quarters."""
        found = self.rows(page, "by-quarter")
        assert len(found) == len(said["calendar"]["quarters"])
        for quarter, (cells, links) in zip(said["calendar"]["quarters"], found, strict=True):
            year, number = quarter["id"].split("-")
            assert cells[:4] == [f"{number} {year}", *(f"{load['persons']:,.1f}" for load in quarter["roles"])]
            assert set(links) == set(
                self.links(said, {ref for load in quarter["roles"] for ref in load["engagements"]})
            )
        ((cells, links),) = self.rows(page, "undated")
        assert cells[1] == str(len(links)) and links == self.links(said, said["calendar"]["undated"])

    def test_risks(self, said: dict[str, Any], page: dict[str, Table]) -> None:
        """Engagements by guardrail and by the other risks."""
        risks = said["risks"]
        assert [(cells[1], links) for cells, links in self.rows(page, "by-guardrail")] == [
            (str(len(one["engagements"])), self.links(said, one["engagements"])) for one in risks["guardrails"]
        ]
        status = {one["id"]: one["engagements"] for one in said["statuses"]}
        lists = [
            *(one["engagements"] for one in risks["unstaffed"]),
            risks["thin_margin"],
            status["open"],
            status["too_little"],
        ]
        assert [(cells[1], links) for cells, links in self.rows(page, "otherwise")] == [
            (str(len(one)), self.links(said, one)) for one in lists
        ]
        assert [(int(cells[2]), links) for cells, links in self.rows(page, "most")] == [
            (one["guardrails"], self.links(said, [one["engagement"]])) for one in risks["most"][:20]
        ]

    def test_clients_people_and_covers(self, said: dict[str, Any], page: dict[str, Table]) -> None:
        """Figures by client, by person and by cover."""
        found = self.rows(page, "by-client")
        for one, (cells, links) in zip(said["clients"], found, strict=False):
            persons = [f"{load['persons']:,.1f}" for load in one["roles"]]
            behind = one["engagements"]
            assert cells[:-1] == [one["name"], str(len(behind)), f"{one['part']:.0%}", *persons]
            assert links == self.links(said, behind)
        for one, (cells, links) in zip(said["people"], self.rows(page, "by-person"), strict=True):
            assert (cells[0], cells[2], cells[4]) == (one["name"], f"{one['persons']:.2f}", f"{one['busiest']:.2f}")
            assert (cells[5] == "Overloaded") is one["overloaded"]
            assert links == self.links(said, dict.fromkeys(part["engagement"] for part in one["roles"]))
        covers = [(one["client"], cover) for one in said["sharing"] for cover in one["covers"]]
        for (client, cover), (cells, links) in zip(covers, self.rows(page, "covers"), strict=True):
            assert cells[0] == client and cells[3] == str(len(cover["engagements"]))
            assert cells[5] == f"{cover['busiest']:.2f}"
            assert links == self.links(said, cover["engagements"])
        assert [(cells[0], links) for cells, links in self.rows(page, "spare")] == [
            (one["name"], self.links(said, one["engagements"])) for one in said["spare"]
        ]

    def test_register(self, said: dict[str, Any], page: dict[str, Table]) -> None:
        """Each engagement has its row with its persons by role, so that all figures can be counted from it."""
        found = page["register-table"]
        for one, (cells, _) in zip(said["engagements"], found, strict=True):
            loads = {role["id"]: f"{role['persons']:.2f}" for role in one["roles"]}
            assert cells[4:7] == [loads.get(role, "") for role in MANAGERS]
            assert one["ref"] in cells[0] and cells[1] == " ".join(one["client"].split())

    def test_key_figures(self, made: dict[str, Path], said: dict[str, Any]) -> None:
        """The figures at the top."""
        text = made["html"].read_text(encoding="utf-8")
        over = sum(one["overloaded"] for one in said["people"])
        nobody = {ref for one in said["risks"]["unstaffed"] for ref in one["engagements"]}
        covers = [cover for one in said["sharing"] for cover in one["covers"]]
        for figure, words in (
            (len(said["engagements"]), "engagements: "),
            (len(said["not_counted"]), "files or documents not counted"),
            (over, "people overloaded in some month"),
            (len(nobody), "engagements with a role that nobody is available for"),
            (sum(len(one["engagements"]) for one in covers), f"engagements that {len(covers)} people could cover"),
            (f"{said['demand'][0]['persons']:,.1f}", "full-time delivery managers asked for"),
            (f"{said['demand'][1]['persons']:,.1f}", "full-time project managers asked for"),
        ):
            assert f"<strong>{figure}</strong> <span>{words}" in text


class TestOtherFormats:
    """Excel and Markdown say what the page says."""

    def test_excel(self, made: dict[str, Path], page: dict[str, Table], said: dict[str, Any]) -> None:
        """Every figure of the page stands in the workbook as a number, each list in full, and nothing is a formula."""
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.load_workbook(made["xlsx"])
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
        for name, columns, sheet in (
            ("by-model", (1, 2, 3), "Models"),
            ("by-phase", (2,), "Demand"),
            ("by-quarter", (1, 2, 3), "Calendar"),
            ("by-client", (1, 3, 4, 5), "Clients"),
            ("by-person", (2, 4), "People"),
            ("covers", (3, 5), "Sharing"),
        ):
            rows = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
            wanted = page[name] + page.get(f"{name}-rest", [])
            words = [column for column in range(2) if column not in columns]
            first = [wanted[0][0][column] for column in words]
            at = next(at for at in range(len(rows)) if [rows[at][column] for column in words] == first)
            for (texts, _), values in zip(wanted, rows[at:], strict=False):
                assert values[0] == texts[0]
                for column in columns:
                    if texts[column]:
                        decimals = len(texts[column].partition(".")[2])
                        assert f"{values[column]:,.{decimals}f}" == texts[column], (name, texts, values)
        lists = [[cell.value for cell in row] for row in book["Lists"].iter_rows(min_row=5)]
        grouped = defaultdict(list)
        for section, table, figure, ref, *_ in lists:
            grouped[section, table, figure].append(ref)
        models = {key[2]: found for key, found in grouped.items() if key[1] == "Engagements by model"}
        for one in said["models"]:
            assert models[one["name"]] == one["engagements"]
        assert book["Engagements"].max_row == len(said["engagements"]) + 4

    def test_excel_links_lead_to_the_lists(self, made: dict[str, Path]) -> None:
        """The link beside a figure leads to the first engagement of its list, which is as long as it says."""
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.load_workbook(made["xlsx"])
        lists = book["Lists"]
        seen = 0
        for sheet in book:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink is not None):
                number = int(str(cell.value).split()[0].replace(",", ""))
                place, _, start = (cell.hyperlink.location or "").partition("!A")
                assert place == "'Lists'"
                keys = [
                    tuple(lists.cell(int(start) + at, column).value for column in (1, 2, 3)) for at in range(number)
                ]
                assert len(set(keys)) == 1 and keys[0][2].startswith(sheet.cell(cell.row, 1).value.split(" (")[0])
                seen += 1
        assert seen > 200

    def test_markdown(self, made: dict[str, Path], page: dict[str, Table]) -> None:
        """Each row of the page's tables is a row of the Markdown's, with no cell torn apart by a name."""
        lines = made["md"].read_text(encoding="utf-8").splitlines()
        widths = defaultdict(set)
        table = 0
        for line in lines:
            if line.startswith("|"):
                widths[table].add(len(line.replace("\\|", "").split("|")))
            else:
                table += 1
        assert all(len(found) == 1 for found in widths.values())
        rows = sum(len(found) for name, found in page.items() if not name.startswith("work-"))
        assert sum(line.startswith("|") for line in lines) >= rows

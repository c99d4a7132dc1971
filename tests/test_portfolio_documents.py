"""A portfolio as web page, Excel and Markdown: each figure is that of the JSON, and leads to the right engagements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sized
from pathlib import Path
from typing import Any

import pytest

from tests.recount import MANAGERS, Counted
from tests.tables import Table, tables
from tests.test_portfolio import counted, made, said

pytestmark = pytest.mark.usefixtures("in_one_process")

__all__ = ["counted", "made", "said"]  # fixtures, recounted there


@pytest.fixture(scope="module")
def page(made: dict[str, Path]) -> dict[str, Table]:
    return tables(made["html"].read_text(encoding="utf-8"))


class TestPage:
    """What the web page prints is the same, figure by figure, and each figure leads to its engagements."""

    def links(self, said: dict[str, Any], ref_list: Iterable[str]) -> list[str]:
        number = {one["ref"]: one["number"] for one in said["engagements"]}
        return [f"#e{number[ref]}" for ref in ref_list]

    def rows(self, page: dict[str, Table], name: str) -> Table:
        return page[name] + page.get(f"{name}-rest", [])

    def test_models(self, said: dict[str, Any], counted: list[Counted], page: dict[str, Table]) -> None:
        """Firm, likely, leaning and together for each model."""
        found = self.rows(page, "by-model")
        for one, (cells, links) in zip(said["models"], found, strict=False):
            statuses = [each.status for each in counted if each.model == one["id"]]
            counts = [str(statuses.count(status)) for status in ("settled", "likely", "leaning")]
            assert cells[:5] == [one["name"], *counts, str(len(one["engagements"]))]
            assert links == self.links(said, one["engagements"])
        assert len(found) == len(said["models"])

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
        lists = [
            *(one["engagements"] for one in (*risks["unstaffed"], *risks["unpaid"])),
            *([risks["leaning"]] if risks["leaning"] else []),
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
            (
                len(said["not_counted"]),
                f"{of(said['not_counted'], 'file or document', 'files or documents')} not counted",
            ),
            (over, f"{'person' if over == 1 else 'people'} overloaded in some month"),
            (len(nobody), f"{of(nobody, 'engagement', 'engagements')} with a role that nobody is available for"),
            (
                sum(len(one["engagements"]) for one in covers),
                f"engagements that {len(covers)} {of(covers, 'person', 'people')} could cover",
            ),
            (f"{said['demand'][0]['persons']:,.1f}", "full-time delivery managers asked for"),
            (f"{said['demand'][1]['persons']:,.1f}", "full-time project managers asked for"),
        ):
            assert f"<strong>{figure}</strong> <span>{words}" in text


def of(things: Sized, one: str, many: str) -> str:
    """The word for one of them or for several."""
    return one if len(things) == 1 else many


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

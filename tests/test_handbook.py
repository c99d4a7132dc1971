"""The handbook says all that the rulebook says, exactly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.catalog.person import person_rules
from advisor.cli.rules import rules as commands
from advisor.documents.handbook.handbook import FORMATS, handbook, handbook_of
from advisor.documents.handbook.handbook_view import Line, Section
from advisor.documents.handbook.handbook_words import GAP_WORDS, Wording, quoted, rule_anchor
from advisor.model.questions import Option
from advisor.model.rulebook import Catalog
from tests.test_documents import NASTY, WellFormed


@pytest.fixture(scope="module")
def pages(catalog: Catalog) -> dict[str, str]:
    return {format: handbook(catalog, format, person_rules()) for format in FORMATS}


def anchors(page: str) -> list[str]:
    return re.findall(r'\bid="([^"]*)"', page)


def links(page: str) -> set[str]:
    return set(re.findall(r'(?:\]\(#|href="#)([^)"]*)[)"]', page))


def plain(line: Line) -> str:
    return "".join(piece.text for piece in line)


def sections(some: tuple[Section, ...]) -> Iterator[Section]:
    for one in some:
        yield one
        yield from sections(one.parts)


@pytest.mark.parametrize("format", FORMATS)
class TestEverythingIsInIt:
    def test_each_rule_has_its_id_as_its_anchor(self, catalog: Catalog, pages: dict[str, str], format: str) -> None:
        """Rules on people too, so no two rules may share an id."""
        found = Counter(anchors(pages[format]))
        rules = (*catalog.rules(), *person_rules().rules())
        assert [rule.id for rule in rules if found[rule.id] != 1] == []

    def test_each_part_is_named_by_its_id(self, catalog: Catalog, pages: dict[str, str], format: str) -> None:
        code = set(re.findall(r"`([^`]+)`|<code>([^<]+)</code>", pages[format]))
        named = {one for pair in code for one in pair if one}
        parts = [*catalog.questions, *catalog.findings, *catalog.roles, *catalog.models, *catalog.competencies]
        parts += [row.id for row in catalog.rows] + [phase.id for phase in catalog.phases]
        parts += [option.id for question in catalog.questions.values() for option in question.options]
        people = person_rules()
        parts += [*people.questions, *people.findings, *people.steps, *people.needs, people.digest]
        assert [id for id in parts if id not in named] == []
        assert [claim for claim in catalog.claims if f"claim-{claim}" not in anchors(pages[format])] == []

    def test_each_link_leads_to_exactly_one_place(self, pages: dict[str, str], format: str) -> None:
        found = anchors(pages[format])
        assert sorted(links(pages[format]) - set(found)) == []
        assert len(found) == len(set(found))

    def test_is_the_same_each_time(self, catalog: Catalog, pages: dict[str, str], format: str) -> None:
        assert handbook(catalog, format, person_rules()) == pages[format]


class TestExactWords:
    def test_values_of_one_variable_can_be_told_apart(self, catalog: Catalog) -> None:
        wording = Wording(catalog)
        for id in (*catalog.questions, *catalog.findings):
            labels = list(wording.values(id).values())
            assert len(set(labels)) == len(labels), id

    def test_a_condition_names_each_value_that_meets_it_and_no_other(self, catalog: Catalog) -> None:
        wording = Wording(catalog)
        questions = [one for question in catalog.questions.values() for one in question.when]
        for condition in (*questions, *(one for rule in catalog.rules() for one in rule.when)):
            said = plain(wording.condition(condition))
            for gap, words in GAP_WORDS.items():
                assert (f" is {words}" in said) == (gap in condition.allowed)
            values = wording.values(condition.variable)
            if "whatever" not in said:
                named = {value for value, label in values.items() if quoted(label) in said}
                assert named == condition.allowed - set(GAP_WORDS), condition
            else:
                assert set(values) <= condition.allowed

    def test_every_rule_of_a_row_says_which_letters_it_gives(self, catalog: Catalog) -> None:
        rule = next(rule for rule in catalog.rules() if rule.id == "schedule_flow")
        said = plain(Wording(catalog).rule(rule).then)
        assert said == "A for the delivery manager and R for the project manager"


class TestCheckingByHand:
    """Whoever follows the printed tables reaches what the product says."""

    def test_bands_leave_no_number_out_and_overlap_nowhere(self, catalog: Catalog) -> None:
        grids = [one.grid for one in sections(handbook_of(catalog).sections) if one.grid and one.grid.wordy]
        assert len(grids) == 2 + sum(bool(one.bands) for topic in catalog.topics for one in topic.findings)
        for grid in grids:
            numbers = [
                int(text) for row in grid.rows for text in re.findall(r"-?\d+", plain(row.cells[1]).replace("−", "-"))
            ]
            edges = [numbers[0], *numbers[1:-1], numbers[-1]]
            assert all(high - low == 1 for low, high in zip(edges[::2], edges[1::2], strict=True)), edges

    def test_matrix_rows_have_one_a_in_every_model(self, catalog: Catalog) -> None:
        rows = [one for one in sections(handbook_of(catalog).sections) if one.anchor.startswith("row-")]
        assert len(rows) == len(catalog.rows)
        for row in rows:
            assert row.grid is not None
            assert len(row.grid.rows) == len(catalog.models)
            for line in row.grid.rows:
                assert sum("A" in plain(cell) for cell in line.cells[1:]) == 1, row.id


class TestNastyText:
    @pytest.fixture
    def nasty(self, catalog: Catalog) -> Catalog:
        """The same catalog with words in it that would like to take the page over."""
        questions = {
            id: replace(
                one,
                text=f"{id} {NASTY}",
                help=NASTY,
                options=tuple(Option(o.id, f"{o.id} {NASTY}") for o in one.options),
            )
            for id, one in catalog.questions.items()
        }
        topic = catalog.topics[0]
        spoken = tuple(replace(rule, says=NASTY, practice=NASTY) for rule in topic.table.rules)
        topics = (replace(topic, table=replace(topic.table, title=NASTY, rules=spoken)), *catalog.topics[1:])
        claims = {id: replace(claim, text=NASTY, section=NASTY) for id, claim in catalog.claims.items()}
        roles = {id: replace(role, name=f"{id} {NASTY}") for id, role in catalog.roles.items()}
        models = {id: replace(model, name=NASTY, title=NASTY) for id, model in catalog.models.items()}
        return replace(
            catalog, title=NASTY, questions=questions, topics=topics, claims=claims, roles=roles, models=models
        )

    def test_stays_text_in_html(self, nasty: Catalog) -> None:
        page = WellFormed(handbook(nasty, "html"))
        assert "b" not in page.tags
        assert "script" not in page.tags
        assert 'Portal <b>|`x`| & "Полярис"' in page.text
        assert all(low + 1 >= high for low, high in zip(page.headings, page.headings[1:], strict=False) if high > low)

    def test_stays_text_in_markdown(self, nasty: Catalog, catalog: Catalog) -> None:
        page = handbook(nasty, "markdown")
        assert "<b>" not in page
        assert "&lt;b&gt;\\|\\`x\\`\\| & " in page
        tables = re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)
        assert len(tables) == len(re.findall(r"(?:^\|.*\n)+", handbook(catalog, "markdown"), re.MULTILINE))
        for table in tables:
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
            assert len(widths) == 1

    @pytest.mark.parametrize("format", FORMATS)
    def test_brings_no_control_character(self, nasty: Catalog, format: str) -> None:
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", handbook(nasty, format))

    def test_makes_a_usable_anchor(self) -> None:
        assert rule_anchor("a_b1") == "a_b1"
        assert re.fullmatch(r"[A-Za-z0-9_-]+", rule_anchor(NASTY))
        assert rule_anchor("é") != rule_anchor("è")


class TestHtml:
    def test_stands_alone(self, pages: dict[str, str]) -> None:
        """No script and nothing from elsewhere: the file can be sent as it is."""
        page = WellFormed(pages["html"])
        assert page.tags.isdisjoint({"script", "link", "img", "iframe"})
        assert all(link.startswith("#") for link in page.links)
        assert "url(" not in pages["html"]
        assert "prefers-color-scheme: dark" in pages["html"]
        assert "@media print" in pages["html"]


class TestCommand:
    def test_writes_markdown_to_the_screen(self, pages: dict[str, str]) -> None:
        result = CliRunner().invoke(commands, ["docs"])
        assert (result.exit_code, result.stdout) == (0, pages["markdown"])

    def test_takes_the_format_from_the_suffix(self, pages: dict[str, str], tmp_path: Path) -> None:
        target = tmp_path / "book.html"
        result = CliRunner().invoke(commands, ["docs", "-o", str(target)])
        assert (result.exit_code, result.stdout) == (0, "")
        assert target.read_text(encoding="utf-8") == pages["html"]

    def test_prefers_the_format_that_is_asked_for(self, pages: dict[str, str], tmp_path: Path) -> None:
        target = tmp_path / "book.txt"
        CliRunner().invoke(commands, ["docs", "--format", "html", "-o", str(target)])
        assert target.read_text(encoding="utf-8") == pages["html"]

    def test_writes_a_rulebook_of_ones_own(self, tmp_path: Path) -> None:
        (tmp_path / "rulebook.yaml").write_text("extends: standard\ntitle: Our rules\n", encoding="utf-8")
        result = CliRunner().invoke(commands, ["docs", "--rulebook", str(tmp_path)])
        assert result.stdout.startswith("# Our rules: the handbook\n")

    def test_refuses_other_formats(self, tmp_path: Path) -> None:
        result = CliRunner().invoke(commands, ["docs", "-o", str(tmp_path / "book.csv")])
        assert result.exit_code == 2
        assert ".md or .html" in result.stderr
        assert not list(tmp_path.iterdir())

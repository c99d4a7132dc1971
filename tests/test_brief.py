"""The brief: two pages of this engagement, with the people who are there, and nothing said twice."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import advisor
from advisor.documents import FORMATS, write
from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.compose import brief_of, words_before_matrix
from advisor.documents.brief.content import Brief
from advisor.documents.brief.picture import REGIONS
from advisor.documents.brief.seat_days import days_of_seats
from advisor.documents.matrix.rows import MOST_OF_SMALL, is_small, main_rows
from advisor.documents.shared.edition import Edition
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from advisor.model.stated import Matter
from tests.conftest import EXAMPLES

UNLIKE = {  # nobody would take one of these for another
    "rescue": {
        "kind_of_work": "software_build",
        "health": "in_trouble",
        "stage": "execution",
        "build_paid": "fixed_price",
    },
    "twelve weeks": {
        "kind_of_work": "website_campaign",
        "duration": "under_three_months",
        "team_size": "up_to_four",
        "managers_available": "project_manager",
    },
    "scrum in government": {
        "kind_of_work": "software_build",
        "reader": "internal_provider",
        "methodology": "scrum",
        "regulated": "yes",
    },
    "people lent": {"kind_of_work": "people_lent", "plans_at_once": "none", "stage": "in_service"},
    "erp": {
        "kind_of_work": "package_rollout",
        "vendors": "many",
        "departments": "four_or_more",
        "data_migration": "yes",
    },
    "office move": {
        "kind_of_work": "organisational_change",
        "relocation": "yes",
        "end_date": "fixed",
        "parties": "suppliers",
    },
}


def advice_of(catalog: Catalog, answers: dict[str, str]) -> Advice:
    given = {name: value for name, value in answers.items() if name != "parties"}
    return advisor.advise(catalog, Engagement("x", "X", "", given, {}, {}))


def brief(advice: Advice) -> Brief:
    return brief_of(advice, view_of(advice))


def sentences(one: Brief) -> list[str]:
    """What a brief says in its own words, without names, days, open questions and the matrix."""
    texts = [*one.facts, *(step.what for step in one.steps)]
    texts += [text for danger in one.dangers for text in (danger.what, danger.trigger, danger.action)]
    return texts


@pytest.fixture(scope="module", params=sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def example(request: pytest.FixtureRequest, catalog: Catalog) -> Advice:
    return advisor.advise(catalog, advisor.read_engagement(EXAMPLES / f"{request.param}.yaml", catalog))


class TestEachExample:
    def test_fits_two_pages(self, example: Advice) -> None:
        """At most 700 words before the matrix, and at most 18 rows in it."""
        assert words_before_matrix(brief(example)) <= 700
        fewest = MOST_OF_SMALL if is_small(example) else 12
        assert min(fewest, len(example.matrix.activities)) <= len(main_rows(example)) <= 18

    def test_says_why_and_what_next(self, example: Advice) -> None:
        """Three facts or more, three steps and three risks."""
        one = brief(example)
        assert len(one.facts) >= 3 and len(one.steps) >= 3 and len(one.dangers) >= 3
        assert one.look_again

    def test_says_nothing_twice(self, example: Advice) -> None:
        """No sentence stands twice."""
        assert [text for text, count in Counter(sentences(brief(example))).items() if count > 1] == []

    def test_names_only_who_is_there(self, example: Advice) -> None:
        """Every column has a letter, every owner is a column, and no brace is left."""
        one = brief(example)
        names = {column.name for column in one.columns} | {
            example.names.roles[role].name for role in example.matrix.roles
        }
        for at, column in enumerate(one.columns):
            assert any(row.cells[at].letters for phase in one.phases for row in phase.rows), column.name
        names |= {name for column in view_of(example).columns for name in (column.name, column.person)}
        names |= {"Executive sponsor", example.engagement.people.get("executive_sponsor", "")}  # who is always there
        names |= {stint.name for stints in example.engagement.times.values() for stint in stints}
        assert {danger.owner for danger in one.dangers} <= names
        assert {step.who for step in one.steps} <= names
        assert not any(re.search(r"[{}]", text) for text in sentences(one))

    def test_every_format_holds_it(self, example: Advice) -> None:
        """The decision stands in each format's file."""
        for form in FORMATS:
            assert write(example, form, Edition("brief"))
        assert brief(example).decision in write(example, "markdown", Edition("brief")).decode()

    def test_time_adds_up(self, example: Advice) -> None:
        """Nobody who leads has no time, and nobody without work is given any."""
        work = any(level.days for level in example.levels)
        assert any(sum(days) > 0 for days in days_of_seats(example).values()) == work


def test_few_letters_ask_or_tell(catalog: Catalog) -> None:
    """Over the examples at most 35 % of all letters are C or I."""
    letters = Counter(
        cell.letters
        for path in EXAMPLES.glob("*.yaml")
        for row in advisor.advise(catalog, advisor.read_engagement(path, catalog)).matrix.activities
        for cell in row.cells
    )
    assert (letters["C"] + letters["I"]) / sum(letters.values()) <= 0.35


def test_unlike_engagements_read_unlike(catalog: Catalog) -> None:
    """Of two of them, at most a fifth of the sentences are the same."""
    said = {name: set(sentences(brief(advice_of(catalog, answers)))) for name, answers in UNLIKE.items()}
    for one, other in itertools.combinations(said, 2):
        shared = said[one] & said[other]
        assert len(shared) <= 0.2 * min(len(said[one]), len(said[other])), (one, other, sorted(shared))


def test_a_clients_copy_keeps_our_reasons_back(catalog: Catalog) -> None:
    """No risks, no reasons and no assumptions; the decision and the matrix stay."""
    advice = advisor.advise(catalog, advisor.read_engagement(EXAMPLES / "acme-portal.yaml", catalog))
    one = brief_of(advice, view_of(advice, Edition("brief", client_view=True)))
    assert not (one.facts or one.dangers or one.unknown or one.sure or one.staffing or one.role_names)
    assert one.decision and one.phases and one.steps


def test_long_briefs_lose_their_least_weighty_lines(catalog: Catalog) -> None:
    """With sentences three times as long, five steps and four risks are left, and every reason."""
    kinds = ["promise", "vacancy", "leaver", "decision", "worry", "dependency", "complaint", "approval", "dispute"]
    engagement = advisor.read_engagement(EXAMPLES / "acme-portal.yaml", catalog)
    advice = advisor.advise(catalog, replace(engagement, matters=tuple(Matter(kind, f"the {kind}") for kind in kinds)))
    whole = brief(advice)
    long = brief(replace(advice, points=tuple(replace(item, text=f"{item.text} " * 3) for item in advice.points)))
    assert (len(whole.facts), len(whole.steps), len(whole.dangers)) == (5, 8, 7)
    assert (len(long.facts), len(long.steps), len(long.dangers)) == (5, 5, 4)
    assert long.dangers[0].trigger == whole.dangers[0].trigger


def test_the_picture_shows_what_the_rules_conclude() -> None:
    """Three bands of client work across, three of plan work up."""
    assert [len(row) for row in REGIONS] == [3, 3, 3]


def test_the_word_template_is_the_built_one(tmp_path: Path) -> None:
    """tools/brief_template.py builds what ships."""
    from tools.brief_template import TEMPLATE, build

    pytest.importorskip("docx")
    assert TEMPLATE.read_bytes() == build()

"""What firms call things: the words point at what exists, and how well they are recognised is measured."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

from advisor.catalog.own import catalog_at
from advisor.catalog.wordings import ACTIVITIES, POLICY, ROLES, SYNONYMS, read_wordings
from advisor.compare.likeness import SAME, Words, plain
from advisor.errors import InputError
from advisor.model.rulebook import Catalog
from advisor.model.wordings import Wordings
from tests.conftest import EXAMPLES, REPOSITORY

TABLE = REPOSITORY / "tests" / "compare" / "wordings.yaml"
GROUPS = ("known", "later", "last", "roles")


@pytest.fixture(scope="module")
def wordings(catalog: Catalog) -> Wordings:
    return read_wordings(catalog)


def words_of(catalog: Catalog, wordings: Wordings, kind: str) -> Words:
    if kind == ACTIVITIES:
        return Words({row.id: (row.name, *wordings.activities.get(row.id, ())) for row in catalog.rows}, wordings, kind)
    return Words({id: (one.name, *wordings.roles[id]) for id, one in catalog.roles.items()}, wordings, kind)


class TestWords:
    """rules/compare/synonyms.yaml."""

    def test_they_are_of_what_there_is(self, catalog: Catalog, wordings: Wordings) -> None:
        """Every activity of all work and every role has other wordings; rows of packs have their trade's own names."""
        general = {row.id for row in catalog.rows if row.table.source.file.startswith("rules/matrix/")}
        assert general <= set(wordings.activities) <= {row.id for row in catalog.rows}
        assert set(wordings.roles) == set(catalog.roles)
        assert wordings.teams <= set(catalog.roles) and not wordings.teams & catalog.managers
        raw = yaml.safe_load((REPOSITORY / "rules" / SYNONYMS).read_text(encoding="utf-8"))
        assert {one["is"] for one in raw["activities"]} == set(wordings.activities)
        assert {one["is"] for one in raw["roles"]} == set(wordings.roles)

    @pytest.mark.parametrize("kind", [ACTIVITIES, ROLES])
    def test_no_wording_belongs_to_two(self, catalog: Catalog, wordings: Wordings, kind: str) -> None:
        """Nor do two read as the same words, once those alike are made one; each is recognised as its own."""
        words = words_of(catalog, wordings, kind)
        known = wordings.activities if kind == ACTIVITIES else wordings.roles
        seen: dict[frozenset[str], str] = {}
        for id, texts in known.items():
            for text in texts:
                assert seen.setdefault(frozenset(words.words(text)), id) == id, text
                like = words.held_against(text)
                assert like[id].score == max(one.score for one in like.values()) >= 98, text
                assert sum(one.score >= 98 for one in like.values()) == 1, text

    def test_a_name_is_the_same_and_a_wording_nearly(self, catalog: Catalog, wordings: Wordings) -> None:
        """Only the rulebook's own name is wholly the same, so it goes before any other wording."""
        words = words_of(catalog, wordings, ACTIVITIES)
        for row in catalog.rows:
            assert words.held_against(row.name)[row.id].score == SAME
        assert words.held_against("UAT")["acceptance_testing"].score < SAME

    @pytest.mark.parametrize(
        ("text", "is_", "other"),
        [
            ("USER ACCEPTANCE TESTING (UAT)", "acceptance_testing", "uat"),
            ("3.2  Sign-off of the requirements", "requirements_sign_off", "Requirements sign-off"),
            ("Approve requirments", "requirements_sign_off", "Requirements approval"),
            ("Customer kick off", "kickoff", "Client kickoff"),
            ("Go / No-Go", "release_decision", "go/no-go"),
        ],
    )
    def test_ways_of_writing(self, catalog: Catalog, wordings: Wordings, text: str, is_: str, other: str) -> None:
        """Case, order, hyphens, numbers at the head, slips of the pen, and words that firms use alike."""
        words = words_of(catalog, wordings, ACTIVITIES)
        for one in (text, other):
            best = max(words.held_against(one).values(), key=lambda like: like.score)
            assert best.id == is_ and best.score >= wordings.lined_up.likely

    def test_one_word_alone_tells_little(self, catalog: Catalog, wordings: Wordings) -> None:
        """`Deployment` is not yet the decision to deploy, nor `Design` its approval."""
        words = words_of(catalog, wordings, ACTIVITIES)
        for text in ("Deployment", "Design", "Business", "Service", "Sales", "!!!", "of the", ""):
            assert all(one.score < wordings.lined_up.perhaps for one in words.held_against(text).values()), text


@dataclass(frozen=True)
class Measured:
    """Of those lined up, how many rightly; of those that should be, how many are. Arguable ones count in neither."""

    wordings: int
    lined_up: int
    right: int
    should: int

    @property
    def precision(self) -> float:
        return self.right / self.lined_up

    @property
    def recall(self) -> float:
        return self.right / self.should


def measured(words: Words, table: Sequence[Mapping[str, str]], least: int) -> Measured:
    clear = [one for one in table if not one.get("or")]
    found = []
    for one in clear:
        best = max(words.held_against(one["row"]).values(), key=lambda like: like.score, default=None)
        found.append((best.id if best is not None and best.score >= least else "none", one["is"]))
    lined_up = [(got, is_) for got, is_ in found if got != "none"]
    right = sum(got == is_ for got, is_ in lined_up)
    return Measured(len(table), len(lined_up), right, sum(is_ != "none" for _, is_ in found))


@pytest.fixture(scope="module")
def results(catalog: Catalog, wordings: Wordings) -> dict[str, Measured]:
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    kinds = {"known": ACTIVITIES, "later": ACTIVITIES, "last": ACTIVITIES, "roles": ROLES}
    assert set(table) == set(kinds)
    known = {
        ACTIVITIES: {row.id for row in catalog.rows},
        ROLES: set(catalog.roles),
    }
    for group, kind in kinds.items():
        assert {one["is"] for one in table[group]} <= known[kind] | {"none"}
        assert len({plain(one["row"]) for one in table[group]}) == len(table[group])
    least = wordings.lined_up.likely
    return {name: measured(words_of(catalog, wordings, kind), table[name], least) for name, kind in kinds.items()}


class TestMeasured:
    """Wordings from public matrices, each labelled by hand."""

    @pytest.mark.parametrize("group", GROUPS)
    def test_well_enough(self, results: dict[str, Measured], group: str) -> None:
        """Nineteen of twenty are lined up rightly, three of four found."""
        one = results[group]
        assert one.wordings >= 40
        assert one.precision >= 0.95 and one.recall >= 0.75, one

    @pytest.mark.parametrize("group", GROUPS)
    def test_the_page_says_so(self, results: dict[str, Measured], group: str) -> None:
        """docs/compare.md prints what is measured here."""
        one = results[group]
        page = (REPOSITORY / "docs" / "compare.md").read_text(encoding="utf-8")
        row = next(line for line in page.splitlines() if line.startswith(f"| `{group}`"))
        figures = [int(text) for text in re.findall(r"\b\d+\b", row)]
        assert figures == [
            one.wordings,
            one.lined_up,
            one.right,
            round(100 * one.precision),
            one.should,
            round(100 * one.recall),
        ], (row, one)


class TestOwn:
    """A rulebook of one's own may have words of its own."""

    def own(self, folder: Path, text: str) -> Path:
        (folder / "compare").mkdir()
        (folder / SYNONYMS).write_text(text, encoding="utf-8")
        return folder

    def test_ours_as_far_as_they_fit(self) -> None:
        """Without words of its own, a rulebook has those of ours that it has ids for."""
        for name in ("agile-public-sector", "staffing-firm"):
            folder = EXAMPLES / "rulebooks" / name
            known = catalog_at(folder)
            found = read_wordings(known, folder)
            assert set(found.activities) <= {row.id for row in known.rows}
            assert set(found.roles) <= set(known.roles) and found.teams <= set(known.roles)

    def test_its_own_words_win(self, catalog: Catalog, wordings: Wordings, tmp_path: Path) -> None:
        """What it says of an activity stands in place of ours; the rest is ours."""
        text = (
            "version: 2.0.0\n"
            "activities:\n  - {is: kickoff, words: [Grand opening]}\n"
            "roles:\n  - {is: support_team, words: [Ops]}\n"
        )
        found = read_wordings(catalog, self.own(tmp_path, text))
        assert found.activities["kickoff"] == ("Grand opening",) and found.version == "2.0.0"
        assert found.activities["budget_plan"] == wordings.activities["budget_plan"]
        assert "support_team" in wordings.teams and "support_team" not in found.teams

    def test_every_mistake_with_its_line(self, catalog: Catalog, tmp_path: Path) -> None:
        """Unknown ids with the nearest, a wording of two, fields that are not known."""
        text = (
            "version: 1.0.0\n"
            "activities:\n"
            "  - {is: kickof, words: [Start]}\n"
            "  - {is: kickoff, words: [Start, Opening]}\n"
            "  - {is: training, words: [opening], wrods: x}\n"
        )
        with pytest.raises(InputError) as raised:
            read_wordings(catalog, self.own(tmp_path, text))
        shown = [str(one).removeprefix(f"{tmp_path}/{SYNONYMS}:") for one in raised.value.problems]
        assert shown == [
            "3: activities[1].is: 'kickof' is no activity of this rulebook (did you mean kickoff?)",
            "4: activities[2].words: 'Start' is a wording of kickof already; it can belong to one only",
            "5: activities[3].words: 'opening' is a wording of kickoff already; it can belong to one only",
            "5: activities[3].wrods: is no field that is known here (did you mean words?)",
        ]

    def test_its_own_policy(self, catalog: Catalog, wordings: Wordings, tmp_path: Path) -> None:
        """Thresholds of its own; they have to fall."""
        (tmp_path / "compare").mkdir()
        text = (REPOSITORY / "rules" / POLICY).read_text(encoding="utf-8")
        place = tmp_path / POLICY
        place.write_text(text.replace("sure: 90", "sure: 95"), encoding="utf-8")
        assert read_wordings(catalog, tmp_path).lined_up == replace(wordings.lined_up, sure=95)
        place.write_text(text.replace("sure: 90", "sure: 50"), encoding="utf-8")
        with pytest.raises(InputError, match=r"lined_up: must fall from sure over likely to perhaps"):
            read_wordings(catalog, tmp_path)

"""The mapping file: what the product lined up, corrected by whoever knows better, and kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.catalog.wordings import read_wordings
from advisor.compare import LiningUp, activity_names, compare, mapping_text, read_mapping, role_names
from advisor.compare.values import Comparison
from advisor.errors import InputError
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from advisor.model.wordings import Wordings
from tests.conftest import EXAMPLES, Run
from tests.theirs import matrix

PORTAL = EXAMPLES / "acme-portal.yaml"
ROLES = ["PM", "Account manager", "Sponsor"]
ROWS = {
    "UAT": "A - -",
    "Kick-off": "A - -",
    "Testing with users": "R A -",
    "Order pizza": "- A -",
    "Budget": "A/R R C",
}


@pytest.fixture(scope="module")
def wordings(catalog: Catalog) -> Wordings:
    return read_wordings(catalog)


@pytest.fixture(scope="module")
def portal(catalog: Catalog) -> Advice:
    return advise(catalog, read_engagement(PORTAL, catalog))


def read(text: str, advice: Advice) -> LiningUp:
    return read_mapping(text.encode(), "mapping.yaml", activity_names(advice), role_names(advice))


def written(found: Comparison) -> str:
    advice = found.advice
    least = found.wordings.lined_up.perhaps
    return mapping_text(found.matrix, found.rows, found.roles, activity_names(advice), role_names(advice), least)


def pairs(found: Comparison) -> dict[str, tuple[str, ...]]:
    names = [row.activity for row in found.matrix.rows]
    return {names[one.at]: one.ours for one in found.rows}


class TestRoundTrip:
    """Written and read back, it says the same."""

    def test_the_same_comparison(self, portal: Advice, wordings: Wordings) -> None:
        """All that is told but for how it was lined up."""
        theirs = matrix(ROLES, ROWS)
        found = compare(theirs, portal, wordings)
        again = compare(theirs, portal, wordings, read(written(found), portal))
        assert pairs(again) == pairs(found)
        assert (again.differences, again.lacking, again.seats) == (found.differences, found.lacking, found.seats)
        assert {one.how for one in again.rows} == {"mapping", "none"} and not again.notes[len(found.notes) :]

    def test_the_confidence_stands_beside(self, portal: Advice, wordings: Wordings) -> None:
        """Each line says how sure it is and by which words; what nothing is lined up with is listed."""
        text = written(compare(matrix(ROLES, ROWS), portal, wordings))
        lines = text.splitlines()
        assert """  - {row: "UAT", is: acceptance_testing}  # 98, sure: as 'User acceptance testing'""" in lines
        assert '  - {row: "Order pizza", is: none}  # nothing is near' in lines
        assert """  - {role: "PM", is: project_manager}  # 98, sure: as 'PM'""" in lines
        assert "#   renewal: Renew or extend the contract" in lines

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.text(max_size=20), min_size=1, max_size=6), st.lists(st.text(max_size=9), max_size=6))
    def test_whatever_rows_are_called(
        self, portal: Advice, wordings: Wordings, texts: list[str], phases: list[str]
    ) -> None:
        """Quotes, line breaks, braces, control characters, the same name twice, with phases and without."""
        texts = [text.encode("utf-8", "replace").decode() for text in texts] + ["Budget", "Budget", "Training"]
        texts = [text if text.strip() else "UAT" for text in texts]
        theirs = matrix(["PM"], [(text, "A") for text in texts])
        phased = [phases[at % len(phases)].encode("utf-8", "replace").decode() if phases else "" for at in range(99)]
        rows = tuple(replace(row, phase=phase) for row, phase in zip(theirs.rows, phased, strict=False))
        theirs = replace(theirs, rows=rows)
        found = compare(theirs, portal, wordings)
        again = compare(theirs, portal, wordings, read(written(found), portal))
        assert [one.ours for one in again.rows] == [one.ours for one in found.rows]
        assert again.notes == found.notes


class TestCorrected:
    """What the user wrote wins, and stays."""

    def test_it_wins(self, portal: Advice, wordings: Wordings) -> None:
        """Over a likeness of 98, for rows and for roles; what it takes, no other row gets."""
        text = (
            "activities:\n"
            "  - {row: uat, is: none}\n"
            "  - {row: Order pizza, is: training}\n"
            "  - {row: Testing with users, is: acceptance_testing}\n"
            "roles:\n"
            "  - {role: PM, is: [delivery_manager, project_manager]}\n"
            "  - {role: Account manager, is: none}\n"
        )
        found = compare(matrix(ROLES, ROWS), portal, wordings, read(text, portal))
        assert pairs(found) == {
            "UAT": (),
            "Kick-off": ("kickoff",),
            "Testing with users": ("acceptance_testing",),
            "Order pizza": ("training",),
            "Budget": ("budget_plan",),
        }
        assert [one.ours for one in found.roles] == [
            ("delivery_manager", "project_manager"),
            (),
            ("executive_sponsor",),
        ]
        (seat,) = [one for one in found.seats if 0 in one.theirs]
        assert seat.our_name == "Delivery manager and project manager"
        assert not [one for one in found.roles_ours if set(one.seat.ours) & {"delivery_manager", "project_manager"}]

    def test_it_stays_when_the_matrix_grows(self, portal: Advice, wordings: Wordings) -> None:
        """New rows are lined up among what is left; a row that fits better takes nothing away from what was settled."""
        text = "activities:\n  - {row: Testing with users, is: acceptance_testing}\n  - {row: Order pizza, is: none}\n"
        small = {"Testing with users": "R A -", "Order pizza": "- A -"}
        before = compare(matrix(ROLES, small), portal, wordings, read(text, portal))
        grown = {"User acceptance testing": "A - -", **small, "Training": "A - -"}
        after = compare(matrix(ROLES, grown), portal, wordings, read(text, portal))
        assert {row: pairs(after)[row] for row in small} == pairs(before)
        assert pairs(after)["Training"] == ("training",)
        assert pairs(after)["User acceptance testing"] != ("acceptance_testing",)

    def test_rows_of_one_name_in_two_phases(self, portal: Advice, wordings: Wordings) -> None:
        """Are told apart by the phase, also after the tables of the matrix change places."""
        rows = matrix(["PM"], [("Review", "A"), ("Review", "R"), ("Budget", "A")]).rows
        planning, run, budget = (
            replace(rows[at], phase=phase) for at, phase in enumerate(("Planning", "Run", "Planning"))
        )
        theirs = replace(matrix(["PM"], {"Budget": "A"}), rows=(planning, run, budget))
        text = written(compare(theirs, portal, wordings))
        assert '{row: "Review", phase: "Run", is: none}' in text and '{row: "Budget", is: budget_plan}' in text
        told = read(text.replace('phase: "Run", is: none', 'phase: "Run", is: service_review'), portal)
        for order in ((planning, run, budget), (budget, run, planning)):
            found = compare(replace(theirs, rows=order), portal, wordings, told)
            assert [order[one.at].phase for one in found.rows if one.ours == ("service_review",)] == ["Run"]

    def test_several_rows_of_one_activity(self, portal: Advice, wordings: Wordings) -> None:
        """Each is held against it by itself."""
        text = "activities:\n  - {row: UAT, is: budget_plan}\n  - {row: Budget, is: budget_plan}\n"
        found = compare(matrix(ROLES, ROWS), portal, wordings, read(text, portal))
        assert found.agreed == (0, 4) and "budget_plan" not in {row.id for row in found.lacking}

    def test_rows_that_are_gone(self, portal: Advice, wordings: Wordings) -> None:
        """Are told with the line and the nearest, and are no error: matrices shrink too."""
        text = "activities:\n  - {row: Budgets, is: budget_plan}\nroles:\n  - {role: CEO, is: none}\n"
        found = compare(matrix(ROLES, ROWS), portal, wordings, read(text, portal))
        assert found.notes[:2] == (
            "mapping.yaml:2: the matrix has no such row: 'Budgets' (did you mean Budget?)",
            "mapping.yaml:4: the matrix has no such role: 'CEO'",
        )


def test_every_mistake_with_its_line(portal: Advice) -> None:
    """All at once, each with what would be right."""
    text = (
        "activities:\n"
        "  - {row: UAT, is: acceptance_test}\n"
        "  - {row: Budget}\n"
        "  - {row: Both, is: [budget_plan, training]}\n"
        "  - {rwo: X, is: none}\n"
        "roles:\n"
        "  - {role: PM, is: boss}\n"
        "rules: []\n"
    )
    with pytest.raises(InputError) as raised:
        read(text, portal)
    assert [str(one) for one in raised.value.problems] == [
        "mapping.yaml:2: activities[1].is: 'acceptance_test' is no activity of the rulebook "
        "(did you mean acceptance_testing?)",
        "mapping.yaml:3: activities[2].is: is missing",
        "mapping.yaml:4: activities[3].is: a row is one activity of ours, or none",
        "mapping.yaml:5: activities[4].row: is missing",
        "mapping.yaml:5: activities[4].rwo: is no field that is known here (did you mean row?)",
        "mapping.yaml:7: roles[1].is: 'boss' is no role of the rulebook (say none where we have no such role)",
        "mapping.yaml:8: rules: is no field that is known here (did you mean roles?)",
    ]


class TestCommand:
    """`--write-mapping` and `--mapping`."""

    @pytest.fixture
    def theirs(self, tmp_path: Path) -> Path:
        rows = [f"| {row} | {' | '.join(letters.replace('-', ' ').split(' '))} |" for row, letters in ROWS.items()]
        rows = ["| Activity | PM | Account manager | Sponsor |", "|---|---|---|---|", *rows]
        path = tmp_path / "theirs.md"
        path.write_text("\n".join(rows).replace("A/R R C", "A/R | R | C") + "\n", encoding="utf-8")
        return path

    def test_write_correct_give_back(self, run: Run, theirs: Path) -> None:
        """The file is written once, corrected, and given back; given back and written, it keeps what it said."""
        wrote = run("compare", theirs, "--engagement", PORTAL, "--write-mapping", "map.yaml")
        assert wrote.code == 0 and "wrote map.yaml" in wrote.err
        place = theirs.parent / "map.yaml"
        corrected = place.read_text(encoding="utf-8").replace('"Order pizza", is: none', '"Order pizza", is: training')
        place.write_text(corrected, encoding="utf-8")
        again = run("compare", theirs, "--engagement", PORTAL, "--mapping", "map.yaml", "--write-mapping", "map.yaml")
        assert again.code == 0
        assert '  - {row: "Order pizza", is: training}  # by the mapping file' in place.read_text(encoding="utf-8")

    def test_nothing_is_lost(self, run: Run, theirs: Path) -> None:
        """A mapping that is there already is not written over, nor is any input."""
        place = theirs.parent / "map.yaml"
        place.write_text("activities: []\n", encoding="utf-8")
        for out in ("map.yaml", theirs):
            result = run("compare", theirs, "--engagement", PORTAL, "--write-mapping", out)
            assert result.code == 1 and ("is already there" in result.err or "would overwrite" in result.err)
        assert place.read_text(encoding="utf-8") == "activities: []\n"

    def test_a_wrong_mapping(self, run: Run, theirs: Path) -> None:
        """Is an input that failed."""
        (theirs.parent / "map.yaml").write_text("activities:\n  - {row: UAT, is: uat}\n", encoding="utf-8")
        result = run("compare", theirs, "--engagement", PORTAL, "--mapping", "map.yaml")
        assert result.code == 1 and result.err.startswith("map.yaml:2: activities[1].is: 'uat' is no activity")

"""A matrix held against the advice: nothing differs from our own, and what was changed is what is told."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.catalog.wordings import read_wordings
from advisor.compare import compare
from advisor.compare.assigning import best_pairs
from advisor.compare.joining import as_one
from advisor.compare.values import ACCOUNTABLE, CONSULTED, INFORMED, KINDS, NOT_RESPONSIBLE, RESPONSIBLE, Comparison
from advisor.model.advice import Advice
from advisor.model.found import FoundMatrix
from advisor.model.rulebook import Catalog
from advisor.model.wordings import Wordings
from tests.conftest import EXAMPLES, Run
from tests.theirs import matrix, ours, put

ALL = sorted(EXAMPLES.glob("*.yaml"))
PORTAL = EXAMPLES / "acme-portal.yaml"
SUFFIXES = ("csv", "md", "html", "xlsx", "docx")
DOCUMENTS = [(path, SUFFIXES[at % 5]) for at, path in enumerate(ALL)]  # every example, and every format of several


@pytest.fixture(scope="module")
def wordings(catalog: Catalog) -> Wordings:
    return read_wordings(catalog)


@pytest.fixture(scope="module")
def portal(catalog: Catalog) -> Advice:
    return advise(catalog, read_engagement(PORTAL, catalog))


def advice_on(catalog: Catalog, path: Path) -> Advice:
    return advise(catalog, read_engagement(path, catalog))


def nothing_differs(found: Comparison) -> bool:
    needed = len(found.advice.matrix.activities)
    return (
        not (found.differences or found.lacking or found.needless or found.unknown)
        and not (found.roles_theirs or found.roles_ours or found.notes)
        and not any(one.overloaded for one in found.loads)
        and len(found.agreed) == found.compared == needed
    )


class TestOurOwn:
    """What we advise is no different from what we advise."""

    @pytest.mark.parametrize("path", ALL, ids=[path.stem for path in ALL])
    def test_the_matrix_of_the_advice(self, catalog: Catalog, wordings: Wordings, path: Path) -> None:
        """Held against itself, row by row and role by role, by the names alone."""
        advice = advice_on(catalog, path)
        found = compare(ours(advice), advice, wordings)
        assert nothing_differs(found)
        assert {(one.how, one.score) for one in (*found.rows, *found.roles)} == {("sure", 100)}

    @pytest.mark.parametrize(("path", "suffix"), DOCUMENTS, ids=lambda one: getattr(one, "stem", one))
    def test_every_document(self, run: Run, path: Path, suffix: str) -> None:
        """What `raci` writes, in each format that can be read back, has no difference."""
        assert run("raci", path, "-o", f"ours.{suffix}", "--document", "raci").code == 0
        result = run("compare", f"ours.{suffix}", "--engagement", path, "--format", "json", "--fail-on", "any")
        assert result.code == 0, result.out + result.err
        said = json.loads(result.out)
        assert said["counts"]["agreed"] == said["counts"]["compared"] == len(said["rows"])
        assert not (said["differences"] or said["lacking"] or said["unknown"] or said["needless"])


class TestPlanted:
    """One change in our own matrix is told, and nothing else."""

    def test_another_answers(self, portal: Advice, wordings: Wordings) -> None:
        """Who should answer, who does instead, and why: the sentence, the rule and the claims of the advice's cell."""
        theirs = put(ours(portal), "Quality criteria and checks", "Delivery manager", "R")
        theirs = put(theirs, "Quality criteria and checks", "Project manager", "A/R")
        found = compare(theirs, portal, wordings)
        (one,) = found.differences
        row = next(row for row in portal.matrix.activities if row.id == "quality_plan")
        cell = next(cell for cell in row.cells if "A" in cell.letters)
        assert (one.kind, one.activity, one.seat.ours) == (ACCOUNTABLE, row.id, ("delivery_manager",))
        assert [seat.ours for seat in one.others] == [("project_manager",)] and one.others_should == ("R",)
        assert (one.says, one.rule, one.claims) == (cell.says, cell.rule, cell.claims)
        assert len(found.agreed) == len(theirs.rows) - 1

    def test_what_goes_with_an_a(self, portal: Advice, wordings: Wordings) -> None:
        """Who has A and R in place of another is one difference: neither an R missing nor one too many."""
        row = next(row for row in portal.matrix.activities if row.letters("project_manager") == "A/R")
        theirs = put(put(ours(portal), row.name, "Project manager", ""), row.name, "Executive sponsor", "A/R")
        (one,) = compare(theirs, portal, wordings).differences
        assert (one.kind, one.has, one.should) == (ACCOUNTABLE, "", "A/R")
        assert one.others_should == (row.letters("executive_sponsor"),)

    @pytest.mark.parametrize("letters", ["", "C", "A"])
    def test_nobody_or_too_many_answer(self, portal: Advice, wordings: Wordings, letters: str) -> None:
        """A row without A, and a row with two, name who should have it."""
        theirs = put(ours(portal), "Budget plan", "Executive sponsor", letters)
        if letters != "A":
            theirs = put(theirs, "Budget plan", "Project manager", "R")
        (one, *rest) = compare(theirs, portal, wordings).differences
        assert (one.kind, one.seat.ours) == (ACCOUNTABLE, ("project_manager",))
        assert [seat.name for seat in one.others] == (["Executive sponsor"] if letters == "A" else [])
        assert {other.kind for other in rest} <= {CONSULTED, INFORMED}

    @pytest.mark.parametrize(
        ("activity", "role", "letters", "kind", "should"),
        [
            ("Hypercare", "Support team", "C", RESPONSIBLE, "R"),
            ("Hypercare", "Support team", "", RESPONSIBLE, "R"),
            ("Budget plan", "Project manager", "A", RESPONSIBLE, "A/R"),
            ("Budget plan", "Client sponsor", "R", NOT_RESPONSIBLE, ""),
            ("Budget plan", "Executive sponsor", "", CONSULTED, "C"),
            ("Budget plan", "Client sponsor", "C", CONSULTED, ""),
            ("Major incidents", "Client sponsor", "", INFORMED, "I"),
            ("Budget plan", "Client sponsor", "I", INFORMED, ""),
            ("Major incidents", "Client sponsor", "C", CONSULTED, "I"),
        ],
    )
    def test_one_cell(
        self, portal: Advice, wordings: Wordings, activity: str, role: str, letters: str, kind: str, should: str
    ) -> None:
        """What is missing or too much in one cell is one difference of its kind, with the rule where there is one."""
        (one,) = compare(put(ours(portal), activity, role, letters), portal, wordings).differences
        assert (one.kind, one.seat.name, one.has, one.should) == (kind, role, "/".join(letters), should)
        letter = {RESPONSIBLE: "R", CONSULTED: "C", INFORMED: "I"}.get(kind, "none")
        row = next(row for row in portal.matrix.activities if row.name == activity)
        assert one.rule == next((c.rule for c in row.cells if c.role in one.seat.ours and letter in c.letters), "")

    @pytest.mark.parametrize(("role", "kinds"), [("Delivery manager", []), ("Executive sponsor", [])])
    def test_support_counts_as_a_part(self, portal: Advice, wordings: Wordings, role: str, kinds: list[str]) -> None:
        """Who supports (S) does some of the work and is asked, so neither R nor C is missed."""
        found = compare(put(ours(portal), "Budget plan", role, "S"), portal, wordings)
        assert [one.kind for one in found.differences] == kinds

    def test_who_is_consulted_need_not_be_informed(self, portal: Advice, wordings: Wordings) -> None:
        """Whoever is asked before and told after differs in nothing from one who is asked before."""
        found = compare(put(ours(portal), "Budget plan", "Executive sponsor", "CI"), portal, wordings)
        assert nothing_differs(found)

    def test_a_row_and_a_role_less(self, portal: Advice, wordings: Wordings) -> None:
        """A row that they lack is told with who answers for it, a role once and not in each row."""
        theirs = ours(portal)
        at = next(at for at, role in enumerate(theirs.roles) if role.name == "Support team")
        rows = tuple(replace(row, cells=row.cells[:at] + row.cells[at + 1 :]) for row in theirs.rows[1:])
        found = compare(replace(theirs, roles=theirs.roles[:at] + theirs.roles[at + 1 :], rows=rows), portal, wordings)
        assert [row.name for row in found.lacking] == [theirs.rows[0].activity]
        (missing,) = found.roles_ours
        assert missing.seat.our_name == "Support team" and missing.responsible > 0 and not missing.accountable
        assert not found.differences

    def test_rows_not_needed_and_not_known(self, portal: Advice, wordings: Wordings) -> None:
        """A row that ours leaves out comes with the advice's reason; one that is none of ours is listed, not judged."""
        (out,) = [one for one in portal.matrix.left_out if one.id == "kickoff"]
        theirs = matrix(["Project manager"], {"Kick-off meeting": "A", "Order pizza": "A", "Budget": "A/R"})
        found = compare(theirs, portal, wordings)
        assert found.needless == ((0, out),) and out.reason
        assert found.unknown == (1,)
        assert {one.row for one in found.differences} <= {2}


class TestRoles:
    """Who is who, and who has too much."""

    def test_a_team_has_several_columns(self, portal: Advice, wordings: Wordings) -> None:
        """Developers and testers are one team: what one of them does, the team does."""
        theirs = matrix(["PM", "Developers", "QA"], {"Project plan": "A/R R -", "Go-live readiness": "A/R - R"})
        found = compare(theirs, portal, wordings)
        seat = next(one for one in found.seats if one.ours == ("delivery_team",))
        assert seat.theirs == (1, 2)
        assert not [one for one in found.differences if one.seat == seat]

    def test_one_person_in_both_roles(self, catalog: Catalog, wordings: Wordings) -> None:
        """One person in both has one column of ours, whatever theirs is called, or if theirs are two."""
        advice = advice_on(catalog, EXAMPLES / "agency-site.yaml")
        assert advice.recommendation.model == "combined"
        mine = ours(advice)
        assert mine.roles[0].name == "Delivery and project manager"
        for name in ("Engagement manager", "Project manager"):
            found = compare(replace(mine, roles=(replace(mine.roles[0], name=name), *mine.roles[1:])), advice, wordings)
            assert not found.differences and not found.roles_ours
        theirs = matrix(["Delivery manager", "PM", "Sponsor"], {"Project plan": "C A/R -", "Project charter": "R - A"})
        found = compare(theirs, advice, wordings)
        seat = next(one for one in found.seats if 0 in one.theirs)
        assert seat.theirs == (0, 1) and seat.our_name.startswith("Delivery and project manager")
        assert not [one for one in found.differences if one.kind in (ACCOUNTABLE, RESPONSIBLE, NOT_RESPONSIBLE)]

    def test_a_column_without_letters(self, portal: Advice, wordings: Wordings) -> None:
        """Does not take the role from one that is filled in, and is lined up where nobody else wants it."""
        rows = {"Project plan": "- A/R C", "Budget": "- A/R C"}
        found = compare(matrix(["Project manager", "Project lead", "Sponsor"], rows), portal, wordings)
        assert [one.ours for one in found.roles[:2]] == [(), ("project_manager",)]
        alone = compare(matrix(["Project manager", "Sponsor"], {"Budget": "- A"}), portal, wordings)
        assert alone.roles[0].ours == ("project_manager",)

    def test_a_person_whom_the_engagement_names(self, portal: Advice, wordings: Wordings) -> None:
        """A column headed by a name is the role that the engagement file has that name for."""
        name = portal.engagement.people["project_manager"]
        found = compare(matrix([name, "Somebody Else"], {"Project plan": "A/R C"}), portal, wordings)
        assert [one.ours for one in found.roles] == [("project_manager",), ()]

    def test_a_role_that_the_engagement_does_not_staff(self, catalog: Catalog, wordings: Wordings) -> None:
        """Told once with how much it has, beside the one who should have it."""
        advice = advice_on(catalog, EXAMPLES / "small-internal-tool.yaml")
        assert "project_manager" not in advice.matrix.roles
        theirs = put(ours(advice), "nothing", "Team lead", "")
        renamed = replace(theirs, roles=tuple(replace(r, name=r.name.replace("Team lead", "PM")) for r in theirs.roles))
        found = compare(renamed, advice, wordings)
        assert [one.seat.name for one in found.roles_theirs] == ["PM"]
        assert [one.seat.our_name for one in found.roles_ours] == ["Team lead"]
        assert found.roles_theirs[0].accountable == found.roles_ours[0].accountable > 0
        assert {one.kind for one in found.differences} == {ACCOUNTABLE}

    def test_overload(self, portal: Advice, wordings: Wordings) -> None:
        """One who answers for everything where the advice shares it out; policy says from when."""
        theirs = ours(portal)
        for row in theirs.rows:
            for role in theirs.roles:
                theirs = put(theirs, row.activity, role.name, "A/R" if role.name == "Project manager" else "I")
        loads = {one.seat.name: one for one in compare(theirs, portal, wordings).loads}
        assert loads["Project manager"].overloaded == ("accountable", "rows")
        assert loads["Project manager"].accountable[0] == loads["Project manager"].rows[0] == 100
        assert not loads["Delivery manager"].overloaded
        shared = replace(
            theirs,
            roles=tuple(replace(r, name="Developers" if r.name == "Project manager" else r.name) for r in theirs.roles),
        )
        load = next(one for one in compare(shared, portal, wordings).loads if one.seat.ours == ("delivery_team",))
        assert len(load.seat.theirs) == 2 and load.accountable[0] == 100 and not load.overloaded
        few = replace(theirs, rows=theirs.rows[: wordings.overload.fewest_rows - 1])
        assert not any(one.overloaded for one in compare(few, portal, wordings).loads)


class TestLinedUp:
    """What goes with what."""

    def test_the_name_goes_before_other_words(self, portal: Advice, wordings: Wordings) -> None:
        """Our own name is not given away to make room for another wording, though two would then be lined up."""
        found = compare(matrix(["PM"], {"Secure funding": "A", "Budget plan": "A"}), portal, wordings)
        assert [one.ours for one in found.rows] == [(), ("budget_plan",)]
        assert found.rows[0].near == "budget_plan" and found.rows[0].score == 98

    def test_the_best_as_a_whole(self, portal: Advice, wordings: Wordings) -> None:
        """A row leaves its best to one that has nothing else, where it has a second that is nearly as good."""
        rows = {"Issue escalation": "A", "Escalations": "A", "Blockers and issue escalation in the team": "A"}
        found = compare(matrix(["PM"], rows), portal, wordings)
        taken = [one.ours for one in found.rows]
        assert taken[2] == ("blocker_removal",) and ("incident_escalation",) in taken[:2]


class TestOrder:
    """The weightiest first; the order of rows and columns changes nothing."""

    def test_by_weight(self, portal: Advice, wordings: Wordings) -> None:
        """Another A, then who should do the work, then who need not, then who is asked and told."""
        theirs = ours(portal)
        changed = [("Delivery manager", "I"), ("Project manager", "R"), ("Client sponsor", "A"), ("Delivery team", "")]
        for at, row in enumerate(theirs.rows):
            role, letters = changed[at % len(changed)]
            theirs = put(theirs, row.activity, role, letters)
        kinds = [one.kind for one in compare(theirs, portal, wordings).differences]
        assert kinds == sorted(kinds, key=KINDS.index) and len(set(kinds)) >= 4

    @settings(max_examples=25, deadline=None)
    @given(st.randoms(use_true_random=False))
    def test_rows_and_columns_in_any_order(self, portal: Advice, wordings: Wordings, chance: random.Random) -> None:
        """Each row and role goes with the same of ours, one to one, wherever it stands."""
        pool = [word for words in wordings.activities.values() for word in words] + ["Order pizza", "Budget", "Budget"]
        rows = [(chance.choice(pool), " ".join(chance.choice("ARCI-") for _ in range(5))) for _ in range(14)]
        names = chance.sample([word for words in wordings.roles.values() for word in words] + ["Stranger"], 5)
        theirs = matrix(names, rows)
        by_rows, by_columns = list(range(14)), list(range(5))
        chance.shuffle(by_rows)
        chance.shuffle(by_columns)
        shuffled = replace(
            theirs,
            roles=tuple(theirs.roles[at] for at in by_columns),
            rows=tuple(
                replace(theirs.rows[at], cells=tuple(theirs.rows[at].cells[c] for c in by_columns)) for at in by_rows
            ),
        )
        first, second = compare(theirs, portal, wordings), compare(shuffled, portal, wordings)
        for found in (first, second):
            taken = [id for row in found.rows for id in row.ours]
            assert len(taken) == len(set(taken))
            single = [id for role in found.roles for id in role.ours if id not in wordings.teams]
            assert len(single) == len(set(single))
        assert lined(first) == lined(second)
        assert told(first) == told(second)


def lined(found: Comparison) -> list[tuple[object, ...]]:
    """What goes with what, without places; rows that are the same in all are told apart by nothing."""
    rows = [(found.matrix.rows[one.at].activity, held(found.matrix, one.at), one.ours, one.score) for one in found.rows]
    return sorted(rows) + sorted((found.matrix.roles[one.at].name, one.ours, one.score) for one in found.roles)


def held(theirs: FoundMatrix, row: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    cells = theirs.rows[row].cells
    return tuple(sorted((role.name, cell.letters) for role, cell in zip(theirs.roles, cells, strict=True)))


def told(found: Comparison) -> list[tuple[str, ...]]:
    return sorted((one.kind, one.activity, *sorted(one.seat.ours), one.has, one.should) for one in found.differences)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.integers(-3, 9), min_size=4, max_size=4), max_size=4))
def test_pairs_gain_the_most(gains: list[list[int]]) -> None:
    """No column twice, nothing that gains nothing, and no other choice gains more: all were tried."""

    def best(row: int, free: frozenset[int]) -> int:
        if row == len(gains):
            return 0
        alone = best(row + 1, free)
        return max([alone, *(gains[row][at] + best(row + 1, free - {at}) for at in free if gains[row][at] > 0)])

    pairs = best_pairs(gains)
    taken = [column for column in pairs if column is not None]
    assert len(taken) == len(set(taken))
    got = [gains[row][column] for row, column in enumerate(pairs) if column is not None]
    assert all(gain > 0 for gain in got)
    assert sum(got) == best(0, frozenset(range(4)))


class TestSources:
    """What is compared at all."""

    def test_letters_that_their_matrix_never_uses(self, portal: Advice, wordings: Wordings) -> None:
        """A matrix of As and Rs alone is not blamed for each C and I; that they are not compared is said."""
        found = compare(matrix(["PM", "Sponsor"], {"Project plan": "A/R -", "Budget": "A/R R"}), portal, wordings)
        assert not found.of_kind(CONSULTED) and not found.of_kind(INFORMED)
        assert [note for note in found.notes if "no C" in note] and [note for note in found.notes if "no I" in note]

    def test_several_tables_are_one_matrix(self, portal: Advice, wordings: Wordings) -> None:
        """A table a phase: roles of one name are one column, the rest is empty, and it is said."""
        first = replace(matrix(["PM", "Sponsor"], {"Budget": "A C"}), table="Planning", taken=("roles from row 1",))
        second = replace(matrix(["Service desk", "pm"], {"Hypercare": "R A"}), table="Run")
        one = as_one([first, second])
        assert [role.name for role in one.roles] == ["PM", "Sponsor", "Service desk"]
        assert [[cell.letters for cell in row.cells] for row in one.rows] == [
            [("A",), ("C",), ()],
            [("A",), (), ("R",)],
        ]
        assert [(row.phase, row.place) for row in one.rows] == [("Planning", "Planning, A2"), ("Run", "Run, A2")]
        assert one.taken == ("2 tables are read as one matrix: Planning, Run", "Planning: roles from row 1")
        assert as_one([first]) is first
        assert compare(one, portal, wordings).compared == 2

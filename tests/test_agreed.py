"""Letters that people agreed: they stand in the matrix beside those of the rules, and no row loses its one A."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import advisor
from advisor.batch.result import Lines
from advisor.catalog.engagements import read_one
from advisor.catalog.schema import engagement_schema
from advisor.documents.advice.as_json import advice_as_dict, advice_schema, schema_of
from advisor.documents.shared.edition import Edition
from advisor.errors import InputError
from advisor.explain import before_and_after, explain
from advisor.explain.differing import differences
from advisor.interview.revising import engagement_form, revise
from advisor.interview.writing import dump_engagement
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, Run

ACME = (EXAMPLES / "acme-portal.yaml").read_text(encoding="utf-8")
GO_LIVE = """\
agreed:
  - row: Go-live decision
    letters: {delivery_manager: A, client_sponsor: C}
    by: [D. Osei, client_sponsor]
    why: Acme's release board only meets from July on
    on: 2027-01-20
    until: 2027-06-30
"""


def engagement(catalog: Catalog, more: str = GO_LIVE, text: str = ACME) -> Engagement:
    return read_one(f"{text}{more}".encode(), "e.yaml", catalog)


@pytest.fixture(scope="module")
def advice(catalog: Catalog) -> Advice:
    return advisor.advise(catalog, engagement(catalog))


def wrong(catalog: Catalog, *entries: str) -> list[str]:
    """What is said of these entries, whether they are read or laid into the matrix."""
    try:
        advisor.advise(catalog, engagement(catalog, "agreed:\n" + "".join(f"  - {one}\n" for one in entries)))
    except InputError as error:
        first = len(ACME.splitlines()) + 2
        return [str(one).replace(f"e.yaml:{one.line}: ", f"{one.line - first + 1}: ") for one in error.problems]
    return []


def test_agreed_letters_stand_and_those_of_the_rules_beside_them(advice: Advice) -> None:
    row = next(row for row in advice.matrix.activities if row.id == "release_decision")
    assert (row.letters("delivery_manager"), row.letters("client_sponsor")) == ("A", "C")
    assert {cell.role: cell.by_rules for cell in row.cells if cell.agreed} == {
        "delivery_manager": "R",
        "client_sponsor": "A",
    }
    assert [cell.role for cell in row.cells if "A" in cell.letters] == ["delivery_manager"]


@pytest.mark.parametrize("format", ["text", "markdown", "html", "csv", "confluence"])
@pytest.mark.parametrize("document", ["brief", "raci"])
def test_every_document_marks_them_and_says_who_why_and_until_when(advice: Advice, document: str, format: str) -> None:
    text = " ".join(advisor.render(advice, format, document).split()).replace("&#39;", "'")
    assert "by the rules A" in text
    assert "Agreed by D. Osei and Ines Falk on 20 January 2027, until 30 June 2027: Acme's release board" in text
    marks = {"html": '<td class="agreed">', "csv": "Go-live decision,agreed,", "markdown": r"A\*"}
    assert marks.get(format, "A*") in text


def test_a_client_reads_who_agreed_and_neither_our_letter_nor_the_reason(advice: Advice) -> None:
    text = " ".join(advisor.render(advice, "text", edition=Edition(client_view=True)).split())
    assert "Go-live decision: delivery manager A, client sponsor C. Agreed by D. Osei and Ines Falk" in text
    assert "by the rules" not in text and "release board" not in text


def test_json_and_lines_of_a_batch_carry_them(advice: Advice) -> None:
    whole = advice_as_dict(advice)
    jsonschema.validate(whole, advice_schema())
    line = json.loads(Lines().line(advice, "e.yaml", 0))
    jsonschema.validate(line, schema_of("result"))
    row = next(row for row in whole["matrix"]["activities"] if row["id"] == "release_decision")
    assert row["agreed"] == line["agreed"]["release_decision"]
    assert row["agreed"]["ruled"] == {"delivery_manager": "R", "client_sponsor": "A"}
    assert row["agreed"]["until"] == whole["engagement"]["agreed"][0]["until"] == "2027-06-30"


def test_every_mistake_is_named_with_its_line_and_the_nearest_right_word(catalog: Catalog) -> None:
    assert wrong(
        catalog,
        "{row: Go-live decison, letters: {delivery_manager: A}, by: [D. Osei], why: w}",
        "{row: schedule, letters: {project_manger: A, suppliers: B}, by: [D. Osai], why: w}",
        "{row: budget_plan, letters: {}, by: D. Osei, until: 2027-02-30}",
        "{row: schedule, letters: {suppliers: C}, by: D. Osei, why: w, on: 2027-02-01, until: 2027-01-01}",
    ) == [
        "1: agreed[1].row: 'Go-live decison' is no row of the matrix (did you mean Go-live decision?)",
        "2: agreed[2].by: 'D. Osai' is nobody whom the file names (did you mean D. Osei?)",
        "2: agreed[2].letters.project_manger: is no role of the matrix (did you mean project_manager?)",
        "2: agreed[2].letters.suppliers: 'B' is none of A, R, A/R, C, I, none",
        "3: agreed[3].letters: sets no letter; write {role: letter}",
        "3: agreed[3].until: '2027-02-30' is no date; write it as 2027-01-31",
        "3: agreed[3].why: says nothing; a later reader needs the reason",
        "4: agreed[4]: on (2027-02-01) is after until (2027-01-01)",
        "4: agreed[4].row: schedule is agreed twice (first on line 70); put all its letters into one entry",
    ]


def test_a_row_keeps_exactly_one_a_and_somebody_who_does_the_work(catalog: Catalog) -> None:
    assert wrong(
        catalog,
        "{row: release_decision, letters: {delivery_manager: A}, by: [D. Osei], why: w}",
        "{row: schedule, letters: {project_manager: C}, by: [D. Osei], why: w}",
        "{row: architecture_decisions, letters: {delivery_team: A}, by: [D. Osei], why: w}",
    ) == [
        "1: agreed.release_decision: gives Go-live decision 2 As (delivery_manager, client_sponsor); exactly one role "
        "answers; client_sponsor has it by the rules: set that to R, C, I or none",
        "2: agreed.schedule: leaves nobody with the A; give it to one role",
        "3: agreed.architecture_decisions: leaves nobody with an R; somebody must do the work",
    ]


def test_somebody_whom_the_file_does_not_name_agrees_with_who_that_is(catalog: Catalog) -> None:
    entry = "{row: release_decision, letters: {delivery_manager: A, client_sponsor: C}, by: %s, why: w}"
    assert wrong(catalog, entry % "[L. Marten (until May)]") == []
    (told,) = wrong(catalog, entry % "[Quentin Zed]")
    assert told.startswith("1: agreed[1].by: 'Quentin Zed' is nobody whom the file names; name them under people:")


def test_a_day_that_is_past_when_the_file_was_true_is_a_mistake(catalog: Catalog) -> None:
    dated = ACME.replace("dates: {", "dates: {as_of: 2027-07-01, ")
    with pytest.raises(InputError, match=r"until: was agreed until 2027-06-30, which is past on 2027-07-01"):
        engagement(catalog, text=dated)


def test_nothing_agreed_is_lost_when_a_file_is_written_or_changed(catalog: Catalog) -> None:
    before = engagement(catalog)
    assert read_one(dump_engagement(before, catalog.several).encode(), "e.yaml", catalog).agreed == before.agreed
    after = replace(before, answers={**before.answers, "risk": "low"}, client="Acme plc")
    data = f"{ACME}{GO_LIVE}".encode()
    revised = revise(data, "e.yaml", before, after, engagement_form(catalog))
    assert GO_LIVE in revised.decode()
    assert read_one(revised, "e.yaml", catalog).agreed == before.agreed


def test_explanations_and_differences_say_so(catalog: Catalog, advice: Advice) -> None:
    why = explain(catalog, engagement(catalog), "release_decision").body
    assert getattr(why, "ruled", None) == {"delivery_manager": "R", "client_sponsor": "A"}
    found = differences(advisor.advise(catalog, engagement(catalog, "")), advice)
    assert found["cells"]["release_decision:client_sponsor"] == ("A", "C")
    assert "until 2027-06-30" in (found["agreed"]["release_decision"][1] or "")


def test_what_if_leaves_out_what_would_no_longer_fit(catalog: Catalog) -> None:
    """With nothing owed after delivery, the delivery manager has no column, and the A is the sponsor's again."""
    one = engagement(catalog)
    plain = {**one.answers, "post_delivery": "none", "managers_available": "project_manager"}
    _, after, _ = before_and_after(catalog, one, [f"{name}={value}" for name, value in plain.items()])
    assert after.engagement.agreed == () or "delivery_manager" in after.matrix.roles


def test_the_schema_for_editors_knows_them(catalog: Catalog) -> None:
    schema = engagement_schema(catalog)
    jsonschema.validate({"answers": {}, "agreed": [{"row": "r", "letters": {"x": "A"}, "by": "D", "why": "w"}]}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"answers": {}, "agreed": [{"row": "r", "letters": {"x": "B"}, "by": "D"}]}, schema)


def test_what_has_run_out_is_said_and_still_stands(run: Run, tmp_path: Path) -> None:
    (tmp_path / "e.yaml").write_text(f"{ACME}{GO_LIVE.replace('2027', '2020')}", encoding="utf-8")
    told = run("raci", "e.yaml", "-o", "e.md")
    assert told.code == 0
    assert "agreed.release_decision: was agreed until 2020-06-30, which is past" in told.err
    assert r"| A\*" in (tmp_path / "e.md").read_text(encoding="utf-8")

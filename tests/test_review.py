"""Reviews: what is no longer as signed is found with its cause, what is past is named, and calendars can be read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_one
from advisor.documents.advice.as_json import schema_of
from advisor.documents.agreed.calendar import calendar, escaped
from advisor.documents.agreed.report import as_text, html, markdown, word
from advisor.documents.agreed.review_json import reviews_as_json
from advisor.documents.agreed.review_view import report_of, with_looks
from advisor.errors import InputError
from advisor.model.rulebook import Catalog
from advisor.review import review
from advisor.review.signed import read_signed, signed_text
from advisor.review.values import Cause, Reviewed
from tests.conftest import Run
from tests.test_agreed import ACME, GO_LIVE
from tools.report_template import TEMPLATE, build

BY = ("D. Osei", "Ines Falk")
JUNE = {
    "stage: planning": "stage: execution",
    "service_levels: contractual": "service_levels: none",
    "health: on_track": "health: strained",
    "product_owner, account_manager,": "product_owner,",
    "project_manager: L. Marin": "project_manager: {name: T. Brandt, until: 2027-06-30}",
}


def reviewed(catalog: Catalog, changes: dict[str, str], today: str, agreed: str = GO_LIVE) -> Reviewed:
    """The portal, signed in January, with these changes of its file."""
    before = read_one(f"{ACME}{GO_LIVE}".encode(), "acme.yaml", catalog)
    text = signed_text(advise(catalog, before), "2027-01-20", BY, "2027-05-31")
    after = f"{ACME}{agreed}"
    for old, new in changes.items():
        assert old in after
        after = after.replace(old, new)
    signed = read_signed(text.encode(), "acme.signed")
    return with_looks(review(catalog, read_one(after.encode(), "acme.yaml", catalog), "acme.yaml", signed, today))


@pytest.fixture(scope="module")
def june(catalog: Catalog) -> Reviewed:
    return reviewed(catalog, JUNE, "2027-07-05")


def causes(one: Reviewed, about: str) -> list[Cause]:
    return [cause for change in one.changes if change.key[1] == about for cause in change.causes]


def test_what_was_signed_and_has_not_changed_stands(catalog: Catalog) -> None:
    one = reviewed(catalog, {}, "2027-02-01")
    assert one.stands and not one.changes and not one.overdue
    assert [due.about for due in one.coming if due.kind == "agreed"] == ["release_decision"]


def test_each_change_has_the_answer_that_brings_it_about(june: Reviewed) -> None:
    assert causes(june, "renewal:account_manager") == [Cause("answer", "has_account_manager", "yes", "no")]
    assert causes(june, "service_reporting:delivery_manager") == [
        Cause("answer", "service_levels", "contractual", "none")
    ]
    assert june.holders == (("project_manager", "L. Marin", "T. Brandt"),)


def test_what_is_only_past_is_no_reason_to_sign_again(catalog: Catalog) -> None:
    one = reviewed(catalog, {"stage: planning": "stage: execution"}, "2027-02-01")
    gone = {change.key for change in one.changes if change.moved_on}
    assert ("lead", "planning") in gone and ("letter", "budget_plan:project_manager") in gone
    later = next(part for part in report_of([one]).parts if part.title == "Past since it was signed")
    assert "Phases that are past: planning." in later.points


def test_days_that_are_past_are_named_with_what_to_do(june: Reviewed) -> None:
    late = next(part.points for part in report_of([june]).parts if part.title == "Overdue")
    assert late[2] == "The sign-off held until 31 May 2027. Look at this review together and sign again."
    assert late[3].startswith("Go-live decision: agreed until 30 June 2027, by D. Osei and Ines Falk. By the rules: ")
    assert any("T. Brandt was there until 30 June 2027" in one for one in late)
    assert not june.stands


def test_a_date_is_overdue_only_where_the_answers_say_otherwise(catalog: Catalog) -> None:
    past = [due.about for due in reviewed(catalog, {}, "2027-10-02").overdue if due.kind == "date"]
    served = reviewed(catalog, {"stage: planning": "stage: in_service"}, "2027-10-02")
    assert past == ["go_live"] and [due.about for due in served.overdue if due.kind == "date"] == []


def test_an_agreement_that_cannot_hold_any_more_is_told_and_nothing_breaks(catalog: Catalog) -> None:
    one = reviewed(catalog, {"kind_of_work: software_build": "kind_of_work: advisory"}, "2027-02-01")
    assert "is left out of this matrix" in one.misfits[0].message
    late = next(part.points for part in report_of([one]).parts if part.title == "Overdue")
    assert late[0].startswith("Go-live decision (agreed, line 69): is left out of this matrix: Findings do not go live")


def test_an_agreement_taken_out_is_the_cause_of_its_letters(catalog: Catalog) -> None:
    one = reviewed(catalog, {}, "2027-02-01", agreed="")
    assert [cause.kind for change in one.changes for cause in change.causes] == ["agreed", "agreed"]


def test_an_agreement_that_the_rules_have_come_to_can_go(catalog: Catalog) -> None:
    same = GO_LIVE.replace("{delivery_manager: A, client_sponsor: C}", "{client_sponsor: A}")
    assert [one.row for one in reviewed(catalog, {}, "2027-02-01", agreed=same).idle] == ["release_decision"]


def test_another_rulebook_is_named_with_its_rule(catalog: Catalog) -> None:
    """As if the rules had given the support team an R when it was signed."""
    one = read_one(ACME.encode(), "acme.yaml", catalog)
    text = signed_text(advise(catalog, one), "2027-01-20", BY, "")
    before = text.replace(f"digest: {catalog.digest}", "digest: 0123456789ab").replace(
        "version: 2.0.0", "version: 1.9.0"
    )
    head, row, rest = before.partition("  release_decision:")
    signed = read_signed(f"{head}{row}{rest.replace('support_team: C', 'support_team: R', 1)}".encode(), "a.signed")
    (change,) = review(catalog, one, "acme.yaml", signed, "2027-01-21").changes
    assert (change.key[1], change.was, change.now) == ("release_decision:support_team", "R", "C")
    assert change.causes == (Cause("rule", "release_decision_base", "1.9.0", catalog.version),)


def test_every_format_says_the_same(june: Reviewed) -> None:
    report = report_of([june])
    jsonschema.validate(json.loads(reviews_as_json([june])), schema_of("review"))
    for text in (as_text(report, 300), markdown(report), html(report)):
        assert (
            "things are no longer as signed" in text and "T. Brandt" in text and "Renew or extend the contract" in text
        )
    assert word(report)[:2] == b"PK"


def test_the_word_template_is_what_its_tool_builds() -> None:
    assert build() == TEMPLATE.read_bytes()


def test_a_calendar_keeps_to_the_standard(catalog: Catalog) -> None:
    long = {"single sign-on for brokers by the summer": "'" + "é" * 60 + "; a, b'"}
    one = reviewed(catalog, long, "2027-02-01")
    data = calendar([one])
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines) and lines[-1] == b"" and b"\n" not in b"".join(lines)
    for line in lines:
        line.decode()  # no character is cut in two
    whole = re.sub(r"\r\n ", "", data.decode())
    assert f"{'é' * 60}\\; a\\, b" in whole
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == len(one.coming)
    assert "DTSTART;VALUE=DATE:20270630\r\nDTEND;VALUE=DATE:20270701\r\n" in whole
    assert calendar([one]) == data and len(set(re.findall(r"UID:(.*)\r", whole))) == len(one.coming)
    assert escaped("a\nb;c,d\\e") == "a\\nb\\;c\\,d\\\\e"


def test_a_sign_off_that_was_tampered_with_is_refused_with_its_line(catalog: Catalog) -> None:
    advice = advise(catalog, read_one(ACME.encode(), "acme.yaml", catalog))
    text = signed_text(advice, "2027-01-20", BY, "")
    assert read_signed(text.encode(), "a.signed").standing["model", ""] == "paired"
    with pytest.raises(InputError, match=r"a\.signed:4: signed\.on: '2027-13-20' is no date"):
        read_signed(text.replace("2027-01-20", "2027-13-20").encode(), "a.signed")
    with pytest.raises(InputError, match=r"model: is missing"):
        read_signed(text.replace("\nmodel: paired", "").encode(), "a.signed")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n",
        "a: &x 1\nb: *x\n",
        "signed: 3\nrows: {a: b}\nrisks: [c]\nagreed: {d: e}\n",
        "model: !!python/name:os.system\n",
    ],
)
def test_what_is_no_sign_off_is_one_clear_message(text: str) -> None:
    with pytest.raises(InputError, match=r"^a\.signed:\d"):
        read_signed(text.encode(), "a.signed")


def test_a_sign_off_with_text_that_hides_is_refused(catalog: Catalog) -> None:
    advice = advise(catalog, read_one(ACME.encode(), "acme.yaml", catalog))
    text = signed_text(advice, "2027-01-20", BY, "").replace("name: Hypercare", "name: Hyper\u202ecare")
    with pytest.raises(InputError, match="not plain"):
        read_signed(text.encode(), "a.signed")


def test_wrong_usage_and_bad_files_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text(ACME, encoding="utf-8")
    assert run("review", "acme.yaml", "--sign").code == 2
    assert run("review", "acme.yaml", "--sign", "--by", "D. Osei", "--today", "2027-01-20").err == "wrote acme.signed\n"
    assert run("review", "acme.yaml", "--today", "2027-01-21", "--format", "json").code == 0
    (tmp_path / "acme.signed").unlink()
    assert run("review", "acme.yaml", "-o", "out.pdf").code == 2
    told = run("review", "acme.yaml", "gone.yaml", "--today", "2027-01-12", "-o", "due.ics", "--report", "github")
    assert told.code == 1 and "gone.yaml: no such file" in told.err and "Not signed yet" in told.out
    assert (tmp_path / "due.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")

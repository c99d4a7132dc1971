"""Whether what is left fits before its day at the pace that people state, and until when a stock lasts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.documents.brief.content import Brief
from advisor.documents.shared.edition import Edition
from advisor.model.rates import left_of, weekly
from advisor.model.rulebook import Catalog
from tests.test_stated import HEAD, NOBODY_LEADS, advice_on, brief, by_subject, problems

BACKLOG = 'workload: "the backlog", left: 268 points'
ORDER = 'stock: "days on Quill\'s order", left: 40 days'


def on(catalog: Catalog, *matters: str, edition: Edition | None = None) -> Brief:
    """The brief of 12 January on work that starts on 25 January and goes live on 9 April."""
    return brief(catalog, f"{NOBODY_LEADS}matters: [{', '.join(matters)}]\n", edition)


def facts_on(said: Brief, word: str) -> list[str]:
    return [fact for fact in said.facts if word in fact]


def test_a_backlog_that_does_not_fit_before_go_live_is_a_reason_with_its_sum(catalog: Catalog) -> None:
    said = on(catalog, f"{{{BACKLOG}, pace: 34 every 2 weeks}}")
    assert facts_on(said, "backlog") == [
        "The backlog: 268 points at 34 every 2 weeks take until 13 May, and 183 of them fit before go-live on 9 April."
    ]


def test_its_step_puts_less_of_it_a_later_day_and_more_hands_side_by_side(catalog: Catalog) -> None:
    step = by_subject(on(catalog, f"{{{BACKLOG}, pace: 34 every 2 weeks}}"))["The backlog"]
    assert step.what.endswith(
        "have one named in writing: 85 points less, all of it by 13 May or the means to go 46% faster."
    )


def test_nobody_is_named_a_day_of_go_live_that_does_not_hold(catalog: Catalog) -> None:
    fits = on(catalog, f"{{{BACKLOG}, pace: 60 a week}}")
    assert any("until go-live on 9 April" in seat.time for seat in fits.seats)
    behind = on(catalog, f"{{{BACKLOG}, pace: 34 every 2 weeks}}")
    assert not any("9 April" in seat.time for seat in behind.seats)
    assert any("until go-live" in seat.time for seat in behind.seats)


def test_what_fits_is_no_step(catalog: Catalog) -> None:
    said = on(catalog, f"{{{BACKLOG}, pace: 60 a week}}")
    assert "The backlog" not in by_subject(said)
    assert not facts_on(said, "fit before")


@pytest.mark.parametrize(
    ("off", "ends"),
    [
        ("absence: the office is closed, from: 2027-02-01, until: 2027-02-12", "27 May"),
        ("absence: on leave, who: Mr Finch, from: 2027-02-01, until: 2027-02-12", "27 May"),
        ("absence: on leave, who: Ms Wren, from: 2027-02-01, until: 2027-02-12", "13 May"),
    ],
)
def test_days_on_which_all_is_closed_or_whoever_does_it_is_away_do_not_count(
    catalog: Catalog, off: str, ends: str
) -> None:
    said = on(catalog, f"{{{BACKLOG}, pace: 34 every 2 weeks, who: Mr Finch}}", f"{{{off}}}")
    assert f"take until {ends}" in facts_on(said, "backlog")[0]


def test_a_stock_that_runs_out_before_the_end_says_how_much_more_and_what_that_costs(catalog: Catalog) -> None:
    said = on(catalog, f"{{{ORDER}, pace: 5 a week, amount: GBP 610}}")
    assert facts_on(said, "Quill") == [
        "Days on Quill's order: 40 days at 5 a week last until 19 March; getting to go-live on 9 April takes "
        "14 days (GBP 8,540) more."
    ]
    step = by_subject(said)["Days on Quill's order"]
    assert step.what.endswith("14 days (GBP 8,540) more, or a plan that does without from 19 March on.")


def test_a_stock_that_lasts_is_no_step(catalog: Catalog) -> None:
    said = on(catalog, f"{{{ORDER}, pace: 2 a week}}")
    assert "Days on Quill's order" not in by_subject(said)


def test_work_that_begins_later_is_counted_from_then(catalog: Catalog) -> None:
    said = on(catalog, "{workload: the report, left: 10 days, pace: 5 a week, from: 2027-03-01, by: 2027-03-05}")
    assert "take until 12 March, and 5 of them fit before 5 March" in facts_on(said, "report")[0]


def test_money_is_used_up_as_days_are(catalog: Catalog) -> None:
    said = on(catalog, '{stock: the contingency, left: "GBP 52,000", pace: "GBP 13,000 a month"}')
    assert not facts_on(said, "getting to")
    said = on(catalog, '{stock: the contingency, left: "GBP 26,000", pace: "GBP 13,000 a month"}')
    assert "GBP 26,000 at GBP 13,000 a month last until" in facts_on(said, "contingency")[0]


def test_a_clients_copy_has_none_of_it(catalog: Catalog) -> None:
    said = on(catalog, f"{{{ORDER}, pace: 5 a week, amount: GBP 610}}", edition=Edition(client_view=True))
    assert "Quill" not in "\n".join([*said.facts, *(step.what for step in said.steps), *said.look_again])


@pytest.mark.parametrize(
    ("matter", "problem"),
    [
        ("workload: the backlog, left: 268 points", "needs pace, such as 34 every 2 weeks, or 15 a week"),
        ("workload: the backlog, pace: 34 a week", "needs left, such as 268 points"),
        ("workload: the backlog, left: many, pace: 34 a week", "'many' is not understood; write it as 268 points"),
        ("stock: the order, left: 4 days, pace: 34 a sprint", "'34 a sprint' is not understood; write it as 34 every"),
        ("gap: the lift, left: 4 days", "is said of workload or stock alone"),
    ],
)
def test_what_cannot_be_counted_is_refused_by_name(catalog: Catalog, matter: str, problem: str) -> None:
    assert problem in problems(catalog, f"{NOBODY_LEADS}matters: [{{{matter}}}]\n")


def test_a_pace_is_counted_by_the_week() -> None:
    paces = {"34 every 2 weeks": 17, "15 a week": 15, "3 days per day": 15, "10 each fortnight": 5, "26 a month": 6}
    assert {text: weekly(text) for text in paces} == paces
    assert [weekly(text) for text in ("", "a week", "0 a week", "5 every 0 weeks", "5")] == [None] * 5


@given(st.integers(1, 999_999), st.sampled_from(("", "points", "story points")))
def test_what_is_left_comes_back_as_it_was_written(number: int, unit: str) -> None:
    typed = f"{number:,} {unit}".strip()
    found = left_of(typed)
    assert found is not None
    assert found.in_words() == typed


def test_a_contract_that_gives_more_of_somebody_than_they_have_is_a_reason_and_a_step(catalog: Catalog) -> None:
    said = brief(catalog, HEAD.replace("days: 1", "days: 1, promised: 4"))
    short = "Ada Lund is promised for 4 days a week and has 1 day"
    assert f"{short}." in said.facts
    assert by_subject(said)[short].what.endswith("in writing for fewer, before this page goes to anybody there.")


def test_days_as_promised_are_nothing_to_see_to(catalog: Catalog) -> None:
    kept = advice_on(catalog, HEAD.replace("days: 1", "days: 4, promised: 4"))
    assert not any(one.rule == "matter_promised_days" for one in kept.points)


def test_people_can_be_listed_in_who(catalog: Catalog) -> None:
    listed, typed = (
        advice_on(catalog, f"{NOBODY_LEADS}matters: [{{gap: the lift, who: {who}}}]\n")
        for who in ("[Mr Finch, Ms Wren]", "Mr Finch; Ms Wren")
    )
    assert listed == typed


def test_the_last_day_counts_for_what_is_due_on_it_and_not_for_going_live(catalog: Catalog) -> None:
    """Of 9 April, on which the work goes live, a backlog has the day before; of 5 March, the day itself."""
    going_live = on(catalog, "{workload: the report, left: 9 days, pace: 1 a day, from: 2027-03-30, by: 2027-04-09}")
    assert "8 of them fit before go-live" in facts_on(going_live, "report")[0]
    due = on(catalog, "{workload: the report, left: 9 days, pace: 1 a day, from: 2027-03-30, by: 2027-04-08}")
    assert "8 of them fit before 8 April" in facts_on(due, "report")[0]

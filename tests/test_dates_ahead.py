"""What is due after the first steps: its day, who sees to it and what they do, on days on which people are there."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.documents.brief.content import Brief
from advisor.model.days import at_work, half_way, is_off, work_days_on
from advisor.model.rulebook import Catalog
from tests.test_stated import NOBODY_LEADS, brief, by_subject

MANY = [
    "{gap: the lift}",
    "{vacancy: a welder}",
    "{promise: a free day}",
    "{leaver: Mr Hart goes}",
    "{decision: whether to wait}",
    "{approval: the permit}",
    "{dependency: the feed}",
    "{dispute: whether it is late}",
    "{complaint: nobody answers}",
    "{deliverable: the report}",
]
MORE = [f"{{dependency: the part {letter}, who: Person {letter}}}" for letter in "ABCDEFGHIJKLMNOPQRST"]
TRIALS = [f"{{milestone: 'trial {one}, with the board', by: 2027-0{month}-19}}" for one, month in (("A", 5), ("B", 6))]


def on(catalog: Catalog, *matters: str) -> Brief:
    """The brief of 12 January on work that starts on 25 January and goes live on 9 April."""
    return brief(catalog, f"{NOBODY_LEADS}matters: [{', '.join(matters)}]\n")


def test_what_is_no_first_step_has_a_day_somebody_who_sees_to_it_and_what_they_do(catalog: Catalog) -> None:
    lines = [line for line in on(catalog, *MANY, *MORE[:12], *TRIALS).look_again if "Nadia Fenwick: " in line]
    assert lines
    for line in lines:
        day, _, said = line.partition(", ")
        assert day.split()[0].isdigit(), line
        assert said.partition(": ")[2].count(". "), line  # what it is, then what to do


def test_what_is_still_later_is_named_in_one_line(catalog: Catalog) -> None:
    last = on(catalog, *MANY[:8], *MORE, *TRIALS).look_again[-1]
    assert last.startswith("Besides: ")
    assert "the part T" in last


def test_nothing_stated_is_lost_however_much_there_is(catalog: Catalog) -> None:
    said = on(catalog, *MANY, *TRIALS)
    text = " ".join(
        [*(step.what for step in said.steps), *(one.what for one in said.dangers), *said.look_again, *said.unknown]
    ).lower()
    for word in (
        "lift",
        "welder",
        "free day",
        "hart",
        "wait",
        "permit",
        "feed",
        "late",
        "answers",
        "report",
        "trial b",
    ):
        assert word in text, word


AWAY = "{absence: Mr Finch is on leave, who: Mr Finch, from: 2027-01-18, until: 2027-01-29}"


def test_a_step_waits_for_whoever_it_needs_who_is_away(catalog: Catalog) -> None:
    dispute = "{dispute: whose fault the delay is, about: cause, who: Mr Finch and Ms Wren}"
    there = by_subject(on(catalog, dispute))["Whose fault the delay is"]
    assert there.by == "by 15 January"
    away = by_subject(on(catalog, dispute, AWAY.replace("01-18", "01-14")))["Whose fault the delay is"]
    assert away.by == "by 1 February"  # two working days are too few to prepare it before he goes


def test_it_is_brought_forward_where_there_is_time_before_they_go(catalog: Catalog) -> None:
    trial = "{milestone: the trial with Mr Finch, by: 2027-02-19}"
    there, away = (
        next(step for step in on(catalog, *stated).steps if "trial" in step.what)
        for stated in ((trial,), (trial, AWAY))
    )
    assert there.by == "by 22 January"
    assert away.by == "by 15 January"


def test_what_has_a_stand_in_found_comes_before_they_go(catalog: Catalog) -> None:
    step = next(step for step in on(catalog, AWAY).steps if "Mr Finch is on leave" in step.what)
    assert step.by == "by 15 January"


@pytest.mark.parametrize("day", [date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1), date(2027, 1, 2)])
def test_nothing_is_due_at_christmas_at_new_year_or_on_a_weekend(day: date) -> None:
    assert is_off(day)
    assert not is_off(at_work(day)) and at_work(day) < day
    assert not is_off(work_days_on(day, 1)) and work_days_on(day, 1) > day


def test_half_way_from_a_saturday_is_no_weekend() -> None:
    assert half_way(date(2026, 11, 28), date(2026, 12, 1)) == date(2026, 11, 30)
    assert half_way(date(2026, 11, 28), date(2026, 11, 29)) == date(2026, 11, 29)


def test_one_person_in_two_roles_leaves_once_and_in_two_weeks_where_no_day_is_known(catalog: Catalog) -> None:
    file = (
        "people:\n  quality_compliance: {name: Ben Lee, until: 2027-06-30}\n"
        "  delivery_team: {name: Ben Lee, until: 2027-06-30}\n"
        "dates: {go_live: 2027-09-30}\nanswers: {stage: planning}\n"
    )
    said = brief(catalog, file)
    steps = [(step.by, step.what) for step in said.steps if "Ben Lee" in step.what]
    assert steps == [("within two weeks", "Have everything of Ben Lee signed off before 30 June 2027, the last day.")]
    assert [one.trigger for one in said.dangers if "Ben Lee" in one.what] == [
        "Anything of theirs is not signed off in two weeks."
    ]

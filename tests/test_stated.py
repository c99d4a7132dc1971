"""What people state besides their answers: each matter reaches the brief, nobody works before they are free."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import advisor
from advisor.catalog.engagements import read_one
from advisor.catalog.load import load_rulebook
from advisor.catalog.schema import engagement_schema
from advisor.catalog.stated import MOST_MATTERS, stated_kinds
from advisor.cli import cli
from advisor.documents.advice.as_json import advice_as_dict, advice_schema
from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.compose import MOST_WORDS, brief_of, words_before_matrix
from advisor.documents.brief.content import Brief, Step
from advisor.documents.client_copy import for_client
from advisor.documents.shared.edition import Edition
from advisor.errors import InputError
from advisor.interview.in_place import add_item
from advisor.interview.revising import engagement_form, revise
from advisor.interview.writing import dump_engagement
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.money import Money
from advisor.model.rulebook import Catalog
from advisor.model.stated import PACED, Matter, Stint

HEAD = """\
engagement: {id: portal, name: Portal, client: Acme}
answers: {kind_of_work: website_campaign, stage: planning, managers_available: project_manager, post_delivery: none}
people:
  project_manager: {name: Ada Lund, days: 1, from: 2027-03-01}
dates: {start: 2027-02-01, go_live: 2027-06-30}
"""
GAP = "matters: [{gap: 'moving 420 old pages, which nobody has priced', by: 2027-05-03}]\n"


def engagement(catalog: Catalog, text: str) -> Engagement:
    return read_one(text.encode(), "e.yaml", catalog)


def advice_on(catalog: Catalog, text: str) -> Advice:
    return advisor.advise(catalog, engagement(catalog, text))


def brief(catalog: Catalog, text: str, edition: Edition | None = None) -> Brief:
    advice = advice_on(catalog, text)
    advice = for_client(advice) if edition and edition.client_view else advice
    return brief_of(advice, view_of(advice, edition or Edition()))


def everything(one: Brief) -> str:
    steps = [f"{step.who}, {step.by}: {step.what}" for step in one.steps]
    risks = [f"{risk.what} {risk.trigger} {risk.owner}: {risk.action}" for risk in one.dangers]
    seats = [f"{seat.role} {seat.person} {seat.time} {seat.answers_for}" for seat in one.seats]
    return "\n".join([one.staffing, *one.facts, *seats, *steps, *risks, *one.unknown, *one.look_again])


def pace_of(kind: str) -> str:
    """What a matter of the kind cannot do without, behind a comma."""
    return ", left: 9 days, pace: 2 a week" if kind in PACED else ""


def letters_of_stated(catalog: Catalog, text: str) -> dict[str, dict[str, str]]:
    rows = (row for row in advice_on(catalog, text).matrix.activities if row.matter is not None)
    return {row.name: {cell.role: cell.letters for cell in row.cells} for row in rows}


def problems(catalog: Catalog, text: str) -> str:
    with pytest.raises(InputError) as caught:
        engagement(catalog, text)
    return "\n".join(map(str, caught.value.problems))


def test_every_kind_of_matter_reaches_the_brief_in_the_words_that_were_typed(catalog: Catalog) -> None:
    for kind in stated_kinds(catalog.matters):
        text = f"{HEAD}matters: [{{{kind}: the blue folder, who: Mr Finch{pace_of(kind)}}}]\n"
        text = text.replace(
            "who: Mr Finch, left: 9 days, pace: 2 a week", "left: 9 days, pace: 2 a week, who: Mr Finch"
        )
        dated = text.replace("Finch}", "Finch, by: 2027-05-03}")
        for said in (everything(brief(catalog, text)), everything(brief(catalog, dated))):
            assert "blue folder" in said.lower(), kind
            assert not set("{}[]|") & set(said), (kind, said)


def test_what_nobody_owns_becomes_a_row_with_one_who_answers(catalog: Catalog) -> None:
    advice = advice_on(catalog, HEAD + GAP)
    row = next(row for row in advice.matrix.activities if row.id.startswith("matter_gap"))
    assert row.name == "Moving 420 old pages"
    assert {cell.role: cell.letters for cell in row.cells} == {
        "project_manager": "A/R",
        "delivery_team": "C",
        "client_sponsor": "I",
    }
    assert len(advice.matrix.activities) == len(advice_on(catalog, HEAD).matrix.activities) + 1


def test_such_a_row_is_explained_by_its_printed_name(tmp_path: Path) -> None:
    (tmp_path / "e.yaml").write_text(HEAD + GAP)
    result = CliRunner().invoke(cli, ["explain", str(tmp_path / "e.yaml"), "moving 420 OLD pages"])
    assert result.exit_code == 0, result.output
    assert "A/R: Project manager" in result.output
    assert "Work without an owner is found when it is late. [WE4" in result.output


def test_the_model_rests_on_answers_alone(catalog: Catalog) -> None:
    kinds = "".join(f"  - {{{kind}: something{pace_of(kind)}}}\n" for kind in stated_kinds(catalog.matters))
    with_all, without = advice_on(catalog, f"{HEAD}matters:\n{kinds}"), advice_on(catalog, HEAD)
    assert (with_all.recommendation, with_all.levels) == (without.recommendation, without.levels)


def test_steps_count_back_from_the_day_that_counts(catalog: Catalog) -> None:
    text = f"{HEAD}matters: [{{approval: the new logo, who: the board, by: 2027-04-05}}]\n"
    step = next(step for step in brief(catalog, text).steps if "logo" in step.what)
    assert step.by == "by 8 March 2027"
    papers = "papers that they can say yes to, for 5 April 2027, and ask now what they will want to see"
    assert step.what == f"The new logo. Send the board {papers}."


def test_what_is_weeks_away_is_no_first_step_but_a_risk_with_a_day(catalog: Catalog) -> None:
    text = f"{HEAD}matters: [{{approval: the new logo, who: the board, by: 2027-06-14}}]\n"
    said = brief(catalog, text)
    assert not any("logo" in step.what for step in said.steps)
    risk = next(risk for risk in said.dangers if "logo" in risk.what)
    assert risk.trigger.startswith("The papers are not with the board on 17 May 2027")
    assert not any("logo" in line for line in said.look_again)


def test_what_hangs_on_no_day_is_spread_over_working_days_in_the_order_of_asking_agreeing_and_telling(
    catalog: Catalog,
) -> None:
    """Nothing falls on a weekend, on the day itself, or three weeks later; whoever is asked is asked first."""
    text = (
        f"{NOBODY_LEADS.replace('start: 2027-01-25', 'start: 2027-03-01')}matters:\n"
        "  - {promise: a chat bot}\n  - {gap: the lift}\n  - {dispute: the fee, who: Joe Bain}\n"
        "  - {unknown: whether Bo Ek wants to lead}\n"
    )
    steps = by_subject(brief(catalog, text))
    asked, agreed, told, taken_on = (
        datetime.strptime(f"{steps[what].by} 2027", "by %d %B %Y").date()
        for what in ("Whether Bo Ek wants to lead", "The fee", "A chat bot", "The lift")
    )
    assert date(2027, 1, 12) < asked < agreed < taken_on < told < date(2027, 2, 2)
    assert all(day.weekday() < 5 for day in (asked, agreed, taken_on, told))


def test_what_is_told_comes_before_a_meeting_that_is_near_and_says_so_once(catalog: Catalog) -> None:
    matters = "[{milestone: the pitch to Acme, by: 2027-01-19}, {promise: a bot}, {dispute: the fee, who: Joe Bain}]"
    steps = brief(catalog, f"{NOBODY_LEADS}matters: {matters}\n").steps
    assert {step.by for step in steps if "bot" in step.what or "fee" in step.what} <= {
        f"by {day} January" for day in range(13, 19)
    }
    assert sum(step.what.endswith(", in time for the pitch to Acme on 19 January.") for step in steps) == 1


def test_two_days_that_are_said_of_one_thing_are_set_against_each_other(catalog: Catalog) -> None:
    decision = '{decision: "which date holds, 12 May or 25 June", who: Joe Bain}'
    said = everything(brief(catalog, f"{NOBODY_LEADS}matters: [{decision}]\n"))
    assert "; 12 May and 25 June are 32 working days apart." in said
    said = everything(brief(catalog, f"{NOBODY_LEADS}matters: [{decision.replace(' or', ', 2 June or')}]\n"))
    assert "2 June or 25 June" in said
    assert "apart" not in said  # of three, nobody can say which are meant
    promise = "{promise: in the stores, by: 2027-04-01}"
    said = everything(brief(catalog, f"{NOBODY_LEADS}matters: [{promise}]\n"))
    assert "; go-live comes 6 working days later, on 9 April." in said


def test_little_time_between_go_live_and_a_limit_is_a_risk(catalog: Catalog) -> None:
    letters = "matters: [{milestone: 14000 letters go out, by: 2027-04-19}]\n"
    risk = next(risk for risk in brief(catalog, NOBODY_LEADS + letters).dangers if "letters" in risk.what)
    assert risk.what == "Go-live on 9 April leaves 5 working days before 19 April: 14000 letters go out."


def test_what_takes_as_long_as_last_time_has_its_day(catalog: Catalog) -> None:
    extract = "matters: [{dependency: the extract; it took nine days in November, who: Clive}]\n"
    step = next(step for step in brief(catalog, NOBODY_LEADS + extract).steps if "extract" in step.what)
    last = "the last day to ask is 29 March, for go-live on 9 April."
    assert (step.by, step.what.rpartition("; ")[2]) == ("by 15 January", last)
    sooner = NOBODY_LEADS.replace("go_live: 2027-04-09", "go_live: 2027-02-05")
    step = next(step for step in brief(catalog, sooner + extract).steps if "extract" in step.what)
    spare = "asked for today, it comes on 25 January, with 8 working days to spare before go-live on 5 February."
    assert (step.by, step.what.partition("; it took nine days in November")[2].partition("; ")[2]) == (
        "by 15 January",
        spare,
    )


def test_what_is_due_sooner_than_it_takes_is_due_half_way_there(catalog: Catalog) -> None:
    text = f"{HEAD}matters: [{{approval: the new logo, by: 2027-02-10}}]\n"
    assert next(step for step in brief(catalog, text).steps if "logo" in step.what).by == "by 5 February 2027"


def test_nobody_gets_more_days_than_they_have_nor_a_step_before_they_are_free(catalog: Catalog) -> None:
    said = brief(catalog, HEAD + GAP)
    seat = next(seat for seat in said.seats if seat.person == "Ada Lund")
    assert seat.time.startswith("1 day a week from 1 March 2027")
    assert "Ada Lund has 1 day a week, where 1.5 would be usual: put plan and schedule first, then" in said.staffing
    steps = {step.what: step for step in said.steps}
    assert "Stand in yourself, or name somebody, as project manager until Ada Lund is free on 1 March 2027." in steps
    gap = next(step for what, step in steps.items() if "420 old pages" in what)
    assert (gap.who, gap.by) == ("Stand-in for Ada Lund", "by 4 February 2027")


def test_whoever_leaves_before_the_end_has_a_successor_four_weeks_earlier(catalog: Catalog) -> None:
    said = brief(catalog, HEAD.replace("from: 2027-03-01", "until: 2027-04-05"))
    step = next(step for step in said.steps if "successor" in step.what)
    assert (step.by, "leaves on 5 April 2027" in step.what) == ("by 8 March 2027", True)
    assert next(seat for seat in said.seats if seat.person == "Ada Lund").time.endswith("until 5 April 2027")


def with_people(manager: str) -> str:
    return HEAD.replace("{name: Ada Lund, days: 1, from: 2027-03-01}", manager)


def test_whoever_is_free_earlier_bridges_the_days_before_the_manager_is(catalog: Catalog) -> None:
    ada, bo = "{name: Ada Lund, days: 5, from: 2027-03-01}", "{name: Bo Ek, days: 1, until: 2027-04-30}"
    said = brief(catalog, with_people(f"[{ada}, {bo}]") + GAP)
    steps = {step.what: step for step in said.steps}
    lead = "Lead as project manager until Ada Lund is free on 1 March 2027, and hand over in writing on that day."
    assert steps[lead].who == "Bo Ek"
    assert next(step.who for what, step in steps.items() if "420" in what) == "Bo Ek"
    assert "until then Bo Ek, 1 day a week" in next(seat.time for seat in said.seats if seat.person == "Ada Lund")


def test_whoever_stays_follows_a_manager_who_leaves(catalog: Catalog) -> None:
    ada, bo = "{name: Ada Lund, until: 2027-04-05}", "{name: Bo Ek, days: 3, from: 2027-04-01}"
    said = brief(catalog, with_people(f"[{ada}, {bo}]"))
    step = next(step for step in said.steps if step.who == "Bo Ek")
    assert step.what == "Sit in with Ada Lund, and take over as project manager on 5 April 2027."
    assert step.by == "from 8 March 2027"


def test_days_that_change_are_those_of_one_person(catalog: Catalog) -> None:
    grows = "[{name: Ada Lund, days: 0.5, until: 2027-02-28}, {name: Ada Lund, days: 5, from: 2027-03-01}]"
    said = brief(catalog, with_people(grows))
    time = next(seat.time for seat in said.seats if seat.person == "Ada Lund")
    assert time.startswith("Half a day a week, full time from 1 March 2027 until delivery")
    assert "Ada Lund has 0.5 days a week, where 1.5 would be usual" in said.staffing
    assert not any("Ada Lund" in step.what for step in said.steps)


def test_a_day_rate_gives_the_cost_which_a_client_does_not_see(catalog: Catalog) -> None:
    text = with_people("{name: Ada Lund, days: 1, from: 2027-03-03, rate: EUR 640}")
    seats = (brief(catalog, text, edition).seats for edition in (Edition(), Edition(client_view=True)))
    ours, theirs = (next(seat.time for seat in found if seat.person == "Ada Lund") for found in seats)
    assert "about EUR 11,000 until launch" in ours  # 17 weeks of one day
    assert "EUR" not in theirs


def test_a_brief_counts_from_the_day_that_its_file_speaks_of(catalog: Catalog) -> None:
    text = HEAD.replace("start: 2027-02-01", "as_of: 2027-02-01").replace("stage: planning", "stage: execution")
    step = next(step for step in brief(catalog, text + GAP).steps if "420" in step.what)
    assert step.by == "by 4 February"
    assert engagement(catalog, text).dates == {"go_live": "2027-06-30"}


def test_fixed_days_that_fall_on_each_other_are_a_risk(catalog: Catalog) -> None:
    days = "matters: [{milestone: payroll, by: 2027-05-28}, {milestone: the move, by: 2027-05-29}]\n"
    what = next(risk.what for risk in brief(catalog, HEAD + days).dangers if "fall on each other" in risk.what)
    assert what == "Fixed days fall on each other: payroll on 28 May 2027 and the move on 29 May 2027."
    apart = days.replace("05-29", "06-09")
    assert "fall on each other" not in everything(brief(catalog, HEAD + apart))


def test_of_two_managers_the_one_is_paid_for_who_can_stay(catalog: Catalog) -> None:
    answers = "kind_of_work: package_rollout, post_delivery: ongoing_support, end_date: fixed, "
    answers += "managers_available: both, managing_days: up_to_three"
    aoife, donal = "{name: Aoife Brennan, days: 3}", "{name: Donal Keane, until: 2027-04-30}"
    text = (
        f"answers: {{{answers}}}\npeople: {{delivery_manager: {aoife}, project_manager: {donal}}}\n"
        "dates: {as_of: 2027-02-08, go_live: 2027-05-17}\n"
    )
    both_stay = advice_on(catalog, text.replace(", until: 2027-04-30", ", days: 3"))
    assert both_stay.recommendation.not_paid_for == ("delivery_manager",)
    assert advice_on(catalog, text).recommendation.not_paid_for == ("project_manager",)
    said = brief(catalog, text)
    leads = [seat.person for seat in said.seats if seat.role in ("Delivery manager", "Project manager")]
    assert leads == ["Aoife Brennan"]
    assert "Donal Keane" not in everything(said)


def stated_steps(said: Brief, *words: str) -> list[str]:
    return [step.what for step in said.steps if any(word.lower() in step.what.lower() for word in words)]


def by_subject(said: Brief) -> dict[str, Step]:
    """The steps by what they are on, which they begin with."""
    return {step.what.partition(". ")[0]: step for step in said.steps}


def test_the_same_is_said_once_of_all_matters_that_it_is_on(catalog: Catalog) -> None:
    said = brief(catalog, HEAD + "matters: [{gap: the lift}, {gap: the door}]\n")
    todo = "Take this on, say so to everybody concerned, and set a day for its first result."
    assert stated_steps(said, "lift", "door") == [f"The lift; the door. {todo}"]
    assert [risk.what for risk in said.dangers if "lift" in risk.what] == ["Nobody gets to it: the lift; the door."]
    days = "matters: [{milestone: the beta, by: 2027-05-03}, {milestone: the fair, by: 2027-05-24}]\n"
    risk = next(risk for risk in brief(catalog, HEAD + days).dangers if "beta" in risk.what)
    assert risk.what == "Not ready in time: the beta (3 May 2027); the fair (24 May 2027)."
    assert risk.trigger == "Something on the list for it is not finished on 19 April 2027."


def test_promises_of_one_of_ours_are_one_step_which_that_person_takes(catalog: Catalog) -> None:
    """Whoever has no part in the work goes along with whoever owns the account."""
    typed = (("a fair", "Joe Bain"), ("a chat bot", "Joe Bain"), ("a map", "Bo Ek"))
    promises = "matters:\n" + "".join(f"  - {{promise: {what}, who: {who}}}\n" for what, who in typed)
    people = HEAD.replace("people:\n", "people:\n  account_manager: Joe Bain\n")
    found = by_subject(brief(catalog, people + promises))
    assert found["A fair; a chat bot"].who == "Joe Bain"
    assert found["A fair; a chat bot"].what.startswith("A fair; a chat bot. Settle how much of this stands")
    assert found["A map"].what.startswith("A map. Settle how much of this stands")
    assert found["A map"].who == "Joe Bain with Bo Ek"


def test_an_owner_is_a_name_as_typed_or_whoever_holds_the_role(catalog: Catalog) -> None:
    owners = "matters: [{gap: the lift, owner: Bo Ek}, {gap: the door, owner: project_manager}]\n"
    free = with_people("{name: Ada Lund, days: 1}")
    steps = by_subject(brief(catalog, free + owners))
    assert (steps["The lift"].who, steps["The door"].who) == ("Bo Ek", "Ada Lund")


NOBODY_LEADS = """\
answers: {kind_of_work: software_build, managers_available: neither, client_contact: weekly, parties: [account_manager]}
dates: {as_of: 2027-01-12, start: 2027-01-25, go_live: 2027-04-09}
people:
  executive_sponsor: Nadia Fenwick
"""


def test_what_a_manager_would_do_who_is_still_to_be_found_falls_to_whoever_is_there(catalog: Catalog) -> None:
    gap = "matters: [{gap: the lift}]\n"
    for people, who in (
        ("", "Nadia Fenwick"),
        ("  account_manager: Cal Reid\n", "Cal Reid"),
        ("  technical_lead: Bo\n", "Bo"),
    ):
        steps = brief(catalog, f"{NOBODY_LEADS}{people}{gap}").steps
        assert next(step.who for step in steps if "lift" in step.what) == who


def test_nobody_puts_options_to_themselves(catalog: Catalog) -> None:
    decision = "matters: [{decision: which chat bot, who: Ada Lund, owner: project_manager}]\n"
    assert stated_steps(brief(catalog, HEAD + decision), "bot") == [
        "Which chat bot. Decide this, and tell those who wait for it the same day."
    ]


def test_what_the_client_owes_is_asked_of_the_client(catalog: Catalog) -> None:
    people = HEAD.replace("people:\n", "people:\n  client_sponsor: Sue Ray\n  client_team: Geoff (volunteer)\n")
    said = brief(catalog, people + "matters: [{dependency: the export, who: 'Geoff, a volunteer'}]\n")
    assert stated_steps(said, "export") == [
        "The export (from Geoff, a volunteer). Ask for a sample now, and for a day for all of it."
    ]
    action = next(risk.action for risk in said.dangers if "export" in risk.what)
    assert action == "Have Sue Ray choose that week: less data, help that is paid for, or a later day."


def test_a_short_job_has_its_first_steps_before_it_starts(catalog: Catalog) -> None:
    said = brief(catalog, f"{NOBODY_LEADS}matters: [{{gap: the lift}}, {{decision: the bot, by: 2027-01-19}}]\n")
    due = {subject: step.by for subject, step in by_subject(said).items()}
    assert due["The lift"] == "by 15 January"  # the start is on Monday 25 January
    assert due["The bot"] == "by 15 January"  # half-way there, and no Saturday


def test_a_day_that_is_past_is_missed_and_a_penalty_is_running(catalog: Catalog) -> None:
    said = brief(
        catalog,
        f"{NOBODY_LEADS}matters:\n  - {{milestone: the beta, by: 2027-01-04}}\n"
        "  - {penalty: the late beta, by: 2027-01-04, amount: 'EUR 4,800', per: week, cap: EUR 48000}\n",
    )
    assert "The beta, missed on 4 January" in by_subject(said)
    assert (
        "The penalty is running since 4 January: the late beta; EUR 4,800 a week, "
        "EUR 4,800 by 12 January, EUR 48,000 at most, which is "
        "reached on 15 March." in said.facts
    )
    assert all("4 January" not in step.by for step in said.steps)


MEMBERS = """\
  delivery_team:
    - {name: Marta Lis, days: 4, does: developer}
    - {name: Josh Ade, days: 3, does: designer, until: 2027-03-05}
  client_sponsor: [{name: Sue Ray, does: designs}, {name: Martin O, does: money}]
"""


def test_a_list_of_members_has_each_with_what_they_do(catalog: Catalog) -> None:
    said = brief(catalog, HEAD.replace("dates:", f"{MEMBERS}dates:"))
    deciding = {seat.person: seat.answers_for for seat in said.seats if seat.role == "Client sponsor"}
    assert list(deciding) == ["Sue Ray for designs", "Martin O for money"]
    assert deciding["Martin O for money"] == "Decisions on money."
    assert not any("eside" in seat.time for seat in said.seats)
    risk = next(risk for risk in said.dangers if "Josh Ade" in risk.what)
    assert risk.what == "Josh Ade (designer) leaves on 5 March 2027, before changes and tests are over."


def test_a_manager_who_is_away_has_a_stand_in(catalog: Catalog) -> None:
    people = with_people("[{name: Ada Lund, days: 1.5}, {name: Bo Ek, days: 1}]")
    said = brief(catalog, people + "matters: [{absence: Ada Lund is away, from: 2027-03-01, until: 2027-03-12}]\n")
    time = next(seat.time for seat in said.seats if seat.person == "Ada Lund")
    assert time.endswith("; away from 1 March 2027 to 12 March 2027, when Bo Ek stands in")
    assert stated_steps(said, "away") == [
        "Ada Lund is away, from 1 March 2027 to 12 March 2027. Agree what Bo Ek may decide as stand-in."
    ]
    until, bo, back = (
        "{name: Ada Lund, days: 1.5, until: 2027-02-28}",
        "{name: Bo Ek, days: 1}",
        "{name: Ada Lund, days: 1.5, from: 2027-03-13}",
    )
    assert stated_steps(brief(catalog, with_people(f"[{until}, {bo}, {back}]")), "away") == stated_steps(said, "away")


def test_a_worry_is_a_risk_with_the_sign_that_was_typed(catalog: Catalog) -> None:
    worries = "matters: [{worry: Rui builds alone, sign: he is ill, does: a freelancer}, {worry: it may rain}]\n"
    risks = {risk.what: risk for risk in brief(catalog, with_people("Ada Lund") + worries).dangers}
    alone = risks["Rui builds alone."]
    assert (alone.trigger, alone.owner) == ("He is ill.", "Ada Lund")
    assert alone.action == "Call in a freelancer that day."
    assert "It may rain." in risks


def test_a_way_of_working_is_a_row_and_no_promise(catalog: Catalog) -> None:
    people = HEAD.replace("people:\n", "people:\n  client_sponsor: Sue Ray\n")
    way = "matters: [{way: a test build every Friday, who: Sue Ray}]\n"
    row = next(row for row in advice_on(catalog, people + way).matrix.activities if row.name.startswith("Test build"))
    assert {cell.role: cell.letters for cell in row.cells} == {"project_manager": "A/R", "client_sponsor": "I"}
    assert not stated_steps(brief(catalog, people + way), "build every")


def test_a_decision_between_two_people_is_answered_by_their_order(catalog: Catalog) -> None:
    people = with_people("[{name: Ada Lund, days: 2}, {name: Bo Ek, days: 2}]")
    said = brief(catalog, people + "matters: [{decision: whether Ada Lund or Bo Ek leads}]\n")
    assert "Ada Lund leads" in said.decision
    step = "Name Ada Lund, who leads by this page, and tell Bo Ek the same day why."
    assert stated_steps(said, "Bo Ek") == [f"Whether Ada Lund or Bo Ek leads. {step}"]


MATTERS_ABOUT = {
    "decision: who signs designs, about: authority": "Have one person named in writing, above all concerned",
    "decision: who chairs, who: Sue and Joe Bain": "Ask Acme for one person above Sue and Joe Bain",
    "dispute: who writes down extras, about: duty, who: Joe Bain": "Say which one does this, Ada Lund where it is ours",
    "decision: a second manager, about: post, who: Joe Bain": "Answer Joe Bain that ",
    "decision: whether Bo Ek stays, about: stays, who: Bo Ek": "Tell Bo Ek face to face, before anybody else hears",
    "decision: the pilot, about: money, who: Sue Ray, amount: GBP 2000": (
        "for a yes or a no; until that is in writing it is our own cost, GBP 2,000 at most."
    ),
    "dispute: the chat bot, about: scope, who: Sue Ray": "Ask Sue Ray for one line in writing, in or out",
    "decision: whether May holds, about: date": "give out one day that the plan bears and take the others back",
    "decision: what we say to the board": "Write it in five lines",
    "promise: a weekly demo": "Keep this as promised, and tell those to whom it was made who sees to it",
    "promise: one person to ring": "Tell Acme who it is, Ada Lund as project manager from 1 March 2027, in place of",
    "promise: the app is there, by: 2027-05-03": "Ask those who do the work whether this day holds",
    "promise: a chat bot at no extra charge": "what this costs and who carries it",
    "gap: telling the agents": "Agree who says this, in which words and on which day",
    "gap: insurance of the kit": "in writing what is covered and what is not",
    "approval: two days a week of Bo Ek, who: her boss": "Ask her boss for this with a first and a last day",
    "approval: the order number, who: Sue Ray": "up to which day and sum work goes on without it",
    "dependency: a sandbox, who: Slotwise": "Ask Slotwise for access now",
    "unknown: whether Bo Ek wants to lead": "Ask in private",
    "complaint: he wants a person, who: Joe Bain": "Answer with a name",
    "dispute: whether the feed is wrong": "Leave blame aside: have both sides go through the same cases",
    "decision: what faults are logged as, who: Sue and Joe Bain": (
        "have Sue and Joe Bain go through the same cases in one room, count them by cause, and let the count say"
    ),
    "dispute: the feed was always in, about: duty, who: Sue and Joe Bain": "count them by cause",
}


@pytest.mark.parametrize(("stated", "proposed"), MATTERS_ABOUT.items())
def test_what_a_matter_is_about_gets_the_answer_of_a_senior_colleague(
    catalog: Catalog, stated: str, proposed: str
) -> None:
    """The brief proposes; it does not hand the question back, which a step begins with."""
    subject = stated.partition(": ")[2].partition(", ")[0]
    steps = by_subject(brief(catalog, f"{HEAD}matters: [{{{stated}}}]\n"))
    assert proposed in steps[f"{subject[0].upper()}{subject[1:]}"].what


ADA_AND_BO = """\
answers: {kind_of_work: software_build, managers_available: project_manager}
dates: {as_of: 2027-01-12, start: 2027-01-25, go_live: 2027-04-09}
people: {executive_sponsor: Nadia Fenwick, project_manager: Ada Lund, team_lead: Bo Ek, client_sponsor: Sue Ray}
"""


@pytest.mark.parametrize("about", ["", ", about: authority", ", about: duty"])
def test_between_whoever_plans_and_whoever_leads_people_each_has_a_say(catalog: Catalog, about: str) -> None:
    """What is needed and by when, and who does it; between others, one person is named."""
    stated = f"matters: [{{decision: whose developers they are, who: Ada Lund and Bo Ek{about}}}]\n"
    said = brief(catalog, ADA_AND_BO + stated)
    (step,) = stated_steps(said, "developers")
    says = "Ada Lund says what is needed and by which day, Bo Ek says who does it and whether it fits"
    decides = "nobody else moves people, and Nadia Fenwick decides within a day where it does not fit"
    assert step == f"Whose developers they are. Tell both together: {says}, {decides}."
    risk = next(risk for risk in said.dangers if "developers" in risk.what)
    assert risk.trigger.startswith("Somebody is sent to two places once more, or a day is missed since ")
    others = brief(catalog, ADA_AND_BO + stated.replace("Bo Ek", "Joe Bain"))
    assert not stated_steps(others, "Tell both together")


def test_ours_are_given_days_and_the_clients_are_asked_for_fixed_times(catalog: Catalog) -> None:
    """A worry about somebody's time."""
    for who, owner, action in (
        ("Bo Ek", "Nadia Fenwick", "Name what goes to somebody else and what waits, with the days that each takes"),
        ("Sue Ray", "Ada Lund", "Ask for two fixed times a week"),
    ):
        stated = f"matters: [{{worry: {who} has half a day for this, about: time}}]\n"
        risk = next(risk for risk in brief(catalog, ADA_AND_BO + stated).dangers if who in risk.what)
        assert (risk.owner, risk.action.startswith(action)) == (owner, True)


def test_what_a_supplier_claims_is_answered_and_nothing_admitted(catalog: Catalog) -> None:
    """With the day by which it asks for what; a penalty of anybody else's is one to keep clear of."""
    stated = "matters: [{penalty: GBP 4000 for days of waiting, who: Brix, by: 2027-02-26}]\n"
    people = ADA_AND_BO.replace("team_lead: Bo Ek", "supplier: Brix")
    risk = next(risk for risk in brief(catalog, people + stated).dangers if "waiting" in risk.what)
    assert risk.what == "GBP 4000 for days of waiting, claimed by Brix."
    assert risk.action.startswith("Answer in writing, admit nothing, ask which days and which people stood still")
    theirs = brief(catalog, people + stated.replace("Brix", "Sue Ray"))
    risk = next(risk for risk in theirs.dangers if "waiting" in risk.what)
    assert not risk.what.startswith("Sue Ray claims") and risk.action.startswith("Put two ways out to Sue Ray")


def test_what_is_not_known_has_somebody_who_asks_or_finds_out_by_a_day(catalog: Catalog) -> None:
    """Whoever owns it, else the manager."""
    stated = (
        "matters: [{unknown: how many pages move, who: Sue Ray, by: 2027-02-08}, {unknown: the lift, owner: Bo Ek}]"
    )
    unknown = brief(catalog, f"{ADA_AND_BO}{stated}\n").unknown
    assert "How many pages move. Ada Lund asks Sue Ray by 25 January, as it is needed on 8 February." in unknown
    assert "The lift. Bo Ek finds out by 15 January." in unknown


def test_a_dispute_has_its_step_however_many_promises_there_are(catalog: Catalog) -> None:
    """Nine promises are more than there is room for; what is produced weighs less."""
    promises = ", ".join(f"{{promise: thing {at}, who: Mr P{at}}}" for at in range(9))
    stated = f"matters: [{promises}, {{deliverable: the texts}}, {{dispute: the fee, who: Joe Bain}}]\n"
    steps = by_subject(brief(catalog, ADA_AND_BO + stated))
    assert "The fee" in steps and "Thing 8" not in steps
    points = advice_on(catalog, ADA_AND_BO + stated).points
    ranks = {one.about.get("what"): one.rank for one in points if one.kind == "step"}
    assert (ranks["the fee"], ranks["thing 0"], ranks["the texts"]) == (98, 95, 88)


def test_what_people_mean_to_do_stands_in_place_of_what_is_proposed(catalog: Catalog) -> None:
    stated = '{decision: the chat bot, about: scope, answer: "no, it is for next year", who: Sue Ray}'
    said = brief(catalog, f"{HEAD}matters: [{stated}]\n")
    assert stated_steps(said, "chat bot") == [
        "Settle it this way with Sue Ray, in writing: no, it is for next year (the chat bot)."
    ]
    assert not any("chat bot" in danger.what for danger in said.dangers)


def test_what_a_matter_cannot_be_about_is_refused_by_name(catalog: Catalog) -> None:
    with pytest.raises(
        InputError,
        match=r"'mony' is none of who_works, in_charge, contract, cause, authority, .* \(did you mean money\?\)",
    ):
        advice_on(catalog, HEAD + "matters: [{decision: the price, about: mony}]\n")
    with pytest.raises(InputError, match="'money' is said of no matter of this kind"):
        advice_on(catalog, HEAD + "matters: [{fact: the price, about: money}]\n")


def test_whoever_writes_a_deliverable_answers_for_it_and_whoever_accepts_it_for_that(catalog: Catalog) -> None:
    people = HEAD.replace("people:\n", "people:\n  client_sponsor: Sue Ray\n  client_team: Mo Hale\n")
    stated = "matters: [{deliverable: the texts in both languages, does: Mo Hale, who: Sue Ray, by: 2027-02-26}]\n"
    rows = letters_of_stated(catalog, people + stated)
    assert rows == {
        "Texts in both languages": {"project_manager": "A", "client_team": "R", "client_sponsor": "C"},
        "Acceptance of texts in both languages": {"project_manager": "R", "client_sponsor": "A"},
    }


PARTS = """\
engagement: {id: portal, name: Portal, client: Acme, for: "Joe Bain, account director"}
answers: {kind_of_work: package_rollout, reader: supplier, stage: execution, health: in_trouble}
people:
  project_manager: Ada Lund
  technical_lead: Kit Moss
  client_team: [{name: Mo Hale, does: taxis}, {name: Lea Kay, does: licences}]
dates: {as_of: 2027-05-13, go_live: 2027-10-29}
"""


def test_what_is_the_clients_to_supply_is_asked_for_and_stays_theirs(catalog: Catalog) -> None:
    people = PARTS.replace("people:\n", "people:\n  client_sponsor: Sue Ray\n")
    for gap in ("{gap: photos of the stalls, who: Mo Hale}", "{gap: the product data}"):
        (row,) = letters_of_stated(catalog, f"{people}matters: [{gap}]\n").values()
        assert row == {"client_sponsor": "A", "client_team": "R", "project_manager": "C"}
        steps = stated_steps(brief(catalog, f"{people}matters: [{gap}]\n"), "photos", "product data")
        assert "who does this and from which day" in steps[0]
    ours = "matters: [{gap: the product data, owner: project_manager}]\n"
    (row,) = letters_of_stated(catalog, people + ours).values()
    assert row["project_manager"] == "A/R"


def test_two_who_disagree_are_not_asked_to_settle_it(catalog: Catalog) -> None:
    """The client's sponsor does; where the file names none, the client is asked for somebody above both."""
    stated = "matters: [{dispute: which fee is right, who: Mo Hale; Lea Kay}]\n"
    (step,) = stated_steps(brief(catalog, PARTS + stated), "fee is right")
    asked = "Ask Acme for one person above Mo Hale and Lea Kay who settles this within five working days"
    assert step.startswith(f"Which fee is right. {asked}")
    people = PARTS.replace("people:\n", "people:\n  client_sponsor: Sue Ray\n")
    (step,) = stated_steps(brief(catalog, people + stated), "fee is right")
    assert step.startswith("Which fee is right. Ask Sue Ray to settle this within five working days")


def test_whoever_promised_it_goes_along_to_take_it_back(catalog: Catalog) -> None:
    stated = 'matters: [{promise: one person over the top, who: "Roger (sales director)", about: title}]\n'
    step = next(step for step in brief(catalog, PARTS + stated).steps if "over the top" in step.what)
    assert step.who == "Joe Bain with Roger"


def test_the_client_names_who_follows_one_of_theirs(catalog: Catalog) -> None:
    stated = "matters: [{leaver: Lea Kay retires, by: 2027-06-10}]\n"
    (step,) = stated_steps(brief(catalog, PARTS + stated), "retires")
    assert step.startswith("Lea Kay retires (last day 10 June). Ask Acme who follows and from which day")


def test_what_the_rulebook_has_a_row_for_gets_no_second_one(catalog: Catalog) -> None:
    gaps = "{gap: a plan behind 29 October}, {gap: 'old records that the trial load rejected: 420'}"
    rows = letters_of_stated(catalog, f"{PARTS}matters: [{gaps}, {{gap: somebody to whom Gareth answers}}]\n")
    assert set(rows) == {"Recovery plan", "Data migration and trial loads", "Line manager for Gareth"}
    names = [row.name for row in advice_on(catalog, f"{PARTS}matters: [{gaps}]\n").matrix.activities]
    assert len(names) == len(set(names))


def test_what_holds_up_work_is_looked_at_within_two_weeks_of_its_step(catalog: Catalog) -> None:
    stated = "matters: [{dependency: the answers to 58 faults, who: Mo Hale}]\n"
    risk = next(one for one in brief(catalog, PARTS + stated).dangers if "58 faults" in one.what)
    assert risk.trigger == "No day for it in writing on 24 May, or nothing to be seen of it on 31 May."


def test_sponsors_who_decide_different_things_have_a_row_and_a_column_each(catalog: Catalog) -> None:
    two = "[{name: Hal Orr, does: which depot when}, {name: Sue Ray, does: 'money above GBP 25000'}]"
    said = brief(catalog, PARTS.replace("people:\n", f"people:\n  client_sponsor: {two}\n"))
    rows = {row.name: row for phase in said.phases for row in phase.rows}
    at = {column.head: place for place, column in enumerate(said.columns)}
    assert rows["Spending above GBP 25,000"].cells[at["Sue Ray"]].letters == "A"
    assert rows["Decide which depot when"].cells[at["Hal Orr"]].letters == "A"


def test_prices_and_contract_are_whoever_holds_the_account_or_deals_with_money(catalog: Catalog) -> None:
    """Of our own people, by role, by the title of whoever asked, or by one that stands behind a name."""
    fixed = PARTS.replace("health:", "build_paid: fixed_price, health:")
    stated = 'matters: [{decision: the price of 19 changes, owner: "Ines (commercial)"}]\n'

    def holders(text: str) -> dict[str, str]:
        said = brief(catalog, text)
        row = next(row for phase in said.phases for row in phase.rows if row.name == "Pricing of change orders")
        return {one.head: cell.letters for one, cell in zip(said.columns, row.cells, strict=True) if cell.letters}

    assert holders(fixed)["Joe Bain"] == "A"
    nobody = fixed.replace('for: "Joe Bain, account director"', "for: Joe Bain")
    assert holders(nobody)["Ada Lund"] == "A/R"
    assert holders(nobody + stated)["Ines"] == "A"
    account = fixed.replace("people:\n", "people:\n  account_manager: Joe Bain\n").replace(
        "health:", "parties: [account_manager], health:"
    )
    assert holders(account + stated) == {"Ada Lund": "R", "Joe Bain": "A", "Ines": "R"}


def test_whoever_is_led_and_whoever_has_no_letter_of_their_own_stands_with_the_team(catalog: Catalog) -> None:
    team = (
        "  delivery_team: [{name: Wen, does: analysis}, {name: Sam Oko, does: development}, {name: Pat Low, does: x}]\n"
    )
    lead = "{name: Kit Moss, does: leads five developers}"
    said = brief(catalog, PARTS.replace("Kit Moss", lead).replace("dates:", f"{team}dates:"))
    seat = next(one for one in said.seats if one.role == "Delivery team")
    assert seat.person.startswith("Five developers (led by Kit Moss); Wen (analysis)")
    heads = " ".join(f"{one.head} {one.under}" for one in said.columns)
    assert all(name in heads for name in ("Five developers", "Wen", "Sam Oko", "Pat Low", "Mo Hale", "Lea Kay"))


def test_inside_one_organisation_nobody_tells_the_firm_by_its_name(catalog: Catalog) -> None:
    inside = PARTS.replace("reader: supplier", "reader: internal_provider")
    stated = "matters: [{promise: one person to ring, who: Bo Ek}, {leaver: Lea Kay retires, by: 2027-06-10}]\n"
    said = everything(brief(catalog, inside + stated))
    assert "Ask the business who follows" in said
    assert "Acme" not in said
    assert "Acme finance" in everything(
        brief(catalog, (inside + stated).replace("client: Acme", "client: Acme finance"))
    )


def test_days_in_all_are_spread_and_priced(catalog: Catalog) -> None:
    ada = "{name: Ada Lund, total: 10, rate: GBP 380, price: GBP 6000}"
    time = next(seat.time for seat in brief(catalog, with_people(ada)).seats if seat.person == "Ada Lund")
    assert time.startswith("10 days in all, about half a day a week, ")
    assert time.endswith("GBP 3,800 for 10 days, sold for GBP 6,000: GBP 2,200 to spare")


def test_who_does_what_nobody_owned_and_who_is_told_have_their_letters(catalog: Catalog) -> None:
    people = HEAD.replace("people:\n", "people:\n  client_sponsor: Sue Ray\n")
    told = "matters: [{gap: telling Sue Ray of delays, who: Sue Ray, does: delivery_team}]\n"
    row = next(row for row in advice_on(catalog, people + told).matrix.activities if row.id.startswith("matter_gap"))
    assert {cell.role: cell.letters for cell in row.cells} == {
        "project_manager": "A", "delivery_team": "R", "client_sponsor": "I"
    }  # fmt: skip


def test_a_clients_copy_says_nothing_of_money(catalog: Catalog) -> None:
    answers = "kind_of_work: package_rollout, end_date: fixed, managers_available: both, managing_days: up_to_three"
    text = f"answers: {{{answers}, post_delivery: ongoing_support}}\n"
    ours, theirs = brief(catalog, text), brief(catalog, text, Edition(client_view=True))
    assert "the money pays for one" in ours.decision
    assert not any("money" in said or "paid" in said for said in (theirs.decision, everything(theirs)))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_day_is_beyond_the_calendar(catalog: Catalog, day: str) -> None:
    kinds = "".join(f"  - {{{kind}: something, by: {day}{pace_of(kind)}}}\n" for kind in stated_kinds(catalog.matters))
    for dates in (f"as_of: {day}", f"go_live: {day}", f"start: {day}"):
        for stage in ("before_start", "execution"):
            said = brief(catalog, f"answers: {{stage: {stage}}}\ndates: {{{dates}}}\nmatters:\n{kinds}")
            assert "something" in everything(said)


def test_time_without_a_name_is_nobodys(catalog: Catalog) -> None:
    said = brief(catalog, with_people("{from: 2027-03-01, until: 2027-04-30}") + GAP)
    assert "whom" not in everything(said)
    assert next(step.who for step in said.steps if "420" in step.what) == "Stand-in for Project manager"


def test_all_that_was_stated_is_there_and_the_brief_keeps_to_its_length(catalog: Catalog) -> None:
    texts = [f"matter number {at}" for at in range(6)]
    said = brief(catalog, HEAD + "matters:\n" + "".join(f"  - decision: {text}\n" for text in texts))
    assert all(
        any(text in step.what.lower() for step in said.steps) or any(text in line for line in said.look_again)
        for text in texts
    )
    assert len(said.steps) <= 5
    assert words_before_matrix(said) <= MOST_WORDS


def test_a_clients_copy_says_nothing_of_promises_people_and_disputes(catalog: Catalog) -> None:
    inside = ("promise", "vacancy", "leaver", "notice", "complaint", "dispute", "penalty", "fact", "unknown")
    text = HEAD + "matters:\n" + "".join(f"  - {kind}: our secret\n" for kind in inside)
    assert "secret" not in everything(brief(catalog, text, Edition(client_view=True)))


@pytest.mark.parametrize("more", ["about: post", "about: person", "about: stays", "about: money", "answer: we pay"])
def test_a_clients_copy_says_nothing_of_decisions_on_people_or_money_nor_what_we_mean_to_do(
    catalog: Catalog, more: str
) -> None:
    text = f"{HEAD}matters: [{{decision: our secret, {more}}}]\n"
    assert "secret" in everything(brief(catalog, text))
    assert "secret" not in everything(brief(catalog, text, Edition(client_view=True)))


def test_what_was_typed_is_never_read_as_a_placeholder(catalog: Catalog) -> None:
    said = everything(brief(catalog, HEAD + "matters: [{gap: 'the {client} [x|y] {day} file'}]\n"))
    assert "the {client} [x|y] {day} file" in said


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("matters: [{gaps: x}]", "is no kind of matter (did you mean gap?)"),
        ("matters: [{who: x}]", "has no kind"),
        ("matters: [{gap: x, promise: y}]", "has 2 kinds; write one entry for each"),
        ("matters: [{gap: }]", "says nothing"),
        ("matters: [{gap: x, by: soon}]", "'soon' is no date; write it as 2027-01-31"),
        ("matters: [{gap: goes out with 14,000 letters, by: 2027-01-31}]", "put the text in quotes: {gap: "),
        ("matters: [{gap: x, per: week}]", "has no amount that per and cap could go with"),
        ("matters: [{penalty: x, amount: EUR 5, per: hour}]", "'hour' is none of day, week, month"),
        ("matters: [{penalty: x, amount: lots}]", "'lots' is no amount of money; write it as EUR 640"),
        ("people: {project_manager: {total: some}}", "'some' is no number of days, such as 10 or 7.5"),
        ("matters: [gap]", "must be a mapping of fields, not a single value"),
        ("matters: gap", "must be a list, not a single value"),
        (f"matters: [{', '.join(['{gap: x}'] * (MOST_MATTERS + 1))}]", f"at most {MOST_MATTERS} are read"),
        ("people: {project_manager: {days: 6}}", "'6' is none of 0, 0.5, 1 and so on up to 5 a week"),
        ("people: {project_manager: {rate: 'lots'}}", "'lots' is no day rate; write it as EUR 640"),
        ("people: {project_manager: {day: 2}}", "is no field that is known here (did you mean days?)"),
        (
            "people: {project_manager: {weekdays: soon}}",
            "'soon' is no days of the week, such as Monday to Wednesday, or Tue, Thu",
        ),
        ("people: {project_manager: {weekdays: Fri to Mon}}", "'Fri to Mon' is no days of the week"),
        ("people: {project_manager: {weekdays: Monster}}", "'Monster' is no days of the week"),
        ("people: {project_manager: {weekdays: 'Mon,, Tue'}}", "'Mon,, Tue' is no days of the week"),
        ("people: {project_manager: {days: 2, weekdays: Tue}}", "has 2 days a week, and 1 in 'Tue'"),
        ("money: {price: GBP 90000, forecast: EUR 9000}", "has EUR and GBP; use one currency"),
        ("people: {project_manager: {from: 2027-03-01, until: 2027-02-01}}", "from (2027-03-01) is after until"),
    ],
)
def test_bad_input_is_named_with_what_is_allowed(catalog: Catalog, written: str, told: str) -> None:
    assert told in problems(catalog, f"answers: {{}}\n{written}\n")


def test_an_engagement_file_keeps_all_of_it(catalog: Catalog) -> None:
    one = engagement(catalog, HEAD + GAP)
    assert one.times == {"project_manager": (Stint("Ada Lund", 1.0, "2027-03-01"),)}
    assert engagement(catalog, dump_engagement(one, catalog.several)) == one
    days = with_people("{name: Ada Lund, weekdays: 'Tue, Thu'}")
    more = engagement(catalog, f"{days}money: {{price: EUR 90000, spent: EUR 61000, forecast: EUR 104000}}\n")
    assert more.times == {"project_manager": (Stint("Ada Lund", 2.0, weekdays="Tue, Thu"),)}
    assert more.money == Money(price="EUR 90000", spent="EUR 61000", forecast="EUR 104000")
    assert engagement(catalog, dump_engagement(more, catalog.several)) == more


def test_a_matter_is_added_to_whatever_list_is_there(catalog: Catalog) -> None:
    form = engagement_form(catalog)
    lists = ("", "matters: []\n", "matters: [{gap: x}]\n", "matters:\n  - gap: x  # ours\n  # theirs\n\n", "matters:\n")
    for written in lists:
        text = f"{HEAD}{written}context: As before.  # kept\n"
        before = engagement(catalog, text)
        new = Matter("promise", "a chat bot: soon", by="2027-05-03")
        after = replace(before, matters=(*before.matters, new))
        revised = revise(text.encode(), "e.yaml", before, after, form).decode()
        assert engagement(catalog, revised) == after
        assert all(comment in revised for comment in ("# kept", "# ours", "# theirs") if comment in text)


def test_a_list_in_braces_stays_one() -> None:
    assert add_item("{matters: [{gap: x}]}\n", "e.yaml", "matters", "{gap: y}") == "{matters: [{gap: x}, {gap: y}]}\n"


def test_json_and_schemas_hold_what_was_stated(catalog: Catalog, tmp_path: Path) -> None:
    found = advice_as_dict(advice_on(catalog, HEAD + GAP))
    jsonschema.validate(found, advice_schema())
    assert found["engagement"]["times"]["project_manager"][0]["days"] == 1.0
    assert found["engagement"]["matters"][0]["by"] == "2027-05-03"
    good = {"answers": {}, "matters": [{"gap": "x", "by": "2027-05-03"}], "people": {"project_manager": {"days": 2.5}}}
    jsonschema.validate(good, engagement_schema(catalog))
    assert engagement(catalog, json.dumps(good)).times["project_manager"] == (Stint(days=2.5),)
    for bad in ({"gaps": "x"}, {"gap": "x", "promise": "y"}, {"by": "2027-05-03"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"answers": {}, "matters": [bad]}, engagement_schema(catalog))


def test_a_rulebook_with_a_faulty_kind_says_where(tmp_path: Path) -> None:
    rules = tmp_path / "ours"
    rules.mkdir()
    (rules / "rulebook.yaml").write_text("extends: standard\ntitle: Ours\nversion: '1'\n")
    (rules / "matters.yaml").write_text(
        "matters:\n"
        "  - {kind: who, asks: What?, says: Why., cites: [RF1], then: {fact: {text: '{whta}', rank: 5}}}\n"
        "  - {kind: gap, asks: A, says: B, cites: [RF1], then: {step: {who: nobody, what: '[x', by: now, rank: 5}}}\n"
        "derived: []\n"
    )
    with pytest.raises(InputError) as caught:
        load_rulebook(rules)
    said = "\n".join(map(str, caught.value.problems))
    for told in (
        "'who' is a field of every matter",
        "{whta} is filled by nothing (did you mean what?)",
        "'nobody' is no role",
        "has a bracket without its other half",
        "has no collide",
        "has no leaves",
        "has no starts",
    ):
        assert told in said


def test_one_person_who_decides_is_asked_for_once(catalog: Catalog) -> None:
    """Whoever settles a dispute among the client's people decides the rest as well."""
    quarrel = "matters: [{dispute: what is right, who: Mo Hale; Lea Kay, about: authority}]\n"
    asked = [step.what for step in brief(catalog, PARTS + quarrel).steps if "Acme" in step.what]
    assert len([one for one in asked if "one person above" in one or "name who decides" in one]) == 1


def test_a_title_is_no_part_that_somebody_decides(catalog: Catalog) -> None:
    """It stands behind the name."""
    two = "[{name: Hal Orr, does: chair}, {name: Sue Ray, does: money}]"
    said = brief(catalog, PARTS.replace("people:\n", f"people:\n  client_sponsor: {two}\n"))
    assert any("Hal Orr (chair)" in seat.person for seat in said.seats)
    assert not any("chair" in row.name for phase in said.phases for row in phase.rows)


def test_nothing_that_was_stated_is_lost(catalog: Catalog) -> None:
    """What has neither a step nor a risk comes up again on its day; and until a manager comes, somebody real acts."""
    kinds = [f"{{decision: question {at}, by: 2027-06-{at + 10}}}" for at in range(12)]
    people = PARTS.replace("project_manager: Ada Lund", "project_manager: {name: Ada Lund, from: 2027-06-07}")
    people = people.replace("people:\n", "people:\n  executive_sponsor: Gil Ray\n")
    one = brief(catalog, f"{people}matters: [{', '.join(kinds)}]\n")
    told = f"{everything(one)} {' '.join(one.look_again)}".lower()
    assert all(f"question {at}" in told for at in range(12))
    assert not any(step.who.startswith("Stand-in") for step in one.steps)


@pytest.mark.parametrize("more", ["owner: delivery_team", "who: Ada Lund", "who: Ada Lund, does: Ada Lund"])
def test_somebody_does_what_is_produced_and_accepted_whoever_answers_for_it(catalog: Catalog, more: str) -> None:
    """Also where that is the team, or the manager who would have done it."""
    letters = letters_of_stated(catalog, f"{PARTS}matters: [{{deliverable: the report, {more}}}]\n")
    given = ["".join(row.values()) for row in letters.values()]
    assert all("R" in one and one.count("A") == 1 for one in given)


OVERRUNS = {
    "price: GBP 90000, spent: GBP 61000, forecast: GBP 104000": (
        "GBP 104,000 forecast, with GBP 61,000 spent, against GBP 90,000: GBP 14,000 over",
        "GBP 14,000",
    ),
    "price: GBP 90000, forecast: GBP 104000, extra: GBP 6000": (
        "GBP 104,000 forecast, against GBP 90,000: GBP 14,000 over, of which GBP 6,000 can be put in",
        "GBP 8,000",
    ),
    "price: GBP 90000, spent: GBP 104000, extra: GBP 6000": (
        "GBP 104,000 spent, against GBP 90,000: GBP 14,000 over, of which GBP 6,000 can be put in",
        "GBP 8,000",
    ),
    "price: GBP 90000, spent: GBP 104000, forecast: GBP 99000": (
        "GBP 104,000 spent, against GBP 90,000: GBP 14,000 over",
        "GBP 14,000",
    ),
    "price: GBP 90000, spent: GBP 104000, forecast: GBP 120000": (
        "GBP 120,000 forecast, with GBP 104,000 spent, against GBP 90,000: GBP 30,000 over",
        "GBP 30,000",
    ),
}


@pytest.mark.parametrize(("money", "told"), OVERRUNS.items())
def test_a_forecast_above_the_price_is_a_reason_and_somebody_says_where_the_rest_comes_from(
    catalog: Catalog, money: str, told: tuple[str, str]
) -> None:
    """What can be put in is taken off; a client reads nothing of it."""
    text, (what, rest) = f"{NOBODY_LEADS}matters: [{{gap: the lift}}]\nmoney: {{{money}}}\n", told
    said = brief(catalog, text)
    assert (
        f"{what}." in brief(catalog, f"{NOBODY_LEADS}money: {{{money}}}\n").facts
    )  # also where nothing else is stated
    assert f"{what}." in said.facts
    todo = f"Decide where {rest} comes from before more is committed, in three lines with a sum each"
    step = by_subject(said)[what]
    assert (step.who, step.by) == ("Nadia Fenwick", "by 14 January")
    parts = "ordered on top and to be paid for, left out or moved, carried by us"
    assert step.what == f"{what}. {todo}: {parts}."
    theirs = everything(brief(catalog, text, Edition(client_view=True)))
    assert "forecast, " not in theirs and "GBP" not in theirs


@pytest.mark.parametrize(
    "money",
    [
        "price: GBP 90000, forecast: GBP 96000, extra: GBP 6000",
        "price: GBP 90000, spent: GBP 61000, forecast: GBP 90000",
        "price: GBP 90000, spent: GBP 61000",
        "price: GBP 90000, spent: GBP 96000, extra: GBP 6000",
        "spent: GBP 61000, forecast: GBP 104000",
    ],
)
def test_a_forecast_that_the_money_covers_asks_for_nothing(catalog: Catalog, money: str) -> None:
    """Nor does one that nothing is set against."""
    said = everything(brief(catalog, f"{NOBODY_LEADS}matters: [{{gap: the lift}}]\nmoney: {{{money}}}\n"))
    assert "forecast, " not in said
    assert "before more is committed" not in said


ADA_LEADS = NOBODY_LEADS.replace("neither", "project_manager")
FIXED = """\
matters:
  - {milestone: "the pitch, which counts", by: 2027-01-28}
  - {decision: the bot, by: 2027-02-02}
  - {milestone: the fair, by: 2027-02-06}
  - {approval: the logo, by: 2027-03-05}
"""


@pytest.mark.parametrize(
    ("weekdays", "days"),
    [
        ("Monday to Wednesday", "28 January (the pitch), 5 March (the logo), 9 April (go-live)"),
        ("Tue, Thu", "5 March (the logo), 9 April (go-live)"),
        ("tuesday and friday", "28 January (the pitch)"),
        ("Wed-Fri", "2 February (the bot)"),
        ("Weds, Thurs & Fridays", "2 February (the bot)"),
        ("Mon-Wed, Fri", "28 January (the pitch)"),
    ],
)
def test_fixed_days_on_which_a_manager_does_not_work_are_one_step(catalog: Catalog, weekdays: str, days: str) -> None:
    """Of the days of the week, as nobody works on a Saturday."""
    ada = f"  project_manager: {{name: Ada Lund, weekdays: '{weekdays}'}}\n"
    (step,) = (step for step in brief(catalog, f"{ADA_LEADS}{ada}{FIXED}").steps if "does not work on" in step.what)
    assert (step.who, step.by) == ("Nadia Fenwick", "by 15 January")
    asked = "Agree other days of the week with Ada Lund, or say who acts on these days and may decide"
    assert step.what == f"{asked}: Ada Lund does not work on {days}."


def test_days_of_the_week_on_which_nothing_is_missed_ask_for_nothing(catalog: Catalog) -> None:
    """Nor do those of whoever does not lead, nor fixed days that are months away."""
    ada = "  project_manager: {name: Ada Lund, weekdays: Mon-Fri}\n"
    bo = "  project_manager: Ada Lund\n  delivery_team: [{name: Bo, weekdays: Mon}]\n"
    for people in (ada, bo):
        assert "does not work on" not in everything(brief(catalog, f"{ADA_LEADS}{people}{FIXED}"))
    away = ADA_LEADS.replace("go_live: 2027-04-09", "go_live: 2027-06-11")
    mon = "  project_manager: {name: Ada Lund, weekdays: Mon}\n"
    assert "does not work on" not in everything(brief(catalog, f"{away}{mon}"))


def test_days_of_the_week_are_the_days_that_somebody_has_where_nothing_else_is_said(catalog: Catalog) -> None:
    """The seat and the headline count them."""
    for more, days in (("", "3 days a week"), (", days: 2", "2 days a week")):
        ada = f"  project_manager: {{name: Ada Lund, weekdays: Monday to Wednesday{more}}}\n"
        said = brief(catalog, f"{ADA_LEADS}{ada}")
        assert f"Ada Lund leads as project manager, {days} from 25 January" in said.decision
        assert next(seat.time for seat in said.seats if seat.person == "Ada Lund").startswith(days)


@pytest.mark.parametrize(
    ("weekdays", "days"),
    [
        ("Mondays", "1 day"),
        ("Tues, Thurs", "2 days"),
        ("Mon-Tue, Thu", "3 days"),
        ("Monday; Wednesday & Fri", "3 days"),
        ("mon to wed and Fri", "4 days"),
    ],
)
def test_days_of_the_week_are_read_as_people_write_them(catalog: Catalog, weekdays: str, days: str) -> None:
    """In full or short, one or several, with spans among them."""
    ada = f"  project_manager: {{name: Ada Lund, weekdays: '{weekdays}'}}\n"
    assert f"Ada Lund leads as project manager, {days} a week" in brief(catalog, f"{ADA_LEADS}{ada}").decision


@pytest.mark.parametrize(("weekdays", "on"), [("Mon, Tue", {0, 1}), ("Thu", {3}), ("Wed-Fri", {2, 3, 4})])
def test_steps_fall_on_the_days_of_whoever_takes_them(catalog: Catalog, weekdays: str, on: set[int]) -> None:
    """None before the day of the file; those of others stay."""
    ada = f"  project_manager: {{name: Ada Lund, weekdays: '{weekdays}'}}\n"
    matters = "matters: [{gap: the lift}, {promise: a chat bot}, {deliverable: the texts, by: 2027-02-12}]\n"
    steps = [one for one in brief(catalog, f"{ADA_LEADS}{ada}{matters}").steps if one.by.startswith("by ")]
    days = [(one.who, datetime.strptime(f"{one.by} 2027", "by %d %B %Y").date()) for one in steps]
    of_ada = [day for who, day in days if who == "Ada Lund"]
    assert len(of_ada) == 3 and {day.weekday() for day in of_ada} <= on
    assert all(day >= date(2027, 1, 12) for day in of_ada)


def test_going_live_in_a_freeze_is_a_reason_and_a_step(catalog: Catalog) -> None:
    """Whoever signs for the client chooses which of the two days gives way."""
    frozen = "{freeze: no changes before the annual bills, from: 2027-03-01, until: 2027-04-16}"
    said = brief(catalog, f"{NOBODY_LEADS}matters: [{frozen}]\n")
    falls = "Go-live on 9 April falls on days on which nothing may be changed: no changes before the annual bills, "
    assert f"{falls}1 March to 16 April." in said.facts
    (step,) = (one for one in said.steps if "an exception for this one change" in one.what)
    assert step.what.startswith("No changes before the annual bills, 1 March to 16 April. Ask the client sponsor")
    later = brief(catalog, f"{NOBODY_LEADS}matters: [{frozen.replace('2027-03-01', '2027-04-12')}]\n")
    assert not any("nothing may be changed" in fact for fact in later.facts)


def test_people_of_a_party_have_their_time(catalog: Catalog) -> None:
    """Also where the party stands for a role of another name."""
    desk = "  service_desk: {name: Leila Marsh, days: 4, until: 2027-03-01}\n"
    said = brief(catalog, f"{NOBODY_LEADS}{desk}matters: [{{gap: the night rota, does: Leila Marsh}}]\n")
    assert "Leila Marsh" in everything(said) and "The night rota" in by_subject(said)


def test_a_risk_keeps_enough_of_its_text_to_say_what_it_is(catalog: Catalog) -> None:
    """A name alone is no risk."""
    worry = (
        "Colin Brereton, who is good on plans and money, answers for four other things, has run no such rollout so far"
    )
    said = brief(catalog, f'{NOBODY_LEADS}matters: [{{worry: "{worry}"}}]\n')
    assert not any(danger.what == "Colin Brereton." for danger in said.dangers)
    assert any(danger.what.startswith("Colin Brereton, who is good on plans and money") for danger in said.dangers)


def test_who_works_on_what_is_settled_between_a_manager_and_a_lead(catalog: Catalog) -> None:
    """Each says one half of it, and whoever is above both decides what does not fit."""
    people = "people: {delivery_manager: Ada Low, technical_lead: Ben Ray, executive_sponsor: Fay}\n"
    dispute = "{dispute: who decides what the developers work on each day, who: Ada Low and Ben Ray, about: authority}"
    said = brief(catalog, f"{NOBODY_LEADS.partition('people:')[0]}{people}matters: [{dispute}]\n")
    told = (
        "Tell both together: Ada Low says what is needed and by which day, Ben Ray says who does it and whether it fits"
    )
    assert any(told in step.what and step.who == "Fay" for step in said.steps)
    who_works = "matters: [{dispute: who works on what, about: who_works}]\n"
    led, nobody, scrum = (
        " ".join(step.what for step in brief(catalog, f"{head}{who_works}").steps)
        for head in (HEAD, NOBODY_LEADS, NOBODY_LEADS.replace("account_manager]", "product_owner], methodology: scrum"))
    )
    assert "Tell all that Ada Lund says who works on what, and nobody else" in led
    assert "Name one person who says who works on what" in nobody
    assert "Name one person who says who works on what" in scrum
    owned = NOBODY_LEADS.replace("neither", "neither, methodology: scrum") + "  product_owner: Kim Ade\n"
    in_flow = " ".join(step.what for step in brief(catalog, f"{owned}{who_works}").steps)
    assert "nobody assigns work: the team takes it in the order that Kim Ade gives" in in_flow

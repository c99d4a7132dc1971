"""What a file answers by its people and its money: who can be had, how many days are paid for, and what is short."""

from __future__ import annotations

import json

import jsonschema
import pytest

from advisor.advise import advise
from advisor.advise.implied import with_implied
from advisor.catalog.engagements import read_one
from advisor.catalog.schema import engagement_schema
from advisor.documents import write
from advisor.documents.advice.as_json import advice_schema
from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.compose import brief_of
from advisor.documents.brief.content import Brief
from advisor.documents.shared.edition import Edition
from advisor.errors import InputError
from advisor.interview.writing import dump_engagement
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog

DATES = "dates: {as_of: 2027-01-14, start: 2027-03-01, go_live: 2027-07-01}\n"


def on(catalog: Catalog, more: str, **answers: str) -> Advice:
    told = ", ".join(f"{name}: {option}" for name, option in {"kind_of_work": "software_build", **answers}.items())
    head = f"engagement: {{id: x, name: X, client: Acme}}\nanswers: {{{told}}}\n"
    return advise(catalog, read_one(f"{head}{DATES}{more}".encode(), "x.yaml", catalog))


def brief(advice: Advice) -> Brief:
    return brief_of(advice, view_of(advice, Edition("brief")))


@pytest.mark.parametrize(
    ("people", "had"),
    [
        ("{delivery_manager: Ada, project_manager: Ben}", "both"),
        ("{project_manager: Ben}", "project_manager"),
        ("{delivery_manager: Ada, project_manager: {name: Ben, until: 2027-05-31}}", "delivery_manager"),
        ("{delivery_manager: Ada, project_manager: {name: Ben, days: 0}}", "delivery_manager"),
        (
            "{delivery_manager: Ada, project_manager: [{name: Ben, until: 2027-05-31}, {name: Cy, from: 2027-06-01}]}",
            "both",
        ),
        ("{client_sponsor: Dee}", ""),
    ],
)
def test_who_can_be_had_is_who_is_named_and_stays(catalog: Catalog, people: str, had: str) -> None:
    """Nobody who has no days or goes before go-live, unless somebody follows them."""
    file = f"engagement: {{id: x}}\nanswers: {{}}\n{DATES}people: {people}\n"
    engagement = with_implied(catalog, read_one(file.encode(), "x.yaml", catalog))
    assert engagement.answers.get("managers_available", "") == had


def test_an_answer_that_was_given_stands(catalog: Catalog) -> None:
    """Whoever answered knows of people whom the file does not name."""
    advice = on(catalog, "people: {project_manager: Ben}\n", managers_available="both")
    assert advice.engagement.answers["managers_available"] == "both"


def test_the_file_is_written_with_the_answers_that_somebody_gave(catalog: Catalog) -> None:
    """What follows from people is not written as if somebody had said it."""
    engagement = read_one(b"engagement: {id: x}\nanswers: {}\npeople: {project_manager: Ben}\n", "x.yaml", catalog)
    assert "managers_available" not in dump_engagement(engagement)


def test_of_two_managers_the_one_who_stays_leads(catalog: Catalog) -> None:
    """A project manager who goes a month before go-live leads nothing until then."""
    people = "people: {delivery_manager: {name: Ada, days: 3}, project_manager: {name: Ben, until: 2027-05-31}}\n"
    advice = on(catalog, people, team_size="five_to_nine", build_paid="fixed_price", plans_at_once="one")
    assert brief(advice).decision.startswith("Ada leads")
    assert "Ben leads" not in brief(advice).decision


MONEY = "money: {price: GBP 168000, managing: GBP 19500, rate: GBP 650}\n"
ADA = "people: {delivery_manager: {name: Ada, days: 3}, account_manager: Eve}\n"
ONE = {"plans_at_once": "one", "team_size": "five_to_nine"}


def test_days_and_money_are_added_up(catalog: Catalog) -> None:
    """Days until go-live, what they cost, what is there for it, and who closes the gap."""
    one = brief(on(catalog, ADA + MONEY, stage="before_start", build_paid="fixed_price", **ONE))
    assert "44 days of Ada, about GBP 28,600; there is GBP 19,500 for it: about GBP 9,100 short." in one.staffing
    step = next(one for one in one.steps if "GBP 9,100" in one.what)
    assert step.who == "Eve" and "Without it Ada has 30 days, 1.5 a week" in step.what


def test_money_that_reaches_asks_for_nothing(catalog: Catalog) -> None:
    """What is to spare is said, and no step is made of it."""
    enough = MONEY.replace("19500", "60000")
    one = brief(on(catalog, ADA + enough, stage="before_start", build_paid="fixed_price", **ONE))
    assert "about GBP 31,400 to spare" in one.staffing
    assert not any("GBP" in step.what for step in one.steps)


def test_days_that_money_pays_for_answer_how_many_are_paid_for(catalog: Catalog) -> None:
    """Thirty days over seventeen weeks are a day and a half a week."""
    advice = on(catalog, ADA + MONEY)
    assert advice.engagement.answers["managing_days"] == "up_to_three" and advice.paid_days == 1.5


def test_a_client_reads_nothing_of_it(catalog: Catalog) -> None:
    """Neither in the brief nor in the long document."""
    advice = on(catalog, ADA + MONEY, stage="before_start", build_paid="fixed_price", **ONE)
    for document in ("brief", "both"):
        assert "GBP" not in write(advice, "markdown", Edition(document, client_view=True)).decode()


def test_money_comes_back_as_it_was_written(catalog: Catalog) -> None:
    """A file that is written again has it."""
    money = "{price: EUR 9500, managing: EUR 900, days: 7.5, rate: EUR 640, afterwards: EUR 50, extra: EUR 70}"
    text = f"engagement: {{id: x}}\nanswers: {{}}\nmoney: {money}\n"
    engagement = read_one(text.encode(), "x.yaml", catalog)
    assert read_one(dump_engagement(engagement).encode(), "x.yaml", catalog) == engagement


@pytest.mark.parametrize(
    ("money", "said"),
    [
        ("{prize: 1}", "prize: is no field that is known here (did you mean price?)"),
        ("{price: lots}", "money.price: 'lots' is no amount of money; write it as EUR 640"),
        ("{days: -3}", "money.days: '-3' is no number of days, such as 10 or 7.5"),
        ("{price: EUR 100, rate: GBP 5}", "money: has EUR and GBP; use one currency"),
        ("[1]", "money: must be a mapping"),
    ],
)
def test_what_is_wrong_with_money_is_said(catalog: Catalog, money: str, said: str) -> None:
    """With the field and what is allowed."""
    with pytest.raises(InputError) as wrong:
        read_one(f"engagement: {{id: x}}\nmoney: {money}\n".encode(), "x.yaml", catalog)
    assert said in str(wrong.value)


def test_json_has_it(catalog: Catalog) -> None:
    """For the firm alone."""
    advice = on(catalog, ADA + MONEY)
    said = json.loads(write(advice, "json", Edition("both")))
    jsonschema.validate(said, advice_schema())
    jsonschema.validate({"answers": {}, "money": {"price": "EUR 9500", "days": 7.5}}, engagement_schema(catalog))
    assert said["engagement"]["money"]["managing"] == "GBP 19500"


def test_what_can_be_put_in_closes_part_of_the_gap(catalog: Catalog) -> None:
    """Beside what is sold; before a signature whose day is known, and with what is left to manage if nobody pays."""
    more = ADA + MONEY.replace("}", ", extra: EUR 3000}").replace("EUR 3000", "GBP 3000")
    signing = "matters:\n- {approval: the fixed price, by: 2027-02-12}\n"
    one = brief(on(catalog, more + signing, stage="before_start", build_paid="fixed_price", **ONE))
    assert "there is GBP 19,500 for it and GBP 3,000 more at most: about GBP 6,100 short" in one.staffing
    step = next(one for one in one.steps if "GBP 6,100" in one.what)
    assert step.by == "by 5 February" and "Without it Ada has 34 days" in step.what


def test_people_bought_in_are_paid_from_what_can_be_put_in(catalog: Catalog) -> None:
    """What is left, or until when the money reaches."""
    hands = "people: {project_manager: Ben, delivery_team: {name: Tess, does: testing, rate: GBP 400}}\n"
    one = brief(on(catalog, hands + "money: {extra: GBP 40000}\n", **ONE))
    assert "Of the GBP 40,000 more, Tess takes GBP 34,800 (87 days): GBP 5,200 is left" in one.staffing
    short = brief(on(catalog, hands + "money: {extra: GBP 20000}\n", **ONE))
    assert "GBP 20,000 more is there, enough for Tess until 7 May." in short.staffing


def test_a_price_in_one_sum_buys_nothing_after_the_warranty(catalog: Catalog) -> None:
    """For a supplier; whoever says that support follows knows better."""
    sold = on(catalog, "money: {price: GBP 90000}\n", reader="supplier", **ONE)
    assert "post_delivery" not in sold.assumed and sold.engagement.answers["run_paid"] == "not_paid"
    kept = on(catalog, "money: {price: GBP 90000}\n", reader="supplier", post_delivery="ongoing_support", **ONE)
    assert kept.engagement.answers["post_delivery"] == "ongoing_support"
    assert "post_delivery" in on(catalog, "money: {price: GBP 90000, afterwards: GBP 900}\n", **ONE).assumed


def test_a_decision_on_somebody_whom_the_money_pays_for_is_taken(catalog: Catalog) -> None:
    """Where it does not reach, somebody has to decide."""
    hands = "people: {project_manager: Ben, delivery_team: {name: Tess, does: testing, rate: GBP 400}}\n"
    asked = "matters: [{decision: whether Tess is taken, by: 2027-01-29}]\n"
    paid = brief(on(catalog, f"{hands}money: {{extra: GBP 40000}}\n{asked}", **ONE))
    assert any(step.what.startswith("Whether Tess is taken. Say yes, as the money is there") for step in paid.steps)
    short = brief(on(catalog, f"{hands}money: {{extra: GBP 20000}}\n{asked}", **ONE))
    assert not any("Say yes" in step.what for step in short.steps)


CAL, INES = "{name: Cal, days: 2, rate: GBP 400}", "{name: Ines, days: 3, rate: GBP 450}"
TWO = f"people: {{delivery_manager: {CAL}, project_manager: {INES}}}\n"


def test_the_cheaper_of_two_leads_where_the_other_is_not_paid_for(catalog: Catalog) -> None:
    """Whatever the title, if they have days enough; and the reason stands there."""
    one = brief(on(catalog, f"{TWO}money: {{managing: GBP 9000}}\n", **ONE))
    assert one.decision.startswith("Cal leads as project manager")
    assert "No Ines: a week costs GBP 1,350, and GBP 800 with Cal; GBP 9,000 is there for managing in all." in one.facts
    assert brief(on(catalog, f"{TWO}money: {{managing: GBP 90000}}\n", **ONE)).decision.startswith("Ines leads")
    few = TWO.replace("days: 2", "days: 0.5")
    assert brief(on(catalog, f"{few}money: {{managing: GBP 9000}}\n", **ONE)).decision.startswith("Ines leads")


def test_of_two_for_both_roles_the_cheaper_leads_where_the_other_is_not_paid_for(catalog: Catalog) -> None:
    """One person has both roles: the one named for the first, unless the money says otherwise."""
    both = {**ONE, "client_contact": "daily", "post_delivery": "ongoing_support"}
    people = TWO.replace(CAL, CAL.replace("400", "700").replace("2", "3"))
    one = brief(on(catalog, f"{people}money: {{managing: GBP 9000}}\n", **both))
    assert one.decision.startswith("Ines leads as delivery and project manager")
    assert [column.head for column in one.columns if column.head in ("Cal", "Ines")] == ["Ines"]
    costs = "a week costs GBP 2,100, and GBP 1,350 with Ines; GBP 9,000 is there for managing in all."
    assert f"No Cal: {costs}" in one.facts
    assert brief(on(catalog, f"{people}money: {{managing: GBP 90000}}\n", **both)).decision.startswith("Cal leads")
    few = people.replace(INES, INES.replace("3", "0.5"))
    assert brief(on(catalog, f"{few}money: {{managing: GBP 9000}}\n", **both)).decision.startswith("Cal leads")
    assert brief(on(catalog, f"{TWO}money: {{managing: GBP 9000}}\n", **both)).decision.startswith("Cal leads")


def test_what_can_be_put_in_is_all_there_is_where_nothing_is_sold(catalog: Catalog) -> None:
    """Inside one organisation, an allowance pays for the manager."""
    ben = "people: {project_manager: {name: Ben, days: 2, rate: GBP 500}}\n"
    one = brief(on(catalog, f"{ben}money: {{extra: GBP 40000}}\n", reader="internal_provider", **ONE))
    assert "; there is GBP 40,000 more at most: about GBP 22,500 to spare." in one.staffing


def test_sums_in_two_currencies_are_not_set_against_each_other(catalog: Catalog) -> None:
    """Nobody is declined or cut short by an amount that is not comparable."""
    hands = "people: {project_manager: Ben, delivery_team: {name: Tess, does: testing, rate: EUR 400}}\n"
    offer = 'matters: [{offer: "Tom Lee (EUR 900 a day), 5 days a week"}]\n'
    one = brief(on(catalog, f"{hands}money: {{extra: GBP 2000}}\n{offer}", **ONE))
    assert "GBP" not in one.staffing and not any("Tom Lee" in fact for fact in one.facts)


def test_managers_without_a_name_are_not_compared(catalog: Catalog) -> None:
    """There is nobody to say it of."""
    people = "people: {project_manager: {days: 1, rate: GBP 100}, delivery_manager: {days: 3, rate: GBP 400}}\n"
    one = brief(on(catalog, f"{people}money: {{managing: GBP 2000}}\n", **ONE))
    assert not any("a week costs" in fact for fact in one.facts)

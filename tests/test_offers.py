"""Somebody who is offered, a post that is asked for, people who were not asked yet: what the first steps say."""

from __future__ import annotations

import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_one
from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.compose import brief_of
from advisor.documents.brief.content import Brief
from advisor.documents.shared.edition import Edition
from advisor.model.rulebook import Catalog

ALONE = "{kind_of_work: software_build, plans_at_once: one, team_size: five_to_nine, post_delivery: none}"
LARGE = "{plans_at_once: one, client_contact: daily, duration: over_a_year, plan_size: over_sixty, "
LARGE += "kind_of_work: package_rollout}"
SMALL = "{kind_of_work: advisory, plans_at_once: one, duration: under_three_months, managing_days: up_to_one}"
DATES = "dates: {as_of: 2027-01-14, start: 2027-03-01, go_live: 2027-07-01}\n"


def brief(catalog: Catalog, more: str, answers: str = ALONE) -> Brief:
    text = f"engagement: {{id: x, name: X, client: Acme}}\nanswers: {answers}\n{DATES}{more}"
    advice = advise(catalog, read_one(text.encode(), "x.yaml", catalog))
    return brief_of(advice, view_of(advice, Edition("brief")))


def steps(one: Brief) -> str:
    return "\n".join(f"{step.who}: {step.what}" for step in one.steps)


BEN = "people: {project_manager: Ben, executive_sponsor: Fay}\n"


def test_an_offer_that_nobody_needs_is_declined_with_the_reason(catalog: Catalog) -> None:
    """A role that the model does not have, and one that somebody has already."""
    offer = "matters:\n- {offer: Tom from Digital, who: Lorna, amount: GBP 9500, per: month}\n"
    said = steps(brief(catalog, BEN + offer))
    assert "Decline with thanks, and tell Lorna that no delivery manager is needed: " in said
    assert "GBP 9,500 a month, about GBP 38,200 in all" in said
    held = steps(brief(catalog, BEN + offer.replace("who:", "role: project_manager, who:")))
    assert "tell Lorna that Ben does this already" in held


def test_an_offer_for_an_empty_seat_is_taken_up(catalog: Catalog) -> None:
    """Where the model has a role without a name."""
    said = steps(brief(catalog, "matters:\n- {offer: Tom from Digital, who: Lorna, role: project_manager}\n"))
    assert "Tom from Digital. Take this up as project manager, since nobody holds that part; agree days" in said
    assert "; agree days, a first and a last day in writing with Lorna." in said


def test_a_post_is_answered_by_the_model(catalog: Catalog) -> None:
    """Whoever wants another manager hears why not, in words that can be passed on."""
    post = 'matters:\n- {decision: "whether a delivery manager comes as well", who: Lorna, about: post}\n'
    assert "Answer Lorna that no delivery manager is needed: " in steps(brief(catalog, BEN + post))


def test_a_decision_between_two_managers_names_the_one_who_leads(catalog: Catalog) -> None:
    """Also where they stand under two roles."""
    people = "people: {delivery_manager: Ada, project_manager: Ben, executive_sponsor: Fay}\n"
    decision = "matters:\n- {decision: whether Ada or Ben is named in the offer, about: person}\n"
    one = brief(catalog, people + decision)
    assert one.decision.startswith("Ben leads")
    assert "Name Ben, who leads by this page, and tell Ada the same day why" in steps(one)


def test_who_was_not_asked_is_asked_first(catalog: Catalog) -> None:
    """Before anybody else hears the name."""
    one = brief(catalog, BEN.replace("Ben", "{name: Ben, asked: no}"))
    assert one.steps[0].what.startswith("Ask Ben to be project manager")
    assert any("Ben says no" in danger.what for danger in one.dangers)


@pytest.mark.parametrize("role", ["account_manager", "team_lead", "executive_sponsor"])
def test_a_day_a_week_is_led_by_somebody_who_is_there(catalog: Catalog, role: str) -> None:
    """And nobody has to appoint themselves."""
    one = brief(catalog, f"people: {{{role}: Jo}}\n", SMALL)
    assert one.decision.startswith("Jo leads")
    assert "Jo: Appoint Jo" not in steps(one) and "to be named" not in one.decision


def test_what_nobody_has_goes_to_the_manager_with_days_to_spare(catalog: Catalog) -> None:
    """A project manager who has too few days for the plan takes nothing on beside it, and covers for nobody."""
    people = (
        "people:\n  delivery_manager: {name: Ada, days: 5, from: 2027-04-01}\n"
        "  project_manager: {name: Ben, days: 3}\n  executive_sponsor: Fay\n"
    )
    gap = "matters:\n- {gap: support of the five sites}\n"
    one = brief(catalog, people + gap, LARGE)
    assert one.decision.startswith("Two managers")
    assert "Where the two meet: Ada says whether people are ready, Ben whether systems" in one.staffing
    taken = "Support of the five sites. Take this on"
    assert f"Fay: {taken}" in steps(one) and f"Ben: {taken}" not in steps(one)  # until Ada is free
    assert "Lead as delivery manager" not in steps(one)
    roomy = brief(catalog, people.replace("days: 3", "days: 5") + gap, LARGE)
    assert f"Ben: {taken}" in steps(roomy)
    assert "Ben: Lead as delivery manager until Ada is free on 1 April, and hand over in writing" in steps(roomy)


CAPPED = BEN + "money: {extra: GBP 20000}\n"
TOM = '- {offer: "Tom Lee (GBP 700 a day), 3 days a week from 1 March to the end of June", who: Lorna}\n'


def test_an_offer_is_set_against_the_money_that_there_is(catalog: Catalog) -> None:
    """Its days and its sum are worked out from its words; the sum stands once in the step."""
    one = brief(catalog, f"{CAPPED}matters:\n{TOM}")
    assert "No Tom Lee: 52 days are GBP 36,400, and GBP 20,000 is all there is." in one.facts
    assert steps(one).count("36,400") == 1
    roomy = brief(catalog, f"{CAPPED.replace('20000', '90000')}matters:\n{TOM}")
    assert not any("Tom Lee" in fact for fact in roomy.facts)


def test_a_pair_of_hands_is_taken_on_where_the_money_reaches(catalog: Catalog) -> None:
    """It is no manager, so no post decides it."""
    hands = 'matters:\n- {offer: "a contract tester (GBP 300 a day), 2 days a week", who: Lorna}\n'
    assert "Take this on, with a first and a last day in writing" in steps(brief(catalog, CAPPED + hands))
    dear = steps(brief(catalog, CAPPED + hands.replace("300", "900")))
    assert "Decline this, as 35 days are GBP 31,500, and GBP 20,000 is all there is" in dear


def test_a_second_manager_does_not_decide_what_waits_for_the_client(catalog: Catalog) -> None:
    """In work that is in trouble, where somebody asks for one."""
    trouble = ALONE.replace("}", ", health: in_trouble}")
    waits = "- {dependency: what is right in 58 faults, who: Dee}\n"
    people = BEN.replace("}", ", client_sponsor: Dee}")
    said = brief(catalog, f"{people}matters:\n{TOM}{waits}", trouble).facts
    assert "No second manager: what holds the work up is Acme's to decide (what is right in 58 faults)." in said
    assert not any("holds the work up" in one for one in brief(catalog, f"{people}matters:\n{TOM}{waits}").facts)


def test_whoever_goes_too_early_is_said_to(catalog: Catalog) -> None:
    """As the reason why they do not lead."""
    people = "people: {project_manager: Ben, delivery_manager: {name: Ada, until: 2027-05-15}}\n"
    facts = brief(catalog, people).facts
    assert "No delivery manager: Ada goes on 15 May, before go-live on 1 July." in facts


def test_a_form_gets_the_name_of_whoever_leads(catalog: Catalog) -> None:
    """Also where the file says that it is about a post."""
    form = "matters:\n- {decision: the two boxes of their form, who: Ian, about: post, by: 2027-02-01}\n"
    assert "The two boxes of their form. Name Ben as project manager." in steps(brief(catalog, BEN + form))


FAY = "people: {executive_sponsor: Fay}\n"


def heads(one: Brief) -> list[str]:
    return [f"{column.head}, {column.under}" for column in one.columns]


def test_whoever_is_offered_for_an_empty_seat_leads(catalog: Catalog) -> None:
    """In the headline and in the matrix, from the day on which they can be had."""
    one = brief(catalog, f"{FAY}matters:\n{TOM.replace('1 March to the end of June', '1 April')}")
    assert one.decision.startswith(
        "Tom Lee leads as project manager, 3 days a week from 1 April until delivery on 1 July"
    )
    assert heads(one)[0] == "Tom Lee, project manager"
    assert any("A" in row.cells[0].kind for phase in one.phases for row in phase.rows)
    assert "Fay: Stand in yourself, or name somebody, as project manager until Tom Lee is free on 1 April" in steps(one)
    todo = "Take this up as project manager, since nobody holds that part; agree days"
    assert f"39 days, GBP 27,300 in all. {todo}" in steps(one)


def test_two_offers_fill_two_seats_and_no_third(catalog: Catalog) -> None:
    """The first for each; whoever is offered after that is declined."""
    offers = "matters:\n- {offer: Tom Lee, who: Lorna}\n- {offer: Una Fox, who: Gil}\n- {offer: Vic Ray, who: Gil}\n"
    one = brief(catalog, FAY + offers, LARGE)
    assert heads(one)[:2] == ["Tom Lee, delivery manager", "Una Fox, project manager"]
    assert "Una Fox runs the plan as project manager" in one.decision and "Vic Ray" not in one.decision
    assert "Vic Ray. Decline with thanks, and tell Gil that both parts have somebody, Tom Lee and Una Fox" in steps(one)
    alone = brief(catalog, FAY + offers.replace("- {offer: Vic Ray, who: Gil}\n", ""))
    assert alone.decision.startswith("Tom Lee leads") and "Una Fox. Decline with thanks" in steps(alone)


def test_two_offers_for_two_roles_fill_both(catalog: Catalog) -> None:
    """Where each says for which it is."""
    offers = "matters:\n- {offer: Tom Lee, role: delivery_manager, who: Lorna}\n"
    offers += "- {offer: Una Fox, role: project_manager, who: Gil}\n- {offer: Vic Ray, who: Gil}\n"
    one = brief(catalog, FAY + offers, LARGE)
    assert heads(one)[:2] == ["Tom Lee, delivery manager", "Una Fox, project manager"]
    assert "Una Fox. Take this up as project manager, since nobody holds that part; agree days" in steps(one)
    assert "Vic Ray. Decline with thanks, and tell Gil that both parts have somebody, Tom Lee and Una Fox" in steps(one)


def test_what_somebody_is_from_is_no_part_of_their_name(catalog: Catalog) -> None:
    """In the headline, the matrix and the steps."""
    one = brief(catalog, f"{FAY}matters: [{{offer: Tom from Digital, who: Lorna}}]\n")
    assert one.decision.startswith("Tom leads as project manager") and heads(one)[0] == "Tom, project manager"
    assert "Fay: Appoint Tom in writing" in steps(one)


@pytest.mark.parametrize("words", [", 3 days a week until 30 April", ", a contract tester", ", freelancer"])
def test_nobody_leads_who_goes_before_go_live_or_is_for_the_team_by_their_words(catalog: Catalog, words: str) -> None:
    """The seat stays open."""
    one = brief(catalog, f'{FAY}matters: [{{offer: "Tom Lee{words}", who: Lorna}}]\n')
    assert one.decision.startswith("A project manager, to be named, leads") and "Tom Lee" not in "".join(heads(one))
    hands = "Take this on, with a first and a last day in writing and the first piece of work."
    assert (f"Tom Lee{words}. {hands}" in steps(one)) == ("until" not in words)


def test_a_buyer_takes_nobody_from_a_supplier(catalog: Catalog) -> None:
    """They would accept what their own firm delivers; a supplier may."""
    file = f"{FAY.replace('}', ', supplier: Brix Ltd}')}matters: [{{offer: Tom Lee from Brix, who: Lorna}}]\n"
    one = brief(catalog, file, ALONE.replace("}", ", reader: buyer}"))
    why = "whoever accepts a supplier's work cannot come from that supplier"
    assert f"Tom Lee from Brix. Decline with thanks, and tell Lorna that {why}." in steps(one)
    assert "Tom Lee" not in one.decision
    assert brief(catalog, file, ALONE.replace("}", ", reader: supplier}")).decision.startswith("Tom Lee leads")


def test_whoever_has_less_than_half_the_days_is_relieved(catalog: Catalog) -> None:
    """By whoever is offered for the part; half the days are enough."""
    people = "people: {delivery_manager: Ada, project_manager: {name: Ben, days: 1.5}, executive_sponsor: Fay}\n"
    offer = "matters: [{offer: Tom Lee, who: Lorna}]\n"
    one = brief(catalog, people + offer, LARGE)
    since = "since Ben has 1.5 days a week, where 4 would be usual"
    assert f"Tom Lee. Take this up as project manager, {since}; agree days" in steps(one)
    assert heads(one)[:2] == ["Ada, delivery manager", "Tom Lee, project manager"]
    half = brief(catalog, people.replace("1.5", "2") + offer, LARGE)
    assert "Tom Lee. Decline with thanks, and tell Lorna that both parts have somebody, Ada and Ben." in steps(half)


def test_whoever_has_a_successor_is_not_relieved(catalog: Catalog) -> None:
    """An offer comes too late then."""
    people = "people: {project_manager: [{name: Ben, until: 2027-05-15}%s], executive_sponsor: Fay}\n"
    offer = "matters: [{offer: Tom Lee, who: Lorna}]\n"
    followed = brief(catalog, people % ", {name: Cy, from: 2027-05-10}" + offer)
    assert followed.decision.startswith("Ben leads as project manager (then Cy)")
    assert "Tom Lee. Decline with thanks" in steps(followed)
    assert "Tom Lee. Take this up as project manager, since Ben leaves on 15 May" in steps(
        brief(catalog, people % "" + offer)
    )


@pytest.mark.parametrize("ben", ["Ben", "{name: Ben, until: 2027-03-19}"])
def test_whoever_leaves_and_is_offered_stays_on(catalog: Catalog, ben: str) -> None:
    """Nobody is found in their place; without the offer, somebody is."""
    leaver = "matters:\n- {leaver: Ben goes to another firm, by: 2027-03-19}\n"
    offer = '- {offer: "Ben, 3 days a week until the end of July", who: Lorna}\n'
    one = brief(catalog, BEN.replace("Ben", ben) + leaver + offer)
    assert one.decision.startswith("Ben leads as project manager")
    assert "19 March" not in one.decision
    assert "Take this up as project manager, since Ben knows the work; agree days" in steps(one)
    assert "another firm" not in steps(one)
    assert "Ben goes to another firm (last day 19 March, " in steps(brief(catalog, BEN.replace("Ben", ben) + leaver))


def test_nobody_is_put_into_both_seats_of_large_work(catalog: Catalog) -> None:
    """Where the file has a delivery manager alone, whoever is offered runs the plan."""
    ada = "people: {delivery_manager: Ada, executive_sponsor: Fay}\n"
    alone = brief(catalog, ada, LARGE)
    assert "Two managers" not in alone.decision and "Appoint both managers" not in steps(alone)
    assert "Find a project manager" in steps(alone)
    one = brief(catalog, f"{ada}matters: [{{offer: Tom Lee, who: Lorna}}]\n", LARGE)
    assert heads(one)[:2] == ["Ada, delivery manager", "Tom Lee, project manager"]
    assert "Tom Lee. Take this up as project manager, since nobody holds that part" in steps(one)
    assert "Find a project manager" not in steps(one)


@pytest.mark.parametrize("money", ["{extra: GBP 20000}", "{managing: GBP 9000}"])
def test_nobody_leads_whom_the_money_rules_out(catalog: Catalog, money: str) -> None:
    """Whether it can be put in or is there for managing."""
    one = brief(catalog, f"{FAY}money: {money}\nmatters:\n{TOM}")
    assert one.decision.startswith("A project manager, to be named, leads") and "Tom Lee" not in "".join(heads(one))
    said = "52 days are GBP 36,400, and GBP " + (
        "20,000 is all there is." if "extra" in money else "9,000 is there for"
    )
    assert f"Decline with thanks, and tell Lorna that {said}" in steps(one) and "Take this up" not in steps(one)
    roomy, stays = money.replace("20000", "90000").replace("9000}", "90000}"), TOM.replace("June", "July")
    one = brief(catalog, f"{FAY}money: {roomy}\nmatters:\n{stays}")
    assert one.decision.startswith("Tom Lee leads") and "Take this up as project manager" in steps(one)


@pytest.mark.parametrize("offer", ["{offer: two from Digital}", "{offer: Tom Lee, about: hands}"])
def test_nobody_leads_who_is_no_one_person_or_comes_for_the_team(catalog: Catalog, offer: str) -> None:
    """The seat stays open."""
    one = brief(catalog, f"{FAY}matters: [{offer}]\n")
    assert one.decision.startswith("A project manager, to be named, leads")


def test_whoever_goes_too_early_leads_until_the_one_on_offer_comes(catalog: Catalog) -> None:
    """And hands over."""
    people = (
        "people: {delivery_manager: Ada, project_manager: {name: Ben, until: 2027-05-15}, executive_sponsor: Fay}\n"
    )
    offer = 'matters: [{offer: "Tom Lee, from 10 May", who: Lorna}]\n'
    hand_over = "Ben: Lead as project manager until Tom Lee is free on 10 May, and hand over in writing"
    todo = "Tom Lee, from 10 May. Take this up as project manager, since Ben leaves on 15 May; agree days"
    for had in ("", ", managers_available: delivery_manager"):
        one = brief(catalog, people + offer, LARGE.replace("}", f"{had}}}"))
        assert "Two managers: Tom Lee runs the plan as project manager, 4 days a week from 10 May" in one.decision
        assert "before that Ben. Ada is the client's contact as delivery manager" in one.decision
        assert hand_over in steps(one) and f"Fay: {todo}" in steps(one) and "Find a" not in steps(one)
    one = brief(catalog, people.replace("delivery_manager: Ada, ", "") + offer)
    assert one.decision.startswith("Tom Lee leads as project manager, 1.5 days a week from 10 May")
    assert "before that Ben." in one.decision and hand_over in steps(one) and f"Fay: {todo}" in steps(one)


@pytest.mark.parametrize(("answers", "lead"), [(ALONE, "Ben"), (LARGE, "Ada")])
def test_an_offer_of_whoever_leads_already_is_taken_up(catalog: Catalog, answers: str, lead: str) -> None:
    """It is no second manager."""
    people = "people: {delivery_manager: Ada, project_manager: Ben, executive_sponsor: Fay}\n"
    said = steps(brief(catalog, f'{people}matters: [{{offer: "{lead}, 4 days a week", who: Lorna}}]\n', answers))
    role = {"Ben": "project manager", "Ada": "delivery manager"}[lead]
    assert f"{lead}, 4 days a week. Take this up as {role}, since " in said
    assert "; agree days, a first and a last day in writing with Lorna." in said
    assert "Decline" not in said


POST_OF = 'matters:\n- {decision: "whether a project manager gets a post", who: Lorna, about: post}\n'


def test_a_post_follows_whoever_leaves_it(catalog: Catalog) -> None:
    """With the day on which it is empty; told to whoever asks, where somebody does."""
    leaves = BEN.replace("Ben", "{name: Ben, until: 2027-05-15}")
    said = "Whether a project manager gets a post. Make it the post of project manager, as Ben leaves on 15 May"
    assert f"Fay: {said}; say so to Lorna." in steps(brief(catalog, leaves + POST_OF))
    assert f"Fay: {said}." in steps(brief(catalog, leaves + POST_OF.replace("who: Lorna, ", "")))
    stays = steps(brief(catalog, BEN.replace("Ben", "{name: Ben, until: 2027-07-01}") + POST_OF))
    assert "Make it" not in stays and "Answer Lorna that Ben does this already." in stays


def test_a_post_that_nobody_holds_is_made(catalog: Catalog) -> None:
    """As the work needs somebody in it."""
    said = steps(brief(catalog, FAY + POST_OF))
    assert "Make it the post of project manager, as nobody holds that part; say so to Lorna." in said


def test_a_promise_of_one_name_is_kept_with_the_names_that_there_are(catalog: Catalog) -> None:
    """Each with their role, and with the day of whoever comes later."""
    people = "people: {delivery_manager: Ada, project_manager: {name: Ben, days: 5}, executive_sponsor: Fay}\n"
    promise = "matters: [{promise: one name for everything, who: Lorna}]\n"
    said = (
        "One name for everything. Tell Acme who it is, Ada as delivery manager and Ben as project manager, in place of"
    )
    assert f"Fay with Lorna: {said} what was promised." in steps(brief(catalog, people + promise, LARGE))
    later = people.replace("Ada", "{name: Ada, from: 2027-04-01}")
    said = said.replace("delivery manager", "delivery manager from 1 April")
    assert f"Fay with Lorna: {said} what was promised." in steps(brief(catalog, later + promise, LARGE))


def test_a_client_without_names_says_who_decides_on_what(catalog: Catalog) -> None:
    """On three things that wait for it, for the matrix; not where the file names somebody."""
    people = "people: {delivery_manager: Ada, project_manager: Ben, executive_sponsor: Fay}\n"
    decides = (
        "Fay: Have Acme name who decides on go-live decision, fit-gap and process design sign-off, user acceptance "
    )
    decides += "testing, and who stands in, and put the name into the matrix."
    assert decides in steps(brief(catalog, people, LARGE))
    named = people.replace("}", ", client_sponsor: Dee}")
    assert "who stands in" not in steps(brief(catalog, named, LARGE))


def test_small_work_bears_a_sixth_of_its_days(catalog: Catalog) -> None:
    """Whoever leads it does other work too."""
    people = "people: {team_lead: {name: Jo, total: 14}, delivery_team: {name: Kay, total: 10}}\n"
    one = brief(catalog, f"{people}money: {{price: GBP 28800}}\n", SMALL)
    assert "Jo leads as delivery and project manager, half a day a week" in one.decision
    assert "of Jo's 14 days" in one.staffing
    assert "No second manager: managing has half a day a week here, which one person does beside the work." in one.facts


@pytest.mark.parametrize("end", ["February", "May 0000", "December 9999"])
def test_the_end_of_a_month_is_a_day_of_the_calendar_or_none(catalog: Catalog, end: str) -> None:
    """In a leap year, before the first year and after the last."""
    dates = "dates: {as_of: 2028-05-01, start: 2028-05-02, go_live: 2029-07-01}\n"
    offer = f'matters:\n- {{offer: "Tom Lee (GBP 700 a day), 3 days a week until the end of {end}"}}\n'
    text = f"engagement: {{id: x}}\nanswers: {ALONE}\n{dates}{CAPPED}{offer}"
    advice = advise(catalog, read_one(text.encode(), "x.yaml", catalog))
    facts = brief_of(advice, view_of(advice, Edition("brief"))).facts
    assert ("No Tom Lee: 129 days are GBP 90,300, and GBP 20,000 is all there is." in facts) == (end == "February")


@pytest.mark.parametrize(
    "first",
    [
        '"Tom Lee (GBP 700 a day), 3 days a week"',
        '"Tom Lee, a contract tester"',
        '"Tom Lee, until 30 April"',
        "two from Digital",
    ],
)
def test_an_offer_that_is_not_counted_with_keeps_nobody_out(catalog: Catalog, first: str) -> None:
    """The seat is for whoever is offered next."""
    offers = f"matters:\n- {{offer: {first}, who: Lorna}}\n- {{offer: Una Fox, who: Gil}}\n"
    one = brief(catalog, f"{FAY}money: {{extra: GBP 20000}}\n{offers}")
    assert one.decision.startswith("Una Fox leads as project manager")
    assert "Una Fox. Take this up as project manager, since nobody holds that part" in steps(one)


LENT = "{kind_of_work: people_lent}"


def test_a_post_and_a_promise_have_the_role_as_the_model_calls_it(catalog: Catalog) -> None:
    """Whoever is sent along with people who are lent is an engagement lead, as the headline says."""
    people = "people: {delivery_manager: {name: Ada, until: 2027-05-15}, executive_sponsor: Fay}\n"
    one = brief(catalog, f"{people}{POST_OF}- {{promise: one name for everything, who: Lorna}}\n", LENT)
    assert one.decision.startswith("Ada leads as engagement lead")
    assert "the post of engagement lead, as Ada leaves on 15 May; say so to Lorna." in steps(one)
    assert "Tell Acme who it is, Ada as engagement lead, in place of what was promised." in steps(one)
    assert "delivery manager" not in steps(one)


def test_one_person_who_is_named_for_both_roles_is_not_put_into_both_seats(catalog: Catalog) -> None:
    """Nobody decides with themselves."""
    one = brief(catalog, "people: {delivery_manager: Ada, project_manager: Ada, executive_sponsor: Fay}\n", LARGE)
    assert "Two managers" not in one.decision
    assert "Ada on scope, money and service, Ada on dates and tasks" not in steps(one)

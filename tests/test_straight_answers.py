"""What a colleague would answer at once: which posts there are, who holds a title or a budget, what a contract says."""

from __future__ import annotations

import pytest

from advisor.documents.brief.content import Brief
from advisor.documents.shared.edition import Edition
from advisor.model.rulebook import Catalog
from tests.test_stated import HEAD, NOBODY_LEADS, advice_on, brief, by_subject, letters_of_stated, problems

TWO = """\
engagement: {id: portal, name: Portal, client: Acme, for: "Ann Rowe, head of delivery"}
answers: {kind_of_work: software_build, reader: supplier, stage: before_start, plan_size: over_sixty,
  client_contact: daily, post_delivery: managed_service, managers_available: both, managing_days: over_five}
people:
  delivery_manager: {name: Ian Ford, days: 5}
  project_manager: {name: Hana Sole, days: 4, from: 2027-02-01}
  technical_lead: {name: Ben Ray, days: 5}
  client_sponsor: {name: Alan Strick, does: finance director}
  client_project_manager: {name: Sunny Rao, days: 2}
dates: {as_of: 2026-11-30, start: 2027-01-18, go_live: 2027-09-06, end: 2028-03-31}
"""


def on(catalog: Catalog, file: str, *matters: str) -> Brief:
    return brief(catalog, f"{file}matters: [{', '.join(matters)}]\n")


def test_which_posts_there_are_is_answered_by_name(catalog: Catalog) -> None:
    asked = "{decision: whether we need a delivery manager or a project manager or both, about: post}"
    (step,) = (one.what for one in on(catalog, TWO, asked).steps if one.what.startswith("Whether we need"))
    assert step.endswith(
        "Answer those who ask that it takes both: Ian Ford as delivery manager and Hana Sole as project manager from "
        "1 February."
    )


def test_where_a_post_alone_is_asked_for_the_answer_is_on_that_one(catalog: Catalog) -> None:
    asked = "{decision: whether we need a project manager, about: post}"
    (step,) = (one.what for one in on(catalog, TWO, asked).steps if one.what.startswith("Whether we need"))
    assert "it takes both" not in step


def test_a_title_in_a_contract_goes_to_whoever_leads_the_plan(catalog: Catalog) -> None:
    gap = '{gap: "instructions to the loader, which come from a title that nobody has"}'
    step = by_subject(on(catalog, TWO, gap))["Instructions to the loader, which come from a title that nobody has"]
    assert step.what.endswith("Name Hana Sole for it in writing, with a first day.")


def test_a_budget_without_a_holder_is_the_sponsors_until_then(catalog: Catalog) -> None:
    step = by_subject(on(catalog, TWO, "{gap: a named budget holder for the order}"))
    assert step["A named budget holder for the order"].what.endswith(
        "Say in writing who holds it, Ann Rowe until then."
    )


@pytest.mark.parametrize("about", ["", ", about: authority", ", about: duty"])
def test_what_a_contract_says_holds_until_it_is_changed(catalog: Catalog, about: str) -> None:
    stated = f'{{dispute: "who orders parts, as the contract names Ian", who: Ian Ford and Hana Sole{about}}}'
    step = by_subject(on(catalog, TWO, stated))["Who orders parts, as the contract names Ian"]
    assert "Follow the contract until it is changed, and tell Ian Ford and Hana Sole so the same day" in step.what


def test_a_client_is_asked_outright_and_one_of_ours_in_private(catalog: Catalog) -> None:
    ours = on(catalog, TWO, "{unknown: whether Bea agrees to it, about: willing}")
    theirs = on(catalog, TWO, "{unknown: whether Acme agrees to it, about: willing}")
    assert any("Ask in private" in step.what for step in ours.steps)
    assert not any("Ask in private" in step.what for step in theirs.steps)
    assert any("Whether Acme agrees to it" in line for line in theirs.unknown)


def test_a_finance_director_who_is_the_one_sponsor_decides_more_than_money(catalog: Catalog) -> None:
    cells = letters_of_stated(catalog, TWO + "matters: [{deliverable: the design, who: Alan Strick}]\n")
    assert cells["Acceptance of the design".replace("the ", "")]["client_sponsor"] == "A"


def test_what_whoever_asked_owns_is_theirs_in_the_matrix(catalog: Catalog) -> None:
    cells = letters_of_stated(catalog, TWO + "matters: [{deliverable: our chart, owner: Ann Rowe, who: Alan Strick}]\n")
    assert cells["Our chart"]["executive_sponsor"] == "A"
    assert cells["Our chart"]["delivery_team"] == "R"


def test_days_that_a_contract_gives_hold_after_go_live_too(catalog: Catalog) -> None:
    promised = TWO.replace("Ian Ford, days: 5", "Ian Ford, days: 5, promised: 4")
    seat = next(one for one in on(catalog, promised).seats if one.person == "Ian Ford")
    assert "then half a day" not in seat.time and "then 1 day" not in seat.time


SHORT = TWO + "money: {price: GBP 90000, days: 20, rate: GBP 600}\n"


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("We signed with Acme in October.", "Decide which days of managing go and who pays for the rest"),
        ("The offer is not signed yet.", "into the price in place of"),
    ],
)
def test_a_price_that_is_signed_takes_nothing_more(catalog: Catalog, said: str, step: str) -> None:
    assert any(step in one.what for one in on(catalog, f"{SHORT}context: {said}\n").steps)


def test_who_goes_before_go_live_does_not_lead_until_then(catalog: Catalog) -> None:
    text = HEAD.replace("days: 1, from: 2027-03-01", "days: 3, until: 2027-04-30")
    assert brief(catalog, text).decision.startswith(
        "Ada Lund leads as project manager, 3 days a week from 1 February until 30 April 2027; who follows is to "
        "be found."
    )


def test_money_is_written_as_the_files_own_texts_write_it(catalog: Catalog) -> None:
    penalty = "{penalty: late days, amount: GBP 900, per: week, by: 2027-04-09}"
    typed = "{fact: they have paid £500}"
    texts = [" ".join(one.what for one in on(catalog, TWO, *given).dangers) for given in ((penalty,), (penalty, typed))]
    assert "GBP 900 a week" in texts[0]
    assert "£900 a week" in texts[1]


def test_a_cap_that_is_typed_is_not_said_twice(catalog: Catalog) -> None:
    penalty = (
        '{penalty: "GBP 900 a week, GBP 9,000 at most", amount: GBP 900, per: week, cap: GBP 9000, by: 2027-04-09}'
    )
    (what,) = (one.what for one in on(catalog, TWO, penalty).dangers if "900" in one.what)
    assert what.endswith("; the most of it is reached on 18 June.")


def test_a_body_that_is_typed_as_a_title_has_its_article(catalog: Catalog) -> None:
    stated = "{dispute: who signs first, about: authority, who: Ian Ford and Hana Sole}"
    asked = TWO.replace('"Ann Rowe, head of delivery"', "Chief information officer")
    said = " ".join(step.what for step in on(catalog, asked, stated).steps)
    assert "Chief information officer" not in said.replace(". Chief", "")


def test_a_sum_is_no_day_and_a_day_keeps_its_capital(catalog: Catalog) -> None:
    worry = '{worry: the fine, sign: "November, the fourth month at the cap"}'
    text = advice_on(catalog, f"{NOBODY_LEADS}matters: [{worry}]\n")
    from advisor.documents import write
    from advisor.documents.shared.edition import Edition

    assert "Trigger: November, the fourth month" in write(text, "markdown", Edition("brief")).decode()


def test_who_decides_is_said_by_name_from_the_row_that_it_is_on(catalog: Catalog) -> None:
    """Else by who of them leads; what is between the client's people, the client settles."""

    def said(dispute: str) -> str:
        return " ".join(step.what for step in on(catalog, TWO, f"{{dispute: {dispute}, about: authority}}").steps)

    assert "Tell both that Hana Sole decides" in said("who sets the schedule, who: Ian Ford and Ben Ray")
    assert "Tell both that Ian Ford decides" in said("who says stop, who: Ian Ford and Ben Ray")
    assert "Tell both that" not in said("who says stop, who: Alan Strick and Sunny Rao")


@pytest.mark.parametrize("about", ["", ", about: authority", ", about: duty"])
def test_who_runs_the_whole_is_what_the_page_says(catalog: Catalog, about: str) -> None:
    stated = f"{{dispute: who runs the project, who: Ian Ford and Ben Ray{about}}}"
    step = by_subject(on(catalog, TWO, stated))["Who runs the project"]
    assert step.what.endswith(
        "Tell Ian Ford and Ben Ray on the same day that it is Ian Ford as delivery manager and Hana Sole as project "
        "manager from 1 February."
    )


def test_nobody_is_asked_to_tell_themselves(catalog: Catalog) -> None:
    stated = "{decision: whether a tester is needed, about: post, owner: Ben Ray, who: Ben Ray and Sunny Rao}"
    step = by_subject(on(catalog, TWO, stated))["Whether a tester is needed"]
    assert step.who == "Ben Ray"
    assert "Answer Sunny Rao that" in step.what


def test_a_group_that_is_typed_with_its_article_is_no_name(catalog: Catalog) -> None:
    people = TWO.replace("Alan Strick, does: finance director", "The partners")
    worry = "{worry: they ask us direct, about: meddling}"
    assert any("have the partners say" in one.action for one in on(catalog, people, worry).dangers)


def test_nothing_is_no_amount_and_said_so(catalog: Catalog) -> None:
    assert "'GBP 0' is nothing; leave it out" in problems(catalog, f"{TWO}money: {{managing: GBP 0}}\n")


def test_a_clients_copy_gives_people_the_days_that_our_own_does(catalog: Catalog) -> None:
    """What is sold for managing is not in it, and cuts nobody's days there either."""
    copies = [brief(catalog, SHORT, Edition(client_view=view)) for view in (False, True)]
    ours, theirs = ({seat.person: seat.time.partition(";")[0] for seat in copy.seats} for copy in copies)
    assert theirs["Hana Sole"] == ours["Hana Sole"]
    assert theirs["Ian Ford"] == ours["Ian Ford"]

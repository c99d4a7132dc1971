"""Words for readers, days for steps and how sure a brief is: what a reader in the trade stumbles over first."""

from __future__ import annotations

import datetime
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import advisor
from advisor.advise.reader_words import in_words_of
from advisor.catalog.load import load_rulebook
from advisor.documents import write
from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.compose import brief_of
from advisor.documents.brief.dates import day_in, due, order
from advisor.documents.brief.holding import filled
from advisor.documents.brief.seat_days import days_of_seats
from advisor.documents.client_copy import for_client
from advisor.documents.shared.edition import Edition
from advisor.errors import InputError
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES

MONDAY = "2027-01-11"


def on(catalog: Catalog, dates: dict[str, str] | None = None, **answers: str) -> Advice:
    return advisor.advise(catalog, Engagement("x", "Client portal", "", answers, {}, dates or {}))


class TestReaders:
    """A rule says "the client"; inside one organisation a document says "the business"."""

    @pytest.mark.parametrize("reader", ["internal_provider", "buyer"])
    def test_nobody_in_one_house_reads_of_a_client(self, catalog: Catalog, reader: str) -> None:
        """But for names that somebody typed."""
        advice = on(catalog, reader=reader)
        said = write(advice, "markdown", Edition("both")).decode().replace("Client portal", "")
        assert "client" not in "\n".join(line for line in said.lower().splitlines() if "| " in line)
        brief = brief_of(advice, view_of(advice))
        assert "client" not in repr((brief.decision, brief.facts, brief.seats, brief.dangers, brief.steps)).lower()
        assert any(column.name == "Business sponsor" for column in brief.columns)

    def test_a_supplier_does(self, catalog: Catalog) -> None:
        """The rules' own words."""
        advice = on(catalog, reader="supplier")
        assert in_words_of(advice) is advice

    def test_saying_it_twice_changes_nothing(self, catalog: Catalog) -> None:
        """Documents may ask for the words wherever they need them."""
        once = in_words_of(on(catalog, reader="buyer"))
        assert in_words_of(once) == once

    def test_a_wrong_option_is_named(self, tmp_path: Path) -> None:
        """With its line, in a rulebook of one's own."""
        (tmp_path / "rulebook.yaml").write_text("title: Ours\nversion: '1'\nextends: standard\n")
        (tmp_path / "words.yaml").write_text(
            "questions:\n- question: reader\n  words: [{in_place_of: client, say: guest, for: [supplyer]}]\n"
        )
        with pytest.raises(InputError, match="supplyer"):
            load_rulebook(tmp_path)

    def test_ones_own_words(self, tmp_path: Path) -> None:
        """A hotel's suppliers serve guests."""
        (tmp_path / "rulebook.yaml").write_text("title: Ours\nversion: '1'\nextends: standard\n")
        (tmp_path / "words.yaml").write_text(
            "questions:\n- question: reader\n  words: [{in_place_of: client, say: guest, for: [supplier]}]\n"
        )
        advice = on(load_rulebook(tmp_path))
        assert any(column.name == "Guest sponsor" for column in view_of(advice).columns)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("within two weeks", "by 25 January 2027"),
        ("within ten working days", "by 25 January 2027"),
        ("within five working days", "by 18 January 2027"),
        ("name within four weeks", "name by 8 February 2027"),
        ("within a month", "by 8 February 2027"),
        ("end of week 2", "by 22 January 2027"),
        ("this week", "by 15 January 2027"),
        ("from next week", "from 18 January 2027"),
        ("before kick-off", "before the start on 11 January 2027"),
        ("before go-live", "before go-live on 30 September 2027"),
        ("six weeks before go-live", "by 19 August 2027"),
        ("from the next review", "from the next review"),
    ],
)
def test_steps_have_days(catalog: Catalog, said: str, day: str) -> None:
    """Counted from the start of work that has hardly begun."""
    advice = on(catalog, {"start": MONDAY, "go_live": "2027-09-30"}, stage="planning")
    assert due(advice, said) == day


def test_what_is_due_at_once_is_due_before_work_starts(catalog: Catalog) -> None:
    """In an engagement that is still ahead, a week from now is no later than its first day."""
    advice = on(catalog, {"start": MONDAY}, stage="before_start")
    assert due(advice, "within a week") == "by 11 January 2027"
    assert due(advice, "within three weeks") == "by 1 February 2027"


def test_a_start_long_past_is_no_day_to_count_from(catalog: Catalog) -> None:
    """Unless the document is dated, which is then what steps count from."""
    advice = on(catalog, {"start": "2025-01-06"}, stage="in_service")
    assert due(advice, "within two weeks") == "within two weeks"
    assert due(advice, "within two weeks", "2027-03-01") == "by 15 March 2027"
    assert due(on(catalog), "end of week 2") == "end of week 2"


def test_every_step_is_read_or_stands_as_it_is(catalog: Catalog) -> None:
    """No day before the start, whatever the rules say."""
    advice = on(catalog, {"start": MONDAY, "go_live": "2027-02-01"}, stage="before_start")
    start = datetime.date.fromisoformat(MONDAY)
    for point in advice.points:
        if point.due:
            said = due(advice, point.due)
            day = said.removeprefix("name ").removeprefix("by ")
            if said != point.due and said.startswith("by "):
                assert datetime.datetime.strptime(day, "%d %B %Y").date() >= start


def test_weeks_before_go_live_have_their_day(catalog: Catalog) -> None:
    """When to look again, with the day behind it."""
    advice = on(catalog, {"go_live": "2027-09-30"})
    assert day_in(advice, "Six weeks before go-live") == ("2027-08-19", "Six weeks before go-live")
    assert day_in(on(catalog), "Six weeks before go-live") == ("", "Six weeks before go-live")


def test_sentences_take_days_names_and_dates(catalog: Catalog) -> None:
    """What stands in braces is filled from the engagement, or said in general."""
    advice = advisor.advise(catalog, advisor.read_engagement(EXAMPLES / "acme-portal.yaml", catalog))
    said = filled(advice, "{client} wants {client_until} before {go_live}; {who_client_sponsor} decides.")
    assert said == "Acme Insurance wants 2.5 days a week before go-live on 30 September 2027; Ines Falk decides."
    assert filled(on(catalog), "By {fixed_date}, {who_client_sponsor}.") == "By the agreed date, the client sponsor."


def test_a_headline_that_most_answers_contradict_says_so_below(catalog: Catalog) -> None:
    """It commits; with the other model and what to ask beside it."""
    advice = advisor.advise(catalog, advisor.read_engagement(EXAMPLES / "first-meeting-open.yaml", catalog))
    advice = replace(advice, recommendation=replace(advice.recommendation, share=Fraction(35, 100)))
    brief = brief_of(advice, view_of(advice))
    assert brief.sure.startswith("Leaning: one thing decides. ")
    assert "one person in both roles" in brief.sure and " We took: " in brief.sure
    below = brief.sure.removeprefix("Leaning: ")  # which the mark beside it says
    assert f"</span> {below[:1].upper()}{below[1:]}</p>" in advisor.render(advice, "html", "brief")


def test_a_clients_copy_has_nothing_of_the_inside(catalog: Catalog) -> None:
    """No other clients, no margin, no talk of who is hired: neither as a row nor as a step."""
    for path in sorted(EXAMPLES.glob("*.yaml")):
        advice = advisor.advise(catalog, advisor.read_engagement(path, catalog))
        inside = {row.name for row in advice.matrix.activities if row.inside}
        said = write(advice, "csv", Edition("both", client_view=True)).decode()
        assert not [name for name in inside if name in said]
        assert not any(one.inside for one in for_client(advice).points)
    assert inside, "the last example has rows for the firm alone"


def test_a_site_is_launched(catalog: Catalog) -> None:
    """Kinds of work have words of their own, in rows, dates and steps."""
    advice = on(catalog, {"go_live": "2027-09-30"}, kind_of_work="website_campaign", end_date="fixed")
    brief = brief_of(advice, view_of(advice))
    assert "until launch on 30 September 2027" in brief.seats[0].time
    assert brief.look_again[0].startswith("2 September 2027: four weeks before launch")
    assert "go-live" not in repr(brief).lower().replace("go_live", "")


def test_steps_stand_in_the_order_in_which_they_are_due(catalog: Catalog) -> None:
    """What has no day of its own comes late, and what waits for go-live last."""
    given = ["before go-live", "end of week 2", "at the next review", "before kick-off", "within a week"]
    assert sorted(given, key=lambda text: order(on(catalog, stage="planning"), text)) == [
        "before kick-off",
        "within a week",
        "end of week 2",
        given[2],
        given[0],
    ]


class TestMoney:
    """What the budget does not reach is said, and whoever is paid has the days of whoever is not."""

    def acme(self, catalog: Catalog, days: str) -> Advice:
        engagement = advisor.read_engagement(EXAMPLES / "acme-portal.yaml", catalog)
        return advisor.advise(catalog, replace(engagement, answers={**engagement.answers, "managing_days": days}))

    def test_two_share_what_is_paid_for(self, catalog: Catalog) -> None:
        """Five days are shared, the decision does not say that all is well, and somebody has to choose."""
        advice = self.acme(catalog, "up_to_five")
        brief = brief_of(advice, view_of(advice))
        assert sum(until for until, _ in days_of_seats(advice).values()) == 5
        assert brief.sure.startswith("Firm: it is clear who is needed; how many days they get depends on the money")
        assert brief.staffing.startswith(
            "Managing is paid for 5 days a week, where 7.5 would be usual: put plan and schedule first"
        )

    def test_who_is_not_paid_for_has_no_days(self, catalog: Catalog) -> None:
        """Three days are one manager's, who carries the other's work as well for now."""
        advice = self.acme(catalog, "up_to_three")
        assert advice.recommendation.not_paid_for == ("delivery_manager",)
        assert days_of_seats(advice) == {"project_manager": (3.0, 3.0)}
        brief = brief_of(advice, view_of(advice))
        assert brief.decision.startswith("L. Marin leads alone for now as project manager")
        assert "Delivery manager" not in {seat.role for seat in brief.seats}
        assert {column.id: column.person for column in brief.columns}["delivery_manager"] == "L. Marin, for now"

"""How long something takes: the day on which it comes, or the last day to ask, and what does not hold because of it."""

from __future__ import annotations

import pytest

from advisor.documents.brief.content import Brief
from advisor.documents.shared.edition import Edition
from advisor.model.rulebook import Catalog
from tests.test_stated import NOBODY_LEADS, brief, by_subject, everything, stated_steps

LATE = "Go-live on 9 April does not hold as things stand: what it waits for only comes on "
ANEW = "Agree within the firm the first day that holds"


def on(catalog: Catalog, *matters: str, edition: Edition | None = None) -> Brief:
    """The brief of 12 January on work that starts on 25 January and goes live on 9 April."""
    return brief(catalog, f"{NOBODY_LEADS}matters: [{', '.join(matters)}]\n", edition)


def lead_of(said: Brief) -> str:
    """What stands behind the step on the pump."""
    (step,) = (
        one.what for what, one in by_subject(said).items() if "pump" in what.lower() and not what.startswith(ANEW)
    )
    return step.partition(". ")[2].partition("; ")[2]


def late(said: Brief) -> list[str]:
    return [fact for fact in said.facts if "does not hold" in fact]


ASKED = {
    "dependency: the pump takes nine days": "the last day to ask is 29 March, for go-live on 9 April.",
    "dependency: the pump takes three weeks": "the last day to ask is 19 March, for go-live on 9 April.",
    "gap: the pump takes 30 days": "the last day to ask is 10 March, for go-live on 9 April.",
    "approval: the pump has two months to approve": "the last day to ask is 5 February, for go-live on 9 April.",
    "dependency: the pump takes eight weeks, by: 2027-05-14": "the last day to ask is 19 March, for 14 May.",
    "dependency: 'the pump, ten days notice'": "the last day to ask is 30 March, for go-live on 9 April.",
    "vacancy: the pump takes ten weeks": "the last day to ask is 29 January, for go-live on 9 April.",
    "vacancy: the pump takes eleven weeks": (
        "asked for today, it comes on 30 March, with 7 working days to spare before go-live on 9 April."
    ),
    "dependency: the pump takes two weeks, by: 2027-02-05": (
        "asked for today, it comes on 26 January, with 7 working days to spare before 5 February."
    ),
    "dependency: the pump takes four weeks, by: 2027-02-11": (
        "asked for today, it comes on 9 February, with one working day to spare before 11 February."
    ),
    "dependency: the pump took six weeks, by: 2027-02-24": (
        "asked for today, it comes on 23 February, with no working day to spare before 24 February."
    ),
    "dependency: the pump took six weeks, by: 2027-02-23": "asked for today, it comes on 23 February, on the day.",
    "dependency: the pump took 6 weeks, by: 2027-02-05": "asked for today, it comes on 23 February, after 5 February.",
    "dependency: the pump takes 87 days": "asked for today, it comes on 9 April, the day of go-live on 9 April.",
}


@pytest.mark.parametrize(("stated", "lead"), ASKED.items())
def test_what_has_to_be_asked_for_has_the_last_day_to_ask_or_the_day_on_which_it_comes(
    catalog: Catalog, stated: str, lead: str
) -> None:
    """Few days are working days, many and those of notice days of the calendar; go-live holds where it is in time."""
    said = on(catalog, f"{{{stated}}}")
    assert lead_of(said) == lead
    assert not late(said)


FROM_A_DAY = {
    "'the pump, 10 working days from 22 March'": (
        "it ends on 2 April, with 4 working days to spare before go-live on 9 April."
    ),
    "'the pump, three weeks, starting on 15 March'": (
        "it ends on 2 April, with 4 working days to spare before go-live on 9 April."
    ),
    "'the pump, 10 working days from 22 March', by: 2027-03-31": "it ends on 2 April, after 31 March.",
    "'the pump on 22 March, the report ten working days later'": (
        "it comes on 5 April, with 3 working days to spare before go-live on 9 April."
    ),
    "'the report on the pump, one week after 29 March'": (
        "it comes on 5 April, with 3 working days to spare before go-live on 9 April."
    ),
    "'the report on the pump, two weeks after 26 March'": "it comes on 9 April, the day of go-live on 9 April.",
    "'the pump, ten working days from 29 March'": "it ends on 9 April, the day of go-live on 9 April.",
    "'the pump tests last 62 working days from 11 January'": (
        "it ends on 6 April, with 2 working days to spare before go-live on 9 April."
    ),
    "'the pump tests last 20 working days from 4 January'": "",
    "'the pump takes two days a week'": "",
    "'the pump on 1 February, the report ten working days later'": "",
    "'the pump, two days a week, starting on 15 March'": "",
    "'the pump, as the contract says'": "",
}


@pytest.mark.parametrize(("stated", "lead"), FROM_A_DAY.items())
def test_what_has_a_first_day_or_follows_another_is_counted_from_it(catalog: Catalog, stated: str, lead: str) -> None:
    """Nobody has to ask for it by a day, so that nothing is said where it comes in good time."""
    said = on(catalog, f"{{dependency: {stated}}}")
    assert lead_of(said) == lead
    assert not late(said)


TOO_LATE = {
    "'the pump, 20 working days from 22 March'": ("ends", "16 April"),
    "'the pump, starting on 22 March and lasting four weeks'": ("ends", "16 April"),
    "'the pump on 1 April, the report ten working days later'": ("comes", "15 April"),
    "'the report on the pump, two weeks after 29 March'": ("comes", "12 April"),
}


@pytest.mark.parametrize(("stated", "comes"), TOO_LATE.items())
def test_what_comes_after_go_live_is_a_reason_and_the_first_step(
    catalog: Catalog, stated: str, comes: tuple[str, str]
) -> None:
    """Go-live is then agreed anew, and the client is told."""
    said = on(catalog, f"{{dependency: {stated}}}")
    assert lead_of(said) == f"it {comes[0]} on {comes[1]}, after go-live on 9 April."
    what = stated.strip("'")
    assert late(said) == [f"{LATE}{comes[1]} ({what})."]
    told = "book whoever leads until then, and tell the client it, with what can be ready on the old day, "
    told += "before they work it out"
    waits = f"what go-live on 9 April waits for only comes on {comes[1]} ({what})"
    asked, step = said.steps[:2]  # asked for at once, as it is late
    assert (asked.by, asked.what.startswith(f"{what[0].upper()}{what[1:]}. Ask for this now")) == (
        "by 13 January",
        True,
    )
    assert (step.who, step.by) == ("Nadia Fenwick", "by 14 January")
    assert step.what == f"{ANEW}, {told}: {waits}."


def test_what_is_asked_for_too_late_is_a_reason_too(catalog: Catalog) -> None:
    """Also a decision, whose words are left to its step."""
    said = on(catalog, "{dependency: 'the pump; it took 14 weeks', who: Clive}")
    (fact,) = late(said)
    assert fact == f"{LATE}20 April (the pump)."
    assert lead_of(said) == "asked for today, it comes on 20 April, after go-live on 9 April."
    (fact,) = late(on(catalog, "{decision: the pump takes 14 weeks, who: Clive}"))
    assert (fact.startswith(LATE), "pump" in fact) == (True, False)


def test_what_nobody_waits_for_moves_no_day(catalog: Catalog) -> None:
    """What is only told, and what a day of its own after go-live needs."""
    for stated in ("{fact: the pump takes 28 weeks}", "{dependency: the pump takes 14 weeks, by: 2027-05-14}"):
        said = on(catalog, stated)
        assert "pump takes" in everything(said)
        assert not late(said)
        assert not stated_steps(said, ANEW)


def test_a_clients_copy_has_neither_that_reason_nor_that_step(catalog: Catalog) -> None:
    """The firm agrees first what it says."""
    theirs = on(catalog, "{dependency: 'the pump, 20 working days from 22 March'}", edition=Edition(client_view=True))
    assert "does not hold" not in everything(theirs)
    assert not stated_steps(theirs, ANEW)
    assert "after go-live" not in everything(theirs)
    for takes in ("three weeks", "12 weeks", "14 weeks"):
        said = on(catalog, f"{{dependency: the pump takes {takes}}}", edition=Edition(client_view=True))
        assert lead_of(said) == "" and "it comes on" not in everything(said)


OTHERS = (
    "{gap: the lift}",
    "{promise: a chat bot}",
    "{unknown: whether Bo Ek leads}",
    "{dispute: the fee, who: Joe Bain}",
)


@pytest.mark.parametrize(("weeks", "by"), [("nine", "by 20 January"), ("12", "by 15 January"), ("13", "by 13 January")])
def test_what_takes_long_is_asked_for_by_the_last_day_to_ask(catalog: Catalog, weeks: str, by: str) -> None:
    """However much there is besides: in its turn where that comes before, at once where that day is past."""
    steps = by_subject(on(catalog, *OTHERS, f"{{dependency: the pump takes {weeks} weeks}}"))
    assert steps[f"The pump takes {weeks} weeks"].by == by


@pytest.mark.parametrize(("by", "soon"), [("2027-04-09", ""), ("2027-04-12", "12 April"), ("2027-05-07", "7 May")])
def test_what_it_waits_for_so_soon_after_go_live_moves_the_day(catalog: Catalog, by: str, soon: str) -> None:
    """Within twenty working days it is of the same plan; what is to come later, or is no dependency, is not."""
    assert late(on(catalog, f"{{dependency: the pump, by: {by}}}")) == ([f"{LATE}{soon} (the pump)."] if soon else [])
    assert not late(on(catalog, "{dependency: the pump, by: 2027-05-11}"))
    for kind in ("milestone", "approval", "gap"):
        assert not late(on(catalog, f"{{{kind}: the pump, by: {by}}}"))


def test_a_first_day_of_next_year_is_that_of_next_year(catalog: Catalog) -> None:
    """Where it is said to be, or where a day without a year is months ahead."""
    tests = "the pump tests last 20 working days from 4 January"
    assert late(on(catalog, f"{{dependency: {tests} 2028}}")) == [f"{LATE}31 January 2028 ({tests} 2028)."]
    tests = tests.replace("4 January", "1 November")
    assert late(on(catalog, f"{{dependency: {tests}}}")) == [f"{LATE}26 November ({tests})."]


def test_what_follows_on_a_notice_is_counted_too(catalog: Catalog) -> None:
    """30 working days and ten more: 40 before 9 April."""
    said = on(catalog, "{gap: 'the pump, which takes 30 working days of notice, then ten working days of handover'}")
    assert lead_of(said) == "the last day to ask is 12 February, for go-live on 9 April."


def test_working_days_on_which_all_is_closed_do_not_count(catalog: Catalog) -> None:
    closed = "{absence: the works are closed, from: 2027-02-01, until: 2027-02-12}"
    pump = "{dependency: 'the pump takes 20 working days', by: 2027-02-12}"
    assert lead_of(on(catalog, pump)).startswith("asked for today, it comes on 9 February")
    assert lead_of(on(catalog, pump, closed)).startswith("asked for today, it comes on 23 February")


def test_what_is_closed_for_ever_ends_all_the_same(catalog: Catalog) -> None:
    closed = "{absence: the works are closed, from: 2027-02-01, until: 9999-12-31}"
    assert lead_of(on(catalog, "{dependency: the pump takes 20 working days, by: 2027-02-12}", closed))

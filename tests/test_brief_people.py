"""People in a brief: who leads by name, who has which column, why nobody else leads, and when to look again."""

from __future__ import annotations

from advisor.documents import write
from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.compose import brief_of
from advisor.documents.brief.content import Brief
from advisor.documents.matrix.rows import main_rows
from advisor.documents.shared.edition import Edition
from advisor.documents.shared.words import first_sentences
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from tests.test_stated import advice_on

HEAD = "engagement: {id: x, name: X, client: Acme}\nanswers: {kind_of_work: software_build, plans_at_once: one}\n"
DATES = "dates: {as_of: 2027-02-01, start: 2027-03-01, go_live: 2027-06-30}\n"


def brief(advice: Advice) -> Brief:
    return brief_of(advice, view_of(advice, Edition("brief")))


def test_the_headline_names_who_leads_and_until_when(catalog: Catalog) -> None:
    """Without the year, as the day is near."""
    people = "people: {project_manager: {name: Ada Lund, days: 3}}\n"
    said = brief(advice_on(catalog, HEAD + DATES + people)).decision
    assert "Ada Lund leads as" in said and "from 1 March until go-live on 30 June, then" in said


def test_every_model_has_a_headline_for_those_it_staffs(catalog: Catalog) -> None:
    """So that none falls back to a title without people."""
    for model in catalog.models.values():
        assert {role for role in model.staffs if f"{{{role} " in model.headline} == set(model.columns), model.id


def test_one_person_has_one_column_with_the_letters_of_both_roles(catalog: Catalog) -> None:
    """A sponsor who also leads is there once, by name."""
    people = "people: {project_manager: Ada Lund, executive_sponsor: Ada Lund, client_sponsor: Cy Roth (money)}\n"
    one = brief(advice_on(catalog, HEAD + people))
    heads = [column.head for column in one.columns]
    assert heads.count("Ada Lund") == 1 and "Cy Roth" in heads
    assert next(column.under for column in one.columns if column.head == "Ada Lund").endswith(
        "project manager, executive sponsor"
    )
    assert all(sum("A" in cell.kind for cell in row.cells) == 1 for phase in one.phases for row in phase.rows)


def test_a_reason_says_why_nobody_else_leads(catalog: Catalog) -> None:
    """The last one, however much people typed."""
    facts = "".join(f"- fact: thing {number} is so\n" for number in range(6))
    one = brief(advice_on(catalog, f"{HEAD}matters:\n{facts}"))
    assert one.facts[-1].startswith(("No", "Not"))
    assert sum("thing" in fact for fact in one.facts) <= 3


def test_a_context_is_short_and_a_clients_own(catalog: Catalog) -> None:
    """First sentences in a brief; for a client, what was written for them."""
    assert first_sentences("One two. Dr. Who came. Four five.", 5) == "One two. Dr. Who came."
    advice = advice_on(catalog, HEAD + "context: Our margin is 6%.\ncontext_for_client: A portal.\n")
    client = write(advice, "markdown", Edition("brief", client_view=True)).decode()
    assert "A portal." in client and "margin" not in client


def test_rows_nobody_asked_about_rank_lower(catalog: Catalog) -> None:
    """A security test stands in the main matrix where regulation was answered, and not where it was assumed."""
    answered = HEAD.replace("one}", "one, regulated: yes}")
    without, with_it = ({row.id for row in main_rows(advice_on(catalog, text))} for text in (HEAD, answered))
    assert "security_test" not in without and "security_test" in with_it

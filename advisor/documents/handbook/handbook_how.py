"""The handbook's own words: what it is, and step by step how advice is worked out by hand."""

from __future__ import annotations

from advisor.documents.handbook.handbook_view import Item, Line, Section, joined, line, link, said
from advisor.documents.handbook.handbook_words import PRACTICE_ANCHOR, anchor
from advisor.documents.shared.words import lower_first
from advisor.model.rulebook import Catalog
from advisor.model.rules import ORIENTATION


def what_it_is(catalog: Catalog) -> tuple[Line, ...]:
    """What stands before the first section."""
    return (
        line(
            "This handbook is the whole rulebook in words, written from the data that the advice is worked out with. "
            "Whoever wants to check a piece of advice can do so here with a pencil: every question, every rule, every "
            "point, every letter of the responsibility matrix."
        ),
        line(
            "It is policy, not measurement. Nobody has validated points, bands or shares for these roles; they are "
            "stated here so that they can be argued with and changed. Each rule names the claim of ",
            said(catalog.claims_from),
            " that it rests on, or says that it is ",
            link("practice", PRACTICE_ANCHOR),
            " and why.",
        ),
        line(
            f"It holds {len(catalog.rules())} rules, {len(catalog.questions)} questions, {len(catalog.models)} "
            f"engagement models and {len(catalog.rows)} rows of the matrix."
        ),
    )


def how_to_check(catalog: Catalog) -> Section:
    """The steps from answers to documents, exact enough to follow by hand."""
    steps = (
        line(
            "Read the answers. Each ",
            link("question", "questions"),
            " has one of its options, or is not asked. A question that is asked only under conditions is not asked "
            "when one of them fails; an answer to it is set aside. Where nobody has answered, take the usual answer, "
            "and note that it is assumed.",
        ),
        line(
            "Fire the rules of each ",
            link("topic", "topics"),
            ". A rule fires when all its conditions hold. A condition holds when the value is one of those named; "
            "that a question is not asked meets a condition only where the condition says so.",
        ),
        line(
            "Add up the ",
            link("points", "points"),
            ". Points towards a finding place it in one of its bands: the highest band whose least number is reached, "
            "the lowest band otherwise. A finding without bands takes the value that its rules give it, or the value "
            "stated for when no rule speaks.",
        ),
        line(
            "Turn the four sums into ",
            link("levels of work", "levels"),
            ", with their caps and the days a week that they take. A rule may take points away, where somebody who is "
            "there already does the work; a sum below 0 counts as 0.",
        ),
        line(
            "Take what counts for plan work from what counts for client work: that is the ",
            link("orientation", anchor("finding", ORIENTATION)),
            ". It says which way the work leans, and decides nothing.",
        ),
        line(
            "Look up ",
            joined(
                [
                    line(link(lower_first(step.table.title), anchor("finding", step.findings[0].id)))
                    for step in catalog.needs
                ]
            ),
            ", then ",
            link("what the work asks for", "work-asks-for"),
            ", and then the ",
            link("model", "recommendation"),
            ". Exactly one rule speaks in each of these steps.",
        ),
        line("See ", link("how sure it is", "outlook"), ", where anything was assumed."),
        line(
            "Leave out what is past or not needed: first whole ",
            link("phases", "phases"),
            ", then single rows of the ",
            link("matrix", "matrix"),
            ". Where several rules leave out the same, the reason of the first one is given.",
        ),
        line(
            "Fill in the rows that remain. Take the letters that the row's table has for the model, then let each rule "
            "of the row that fires change its cells. Only the roles that have a ",
            link("column", "roles"),
            " are shown.",
        ),
        line(
            "Split the work. Take the model's shares for each phase that still has rows, and let the ",
            link("split rules", "split"),
            " move points; nobody falls below 0. Whoever has the greater share leads the phase (of equals, whoever had "
            "it before). For the whole, weigh each of these phases by its ",
            link("weight", "phases"),
            ", round down to whole percents, and give those left over to the largest remainders.",
        ),
        line(
            "Fire the ",
            link("guardrails", "guardrails"),
            ", the points for a brief, the ",
            link("profiles", "profiles"),
            " and the notes on ",
            link("role names", "role-sense"),
            ". Profiles are given for the roles that the model staffs.",
        ),
    )
    return Section(
        "how",
        "How to check a piece of advice by hand",
        lines=(line("The advice is worked out in this order. Nothing else goes into it."),),
        items=tuple(Item(step) for step in steps),
        numbered=True,
    )

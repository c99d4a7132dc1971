"""The handbook's own words: what it is, and step by step how advice is worked out by hand."""

from __future__ import annotations

from advisor.advise.margin import FURTHEST
from advisor.documents.handbook_view import Item, Line, Piece, Section, line, link, said
from advisor.documents.handbook_words import PRACTICE_ANCHOR, anchor
from advisor.documents.words import lower_first, number
from advisor.model.rulebook import Catalog
from advisor.model.rules import DELIVERY_MANAGER, ORIENTATION, PROJECT_MANAGER


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


def _side(catalog: Catalog, role: str) -> Piece:
    return said(f"the {lower_first(catalog.roles[role].name)}")


def how_to_check(catalog: Catalog) -> Section:
    """The steps from answers to documents, exact enough to follow by hand."""
    steps = (
        line(
            "Read the answers. Each ",
            link("question", "questions"),
            " has one of its options, or is not answered, or is not asked. A question that is asked only under "
            "conditions is not asked when one of them fails; a condition on a question that is not answered counts as "
            "holding, since it may still matter. An answer to a question that is not asked is set aside.",
        ),
        line(
            "Fire the rules of each ",
            link("topic", "topics"),
            ". A rule fires when all its conditions hold. A condition holds when the value is one of those named; a "
            "gap (not answered, not asked, not known yet) meets a condition only where the condition names that gap.",
        ),
        line(
            "Add up the ",
            link("points", "points"),
            ". Points towards a finding place it in one of its bands: the highest band whose least number is reached, "
            "the lowest band otherwise. A finding without bands takes the value that its rules give it, or the value "
            "stated for when no rule speaks.",
        ),
        line(
            "Where answers are missing, try every way of answering those that the finding's rules read, following "
            "the conditions under which questions are asked. If all of them give one value, that is the finding; "
            "otherwise the finding is not known yet."
        ),
        line(
            "Take the points for ",
            _side(catalog, PROJECT_MANAGER),
            " from those for ",
            _side(catalog, DELIVERY_MANAGER),
            ": that is the ",
            link("orientation", anchor("finding", ORIENTATION)),
            ". With answers missing, add up the lowest lead that each topic can still reach, and the highest; if the "
            "numbers between the two sums fall into more than one band, the orientation is not known yet.",
        ),
        line(
            "Look up ",
            link("what the work asks for", "work-asks-for"),
            ", and then the ",
            link("model", "recommendation"),
            ". Exactly one rule speaks in each of the two steps. With findings not known yet, both steps are taken for "
            "every combination of the values that remain possible; models that no answers to the open questions "
            "lead to, as far as all of them can be tried, are struck out. One model: the recommendation is settled. "
            f"Two to {number(catalog.too_little_above)} models: it is open between them, and what follows is for the "
            "one that most combinations lead to (of equals, the one that stands first among the ",
            link("models", "models"),
            f"). More than {number(catalog.too_little_above)}: too little is known, and there is no recommendation.",
        ),
        line(
            "See how close it was. A step moves one finding, or an answer that the two steps read directly, to the "
            "next value up or down, or to any other value where values have no order. The fewest steps that lead to "
            f"another model are the margin, looked for up to {number(FURTHEST)} steps; of several models so reached, "
            "the one that stands first is the runner-up. Findings not known yet count as whatever is nearest to it."
        ),
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
            ", the ",
            link("profiles", "profiles"),
            " and the notes on ",
            link("role names", "role-sense"),
            ". Rules that read the model are silent while there is no recommendation. Profiles are given for the roles "
            "that the model staffs.",
        ),
    )
    return Section(
        "how",
        "How to check a piece of advice by hand",
        lines=(line("The advice is worked out in this order. Nothing else goes into it."),),
        items=tuple(Item(step) for step in steps),
        numbered=True,
    )

"""An annex to a contract: named people, escalation, authority over changes, acceptance, signatures and the matrix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from advisor.documents.brief.dates import GO_LIVE, due
from advisor.documents.papers.content import Grid, Page, Schedule, Section, filled_in
from advisor.documents.papers.saying import all_of, named_for, passages, says, two_meet, who
from advisor.documents.shared import words
from advisor.documents.shared.people import TO_BE_NAMED
from advisor.documents.shared.view import View
from advisor.model.advice import Advice, PassageItem
from advisor.model.matrix import ActivityRow

LEVEL = "Level"  # the label of lines that are counted
NOTHING = "–"
SIGN = ("account_manager", "client_project_manager", "product_owner", "change_lead")  # besides managers and sponsors
SPONSORS = ("client_sponsor", "executive_sponsor")


def pages(advice: Advice) -> tuple[Page, ...]:
    """All sections but the matrix, one after the other."""
    client = words.clean(advice.engagement.client) or advice.names.client
    sections = filled_in(
        Section("Named people", grid=_people(advice)),
        Section(
            "Escalation",
            all_of(advice, "annex_escalation_rule"),
            Grid(
                ("Level", "What goes there", "For us", f"For {client}", "Answer"),
                (12, 38, 18, 17, 15),
                tuple(_numbered(_lines(advice, "annex_escalation"))),
            ),
        ),
        Section(
            "Authority over changes",
            all_of(advice, "annex_change_rule"),
            Grid(
                ("Change", "Limit", "Decides", "Agrees or hears", "Within"),
                (16, 34, 18, 17, 15),
                tuple(_lines(advice, "annex_change")),
            ),
        ),
        Section(
            "Acceptance",
            all_of(advice, "annex_acceptance_rule"),
            Grid(
                ("What", "Accepted when", "Presents", "Accepts", "Within"),
                (16, 34, 18, 17, 15),
                tuple(_lines(advice, "annex_acceptance")),
            ),
        ),
        Section("Agreed by", grid=to_sign(advice, advice.matrix.activities)),
    )
    numbered = (replace(one, title=f"{at}. {one.title}") for at, one in enumerate(sections, start=1))
    return (Page("", tuple(numbered)),)


def _roles(advice: Advice) -> tuple[str, ...]:
    """The roles of the matrix, and a sponsor who has no letter in it but a name."""
    beside = (one for one in SPONSORS if one not in advice.matrix.roles and named_for(advice, one)[1])
    return (*advice.matrix.roles, *beside)


def _people(advice: Advice) -> Grid:
    """Managers and sponsors, named or not, and everybody else who has a name."""
    rows = []
    for role in _roles(advice):
        name, named = named_for(advice, role)
        if named or role in SPONSORS or advice.names.roles[role].manager:
            rows.append((words.column_name(advice, role), name if named else "To be named", _answers(advice, role)))
    return Grid(("Role", "Name", "Answers for"), (24, 26, 50), tuple(rows))


def _answers(advice: Advice, role: str) -> str:
    ranked = sorted(advice.matrix.activities, key=lambda row: -row.rank)
    names = [words.lower_first(row.name) for row in ranked if "A" in row.letters(role)][:4]
    return words.ended(words.capital("; ".join(names))) if names else NOTHING


def _lines(advice: Advice, part: str) -> Iterator[tuple[str, ...]]:
    """Lines of a table on which two people meet; none where the same one would stand on both sides."""
    for item in passages(advice, part):
        one = item.passage
        if two_meet(advice, one):
            yield one.label, says(advice, item), who(advice, one.who), who(advice, one.to), _by(advice, item)


def _numbered(lines: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The lines with the levels among them counted: `Level 1`."""
    level = 0
    for label, *rest in lines:
        level += label == LEVEL
        yield f"{LEVEL} {level}" if label == LEVEL else label, *rest


def _by(advice: Advice, item: PassageItem) -> str:
    return words.capital(due(advice, item.passage.by).replace(GO_LIVE, advice.names.go_live))


def to_sign(advice: Advice, activities: Iterable[ActivityRow]) -> Grid:
    """A line to sign for both sponsors, and for everybody who leads or has a name and answers for an activity."""
    answer = {role for row in activities for role in advice.matrix.roles if "A" in row.letters(role)}
    rows = []
    for role in _roles(advice):
        name, named = named_for(advice, role)
        leads = advice.names.roles[role].manager
        if role in SPONSORS or (role in answer and (leads or (named and role in SIGN))):
            rows.append((words.column_name(advice, role), name if named else "", "", ""))
    return Grid(("Role", "Name", "Signature", "Date"), (28, 28, 28, 16), tuple(rows), to_sign=True)


def schedule(advice: Advice, view: View) -> Schedule:
    """The matrix, as the client gets it."""
    held = (one if one.named else replace(one, person=_unnamed(advice, one.id)) for one in view.columns)
    columns = tuple(replace(one, head=one.name, under=one.person) for one in held)
    return Schedule("Schedule: who does what", columns, view.phases)


def _unnamed(advice: Advice, role: str) -> str:
    """What stands for a name that is not known: managers and sponsors have to be named, teams need not."""
    return TO_BE_NAMED if role in SPONSORS or advice.names.roles[role].manager else NOTHING

"""A posting: a text to advertise a manager's role on this engagement, or to brief whoever takes it."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.documents.papers.charter import in_a_line, time_by_phase, time_of_role, works_with
from advisor.documents.papers.content import Grid, Page, Section, filled_in
from advisor.documents.papers.saying import all_of, held_by, named_for
from advisor.documents.shared import words
from advisor.model.advice import Advice
from advisor.model.matrix import ActivityRow

MOST_ROWS = 6


def pages(advice: Advice) -> tuple[Page, ...]:
    """A page for each manager's role."""
    roles = (role for role in advice.matrix.roles if advice.names.roles[role].manager and held_by(advice, role) == role)
    return tuple(Page(words.column_name(advice, role), _sections(advice, role)) for role in roles)


def _sections(advice: Advice, role: str) -> tuple[Section, ...]:
    ranked = sorted(advice.matrix.activities, key=lambda row: -row.rank)
    name, named = named_for(advice, role)
    answers = [row for row in ranked if "A" in row.letters(role)][:MOST_ROWS]
    does = [row for row in ranked if row.letters(role) == "R"][:MOST_ROWS]
    duties = (("You answer for", _names(answers)), ("You take part in", _names(does)))
    return filled_in(
        Section("The work", (words.clean(advice.engagement.context), *all_of(advice, "posting_opening", role))),
        Section(
            "What you do",
            grid=Grid(("", ""), (26, 74), tuple(line for line in duties if line[1])),
            points=all_of(advice, "posting_duty", role),
        ),
        Section("What we look for", points=_looked_for(advice, role)),
        Section("Time", time_of_role(advice, role), time_by_phase(advice, role)),
        Section("Whom you work with", grid=works_with(advice, role)),
        Section("What you can count on", points=all_of(advice, "posting_offer", role)),
        Section("Held by", (f"{name} is foreseen for this role.",) if named else ()),
    )


def _names(rows: Iterable[ActivityRow]) -> str:
    names = [row.name for row in rows]
    return in_a_line(names) if names else ""


def _looked_for(advice: Advice, role: str) -> tuple[str, ...]:
    """The competencies of the role's profile, each once; where one person holds both roles, those of both."""
    items = (
        item for profile in advice.profiles if held_by(advice, profile.role) == role for item in profile.competencies
    )
    return tuple(dict.fromkeys(words.as_told(advice, item.rule, item.text) for item in items))

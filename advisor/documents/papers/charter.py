"""A charter: one page for each of our roles, with what it answers for, decides alone, must ask, and is measured by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from advisor.advise.owners import EXECUTIVE
from advisor.advise.stints import beside, bridge, successor
from advisor.documents.brief.seat_days import days_of_seats
from advisor.documents.brief.weeks import time_of, week
from advisor.documents.papers.content import Grid, Page, Section, filled_in
from advisor.documents.papers.saying import (
    all_of,
    held_by,
    is_there,
    meant,
    named_for,
    passages,
    same_person,
    says,
    titled,
    who,
)
from advisor.documents.shared import words
from advisor.model.advice import Advice
from advisor.model.matrix import ActivityRow

MOST_SHARED = 2  # rows named of what two roles do together: a charter has one page
MOST_MEASURES = 5
AFTER = "post_delivery"
BESIDE = "governance"  # runs beside all phases, within the days of each


def pages(advice: Advice) -> tuple[Page, ...]:
    """A page for each manager, and one for our executive sponsor where they answer for something or are asked."""
    roles = [role for role in advice.matrix.roles if advice.names.roles[role].manager or role == EXECUTIVE]
    chartered = (role for role in roles if any(passages(advice, "charter_purpose", role)))
    return tuple(Page(words.capital(titled(advice, role)), _sections(advice, role)) for role in chartered)


def _sections(advice: Advice, role: str) -> tuple[Section, ...]:
    return filled_in(
        Section("Purpose", all_of(advice, "charter_purpose", role)),
        Section("Answers for", grid=_answers_for(advice, role)),
        Section("Decides alone", points=all_of(advice, "charter_alone", role)),
        Section("Must ask", grid=_must_ask(advice, role)),
        Section("Time", time_of_role(advice, role), time_by_phase(advice, role)),
        Section("Measures of success", points=all_of(advice, "charter_measure", role)[:MOST_MEASURES]),
        Section("Works with", grid=works_with(advice, role)),
        Section("Stand-in", _stand_in(advice, role)),
    )


def _answers_for(advice: Advice, role: str) -> Grid:
    """The rows of the matrix in which the role, or one that it carries, has the A, by phase."""
    phases = {phase.id: phase.name for phase in advice.names.phases}
    mine = [
        row
        for row in advice.matrix.activities
        if any("A" in row.letters(one) and held_by(advice, one) == role for one in advice.matrix.roles)
    ]
    return Grid(
        ("Phase", "Activities"),
        (22, 78),
        tuple(
            (phases.get(phase, phase), in_a_line([row.name for row in rows]))
            for phase, rows in groupby(mine, key=lambda row: row.phase)
        ),
    )


def in_a_line(names: list[str]) -> str:
    """`Plan and schedule; risks and issues.`"""
    return words.ended(words.capital("; ".join(words.lower_first(name) for name in names)))


def _must_ask(advice: Advice, role: str) -> Grid:
    """Whom the role asks, each once, and before what."""
    asked: dict[str, list[str]] = {}
    for item in passages(advice, "charter_ask", role):
        whom = meant(advice, item.passage.who)
        if is_there(advice, whom) and not same_person(advice, whom, role):
            asked.setdefault(who(advice, whom), []).append(says(advice, item))
    return Grid(("Whom", "Before"), (30, 70), tuple((whom, " ".join(before)) for whom, before in asked.items()))


def time_of_role(advice: Advice, role: str) -> tuple[str, ...]:
    """Days a week with their dates in one line; none for a role without days."""
    if role not in days_of_seats(advice):
        return ()
    return (words.ended(words.capital(time_of(advice, role, *days_of_seats(advice)[role]))),)


def time_by_phase(advice: Advice, role: str) -> Grid | None:
    """Days a week phase by phase with who leads it, phases that are alike in one line; none for a role without days."""
    if role not in days_of_seats(advice):
        return None
    until, after = days_of_seats(advice)[role]
    phases = {phase.id: phase.name for phase in advice.names.phases}
    lines = []
    for part in advice.split.phases:
        if part.phase == BESIDE:
            continue
        lead = "leads" if part.lead == role or len(days_of_seats(advice)) == 1 else "works beside"
        days = after if part.phase == AFTER or not until else until
        lines.append((phases.get(part.phase, part.phase), lead, words.capital(week(days)) if days else "As needed"))
    rows = [
        (in_a_line([name for name, _, _ in alike]).rstrip(".").replace(";", ","), words.capital(lead), days)
        for (lead, days), alike in ((key, list(found)) for key, found in groupby(lines, key=lambda line: line[1:]))
    ]
    return Grid(("Phase", "Part", "Days a week"), (50, 22, 28), tuple(rows)) if rows else None


def works_with(advice: Advice, role: str) -> Grid:
    """Everybody with a name with whom the role shares rows in which one of the two answers, and the weightiest."""
    return Grid(("Who", "On"), (30, 70), tuple(_shared(advice, role)))


def _shared(advice: Advice, role: str) -> Iterator[tuple[str, str]]:
    ranked = sorted(advice.matrix.activities, key=lambda row: -row.rank)
    for other in advice.matrix.roles:
        rows = [row for row in ranked if not same_person(advice, other, role) and _together(row, role, other)]
        if rows and named_for(advice, other)[1]:
            yield who(advice, other), in_a_line([row.name for row in rows[:MOST_SHARED]])


def _together(row: ActivityRow, one: str, other: str) -> bool:
    letters = row.letters(one), row.letters(other)
    return any("A" in text for text in letters) and all(set(text) & set("ARC") for text in letters)


def _stand_in(advice: Advice, role: str) -> tuple[str, ...]:
    """Whom the file names beside the holder, then what the rulebook says of a stand-in."""
    known = [bridge(advice, role), successor(advice, role), *(one.name for one in beside(advice, role) if one.days)]
    holder = named_for(advice, role)[0]
    names = [words.clean(name) for name in dict.fromkeys(filter(None, known)) if words.clean(name) != holder]
    said = (f"{words.listed(names)} can stand in.",) if names else ()
    return (*said, *all_of(advice, "charter_stand_in", role))

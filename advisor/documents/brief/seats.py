"""Who does what when: one line for each person who leads, answers for what matters most here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from advisor.advise.owners import CLIENTS, TEAM, client_called, column_of, everybody, is_title
from advisor.advise.seating import base_of
from advisor.advise.stints import carrier
from advisor.documents.brief.content import Seat
from advisor.documents.brief.cost import cost_of
from advisor.documents.brief.seat_days import days_of_seats
from advisor.documents.brief.weeks import asked_for, others_of, time_of
from advisor.documents.shared import words
from advisor.documents.shared.people import SEVERAL, Column
from advisor.model.advice import Advice
from advisor.model.matrix import ActivityRow
from advisor.model.rules import DELIVERY_MANAGER, PROJECT_MANAGER
from advisor.model.stated import Stint

MOST_NAMED, FEWEST_NAMED = 3, 2  # things that a line says somebody answers for; with one, nobody needs a line
LITTLE = 0.5  # days a week, with which nobody is the one contact
_CONTACTS = (DELIVERY_MANAGER, PROJECT_MANAGER, "team_lead", "account_manager")  # whom a client with one contact calls


def seats_of(
    advice: Advice, columns: Sequence[Column], main: Sequence[ActivityRow], for_client: bool
) -> tuple[Seat, ...]:
    """A line for each of the columns that has enough to do; what days cost is for the firm alone."""
    carries, unpaid = carrier(advice), advice.recommendation.not_paid_for
    ranked = sorted(main, key=lambda row: (not row.id.startswith("matter_"), -row.rank))
    contact = _contact(advice)
    seats = []
    for (_, _), same in groupby(columns, key=lambda one: (one.person if one.named else one.id, one.named)):
        group = [one.id for one in same if not (carries and one.id in unpaid)]
        if not group:
            continue
        held = {*group, *(unpaid if carries in group else ())}
        said = [_in_a_list(advice, row.name) for row in ranked if any("A" in row.letters(role) for role in held)]
        if contact in held:
            said = [
                f"the one contact for {words.clean(client_called(advice))}",
                *said,
            ]
        led = not held.isdisjoint({*days_of_seats(advice), *unpaid})
        shares = bool(said) and not held.isdisjoint(advice.names.seats)
        if led or shares or len(said) >= FEWEST_NAMED or (group == [TEAM] and _members(advice)):
            seats.append(_seat(advice, columns, group, said[:MOST_NAMED], for_client))
    return tuple(seats)


def _seat(
    advice: Advice, columns: Sequence[Column], group: Sequence[str], said: Sequence[str], for_client: bool
) -> Seat:
    ours = [one for one in columns if one.id in group]
    name = words.capital(" and ".join(words.lower_first(one.name) for one in ours))
    person = _people(advice, ours[0])
    times = [text for role in group if (text := _time(advice, role, for_client))]
    if group == [TEAM]:
        person = _members(advice) or person
    return Seat(
        name, person, words.capital("; ".join(times)), words.ended(words.capital("; ".join(said))) if said else ""
    )


def _in_a_list(advice: Advice, name: str) -> str:
    """The name of a row behind another: with a small letter, unless it begins with a name."""
    names = [
        one for one in (advice.engagement.client, *(person for _, person in everybody(advice))) if one[:1].isupper()
    ]
    first = re.match(r"(\w+)['’]", name)
    begins = any(name.startswith(one) for one in names) or (first and first[1] in {one.split()[0] for one in names})
    return name if begins else words.lower_first(name)


def _people(advice: Advice, column: Column) -> str:
    """Who is in the column, with what each of them does or signs."""
    times = advice.names.seats.get(column.id) or advice.engagement.times.get(column.id, ())
    does = {words.clean(one.name): words.clean(one.does) for one in times if one.does}
    said = []
    for name in column.person.split(SEVERAL):
        part = does.get(name) if "(" not in name else ""
        said.append(
            f"{name} for {part}"
            if part and base_of(column.id) in CLIENTS and not is_title(part)
            else f"{name} ({part})"
            if part
            else name
        )
    return SEVERAL.join(said)


def _time(advice: Advice, role: str, for_client: bool) -> str:
    """How much of the week from when to when, who else has days for the role, and what they cost."""
    if not advice.names.roles[role].manager:
        return ""
    days = days_of_seats(advice)
    until, after = days.get(role, (0.0, 0.0))
    led = time_of(advice, role, until, after) if role in days else ""
    cost = "" if for_client else cost_of(advice, role, until, after)
    return "; ".join(text for text in (led or asked_for(advice, role), others_of(advice, role), cost) if text)


def _members(advice: Advice) -> str:
    """Whoever leads the team and its members, with their days where they are known."""
    times = advice.engagement.times
    leads = (
        []
        if "team_lead" in advice.matrix.roles or column_of(advice, "team_lead") != TEAM
        else times.get("team_lead", ())
    )
    said = [_member(one, "lead") for one in leads] + [_member(one) for one in times.get(TEAM, ())]
    return "; ".join(text for text in said if text)


def _member(one: Stint, what: str = "") -> str:
    days = (
        ""
        if not one.days
        else "full time"
        if one.days >= 5
        else f"{one.days:g} {'day' if one.days == 1 else 'days'} a week"
    )
    start = f"from {words.date_words(one.start)}" if one.start else ""
    until = f"until {words.date_words(one.until)}" if one.until else ""
    more = ", ".join(
        text for text in (what, words.clean(one.does), days, " ".join(filter(None, (start, until)))) if text
    )
    return f"{words.clean(one.name)}{f' ({more})' if more else ''}" if one.name else ""


def _contact(advice: Advice) -> str:
    """The role whose holder a client with one contact calls; empty where nobody asked for one."""
    if advice.engagement.answers.get("single_contact") != "yes":
        return ""
    missing = advice.recommendation.unstaffed
    days = {role: until for role, (until, _) in days_of_seats(advice).items()}
    plans = days.get(PROJECT_MANAGER, 0.0)
    if PROJECT_MANAGER not in missing and 0 < days.get(DELIVERY_MANAGER, 0.0) <= LITTLE < plans:
        return PROJECT_MANAGER  # whoever is there every day
    return next((role for role in _CONTACTS if role in advice.matrix.roles and role not in missing), "")

"""Columns of the matrix with the people in them: who is named, who is still to be named, who is to be found."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.advise.stints import BOTH, carrier, of_holder
from advisor.documents.shared.words import clean, column_name, initials, lower_first, role_name
from advisor.model.advice import Advice
from advisor.model.rules import COMBINED

NOBODY = "–"  # stands where nobody is named
NOT_PAID_FOR, TO_BE_NAMED, TO_BE_CONFIRMED = "not paid for", "to be named", "to be confirmed"
SEVERAL = "; "  # between the names of those who share a column


@dataclass(frozen=True, slots=True)
class Column:
    """One role: its names, who holds it, and how many rows it answers for and works on.

    A brief heads it by `head`, who holds it, with `under` below, the role.
    """

    id: str
    name: str
    short: str
    person: str
    named: bool
    accountable: int
    responsible: int
    head: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """A name printed over `span` columns; `roles` are the words for what the person holds."""

    person: str
    named: bool
    span: int
    roles: str
    accountable: int


def columns(advice: Advice) -> tuple[Column, ...]:
    """The matrix's columns, in its order."""
    roles = advice.matrix.roles
    names = [column_name(advice, role) for role in roles]
    found = []
    for role, name, short in zip(roles, names, initials(names), strict=True):
        held_by, named = person(advice, role)
        letters = [row.letters(role) for row in advice.matrix.activities]
        found.append(
            Column(
                id=role,
                name=name,
                short=short,
                person=held_by,
                named=named,
                accountable=sum("A" in letter for letter in letters),
                responsible=sum("R" in letter for letter in letters),
            )
        )
    return tuple(found)


def holders(advice: Advice, all_columns: tuple[Column, ...]) -> tuple[Holder, ...]:
    """Names over the columns: one a column, or one over both roles where one person holds them."""
    one_person = _one_person(advice)
    result: list[Holder] = []
    before = ""
    for column in all_columns:
        if one_person and column.id in BOTH and before in BOTH:
            first = result.pop()
            roles = f"{first.roles} and {lower_first(column.name)}"
            result.append(
                Holder(first.person, first.named, first.span + 1, roles, first.accountable + column.accountable)
            )
        else:
            result.append(Holder(column.person, column.named, 1, column.name, column.accountable))
        before = column.id
    return tuple(result)


def without_column(advice: Advice) -> tuple[str, ...]:
    """People named for a role that has no column here, so that no name given is silently dropped."""
    if not advice.matrix.roles:
        return ()
    people = advice.engagement.people
    shown = {*advice.matrix.roles, *_one_column(advice)}
    shown |= {one for role in advice.matrix.roles if role not in people for one in advice.names.roles[role].also}
    return tuple(
        f"{clean(person)} ({lower_first(role_name(advice, role))})"
        for role, person in people.items()
        if role not in shown and clean(person)
    )


def _one_column(advice: Advice) -> tuple[str, ...]:
    """Both roles where the model has one column for the person who holds them."""
    return BOTH if advice.names.columns.get(advice.recommendation.model) else ()


def _one_person(advice: Advice) -> bool:
    """One person holds both roles, unless two different names were given."""
    if advice.recommendation.model != COMBINED or not all(role in advice.matrix.roles for role in BOTH):
        return False
    given = {clean(advice.engagement.people.get(role, "")) for role in BOTH} - {""}
    return len(given) < 2


def _given(advice: Advice, role: str) -> str:
    """Who is named for the role; of roles that do not lead, everybody who is."""
    if role in advice.names.seats:
        return SEVERAL.join(clean(one.name) for one in advice.names.seats[role])
    known = advice.names.roles.get(role)
    if known is None or known.manager:
        return clean(advice.engagement.people.get(role, ""))
    named = next((one for one in (role, *known.also) if one in advice.engagement.people), role)
    all_of_them = dict.fromkeys(clean(one.name) for one in advice.engagement.times.get(named, ()))
    return SEVERAL.join(filter(None, all_of_them)) or clean(advice.engagement.people.get(named, ""))


def person(advice: Advice, role: str) -> tuple[str, bool]:
    """Who holds the role, and whether that is somebody's name rather than what is still to be done."""
    people = advice.engagement.people
    given = _given(advice, role)
    if role in _one_column(advice):
        both = dict.fromkeys(filter(None, (clean(people.get(one, "")) for one in BOTH)))
        can_stay = of_holder(advice, role)
        if len(both) > 1 and can_stay and can_stay[0].name:
            return (clean(can_stay[0].name), True)
        if len(both) > 1:  # two names for one person: show both, settle neither
            return (f"{' or '.join(both)}, {TO_BE_CONFIRMED}", False)
        given = next(iter(both), "")
    if not given and role in BOTH and _one_person(advice):
        given = next((clean(people[role]) for role in BOTH if clean(people.get(role, ""))), "")
    found = advice.recommendation
    carries = carrier(advice)
    if carries and role in found.not_paid_for:
        name = clean(people.get(carries, ""))
        return (f"{name}, for now" if name else f"the {lower_first(role_name(advice, carries))}, for now", False)
    if given:
        # The answers say that nobody is free or paid for, the file names somebody: show both, settle neither.
        return (f"{given}, {TO_BE_CONFIRMED}", False) if role in found.unstaffed else (given, True)
    if role in found.not_available:
        return ("to be found", False)
    return (NOT_PAID_FOR if role in found.not_paid_for else TO_BE_NAMED, False)

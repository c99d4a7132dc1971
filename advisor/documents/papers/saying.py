"""Passages put into words: who is meant by a role here, with a name where there is one, and what rests on no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.advise.owners import acting, column_of
from advisor.advise.stints import carrier
from advisor.documents.brief.holding import filled
from advisor.documents.shared import words
from advisor.documents.shared.people import TO_BE_NAMED, person
from advisor.model.advice import Advice, PassageItem
from advisor.model.rules import Passage

OWN_TEAM = "client_team"
_SENTENCES = re.compile(r"(?<=\.) (?=\{)")


def passages(advice: Advice, part: str, of: str = "") -> Iterator[PassageItem]:
    """The passages of one part, the weightiest first; `of` the role in whose column they fall, where it is given."""
    for item in advice.passages:
        if item.passage.part == part and (not of or held_by(advice, item.passage.of) == of):
            yield item


def meant(advice: Advice, role: str) -> str:
    """The role whose holder acts for this one: its own, or the one that its part falls to."""
    if _named_alone(advice, role):
        return role
    acts = acting(advice, role)
    return acts if acts in advice.names.roles else column_of(advice, role)


def _named_alone(advice: Advice, role: str) -> bool:
    """Whether somebody is named for a role that does not lead and has no column: a team that only takes over."""
    known = advice.names.roles[role]
    return role not in advice.matrix.roles and not known.manager and bool(_name(advice, role))


def _name(advice: Advice, role: str) -> str:
    return words.clean(advice.engagement.people.get(role, ""))


def says(advice: Advice, item: PassageItem) -> str:
    """The passage as sentences, marked where it rests on an answer that nobody gave."""
    text = item.passage.text
    for role in advice.names.roles:
        if f"{{who_{role}}}" in text and _named_alone(advice, role):
            text = text.replace(f"{{who_{role}}}", _name(advice, role))
    # Each sentence by itself, so that one that begins with a role begins with a capital.
    said = " ".join(filled(advice, one) for one in _SENTENCES.split(text))
    return words.marked(words.ended(words.capital(said)), bool(words.assumes(advice, item.rule)))


def all_of(advice: Advice, part: str, of: str = "") -> tuple[str, ...]:
    """Every passage of a part as a sentence, each once."""
    return tuple(dict.fromkeys(says(advice, item) for item in passages(advice, part, of)))


def held_by(advice: Advice, role: str) -> str:
    """The role whose charter has this one's part: its own, or the one that it falls to while nobody pays for it.

    Whoever only stands in until somebody is found has none.
    """
    column = column_of(advice, role)
    return carrier(advice) or column if column in advice.recommendation.not_paid_for else column


def who(advice: Advice, role: str) -> str:
    """Whoever acts for the role, as in `titled`."""
    return titled(advice, meant(advice, role))


def titled(advice: Advice, role: str) -> str:
    """`L. Marin, project manager`; without a name, `Project manager (to be named)`, and for a team its name alone."""
    name, named = named_for(advice, role)
    title = words.column_name(advice, role)
    client = words.clean(advice.engagement.client)
    if role == OWN_TEAM and client and title.startswith("Client"):
        return f"{client}'{'' if client.endswith('s') else 's'} own team"
    if named:
        return f"{name}, {words.lower_first(title)}"
    leads = role in advice.names.roles and advice.names.roles[role].manager
    return words.capital(f"{title} ({TO_BE_NAMED})" if leads or role.endswith("_sponsor") else title)


def named_for(advice: Advice, role: str) -> tuple[str, bool]:
    """The name of whoever holds the role's column, and whether there is one."""
    if role in advice.matrix.roles:
        return person(advice, role)
    return _name(advice, role), _named_alone(advice, role)


def same_person(advice: Advice, one: str, other: str) -> bool:
    """Whether one person holds both roles."""
    (name, named), (other_name, other_named) = named_for(advice, one), named_for(advice, other)
    return one == other or (named and other_named and name == other_name)


def two_meet(advice: Advice, passage: Passage) -> bool:
    """Whether both of its people are there and are not the same."""
    first, second = meant(advice, passage.who), meant(advice, passage.to)
    return is_there(advice, first) and is_there(advice, second) and not same_person(advice, first, second)


def is_there(advice: Advice, role: str) -> bool:
    """Whether somebody has a column for the role or for its part."""
    found = meant(advice, role)
    return found in advice.matrix.roles or _named_alone(advice, found)

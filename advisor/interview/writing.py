"""An engagement, or a person, as the YAML file that people keep, read and edit; reading it back gives the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

import yaml

from advisor.catalog.records import AS_OF
from advisor.interview.lists import answers_written, origins_written
from advisor.model.agreed import NONE, Agreement
from advisor.model.engagement import AskedWith, Engagement
from advisor.model.money import Money
from advisor.model.person import Person
from advisor.model.questions import Several
from advisor.model.stated import Matter, Stint

DEFAULT_QUESTIONNAIRE = "engagement"
_NO_LISTS: Mapping[str, Several] = MappingProxyType({})


class _AsShown(yaml.SafeDumper):
    """Quotes only where YAML needs it: engagement files are read as the text they show, so `no` stays `no`.

    Only YAML's words for nothing are read as nothing, so a client called Null is quoted.
    """


_AsShown.yaml_implicit_resolvers = {}
_AsShown.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])


class _Row(list[str]):
    """A list that stands on one line."""


_AsShown.add_representer(
    _Row, lambda dumper, row: dumper.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True)
)


def dump_engagement(engagement: Engagement, several: Mapping[str, Several] = _NO_LISTS) -> str:
    """Write the engagement as YAML: who it is for, then the answers, then whatever else is known of it.

    Answers to one of the questions in `several` are written as a list, where all its parts have one.
    """
    head = {"id": engagement.id, "name": engagement.name, "client": engagement.client, "for": engagement.asked_by}
    parts: list[Mapping[str, object]] = [{"engagement": {key: value for key, value in head.items() if value}}]
    if engagement.questionnaire != DEFAULT_QUESTIONNAIRE:
        parts.append({"questionnaire": engagement.questionnaire})
    if engagement.rulebook:
        parts.append({"rulebook": engagement.rulebook})
    answers = answers_written(several, engagement.answers).in_order(several)
    in_file = {name: _Row(one) if isinstance(one, list) else one for name, one in answers}
    parts.append({"answers": in_file | dict(engagement.retired)})
    if engagement.people or engagement.times:
        parts.append({"people": _people(engagement)})
    dates = {**engagement.dates, **({AS_OF: engagement.as_of} if engagement.as_of else {})}
    if dates:
        parts.append({"dates": dates})
    if engagement.money is not None:
        parts.append({"money": _money(engagement.money)})
    if engagement.context:
        parts.append({"context": engagement.context})
    if engagement.context_for_client:
        parts.append({"context_for_client": engagement.context_for_client})
    if engagement.matters:
        parts.append({"matters": [matter_written(matter) for matter in engagement.matters]})
    if engagement.agreed:
        parts.append({"agreed": [_agreement(one) for one in engagement.agreed]})
    return "\n".join(_as_yaml(part) for part in parts) + _records(engagement, several)


def _agreement(one: Agreement) -> dict[str, object]:
    letters = {role: given or NONE for role, given in one.letters.items()}
    said = {"row": one.row, "letters": letters, "by": _Row(one.by), "why": one.why, "on": one.on, "until": one.until}
    return {name: value for name, value in said.items() if value}


def matter_written(matter: Matter) -> dict[str, str]:
    """A matter as it stands in a file: its kind and what it is, then whatever else is known of it."""
    more = {
        "who": matter.who,
        "sign": matter.sign,
        "about": matter.about,
        "answer": matter.answer,
        "owner": matter.owner,
        "does": matter.does,
        "through": matter.through,
        "role": matter.role,
        "by": matter.by,
        "left": matter.left,
        "pace": matter.pace,
    }
    more |= {"from": matter.start, "until": matter.until, "amount": matter.amount, "per": matter.per, "cap": matter.cap}
    return {matter.kind: matter.what, **{name: text for name, text in more.items() if text}}


def _money(money: Money) -> dict[str, str]:
    days = f"{money.days:g}" if money.days else ""
    said = {"price": money.price, "managing": money.managing, "days": days, "rate": money.rate}
    said |= {"afterwards": money.afterwards, "extra": money.extra, "spent": money.spent, "forecast": money.forecast}
    return {name: text for name, text in said.items() if text}


def _people(engagement: Engagement) -> dict[str, object]:
    """Names by role; with the time that somebody has, where it is known."""
    found: dict[str, object] = dict(engagement.people)
    for role, stints in engagement.times.items():
        written = [_stint(stint) for stint in stints]
        found[role] = written if len(written) > 1 else written[0]
    return found


def _stint(stint: Stint) -> dict[str, str]:
    days, total, promised = (
        "" if found is None else f"{found:g}" for found in (stint.days, stint.total, stint.promised)
    )
    said = {"name": stint.name, "does": stint.does, "not_for": stint.not_for, "days": days, "total": total}
    said |= {"from": stint.start, "until": stint.until, "rate": stint.rate, "price": stint.price}
    said |= {"asked": "" if stint.asked else "no", "weekdays": stint.weekdays, "promised": promised}
    return {name: text for name, text in said.items() if text}


def dump_person(person: Person) -> str:
    """Write the person as YAML: who it is, then what was seen."""
    head = {"id": person.id, "name": person.name}
    parts: list[Mapping[str, object]] = [
        {"person": {key: value for key, value in head.items() if value}},
        {"answers": {**person.answers, **person.retired}},
    ]
    return "\n".join(_as_yaml(part) for part in parts) + _records(person, _NO_LISTS)


def _records(told: Engagement | Person, several: Mapping[str, Several]) -> str:
    """The sections that the product keeps itself."""
    text = ""
    if told.origins:
        written = origins_written(several, told.origins).in_order(several)
        lines = (f"  {name}: {inline(one)}\n" for name, one in written)
        text += "\nprovenance:\n" + "".join(lines)
    if told.asked_with is not None:
        text += f"\nasked_with: {asked_with_inline(told.asked_with)}\n"
    return text


def inline(value: object) -> str:
    """A text, or a list or mapping of texts, as YAML that can stand anywhere on a line, in braces too."""
    written = yaml.dump(
        [value], Dumper=_AsShown, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10_000
    )
    return str(written).strip()[1:-1]


def asked_with_inline(asked_with: AskedWith) -> str:
    """The rulebook that answers were given under, on one line."""
    said = {"version": asked_with.version, "digest": asked_with.digest, "questions": list(asked_with.questions)}
    return inline(said)


def _as_yaml(part: Mapping[str, object]) -> str:
    return yaml.dump(part, Dumper=_AsShown, allow_unicode=True, default_flow_style=False, sort_keys=False, width=10_000)

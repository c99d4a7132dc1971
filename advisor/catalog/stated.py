"""The matters that an engagement file states, and how many days a week, from and until when, its people have."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import yaml

from advisor.catalog.amounts import read_amount, read_days_in_all
from advisor.catalog.fields import Fields, is_null, items, scalar
from advisor.catalog.matters import OWN
from advisor.catalog.plain import line, plain_line
from advisor.model.rates import left_of, weekly
from advisor.model.rules import DELIVERY_MANAGER, PROJECT_MANAGER
from advisor.model.stated import PACED, About, Matter, MatterKinds, Stint
from advisor.model.weekdays import weekdays_in

MOST_MATTERS = 30
BETWEEN_NAMES = "; "
MOST_DAYS = 5.0
MANAGERS = (DELIVERY_MANAGER, PROJECT_MANAGER)
ASKED = ("yes", "no")
PER = ("day", "week", "month")
MOST_STINTS = 6  # for one role
_HALVES: Mapping[str, float] = {
    text: half / 2 for half in range(int(MOST_DAYS * 2) + 1) for text in {f"{half / 2:g}", f"{half / 2:.1f}"}
}


def stated_kinds(kinds: MatterKinds) -> tuple[str, ...]:
    """The kinds that a file can state; others follow from the time of a person."""
    return tuple(kind.id for kind in kinds.values() if kind.asks)


def read_stated(fields: Fields, kinds: MatterKinds) -> tuple[Matter, ...]:
    """The list under `matters:`, in its order; a rulebook without kinds has none."""
    node = fields.get("matters")
    if node is None or is_null(node):
        return ()
    listed = list(items(node, "matters", fields.problems))
    if len(listed) > MOST_MATTERS:
        fields.problems.add(node, "matters", f"holds {len(listed)} matters; at most {MOST_MATTERS} are read")
        return ()
    found = (_matter(Fields(one, f"matters[{at}]", fields.problems), kinds) for at, one in enumerate(listed, start=1))
    return tuple(one for one in found if one is not None)


def _matter(fields: Fields, kinds: MatterKinds) -> Matter | None:
    if not isinstance(fields.node, yaml.MappingNode):
        return None
    known = stated_kinds(kinds)
    keys = [(name, key) for name, key, _ in fields.pairs() if name not in OWN]
    unknown = [(name, key) for name, key in keys if name not in known]
    cut = _cut_at_a_comma(fields, unknown, known)
    for name, key in unknown:
        if cut:
            fields.problems.add(key, fields.path(name), cut)
            break
        near = fields.problems.near(name, (*known, *sorted(OWN)))
        hint = near or f" (known: {', '.join((*known, *sorted(OWN)))})"
        fields.problems.add(key, fields.path(name), f"is no kind of matter{hint}")
    if len(keys) != 1 and not unknown and not cut:
        what = "has no kind" if not keys else f"has {len(keys)} kinds; write one entry for each"
        fields.problems.add(fields.node, fields.where, f"{what} (one of {', '.join(known)})")
    if unknown or len(keys) != 1:
        return None
    kind = keys[0][0]
    what = line(fields, kind)
    if not what:
        fields.problems.add(keys[0][1], fields.path(kind), "says nothing")
    start, until = read_day(fields, "from"), read_day(fields, "until")
    if start and until and start > until:
        fields.problems.add(fields.node, fields.where, f"from ({start}) is after until ({until})")
    texts = {name: line(fields, name) for name in ("owner", "does", "through", "sign", "answer", "role")}
    texts["who"] = _names(fields, "who")
    if texts["role"] and texts["role"] not in MANAGERS:
        allowed = f"{texts['role'][:80]!r} is none of {', '.join(MANAGERS)}"
        fields.problems.add(fields.get("role") or fields.node, fields.path("role"), allowed)
    amount, cap, per = read_amount(fields, "amount"), read_amount(fields, "cap"), line(fields, "per")
    if per and per not in PER:
        fields.problems.add(
            fields.get("per") or fields.node, fields.path("per"), f"{per[:80]!r} is none of {', '.join(PER)}"
        )
    if (per or cap) and not amount:
        fields.problems.add(fields.node, fields.where, "has no amount that per and cap could go with")
    by, about, paced = read_day(fields, "by"), _about(fields, kinds[kind].abouts), _paced(fields, kind)
    days = {"by": by, "start": start, "until": until}
    return Matter(kind, what, about=about, amount=amount, per=per, cap=cap, **days, **texts, **paced)


def _paced(fields: Fields, kind: str) -> dict[str, str]:
    """What is left of a workload or a stock, and how fast it goes; both are needed, and said of nothing else."""
    found = {name: line(fields, name) for name in ("left", "pace")}
    if kind not in PACED:
        for name in (name for name, text in found.items() if text):
            where = f"is said of {' or '.join(PACED)} alone"
            fields.problems.add(fields.get(name) or fields.node, fields.path(name), where)
        return {}
    asked = {"left": ("268 points", left_of), "pace": ("34 every 2 weeks, or 15 a week", weekly)}
    for name, (example, parsed) in asked.items():
        if not found[name]:
            fields.problems.add(fields.node, fields.where, f"needs {name}, such as {example}")
        elif parsed(found[name]) is None:
            said = f"{found[name][:80]!r} is not understood; write it as {example}"
            fields.problems.add(fields.get(name) or fields.node, fields.path(name), said)
    return found


def _names(fields: Fields, name: str) -> str:
    """Who else is part of it: a name, several in one text, or a list of names."""
    node = fields.get(name)
    if not isinstance(node, yaml.SequenceNode):
        return line(fields, name)
    listed = items(node, fields.path(name), fields.problems)
    return BETWEEN_NAMES.join(
        [plain_line(one, f"{fields.path(name)}[{at}]", fields.problems) for at, one in enumerate(listed, 1)]
    )


def _about(fields: Fields, known: Mapping[str, About]) -> str:
    """What the matter is about, one of those that its kind knows."""
    found = line(fields, "about")
    if found and found not in known:
        allowed = f"is none of {', '.join(known)}" if known else "is said of no matter of this kind"
        near = fields.problems.near(found, tuple(known)) or ""
        fields.problems.add(fields.get("about") or fields.node, fields.path("about"), f"{found[:80]!r} {allowed}{near}")
    return found


def _cut_at_a_comma(fields: Fields, unknown: list[tuple[str, yaml.Node]], known: tuple[str, ...]) -> str:
    """What to say of an entry in braces whose text has a comma: YAML takes the rest of it for another field."""
    for at, (name, _, node) in enumerate(pairs := list(fields.pairs())):
        if at and is_null(node) and name in {one for one, _ in unknown} and pairs[at - 1][0] not in OWN - {"who"}:
            kind = next((one for one, _, _ in pairs if one in known), known[0])
            return f'is the rest of a text with a comma in it; put the text in quotes: {{{kind}: "14,000 letters"}}'
    return ""


def read_people(node: yaml.Node, part: Fields, name: str) -> tuple[Stint, ...]:
    """Who holds a role: a name, a mapping with the time that they have, or a list of such with the holder first."""
    if isinstance(node, yaml.SequenceNode):
        if len(node.value) > MOST_STINTS:
            part.problems.add(node, part.path(name), f"holds {len(node.value)} people; at most {MOST_STINTS} are read")
        listed = node.value[:MOST_STINTS]
        return tuple(_stint(one, f"{part.path(name)}[{at}]", part) for at, one in enumerate(listed, 1))
    if isinstance(node, yaml.MappingNode):
        return (_stint(node, part.path(name), part),)
    called = line(part, name)
    return (Stint(called),) if called else ()


def _stint(node: yaml.Node, where: str, part: Fields) -> Stint:
    if isinstance(node, yaml.ScalarNode):
        return Stint(plain_line(node, where, part.problems))
    fields = Fields(node, where, part.problems)
    days, promised = _days(fields, "days"), _days(fields, "promised")
    start, until = read_day(fields, "from"), read_day(fields, "until")
    if start and until and start > until:
        fields.problems.add(fields.node, fields.where, f"from ({start}) is after until ({until})")
    called, rate, price = line(fields, "name"), read_amount(fields, "rate"), read_amount(fields, "price")
    total, does, asked = read_days_in_all(fields, "total"), line(fields, "does"), _asked(fields)
    not_for, weekdays = line(fields, "not_for"), _weekdays(fields)
    fields.finish()
    most = len(weekdays_in(weekdays))
    if weekdays and days is None and total is None:
        days = float(most)
    if weekdays and days is not None and days > most:
        fields.problems.add(fields.node, fields.where, f"has {days:g} days a week, and {most} in {weekdays[:80]!r}")
    return Stint(called, days, start, until, rate, total, price, does, asked, not_for, weekdays, promised)


def _weekdays(fields: Fields) -> str:
    """The days of the week on which the person works, as typed."""
    text = line(fields, "weekdays")
    if text and not weekdays_in(text):
        node, where = fields.get("weekdays") or fields.node, fields.path("weekdays")
        fields.problems.add(
            node, where, f"{text[:80]!r} is no days of the week, such as Monday to Wednesday, or Tue, Thu"
        )
        return ""
    return text


def _asked(fields: Fields) -> bool:
    """Whether the person knows of it; so where nobody says otherwise."""
    text = line(fields, "asked")
    if text not in ("", *ASKED):
        node = fields.get("asked") or fields.node
        fields.problems.add(node, fields.path("asked"), f"{text[:80]!r} is none of {', '.join(ASKED)}")
    return text != "no"


def read_day(fields: Fields, name: str) -> str:
    """A field as a day in ISO 8601; empty where nothing is filled in."""
    node = fields.get(name)
    if node is None or is_null(node):
        return ""
    text = scalar(node, fields.path(name), fields.problems)
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        if isinstance(node, yaml.ScalarNode):
            fields.problems.add(node, fields.path(name), f"{text[:80]!r} is no date; write it as 2027-01-31")
    return ""


def _days(fields: Fields, name: str) -> float | None:
    node = fields.get(name)
    if node is None or is_null(node):
        return None
    text = scalar(node, fields.path(name), fields.problems)
    if text in _HALVES:
        return _HALVES[text]
    if isinstance(node, yaml.ScalarNode):
        fields.problems.add(node, fields.path(name), f"{text[:80]!r} is none of 0, 0.5, 1 and so on up to 5 a week")
    return None

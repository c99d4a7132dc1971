"""Kinds of matter that an engagement file can state, `matters.yaml` of a rulebook, with what each becomes."""

from __future__ import annotations

import re
from dataclasses import replace

from advisor.catalog.fields import Fields
from advisor.catalog.points import POINT_EFFECTS
from advisor.catalog.rules import Known, complain, identifier, once, read_cites, read_letters
from advisor.errors import did_you_mean
from advisor.model.rules import Point, Rule
from advisor.model.stated import (
    CASES,
    DERIVED,
    INSIDE,
    MEANS,
    TURN,
    TYPED,
    WHO,
    WORDS,
    About,
    MatterKind,
    MatterKinds,
    rule_of,
)

MATTERS = "matters.yaml"
MOST_WEEKS, LAST_TURN = 26, 4
# Fields of a matter, which no kind can be called.
_TEXTS = ("who", "owner", "does", "through", "sign", "about", "answer", "role", "left", "pace")
_DAYS_AND_MONEY = ("by", "from", "until", "amount", "per", "cap")
OWN = frozenset((*_TEXTS, *_DAYS_AND_MONEY))
_CASE_TEXTS = ("fact", "step", "risk", "by", "trigger", "action", "without")
_BRACES = re.compile(r"\{([a-z_]+)\}")
_BRACKETS = re.compile(r"\[[^\[\]]*\]")


def read_matters(fields: Fields, known: Known) -> MatterKinds:
    """Every kind by its id: those that people state, then those that follow from the time of a person."""
    found: dict[str, MatterKind] = {}
    for section in ("matters", "derived"):
        for part in fields.each(section):
            kind = _kind(part, known, stated=section == "matters")
            once(part, "kind", kind.id, found, "a kind of matter")
            if section == "derived" and kind.id not in DERIVED:
                complain(part, "kind", f"{kind.id!r} is none of {', '.join(DERIVED)}")
            if kind.id in OWN:
                complain(part, "kind", f"{kind.id!r} is a field of every matter; choose another word")
            found[kind.id] = kind
    for kind_id in DERIVED:
        if kind_id not in found:
            complain(fields, "derived", f"has no {kind_id}")
    abouts = [_about(part, known, tuple(found)) for part in fields.each("about", required=False)]
    fields.finish()
    return {
        kind.id: replace(kind, abouts={name: about for name, kinds, about in abouts if kind.id in kinds})
        for kind in found.values()
    }


def _about(fields: Fields, known: Known, kinds: tuple[str, ...]) -> tuple[str, tuple[str, ...], About]:
    """What a matter can be about, of which kinds, and what is said of it then."""
    about, of = identifier(fields, "about"), fields.texts("kinds")
    for kind in of:
        if kind not in kinds:
            complain(fields, "kinds", f"{kind!r} is no kind of matter{did_you_mean(kind, kinds)}")
    texts = {name: fields.text(name) for name in (MEANS, WHO, *_CASE_TEXTS) if name == MEANS or name in fields}
    if texts.get(WHO, "") not in ("", *known.roles):
        complain(fields, WHO, f"{texts[WHO]!r} is no role{did_you_mean(texts[WHO], known.roles)}")
    for text in texts.values():
        _check(fields, text, known)
    if fields.flag(INSIDE):
        texts[INSIDE] = "true"
    joins = fields.texts("joins") if "joins" in fields else ()
    rank = fields.number("rank", least=1) if "rank" in fields else 0
    row = None
    if "letters" in fields:
        cites, practice = read_cites(fields, known.claims)
        rule = Rule(rule_of(of[0] if of else about), fields.text("says"), cites, practice, (), (), fields.source)
        row = _row(fields, "letters", rule, known)
    words = fields.texts(WORDS) if WORDS in fields else ()
    turn, points = _turn(fields), _points(fields, known) if "then" in fields else ()
    for one in points:
        _check_point(fields, one, known)
    fields.finish()
    return about, tuple(of), About(texts, tuple(words), turn, points, row, rank, tuple(joins))


def _turn(fields: Fields) -> int:
    found = fields.number(TURN, least=1) if TURN in fields else 0
    if found > LAST_TURN:
        complain(fields, TURN, f"must be at most {LAST_TURN}, not {found}")
    return found


def _kind(fields: Fields, known: Known, stated: bool) -> MatterKind:
    kind_id = identifier(fields, "kind")
    cites, practice = read_cites(fields, known.claims)
    ahead = fields.number("ahead", least=0) if "ahead" in fields else 0
    if ahead > MOST_WEEKS:
        complain(fields, "ahead", f"must be at most {MOST_WEEKS} weeks, not {ahead}")
    says = fields.text("says")
    rule = Rule(rule_of(kind_id), says, cites, practice, (), (), fields.source)
    kind = MatterKind(
        id=kind_id,
        asks=fields.text("asks") if stated else "",
        says=says,
        claims=cites + (("PRACTICE",) if practice else ()),
        points=_points(fields, known),
        ahead=ahead,
        unknown=fields.text("unknown", ""),
        seat=fields.text("seat", ""),
        row=_row(fields, "letters", rule, known),
        accepted=_row(fields, "accepted", rule, known),
        who_takes_it=fields.flag("who_takes_it"),
        alone=fields.flag("alone"),
        who_is=_one_of(fields, "who_is", ("C", "I", "A")),
        cases=_cases(fields),
        turn=_turn(fields) or LAST_TURN,
    )
    for text in (kind.unknown, kind.seat, *(text for case in kind.cases.values() for text in case.values())):
        _check(fields, text, known)
    for one in kind.points:
        _check_point(fields, one, known)
    if not (kind.points or kind.unknown or kind.seat or kind.row):
        complain(fields, "then", "says nothing")
    fields.finish()
    return kind


def _row(fields: Fields, name: str, rule: Rule, known: Known) -> Rule | None:
    """The rule with the letters under `name`; None where there are none."""
    node = fields.get(name)
    return replace(rule, effects=read_letters(node, fields, known)) if node is not None else None


def _one_of(fields: Fields, name: str, allowed: tuple[str, ...]) -> str:
    """The field, which is the first of what is allowed where it is not given."""
    found = fields.text(name, allowed[0])
    if found not in allowed:
        complain(fields, name, f"{found!r} is none of {', '.join(allowed)}")
    return found


def _cases(fields: Fields) -> dict[str, dict[str, str]]:
    """What the kind says otherwise, by case and by what it replaces."""
    found: dict[str, dict[str, str]] = {}
    cases = fields.inner("cases", required=False)
    for case, key, node in cases.pairs() if cases is not None else ():
        if case not in CASES:
            fields.problems.add(key, fields.path(f"cases.{case}"), f"is none of {', '.join(CASES)}")
            continue
        inner = Fields(node, fields.path(f"cases.{case}"), fields.problems)
        found[case] = {name: inner.text(name) for name in _CASE_TEXTS if name in inner}
        inner.finish()
    return found


def _points(fields: Fields, known: Known) -> tuple[Point, ...]:
    then = fields.inner("then")
    found: list[Point] = []
    for name, key, node in then.pairs() if then is not None else ():
        if name not in POINT_EFFECTS:
            fields.problems.add(key, fields.path(f"then.{name}"), f"is none of {', '.join(POINT_EFFECTS)}")
        elif then is not None:
            found += [one for one in POINT_EFFECTS[name](node, then, known) if isinstance(one, Point)]
    return tuple(found)


def _check_point(fields: Fields, one: Point, known: Known) -> None:
    for text in (one.text, one.trigger, one.action, one.due):
        _check(fields, text, known)


def _check(fields: Fields, text: str, known: Known) -> None:
    """Complain of a placeholder that nothing fills, and of a bracket that does not close."""
    allowed = (*sorted(TYPED), "client", "go_live", *known.roles, *(f"who_{role}" for role in known.roles))
    for name in _BRACES.findall(text):
        if name not in allowed:
            complain(fields, "then", f"{{{name}}} is filled by nothing{did_you_mean(name, allowed)}")
    if set("[]") & set(_BRACKETS.sub("", text)):
        complain(fields, "then", f"has a bracket without its other half in {text[:60]!r}")

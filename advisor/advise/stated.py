"""What people state of their engagement, put into the advice: lines for the brief, and rows for what nobody owns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from advisor.advise.against import tight
from advisor.advise.ahead import is_past, is_soon
from advisor.advise.derived import derived
from advisor.advise.matrix import build_row, columns
from advisor.advise.offers import for_the_team, is_on_staffing, seat_for
from advisor.advise.owners import (
    CHECKS,
    EXECUTIVE,
    TEAM,
    acting,
    everybody,
    is_ours,
    is_party,
    is_same,
    is_theirs,
    parties,
    role_called,
)
from advisor.advise.pacing import Pace, Stated, paced
from advisor.advise.same import like, same_row
from advisor.advise.stints import BOTH, carrier, free_until, most_days, of_holder, spare
from advisor.advise.typed import known_of, of_kind
from advisor.model.advice import Advice, PointItem, Recommendation
from advisor.model.matrix import ActivityRow, Matrix
from advisor.model.rulebook import Catalog, Row
from advisor.model.rules import DELIVERY_MANAGER, MODEL, NOWHERE, PROJECT_MANAGER, Letters, Point, Rule, Table
from advisor.model.stated import (
    ANSWERED,
    BETWEEN,
    GIVEN,
    INSIDE,
    NEEDED,
    OURS,
    OWN,
    PAST,
    SOON,
    THEIRS,
    TIGHT,
    TYPED,
    WHO,
    Matter,
    MatterKind,
    rule_of,
)

GAP, WORRY = "gap", "worry"
UNKNOWN, SEAT = "unknown", "seat"  # kinds of lines on what is not known, and on who leads a part
TAKER = "taker"  # in what is known of a point: who takes it, a role or a name
ROW_RANK = 88  # what nobody owns is why the matrix is made
LONGEST_ROW = 60
URGENT, MOST_RANK = 5, 100  # what is due within days ranks so much higher
MILESTONE = "milestone"
_JOINING = "when|where|which|that|who|whose|because|so that|for which|asked|neither"
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FILLED = re.compile(r"\{([a-z_]+)\}")
TELLING = re.compile(r"(?:telling|informing|warning|reporting|letting)\b", re.IGNORECASE)
_NOTHING: Mapping[str, str] = MappingProxyType({})


def with_stated(catalog: Catalog, advice: Advice) -> Advice:
    """The advice with what the engagement states besides its answers; no model, level or other row hangs on it."""
    kinds = catalog.matters
    advice = replace(advice, recommendation=_paid_by_time(advice))
    stated = (_with_taker(advice, one) for one in advice.engagement.matters)
    matters = [*derived(advice), *tight(advice), *stated]
    known = [of_kind(advice, matter, kinds[matter.kind]) for matter in matters if matter.kind in kinds]
    paces = paced(advice, known)
    points = [
        point
        for one, pace in zip(known, paces, strict=True)
        for point in _points(advice, one, pace)
        if not (one.kind.id == MILESTONE and _is_tight(one.matter, known))
    ]
    rows = [_row(catalog, advice, one.matter, one.kind, at) for at, one in enumerate(known, 1) if one.kind.row]
    return replace(
        advice,
        points=(*points, *advice.points),
        matrix=_with_rows(catalog, advice.matrix, rows) if rows and advice.matrix.activities else advice.matrix,
    )


def _with_taker(advice: Advice, matter: Matter) -> Matter:
    """What nobody has taken on, for the delivery manager where the project manager has too few days and they do not."""
    plan, client = (spare(advice, role) for role in (PROJECT_MANAGER, DELIVERY_MANAGER))
    if matter.kind != GAP or matter.owner or matter.does or not set(BOTH) <= set(advice.split.overall):
        return matter
    moved = plan is not None and client is not None and plan < 0 < client
    return replace(matter, owner=DELIVERY_MANAGER) if moved else matter


def _is_tight(matter: Matter, known: list[Stated]) -> bool:
    """Whether little is left before this fixed day, which is a risk of its own."""
    return any(one.kind.id == TIGHT and one.matter.by == matter.by for one in known)


def _paid_by_time(advice: Advice) -> Recommendation:
    """The recommendation with the one of two managers paid for who can stay until go-live, where the other cannot."""
    found, paid = advice.recommendation, carrier(advice)
    if not paid or len(found.not_paid_for) != 1:
        return found
    other, live = found.not_paid_for[0], advice.engagement.dates.get("go_live", "")
    goes, stays = free_until(advice, paid), free_until(advice, other)
    if not of_holder(advice, other) or most_days(advice, other) == 0 or not goes or goes >= live:
        return found
    return found if stays and stays < live else replace(found, not_paid_for=(paid,))


def _points(advice: Advice, stated: Stated, pace: Pace) -> Iterator[PointItem]:
    """The lines of the brief that a matter becomes, in the words for its case."""
    matter, kind = stated.matter, stated.kind
    about, at = known_of(advice, stated, pace), rule_of(kind.id)
    proposed = _NOTHING if matter.answer or is_past(advice, matter.by) else stated.about.texts
    for point in stated.points:
        taker = _taker(advice, matter, kind, proposed.get(WHO, point.who))
        known = {**about, TAKER: taker} if taker else dict(about)
        otherwise: dict[str, str] = {}
        for case in _cases(advice, matter, point, taker, known.get("whom", "")):
            otherwise |= kind.cases.get(case, _NOTHING)
        otherwise |= proposed
        if otherwise.get("without") == point.kind:
            continue
        if kind.who_takes_it and is_same(advice, taker, matter.who):
            known.pop("whom", "")  # nobody agrees anything with themselves
        yield PointItem(
            kind=point.kind,
            text=_chosen(otherwise.get(point.kind, point.text), known),
            rank=min(point.rank + URGENT * is_soon(advice, matter.by), MOST_RANK),
            who=point.who,
            trigger=_chosen(otherwise.get("trigger", point.trigger), known),
            action=_chosen(otherwise.get("action", point.action), known),
            due=_on_a_day(_chosen(otherwise.get("by", point.due), known), known),
            rule=at,
            says=kind.says,
            claims=kind.claims,
            because={},
            inside=point.inside or INSIDE in proposed or bool(matter.answer),
            about=known,
        )
    for line, text in ((UNKNOWN, kind.unknown), (SEAT, kind.seat)):
        if text:
            yield PointItem(line, _chosen(text, about), 90, "", "", "", "", at, kind.says, kind.claims, {}, about=about)


def _on_a_day(due: str, known: Mapping[str, str]) -> str:
    """By when, with its day (ISO 8601)."""
    return _FILLED.sub(lambda found: known.get(found[1], found[0]), due)


def _taker(advice: Advice, matter: Matter, kind: MatterKind, role: str) -> str:
    """Who takes a step or a risk: a role or a name; empty where the point is neither."""
    if not role:
        return ""
    if matter.owner:
        return acting(advice, matter.owner) if matter.owner in advice.names.roles else matter.owner
    if kind.who_takes_it and is_ours(advice, matter.who):
        return matter.who
    at = acting(advice, role)
    name = advice.engagement.people.get(at, at)
    if matter.kind == WORRY and name and name in matter.what:  # nor watches themselves
        return acting(advice, EXECUTIVE)
    if is_party(advice, role, matter.who):  # nobody judges their own case
        role = next((one for one in reversed(BOTH) if one in advice.matrix.roles), role)
    return acting(advice, role)


def _cases(advice: Advice, matter: Matter, point: Point, taker: str, whom: str) -> Iterator[str]:
    """The cases that hold, the one that counts most last."""
    whom = whom or (EXECUTIVE if f"{{who_{EXECUTIVE}}}" in f"{point.text}{point.action}" else "")
    holds = {
        BETWEEN: len(parties(matter.who)) > 1,
        OURS: is_ours(advice, whom),
        THEIRS: is_theirs(advice, whom),
        OWN: is_same(advice, taker, whom),
        GIVEN: bool(matter.does),
        SOON: is_soon(advice, matter.by),
        PAST: is_past(advice, matter.by),
        NEEDED: is_on_staffing(matter) and not for_the_team(matter) and bool(seat_for(advice, matter)),
        ANSWERED: bool(matter.answer),
    }
    return (case for case, found in holds.items() if found)


def _chosen(text: str, about: Mapping[str, str]) -> str:
    """The text with the first of what each bracket offers between its `|` that is filled; without it where none is."""
    return _OPTIONAL.sub(lambda found: next((one for one in found[1].split("|") if _is_filled(one, about)), ""), text)


def _is_filled(text: str, about: Mapping[str, str]) -> bool:
    return set(_FILLED.findall(text)) & TYPED <= about.keys()


def values_of(advice: Advice) -> dict[str, str]:
    """What rules read of an advice: findings, what was assumed or answered, and the model."""
    return {
        **{one.id: one.value for one in advice.findings},
        **advice.assumed,
        **advice.engagement.answers,
        MODEL: advice.recommendation.model,
    }


def _row(catalog: Catalog, advice: Advice, matter: Matter, kind: MatterKind, at: int) -> ActivityRow:
    """The row that a matter becomes, with letters for whoever was named, else as its rule gives them."""
    values = values_of(advice)
    model = catalog.models[advice.recommendation.model]
    there = columns(catalog, model, values)
    rule = _lettered(catalog, advice, matter, kind, {role.id for role in there})
    table = Table(rule.id, "", (), (rule,), NOWHERE)
    row = Row(f"{rule.id}_{at}", short(matter.what), _phase(advice), rule.cites, table, ROW_RANK)
    built = replace(build_row(catalog, row, table.rules, model, there), matter=matter)
    return like(built, same_row(advice.matrix.activities, row.name), bool(matter.owner or matter.does or matter.who))


def _lettered(catalog: Catalog, advice: Advice, matter: Matter, kind: MatterKind, there: set[str]) -> Rule:
    """The rule of the row: its owner has the A, whoever does it the R; `who` is asked, or told what is to be told."""
    assert kind.row is not None
    letters = {role: text for one in kind.row.effects if isinstance(one, Letters) for role, text in one.cells.items()}
    lead = next((role for role, text in letters.items() if "A" in text), "")
    owner, does, whom = (role_called(advice, typed) for typed in (matter.owner, matter.does, matter.who))
    if owner in there and not catalog.roles[owner].may_answer_for:
        letters[owner] = letters.pop(lead, "A")
        lead = owner
    if lead and (matter.does or (kind.alone and catalog.a_and_r)):
        does = does or (TEAM if matter.does else lead)
        letters = {role: text for role, text in letters.items() if "R" not in text}
        both = does == lead and catalog.a_and_r
        letters |= {lead: "A/R"} if both else {lead: "A", (TEAM if does == lead else does): "R"}
    if kind.who_is == "A" and whom in there and whom not in CHECKS and lead and not catalog.roles[whom].may_answer_for:
        letters = {role: text.replace("A/R", "R").replace("A", "C") for role, text in letters.items()} | {whom: "A"}
    told = "I" if TELLING.match(matter.what) else kind.who_is
    asked = (TEAM,) if kind.alone and told == "C" else ()  # who does the work is asked by whoever takes it on
    if kind.who_is == "A" and whom in CHECKS:  # whoever checks the work does not answer for it
        letters[whom] = "C"
    for role in (whom, *_named_there(advice, matter.what), *asked):
        if role in there and role not in letters:
            letters[role] = "C" if told == "A" else told
    return replace(kind.row, effects=(Letters(letters),))


def _named_there(advice: Advice, text: str) -> list[str]:
    """The roles that a text names, or whose people it does."""
    called = [*everybody(advice), *((role, named.name) for role, named in advice.names.roles.items())]
    return [
        role for role, name in called if len(name) > 2 and re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
    ]


def _phase(advice: Advice) -> str:
    """The phase that work is in: its execution, or the first that has rows."""
    phases = [row.phase for row in advice.matrix.activities]
    return "execution" if "execution" in phases else phases[0] if phases else ""


def short(what: str) -> str:
    """What fits into a cell: without its article, up to the first break, on a whole word."""
    found = up_to_a_break(re.sub(r"^(?:the|a|an) ", "", what, flags=re.IGNORECASE))
    return found[:1].upper() + found[1:]


def up_to_a_break(what: str) -> str:
    """A text up to its first comma, bracket or clause, cut on a whole word where it is long."""
    head = re.split(rf"[,;:] | \(| – | - | (?:{_JOINING}) ", what, maxsplit=1)[0].strip().rstrip(".") or what
    head = re.sub(r" (?:at|by|for|from|in|of|on|to|with)$", "", head)
    return head if len(head) <= LONGEST_ROW else head[:LONGEST_ROW].rpartition(" ")[0] or head[:LONGEST_ROW]


def _with_rows(catalog: Catalog, matrix: Matrix, rows: list[ActivityRow]) -> Matrix:
    order = [phase.id for phase in catalog.phases]
    doubled = {row.in_place_of for row in rows}
    others = (row for row in matrix.activities if row.id not in doubled)
    activities = sorted([*others, *rows], key=lambda row: order.index(row.phase))
    lettered = {cell.role for row in rows for cell in row.cells}
    shown = tuple(role for role in catalog.roles if role in matrix.roles or role in lettered)
    return replace(matrix, roles=shown, activities=tuple(activities))

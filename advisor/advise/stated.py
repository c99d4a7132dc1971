"""What people state of their engagement, put into the advice: lines for the brief, and rows for what nobody owns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from advisor.advise.matrix import build_row, columns
from advisor.advise.stints import (
    bridge,
    carrier,
    first_day,
    free_from,
    free_until,
    last_day,
    most_days,
    of_holder,
    successor,
)
from advisor.model.advice import Advice, PointItem, Recommendation
from advisor.model.days import moved
from advisor.model.matrix import ActivityRow, Matrix
from advisor.model.rulebook import Catalog, Row
from advisor.model.rules import MODEL, NOWHERE, Rule, Table
from advisor.model.stated import BRIDGED, COLLIDE, LEAVES, RELIEVED, STARTS, TYPED, Matter, MatterKind, rule_of

UNKNOWN, SEAT = "unknown", "seat"  # kinds of lines on what is not known, and on who leads a part
ROW_RANK = 88  # what nobody owns is why the matrix is made
LONGEST_ROW = 60
FIXED_DAYS = frozenset({"milestone"})
SAME_DAYS = 4  # apart at most, for fixed days to compete
_JOINING = "when|where|which|that|who|whose|because|so that|for which|asked|neither"
_OPTIONAL = re.compile(r"\[([^\[\]|]*)(?:\|([^\[\]]*))?\]")
_FILLED = re.compile(r"\{([a-z_]+)\}")
_WEEK = timedelta(weeks=1)


def with_stated(catalog: Catalog, advice: Advice) -> Advice:
    """The advice with what the engagement states besides its answers; no model, level or other row hangs on it."""
    kinds = catalog.matters
    advice = replace(advice, recommendation=_paid_by_time(advice))
    matters = [*_of_people(advice), *_collisions(advice), *advice.engagement.matters]
    known = [(matter, kinds[matter.kind]) for matter in matters if matter.kind in kinds]
    begins = first_day(advice)
    points = [point for matter, kind in known for point in _points(matter, kind, begins)]
    rows = [_row(catalog, advice, matter, rule, at) for at, (matter, kind) in enumerate(known, 1) if (rule := kind.row)]
    return replace(
        advice,
        points=(*points, *advice.points),
        matrix=_with_rows(catalog, advice.matrix, rows) if rows and advice.matrix.activities else advice.matrix,
    )


def _of_people(advice: Advice) -> Iterator[Matter]:
    """What follows from people who are free later than the work starts, or leave before it ends."""
    begins, ends = first_day(advice), last_day(advice)
    for role in advice.engagement.times:
        lacking = role not in advice.matrix.roles or role in advice.recommendation.not_paid_for
        if lacking or not advice.names.roles[role].manager:
            continue
        who = of_holder(advice, role)[0].name
        if not who:  # whoever it will be, nobody can be told to follow a person without a name
            continue
        called = advice.names.roles[role].name
        called = called[:1].lower() + called[1:]
        start, until = free_from(advice, role), free_until(advice, role)
        if start and begins and start > begins:
            other = bridge(advice, role)
            yield Matter(BRIDGED if other else STARTS, called, who, other, start)
        if until and (not ends or until < ends):
            other = successor(advice, role)
            yield Matter(RELIEVED if other else LEAVES, called, who, other, until)


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


def _collisions(advice: Advice) -> Iterator[Matter]:
    """Fixed days that fall within a few days of each other."""
    fixed = sorted(
        (one.by, one.what.rstrip(".")) for one in advice.engagement.matters if one.kind in FIXED_DAYS and one.by
    )
    group: list[tuple[str, str]] = []
    for day, what in (*fixed, ("9999-12-31", "")):
        if group and (date.fromisoformat(day) - date.fromisoformat(group[-1][0])).days > SAME_DAYS:
            if len(group) > 1:
                yield Matter(COLLIDE, "; ".join(f"{one} on {at}" for at, one in group), by=group[0][0])
            group = []
        group.append((day, what))


def _points(matter: Matter, kind: MatterKind, begins: str) -> Iterator[PointItem]:
    early = _early(matter.by, kind.ahead, begins) if matter.by else ""
    typed = {"what": matter.what, "whom": matter.who, "owner": matter.owner, "day": matter.by, "early": early}
    about = {name: text for name, text in typed.items() if text}

    def said(text: str) -> str:
        return _chosen(text, about)

    for point in kind.points:
        yield PointItem(
            kind=point.kind,
            text=said(point.text),
            rank=point.rank,
            who=point.who,
            trigger=said(point.trigger),
            action=said(point.action),
            due=said(point.due).replace("{early}", early),
            rule=rule_of(kind.id),
            says=kind.says,
            claims=kind.claims,
            because={},
            inside=point.inside,
            about=about,
        )
    for line, text in ((UNKNOWN, kind.unknown), (SEAT, kind.seat)):
        if text:
            yield PointItem(
                line, said(text), 90, "", "", "", "", rule_of(kind.id), kind.says, kind.claims, {}, about=about
            )


def _early(day: str, ahead: int, begins: str) -> str:
    """So many weeks before the day, or half-way there where that is past already."""
    last = date.fromisoformat(day)
    found = moved(last, -ahead * _WEEK)
    if not begins or found > (first := date.fromisoformat(begins)):
        return found.isoformat()
    return (first + max(last - first, timedelta()) / 2).isoformat()


def _chosen(text: str, about: Mapping[str, str]) -> str:
    """The text without its optional parts that nothing fills; what stands behind their `|` comes instead."""

    def part(found: re.Match[str]) -> str:
        wanted = set(_FILLED.findall(found[1])) & TYPED
        return found[1] if wanted <= about.keys() else found[2] or ""

    return _OPTIONAL.sub(part, text)


def values_of(advice: Advice) -> dict[str, str]:
    """What rules read of an advice: findings, what was assumed or answered, and the model."""
    return {
        **{one.id: one.value for one in advice.findings},
        **advice.assumed,
        **advice.engagement.answers,
        MODEL: advice.recommendation.model,
    }


def _row(catalog: Catalog, advice: Advice, matter: Matter, rule: Rule, at: int) -> ActivityRow:
    """The row that a matter becomes, with letters as its rule gives them to who is there."""
    values = values_of(advice)
    model = catalog.models[advice.recommendation.model]
    table = Table(rule.id, "", (), (rule,), NOWHERE)
    row = Row(f"{rule.id}_{at}", _short(matter.what), _phase(advice), rule.cites, table, ROW_RANK)
    return build_row(catalog, row, table.rules, model, columns(catalog, model, values))


def _phase(advice: Advice) -> str:
    """The phase that work is in: the first that has rows."""
    return advice.matrix.activities[0].phase if advice.matrix.activities else ""


def _short(what: str) -> str:
    """What fits into a cell: without its article, up to the first break, on a whole word."""
    what = re.sub(r"^(?:the|a|an) ", "", what, flags=re.IGNORECASE)
    head = re.split(rf"[,;:] | \(| – | - | (?:{_JOINING}) ", what, maxsplit=1)[0].strip().rstrip(".") or what
    head = re.sub(r" (?:at|by|for|from|in|of|on|to|with)$", "", head)
    if len(head) > LONGEST_ROW:
        head = head[:LONGEST_ROW].rpartition(" ")[0] or head[:LONGEST_ROW]
    return head[:1].upper() + head[1:]


def _with_rows(catalog: Catalog, matrix: Matrix, rows: list[ActivityRow]) -> Matrix:
    order = [phase.id for phase in catalog.phases]
    activities = sorted([*matrix.activities, *rows], key=lambda row: order.index(row.phase))
    lettered = {cell.role for row in rows for cell in row.cells}
    shown = tuple(role for role in catalog.roles if role in matrix.roles or role in lettered)
    return replace(matrix, roles=shown, activities=tuple(activities))

"""What people state of their engagement, put into the advice: lines for the brief, and rows for what nobody owns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from advisor.advise.against import tight
from advisor.advise.ahead import is_past, is_soon
from advisor.advise.derived import derived
from advisor.advise.lead_times import CLOSE, late, lead_of
from advisor.advise.offered import name_of
from advisor.advise.offers import OFFER, for_the_team, is_on_staffing, seat_for
from advisor.advise.owners import CLIENTS, EXECUTIVE, everybody, is_claimed, is_ours, is_same, is_theirs, parties
from advisor.advise.pace_sums import worked_out
from advisor.advise.pacing import Pace, Stated, paced
from advisor.advise.stated_rows import rows_of, with_rows
from advisor.advise.stints import BOTH, carrier, free_until, most_days, of_holder, spare
from advisor.advise.takers import above, is_named_in, taker_of
from advisor.advise.typed import known_of, of_kind
from advisor.model.advice import Advice, PointItem, Recommendation
from advisor.model.rulebook import Catalog
from advisor.model.rules import DELIVERY_MANAGER, HANDOVER, PROJECT_MANAGER, Point
from advisor.model.stated import (
    AMONG_THEM,
    ANSWERED,
    BEHIND,
    BETWEEN,
    CLAIMED,
    GIVEN,
    INSIDE,
    NEEDED,
    OURS,
    OWN,
    PACED,
    PAST,
    RUNS_OUT,
    SOON,
    THEIRS,
    TIGHT,
    TYPED,
    UNNAMED,
    WHO,
    Matter,
    rule_of,
)

GAP, LEAVER = "gap", "leaver"
UNKNOWN, SEAT = "unknown", "seat"  # kinds of lines on what is not known, and on who leads a part
TAKER = "taker"  # in what is known of a point: who takes it, a role or a name
URGENT, DEAR, MOST_RANK = 5, 3, 100  # what is due within days, or is about a sum of money, ranks so much higher
_SUM = re.compile(r"(?:[A-Z]{3} |[€£$] ?)\d[\d,.]{2,}")
STEP = "step"
FOLLOWS = "; {lead}"  # behind a step: how long it takes; whether a day holds is first settled within the firm
_IN_TWO_WEEKS = {"by": "within two weeks", "on": "in two weeks"}
_A_DAY = re.compile(r"\b(?P<word>by|on) \{(?P<day>early|soon|check|half|done|ready)\}")
_ISO_DAY = 10  # characters of a day
PENALTY = "penalty"
MILESTONE, AUTHORITY = "milestone", "authority"
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FILLED = re.compile(r"\{([a-z_]+)\}")
_NOTHING: Mapping[str, str] = MappingProxyType({})


def with_stated(catalog: Catalog, advice: Advice) -> Advice:
    """The advice with what the engagement states besides its answers; no model, level or other row hangs on it."""
    kinds = catalog.matters
    advice = replace(advice, recommendation=_paid_by_time(advice))
    stated = (_with_taker(advice, one) for one in advice.engagement.matters)
    matters = [*dict.fromkeys(derived(advice)), *tight(advice), *late(advice), *worked_out(advice), *stated]
    known = [of_kind(advice, matter, kinds[matter.kind]) for matter in matters if matter.kind in kinds]
    if any(one.name == AUTHORITY and is_theirs(advice, one.matter.who) for one in known):  # who decides more
        known = [one for one in known if one.kind.id != UNNAMED]
    paces = paced(advice, known)
    points = [
        point
        for one, pace in zip(known, paces, strict=True)
        for point in _points(advice, one, pace)
        if not (one.kind.id == MILESTONE and _is_tight(one.matter, known)) and not _is_worked_out(one.matter, known)
    ]
    rows = [row for at, one in enumerate(known, 1) for row in rows_of(catalog, advice, one, at)]
    return replace(
        advice,
        points=(*points, *advice.points),
        matrix=with_rows(catalog, advice.matrix, rows) if rows and advice.matrix.activities else advice.matrix,
    )


def _with_taker(advice: Advice, matter: Matter) -> Matter:
    """What nobody has taken on, for the delivery manager where the project manager has too few days and they do not."""
    plan, client = (spare(advice, role) for role in (PROJECT_MANAGER, DELIVERY_MANAGER))
    if matter.kind != GAP or matter.owner or matter.does or not set(BOTH) <= set(advice.split.overall):
        return matter
    handed_over = advice.recommendation.model == HANDOVER  # whoever comes later takes on nothing now
    moved = plan is not None and client is not None and plan < 0 < client and not handed_over
    return replace(matter, owner=DELIVERY_MANAGER) if moved else matter


def _is_tight(matter: Matter, known: list[Stated]) -> bool:
    """Whether little is left before this fixed day, which is a risk of its own."""
    return any(one.kind.id == TIGHT and one.matter.by == matter.by for one in known)


def _is_worked_out(matter: Matter, known: list[Stated]) -> bool:
    """Whether it follows that this does not fit or last, which says more."""
    found = (one.matter for one in known if one.kind.id in (BEHIND, RUNS_OUT))
    return matter.kind in PACED and any((one.left, one.pace) == (matter.left, matter.pace) for one in found)


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
    lead = lead_of(advice, matter)
    hurries = lead is not None and (lead.late or lead.spare <= CLOSE)
    proposed = _NOTHING if matter.answer or is_past(advice, matter.by) else stated.about.texts
    for point in stated.points:
        taker = taker_of(advice, stated, point.who, proposed.get(WHO, ""))
        known = {**about, TAKER: taker} if taker else dict(about)
        if is_same(advice, taker, known.get("above", "")):
            known["owner"] = known.pop("above")  # whoever stands above those concerned settles it
        otherwise: dict[str, str] = {}
        for case in _cases(advice, stated, point, taker, known.get("whom", "")):
            otherwise |= kind.cases.get(case, _NOTHING)
        otherwise |= proposed
        if otherwise.get("without") == point.kind or (point.kind == STEP and _stays_on(advice, stated)):
            continue
        known |= _without_taker(advice, taker, known)
        alone = is_same(advice, taker, matter.who)
        if alone or (kind.who_takes_it and _takes_part(advice, taker, matter.who)):
            known.pop("whom", "")  # nobody agrees anything with themselves
        due = _on_a_day(_chosen(otherwise.get("by", point.due), known), known)
        if "event" in known and due[-_ISO_DAY:] >= known["event"][-_ISO_DAY:]:
            known.pop("event")  # it is not in time for that
        follows = f"[{FOLLOWS}]" if point.kind == STEP else ""
        yield PointItem(
            kind=point.kind,
            text=_chosen(f"{otherwise.get(point.kind, point.text)}{follows}", known),
            rank=min(_rank(point, stated) + URGENT * (is_soon(advice, matter.by) or hurries), MOST_RANK),
            who=point.who,
            trigger=_undated(_chosen(otherwise.get("trigger", point.trigger), known), known),
            action=_chosen(otherwise.get("action", point.action), known),
            due=due,
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


def _without_taker(advice: Advice, taker: str, known: Mapping[str, str]) -> dict[str, str]:
    """Whom to tell of several people, but for whoever tells them."""
    several = parties(known.get("whom", ""))
    others = [one for one in several if not is_same(advice, taker, one)]
    return {"whom": " and ".join(others)} if 1 <= len(others) < len(several) else {}


def _stays_on(advice: Advice, stated: Stated) -> bool:
    """Whether somebody who is said to leave is offered as well, and taken up."""
    if stated.kind.id != LEAVER:
        return False
    text, offers = stated.matter.what, (one for one in advice.engagement.matters if one.kind == OFFER)
    return any(is_named_in(name_of(one), text) and seat_for(advice, one) for one in offers)


def _on_a_day(due: str, known: Mapping[str, str]) -> str:
    """By when, with its day (ISO 8601)."""
    return _undated(_FILLED.sub(lambda found: known.get(found[1], found[0]), due), known)


def _undated(text: str, known: Mapping[str, str]) -> str:
    """The text with `two weeks` for a day that nothing is known to be counted from."""
    return _A_DAY.sub(lambda found: found[0] if found["day"] in known else _IN_TWO_WEEKS[found["word"]], text)


def _rank(point: Point, stated: Stated) -> int:
    own, matter = stated.about.rank if point.kind == STEP else 0, stated.matter
    return (own or point.rank) + DEAR * bool(matter.amount or _SUM.search(matter.what))


def _takes_part(advice: Advice, taker: str, who: str) -> bool:
    """Whether somebody is who takes it, or goes along."""
    return is_same(advice, taker, who) or any(is_same(advice, one, who) for one in taker.split(" with "))


def _cases(advice: Advice, stated: Stated, point: Point, taker: str, whom: str) -> Iterator[str]:
    """The cases that hold, the one that counts most last."""
    matter, several = stated.matter, parties(stated.matter.who)
    whom = whom or (EXECUTIVE if f"{{who_{EXECUTIVE}}}" in f"{point.text}{point.action}" else "")
    if stated.kind.id == LEAVER:
        whom = whom or next((name for name in _client_people(advice) if is_named_in(name, matter.what)), "")
    among_them = len(several) > 1 and all(is_theirs(advice, one) for one in several)
    holds = {
        BETWEEN: len(several) > 1,
        AMONG_THEM: among_them and not matter.owner and not is_same(advice, taker, above(advice, matter.who)),
        OURS: is_ours(advice, whom),
        THEIRS: is_theirs(advice, whom),
        OWN: is_same(advice, taker, whom),
        GIVEN: bool(matter.does),
        SOON: is_soon(advice, matter.by),
        PAST: is_past(advice, matter.by),
        NEEDED: is_on_staffing(matter) and not for_the_team(matter) and bool(seat_for(advice, matter)),
        CLAIMED: stated.kind.id == PENALTY and is_claimed(advice, matter),
        ANSWERED: bool(matter.answer),
    }
    return (case for case, found in holds.items() if found)


def _client_people(advice: Advice) -> Iterator[str]:
    """The names of the client's people."""
    return (name for role, name in everybody(advice) if role in CLIENTS)


def _chosen(text: str, about: Mapping[str, str]) -> str:
    """The text with the first of what each bracket offers between its `|` that is filled; without it where none is."""
    return _OPTIONAL.sub(lambda found: next((one for one in found[1].split("|") if _is_filled(one, about)), ""), text)


def _is_filled(text: str, about: Mapping[str, str]) -> bool:
    return set(_FILLED.findall(text)) & TYPED <= about.keys()

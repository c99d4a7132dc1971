"""What speaks for the decision: what people stated, the days of work, and why nobody else is needed."""

from __future__ import annotations

from advisor.advise.declined import declined
from advisor.advise.offered import name_of
from advisor.advise.offers import LITTLE, OFFER, few_days, is_little
from advisor.documents.brief.chosen import FACTS, MOST, work_of
from advisor.documents.brief.holding import days_told, filled
from advisor.documents.brief.seat_days import days_of_seats, days_of_work
from advisor.documents.brief.weighing import WORKED_OUT, stated, weightiest
from advisor.documents.shared import words
from advisor.model.advice import Advice, PointItem
from advisor.model.rules import MODEL, WORK_ASKS_FOR

MOST_STATED, FILLED = 3, 4  # of what was typed; and up to which what is assumed fills up
WITHOUT = "without"  # why nobody else is needed
MOST_REFUSED = 2  # reasons against somebody else in particular
WORTH_MORE = 5  # a fact on who leads or is offered weighs so much more, and one that follows from days or money
ARGUED = (FACTS, WITHOUT)  # of each, one line at least, whatever people typed
_MODELS = frozenset((MODEL, WORK_ASKS_FOR))  # what a fact argues for, not what it states


def facts(advice: Advice, most: int = MOST[FACTS]) -> tuple[str, ...]:
    """What speaks for the decision: as people typed it, from the days of work, and why nobody else is needed.

    What is assumed only fills up to the fewest, and is marked. Nothing is said of no days, nor of days twice.
    """
    few = is_little(advice) and len(days_of_seats(advice)) == 1
    none = {measure for measure, some in days_of_work(advice).items() if few or not some}
    typed = sorted(stated(advice, FACTS), key=lambda one: -one.rank - WORTH_MORE * _is_worth_more(advice, one))
    typed = typed[: min(MOST_STATED, max(most - len(ARGUED), 1))]
    others = [one for one in weightiest(advice, FACTS, None) if not days_told(advice, one.text) & none]
    refused = [words.ended(filled(advice, text, about)) for text, about in declined(advice)][:MOST_REFUSED]
    without = [one for one in weightiest(advice, WITHOUT, None) if not days_told(advice, one.text) & none][:1]
    if few and not refused:
        refused = [f"No second manager: {LITTLE.format(days=few_days(advice.paid_days))}."]
    without = [] if refused else without
    said = {measure for one in without for measure in days_told(advice, one.text)}
    days = [one for one in others if days_told(advice, one.text) and not days_told(advice, one.text) & said][:1]
    said |= {measure for one in days for measure in days_told(advice, one.text)}
    counted = [] if said or refused or few else [" ".join(one.said for one in work_of(advice))]
    rest = sorted(
        (one for one in others if one not in days and not days_told(advice, one.text) & said),
        key=lambda one: _is_open(advice, one),
    )
    told = [one for one in rest if not _is_open(advice, one)]
    argued = len(typed) + len(days) + len(counted) + len(without) + len(refused)
    fill = rest[: max(min(max(most - argued, 0), len(told)), FILLED - argued)]
    lines = [_argued(advice, one) for one in (*typed, *fill, *days)]
    ends = (*refused, *(_argued(advice, one) for one in without))
    return tuple(text for text in dict.fromkeys((*lines, *counted, *ends)) if text)


def _is_worth_more(advice: Advice, one: PointItem) -> bool:
    """Whether it speaks of somebody who leads by this advice or is offered, or was worked out from days or money."""
    if one.rule in WORKED_OUT:
        return True
    said, people = one.about.get("what", ""), advice.engagement.people
    led = (people.get(role, "") for role in advice.split.overall)
    offered = (name_of(matter) for matter in advice.engagement.matters if matter.kind == OFFER)
    return any(name and (name in said or name.split()[0] in said.split()) for name in (*led, *offered))


def _argued(advice: Advice, one: PointItem) -> str:
    text = words.ended(words.capital(filled(advice, one.text, one.about)))
    return text if one.kind == WITHOUT else words.marked(text, _is_open(advice, one))


def _is_open(advice: Advice, one: PointItem) -> bool:
    """Whether it states something that nobody answered."""
    return any(name in advice.assumed or name in advice.unsure for name in one.because if name not in _MODELS)

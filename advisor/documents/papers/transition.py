"""A transition plan: from the project to whoever runs its result, with steps counted from go-live."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from advisor.documents.brief.dates import GO_LIVE, day_of, order
from advisor.documents.papers.annex import NOTHING, to_sign
from advisor.documents.papers.content import Grid, Page, Section, filled_in
from advisor.documents.papers.saying import all_of, is_there, passages, says, two_meet, who
from advisor.documents.shared import words
from advisor.model.advice import Advice, PassageItem
from advisor.model.days import at_work

_SIGN_FOR = ("handover_to_support", "go_live_readiness", "release_decision", "acceptance_testing", "hypercare")


def why_not(advice: Advice) -> str:
    """Why this engagement has no transition; empty where it has one."""
    return " ".join(all_of(advice, "transition_not_here"))


def pages(advice: Advice, as_of: str) -> tuple[Page, ...]:
    """All sections, one after the other; what is due before `as_of` (ISO 8601) is due at once."""
    handed = tuple(_handed_over(advice))
    accepted = tuple(_accepted(advice))
    exit_ = all_of(advice, "transition_exit")
    sections = filled_in(
        Section("Steps", grid=Grid(("When", "Who", "Step"), (26, 26, 48), tuple(_steps(advice, as_of)))),
        Section(
            "Accepted before anything changes hands",
            grid=Grid(("What is shown", "Owner", "Accepts"), (50, 25, 25), accepted),
        ),
        Section("What is handed over", grid=Grid(("What", "From", "To"), (50, 25, 25), handed)),
        Section("Hypercare", all_of(advice, "transition_hypercare")),
        Section("Hypercare ends when", points=exit_),
        Section("Agreed by", grid=_to_sign(advice)),
    )
    return (Page("", sections),)


def _steps(advice: Advice, as_of: str) -> Iterator[tuple[str, ...]]:
    found = [item for item in passages(advice, "transition_step") if is_there(advice, item.passage.who)]
    for item in sorted(found, key=lambda item: order(advice, item.passage.by)):
        yield _when(advice, item, as_of), who(advice, item.passage.who), says(advice, item)


def _when(advice: Advice, item: PassageItem, as_of: str) -> str:
    """`19 August 2027, six weeks before go-live`; without dates, the words alone."""
    counted = words.capital(item.passage.by).replace(GO_LIVE, advice.names.go_live)
    found = day_of(advice, item.passage.by)
    if not found:
        return counted
    day = datetime.date.fromisoformat(found)
    if found != advice.engagement.dates.get("go_live"):
        day = at_work(day)
    on = words.date_words(day.isoformat())
    if as_of and found < as_of:
        return f"At once; it was due on {on}"
    # No step is due before the work begins: in short work, those that would be are due on its first day.
    return (
        f"{on}, at the start"
        if found == advice.engagement.dates.get("start")
        else f"{on}, {words.lower_first(counted)}"
    )


def _accepted(advice: Advice) -> Iterator[tuple[str, ...]]:
    for item in passages(advice, "transition_accept"):
        one = item.passage
        if is_there(advice, one.who) and is_there(advice, one.to):
            accepts = who(advice, one.to) if two_meet(advice, one) else NOTHING
            yield says(advice, item), who(advice, one.who), accepts


def _handed_over(advice: Advice) -> Iterator[tuple[str, ...]]:
    """What changes hands; nothing that stays with the same people."""
    for item in passages(advice, "transition_hand_over"):
        one = item.passage
        if two_meet(advice, one):
            yield says(advice, item), who(advice, one.who), who(advice, one.to)


def _to_sign(advice: Advice) -> Grid:
    """Those who answer for a row of the transition."""
    return to_sign(advice, (row for row in advice.matrix.activities if row.id in _SIGN_FOR))

"""Reviews of engagements as one report: what to settle first, what is no longer as signed, what falls due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from advisor.advise.reader_words import in_words_of
from advisor.documents.agreed.report import Part, Report, Table
from advisor.documents.agreed.review_words import changed, done_since, due_line, overdue, risks, told_otherwise
from advisor.documents.brief.dates import live_day
from advisor.documents.brief.holding import filled
from advisor.documents.brief.weighing import weightiest
from advisor.documents.shared import words
from advisor.review.values import LOOK, Due, Reviewed

KIND = "Review of what was agreed"
MOST_REVIEWS = 3  # as many as a brief names
_COLUMNS = ("What", "As signed", "Now", "Because", "To do")


def with_looks(reviewed: Reviewed) -> Reviewed:
    """The review with the days among those to come on which its brief says to look again."""
    advice = in_words_of(reviewed.advice)
    looks = (
        Due(day, LOOK, filled(advice, one.text.rstrip(".")))
        for one in weightiest(advice, "review", MOST_REVIEWS)
        if (day := live_day(advice, one.text)) >= reviewed.today
    )
    return replace(reviewed, coming=tuple(sorted((*reviewed.coming, *looks), key=lambda one: one.day)))


def report_of(found: Sequence[Reviewed], title: str = "") -> Report:
    """The reviews as a report."""
    one = found[0] if len(found) == 1 else None
    parts = [part for each in found for part in _parts(each, one is None)]
    heading = words.clean(title) or (_name(one) if one is not None else words.numbered(len(found), "engagement"))
    return Report(
        KIND,
        heading,
        words.clean(one.advice.engagement.client) if one is not None else "",
        f"Reviewed on {words.date_words(found[0].today)}",
        verdict(found),
        _signed(one) if one is not None else (),
        tuple(parts),
        "; ".join(dict.fromkeys(f"Rulebook {one.advice.version}, digest {one.advice.digest}" for one in found)) + ".",
    )


def verdict(found: Sequence[Reviewed]) -> str:
    """What comes out, in a sentence."""
    if len(found) > 1:
        bad = sum(not one.stands for one in found)
        if not bad:
            return f"All {words.number(len(found))} engagements stand as they were agreed."
        return f"{words.capital(words.number(bad))} of {words.number(len(found))} engagements {_need(bad)} attention."
    one = found[0]
    what = []
    if changed(one) or risks(one) or told_otherwise(one):
        count = len(changed(one)) + len(risks(one)) + len(told_otherwise(one))
        what.append(f"{words.numbered(count, 'thing is', 'things are')} no longer as signed")
    if one.misfits or one.overdue:
        what.append(f"{words.numbered(len(one.misfits) + len(one.overdue), 'thing is', 'things are')} overdue")
    if what:
        return words.ended(words.capital(words.listed(what)))
    return (
        "All stands as it was signed." if one.signed is not None else "Nothing agreed is overdue; nothing was signed."
    )


def _need(count: int) -> str:
    return "needs" if count == 1 else "need"


def _name(one: Reviewed) -> str:
    return words.clean(one.advice.engagement.name) or words.clean(one.advice.engagement.id)


def _signed(one: Reviewed) -> tuple[str, ...]:
    signed = one.signed
    if signed is None:
        return ("Not signed yet: advisor review --sign keeps what is agreed, so that later reviews can compare.",)
    until = f", until {words.date_words(signed.until)}" if signed.until else ""
    by = words.listed([words.clean(name) for name in signed.by])
    return (f"Signed on {words.date_words(signed.on)} by {by}{until}, under rulebook {signed.version}.",)


def _parts(one: Reviewed, several: bool) -> list[Part]:
    level = 3 if several else 2
    parts = [Part(_name(one), (verdict([one]), *_signed(one)))] if several else []
    late = overdue(one)
    if late:
        parts.append(Part("Overdue", points=tuple(f"{what} {do}" for what, do in late), level=level))
    lines = changed(one)
    if lines:
        parts.append(Part("No longer as signed", table=Table(_COLUMNS, lines), level=level))
    moved = risks(one)
    if moved:
        parts.append(Part("Risks", table=Table(("Risk", "Because", "To do"), moved), level=level))
    told = told_otherwise(one)
    if told:
        parts.append(Part("Asked or informed otherwise", points=told, level=level))
    done = done_since(one)
    if done:
        parts.append(Part("Past since it was signed", points=done, level=level))
    if one.idle:
        rows = {row.id: row.name for row in one.advice.matrix.activities}
        said = tuple(
            f"{rows.get(each.row, each.row)}: the rules now give what was agreed; the entry can go."
            for each in one.idle
        )
        parts.append(Part("No longer needed", points=said, level=level))
    if one.coming:
        advice = in_words_of(one.advice)
        due = tuple(f"{words.date_words(each.day)}: {due_line(advice, each)}." for each in one.coming)
        parts.append(Part("What falls due", points=due, level=level))
    return parts

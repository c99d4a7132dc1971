"""A filled plan on the screen: which rows have letters, which have none and why, what is to be known."""

from __future__ import annotations

from advisor.compare.filling import FILLED, LETTERED, NEEDLESS, OPEN, UNKNOWN, FilledRow, Filling
from advisor.compare.mapping import label
from advisor.compare.values import LIKELY, MAPPED
from advisor.documents.fill.edits import how_sure, our_row, why
from advisor.documents.shared.paint import NARROWEST, Paper
from advisor.documents.shared.words import clean, listed, numbered

# The rows without letters, the nearest to letters first.
_LEFT = {
    OPEN: "Left empty: perhaps a row of the advice",
    UNKNOWN: "Left empty: no row of the advice",
    NEEDLESS: "Left empty: this engagement does not need it",
    LETTERED: "Left as it was: has letters already",
}

_SHOWN = 6  # rows of the advice that the plan lacks


def filling_as_text(found: Filling, width: int = 80, colour: bool = False) -> str:
    """At most `width` columns wide (60 at the least); ANSI only with `colour`."""
    paper = Paper(max(width, NARROWEST), colour)
    plan, engagement = found.plan, found.advice.engagement
    named = clean(engagement.name or engagement.id)
    lines = [
        paper.accent(line) for line in paper.paragraph(f"{clean(plan.file)}, {clean(plan.table)}; advice on: {named}.")
    ]
    lines += ["─" * paper.width, *(paper.bold(line) for line in paper.paragraph(verdict(found)))]
    doubtful = [row for row in found.of(FILLED) if row.lined.how in (LIKELY, MAPPED)]
    certain = [row for row in found.of(FILLED) if row not in doubtful]
    for head, rows in (
        ("Letters, lined up as likely: look these through", doubtful),
        ("Letters, lined up as sure", certain),
    ):
        if rows:
            lines += paper.heading(head)
            for row in rows:
                lines += paper.paragraph(f"{_theirs(found, row)} = {our_row(found, row)}, {how_sure(row)}", 2, 2)
                letters = ", ".join(f"{one.letters} {clean(one.seat.name)}" for one in row.given)
                lines += [paper.faint(line) for line in paper.paragraph(letters, 6, 2)]
    for outcome, head in _LEFT.items():
        if left := found.of(outcome):
            lines += paper.heading(f"{head} ({len(left)})") + paper.bullets(_left(found, row) for row in left)
    notes = [*map(clean, found.notes), *_lacking(found)]
    if notes:
        lines += paper.heading("To be known") + paper.bullets(notes)
    read = [*plan.taken, *plan.passed_over]
    lines += paper.heading("How the plan was read") + paper.bullets(map(clean, read))
    policy = found.wordings.lined_up
    foot = (
        f"The number says how alike the words are, of 100: sure from {policy.sure}, likely from {policy.likely}. "
        "Correct it with --write-mapping and --mapping."
    )
    return "\n".join([*lines, "", *paper.paragraph(foot, style="2")]) + "\n"


def verdict(found: Filling) -> str:
    """`41 of 60 rows have letters now; 3 perhaps, 12 unknown, 4 not needed are left empty.`"""
    words = {OPEN: "perhaps one of ours", UNKNOWN: "unknown", NEEDLESS: "not needed"}
    left = [f"{len(rows)} {said}" for outcome, said in words.items() if (rows := found.of(outcome))]
    kept = len(found.of(LETTERED))
    said = f"{len(found.of(FILLED))} of {numbered(len(found.rows), 'row')} get letters"
    said += f"; left empty: {listed(left)}" if left else ""
    return f"{said}; {kept} had letters already." if kept else f"{said}."


def _theirs(found: Filling, row: FilledRow) -> str:
    theirs = found.plan.rows[row.lined.at]
    return f"{theirs.place}: {clean(theirs.activity)}"


def _left(found: Filling, row: FilledRow) -> str:
    near = our_row(found, row)
    said = f"{_theirs(found, row)} ({near} {how_sure(row)})" if near else _theirs(found, row)
    return f"{said}: {why(row)[0]}" if row.outcome == NEEDLESS else said


def _lacking(found: Filling) -> list[str]:
    """Rows of the advice that the plan does not have, and columns that are added."""
    notes = []
    new = [clean(seat.our_name) for seat, at in found.columns if at is None]
    there = [f"{clean(label(found.plan, at))} ({clean(seat.our_name)})" for seat, at in found.columns if at is not None]
    if there:
        notes.append(f"Columns filled in: {listed(there)}.")
    if new:
        notes.append(f"Columns added: {listed(new)}.")
    if found.lacking:
        names = listed([clean(row.name) for row in found.lacking][:_SHOWN])
        more = " and more, which --format json lists" if len(found.lacking) > _SHOWN else ""
        notes.append(f"The plan has none of {numbered(len(found.lacking), 'row')} of the advice: {names}{more}.")
    return notes

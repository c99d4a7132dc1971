"""What another rulebook changes for one engagement: model, leads, letters and risks, each with why; and for a book."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisor.documents.advice.pages import environment
from advisor.documents.matrix.csv_table import defused
from advisor.documents.papers.content import Grid, Page, Paper, Section
from advisor.documents.shared import words
from advisor.documents.shared.view import Pair
from advisor.model.advice import Advice
from advisor.model.matrix import Cell, PhaseSplit
from advisor.model.rulebook import Catalog

NAME = "What another rulebook changes"
MODEL, LEAD, LETTER, RISK = WHAT = ("Model", "Lead", "Letter", "Risk")
COLUMNS = ("source", "id", "name", "client", "what", "where", "was", "now", "why")
SUFFIXES = {".md": "md", ".html": "html"}
MOST_SHOWN = 200  # engagements that a report goes through one by one
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what kind it is (one of WHAT), where, what stood and stands there, and why it stands so."""

    what: str
    where: str
    was: str
    now: str
    why: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One engagement and all that changes for it; no changes where the two rulebooks say the same."""

    source: str
    id: str
    name: str
    client: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands around the report, by the names that the layouts of all documents use."""

    heading: str
    dated: str
    version: str
    digest: str
    client: str = ""
    context: str = ""
    logo: str = ""
    dates: tuple[Pair, ...] = ()


def changed(before: Advice, after: Advice, source: str) -> Changed:
    """What differs between two advices on the same engagement."""
    engagement = before.engagement
    found = (*_model(before, after), *_leads(before, after), *_letters(before, after), *_risks(before, after))
    name, client = words.clean(engagement.name), words.clean(engagement.client)
    return Changed(source, words.clean(engagement.id), name, client, found)


def _model(before: Advice, after: Advice) -> Iterator[Change]:
    was, now = (words.model_name(one, one.recommendation.model) for one in (before, after))
    if before.recommendation.model != after.recommendation.model:
        reasons = [*_levels(before, after), *(words.ended(one.says) for one in after.recommendation.reasons)]
        yield Change(MODEL, "", was, now, " ".join(reasons[:3]))


def _levels(before: Advice, after: Advice) -> Iterator[str]:
    """Levels of work that differ, in words."""
    had = {one.measure: one for one in before.levels}
    for one in after.levels:
        if one.measure in had and had[one.measure].level != one.level:
            yield f"{one.text} {words.capital(had[one.measure].label)} before, {one.label} now."


def _leads(before: Advice, after: Advice) -> Iterator[Change]:
    had = {part.phase: part for part in before.split.phases}
    names = {phase.id: phase.name for phase in (*before.names.phases, *after.names.phases)}
    for part in after.split.phases:
        old = had.get(part.phase)
        if old is not None and old.lead != part.lead:
            why = f"{_shares(before, old)} before, {_shares(after, part)} now."
            yield Change(
                LEAD,
                names[part.phase],
                words.role_name(before, old.lead),
                words.role_name(after, part.lead),
                words.capital(why),
            )


def _shares(advice: Advice, part: PhaseSplit) -> str:
    return words.listed(
        [f"{words.lower_first(words.role_name(advice, role))} {share} %" for role, share in part.shares.items()]
    )


def _letters(before: Advice, after: Advice) -> Iterator[Change]:
    """Cells that differ; of a row that only one side has, all of its letters as one change."""
    had, has = ({row.id: row for row in one.matrix.activities} for one in (before, after))
    for id in dict.fromkeys((*had, *has)):
        old, new = had.get(id), has.get(id)
        if old is None or new is None:
            row, side = (new, after) if new is not None else (old, before)
            assert row is not None
            letters = ", ".join(
                f"{words.lower_first(words.column_name(side, cell.role))} {cell.letters}"
                for cell in row.cells
                if cell.letters
            )
            comes = new is not None
            left_out = next((one.reason for one in after.matrix.left_out if one.id == id), "")
            why = row.cells[0].says if comes and row.cells else left_out
            yield Change(LETTER, row.name, NOTHING if comes else letters, letters if comes else NOTHING, why)
            continue
        cells: tuple[Mapping[str, Cell], ...] = tuple({cell.role: cell for cell in row.cells} for row in (old, new))
        for role in dict.fromkeys((*cells[0], *cells[1])):
            was, now = (side[role].letters if role in side else "" for side in cells)
            if was != now:
                says = (cells[1] if now else cells[0])[role].says
                where = f"{new.name}: {words.lower_first(words.column_name(after if now else before, role))}"
                yield Change(LETTER, where, was or NOTHING, now or NOTHING, says)


def _risks(before: Advice, after: Advice) -> Iterator[Change]:
    """Risks of the brief and guardrails that come, go, or are put differently, by the rule that says them."""
    had, has = (dict(_said(one)) for one in (before, after))
    for rule in dict.fromkeys((*had, *has)):
        (was, why), (now, reason) = had.get(rule, ("", "")), has.get(rule, ("", ""))
        if was != now:
            yield Change(RISK, rule, was or NOTHING, now or NOTHING, reason or why)


def _said(advice: Advice) -> Iterator[tuple[str, tuple[str, str]]]:
    for point in advice.points:
        if point.kind == "risk" and not point.about:
            yield point.rule, (words.ended(point.text), point.says)
    for rail in advice.guardrails:
        yield rail.rule, (words.ended(rail.text), "")


def as_csv(found: Iterable[Changed]) -> str:
    """A line for each change, under a head; engagements without any have none."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found:
        for change in one.changes:
            told = (change.what.lower(), change.where, change.was, change.now, change.why)
            writer.writerow(defused((one.source, one.id, one.name, one.client, *told)))
    return stream.getvalue()


def in_a_line(change: Change) -> str:
    """`Lead, planning: delivery manager becomes project manager. Why.`"""
    where = f", {words.lower_first(change.where)}" if change.where else ""
    was, now = change.was.rstrip("."), change.now.rstrip(".")
    becomes = f"new, {now}" if was == NOTHING else f"gone, {was}" if now == NOTHING else f"{was} becomes {now}"
    return " ".join(filter(None, (f"{change.what}{where}: {becomes}.", change.why)))


def in_short(found: Sequence[Changed]) -> str:
    """`3 of 20 engagements change: 1 model, 2 leads, 14 letters, 3 risks`."""
    moved = [one for one in found if one.changes]
    if not moved:
        return f"Nothing changes in {words.numbered(len(found), 'engagement')}"
    count = Counter(change.what for one in moved for change in one.changes)
    kinds = ", ".join(words.numbered(count[what], what.lower()) for what in WHAT if count[what])
    many = f"{len(moved):,} of {words.numbered(len(found), 'engagement')}"
    return f"{many} {'changes' if len(moved) == 1 else 'change'}{f': {kinds}' if kinds else ''}"


def report(found: Sequence[Changed], failed: Sequence[str], against: Catalog, kind: str, title: str, dated: str) -> str:
    """The report on a book of work, as `md` or `html`."""
    moved = [one for one in found if one.changes]
    rows = []
    for one in moved:
        count = Counter(change.what for change in one.changes)
        model = next((f"{change.was} becomes {change.now}" for change in one.changes if change.what == MODEL), NOTHING)
        rows.append((one.name or one.id, one.client, model, *(str(count[what] or NOTHING) for what in WHAT[1:])))
    sections = [
        Section(
            "Which change",
            (f"{in_short(found)}.",),
            Grid(("Engagement", "Client", "Model", "Leads", "Letters", "Risks"), (24, 18, 34, 8, 8, 8), tuple(rows)),
        ),
        *(Section(one.name or one.id, grid=_grid(one)) for one in moved[:MOST_SHOWN]),
    ]
    if len(moved) > MOST_SHOWN:
        sections.append(Section("More", (f"{len(moved) - MOST_SHOWN:,} more are in the CSV that batch writes.",)))
    if failed:
        sections.append(Section("Not compared", points=tuple(words.clean(one) for one in failed)))
    opening = (f"Compared with {words.clean(against.title)}, version {words.clean(against.version)}.",)
    paper = Paper(NAME, opening, (), (Page("", tuple(sections)),))
    date = words.date_words(dated) if dated else ""
    view = Heading(words.clean(title) or "Book of work", date, against.version, against.digest)
    return environment().get_template(f"paper.{kind}.j2").render(paper=paper, view=view, legend=())


def _grid(one: Changed) -> Grid:
    rows = tuple((change.what, change.where, change.was, change.now, change.why) for change in one.changes)
    return Grid(("What", "Where", "Was", "Is", "Why"), (8, 18, 22, 22, 30), rows)

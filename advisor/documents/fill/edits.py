"""What is written into a plan, table by table: letters in columns that are there, columns that are added, reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor.compare import activity_names
from advisor.compare.filling import FILLED, LETTERED, NEEDLESS, OPEN, FilledRow, Filling, Given
from advisor.compare.values import HOW_WORDS
from advisor.documents.shared.words import clean, listed
from advisor.matrices.plan import PlanTable
from advisor.model.matrix import LeftOut

ACTIVITY, HOW, WHY = "Row of the advice", "How sure", "Why"


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What one row gets: texts in columns of the file, texts in the columns added, and the note on its letters."""

    cells: Mapping[int, str]
    added: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableEdit:
    """What one table gets; rows and columns as the file counts them, `headings` those of the columns added.

    `letters` of the columns added are letters; what follows are words.
    """

    table: str
    heading: int
    headings: tuple[str, ...]
    letters: int
    rows: Mapping[int, RowEdit]


def edits_of(found: Filling, tables: Sequence[PlanTable], with_reasons: bool) -> tuple[TableEdit, ...]:
    """What each table of the plan gets; `with_reasons` adds a column for them, where the file has no comments."""
    added = [seat for seat, at in found.columns if at is None]
    headings = (*(clean(seat.our_name) for seat in added), ACTIVITY, HOW, *((WHY,) if with_reasons else ()))
    edits, rows = [], iter(found.rows)
    for table in tables:
        each = {}
        for number, row in zip(table.rows, rows, strict=False):
            letters = {one.seat: one.letters for one in row.given}
            here = {table.roles[at]: letters[seat] for seat, at in found.columns if at is not None and seat in letters}
            reason = (" ".join(why(row)),) if with_reasons else ()
            said = (our_row(found, row), how_sure(row), *reason)
            note = "\n".join((as_what(row), *why(row))) if row.given else ""
            each[number] = RowEdit(here, (*(letters.get(seat, "") for seat in added), *said), note)
        edits.append(TableEdit(table.matrix.table, table.heading, headings, len(added), each))
    return tuple(edits)


def our_row(found: Filling, row: FilledRow) -> str:
    """The row of the advice that it is; with a question mark the one that it may be."""
    if row.ours is not None:
        return clean(row.ours.name)
    if row.outcome != OPEN:
        return ""
    return f"{clean(activity_names(found.advice)[row.lined.near])}?"


def how_sure(row: FilledRow) -> str:
    """How sure it is, with the likeness of 100; and why there are no letters, where there are none."""
    one = row.lined
    sure = HOW_WORDS[one.how] + (f" ({one.score})" if one.score and (row.ours or row.outcome == OPEN) else "")
    return {FILLED: sure, NEEDLESS: f"not needed; {sure}", LETTERED: "has letters already"}.get(row.outcome, sure)


def as_what(row: FilledRow) -> str:
    """`Go-live decision, likely (78), as “Go/no-go”`: what the letters of a row were taken from."""
    by = f", as “{clean(row.lined.by)}”" if row.lined.by and row.ours and row.lined.by != row.ours.name else ""
    return f"{clean(row.ours.name) if row.ours else ''}: {how_sure(row)}{by}"


def why(row: FilledRow) -> list[str]:
    """A sentence for each reason, behind the letters that rest on it; or why the row is not needed."""
    if row.outcome == NEEDLESS and isinstance(row.ours, LeftOut):
        return [clean(row.ours.reason)]
    by_reason: dict[str, list[Given]] = {}
    for one in sorted(row.given, key=lambda given: "ARSCI".index(given.letters[0])):
        by_reason.setdefault(clean(one.says), []).append(one)
    return [
        f"{listed([f'{one.letters} {clean(one.seat.our_name)}' for one in ones])}: {says}" if says else ""
        for says, ones in by_reason.items()
    ]

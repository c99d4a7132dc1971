"""The responsibility matrix as CSV for a spreadsheet, with nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from advisor.advise.reader_words import in_words_of
from advisor.documents.matrix.agreed_words import agreed_lines, agreement_on
from advisor.documents.matrix.letters import kinds, lettering_of
from advisor.documents.matrix.rows import cut
from advisor.documents.shared.edition import Edition
from advisor.documents.shared.words import column_name
from advisor.model.advice import Advice

# What spreadsheets take for the start of a formula, in plain and full-width form.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write(advice: Advice, edition: Edition) -> str:
    """One line a row, rows left out included with their reason; to be written as UTF-8 with newlines as they are.

    For a client, without the rules and claims that each row rests on. Of an extract, nothing but its rows.
    """
    advice = cut(in_words_of(advice), edition.rows)
    phases = {phase.id: phase.name for phase in advice.names.phases}
    order = {phase.id: place for place, phase in enumerate(advice.names.phases)}
    roles, inside, lettering = advice.matrix.roles, not edition.client_view, lettering_of(edition)
    lines: list[tuple[str, list[str]]] = []
    rows = (row.id for row in advice.matrix.activities if agreement_on(row) is not None)
    agreed = dict(zip(rows, agreed_lines(advice, lettering, edition.client_view), strict=True))
    for row in advice.matrix.activities:
        held = kinds(advice, row, lettering)
        letters = [lettering.printed(held.get(role, "")) for role in roles]
        grounds = [" ".join(row.claims), " ".join(row.rules)] if inside else []
        lines.append(
            (
                row.phase,
                [
                    row.id,
                    row.name,
                    "agreed" if row.id in agreed else "in use",
                    *letters,
                    *grounds,
                    agreed.get(row.id, ""),
                ],
            )
        )
    for out in advice.matrix.left_out:
        grounds = ["", out.rule] if inside else []
        lines.append((out.phase, [out.id, out.name, "left out", *[""] * len(roles), *grounds, out.reason]))
    # Stable: rows in use come before rows left out within a phase, each in the rulebook's order.
    lines.sort(key=lambda line: order.get(line[0], len(order)))

    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    headings = ["phase", "activity_id", "activity", "status", *(column_name(advice, role) for role in roles)]
    writer.writerow(defused([*headings, *(["claims", "rules"] if inside else []), "reason"]))
    for phase, cells in lines:
        writer.writerow(defused([phases.get(phase, phase), *cells]))
    return stream.getvalue()


def defused(cells: Iterable[str]) -> list[str]:
    """The cells with an apostrophe before what a spreadsheet would run."""
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]

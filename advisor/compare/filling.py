"""Letters of the advice for a plan that has none: its rows and columns lined up as a comparison does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.compare.lining import line_up, role_names
from advisor.compare.mapping import LiningUp, label
from advisor.compare.seats import joined, letters_of_ours, seats_of
from advisor.compare.values import PERHAPS, Lined, Seat
from advisor.model.advice import Advice
from advisor.model.found import FoundMatrix
from advisor.model.matrix import ActivityRow, LeftOut
from advisor.model.wordings import Wordings

# What became of a row of the plan: it has letters now, it had some before, this engagement does not need it, it may be
# a row of ours, or is none.
FILLED, LETTERED, NEEDLESS, OPEN, UNKNOWN = OUTCOMES = ("filled", "has_letters", "not_needed", "perhaps", "unknown")


@dataclass(frozen=True, slots=True)
class Given:
    """The letters that one party gets in a row, and the sentence, rule and claims that they rest on."""

    seat: Seat
    letters: str
    says: str
    rule: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row of the plan: what became of it, the row of the advice that it is, and who gets which letters."""

    lined: Lined
    outcome: str
    ours: ActivityRow | LeftOut | None = None
    given: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Filling:
    """A plan with letters from the advice; `rows` are as many as the plan has, in its order.

    `columns` are the parties that get letters, those first that have a column of the plan: which one is in `at`, None
    for a party that needs a new one. `lacking` are rows of the advice that the plan does not have.
    """

    plan: FoundMatrix
    advice: Advice
    wordings: Wordings
    rows: tuple[FilledRow, ...]
    roles: tuple[Lined, ...]
    columns: tuple[tuple[Seat, int | None], ...]
    lacking: tuple[ActivityRow, ...]
    notes: tuple[str, ...] = ()

    def of(self, outcome: str) -> tuple[FilledRow, ...]:
        return tuple(row for row in self.rows if row.outcome == outcome)


def fill(plan: FoundMatrix, advice: Advice, wordings: Wordings, mapping: LiningUp | None = None) -> Filling:
    """The plan with the letters that the advice has for its rows. A row that has a letter stays as it is.

    Raises MissingExtra without RapidFuzz.
    """
    lined = line_up(plan, advice, wordings, mapping)
    seats = [seat for seat in seats_of(plan, advice, lined.roles) if seat.staffed]
    needed = {row.id: row for row in advice.matrix.activities}
    left_out = {row.id: row for row in advice.matrix.left_out}
    rows = []
    for one in lined.rows:
        ours = next((needed.get(id) or left_out.get(id) for id in one.ours), None)
        if any(cell.text for cell in plan.rows[one.at].cells):
            rows.append(FilledRow(one, LETTERED, ours))
        elif isinstance(ours, ActivityRow):
            rows.append(FilledRow(one, FILLED, ours, _given(advice, ours, seats)))
        elif ours is not None:
            rows.append(FilledRow(one, NEEDLESS, ours))
        else:
            rows.append(FilledRow(one, OPEN if one.how == PERHAPS else UNKNOWN))
    used = {given.seat for row in rows for given in row.given}
    kept = [seat for seat in seats if seat.theirs or seat in used]
    columns = tuple((seat, _column(seat, lined.roles)) for seat in kept)
    taken = {id for row in lined.rows for id in row.ours}
    lacking = tuple(row for row in advice.matrix.activities if row.id not in taken)
    notes = (*lined.notes, *_beside(plan, columns), *_not_ours(plan, advice, lined.roles))
    return Filling(plan, advice, wordings, tuple(rows), lined.roles, columns, lacking, notes)


def _given(advice: Advice, row: ActivityRow, seats: Sequence[Seat]) -> tuple[Given, ...]:
    """Who has which letters in a row of the advice; the reason is that of the weightiest."""
    found = []
    for seat in seats:
        if letters := joined(letters_of_ours(advice, row.id, seat)):
            mine = [cell for cell in row.cells if cell.role in seat.ours and cell.letters]
            cell = next(one for one in mine if letters[0] in one.letters)
            found.append(Given(seat, letters, cell.says, cell.rule, cell.claims))
    return tuple(found)


def _column(seat: Seat, roles: Sequence[Lined]) -> int | None:
    """The column of the plan that is most like the party; letters in two would be two who answer."""
    return max(seat.theirs, key=lambda at: (roles[at].score or 0, -at), default=None)


def _beside(plan: FoundMatrix, columns: Sequence[tuple[Seat, int | None]]) -> list[str]:
    return [
        f"Columns {', '.join(label(plan, one) for one in seat.theirs)} are one party in the advice ({seat.our_name}); "
        f"its letters stand in {label(plan, at)}, to be shared out by you."
        for seat, at in columns
        if at is not None and len(seat.theirs) > 1
    ]


def _not_ours(plan: FoundMatrix, advice: Advice, roles: Sequence[Lined]) -> list[str]:
    """Columns of the plan that get no letters, and why."""
    names = role_names(advice)
    found = []
    for one in roles:
        called = label(plan, one.at)
        if one.ours and not any(id in advice.matrix.roles for id in one.ours):
            ours = names[one.ours[0]]
            found.append(
                f"Column {called} is left empty: it is “{ours}” in our words, which this engagement does not staff."
            )
        elif not one.ours:
            found.append(f"Column {called} is left empty: it is none of the roles that we know.")
    return found
